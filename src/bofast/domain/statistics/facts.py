"""What the statistics may look at: one fact a case, one count an agency, and the period.

A case counts in the period it was opened, an event in the period it happened. Nothing here names a person.
Amounts are whole øre. None is unknown.
"""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self


class Gender(StrEnum):
    """The main tenant's, as the register has it: couples are counted under the main tenant."""

    WOMEN = "women"
    MEN = "men"
    UNKNOWN = "unknown"


class Income(StrEnum):
    """The household's kind of income."""

    BENEFIT = "benefit"
    SOCIAL_ASSISTANCE = "social_assistance"
    WORK = "work"
    COMBINATION = "combination"
    OTHER = "other"
    UNKNOWN = "unknown"


class Contact(StrEnum):
    """Contact with the social services when the list was handed out; `other` is joint or unknown."""

    ACTIVE = "active"
    NOT_ACTIVE = "not_active"
    OTHER = "other"


class Outcome(StrEnum):
    """How a case ended; one that runs still is unresolved."""

    EVICTED = "evicted"
    STOPPED = "stopped"
    REINSTATED = "reinstated"
    MOVED = "moved"
    UNRESOLVED = "unresolved"


class Resolution(StrEnum):
    """What stopped a case."""

    PAID_SELF = "paid_self"
    COVERED_BY_SOCIAL_SERVICES = "covered_by_social_services"
    HOUSING_BENEFIT = "housing_benefit"
    PAYMENT_PLAN = "payment_plan"
    GUARANTEE = "guarantee"
    NEW_CONTRACT = "new_contract"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFact:
    """One case, from a received register or from our own casework. `handled_by`: agencies, two of a joint case."""

    opened_on: date
    district: str = ""
    gender: Gender = Gender.UNKNOWN
    age: int | None = None
    members: int | None = None
    children: int | None = None
    single: bool | None = None
    income: Income = Income.UNKNOWN
    monthly_income: int | None = None
    arrears: int | None = None
    contact: Contact = Contact.OTHER
    referred_housing_benefit: bool = False
    petitions: tuple[date, ...] = ()
    withdrawals: tuple[date, ...] = ()
    evictions: tuple[date, ...] = ()
    outcome: Outcome = Outcome.UNRESOLVED
    resolution: Resolution = Resolution.UNKNOWN
    handled_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Count:
    """An agency's own number for a year, with the day it was taken and what it cannot bear."""

    year: int
    source: str
    indicator: str
    count: int
    as_of: date
    note: str = ""


def _in_year(day: date, year: int) -> date:
    gone = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if gone else day.day)


HALVES = (((1, 1), (6, 30)), ((7, 1), (12, 31)))
"""First and last (month, day) of each half of a year."""


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both counted. Raises ValueError when they stand the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on or after the day it begins")

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_half(cls, year: int, half: int) -> Self:
        """January to June (1) or July to December (2). Raises ValueError for another half."""
        if half not in (1, 2):
            raise ValueError("a year has a first and a second half")
        first, last = HALVES[half - 1]
        return cls(date(year, *first), date(year, *last))

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Any two days and those between. Raises ValueError when they stand the wrong way round."""
        return cls(first, last)

    @property
    def year(self) -> int | None:
        """The year, when the period is exactly one calendar year: agencies count by year. None otherwise."""
        return self.first.year if self == Period.of_year(self.first.year) else None

    @property
    def half(self) -> int | None:
        """1 or 2, when the period is exactly one half of a calendar year. None otherwise."""
        return next((half for half in (1, 2) if self == Period.of_half(self.first.year, half)), None)

    def moved_to(self, year: int) -> Self:
        """The same days of another year, to compare with; 29 February becomes the 28th where there is none."""
        later = self.last.year - self.first.year
        return type(self)(_in_year(self.first, year), _in_year(self.last, year + later))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Which agency's numbers play which part; one profile a municipality.

    `own`: our own tenants (tables 3, 4, 6 and goals). `city`: the enforcement office, everybody's tenants. `books`: the
    landlord's accounts (table 5). `withdrawn`: who counts petitions withdrawn (table 6). `words`: by part, the only
    indicators of its source that count; a part not named takes all. `later`: what replaces this, each from a year on.
    """

    own: str
    city: str
    books: str
    withdrawn: str
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    later: tuple[tuple[int, "Profile"], ...] = ()

    def of(self, year: int | None) -> "Profile":
        """The profile of a year: the newest that holds by then."""
        then = [(since, profile) for since, profile in self.later if year is not None and since <= year]
        return max(then, key=lambda each: each[0])[1] if then else self
