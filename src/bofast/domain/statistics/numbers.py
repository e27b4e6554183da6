"""Numbers that remember the cases they count, so that whoever may see them can open them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import Self, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Number(int):
    """A count, with the numbers of the cases behind it in their order; it counts like any other integer."""

    cases: tuple[str, ...]

    @classmethod
    def of(cls, cases: Iterable[str], value: int | None = None) -> Self:
        """As many as there are, a case once for each time it is named; or `value`, where something else is summed."""
        named = list(cases)
        number = cls(len(named) if value is None else value)
        number.cases = tuple(sorted(set(named)))
        return number


class Amount(Decimal):
    """Kroner with two decimals, with the numbers of the cases they were spent in."""

    cases: tuple[str, ...]

    @classmethod
    def of(cls, spent: Iterable[tuple[int, str]]) -> Self:
        """The sum of øre spent, each in a case."""
        known = list(spent)
        amount = cls(Decimal(sum(ore for ore, _case in known)).scaleb(-2))
        amount.cases = tuple(sorted({case for _ore, case in known}))
        return amount


def tally(pairs: Iterable[tuple[Key, str]]) -> dict[Key, Number]:
    """How many pairs each key has, and of which cases; a key without any is not there."""
    found: dict[Key, list[str]] = defaultdict(list)
    for key, case in pairs:
        found[key].append(case)
    return {key: Number.of(cases) for key, cases in found.items()}


def none() -> Number:
    """Nought, of no case."""
    return Number.of(())
