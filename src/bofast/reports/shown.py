"""What a page of numbers is made of: sections of blocks, a block's tables and figure, the numbers as written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

FITS_A_PHONE = 3
"""Columns, the one that names the row included."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One number as written; `href` opens the cases behind it."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: the first cell of a row names it."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Shown]]

    @property
    def wide(self) -> bool:
        """Whether a phone needs its rows as cards."""
        return len(self.head) > FITS_A_PHONE


@dataclass(kw_only=True)
class Block:
    """A table or figure with what is to be said beside it."""

    name: str
    title: str
    means: str
    source: str
    tables: list[Table]
    figure: SafeString | None = None
    notes: list[str] = field(default_factory=list)
    caveats: Sequence[Mapping[str, Any]] = field(default_factory=list)
    empty: str = ""

    @property
    def told(self) -> list[Table]:
        """The tables that tell something."""
        return [table for table in self.tables if table.rows]

    @property
    def alone(self) -> bool:
        """Whether the heading names the one table well enough."""
        return len(self.tables) == 1

    @property
    def anchor(self) -> str:
        """Where the page's contents lead."""
        return self.name.replace(".", "-").replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the page."""

    title: str
    blocks: Sequence[Block]
    note: str = ""
