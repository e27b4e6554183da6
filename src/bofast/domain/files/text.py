"""Text files: bytes → text → rows, by each of the separators Norwegian offices use.

A row that cannot be taken apart takes no other row with it: a quotation mark never closed spoils its own line only.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence

from bofast.domain.files.faults import Refused
from bofast.domain.files.grid import LONGEST_CELL, Reading, SentRow, Trouble

SEPARATORS = (";", "\t", ",")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_LINES_IN_A_CELL = 30
_UNREADABLE = "\ufffd"


def readings(data: bytes) -> Iterator[Reading]:
    """The text by each separator in turn. Raises Refused for a NUL byte or a cell too large to be one."""
    lines = _LINE_END.split(decode(data))
    if any(len(line) > LONGEST_CELL for line in lines):
        raise Refused("cell_too_large")
    return (_rows(lines, separator) for separator in SEPARATORS)


def decode(data: bytes) -> str:
    """Text out of UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252.

    A character that cannot be read becomes U+FFFD, and its row is quarantined later. A last character cut in the middle
    is dropped. Raises Refused when a NUL byte shows that this is no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = codecs.getincrementaldecoder("utf-16")("replace").decode(data)
    else:
        text = _utf8_or_windows(data)
    if "\0" in text:
        raise Refused("nul_byte")
    return text


def _utf8_or_windows(data: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8-sig")
    try:
        return decoder().decode(data)
    except UnicodeDecodeError:
        text = decoder("replace").decode(data)
    broken = text.count(_UNREADABLE)
    read = sum(not character.isascii() for character in text) - broken
    return text if data.startswith(codecs.BOM_UTF8) or read > broken else data.decode("cp1252", "replace")


def _rows(lines: Sequence[str], separator: str) -> Reading:
    at = 0
    while at < len(lines):
        cells, taken = _record(lines, at, separator)
        troubles = () if taken else (Trouble("broken_quotes"),)
        after = at + max(taken, 1)
        yield SentRow(at + 1, tuple(cells), troubles, unended=after == len(lines), separator=separator)
        at = after


def _record(lines: Sequence[str], at: int, separator: str) -> tuple[list[str], int]:
    """The cells that begin on line `at`, and how many lines they take; 0 lines when the quotation marks do not fit."""
    first = lines[at]
    if '"' not in first:
        return first.split(separator), 1
    for taken in range(1, min(_MOST_LINES_IN_A_CELL, len(lines) - at) + 1):
        cells = _quoted(lines[at : at + taken], separator)
        if cells is not None:
            swallowed = any(_is_a_row(line, cells, first, separator) for line in lines[at + 1 : at + taken])
            return (first.split(separator), 0) if swallowed else (cells, taken)
    return first.split(separator), 0


def _quoted(lines: Sequence[str], separator: str) -> list[str] | None:
    try:
        records = list(csv.reader([line + "\n" for line in lines], delimiter=separator, strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def _is_a_row(line: str, cells: Sequence[str], first: str, separator: str) -> bool:
    """Whether a line inside a quoted cell is itself a whole row, swallowed by a stray quotation mark above it."""
    return separator in first and line.count(separator) >= max(len(cells) - 1, 1)
