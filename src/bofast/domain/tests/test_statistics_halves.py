"""Half-years outside the case team: the halves and their year add up, and still give no small number away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bofast.domain.statistics import CaseFact, Counts, Material, NotMaskable, Outcome, Period, Question, report
from bofast.domain.suppression import SAFE, Cell, hidden_cells, hidden_parts, is_small
from bofast.domain.tests.attack import Attack
from bofast.domain.tests.test_statistics_masking import PROFILE, YEAR

FIRST, SECOND = (Period.of_half(2006, half) for half in (1, 2))
EARLY = CaseFact(opened_on=YEAR.first, outcome=Outcome.MOVED)
LATE = replace(EARLY, opened_on=YEAR.last)


def told(facts: Sequence[CaseFact], period: Period, **asked: Any) -> dict[str, Any]:
    return report(Material(facts, Counts([]), PROFILE), Question(period=period, **asked))


def outcomes(facts: Sequence[CaseFact], period: Period) -> dict[str, int | None]:
    rows = told(facts, period)["tables"]["2"]["rows"]
    return {row["key"].removeprefix("outcome."): row["count"] for row in rows if row["key"].startswith("outcome.")}


def test_a_number_small_in_one_half_is_hidden_in_both_and_the_year_keeps_its_own() -> None:
    facts = [EARLY] * 40 + [LATE] * 40
    facts += [replace(EARLY, outcome=Outcome.EVICTED)] * 20 + [replace(LATE, outcome=Outcome.EVICTED)] * 2
    assert (outcomes(facts, YEAR)["evicted"], outcomes(facts, YEAR)["moved"]) == (22, 80)
    for half in (FIRST, SECOND):
        assert (outcomes(facts, half)["evicted"], outcomes(facts, half)["moved"]) == (None, None)
        assert outcomes(facts, half)["stopped"] == 0


def test_halves_without_a_small_number_are_told_whole() -> None:
    facts = [EARLY] * 40 + [replace(LATE, outcome=Outcome.EVICTED)] * 20
    assert (outcomes(facts, FIRST)["moved"], outcomes(facts, SECOND)["evicted"]) == (40, 20)


def test_a_half_with_few_cases_hides_the_other_half_too() -> None:
    facts = [EARLY] * 40 + [LATE] * 3
    for half in (FIRST, SECOND):
        assert {row["count"] for row in told(facts, half)["tables"]["2"]["rows"] if "count" in row} == {None}
    assert told(facts, YEAR)["tables"]["2"]["rows"][0]["count"] == 43


def test_what_a_year_hides_neither_half_shows() -> None:
    facts = [EARLY] * 40 + [LATE] * 40 + [replace(EARLY, outcome=Outcome.EVICTED)] * 3
    for period in (YEAR, FIRST, SECOND):
        assert outcomes(facts, period)["evicted"] is None


def test_of_a_half_year_no_table_of_two_characteristics_is_told() -> None:
    document = told([EARLY] * 40 + [LATE] * 40, FIRST)
    numbers = [value for key in ("2", "5") for row in document["figures"][key]["rows"] for value in row.values()]
    numbers += [value for row in document["gender_by_outcome"].values() for value in row.values()]
    assert not [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]


def test_a_mean_of_few_in_one_half_is_hidden_in_both() -> None:
    facts = [replace(EARLY, age=40)] * 30 + [replace(LATE, age=50)] * 2 + [LATE] * 30
    for half in (FIRST, SECOND):
        (mean,) = (row for row in told(facts, half)["tables"]["2"]["rows"] if row["key"] == "mean_age")
        assert mean["value"] is None


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        ((20, 8, 0), (30, 9, 0), ()),
        ((20, 8, 0), (30, 2, 0), ("petitions", "withdrawn", "executed")),
        ((20, 8, 0), (30, 9, 18), ("petitions", "withdrawn", "executed")),  # 3 left without a status
        ((20, 8, 0), (3, 0, 0), ("petitions", "withdrawn", "executed")),
    ],
)
def test_a_small_number_of_events_in_one_half_hides_them_in_both(
    first: tuple[int, int, int], second: tuple[int, int, int], hidden: tuple[str, ...]
) -> None:
    facts = [*happened(*first, on=YEAR.first), *happened(*second, on=YEAR.last)]
    for half in (FIRST, SECOND):
        table = told(facts, half)["tables"]["6"]
        assert tuple(key for key in ("petitions", "withdrawn", "executed") if table[key] is None) == hidden


def happened(petitions: int, withdrawn: int, executed: int, *, on: date) -> list[CaseFact]:
    """Cases with so many events on a day, all of an outcome that is hidden nowhere."""
    return [
        CaseFact(
            opened_on=on,
            outcome=Outcome.MOVED,
            petitions=(on,),
            withdrawals=(on,) * (place < withdrawn),
            evictions=(on,) * (place >= petitions - executed),
        )
        for place in range(petitions)
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"period": Period.between(date(2006, 3, 1), date(2006, 5, 31))},
        {"period": FIRST, "district": "Fana"},
        {"period": YEAR, "agency": "outreach"},
        {"period": YEAR, "as_of": date(2007, 1, 1)},
    ],
    ids=["two dates", "a district's half-year", "an agency's cases", "an earlier day"],
)
def test_what_could_be_subtracted_is_told_to_the_case_team_only(asked: dict[str, Any]) -> None:
    with pytest.raises(NotMaskable):
        told([EARLY] * 40, **asked)
    assert told([EARLY] * 40, **asked, masked=False)["masked"] is False


THREE = st.lists(st.integers(0, 6), min_size=3, max_size=3)
BY_HALF = st.lists(THREE, min_size=2, max_size=2)
BY_DISTRICT = st.lists(BY_HALF, min_size=2, max_size=2)
PARTS, PLACES, HALVES = ("evicted", "stopped", "moved"), ("Arna", "Fana"), ("1", "2")


@settings(max_examples=60, deadline=None)
@given(BY_DISTRICT)
def test_no_number_can_be_told_to_be_below_5_by_districts_and_halves_together(counts: list[list[list[int]]]) -> None:
    """Somebody who misses nothing holds the year's districts and the city's halves side by side."""
    districts: Counter[Cell] = Counter()
    halves: Counter[Cell] = Counter()
    for place, by_half in zip(PLACES, counts, strict=True):
        for half, by_part in zip(HALVES, by_half, strict=True):
            for part, count in zip(PARTS, by_part, strict=True):
                districts[place, part] += count
                halves[half, part] += count
    year = {part: sum(halves[half, part] for half in HALVES) for part in PARTS}
    if is_small(sum(year.values())):
        return  # nothing is told at all
    columns = hidden_parts(year)
    tables = [Table(districts, PLACES, columns), Table(halves, HALVES, columns)]
    attack = Attack(
        {cell: table.least(cell) for table in tables for cell in table.hidden},
        [line for table in tables for line in table.lines()],
        equal=[({(p, c) for p in PLACES}, {(h, c) for h in HALVES}) for c in columns],
    )
    small = [cell for table in tables for cell in table.hidden if is_small(table.cells[cell])]
    assert not [cell for cell in small if not attack.could_be_safe(cell)], f"shown to be below {SAFE}: {counts}"


class Table:
    """A division crossed with districts or with halves: what is hidden of it, and what its sums tell of that."""

    def __init__(self, cells: Counter[Cell], rows: Sequence[str], columns: frozenset[str]) -> None:
        self.cells, self.rows, self.columns = cells, rows, columns
        self.hidden_rows = hidden_parts({row: sum(cells[row, part] for part in PARTS) for row in rows})
        self.hidden = hidden_cells(
            cells, rows=rows, columns=PARTS, hidden_rows=self.hidden_rows, hidden_columns=columns
        )

    def least(self, cell: Cell) -> int:
        """A nil is shown where it is not hidden with its row, its column or the whole table."""
        together = cell[0] in self.hidden_rows or cell[1] in self.columns
        return int(not together and len(self.hidden) < len(self.rows) * len(PARTS))

    def lines(self) -> list[tuple[set[Cell], int]]:
        shown_rows = [{row} for row in self.rows if row not in self.hidden_rows]
        shown_parts = [{part} for part in PARTS if part not in self.columns]
        groups = [{cell for cell in self.hidden if cell[0] in rows} for rows in (*shown_rows, self.hidden_rows)]
        groups += [{cell for cell in self.hidden if cell[1] in parts} for parts in (*shown_parts, self.columns)]
        return [(group, sum(self.cells[cell] for cell in group)) for group in groups]
