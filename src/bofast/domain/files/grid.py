"""What reading a file gives: rows of cells as text, with what was already wrong when the cell was read."""

from collections.abc import Iterator
from dataclasses import dataclass

MOST_ROWS = 1_000_000
LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Trouble:
    """A fault seen while reading: a code of `faults.yaml` and the cell's place from 0, or None for the whole row."""

    code: str
    place: int | None = None


@dataclass(frozen=True)
class SentRow:
    """One row as sent. `line` counts lines of the file or rows of the sheet from 1.

    `unended` marks a last line without a line end; `separator` is what stood between the cells of a text.
    """

    line: int
    texts: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()
    unended: bool = False
    separator: str = ";"

    @property
    def blank(self) -> bool:
        """Whether there is nothing in the row; a blank line is not a row."""
        return not self.troubles and not any(text.strip() for text in self.texts)


Reading = Iterator[SentRow]
"""One way to read a file: one sheet of a workbook, or a text by one separator."""
