"""A row as it comes out of a file: as sent, as read, and what was wrong with it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any, Literal

from bofast.domain.files.columns import Circumstances, Column, Draft, Header, Kind, Table
from bofast.domain.files.faults import Fault
from bofast.domain.files.grid import SentRow
from bofast.domain.files.values import CellError

State = Literal["accepted", "doubled", "quarantined"]


@dataclass(frozen=True)
class Row:
    """One row. `cells`: header as sent → text as sent; `values`: key → typed value, only those that could be read."""

    line: int
    cells: Mapping[str, str]
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    doubled: bool = False

    @property
    def state(self) -> State:
        """The one state a row ends in; a row with a fault is quarantined whatever else it is."""
        if self.faults:
            return "quarantined"
        return "doubled" if self.doubled else "accepted"


@dataclass(frozen=True)
class ParsedFile:
    """A file as read. `columns` is the header as sent; `stated_sum` (øre) is what a last Sum row says, not a row."""

    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[Fault, ...] = ()
    stated_sum: int | None = None


class RowReader:
    """Reads the rows of one file in order, remembering the good ones to tell which are doubled."""

    def __init__(self, header: Header, table: Table, circumstances: Circumstances) -> None:
        self._header = header
        self._table = table
        self._circumstances = circumstances
        self._headers = {column.key: column.names[0] for column in table.columns} | dict(header.by_key)
        self._keys = {place: key for key, place in header.places.items()}
        self._columns = [(table.by_key[key], place) for key, place in header.places.items()]
        self._good: set[Hashable] = set()
        self._about: dict[Hashable, Hashable] = {}

    def read(self, sent: SentRow) -> Row:
        """The row with its values, faults and warnings. Never raises."""
        sent = self._run_on(sent)
        texts = (*sent.texts, *[""] * (len(self._header.names) - len(sent.texts)))
        draft = Draft(sent.line, self._headers)
        self._note_troubles(sent, draft)
        if not any(not fault.column for fault in draft.faults):
            self._read_cells(texts, draft)
            self._table.check(draft, self._circumstances)
        doubled = not draft.faults and self._is_doubled(texts, draft)
        return Row(sent.line, self._cells(texts), draft.values, tuple(draft.faults), tuple(draft.warnings), doubled)

    def _run_on(self, sent: SentRow) -> SentRow:
        """The row with a last free text put together again that held the separator itself."""
        last = len(self._header.names) - 1
        if len(sent.texts) <= last + 1 or not any(column.runs_on and place == last for column, place in self._columns):
            return sent
        return replace(sent, texts=(*sent.texts[:last], sent.separator.join(sent.texts[last:]).rstrip(sent.separator)))

    def _cells(self, texts: tuple[str, ...]) -> dict[str, str]:
        """Everything as sent by its header; a cell without a header by its number, when there is something in it."""
        cells = dict.fromkeys(self._header.titled, "")
        names = chain(self._header.names, (f"({place})" for place in count(len(self._header.names) + 1)))
        cells.update((name, text) for name, text in zip(names, texts, strict=False) if text)
        return cells

    def _note_troubles(self, sent: SentRow, draft: Draft) -> None:
        width = len(self._header.names)
        for trouble in sent.troubles:
            if trouble.place is None:
                draft.fault("", trouble.code)
            elif trouble.place in self._keys:
                draft.fault(self._keys[trouble.place], trouble.code)
        if sent.unended and len(sent.texts) < width:
            draft.fault("", "row_ends_early", cells=str(len(sent.texts)), columns=str(width))
        if any(text.strip() for text in sent.texts[width:]):
            draft.fault("", "too_many_cells", cells=str(len(sent.texts)), columns=str(width))

    def _read_cells(self, texts: tuple[str, ...], draft: Draft) -> None:
        spoilt = {fault.column for fault in draft.faults}
        for column, place in self._columns:
            if not spoilt or draft.headers[column.key] not in spoilt:
                _read_cell(column, texts[place].strip(), draft)
        for column in self._table.columns:
            if column.required and column.key not in self._header.places:
                draft.fault(column.key, "missing")

    def _is_doubled(self, texts: tuple[str, ...], draft: Draft) -> bool:
        """Whether an earlier good row has every value the same; warns where only what the row is about is the same."""
        content = tuple(draft.values.get(column.key, texts[place].strip()) for column, place in self._columns)
        if content in self._good:
            return True
        self._good.add(content)
        if self._about.setdefault(self._table.same(draft.values), content) != content:
            draft.warn("", self._table.twice)
        return False


def _read_cell(column: Column, text: str, draft: Draft) -> None:
    if not text:
        if column.required:
            draft.fault(column.key, "missing")
        return
    try:
        if "\ufffd" in text or "\0" in text:
            raise CellError("unreadable_character")
        draft.values[column.key] = column.read(text)
    except CellError as wrong:
        draft.fault(column.key, wrong.code, **wrong.facts)
