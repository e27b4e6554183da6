"""Tables of columns: which headers mean what, how a cell is read, and what a whole row must satisfy.

A kind of file is one `Table`. Headers are matched case-blind, without spaces and punctuation, with æ, ø and å in any of
their usual disguises, through synonyms and a sender's saved profile (header as sent → key, "" = leave unread).
"""

import re
import unicodedata
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from bofast.domain.files.faults import Fault, without_identity_numbers
from bofast.domain.files.values import Reader


class Kind(StrEnum):
    """What a file holds."""

    ARREARS = "arrears"
    REGISTER = "register"
    CASES = "cases"
    COUNTS = "counts"
    ANSWERS = "answers"


@dataclass(frozen=True)
class Column:
    """One column: its key, how a cell is read, and its names; the first name is the one we ask for.

    A column that is `required` has something in every cell; one that is only `expected` may be left empty.
    Free text that `runs_on` takes what its own separators cut off, when it stands last.
    """

    key: str
    read: Reader
    names: tuple[str, ...]
    required: bool = False
    runs_on: bool = False
    expected: bool = False


@dataclass(frozen=True)
class Circumstances:
    """What the checks of a row may know beside the row: contracts already known, and whether test persons may come."""

    known: Container[str] = frozenset()
    allow_test_numbers: bool = True


@dataclass
class Draft:
    """A row being read: values so far, and what was found wrong. `headers` is key → header as sent."""

    line: int
    headers: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Whether the row has something in a column, readable or not."""
        return key in self.values or any(fault.column == self.headers.get(key) for fault in self.faults)

    def fault(self, key: str, code: str, **facts: str) -> None:
        """Note what keeps the row out."""
        self.faults.append(self._note(key, code, facts))

    def warn(self, key: str, code: str, **facts: str) -> None:
        """Note what a person should know though the row is taken in."""
        self.warnings.append(self._note(key, code, facts))

    def _note(self, key: str, code: str, facts: Mapping[str, str]) -> Fault:
        shown = {name: without_identity_numbers(value) for name, value in facts.items()}
        return Fault(self.line, self.headers.get(key, key), code, shown)


def nothing_more(_: Draft, __: Circumstances) -> None:
    """The check of a kind whose rows need none beyond their cells."""


@dataclass(frozen=True)
class Table:
    """One kind of file.

    `same` gives what a row is about, so that a second row about it with other values gets the warning `twice`;
    `total` is the column that a last Sum row adds up, empty where there is none. A header with all of `told_by` is of
    this kind, whatever else it has.
    """

    kind: Kind
    columns: tuple[Column, ...]
    same: Callable[[Mapping[str, Any]], Hashable]
    twice: str
    check: Callable[[Draft, Circumstances], None] = nothing_more
    total: str = ""
    told_by: frozenset[str] = frozenset()

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Every folded name, the English key among them → its column."""
        return {fold(name): column for column in self.columns for name in (*column.names, column.key)}

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """Key → column."""
        return {column.key: column for column in self.columns}


@dataclass(frozen=True)
class Header:
    """A header as matched: a name for every column, and the places of the columns that are read.

    Names are as sent, made unique; a column without one is called by its number, and is not among `titled`.
    """

    names: tuple[str, ...]
    titled: tuple[str, ...]
    places: Mapping[str, int]
    line: int = 0

    @cached_property
    def by_key(self) -> Mapping[str, str]:
        """Key → header as sent."""
        return {key: self.names[place] for key, place in self.places.items()}

    def missing(self, table: Table) -> list[str]:
        """The names of columns that must be there and are not."""
        needed = (column for column in table.columns if column.required or column.expected)
        return [column.names[0] for column in needed if column.key not in self.places]


_DISGUISES = (("æ", "ae"), ("ø", "o"), ("oe", "o"), ("aa", "a"))
_BRACKETS = re.compile(r"\([^)]*\)\s*$")
_NOT_A_LETTER = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name without case, accents, spaces and punctuation; Fødselsnummer, Foedselsnummer and FODSELSNUMMER are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    for letter, disguise in _DISGUISES:
        plain = plain.replace(letter, disguise)
    return _NOT_A_LETTER.sub("", "".join(c for c in plain if not unicodedata.combining(c))).replace("aa", "a")


ALWAYS_READ = frozenset({"address_protection"})
"""Columns that no sender's profile can leave unread: somebody's safety rests on them."""


def match(texts: Sequence[str], table: Table, profile: Mapping[str, str], line: int = 0) -> Header:
    """The header that a row of texts is for a table: profile before synonyms, the first column before a second."""
    names = _unique(texts)
    chosen = {fold(name): key for name, key in profile.items()}
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        key = chosen.get(fold(text), "")
        if key in table.by_key and fold(text):
            places.setdefault(key, place)
    for place, text in enumerate(texts):
        column = _named(text, table)
        if column and (column.key in ALWAYS_READ or fold(text) not in chosen):
            places.setdefault(column.key, place)
    titled = tuple(name for name, text in zip(names, texts, strict=True) if text.strip())
    return Header(names, titled, places, line)


def _named(text: str, table: Table) -> Column | None:
    """The column of that name, with or without what stands in brackets behind it: Restanse (kr)."""
    return table.by_name.get(fold(text)) or table.by_name.get(fold(_BRACKETS.sub("", text)))


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    taken: set[str] = set()
    for place, text in enumerate(texts, 1):
        name = " ".join(text.split()) or f"({place})"
        while name in taken:
            name = f"{name} ({place})"
        taken.add(name)
        names.append(name)
    return tuple(names)
