"""Spreadsheets: XLSX and ODS → rows of text, through python-calamine, after the container has been measured.

What calamine opens is our own copy of the parts we unpacked within limits, so a container that lies about its sizes is
never unpacked twice. Kept values are read, nothing is evaluated.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain, repeat
from typing import Any

import python_calamine

from bofast.domain.files.faults import Refused
from bofast.domain.files.grid import LONGEST_CELL, Reading, SentRow, Trouble
from bofast.domain.files.sheet_marks import SheetMarks, ods_marks, sheet_parts, xlsx_marks

MAGIC = b"PK\x03\x04"
_MOST_UNPACKED = 250_000_000
_MOST_PARTS = 2_000
_BOMB_RATIO = 200
_BOMB_SIZE = 10_000_000
_XLSX_SHEETS = "xl/worksheets/"
_XLSX_BOOK, _XLSX_RELATIONS, _XLSX_TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
_ODS_CONTENT = "content.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/(?:worksheets/)?[^/]+\.xml"
    r"|mimetype|META-INF/manifest\.xml|content\.xml"
)
_UNSOUND = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, KeyError)


def readings(data: bytes) -> Iterator[Reading]:
    """Every sheet in turn. Raises Refused for a damaged or locked file, a zip bomb, or another kind of container."""
    parts = _parts(data)
    if _XLSX_BOOK in parts:
        marks = _marks_of_xlsx(parts)
    elif _ODS_CONTENT in parts:
        marks = ods_marks(parts[_ODS_CONTENT])
    else:
        raise Refused("not_a_workbook")
    return _sheets(_packed(parts), marks)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts we need, unpacked within limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            _refuse_bombs(container.infolist())
            needed = [entry for entry in container.infolist() if _NEEDED.fullmatch(entry.filename)]
            return {entry.filename: container.read(entry) for entry in needed}
    except Refused:
        raise
    except _UNSOUND as error:
        raise Refused("damaged_workbook") from error


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked_workbook")
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise Refused("zip_bomb")
    for entry in entries:
        if entry.file_size > _BOMB_SIZE and entry.file_size > _BOMB_RATIO * max(entry.compress_size, 1):
            raise Refused("zip_bomb")


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    copy.seek(0)
    return copy


def _marks_of_xlsx(parts: Mapping[str, bytes]) -> list[SheetMarks]:
    if _XLSX_RELATIONS not in parts:
        raise Refused("damaged_workbook")
    texts = next((part for name, part in parts.items() if name.lower() == _XLSX_TEXTS), b"")
    measured = {name: xlsx_marks(part, texts) for name, part in parts.items() if name.startswith(_XLSX_SHEETS)}
    names = sheet_parts(parts[_XLSX_BOOK], parts[_XLSX_RELATIONS])
    return [measured.get(name, SheetMarks()) for name in names]


def _sheets(copy: io.BytesIO, marks: list[SheetMarks]) -> Iterator[Reading]:
    book = _opened(copy)
    for place, of_sheet in zip(range(len(book.sheet_names)), chain(marks, repeat(SheetMarks())), strict=False):
        yield _rows(_grid(book, place), of_sheet)


def _opened(copy: io.BytesIO) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_filelike(copy)
    except BaseException as error:
        raise _refusal(error) from error


def _grid(book: python_calamine.CalamineWorkbook, place: int) -> list[list[Any]]:
    try:
        return book.get_sheet_by_index(place).to_python(skip_empty_area=False)
    except python_calamine.WorksheetNotFound:  # a chart sheet
        return []
    except BaseException as error:
        raise _refusal(error) from error


def _refusal(error: BaseException) -> BaseException:
    """A refusal for whatever the reader makes of a broken file; its panics are no Exception, but no reason to stop."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return Refused("damaged_workbook")
    return error


def _rows(grid: list[list[Any]], marks: SheetMarks) -> Reading:
    troubles: dict[int, list[Trouble]] = {}
    for (row, column), code in marks.troubles.items():
        troubles.setdefault(row, []).append(Trouble(code, column))
    for at, cells in enumerate(grid):
        yield SentRow(at + 1, tuple(map(_as_text, cells)), tuple(troubles.get(at, ())))


def _as_text(cell: object) -> str:
    """A cell as a Norwegian reader would see it; numbers by decimal comma, so that no point is taken for thousands."""
    if isinstance(cell, str):
        return _sound(cell)
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime) and (cell.hour or cell.minute):
        return cell.strftime("%d.%m.%Y %H:%M")
    return f"{cell.day:02d}.{cell.month:02d}.{cell.year:04d}" if isinstance(cell, date) else str(cell)


def _sound(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise Refused("cell_too_large")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def _number(value: float) -> str:
    """450000.0 is "450000"; the noise of binary fractions goes with the seventh decimal."""
    if value.is_integer():
        return str(int(value))
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
