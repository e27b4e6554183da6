"""Norwegian holidays, working days, and when a time limit runs out.

Legal time limits only. Bank days also leave out 24 December and are another calendar.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays.countries.norway import Norway  # the package itself loads it late, in the middle of a request

SATURDAY = 5
_NORWEGIAN = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "en": _ENGLISH}


@dataclass(frozen=True)
class TimeLimit:
    """The last day of a limit, the rule that gave it, and the day it was moved from, if it was."""

    ends_on: date
    rule: str
    moved_from: date | None = None


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(Norway(years=year))


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday, public holiday nor 1 or 17 May."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, otherwise the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """The day itself when it is a working day, otherwise the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def is_rest_day(day: date) -> bool:
    """Sunday, public holiday, 1 or 17 May; a plain Saturday is none."""
    return day.weekday() > SATURDAY or day in _holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`; 0 is the day itself, whatever it is."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def limit(start: date, days: int) -> TimeLimit:
    """When a limit of so many days from `start` runs out: domstolloven §§ 148, 149.

    The start day is not counted; an end on a Saturday, Sunday or holiday moves to the next working day.
    """
    counted = start + timedelta(days=days)
    ends_on = next_working_day(counted)
    if ends_on == counted:
        return TimeLimit(ends_on, "domstolloven § 148")
    return TimeLimit(ends_on, "domstolloven §§ 148, 149", moved_from=counted)


@lru_cache(maxsize=4096)
def shifted_due_day(due_on: date) -> date:
    """The day rent is really due: husleieloven § 3-2 moves Saturdays and holidays to the next working day."""
    return next_working_day(due_on)


def years_after(day: date, years: int) -> date:
    """Same date so many years later (domstolloven § 148); 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_before(day: date, months: int) -> date:
    """Same date so many months earlier; a day the month lacks becomes its last."""
    year, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month0 == 11), (month0 + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month0 + 1, min(day.day, last))


def months_after(day: date, months: int) -> date:
    """Same date so many months later; a day the month lacks becomes its last."""
    return months_before(day, -months)


def format_day(day: date, language: str = "nb") -> str:
    """`7. april 2026`; in English `7 April 2026`."""
    dot = "" if language == "en" else "."
    return f"{day.day}{dot} {_MONTHS[language][day.month - 1]} {day.year}"
