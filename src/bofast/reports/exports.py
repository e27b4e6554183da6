"""The report as files: a spreadsheet of one sheet a table, CSV of one line a number, plain text for the terminal."""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from textwrap import shorten
from typing import Any

from xlsxwriter import Workbook

from bofast.arrears.exports import as_text
from bofast.domain.statistics.definitions import title
from bofast.reports.sheets import Cell, Sheet

NUMBER_FORMATS = {1: "0.0", 2: "#,##0.00"}
"""By decimals: a mean has one, an amount two."""
LONG = 10_000
"""Numbers of four digits are not grouped: most of them are years."""
BOM = "\ufeff"
SHEET_NAME = 31
"""The longest name a sheet of a spreadsheet may have."""
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def workbook(found: Sequence[Sheet], *, made_on: date) -> bytes:
    """An XLSX with one sheet a table: a header, numbers as numbers, what is to be said beneath."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        book.set_properties({"created": datetime.combine(made_on, time())})
        for name, sheet in zip(_names(found), found, strict=True):
            _write(book, name, sheet)
    return buffer.getvalue()


def _names(found: Sequence[Sheet]) -> list[str]:
    """What the sheets are called, as spreadsheets want it: short, and no two alike, whether in capitals or not."""
    names: dict[str, str] = {}
    for sheet in found:
        plain = NOT_IN_A_NAME.sub("-", sheet.name)
        name, more = shorten(plain, SHEET_NAME, placeholder=" …"), 1
        while name.casefold() in names:
            more += 1
            name = f"{shorten(plain, SHEET_NAME - 3, placeholder=' …')} {more}"
        names[name.casefold()] = name
    return list(names.values())


def _write(book: Any, name: str, sheet: Sheet) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {decimals: book.add_format({"num_format": shape}) for decimals, shape in NUMBER_FORMATS.items()}
    page.set_column(0, 0, 44)
    page.set_column(1, max(1, len(sheet.header) - 1), 16)
    for place, text in enumerate(sheet.header):
        page.write_string(0, place, as_text(text), bold)
    for line, row in enumerate(sheet.rows, 1):
        for place, value in enumerate(row):
            _write_cell(page, line, place, value, formats)
    for line, text in enumerate((sheet.title, *sheet.beneath), len(sheet.rows) + 2):
        page.write_string(line, 0, as_text(text))
    page.freeze_panes(1, 1)


def _write_cell(page: Any, line: int, place: int, value: Cell, formats: dict[int, Any]) -> None:
    if isinstance(value, str):
        page.write_string(line, place, as_text(value))
    elif isinstance(value, Decimal):
        page.write_number(line, place, float(value), formats.get(_decimals(value)))
    elif value is not None:
        page.write_number(line, place, value)


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def comma_file(found: Sequence[Sheet], language: str) -> str:
    """CSV for Norwegian office programs: one line a number, semicolons, and a decimal comma (a point in English).

    What is to be said of a table comes after its numbers, a line each without a column.
    """
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([title(key, language) for key in ("table", "row", "column", "value")])
    for sheet in found:
        for row in sheet.rows:
            for column, value in zip(sheet.header[1:], row[1:], strict=True):
                if value is not None:
                    cells = (sheet.name, str(row[0]), column)
                    writer.writerow([*map(as_text, cells), _written(value, language)])
        writer.writerows([as_text(sheet.name), title("note", language), "", as_text(each)] for each in sheet.beneath)
    return BOM + file.getvalue()


def _written(value: Cell, language: str) -> str:
    """A number as a reader's program takes it; text so that no program takes it for a formula."""
    if isinstance(value, str):
        return as_text(value)
    return str(value) if language == "en" else str(value).replace(".", ",")


def plain_text(found: Sequence[Sheet], notes: Sequence[str], language: str) -> str:
    """The tables one under the other, numbers to the right, and last what is to be said of them all."""
    return "\n\n".join([*(_plain_sheet(sheet, language) for sheet in found if sheet.rows), *notes])


def _plain_sheet(sheet: Sheet, language: str) -> str:
    found = ([str(row[0]), *(_shown(value, language) for value in row[1:])] for row in sheet.rows)
    rows = [[*sheet.header], *found]
    widths = [max(len(row[place]) for row in rows) for place in range(len(sheet.header))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    head = sheet.title if sheet.title == sheet.name else f"{sheet.name}. {sheet.title}"
    return "\n".join([head, *lines, *sheet.beneath])


def _shown(value: Cell, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    grouped = f"{value:,}" if not -LONG < value < LONG else str(value)
    return grouped if language == "en" else grouped.replace(",", "\u00a0").replace(".", ",")
