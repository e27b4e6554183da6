"""Small files for the tests, made from rows of text."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from stdnum.no import fodselsnummer

HEADER = ("Kontraktsnr", "Navn", "Forfall", "Restanse")
GOOD = ("K1", "Kari Prøve", "01.09.2026", "7 300,00")


def csv_of(*rows: Sequence[str], separator: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return "".join(separator.join(row) + end for row in rows).encode(encoding)


def arrears_csv(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    return csv_of(header, *rows)


def one_row(**cells: str) -> bytes:
    """An arrears list of one good row with cells added or put in place of its own, by key."""
    row = {"contract_no": "K1", "name": "Kari Prøve", "due_on": "01.09.2026", "outstanding": "7 300,00"} | cells
    return csv_of(tuple(row), tuple(row.values()))


def xlsx_of(*rows: Iterable[Any], formats: Mapping[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The same container with one part put in place of another, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def worksheet(rows: str) -> bytes:
    """A worksheet part out of raw row elements."""
    names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{names}"><sheetData>{rows}</sheetData></worksheet>'.encode()


_ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Ark1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
_MANIFEST = """<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def ods_of(*rows: Iterable[Any]) -> bytes:
    return ods_raw("".join(ods_row("".join(map(ods_cell, row))) for row in rows))


def ods_raw(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        container.writestr("META-INF/manifest.xml", _MANIFEST)
        container.writestr("content.xml", _ODS.format(rows=rows))
    return out.getvalue()


def ods_row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def ods_cell(value: Any, attributes: str = "") -> str:
    if isinstance(value, float | int):
        kept = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, date):
        kept = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        kept = 'office:value-type="string"' if value else ""
    text = f"<text:p>{escape(str(value))}</text:p>" if value != "" else ""
    return f"<table:table-cell {kept} {attributes}>{text}</table:table-cell>"


def identity_number(day: int, month: int, year: int) -> str:
    """The first number with that day, month and two-digit year as written whose check digits exist."""
    for individual in range(500):
        number = f"{day:02d}{month:02d}{year:02d}{individual:03d}"
        first = fodselsnummer.calc_check_digit1(number)
        second = fodselsnummer.calc_check_digit2(number + first)
        if len(first + second) == 2:
            return number + first + second
    raise AssertionError("no number")
