"""Files that are cut, empty, disguised or dangerous: refused or read, with a clear word, and nothing changed."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import FileContent, ReceivedFile, Resident
from bofast.arrears.tests.conftest import a_list, everything_held, paths, take_in_rows, truth
from bofast.domain.files import Kind, Refused

pytestmark = pytest.mark.django_db


def _zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b"\0" * 400_000_000)
    return buffer.getvalue()


def _cut_workbook() -> bytes:
    data = paths("lists-excel")[0].read_bytes()
    return data[: len(data) // 2]


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("restanseliste-2026-09-16.csv", b"", "empty_file"),
        ("restanseliste-2026-09-16.csv", PNG, "not_a_list"),
        ("restanseliste-2026-09-16.csv", b"#!/bin/sh\nrm -rf /\n", "script_or_markup"),
        ("restanseliste-2026-09-16.csv", b"Kontraktsnr;Forfall;Restanse\nK1;\0;1\n", "nul_byte"),
        ("restanseliste-2026-09-16.xlsx", None, "zip_bomb"),
        ("restanseliste-2026-09-16.xlsx", "cut", "damaged_workbook"),
        ("restanseliste-2026-09-16.csv", b"Kontraktsnr;Navn\nK1;Ola\n", None),
        ("restanseliste-2026-09-16.csv", b"Dette er et brev.\nHilsen Ola\n", "no_header"),
        ("bilde.csv", PNG, "not_a_list"),
        ("brev.csv", b"Dette er et brev.\nHilsen Ola\n", "kind_unknown"),
        ("restanseliste.csv", a_list("K1;Ola;01.08.2026;5000;F1"), "day_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_with_its_cure_and_changes_nothing(name: str, data: Any, code: str | None) -> None:
    take_in_rows("2026-08-17", "K9;Anne Prøve;01.07.2026;3000;F9")
    before = everything_held()
    content = _zip_bomb() if data is None else _cut_workbook() if data == "cut" else data
    with pytest.raises(Refused) as refused:
        receive_file(Delivery(data=content, name=name, kind=None if code else Kind.ARREARS))
    assert refused.value.code == (code or "missing_column")
    assert len(refused.value.message("nb")) > 30
    assert everything_held() == before
    assert ReceivedFile.objects.count() == FileContent.objects.count() == 1


def test_a_list_cut_in_the_middle_keeps_its_whole_rows_and_quarantines_the_broken_one() -> None:
    whole = paths("lists-2026")[0].read_bytes()
    cut = whole[: whole.rindex(b";01.06.2026;") + 6]
    file = receive_file(Delivery(data=cut, name="restanseliste-2026-08-17.csv"))[0]
    assert file.quarantined == 1
    assert file.accepted == file.rows - 1 > 10


def test_a_list_in_utf_16_is_read() -> None:
    text = paths("lists-2026")[0].read_bytes().decode("utf-8-sig")
    file = receive_file(Delivery(data=text.encode("utf-16"), name="restanseliste-2026-08-17.csv"))[0]
    assert file.outstanding / 100 == truth("lists-2026")["2026-08-17"]["outstanding"]
    assert Resident.objects.filter(name__contains="å").exists()


def test_a_workbook_with_formulas_is_read_by_its_cached_values_and_evaluates_nothing() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Kontraktsnr", "Navn", "Forfall", "Restanse"],
        ["K1", "Ola Prøve", "01.08.2026", 5000],
        ["K2", "Kari Prøve", "01.08.2026", "=2000+2000"],
    ):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)  # openpyxl leaves no cached value behind
    file = receive_file(Delivery(data=buffer.getvalue(), name="restanseliste-2026-09-16.xlsx"))[0]
    assert (file.accepted, file.quarantined, file.outstanding) == (1, 1, 500_000)
    assert file.quarantine.get().faults[0]["code"] == "formula_without_value"
