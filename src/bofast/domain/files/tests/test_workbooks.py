"""XLSX and ODS: cells as numbers, dates, text or formulas, and nothing evaluated."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from bofast.domain.files import Kind, ParsedFile, parse
from bofast.domain.files.tests.making import (
    GOOD,
    HEADER,
    ods_cell,
    ods_of,
    ods_raw,
    ods_row,
    saved,
    with_part,
    worksheet,
    xlsx_of,
)

SHEET = "xl/worksheets/sheet1.xml"
CELLS = ("K1", "Kari Prøve", date(2026, 9, 1), 7300.5)


def _arrears(data: bytes) -> ParsedFile:
    return parse(data, "", Kind.ARREARS)


@pytest.mark.parametrize("make", [xlsx_of, ods_of], ids=["xlsx", "ods"])
def test_numbers_and_dates_are_read_as_cells_or_as_text(make):
    rows = _arrears(make(HEADER, CELLS, ("K1", "Kari Prøve", "01.09.2026", "7 300,50"))).rows
    assert [row.state for row in rows] == ["accepted", "doubled"]
    assert rows[0].cells == {
        "Kontraktsnr": "K1",
        "Navn": "Kari Prøve",
        "Forfall": "01.09.2026",
        "Restanse": "7300,5",
    }


@pytest.mark.parametrize("make", [xlsx_of, ods_of], ids=["xlsx", "ods"])
@pytest.mark.parametrize(
    ("cell", "text"), [(450000, "450000"), (450000.0, "450000"), (5399.9999999999, "5400"), (1234.567, "1234,567")]
)
def test_a_number_comes_out_as_a_reader_sees_it(make, cell, text):
    (row,) = _arrears(make(HEADER, (cell, "Kari", date(2026, 9, 1), 1))).rows
    assert row.values["contract_no"] == text


def test_three_decimals_in_a_number_cell_are_not_taken_for_thousands():
    (row,) = _arrears(xlsx_of(HEADER, ("K1", "Kari", date(2026, 9, 1), 1234.567))).rows
    assert [fault.code for fault in row.faults] == ["not_an_amount"]


def test_an_identity_number_and_a_postal_code_get_their_leading_zeros_back():
    header = (*HEADER, "Fødselsnummer", "Postnr")
    (row,) = _arrears(xlsx_of(header, (*CELLS, 7835501595, 150))).rows
    assert (row.values["national_id"], row.values["postal_code"]) == ("07835501595", "0150")


def test_a_date_cell_with_a_time_of_day_is_its_day():
    (row,) = _arrears(xlsx_of(HEADER, ("K1", "Kari", datetime.fromisoformat("2026-09-01T12:30"), 1))).rows
    assert row.values["due_on"] == date(2026, 9, 1)


def test_the_first_sheet_with_the_columns_is_the_list_and_its_lines_are_rows_of_the_sheet():
    book = openpyxl.Workbook()
    book.active.append(["Forklaring", "til listen"])
    sheet = book.create_sheet("Restanser")
    for row in (("Restanseliste",), (), HEADER, GOOD):
        sheet.append(row)
    assert [(row.line, row.state) for row in _arrears(saved(book)).rows] == [(4, "accepted")]


def _formula_list(formula_cell: str) -> bytes:
    rows = "".join(
        f'<row r="{line}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "{more}</row>"
        for line, texts in ((1, HEADER[:3]), (2, GOOD[:3]), (3, ("K2", "Ola", "01.09.2026")))
    )
    last = ['<c t="inlineStr"><is><t>Restanse</t></is></c>', formula_cell, "<c><v>100</v></c>"]
    for cell in last:
        rows = rows.replace("{more}", cell, 1)
    return with_part(xlsx_of(), SHEET, worksheet(rows))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("<c><f>1+1</f><v>2</v></c>", None),
        ('<c t="str"><f>A1</f><v>1 234,50</v></c>', None),
        ("<c><f>1+1</f></c>", "formula_without_value"),
        ("<c><f>1+1</f><v></v></c>", "formula_without_value"),
        ("<c><f>1+1</f><v/></c>", "formula_without_value"),
        ('<c t="str"><f>A1</f><v></v></c>', "missing"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "error_in_cell"),
    ],
)
def test_a_formula_gives_its_kept_value_or_its_row_is_quarantined(cell: str, code: str | None):
    rows = _arrears(_formula_list(cell)).rows
    assert [(fault.column, fault.code) for fault in rows[0].faults] == ([("Restanse", code)] if code else [])
    assert rows[1].state == "accepted"


def test_a_formula_of_an_extension_below_the_table_is_not_the_last_cell_of_it():
    data = _formula_list("<c><v>1</v></c>")
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        sheet = container.read(SHEET).decode()
    extension = '<extLst><ext><xm:f xmlns:xm="urn:xm"/></ext></extLst></worksheet>'
    rows = _arrears(with_part(data, SHEET, sheet.replace("</worksheet>", extension).encode())).rows
    assert [row.state for row in rows] == ["accepted", "accepted"]


def test_a_formula_in_an_ods_file_gives_its_kept_value_or_its_row_is_quarantined():
    start = "".join(map(ods_cell, GOOD[:3]))
    header = ods_row("".join(map(ods_cell, HEADER)))
    kept = ods_row(start + ods_cell(100.0, 'table:formula="of:=1"'))
    bare = ods_row(start + '<table:table-cell table:formula="of:=1"/>')
    rows = _arrears(ods_raw(header + kept + bare + kept)).rows
    assert [row.state for row in rows] == ["accepted", "quarantined", "doubled"]
    assert [(fault.line, fault.code) for fault in rows[1].faults] == [(3, "formula_without_value")]


def test_a_formula_in_a_column_nobody_reads_keeps_no_row_out():
    data = xlsx_of((*HEADER, "Sum krav"), (*CELLS, "=D2*2"))
    assert [row.state for row in _arrears(data).rows] == ["accepted"]


def test_a_scribble_beside_the_table_keeps_no_row_out_and_is_kept():
    (row,) = _arrears(xlsx_of(HEADER, (*CELLS, "", "ring henne"))).rows
    assert (row.state, row.cells["(6)"]) == ("accepted", "ring henne")


def test_text_that_looks_like_a_formula_is_text():
    (row,) = _arrears(ods_of(HEADER, ("=K1", "@Kari", "01.09.2026", "1"))).rows
    assert (row.values["contract_no"], row.values["name"]) == ("=K1", "@Kari")


def test_an_empty_area_to_the_end_of_an_ods_sheet_is_no_rows():
    rest = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048574"')
    rows = ods_row("".join(map(ods_cell, HEADER))) + ods_row("".join(map(ods_cell, GOOD))) + rest
    assert len(_arrears(ods_raw(rows)).rows) == 1


def test_a_formatted_empty_cell_at_the_end_of_the_sheet_is_no_row():
    far = worksheet('<row r="1048576"><c r="XFD1048576" s="1"/></row>').decode()
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADER)
    data = with_part(xlsx_of(), SHEET, far.replace("<row", f'<row r="1">{cells}</row><row', 1).encode())
    assert _arrears(data).rows == ()
