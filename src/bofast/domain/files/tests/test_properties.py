"""Whatever comes in: nothing raises but Refused, no row is lost, and a good list is read back as it was written."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bofast.domain.files import Kind, Refused, guess_day, guess_kind, parse, reparse
from bofast.domain.files.parsing import TABLES
from bofast.domain.files.tests.making import GOOD, HEADER, arrears_csv, csv_of, ods_of, xlsx_of
from bofast.domain.money import as_kroner

BOOK = xlsx_of(HEADER, GOOD, ("Sum", "", "", 7300))
ODS = ods_of(HEADER, GOOD, ("Sum", "", "", 7300))
KINDS = st.sampled_from(Kind)
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
NAME = st.text(st.sampled_from("abcæøåÆØÅéü -'"), min_size=1, max_size=20).map(str.strip).filter(bool)


def _taken(data: bytes, kind: Kind) -> None:
    guess_kind("x", data)
    try:
        parsed = parse(data, "x", kind)
    except Refused as refused:
        assert refused.message()
        return
    for row in parsed.rows:
        assert row.state in ("accepted", "doubled", "quarantined")
        assert all(fault.message() for fault in (*row.faults, *row.warnings))


@given(st.binary(max_size=300), KINDS)
@example(b"PK\x03\x04", Kind.ARREARS)
@example(b"\xff\xfe", Kind.ARREARS)
def test_no_bytes_whatever_raise_anything_but_a_refusal(data: bytes, kind: Kind):
    _taken(data, kind)


@given(st.data(), st.sampled_from([BOOK, ODS, arrears_csv(GOOD, GOOD)]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_no_spoilt_file_raises_anything_but_a_refusal(data: st.DataObject, whole: bytes):
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 5))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    _taken(bytes(spoilt[: data.draw(st.integers(1, len(spoilt)))]), Kind.ARREARS)


@given(st.text(max_size=400), KINDS)
def test_no_text_below_a_good_header_raises_or_takes_the_good_row_above_it_away(text: str, kind: Kind):
    table = TABLES[kind]
    header = ";".join(column.names[0] for column in table.columns)
    _taken(f"{header}\n{text}".encode("utf-8", "surrogatepass"), kind)
    if kind is Kind.ARREARS and "\0" not in text:
        rows = parse(arrears_csv(GOOD) + text.encode("utf-8", "surrogatepass"), "x", kind).rows
        assert rows[0].state == "accepted"


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=8))
def test_no_row_is_lost_whatever_is_in_its_cells(rows: list[tuple[str, str, str, str]]):
    sent = [GOOD, *rows, ("K9", "Ola", "01.09.2026", "1")]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in sent]
    parsed = parse(csv_of(HEADER, *quoted), "x", Kind.ARREARS)
    filled = [row for row in sent if any(cell.strip() for cell in row)]
    assert [tuple(row.cells.values()) for row in parsed.rows] == filled
    assert (parsed.rows[0].state, parsed.rows[-1].state) == ("accepted", "accepted")


@given(st.dictionaries(st.one_of(st.sampled_from(HEADER), CELL), CELL), KINDS)
def test_a_row_from_a_form_never_raises(cells: dict[str, str], kind: Kind):
    assert reparse(cells, 1, kind).state in ("accepted", "quarantined")


@given(st.text())
def test_no_name_raises(name: str):
    guess_day(name)
    guess_kind(name, b"")


CLAIMS = st.lists(
    st.tuples(
        st.from_regex(r"K[0-9]{1,8}", fullmatch=True),
        NAME,
        st.dates(date(1970, 1, 1), date(2069, 12, 31)),
        st.integers(1, 10**9),
    ),
    min_size=1,
    max_size=12,
    unique=True,
)


def _read_back(data: bytes) -> list[tuple]:
    rows = parse(data, "x", Kind.ARREARS).rows
    assert {row.state for row in rows} == {"accepted"}
    return [tuple(row.values[key] for key in ("contract_no", "name", "due_on", "outstanding")) for row in rows]


def _expected(claims: list[tuple]) -> list[tuple]:
    return [(contract, " ".join(name.split()), due_on, ore) for contract, name, due_on, ore in claims]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@given(claims=CLAIMS, separator=st.sampled_from(";\t,"))
def test_a_good_text_list_is_read_back_as_it_was_written(encoding: str, claims: list[tuple], separator: str):
    rows = [(c, name, f"{due_on:%d.%m.%Y}", as_kroner(ore)) for c, name, due_on, ore in claims]
    assert _read_back(csv_of(HEADER, *rows, separator=separator, encoding=encoding)) == _expected(claims)


@given(claims=CLAIMS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_good_workbook_is_read_back_as_it_was_written(claims: list[tuple]):
    rows = [(c, name, due_on, ore / 100) for c, name, due_on, ore in claims]
    assert _read_back(xlsx_of(HEADER, *rows)) == _expected(claims)
    assert _read_back(ods_of(HEADER, *rows)) == _expected(claims)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("restanseliste-2026-09-16.csv", date(2026, 9, 16)),
        ("Restanseliste 2026-10-16.xlsx", date(2026, 10, 16)),
        ("Restanser pr 16.09.2026.ods", date(2026, 9, 16)),
        ("restanse_20260916_v2.csv", date(2026, 9, 16)),
        ("liste-2026-02-31.csv", None),
        ("liste.csv", None),
        ("liste 123456789012.csv", None),
    ],
)
def test_the_day_of_a_list_is_in_its_name(name: str, day: date | None):
    assert guess_day(name) == day


@pytest.mark.parametrize("kind", Kind)
def test_the_kind_is_told_by_a_full_header(kind: Kind):
    header = tuple(column.names[0] for column in TABLES[kind].columns)
    assert guess_kind("x", csv_of(header)) is kind


def test_the_name_decides_between_two_kinds_with_equally_many_columns():
    data = csv_of(("Kontraktsnr", "Navn", "KID"))
    assert guess_kind("restanseliste.csv", data) is Kind.ARREARS
    assert guess_kind("leietakerregister.csv", data) is Kind.REGISTER


def test_ten_thousand_rows_are_read_in_order():
    rows = [(f"K{at}", "Kari", "01.09.2026", "1") for at in range(10_000)]
    parsed = parse(arrears_csv(*rows), "x", Kind.ARREARS)
    assert [row.values["contract_no"] for row in parsed.rows] == [row[0] for row in rows]
