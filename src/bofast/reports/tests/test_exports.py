"""The report as files: one sheet a table, numbers as numbers, nothing a spreadsheet would run."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bofast.domain.statistics import Period, Question
from bofast.domain.tests.made_years import make
from bofast.reports.compared import no_cases_in
from bofast.reports.exports import comma_file, plain_text, workbook
from bofast.reports.queries import annual_report
from bofast.reports.sheets import Sheet, sheets
from bofast.reports.tests.received import counts, reference_year, register, reported
from bofast.reports.told import sheets_told

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


def test_names_of_sheets_are_short_and_no_two_alike() -> None:
    named = [
        "Hvorfor husstander ble holdt tilbake",
        "HVORFOR HUSSTANDER BLE HOLDT igjen",
        "A/B: [c]",
        "Avdrag",
        "avdrag",
    ]
    found = [Sheet(name=name, title=name, header=["a"], rows=[]) for name in named]
    names = load_workbook(BytesIO(workbook(found, made_on=DAY))).sheetnames
    assert names == ["Hvorfor husstander ble holdt …", "HVORFOR HUSSTANDER BLE … 2", "A-B- -c-", "Avdrag", "avdrag 2"]


def told(year: int, compare: int) -> list[Sheet]:
    """The tables as they stand in a file."""
    question = Question(
        period=Period.of_year(year), compare=Period.of_year(compare), masked=False, language="nb"
    )  # fmt: skip
    return sheets_told(question, annual_report(question), DAY)


def test_who_counted_when_and_what_it_cannot_bear_stands_beneath_a_table() -> None:
    reference_year()
    beneath = {sheet.name: sheet.beneath for sheet in told(2006, 2005)}
    assert beneath["Tabell 5"][0] == "Kilde: BBB økonomi, telt per 31. januar 2007."
    assert beneath["Tabell 3"][0] == "Kilde: BBB/kemneren, Namsfogden, telt per 31. januar 2007."
    assert any(line.startswith("Namsfogden begjæringer 2005: hele byen") for line in beneath["Tabell 3"])
    assert "Kilde: BBB/kemneren, kemneren, telt per 31. januar 2007." in beneath["Tabell 6"]
    assert no_cases_in("2005", "nb") in beneath["Tabell 2"]
    days = "BBB økonomi 31. januar 2007, BBB/kemneren 31. januar 2007, Egne saker 22. november 2026."
    assert f"Utkastelser 2006, slik de ble talt: {days}" in beneath["Der kildene er uenige"]


def test_the_other_years_numbers_are_in_the_files_too() -> None:
    register([*make(2018, 80), *make(2019, 90)])
    found = {sheet.name: sheet for sheet in told(2019, 2018)}
    assert found["Tabell 2"].header[1:3] == ["Antall 2019", "Antall 2018"]
    assert list(found["Tabell 2"].rows[0])[1:3] == [90, 80]
    assert "Figur 2, 2018" in found


def test_what_is_said_of_the_fees_is_in_the_files_and_in_the_language_asked_for() -> None:
    reference_year()
    document = reported(2006, 2005)
    for language, said in (("nb", "som trykt og på"), ("en", "as printed and at")):
        found = sheets(document, language)
        assert said in plain_text(found, [], language)
        lines = list(csv.reader(StringIO(comma_file(found, language)), delimiter=";"))
        assert [line for line in lines if line[0].endswith(" 3") and said in line[3] and not line[2]]


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
