"""A file without some of its lines: every other line is read as before, and nothing of the emptied ones is left."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bofast.domain.files import Kind, Refused, guess_kind, parse
from bofast.domain.files.redaction import ELSEWHERE, Sought, marks_of, named_anywhere, read
from bofast.domain.files.tests.making import GOOD, HEADER, csv_of, ods_of, saved, xlsx_of

DATA = Path(__file__).parent / "data"
SAMPLES = sorted(path for path in DATA.rglob("*") if path.suffix in (".csv", ".xlsx", ".ods"))
OLA = ("K2222", "Ola Nordmann", "01.08.2026", "4 000,50")
KARI = ("K1111", "Kari Prøve", "01.09.2026", "7 300,00")


def values_of(data: bytes, kind: Kind, **given: Any) -> dict[int, tuple[Any, bool]]:
    """By line: what is read from it, and whether it is quarantined."""
    return {row.line: (dict(row.values), bool(row.faults)) for row in parse(data, "x", kind, **given).rows}


def check_nothing_else_changes(data: bytes, kind: Kind, lines: Collection[int]) -> bytes:
    before = values_of(data, kind)
    after = read(data, kind).without(lines)
    assert values_of(after, kind) == {line: said for line, said in before.items() if line not in lines}
    return after


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
@given(draw=st.data())
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
def test_every_other_line_of_a_sample_is_read_as_before(path: Path, draw: st.DataObject):
    data = path.read_bytes()
    kind = guess_kind(path.name, data)
    assert kind
    lines = draw.draw(st.sets(st.sampled_from(sorted(read(data, kind).filled))))
    check_nothing_else_changes(data, kind, lines)


def test_there_are_samples_of_each_kind_of_file():
    assert {path.suffix for path in SAMPLES} >= {".csv", ".xlsx"}


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
SPOILT = st.text(st.sampled_from('";,\n\t aæ1.K\ufffd#<'), max_size=12)


@given(
    rows=st.lists(st.tuples(*[CELL | SPOILT] * 4), max_size=6),
    title=st.lists(st.tuples(CELL), max_size=2),
    separator=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["", "\n", "\r\n"]),
    draw=st.data(),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_in_a_text_every_other_line_is_read_as_before(
    rows: list[tuple[str, ...]], title: list[tuple[str]], separator: str, encoding: str, end: str, draw: st.DataObject
):
    lines = [*title, HEADER, KARI, *rows]
    data = ("\n".join(separator.join(row) for row in lines) + end).encode(encoding)
    try:
        filled = sorted(read(data, Kind.ARREARS).filled)
    except Refused:
        return
    last = filled[-1:]  # a Sum row is told by being the last
    gone = draw.draw(st.sets(st.sampled_from(filled))) if filled else set()
    check_nothing_else_changes(data, Kind.ARREARS, gone.difference(last))


@given(rows=st.lists(st.tuples(*[CELL | SPOILT] * 4), max_size=6), draw=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@pytest.mark.parametrize("workbook_of", [xlsx_of, ods_of])
def test_whatever_is_in_a_workbook_every_other_line_is_read_as_before(
    workbook_of: Any, rows: list[tuple[str, ...]], draw: st.DataObject
):
    kept = [tuple("".join(c for c in cell if c.isprintable() or c == "\n") for cell in row) for row in rows]
    data = workbook_of(("Restanseliste",), HEADER, KARI, *kept, OLA)
    lines = draw.draw(st.sets(st.sampled_from(sorted(read(data, Kind.ARREARS).filled))))
    check_nothing_else_changes(data, Kind.ARREARS, lines - {len(kept) + 4})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_an_emptied_line_leaves_nothing_of_itself_in_any_encoding(encoding: str, separator: str):
    ola = ("K2222", "Ola Ærlig", "01.08.2026", "4000")
    data = csv_of(("Restanseliste",), (), HEADER, KARI, ola, GOOD, separator=separator, encoding=encoding)
    after = check_nothing_else_changes(data, Kind.ARREARS, {5})
    assert "Ærlig" not in after.decode() and "K2222" not in after.decode()
    assert after.decode().splitlines()[0] == '"Restanseliste"'


def test_the_lines_keep_their_numbers_when_a_cell_runs_over_three_lines():
    data = csv_of(HEADER, ("K1111", '"Kari\nøverst\ntil venstre"', "01.09.2026", "1"), OLA, KARI)
    assert list(values_of(check_nothing_else_changes(data, Kind.ARREARS, {2}), Kind.ARREARS)) == [5, 6]
    assert list(values_of(check_nothing_else_changes(data, Kind.ARREARS, {5}), Kind.ARREARS)) == [2, 6]


def test_a_line_break_in_a_cell_of_a_workbook_moves_no_line():
    data = xlsx_of(HEADER, ("K1111", "Kari\nPrøve", "01.09.2026", 1), OLA, KARI)
    after = check_nothing_else_changes(data, Kind.ARREARS, {4})
    assert values_of(after, Kind.ARREARS)[2][0]["name"] == "Kari Prøve"


def test_a_row_that_could_not_be_read_stays_unreadable():
    data = csv_of(HEADER, ('"K1111', "Kari", "01.09.2026", "1"), OLA, KARI)
    assert values_of(data, Kind.ARREARS)[2] == ({}, True)
    check_nothing_else_changes(data, Kind.ARREARS, {4})


def test_a_note_that_runs_on_keeps_its_commas():
    header = ("År", "Kilde", "Indikator", "Antall", "Per dato", "Merknad")
    data = csv_of(
        header,
        ("2006", "kemner", "utkastelser", "29", "31.12.2006", "sent, og ufullstendig"),
        ("2005", "kemner", "utkastelser", "44", "31.12.2006", "ja"),
        separator=",",
    )
    after = check_nothing_else_changes(data, Kind.COUNTS, {3})
    assert values_of(after, Kind.COUNTS)[2][0]["note"] == "sent, og ufullstendig"


@pytest.mark.parametrize("first", ["<b>Restanser</b>", "#!liste", "BM", "%PDF"])
def test_a_title_that_looks_like_another_kind_of_file_is_no_hindrance(first: str):
    check_nothing_else_changes(xlsx_of((first,), HEADER, KARI, OLA), Kind.ARREARS, {4})


def test_the_first_whole_sheet_is_kept_and_the_others_go():
    book = openpyxl.Workbook()
    book.active.append(["Forklaring til listen"])
    listed, former = book.create_sheet("Liste"), book.create_sheet("Forrige")
    for row in (HEADER, KARI, GOOD):
        listed.append(row)
    for row in (HEADER, OLA):
        former.append(row)
    data = saved(book)
    sheet = read(data, Kind.ARREARS)
    named = sheet.naming(Sought(frozenset({"K2222"}), frozenset()))
    assert named == {ELSEWHERE}
    assert b"Nordmann" not in check_nothing_else_changes(data, Kind.ARREARS, named)


def test_what_is_emptied_is_not_filled_any_more():
    data = csv_of(HEADER, KARI, OLA, GOOD)
    assert read(data, Kind.ARREARS).filled == {2, 3, 4}
    assert read(read(data, Kind.ARREARS).without({2, 4}), Kind.ARREARS).filled == {3}


def test_emptying_again_changes_nothing():
    once = read(csv_of(HEADER, KARI, OLA, GOOD), Kind.ARREARS).without({3})
    assert read(once, Kind.ARREARS).without({3}) == once


def test_a_sender_who_names_columns_in_its_own_way_is_read_by_its_profile():
    data = csv_of(("Ref", "Person", "Dato", "Kr"), KARI, OLA)
    profile = {"Ref": "contract_no", "Person": "name", "Dato": "due_on", "Kr": "outstanding"}
    after = read(data, Kind.ARREARS, profile).without({3})
    assert values_of(after, Kind.ARREARS, profile=profile) == {2: values_of(data, Kind.ARREARS, profile=profile)[2]}
    with pytest.raises(Refused):
        read(data, Kind.ARREARS)
    assert named_anywhere(data, Sought(frozenset(), marks_of(["ola nordmann"])))
    assert not named_anywhere(data, Sought(frozenset(), marks_of(["Per Nordmann"])))


@pytest.mark.parametrize(
    ("known_as", "written", "found"),
    [
        ("Ola Nordmann", "OLA  NORDMANN ", True),
        ("Ola Nordmann", "Nordmann, Ola", True),
        ("Ola Nordmann", "Ola Nordmann jr", False),
        ("01018012345", "010180 12345", True),
        ("01018012345", "010180.12345", True),
        ("01018012345", "1018012345", True),
        ("90000001", "+47 900 00 001", True),
        ("+4790000001", "90 00 00 01", True),
        ("0047 90000001", "90000001", True),
        ("ola@example.no", "Ola@Example.no", True),
        ("260000054", "26 0000 054", True),
        ("21122026", "21.12.2026", False),
        ("21122026", "21 12 20 26", True),
        ("5000", "5000", False),
        ("Ola", "Ola", False),
        ("", "", False),
    ],
)
def test_a_mark_is_found_however_it_is_written_and_nothing_short_is_a_mark(known_as: str, written: str, found: bool):
    data = csv_of(("Kontraktsnr", "Forfall", "Restanse", "Annet"), ("K9999", "01.09.2026", "1", f'"{written}"'))
    assert read(data, Kind.ARREARS).naming(Sought(frozenset(), marks_of([known_as]))) == ({2} if found else set())


def test_a_line_with_another_households_contract_is_theirs_whatever_name_or_telephone_they_share():
    data = csv_of(HEADER, KARI, ("K3333", "Kari Prøve", "01.09.2026", "1"), ("K4444", "Kari Prøve", "01.09.2026", "1"))
    sought = Sought(frozenset({"K1111"}), marks_of(["Kari Prøve"]), others={"K3333"})
    assert read(data, Kind.ARREARS).naming(sought) == {2, 4}


def test_a_short_contract_number_is_found_in_its_own_column_only():
    data = csv_of(HEADER, ("12", "Kari Prøve", "01.09.2026", "4000"), ("13", "Ola Ås", "01.09.2026", "12"))
    assert read(data, Kind.ARREARS).naming(Sought(frozenset({"12"}), frozenset())) == {2}


def test_lines_about_a_household_tell_what_else_it_is_known_as():
    header = ("Kontraktsnr", "Navn", "Telefon", "Adresse", "Forfall", "Restanse")
    data = csv_of(header, ("K1", "Kari Gammelt-Navn", "90000001", "Storgata 1", "01.09.2026", "1"))
    assert read(data, Kind.ARREARS).persons_on({2}) == {"Kari Gammelt-Navn", "90000001"}


@given(st.text(max_size=40))
@example("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668")
def test_a_text_marks_itself_or_nobody(text: str):
    marks = marks_of([text])
    assert not marks or marks == marks_of([f"  {text} "])
