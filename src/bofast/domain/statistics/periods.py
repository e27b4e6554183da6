"""What a period is called."""

from bofast.domain.calendar import format_day
from bofast.domain.statistics.facts import Period

HALF = {
    "nb": ("1. halvår {year}", "2. halvår {year}"),
    "nn": ("1. halvår {year}", "2. halvår {year}"),
    "en": ("first half of {year}", "second half of {year}"),
}
BETWEEN = {"nb": "{first} til {last}", "nn": "{first} til {last}", "en": "{first} to {last}"}


def written(period: Period, language: str) -> str:
    """The period in words, as it stands inside a sentence: a year is its number."""
    if period.year is not None:
        return str(period.year)
    if period.half is not None:
        return HALF[language][period.half - 1].format(year=period.first.year)
    first, last = (format_day(day, language) for day in (period.first, period.last))
    return first if period.first == period.last else BETWEEN[language].format(first=first, last=last)


def code(period: Period) -> str:
    """The period as files are named after it: `2006`, `2006-1`, `2006-03-01-2006-05-31`."""
    if period.half is not None:
        return f"{period.first.year}-{period.half}"
    return str(period.year or f"{period.first}-{period.last}")
