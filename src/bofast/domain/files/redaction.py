"""A file without some of its lines: who is named where, and the file as a plain grid that leaves them out.

What `parse` reads from every other line stays the same, and so do the line numbers: an emptied line is a blank one. The
grid is a UTF-8 text with the file's own separator (`;` for a workbook, of which the sheet that was read is kept alone).
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bofast.domain.files import workbook
from bofast.domain.files.columns import Header, Kind
from bofast.domain.files.faults import Refused
from bofast.domain.files.grid import SentRow
from bofast.domain.files.parsing import HEADER_WITHIN, TABLES, header_among
from bofast.domain.files.reading import readings

FEWEST_CHARACTERS = 4
FEWEST_DIGITS = 8
"""A plain number shorter than a telephone number may as well be a rent or a postal code: it marks nobody."""
ELSEWHERE = 0
"""Stands for what is in the file beside its lines: the other sheets of a workbook."""
OF_A_PERSON = ("kid", "name", "national_id", "phone", "email")
"""Columns that say who somebody is."""

_UNREADABLE = "\ufffd"
_LONGEST_WRITTEN = 100_000
_NUMBER = re.compile(r"\+?[\d\s./()-]*\d", re.ASCII)
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}", re.ASCII)
_NOT_A_DIGIT = re.compile(r"\D", re.ASCII)
_BREAK = re.compile(r"[\r\n]")


def marks_of(texts: Iterable[str]) -> frozenset[str]:
    """What cells are compared with to find these texts, whatever their case, spaces, order of words or grouping.

    A text too short to tell one person from another gives no mark.
    """
    return frozenset(form for text in texts for form in _forms(text))


def _forms(text: str) -> Iterator[str]:
    """The forms a text is compared in; none when it marks nobody."""
    if _NUMBER.fullmatch(text.strip()):
        if not _DAY.fullmatch(text.strip()):
            yield from _forms_of_number(_NOT_A_DIGIT.sub("", text))
    elif len(words := " ".join(sorted(text.casefold().replace(",", " ").split()))) >= FEWEST_CHARACTERS:
        yield words


def _forms_of_number(digits: str) -> Iterator[str]:
    """As written, with the zero a spreadsheet took away, and without the country code of a telephone number."""
    if len(digits) >= FEWEST_DIGITS:
        yield digits
    if len(digits) == 10:
        yield digits.zfill(11)
    local = digits.removeprefix("00").removeprefix("47")
    if len(local) == FEWEST_DIGITS != len(digits):
        yield local


@dataclass(frozen=True)
class Sought:
    """Whom to look for: by contract number, or by marks on lines that are not somebody else's.

    A line with one of `others`, the contracts of other households, is theirs whatever else is on it: people share a
    name, a telephone and in time a flat.
    """

    contracts: frozenset[str]
    marks: frozenset[str]
    others: Container[str] = frozenset()

    def named_in(self, texts: Iterable[str]) -> bool:
        """Whether a cell is one of the marks or contracts."""
        return any(text and (_plain(text) in self.contracts or self._marked(text)) for text in texts)

    def on(self, contract: str, texts: Iterable[str]) -> bool:
        """Whether a line is about the household; `contract` is its contract number, or empty where it names none."""
        return contract in self.contracts or (contract not in self.others and self._any_marked(texts))

    def _any_marked(self, texts: Iterable[str]) -> bool:
        return any(text and self._marked(text) for text in texts)

    def _marked(self, text: str) -> bool:
        return not self.marks.isdisjoint(_forms(text))


@dataclass(frozen=True)
class Sheet:
    """A file as its reader takes it: the header and every row, with titles and blanks. `beside`: a book's other sheets.

    `folds` says that a line break in a cell must go, since the rows of a workbook are one line each.
    """

    header: Header
    rows: tuple[SentRow, ...]
    beside: tuple[SentRow, ...] = ()
    folds: bool = False

    @cached_property
    def filled(self) -> frozenset[int]:
        """The lines below the header with something on them."""
        return frozenset(row.line for row in self.rows if row.line > self.header.line and not row.blank)

    def naming(self, sought: Sought) -> set[int]:
        """The lines about a household, and ELSEWHERE when another sheet names it."""
        found = {row.line for row in self._data() if sought.on(self._said(row, "contract_no"), row.texts)}
        return found | ({ELSEWHERE} if any(sought.named_in(row.texts) for row in self.beside) else set())

    def cells_of(self, line: int) -> dict[str, str]:
        """What one line says, by header as sent."""
        row = next(row for row in self.rows if row.line == line)
        return dict(zip(self.header.names, map(_plain, row.texts), strict=False))

    def persons_on(self, lines: Container[int]) -> set[str]:
        """What these lines say in the columns that say who somebody is."""
        said = (self._said(row, key) for row in self._data() if row.line in lines for key in OF_A_PERSON)
        return {text for text in said if text}

    def without(self, lines: Container[int]) -> bytes:
        """The file with these lines emptied."""
        written: list[str] = []
        at = 1
        for row in self.rows:
            if row.blank or (row.line > self.header.line and row.line in lines):
                continue
            written += [""] * (row.line - at)
            written.append(self._written(row))
            at = row.line + 1 + written[-1].count("\n")
        last = self.rows[-1].line + self.folds
        return "\r\n".join([*written, *[""] * (last + 1 - at)]).encode()

    def _data(self) -> Iterator[SentRow]:
        return (row for row in self.rows if row.line > self.header.line)

    def _said(self, row: SentRow, key: str) -> str:
        place = self.header.places.get(key, len(row.texts))
        return _plain(row.texts[place]) if place < len(row.texts) else ""

    def _written(self, row: SentRow) -> str:
        texts = row.texts if row.line <= self.header.line else self._marked_unreadable(row)
        return row.separator.join(map(self._quoted, texts))

    def _quoted(self, text: str) -> str:
        kept = _BREAK.sub(" ", text) if self.folds else text
        return '"' + kept[:_LONGEST_WRITTEN].replace('"', '""') + '"'

    def _marked_unreadable(self, row: SentRow) -> Iterable[str]:
        """The cells of a row; one that could not be read for certain stays so, since what spoilt it is not written."""
        spoilt = {trouble.place for trouble in row.troubles}
        if None in spoilt:
            return [_UNREADABLE + text for text in row.texts]
        wide = max((place + 1 for place in spoilt if place is not None and place < len(self.header.names)), default=0)
        texts = [*row.texts, *[""] * (wide - len(row.texts))]
        return [_UNREADABLE if place in spoilt else text for place, text in enumerate(texts)]


def read(data: bytes, kind: Kind, profile: Mapping[str, str] = {}) -> Sheet:
    """The file as `parse` takes it, whole. Raises Refused where `parse` finds no header that holds all it needs."""
    table = TABLES[kind]
    book = data.startswith(workbook.MAGIC)
    passed: list[SentRow] = []
    sheets = readings(data)
    for rows in map(tuple, sheets):
        header = header_among(rows[:HEADER_WITHIN], table, profile)
        if header and not header.missing(table):
            return Sheet(header, rows, tuple(chain(passed, *sheets)) if book else (), folds=book)
        passed += rows
    raise Refused("kind_unknown")


def named_anywhere(data: bytes, sought: Sought) -> bool:
    """Whether a cell of the file names the household, however it is read: for a file whose header is not known now."""
    return any(sought.named_in(row.texts) for reading in readings(data) for row in reading)


def _plain(text: str) -> str:
    return " ".join(text.split())
