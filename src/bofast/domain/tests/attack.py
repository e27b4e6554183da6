"""Two ways to get hidden numbers back out of everything that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from bofast.domain.suppression import SAFE, Cell


@dataclass
class Attack:
    """Somebody who knows the least each hidden number can be, and what some of them add up to. Misses nothing.

    `not_nil`: hidden numbers that together are not 0, because their sum is hidden where a 0 would be shown.
    `equal`: two sets that add up to the same, which is hidden. `owed`: sums of kroner that bound them.
    """

    least: Mapping[Cell, int]
    lines: list[tuple[set[Cell], int]]
    not_nil: list[set[Cell]] = field(default_factory=list)
    equal: list[tuple[set[Cell], set[Cell]]] = field(default_factory=list)
    owed: "list[Owed]" = field(default_factory=list)

    def could_be_safe(self, wanted: Cell) -> bool:
        """Whether some filling fits that has 5 or more there."""
        return self._fits(sorted(self.least), wanted, [(len(line), rest) for line, rest in self.lines], {})

    def _fits(self, open_cells: list[Cell], wanted: Cell, left: list[tuple[int, int]], found: dict[Cell, int]) -> bool:
        if any(rest < 0 or (not places and rest) for places, rest in left):
            return False
        if not open_cells:
            return self._holds(found)
        cell, *others = open_cells
        mine = [cell in line for line, _ in self.lines]
        most = min(rest for (_, rest), in_line in zip(left, mine, strict=True) if in_line)
        for count in range(SAFE if cell == wanted else self.least[cell], most + 1):
            after = [
                (places - in_line, rest - count * in_line) for (places, rest), in_line in zip(left, mine, strict=True)
            ]
            if self._fits(others, wanted, after, found | {cell: count}):
                return True
        return False

    def _holds(self, found: Mapping[Cell, int]) -> bool:
        sums = all(sum(found[cell] for cell in line) for line in self.not_nil)
        same = all(sum(map(found.__getitem__, a)) == sum(map(found.__getitem__, b)) for a, b in self.equal)
        return sums and same and all(owed.fits(found) for owed in self.owed)


@dataclass(frozen=True)
class Owed:
    """Kroner that some cases owe, and the mean of it: `bounds` of what one case of each number owes.

    `shown`: the numbers among them that are told; `hidden`: those that are not. None of them is of unknown arrears.
    """

    total: Fraction
    mean: Fraction | None
    bounds: Mapping[Cell, tuple[int, int]]
    shown: Mapping[Cell, int]
    hidden: set[Cell]

    def fits(self, found: Mapping[Cell, int]) -> bool:
        """Whether so many cases can owe that much, and the mean is of so many."""
        counts = [*self.shown.items(), *((cell, found[cell]) for cell in self.hidden)]
        low, high = (sum(self.bounds[cell][end] * count for cell, count in counts) for end in (0, 1))
        known = sum(count for _, count in counts)
        near = self.mean is None or abs(self.total - self.mean * known) * 2 <= known
        return low <= self.total <= high and near


class Sums:
    """Somebody who writes down every sum there is, with a letter for each hidden number, and solves the equations."""

    def __init__(self) -> None:
        self.equations: list[dict[str, Fraction]] = []
        self.true: dict[str, int] = {}

    def add(self, total: "Number", parts: "Sequence[Number]") -> None:
        """The parts add up to the total."""
        equation: dict[str, Fraction] = {}
        for sign, number in [(1, total), *((-1, part) for part in parts)]:
            if number.shown is None:
                self.true[number.name] = number.true
                equation[number.name] = equation.get(number.name, Fraction(0)) + sign
            else:
                assert number.shown == number.true
        self.equations.append({name: times for name, times in equation.items() if times})

    def solved(self) -> set[str]:
        """The hidden numbers that have one solution only."""
        rows: dict[str, dict[str, Fraction]] = {}
        for equation in self.equations:
            left = _less(equation, rows)
            if left:
                pivot = min(left)
                left = {name: times / left[pivot] for name, times in left.items()}
                rows = {name: _less(row, {pivot: left}) for name, row in rows.items()} | {pivot: left}
        return {pivot for pivot, row in rows.items() if len(row) == 1}


@dataclass(frozen=True)
class Number:
    """A number of a report: what it is called, what it truly is, and what is shown of it (None: hidden)."""

    name: str
    true: int
    shown: int | None


def _less(row: Mapping[str, Fraction], solved: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """The row with every solved letter put in."""
    left = dict(row)
    for pivot, other in solved.items():
        times = left.get(pivot, Fraction(0))
        if times:
            for name, count in other.items():
                left[name] = left.get(name, Fraction(0)) - times * count
    return {name: count for name, count in left.items() if count}
