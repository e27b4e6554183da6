"""A whole file → its rows: find the header, set the control total aside, read every row."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from bofast.domain.files import answers, arrears, case_register, counts, register, values
from bofast.domain.files.columns import Circumstances, Header, Kind, Table, fold, match
from bofast.domain.files.faults import Fault, Refused
from bofast.domain.files.grid import MOST_ROWS, Reading, SentRow
from bofast.domain.files.reading import readings
from bofast.domain.files.rows import ParsedFile, Row, RowReader

TABLES: Mapping[Kind, Table] = {
    table.kind: table for table in (arrears.TABLE, register.TABLE, case_register.TABLE, counts.TABLE, answers.TABLE)
}

HEADER_WITHIN = 20
_FEWEST_COLUMNS = 2
_SUM = re.compile(r"(?:sum|total|totalt|totalsum|ialt|tilsammen)(?:ialt|totalt|total|restanse|restanser|krav|kr|nok)*")
_NAME_HINTS = (
    (Kind.ARREARS, ("restanse", "arrears")),
    (Kind.CASES, ("saksregister", "caseregister", "saker", "cases")),
    (Kind.COUNTS, ("counts", "tellinger", "antall")),
    (Kind.REGISTER, ("leietaker", "leieforhold", "kontrakter", "register", "tenanc")),
)
_DAYS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-_.](?P<m>\d{2})[-_.](?P<d>\d{2})(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[._-](?P<m>\d{1,2})[._-](?P<y>\d{4})(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)", re.ASCII),
)


@dataclass(frozen=True)
class _Found:
    header: Header
    rows: Iterator[SentRow]


def guess_kind(name: str, data: bytes) -> Kind | None:
    """The kind whose columns the header has most of, unless some tell it for sure; the name decides between equals and
    where there is no header.

    None when neither says, and for a file that cannot be read at all unless its name tells.
    """
    folded = fold(name)
    hints = [kind for kind, words in _NAME_HINTS if any(word in folded for word in words)]
    try:
        heads = [list(islice(reading, HEADER_WITHIN)) for reading in readings(data)]
    except Refused:
        return hints[0] if hints else None
    told = next((kind for kind, table in TABLES.items() if _is_told(heads, table)), None)
    if told:
        return told
    scores = {kind: _most_columns(heads, table) for kind, table in TABLES.items()}
    best = max(scores.values())
    likely = [kind for kind, score in scores.items() if score == best >= _FEWEST_COLUMNS]
    return next((kind for kind in hints if kind in likely), None) or next(iter(likely or hints), None)


def _most_columns(heads: Sequence[Sequence[SentRow]], table: Table) -> int:
    return max((len(match(row.texts, table, {}).places) for head in heads for row in head), default=0)


def _is_told(heads: Sequence[Sequence[SentRow]], table: Table) -> bool:
    rows = (row for head in heads for row in head)
    return bool(table.told_by) and any(match(row.texts, table, {}).places.keys() >= table.told_by for row in rows)


def guess_day(name: str) -> date | None:
    """The day in a file's name: 2026-09-16, 20260916 or 16.09.2026; None when there is no such day."""
    for pattern in _DAYS:
        for found in pattern.finditer(name):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                continue
    return None


def parse(
    data: bytes,
    name: str,  # noqa: ARG001  the content decides, never the name; kept for kinds whose name carries the day
    kind: Kind,
    *,
    profile: Mapping[str, str] = {},
    known: Container[str] = frozenset(),
    allow_test_numbers: bool = True,
) -> ParsedFile:
    """Every row of a file with its values, faults and warnings; a bad row never takes a good one with it.

    `profile` is the sender's saved header → key; `known` holds the contract numbers already known. Raises Refused, and
    nothing else, for a file that cannot be read, has no header, or lacks a required column.
    """
    table = TABLES[kind]
    found = _find_header(data, table, profile)
    sent = list(islice((row for row in found.rows if not row.blank), MOST_ROWS + 1))
    if len(sent) > MOST_ROWS:
        raise Refused("too_many_rows", most=str(MOST_ROWS))
    total = sent.pop() if sent and table.total in found.header.places and _is_sum(sent[-1]) else None
    reader = RowReader(found.header, table, Circumstances(known, allow_test_numbers))
    rows = tuple(reader.read(row) for row in sent)
    if total is None:
        return ParsedFile(kind, found.header.titled, rows)
    stated, warnings = _control(total, sent, found.header, found.header.places[table.total])
    return ParsedFile(kind, found.header.titled, rows, warnings, stated)


def reparse(
    cells: Mapping[str, str],
    line: int,
    kind: Kind,
    *,
    profile: Mapping[str, str] = {},
    known: Container[str] = frozenset(),
    allow_test_numbers: bool = True,
) -> Row:
    """One row corrected by hand: the same header and checks as in its file. Never raises, and is never doubled."""
    table = TABLES[kind]
    header = match(tuple(cells), table, profile)
    reader = RowReader(header, table, Circumstances(known, allow_test_numbers))
    return reader.read(SentRow(line, tuple(cells.values())))


def _find_header(data: bytes, table: Table, profile: Mapping[str, str]) -> _Found:
    """The first whole header among the ways to read the file. Raises Refused with what the best one lacks."""
    best: Header | None = None
    for reading in readings(data):
        found = _header_in(reading, table, profile)
        if found and not found.header.missing(table):
            return found
        if found and (best is None or len(found.header.places) > len(best.places)):
            best = found.header
    if best is None:
        raise Refused("no_header", columns=", ".join(Header((), (), {}).missing(table)))
    raise Refused("missing_column", columns=", ".join(best.missing(table)))


def _header_in(reading: Reading, table: Table, profile: Mapping[str, str]) -> _Found | None:
    head = list(islice(reading, HEADER_WITHIN))
    header = header_among(head, table, profile)
    return _Found(header, chain((row for row in head if row.line > header.line), reading)) if header else None


def header_among(head: Sequence[SentRow], table: Table, profile: Mapping[str, str]) -> Header | None:
    """The header among the first rows of a reading: the one with most known columns, and with two at least."""
    titles = [match(row.texts, table, profile, row.line) for row in head if not row.blank]
    header = max(titles, key=lambda title: len(title.places), default=None)
    return header if header and len(header.places) >= _FEWEST_COLUMNS else None


def _is_sum(row: SentRow) -> bool:
    first = next((text for text in row.texts if text.strip()), "")
    return bool(_SUM.fullmatch(fold(first)))


def _control(
    total: SentRow, sent: Sequence[SentRow], header: Header, place: int
) -> tuple[int | None, tuple[Fault, ...]]:
    """What the Sum row states, and a warning where the readable amounts of the rows as sent do not add up to it."""
    column = header.names[place]
    stated = _amount_at(total, place)
    if stated is None:
        return None, (Fault(total.line, column, "sum_unreadable"),)
    ours = sum(_amount_at(row, place) or 0 for row in sent)
    if stated == ours:
        return stated, ()
    facts = {"stated_ore": str(stated), "ours_ore": str(ours), "difference_ore": str(abs(stated - ours))}
    return stated, (Fault(total.line, column, "sum_differs", facts),)


def _amount_at(row: SentRow, place: int) -> int | None:
    try:
        return values.amount(row.texts[place].strip())
    except (IndexError, values.CellError):
        return None
