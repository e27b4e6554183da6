"""The report as files: an accessible PDF, a spreadsheet with numbers as numbers, CSV, one HTML file."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pikepdf
import pytest

from bofast.access.tests.cast import kari
from bofast.reports import actions
from bofast.reports.annual.files import written
from bofast.reports.annual.queries import Content
from bofast.reports.tests.received import reference_year
from bofast.reports.tests.writing import begun, composed

pytestmark = pytest.mark.django_db


@pytest.fixture
def content() -> Content:
    reference_year()
    actions.put_programme_year(year=2006, cost=50_000_000, hours=3400, after_eviction=None, note="")
    return composed(begun(kari()), causes="#panic() *Kemneren* ble omorganisert.\n\nNy lov.")


@pytest.fixture
def pdf(content: Content) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(written(content, "pdf", status="Utkast"))) as found:
        yield found


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure that is read aloud."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def test_the_pdf_says_what_it_is_and_in_which_language(pdf: pikepdf.Pdf, content: Content) -> None:
    assert str(pdf.Root.Lang) == "nb-NO"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as said:
        assert said["dc:title"] == content["title"]
        assert said["pdfuaid:part"] == "1"


def test_every_table_of_the_pdf_has_headers(pdf: pikepdf.Pdf, content: Content) -> None:
    tables = [each for each in elements(pdf.Root.StructTreeRoot.K) if each.S == "/Table"]
    blocks = [found for section in content["sections"] for found in section["blocks"]]
    assert len(tables) == len(blocks) + 1  # and what the numbers mean
    for table in tables:
        assert "/TH" in {str(each.S) for each in elements(table)}


def test_every_header_of_the_pdf_says_what_it_is_the_header_of(pdf: pikepdf.Pdf) -> None:
    headers = [each for each in elements(pdf.Root.StructTreeRoot.K) if each.S == "/TH"]
    assert {str(attributes(each)["/Scope"]) for each in headers} <= {"/Column", "/Row", "/Both"}


def attributes(element: Any) -> dict[str, Any]:
    """What is said of an element of a table."""
    said = element.get("/A", [])
    return {key: value for each in (said if isinstance(said, pikepdf.Array) else [said]) for key, value in each.items()}


SHOWS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI", "INLINE IMAGE"}
"""Operators that put something on the page."""


def test_nothing_on_a_page_is_outside_what_is_read_aloud_or_told_to_be_decoration(pdf: pikepdf.Pdf) -> None:
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            assert name not in SHOWS or depth > 0, (number, name)


def test_every_figure_of_the_pdf_has_words(pdf: pikepdf.Pdf, content: Content) -> None:
    pictures = [each for each in elements(pdf.Root.StructTreeRoot.K) if each.S == "/Figure"]
    drawn = [found for section in content["sections"] for found in section["blocks"] if found["svg"]]
    assert len(pictures) == len(drawn) == 9
    for picture, found in zip(pictures, drawn, strict=True):
        assert found["caption"] in str(picture.Alt)


def test_the_pdf_has_a_heading_for_every_section(pdf: pikepdf.Pdf, content: Content) -> None:
    kinds = Counter(str(each.S) for each in elements(pdf.Root.StructTreeRoot.K))
    assert kinds["/H1"] == len(content["sections"]) + 3  # the year in short, contents, what the numbers mean


@pytest.mark.parametrize("district", ["Årstad", "Arna", "Fana"])
def test_a_districts_pdf_is_made_without_a_warning(district: str) -> None:
    reference_year()
    assert written(composed(begun(kari(), district=district)), "pdf", status="Utkast").startswith(b"%PDF")


def test_a_year_without_cases_gives_a_report_all_the_same() -> None:
    assert written(composed(begun(kari(), year=2020, compare=None)), "pdf", status="Utkast").startswith(b"%PDF")


def test_the_spreadsheet_has_a_sheet_for_every_table_with_numbers_as_numbers(content: Content) -> None:
    book = openpyxl.load_workbook(BytesIO(written(content, "xlsx", status="")))
    blocks = [found for section in content["sections"] for found in section["blocks"]]
    assert book.sheetnames[: len(blocks)] == [found["name"] for found in blocks]
    table_3 = [[cell.value for cell in row] for row in book["Tabell 3"].iter_rows(min_row=2, max_row=3)]
    assert table_3 == [[2005, 224, 1002, 22], [2006, 110, 445, 25]]
    amounts = [cell.value for row in book["Tabell 6"].iter_rows(min_row=2) for cell in row if cell.value]
    assert 586520 in amounts and 387860 in amounts
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(word.startswith("#panic() *Kemneren*") for word in words)


READINGS = "Figuren ender på 12 267 kr som trykt og på 10 461 kr etter loven"


@pytest.mark.parametrize("shape", ["xlsx", "csv", "html"])
def test_the_two_readings_are_explained_in_every_file(content: Content, shape: str) -> None:
    file = written(content, shape, status="Utkast")
    book = openpyxl.load_workbook(BytesIO(file)) if shape == "xlsx" else ()
    told = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert READINGS in (told or file.decode()).replace("\u00a0", " ")


def test_a_table_of_the_spreadsheet_ends_with_its_source_its_day_and_its_caveats_a_line_each(content: Content) -> None:
    book = openpyxl.load_workbook(BytesIO(written(content, "xlsx", status="")))
    beneath = [str(row[0]) for row in book["Tabell 3"].iter_rows(values_only=True) if row[0]][-4:]
    assert beneath[0] == "Kilde: BBB/kemneren, Namsfogden, telt per 31. januar 2007."
    assert [line[:2] for line in beneath[1:]] == ["1)", "2)", "3)"]


def test_the_comma_file_has_a_line_for_every_number(content: Content) -> None:
    text = written(content, "csv", status="").decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter=";"))
    assert ["Tabell 3", "2006", "Egne leietakere", "110"] in lines
    assert any(line[0] == "Tabell 6" and line[-1] == "586520,00" for line in lines)


def test_the_html_file_needs_nothing_but_itself(content: Content) -> None:
    page = written(content, "html", status="Utkast").decode()
    assert content["title"] in page and "586\u00a0520\u00a0kr" in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "<script" not in page
