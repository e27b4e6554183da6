"""Bytes → the ways they can be read as rows. The content decides what a file is, never its name."""

import re
from collections.abc import Iterator

from bofast.domain.files import text, workbook
from bofast.domain.files.faults import Refused
from bofast.domain.files.grid import Reading

MOST_BYTES = 100_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"%PDF": "PDF",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
}
_SCRIPT_OR_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:#!|<)")


def readings(data: bytes) -> Iterator[Reading]:
    """Every sheet, or the text by every separator. Raises Refused with the cure for what is not a list at all."""
    _refuse_foreign(data)
    return workbook.readings(data) if data.startswith(workbook.MAGIC) else text.readings(data)


def _refuse_foreign(data: bytes) -> None:
    if not data:
        raise Refused("empty_file")
    if len(data) > MOST_BYTES:
        raise Refused("file_too_large")
    if data.startswith(_OLD_OFFICE):
        raise Refused("old_or_locked_workbook")
    if _SCRIPT_OR_MARKUP.match(data):
        raise Refused("script_or_markup")
    for magic, what in _FOREIGN.items():
        if data.startswith(magic) and not _plain(data[:512]):
            raise Refused("not_a_list", what=what)


def _plain(start: bytes) -> bool:
    """Whether a start is plain text after all: a list may well begin with the letters BM or MZ."""
    return all(byte >= 32 or byte in b"\t\r\n" for byte in start) and not start.startswith((b"%PDF", b"{\\rtf"))
