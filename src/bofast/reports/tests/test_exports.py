"""The report as files: one sheet a table, numbers as numbers, nothing a spreadsheet would run."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bofast.reports.exports import comma_file, plain_text, workbook
from bofast.reports.sheets import Sheet, sheets
from bofast.reports.tests.received import counts, reference_year, reported

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def opened(document: dict[str, Any], language: str = "en") -> dict[str, Worksheet]:
    book = load_workbook(BytesIO(workbook(sheets(document, language), made_on=DAY)))
    return {sheet.title: sheet for sheet in book.worksheets}


def rows(sheet: Worksheet) -> dict[Any, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}


def test_every_table_and_figure_has_a_sheet_of_its_own() -> None:
    reference_year()
    names = list(opened(reported(2006, 2005), "nb"))
    assert names[:5] == ["Tabell 2", "Tabell 3", "Tabell 4", "Tabell 5", "Tabell 6"]
    assert [name for name in names if name.startswith("Figur")] == [f"Figur {number}" for number in range(1, 10)]
    assert len(names) == len(set(names)) == 21


def test_numbers_are_numbers() -> None:
    reference_year()
    book = opened(reported(2006, 2005))
    table_2, table_6 = rows(book["Table 2"]), rows(book["Table 6"])
    assert table_2["All cases"] == (407, 100, None)
    assert table_2["Mean age"] == (None, None, 41.4)
    assert table_2["Total arrears"] == (None, None, 6818878)
    assert table_6["All petitions"] == (None, 586520, 387860)
    assert rows(book["Table 3"])["Change"][:2] == (-114, -557)
    assert rows(book["Figure 2"])["Work"] == (6, 22, 0, 9, 4)
    assert rows(book["Where the sources disagree"])["Evictions 2006"] == (31, 29, 30)


def test_what_an_agency_says_of_its_numbers_stands_beside_them() -> None:
    reference_year()
    said = [row for row in opened(reported(2006, 2005))["Caveats"].iter_rows(values_only=True) if row[0] == "BBB"]
    assert said == [("BBB", 2004, "begjæringer", "2007-01-31", "nevnt i teksten som et lavere tidligere år")]


def test_a_hidden_number_is_a_word_and_no_number() -> None:
    reference_year()
    book = opened(reported(2006, 2005, masked=True))
    assert rows(book["Table 2"])["Reinstated"] == ("hidden", "hidden", None)
    assert rows(book["Figure 2"])["Benefit"] == (8, 119, "hidden", "hidden", 35)


def test_what_every_number_means_stands_in_the_file_in_the_readers_language() -> None:
    reference_year()
    meant = rows(opened(reported(2006, language="nb"), "nb")["Definisjoner"])
    assert meant["Periode"][0] == "2006-01-01 – 2006-12-31"
    assert meant["Enslige"][0] == "Registrert som enslig."


def test_csv_has_one_line_a_number_with_the_decimal_mark_of_the_language() -> None:
    reference_year()
    document = reported(2006)
    for language, mean in (("nb", "41,4"), ("en", "41.4")):
        text = comma_file(sheets(document, language), language)
        assert text.startswith("\ufeff")
        lines = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert all(len(line) == 4 for line in lines)
        assert mean in {line[3] for line in lines}
    assert ["Table 6", "All petitions", "By the act", "387860.00"] in lines


@pytest.mark.parametrize("mark", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_is_written_as_text(mark: str) -> None:
    evil = f"{mark}HYPERLINK"
    counts(f"2006;{evil};utkastelser;1;2007-01-31", "2006;B;utkastelser;2;2007-01-31")
    document = reported(2006)
    assert document["disagreements"][0]["values"] == {evil: 1, "B": 2}
    header = next(opened(document)["Where the sources disagree"].iter_rows(max_row=1))
    assert {cell.value for cell in header} >= {f"'{evil}"}
    assert {cell.data_type for cell in header} == {"s"}
    assert f";'{evil};1" in comma_file(sheets(document, "nb"), "nb")


def test_a_negative_number_is_not_taken_for_a_formula() -> None:
    reference_year()
    assert "Tabell 3;Endring;Egne leietakere;-114" in comma_file(sheets(reported(2006, 2005), "nb"), "nb")


def test_the_terminal_gets_the_same_tables_with_norwegian_numbers() -> None:
    reference_year()
    document = reported(2006, 2005, language="nb")
    text = plain_text(sheets(document, "nb"), document["notes"], "nb").replace("\u00a0", " ")
    assert "6 818 878,00" in text
    assert "2005" in text
    assert "tenkt beløp" in text
    assert text.endswith(document["notes"][-1])


def test_every_row_is_as_long_as_its_header_also_where_nothing_is_known() -> None:
    for document in (reported(1999), reported(1999, 1998, masked=True)):
        found: list[Sheet] = sheets(document, "nb")
        assert {len(row) for sheet in found for row in sheet.rows if len(row) != len(sheet.header)} == set()
        assert plain_text(found, [], "nb")
