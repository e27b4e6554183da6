"""Files that are refused whole, each with its reason and its cure."""

import io
import zipfile

import pytest

from bofast.domain.files import Kind, Refused, guess_kind, parse, reading
from bofast.domain.files.tests.making import (
    GOOD,
    HEADER,
    arrears_csv,
    csv_of,
    ods_cell,
    ods_raw,
    ods_row,
    with_part,
    worksheet,
    xlsx_of,
)

SHEET = "xl/worksheets/sheet1.xml"
GOOD_BOOK = xlsx_of(HEADER, GOOD)


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def _book(rows: str) -> bytes:
    return with_part(GOOD_BOOK, SHEET, worksheet(rows))


def _lying_about_its_size() -> bytes:
    """A container whose directory says that a part is small."""
    data = bytearray(with_part(GOOD_BOOK, SHEET, b" " * 50_000_000))
    size = (50_000_000).to_bytes(4, "little")
    return bytes(data.replace(size, (100).to_bytes(4, "little")))


REFUSED = {
    "0 bytes": (b"", "empty_file"),
    "a picture named csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_list"),
    "a PDF": (b"%PDF-1.7\n", "not_a_list"),
    "a program": (b"MZ\x90\0\x03", "not_a_list"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "script_or_markup"),
    "a web page": (b"\xef\xbb\xbf <html><table>", "script_or_markup"),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_or_locked_workbook"),
    "a NUL byte": (arrears_csv(GOOD) + b"\0", "nul_byte"),
    "UTF-16 without its mark": (arrears_csv(GOOD).decode().encode("utf-16-le"), "nul_byte"),
    "a cell above 1 MB": (arrears_csv(("K1", "K" * 1_000_001, "", "")), "cell_too_large"),
    "a cell above 1 MB in a workbook": (
        _book(f'<row><c t="inlineStr"><is><t>{"K" * 1_000_001}</t></is></c></row>'),
        "cell_too_large",
    ),
    "no header": (b"hei;du\r\n1;2\r\n", "no_header"),
    "a header below line 20": (b"\r\n" * 20 + arrears_csv(GOOD), "no_header"),
    "no Restanse": (csv_of(HEADER[:3], GOOD[:3]), "missing_column"),
    "a workbook cut short": (GOOD_BOOK[: len(GOOD_BOOK) // 2], "damaged_workbook"),
    "a workbook without its sheet": (with_part(GOOD_BOOK, "xl/_rels/workbook.xml.rels", b"<a/>"), "damaged_workbook"),
    "broken XML": (with_part(GOOD_BOOK, SHEET, b"<worksheet><row>"), "damaged_workbook"),
    "an external entity": (
        with_part(GOOD_BOOK, SHEET, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + worksheet("")[21:]),
        "damaged_workbook",
    ),
    "a place no spreadsheet writes": (_book('<row><c r="xfd1048576"><v>1</v></c></row>'), "damaged_workbook"),
    "another container": (_zip(hello=b"hello"), "not_a_workbook"),
    "a zip bomb": (with_part(GOOD_BOOK, SHEET, b" " * 50_000_000), "zip_bomb"),
    "a zip bomb beside the list": (with_part(GOOD_BOOK, "xl/media/a.bin", bytes(50_000_000)), "zip_bomb"),
    "a zip bomb that lies about its size": (_lying_about_its_size(), "damaged_workbook"),
    "a cell at the end of the sheet": (_book('<row><c r="XFD1048576"><v>1</v></c></row>'), "too_large_inside"),
    "a far cell behind a >": (_book('<row><c a=">" r="XFD1048576"><v>1</v></c></row>'), "too_large_inside"),
    "an ODS cell repeated over the sheet": (
        ods_raw(ods_row(ods_cell("K", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="9999"')),
        "too_large_inside",
    ),
    "one long text in very many cells": (
        with_part(
            _book("<row>" + '<c t="s"><v>0</v></c>' * 20_000 + "</row>"),
            "xl/sharedStrings.xml",
            b"<sst><si><t>" + b"K" * 60_000 + b"</t></si></sst>",
        ),
        "too_large_inside",
    ),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_the_file_is_refused_whole_with_its_reason(data: bytes, code: str):
    with pytest.raises(Refused) as refused:
        parse(data, "restanseliste.csv", Kind.ARREARS)
    assert refused.value.code == code
    assert {refused.value.message(language) for language in ("nb", "nn", "en")}


def test_a_file_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="larger than 100 MB"):
        parse(arrears_csv(GOOD), "", Kind.ARREARS)


def test_a_refusal_names_the_columns_that_are_missing_and_the_cure():
    with pytest.raises(Refused) as refused:
        parse(csv_of(("Kontraktsnr", "Navn"), GOOD[:2]), "", Kind.ARREARS)
    assert refused.value.message() == (
        "Listen mangler Forfall, Restanse. "
        "Ta kolonnen med, eller velg i avsenderens profil hvilken kolonne det er."
    )  # fmt: skip


def test_a_refused_file_has_a_kind_only_by_its_name():
    assert guess_kind("restanseliste.csv", b"") is Kind.ARREARS
    assert guess_kind("bilde.csv", b"\x89PNG\0") is None


def test_a_list_that_begins_with_the_letters_of_a_picture_is_a_list():
    assert len(parse(b"BM Eiendom\r\n" + arrears_csv(GOOD), "", Kind.ARREARS).rows) == 1
