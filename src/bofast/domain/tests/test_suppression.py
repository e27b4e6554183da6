"""Small numbers stay hidden: somebody who knows every number shown and every sum tries to get them back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.suppression import SAFE, Cell, hidden_cells, hidden_parts, is_small
from bofast.domain.tests.attack import Attack

ROWS, COLUMNS = ("Arna", "Fana", "Årstad"), ("evicted", "stopped", "moved")


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False), (407, False)])
def test_numbers_from_1_to_4_are_small_and_nil_is_not(count: int, small: bool) -> None:
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 5, "b": 9}, ""),
        ({"a": 0, "b": 9}, ""),
        ({"a": 3, "b": 40, "c": 50}, "ab"),  # the next one, whatever its size
        ({"a": 40, "b": 50, "c": 3}, "ac"),
        ({"a": 3, "b": 0, "c": 50}, "ac"),  # hiding a nil would help nothing
        ({"a": 1, "b": 1, "c": 50}, "abc"),  # two small ones alone would give each other away: 1 + 1
        ({"a": 4, "b": 3, "c": 50}, "ab"),
        ({"a": 1, "b": 2, "c": 2}, "abc"),
        ({"a": 2, "b": 0}, "ab"),  # the total is small itself
        ({}, ""),
    ],
)
def test_a_small_part_is_hidden_together_with_others(parts: dict[str, int], hidden: str) -> None:
    assert hidden_parts(parts) == set(hidden)


def test_which_part_is_hidden_beside_a_small_one_does_not_depend_on_how_large_it_is() -> None:
    chosen = {hidden_parts({"a": 2, "b": size, "c": 30}) for size in (5, 30, 3000)}
    assert chosen == {frozenset("ab")}


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5))
def test_no_part_below_5_can_be_told_from_the_other_parts_and_the_total(counts: list[int]) -> None:
    parts = dict(zip("abcde", counts, strict=False))
    hidden = hidden_parts(parts)
    small = {key for key, count in parts.items() if is_small(count)}
    assert small <= hidden
    if sum(counts) >= SAFE:  # the total is hidden otherwise: nothing to subtract from
        least = 0 if hidden == parts.keys() else 1  # a nil is hidden only with everything
        attack = Attack({(key, ""): least for key in hidden}, [({(key, "") for key in hidden}, total(parts, hidden))])
        assert not [key for key in small if not attack.could_be_safe((key, ""))], f"shown to be below 5: {parts}"


def total(parts: Mapping[str, int], keys: Iterable[str]) -> int:
    return sum(parts[key] for key in keys)


tables = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3)


@given(tables)
def test_no_cell_of_a_district_can_be_told_from_the_city_and_the_other_districts(counts: list[list[int]]) -> None:
    cells = {(row, column): counts[r][c] for r, row in enumerate(ROWS) for c, column in enumerate(COLUMNS)}
    rows, columns = hidden_parts(sums(cells, ROWS, 0)), hidden_parts(sums(cells, COLUMNS, 1))
    hidden = hidden_cells(cells, rows=ROWS, columns=COLUMNS, hidden_rows=rows, hidden_columns=columns)
    small = {cell for cell, count in cells.items() if is_small(count)}
    assert small <= hidden
    if sum(cells.values()) >= SAFE:
        attack = Attack(
            {cell: int(len(hidden) < len(cells) and cell[0] not in rows and cell[1] not in columns) for cell in hidden},
            [*lines(cells, hidden, 0, rows), *lines(cells, hidden, 1, columns)],
            [{cell for cell in hidden if cell[0] == row} for row in rows if rows != {*ROWS}]
            + [{cell for cell in hidden if cell[1] == column} for column in columns if columns != {*COLUMNS}],
        )
        assert not [cell for cell in small if not attack.could_be_safe(cell)], f"shown to be below 5: {counts}"


def sums(cells: Mapping[Cell, int], keys: Sequence[str], place: int) -> dict[str, int]:
    return {key: sum(count for cell, count in cells.items() if cell[place] == key) for key in keys}


def lines(
    cells: Mapping[Cell, int], hidden: frozenset[Cell], place: int, together: frozenset[str]
) -> Iterator[tuple[set[Cell], int]]:
    """What the hidden cells of each row (or column) add up to; of hidden rows only what they do together."""
    for group in [together, *({key} for key in (ROWS, COLUMNS)[place] if key not in together)]:
        line = {cell for cell in hidden if cell[place] in group}
        yield line, sum(cells[cell] for cell in line)


@pytest.mark.parametrize(("least", "wanted", "possible"), [(0, 5, True), (1, 5, False), (1, 6, True)])
def test_the_attack_finds_what_there_is_to_find(least: int, wanted: int, possible: bool) -> None:
    cells: set[Cell] = {("a", ""), ("b", "")}
    assert Attack(dict.fromkeys(cells, least), [(cells, wanted)]).could_be_safe(("a", "")) is possible


def test_a_small_cell_takes_three_others_with_it_and_leaves_the_rest_in_sight() -> None:
    cells = {(r, c): 20 for r in ROWS for c in COLUMNS} | {("Arna", "evicted"): 2}
    hidden = hidden_cells(cells, rows=ROWS, columns=COLUMNS)
    assert hidden == {("Arna", "evicted"), ("Arna", "stopped"), ("Fana", "evicted"), ("Fana", "stopped")}


def test_where_no_rectangle_covers_a_small_cell_the_whole_table_is_hidden() -> None:
    cells = {("Arna", "evicted"): 2, ("Arna", "stopped"): 20, ("Fana", "evicted"): 20}
    assert len(hidden_cells(cells, rows=ROWS, columns=COLUMNS)) == 9


def test_a_hidden_district_is_hidden_in_every_column_also_where_it_has_nobody() -> None:
    cells = {(r, c): 20 for r in ROWS for c in COLUMNS} | {("Arna", "evicted"): 0}
    hidden = hidden_cells(cells, rows=ROWS, columns=COLUMNS, hidden_rows={"Arna", "Fana"})
    assert {row for row, _ in hidden} == {"Arna", "Fana"}
    assert len(hidden) == 6
