"""The ways the cases of a period are divided: each case has exactly one key in each group, so the parts add up."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bofast.domain.money import ORE_PER_KRONE
from bofast.domain.statistics.facts import CaseFact, Contact, Income, Outcome, Resolution

KNOWN = "known"
UNKNOWN = "unknown"
REST = "rest"
Tally = dict[str, int]


@dataclass(frozen=True)
class Group:
    """One division. `keys` are always told, in this order; a key outside them only where there is such a case."""

    keys: tuple[str, ...]
    key_of: Callable[[CaseFact], str]

    def tally(self, facts: Iterable[CaseFact]) -> Tally:
        """The number of cases by key; the sum is the number of cases."""
        found = Counter(map(self.key_of, facts))
        return {key: found[key] for key in (*self.keys, *sorted(found.keys() - set(self.keys)))}


def _values(words: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in words)


def _bands(*bounds: int) -> Callable[[int | None], str]:
    """Names for kroner between bounds, the lower bound included."""
    names = [f"{low}-{high}" for low, high in pairwise(bounds)] + [f"{bounds[-1]}+"]
    return lambda ore: UNKNOWN if ore is None else names[bisect_right(bounds, ore // ORE_PER_KRONE) - 1]


_income_band = _bands(0, 6000, 8000, 10000, 12000, 15000)
_arrears_band = _bands(0, 5000, 10000, 15000, 20000, 30000, 50000)
INCOME_BANDS = ("0-6000", "6000-8000", "8000-10000", "10000-12000", "12000-15000", "15000+", UNKNOWN)
ARREARS_BANDS = ("0-5000", "5000-10000", "10000-15000", "15000-20000", "20000-30000", "30000-50000", "50000+")
MEMBERS = ("1", "2", "3", "4", "5", "6+")


def is_zero_share(fact: CaseFact) -> bool:
    """Social assistance as only income, and referred to housing benefit: entitled to pay no share of the rent."""
    return fact.income is Income.SOCIAL_ASSISTANCE and fact.referred_housing_benefit


def _members(fact: CaseFact) -> str:
    """The size of the household; nil members is nobody's household and so unknown."""
    return (str(fact.members) if fact.members < 6 else "6+") if fact.members else UNKNOWN


GROUPS: Mapping[str, Group] = {
    "gender": Group(("women", "men"), lambda fact: fact.gender.value),
    "single": Group(("single", REST), lambda fact: "single" if fact.single else REST),
    "children": Group(("with_children", REST), lambda fact: "with_children" if fact.children else REST),
    "contact": Group(_values(Contact), lambda fact: fact.contact.value),
    "income": Group(_values(Income), lambda fact: fact.income.value),
    "outcome": Group(_values(Outcome), lambda fact: fact.outcome.value),
    "members": Group(MEMBERS, _members),
    "arrears": Group(ARREARS_BANDS, lambda fact: _arrears_band(fact.arrears)),
}
AGES = Group((KNOWN, UNKNOWN), lambda fact: UNKNOWN if fact.age is None else KNOWN)
"""Printed nowhere, but the mean age is of the known."""

ZERO_SHARE = Group(
    ("zero_share", "assistance_alone"), lambda fact: "zero_share" if is_zero_share(fact) else "assistance_alone"
)
"""Of those on social assistance alone. The second part is printed nowhere, but is what the first leaves of them."""

RESOLUTIONS = Group(_values(Resolution)[:-1], lambda fact: fact.resolution.value)
INCOME_BY_GENDER = Group(INCOME_BANDS, lambda fact: _income_band(fact.monthly_income))

Cross = dict[tuple[str, str], int]


def cross(facts: Iterable[CaseFact], rows: Callable[[CaseFact], str], columns: Callable[[CaseFact], str]) -> Cross:
    """The number of cases by row key and column key; pairs without a case are left out."""
    return dict(Counter((rows(fact), columns(fact)) for fact in facts))
