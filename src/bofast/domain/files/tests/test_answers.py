"""A handed-out list coming back: only answer and note are news, and the rest must be as it went out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bofast.domain.files import Kind, ParsedFile, Refused, Row, guess_kind, parse, reparse
from bofast.domain.files.answers import HandedOut, held_against
from bofast.domain.files.tests.making import csv_of, ods_of, xlsx_of
from bofast.domain.screening import Answer

HEADER = ("Nøkkel", "Kontraktsnr", "Restanse", "Aktiv kontakt?", "Merknad")
SENT = ("k7Fq2", "K1", 7300.5, "ja", "har time torsdag")
WHOLE_LIST = (
    "Nøkkel", "Kontraktsnr", "Navn", "Adresse", "Bydel", "Forfall", "Restanse", "Betalingsvarsel sendt",
    "Aktiv kontakt? (aktiv / kjent / ikke kjent)", "Merknad",
)  # fmt: skip
WHOLE_ROW = ("k7Fq2", "K1", "Kari Prøve", "Prøveveien 1", "Fana", "01.09.2026", 7300.5, "02.11.2026", "aktiv", "")


def _parsed(data: bytes) -> ParsedFile:
    return parse(data, "", Kind.ANSWERS)


def _row(*cells: object) -> Row:
    (row,) = _parsed(xlsx_of(HEADER, cells)).rows
    return row


@pytest.mark.parametrize("make", [xlsx_of, ods_of], ids=["xlsx", "ods"])
@pytest.mark.parametrize(
    "titles", [(), (("Restanser i Fana",), ("Svar innen 30.11.2026",), ())], ids=["bare", "titled"]
)
def test_a_list_comes_back_with_or_without_its_title_rows(make, titles):
    data = make(*titles, HEADER, SENT)
    assert guess_kind("liste.xlsx", data) is Kind.ANSWERS
    (row,) = _parsed(data).rows
    assert row.state == "accepted"
    assert row.values == {
        "key": "k7Fq2",
        "contract_no": "K1",
        "outstanding": 730_050,
        "answer": Answer.ACTIVE,
        "note": "har time torsdag",
    }


def test_it_is_told_by_key_and_answer_however_much_of_an_arrears_list_it_still_is():
    data = xlsx_of(WHOLE_LIST, WHOLE_ROW)
    assert guess_kind("restanseliste-2026-11-16.xlsx", data) is Kind.ANSWERS
    (row,) = _parsed(data).rows
    assert (row.state, row.values["answer"]) == ("accepted", Answer.ACTIVE)
    assert "name" not in row.values


def test_an_arrears_list_is_not_taken_for_answers():
    data = xlsx_of(("Nøkkel", "Kontraktsnr", "Forfall", "Restanse"), ("a", "K1", "01.09.2026", 100))
    assert guess_kind("liste.xlsx", data) is Kind.ARREARS


@pytest.mark.parametrize("text", ["", "vet ikke", "  "])
def test_a_row_without_an_answer_is_taken_in_and_answers_nothing(text: str):
    row = _row("k7Fq2", "K1", 7300.5, text, "")
    assert (row.state, row.values.get("answer")) == ("accepted", None)


def test_an_unreadable_answer_is_quarantined_with_the_cure_and_put_right_by_hand():
    row = _row("k7Fq2", "K1", 7300.5, "kanskje", "")
    assert row.state == "quarantined"
    assert row.faults[0].message() == (
        "Linje 2, Aktiv kontakt?: «kanskje» er ikke et svar; "
        "skriv aktiv, kjent eller ikke kjent, eller la cellen stå tom"
    )
    mended = reparse(dict(row.cells) | {"Aktiv kontakt?": "ikke kjent"}, row.line, Kind.ANSWERS)
    assert (mended.state, mended.values["answer"]) == ("accepted", Answer.UNKNOWN)


@pytest.mark.parametrize(
    ("cells", "column"),
    [(("", "K1", 100, "ja"), "Nøkkel"), (("k", "", 100, "ja"), "Kontraktsnr"), (("k", "K1", "", "ja"), "Restanse")],
)
def test_a_row_nobody_can_hold_against_what_went_out_is_quarantined(cells, column):
    assert [(fault.column, fault.code) for fault in _row(*cells, "").faults] == [(column, "missing")]


@pytest.mark.parametrize("gone", range(4))
def test_a_list_that_lost_a_column_is_refused_with_its_name(gone: int):
    header, sent = ([cell for at, cell in enumerate(cells) if at != gone] for cells in (HEADER, SENT))
    with pytest.raises(Refused) as refused:
        _parsed(xlsx_of(header, sent))
    assert (refused.value.code, refused.value.facts) == ("missing_column", {"columns": HEADER[gone]})


def test_the_note_may_be_left_out_and_in_a_text_file_may_hold_the_separator():
    (row,) = _parsed(xlsx_of(HEADER[:4], SENT[:4])).rows
    assert row.state == "accepted"
    (row,) = _parsed(csv_of(HEADER, ("k", "K1", "100,00", "ja", "time torsdag; ring først"))).rows
    assert row.values["note"] == "time torsdag; ring først"


def test_the_last_sum_row_is_no_answer():
    parsed = _parsed(xlsx_of(HEADER, SENT, ("Sum", "", 7300.5, "", "")))
    assert (len(parsed.rows), parsed.stated_sum, parsed.warnings) == (1, 730_050, ())


def test_two_answers_on_one_key_are_both_kept_and_the_second_is_pointed_out():
    rows = _parsed(xlsx_of(HEADER, SENT, ("k7Fq2", "K1", 7300.5, "nei", ""))).rows
    assert [row.state for row in rows] == ["accepted", "accepted"]
    assert [fault.code for fault in rows[1].warnings] == ["given_twice"]
    assert [row.state for row in _parsed(xlsx_of(HEADER, SENT, SENT)).rows] == ["accepted", "doubled"]


HANDED = HandedOut("K1", 730_050)


@pytest.mark.parametrize(
    ("handed", "column", "code"),
    [
        (None, "Nøkkel", "answer_key_unknown"),
        (HandedOut("K1", 730_050, to_sender=False), "Nøkkel", "answer_not_yours"),
        (HandedOut("K2", 730_050, to_sender=False), "Nøkkel", "answer_not_yours"),
        (HandedOut("K1", 730_050, counts=False), "Nøkkel", "answer_no_longer_shared"),
        (HandedOut("K1", 730_050, to_sender=False, counts=False), "Nøkkel", "answer_not_yours"),
        (HandedOut("K2", 730_050), "Kontraktsnr", "answer_changed"),
        (HandedOut("K1", 730_051), "Restanse", "answer_changed"),
    ],
)
def test_a_row_that_is_not_as_it_went_out_answers_for_nobody(handed: HandedOut | None, column: str, code: str):
    fault = held_against(_row(*SENT), handed)
    assert fault is not None
    assert (fault.line, fault.column, fault.code) == (2, column, code)


def test_a_row_as_it_went_out_is_an_answer():
    assert held_against(_row(*SENT), HANDED) is None


KEYS = st.from_regex(r"[a-z][A-Za-z0-9]{4,11}", fullmatch=True)
WRITTEN = st.sampled_from([("ja", Answer.ACTIVE), ("Ikke kjent", Answer.UNKNOWN), ("kjent", Answer.KNOWN), ("", None)])
ROWS = st.lists(st.tuples(KEYS, st.integers(1, 10**9), WRITTEN), min_size=1, max_size=8, unique_by=lambda row: row[0])


@given(ROWS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_went_out_is_read_back_as_it_was_filled_in(rows):
    filled = [(key, f"K{at}", ore / 100, text, "") for at, (key, ore, (text, _)) in enumerate(rows)]
    for make in (xlsx_of, ods_of):
        parsed = _parsed(make(HEADER, *filled)).rows
        assert [row.values.get("answer") for row in parsed] == [answer for _, _, (_, answer) in rows]
        assert [held_against(row, HandedOut(f"K{at}", rows[at][1])) for at, row in enumerate(parsed)] == [None] * len(
            rows
        )


@given(st.lists(st.tuples(KEYS, st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)), max_size=6))
def test_no_answer_whatever_loses_a_row(rows):
    quoted = [(key, "K1", "1", '"' + text.replace('"', '""') + '"', "") for key, text in rows]
    parsed = _parsed(csv_of(HEADER, *quoted)).rows
    assert [row.values["key"] for row in parsed] == [key for key, _ in rows]
    assert {row.state for row in parsed} <= {"accepted", "doubled", "quarantined"}
