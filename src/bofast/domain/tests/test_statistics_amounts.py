"""What arrears in kroner and mean ages tell outside the case team: somebody bounds the hidden bands by them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bofast.domain.statistics import CaseFact, Counts, Material, Outcome, Period, Question, report
from bofast.domain.suppression import Cell, is_small
from bofast.domain.tests.attack import Attack, Owed
from bofast.domain.tests.test_statistics_masking import PROFILE, YEAR

Document = dict[str, Any]
BANDS = {"0-5000": (0, 5_000), "30000-50000": (30_000, 50_000), "50000+": (50_000, 10**7)}
"""Kroner from and to; arrears drawn by `drawn` lie near the lower end."""
PARTS = (*BANDS, "unknown")
DISTRICTS, HALVES = ("Arna", "Fana"), ("1", "2")
CITY = "city"


def told(facts: Sequence[CaseFact], **asked: Any) -> Document:
    return report(Material(facts, Counts([]), PROFILE), Question(**{"period": YEAR} | asked))


def value(document: Document, key: str) -> Any:
    (row,) = (row for row in document["tables"]["2"]["rows"] if row["key"] == key)
    return row["count"] if "count" in row else row["value"]


def drawn(counts: Sequence[Sequence[int]], seed: int) -> list[CaseFact]:
    """Cases of two places by band, each owing something in its band."""
    chance = Random(seed)
    return [
        CaseFact(
            opened_on=(YEAR.first, YEAR.last)[place],
            district=DISTRICTS[place],
            arrears=(BANDS[part][0] + chance.randint(0, 4_999)) * 100 if part in BANDS else None,
            outcome=Outcome.MOVED,
        )
        for place, by_part in enumerate(counts)
        for part, count in zip(PARTS, by_part, strict=True)
        for _ in range(count)
    ]


class Bands:
    """Figure 7 of the city and of the places it divides into, with what is told of their arrears in kroner."""

    def __init__(self, city: Document, places: Mapping[str, Document]) -> None:
        self.places = list(places)
        self.documents = {**places, CITY: city}
        self.cases = {place: value(document, "cases") for place, document in self.documents.items()}
        self.shown = {place: self._bands(document) for place, document in self.documents.items()}
        self.hidden = {(p, b) for p in places for b in PARTS if self.shown[p][b] is None}

    def _bands(self, document: Document) -> dict[str, int | None]:
        rows = {row["key"]: row["count"] for row in document["figures"]["7"]["rows"]}
        return {part: rows.get(part, 0) for part in PARTS}

    def attack(self) -> Attack:
        return Attack({cell: self._least(cell) for cell in self.hidden}, list(self._lines()), owed=list(self._owed()))

    def _least(self, cell: Cell) -> int:
        """A nil is shown where it is not hidden with its row, its column or the whole table."""
        together = self.cases[cell[0]] is None or self.shown[CITY][cell[1]] is None
        return int(not together and len(self.hidden) < 2 * len(PARTS))

    def _lines(self) -> Iterator[tuple[set[Cell], int]]:
        for names, totals, at in ((self.places, self.cases, 0), (PARTS, self.shown[CITY], 1)):
            shown = {name: count for name in names if (count := totals[name]) is not None}
            for name, count in shown.items():
                yield self._line({name}, at, count)
            yield self._line(set(names) - set(shown), at, self.cases[CITY] - sum(shown.values()))

    def _line(self, group: set[str], at: int, total: int) -> tuple[set[Cell], int]:
        mine = [(p, b) for p in self.places for b in PARTS if (p, b)[at] in group]
        return {cell for cell in mine if cell in self.hidden}, total - sum(self.shown[p][b] or 0 for p, b in mine)

    def _owed(self) -> Iterator[Owed]:
        bounds = {(place, band): ends for place in self.places for band, ends in BANDS.items()}
        for place, document in self.documents.items():
            total, mean = value(document, "total_arrears"), value(document, "mean_arrears")
            cells = [cell for cell in bounds if place in (CITY, cell[0])]
            if total is not None:
                shown = {(p, b): count for p, b in cells if (count := self.shown[p][b]) is not None}
                yield Owed(
                    Fraction(total),
                    Fraction(mean) if mean else None,
                    bounds,
                    shown,
                    set(cells).intersection(self.hidden),
                )


def by_place(facts: Sequence[CaseFact], by: str) -> dict[str, Document]:
    if by == "district":
        return {name: told(facts, district=name) for name in sorted({fact.district for fact in facts})}
    return {half: told(facts, period=Period.of_half(2006, int(half))) for half in HALVES}


def pinned(facts: Sequence[CaseFact], by: str) -> list[Cell]:
    """The small numbers that whoever misses nothing can tell to be below 5."""
    city = told(facts)
    if value(city, "cases") is None:
        return []  # nothing is told at all
    bands = Bands(city, by_place(facts, by))
    true = told(facts, masked=False)["figures"]["7"]["rows"]
    small = [cell for cell in bands.hidden if is_small(counted(facts, by, cell))]
    assert {row["key"] for row in true} >= set(BANDS)
    attack = bands.attack()
    return [cell for cell in small if not attack.could_be_safe(cell)]


def counted(facts: Sequence[CaseFact], by: str, cell: Cell) -> int:
    place, part = cell
    index = (DISTRICTS if by == "district" else HALVES).index(place)
    mine = [fact for fact in facts if fact.district == DISTRICTS[index]]
    low, high = BANDS.get(part, (-1, -1))
    return sum((fact.arrears is None) if part == "unknown" else _in(fact.arrears, low, high) for fact in mine)


def _in(arrears: int | None, low: int, high: int) -> bool:
    return arrears is not None and low * 100 <= arrears < high * 100


FOUR = st.lists(st.sampled_from([0, 1, 2, 3, 6, 9]), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(FOUR, min_size=2, max_size=2), st.integers(0, 10**6), st.sampled_from(["district", "half"]))
def test_no_band_of_arrears_can_be_told_to_be_below_5_by_kroner(counts: list[list[int]], seed: int, by: str) -> None:
    assert not pinned(drawn(counts, seed), by)


@pytest.mark.parametrize("by", ["district", "half"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((20, 9, 0, 0), (20, 9, 2, 0), id="two owe much"),
        pytest.param((40, 0, 9, 0), (40, 0, 3, 0), id="three of the twelve that owe much are in the second place"),
        pytest.param((40, 9, 9, 9), (40, 9, 9, 2), id="what two owe is not known"),
    ],
)
def test_kroner_are_not_told_where_they_bound_a_hidden_band(
    by: str, first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    facts = drawn((first, second), 1)
    assert not pinned(facts, by)
    assert {value(document, "total_arrears") for document in by_place(facts, by).values()} == {None}


def test_kroner_are_told_where_every_band_is() -> None:
    facts = drawn(((20, 9, 9, 0), (20, 9, 9, 0)), 1)
    for document in (told(facts), *by_place(facts, "district").values(), *by_place(facts, "half").values()):
        assert None not in (value(document, "total_arrears"), value(document, "mean_arrears"))


def test_the_citys_kroner_are_told_though_a_district_hides_a_band() -> None:
    facts = drawn(((40, 0, 9, 0), (40, 0, 3, 0)), 1)
    assert value(told(facts), "total_arrears") == value(told(facts, masked=False), "total_arrears")


def test_the_number_of_cases_of_unknown_arrears_does_not_follow_from_sum_and_mean() -> None:
    facts = [replace(fact, district="") for fact in drawn(((20, 9, 9, 2), (20, 9, 9, 0)), 1)]
    assert (value(told(facts), "total_arrears"), value(told(facts), "mean_arrears")) == (None, None)


@pytest.mark.parametrize(("unknown", "is_told"), [(0, True), (2, False), (9, True)])
def test_a_mean_age_is_told_where_neither_the_known_nor_the_unknown_are_few(unknown: int, is_told: bool) -> None:
    facts = [CaseFact(opened_on=YEAR.first, age=40)] * 9 + [CaseFact(opened_on=YEAR.first)] * unknown
    assert (value(told(facts), "mean_age") == "40.0") is is_told
