"""Hiding small numbers so that they do not come back out of sums.

A number from 1 to 4 says something of persons who can be recognised; 0 says it of nobody, and is shown. Since the
numbers of a division add up, hiding one alone hides nothing: its sum gives it back. So others are hidden with it.

**Guaranteed.** Whoever knows every number shown and every sum among them cannot tell that a hidden number is below
`SAFE`: some way of filling the hidden numbers fits everything shown and has 5 or more in its place. This holds for
one division of a known total (`hidden_parts`), and for two crossed ones (`hidden_cells`), such as district by outcome:
the districts of a city and the city itself may all be shown. What is hidden beside a small number is chosen by its
place, never by its size, so that the choice says nothing of it.

**Not guaranteed.** Against other knowledge than sums: of persons, of relations between divisions that are no sums
(a household of one is single), of an earlier state of the same numbers. So masked numbers are given for whole years and
their districts, and for half-years of the city (`statistics.halves`), and not for other periods that could be taken
from these; and what is published is not counted again (`statistics.editions`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

SMALL = range(1, 5)
SAFE = SMALL.stop

Key = str
Cell = tuple[Key, Key]
_TOGETHER = "\0hidden together"


def is_small(count: int) -> bool:
    """Whether a number is too small to be shown."""
    return count in SMALL


def hidden_parts(parts: Mapping[Key, int]) -> frozenset[Key]:
    """The parts of a known total to hide. All of them when the total itself is small, or hiding fewer is no use.

    Each hidden part may be 5 as far as the rest tells: the others need 1 each, as every 0 is shown.
    """
    if is_small(sum(parts.values())):
        return frozenset(parts)
    hidden = {key for key, count in parts.items() if is_small(count)}
    for key in _after(parts, hidden):
        if not hidden or _loose(parts[each] for each in hidden):
            return frozenset(hidden)
        hidden.add(key)
    return frozenset(hidden if not hidden or _loose(parts[each] for each in hidden) else parts)


def _loose(hidden: Iterable[int]) -> bool:
    """Whether one of two or more hidden parts can be 5 while each of the others keeps 1."""
    counts = list(hidden)
    return len(counts) > 1 and sum(counts) >= SAFE + len(counts) - 1


def _after(parts: Mapping[Key, int], hidden: Collection[Key]) -> Iterator[Key]:
    """The parts that could be hidden as well, those with cases, beginning behind the first hidden one."""
    keys = list(parts)
    start = min((keys.index(key) for key in hidden), default=0)
    yield from (key for key in keys[start:] + keys[:start] if key not in hidden and parts[key])


def hidden_cells(
    cells: Mapping[Cell, int],
    *,
    rows: Iterable[Key],
    columns: Iterable[Key],
    hidden_rows: Collection[Key] = (),
    hidden_columns: Collection[Key] = (),
) -> frozenset[Cell]:
    """The cells of a table to hide whose sums by row and by column are known, those of hidden rows and columns apart.

    Hidden rows are told together only, and so are hidden columns: all their cells are hidden, and the table that is
    left after laying them together is protected as one.
    """
    row_of = {row: _TOGETHER if row in hidden_rows else row for row in rows}
    column_of = {column: _TOGETHER if column in hidden_columns else column for column in columns}
    together: Counter[Cell] = Counter()
    for (row, column), count in cells.items():
        together[row_of[row], column_of[column]] += count
    closed = _closed(together, list(dict.fromkeys(row_of.values())), list(dict.fromkeys(column_of.values())))
    return frozenset(
        (row, column)
        for row in row_of
        for column in column_of
        if row in hidden_rows or column in hidden_columns or (row_of[row], column_of[column]) in closed
    )


def _closed(cells: Mapping[Cell, int], rows: list[Key], columns: list[Key]) -> frozenset[Cell]:
    """Hide each small cell with three others that make a rectangle; where there is none, hide every cell.

    A rectangle keeps all sums when two opposite corners grow and the other two shrink by as much.
    """
    hidden = {cell for cell, count in cells.items() if is_small(count)}
    for cell in sorted(hidden, key=lambda cell: (rows.index(cell[0]), columns.index(cell[1]))):
        found = list(_rectangles(cells, cell, rows, columns))
        if not found:
            return frozenset((row, column) for row in rows for column in columns)
        hidden |= min(found, key=lambda corners: len(corners - hidden))
    return frozenset(hidden)


def _rectangles(
    cells: Mapping[Cell, int], cell: Cell, rows: list[Key], columns: list[Key]
) -> Iterator[frozenset[Cell]]:
    """Three corners, all with cases, that let the cell be 5: the two beside it can give that much and keep 1."""
    row, column = cell
    needed = SAFE - cells[cell] + 1
    behind_rows = _rotated(rows, row)
    for other_column in _rotated(columns, column):
        if cells.get((row, other_column), 0) >= needed:
            for other_row in behind_rows:
                if cells.get((other_row, column), 0) >= needed and cells.get((other_row, other_column), 0):
                    yield frozenset({(row, other_column), (other_row, column), (other_row, other_column)})


def _rotated(keys: list[Key], key: Key) -> list[Key]:
    """The other keys, beginning behind this one."""
    place = keys.index(key)
    return keys[place + 1 :] + keys[:place]
