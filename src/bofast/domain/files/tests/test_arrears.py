from datetime import date

import pytest

from bofast.domain.files import Kind, Row, parse, reparse
from bofast.domain.files.tests.making import GOOD, arrears_csv, csv_of, identity_number, one_row

TEST_PERSON = identity_number(14, 88, 88)
PERSON = identity_number(14, 8, 88)
WRONG_NUMBER = "14848821936"


def _row(*, known: set[str] = frozenset(), allow_test_numbers: bool = True, **cells: str) -> Row:
    (row,) = parse(one_row(**cells), "", Kind.ARREARS, known=known, allow_test_numbers=allow_test_numbers).rows
    return row


def _codes(row: Row) -> list[tuple[str, str]]:
    return [(fault.column, fault.code) for fault in row.faults]


def test_a_whole_row_is_read_into_days_and_ore():
    row = _row(
        amount="11 600,00", fees="35", interest="0,5", invoice_no="F1", kid="2345676", postal_code="150",
        reminded_on="1.10.26", demanded_on="2026-10-02", petitioned_on="03.11.2026", phone="12 34 56 78",
        national_id=TEST_PERSON, monthly_rent="7.300",
    )  # fmt: skip
    assert row.state == "accepted"
    assert not row.warnings
    assert row.values == {
        "contract_no": "K1",
        "name": "Kari Prøve",
        "due_on": date(2026, 9, 1),
        "outstanding": 730_000,
        "amount": 1_160_000,
        "fees": 3_500,
        "interest": 50,
        "invoice_no": "F1",
        "kid": "2345676",
        "postal_code": "0150",
        "reminded_on": date(2026, 10, 1),
        "demanded_on": date(2026, 10, 2),
        "petitioned_on": date(2026, 11, 3),
        "phone": "12 34 56 78",
        "national_id": TEST_PERSON,
        "monthly_rent": 730_000,
    }


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("contract_no", "", "missing"),
        ("contract_no", "K" * 41, "text_too_long"),
        ("due_on", "", "missing"),
        ("due_on", "31.02.2026", "no_such_day"),
        ("due_on", "01.01.0026", "no_such_day"),
        ("due_on", "16/09/2026", "not_a_day"),
        ("due_on", "46281", "not_a_day"),
        ("outstanding", "", "missing"),
        ("outstanding", "soon", "not_an_amount"),
        ("outstanding", "1,234", "not_an_amount"),
        ("outstanding", "9" * 5000, "not_an_amount"),
        ("outstanding", "1 000 000 000,01", "amount_too_large"),
        ("outstanding", "0,00", "not_above_zero"),
        ("outstanding", "500,00-", "not_above_zero"),
        ("fees", "-1", "negative_amount"),
        ("name", "K\ufffdri", "unreadable_character"),
    ],
)
def test_a_cell_that_cannot_be_read_is_quarantined_with_its_column(key: str, text: str, code: str):
    row = _row(**{key: text})
    assert row.state == "quarantined"
    assert (key, code) in _codes(row)


@pytest.mark.parametrize("text", ["14848821935", "148488 21935", "Kari 148488-21935", "14848821936"])
def test_an_identity_number_that_slipped_into_another_cell_is_never_shown(text: str):
    (fault,) = _row(due_on=text).faults
    assert "•••" in fault.message()
    assert "219" not in fault.message() + str(fault.facts)


def test_a_row_without_contract_number_is_quarantined_even_when_the_kid_is_known():
    assert _codes(_row(contract_no="", kid="270003932")) == [("contract_no", "missing")]


@pytest.mark.parametrize(
    ("known", "cells", "state", "codes"),
    [
        (True, {"name": ""}, "accepted", []),
        (True, {"national_id": WRONG_NUMBER}, "accepted", []),
        (False, {}, "accepted", []),
        (False, {"name": "", "address": "Prøveveien 1"}, "accepted", []),
        (False, {"name": "", "national_id": TEST_PERSON}, "accepted", []),
        (False, {"name": "", "phone": "12345678"}, "quarantined", ["unknown_contract_nobody_named"]),
        (False, {"national_id": WRONG_NUMBER}, "quarantined", ["unknown_contract_wrong_identity_number"]),
    ],
)
def test_an_unknown_contract_comes_in_only_with_somebody_or_somewhere_to_look_for(known, cells, state, codes):
    row = _row(known={"K1"} if known else set(), **cells)
    assert row.state == state
    assert [fault.code for fault in row.faults] == codes


def test_a_wrong_identity_number_on_a_known_contract_is_left_out_with_a_warning():
    row = _row(known={"K1"}, national_id=WRONG_NUMBER)
    assert "national_id" not in row.values
    assert [warning.code for warning in row.warnings] == ["identity_number_wrong"]
    assert WRONG_NUMBER not in row.warnings[0].message("nb")


@pytest.mark.parametrize(
    ("number", "allowed", "codes"),
    [
        (TEST_PERSON, True, []),
        (TEST_PERSON, False, [("national_id", "test_number")]),
        (PERSON, False, []),
    ],
)
def test_test_persons_are_refused_only_where_the_setting_for_real_work_says_so(number, allowed, codes):
    assert _codes(_row(national_id=number, allow_test_numbers=allowed)) == codes


@pytest.mark.parametrize(("kid", "warned"), [("2345676", False), ("123456785", False), ("2345675", True), ("AB", True)])
def test_a_wrong_kid_is_a_warning_and_the_row_is_taken_in(kid: str, warned: bool):
    row = _row(kid=kid)
    assert row.state == "accepted"
    assert [warning.code for warning in row.warnings] == (["kid_check_digit"] if warned else [])


def test_a_row_with_every_value_equal_is_doubled_though_it_is_written_otherwise():
    again = ("K1", "Kari  Prøve", "2026-09-01", "7300")
    assert [row.state for row in parse(arrears_csv(GOOD, again), "", Kind.ARREARS).rows] == ["accepted", "doubled"]


def test_a_row_equal_to_a_bad_row_is_not_doubled_but_quarantined_like_it():
    bad = ("K1", "Kari Prøve", "01.09.2026", "soon")
    rows = parse(arrears_csv(bad, bad), "", Kind.ARREARS).rows
    assert [row.state for row in rows] == ["quarantined", "quarantined"]


@pytest.mark.parametrize(
    ("header", "first", "second", "warned"),
    [
        (("Fakturanr",), ("F1", "100"), ("F1", "200"), True),
        (("Fakturanr",), ("F1", "100"), ("F2", "100"), False),
        (("Opprinnelig beløp",), ("500", "100"), ("500", "200"), True),
        (("Opprinnelig beløp",), ("500", "100"), ("600", "100"), False),
    ],
)
def test_the_same_claim_with_other_values_is_accepted_with_a_warning(header, first, second, warned):
    data = csv_of(
        ("Kontraktsnr", "Navn", "Forfall", *header, "Restanse"),
        *(("K1", "Kari", "01.09.2026", *cells) for cells in (first, second)),
    )
    rows = parse(data, "", Kind.ARREARS).rows
    assert [row.state for row in rows] == ["accepted", "accepted"]
    assert [[warning.code for warning in row.warnings] for row in rows] == [[], ["same_claim_twice"] if warned else []]


@pytest.mark.parametrize("word", ["Sum", "SUM:", "Totalt", "I alt", "Total", "Sum restanse"])
def test_a_last_sum_row_is_a_control_total_and_no_row(word: str):
    parsed = parse(
        arrears_csv(GOOD, ("K2", "Ola", "01.09.2026", "100,50"), (word, "", "", "7 400,50")), "", Kind.ARREARS
    )
    assert (len(parsed.rows), parsed.stated_sum, parsed.warnings) == (2, 740_050, ())


def test_a_control_total_counts_every_readable_amount_of_the_rows_as_sent():
    rows = [GOOD, GOOD, ("K2", "Ola", "31.02.2026", "100,00"), ("K3", "Ola", "01.09.2026", "soon"), ("", "", "", "-5")]
    parsed = parse(arrears_csv(*rows, ("Sum", "", "", "14695")), "", Kind.ARREARS)
    assert [row.state for row in parsed.rows] == ["accepted", "doubled", *["quarantined"] * 3]
    assert parsed.warnings == ()


def test_a_control_total_that_differs_is_a_warning_that_says_by_how_much():
    (warning,) = parse(arrears_csv(GOOD, ("Sum", "", "", "8 000,00")), "", Kind.ARREARS).warnings
    assert warning.message("en") == (
        "Line 3, Restanse: the sum is stated as 8,000\u00a0kr, but the rows give 7,300\u00a0kr: "
        "a difference of 700\u00a0kr; ask the sender"
    ).replace(",000", "\u00a0000").replace(",300", "\u00a0300")


def test_a_sum_that_cannot_be_read_is_a_warning_and_still_no_row():
    parsed = parse(arrears_csv(GOOD, ("Sum", "", "", "mye")), "", Kind.ARREARS)
    assert (len(parsed.rows), parsed.stated_sum) == (1, None)
    assert [warning.code for warning in parsed.warnings] == ["sum_unreadable"]


def test_a_sum_in_the_middle_is_a_row_that_goes_to_a_person():
    parsed = parse(arrears_csv(GOOD, ("Sum", "", "", "7300"), ("K2", "Ola", "01.09.2026", "1")), "", Kind.ARREARS)
    assert [row.state for row in parsed.rows] == ["accepted", "quarantined", "accepted"]


def test_a_row_put_right_by_hand_is_read_like_its_file():
    (bad,) = parse(one_row(outstanding="soon"), "", Kind.ARREARS).rows
    row = reparse(dict(bad.cells) | {"outstanding": "1 234,50"}, bad.line, Kind.ARREARS, known={"K1"})
    assert (row.line, row.state, row.values["outstanding"]) == (2, "accepted", 123_450)


def test_a_row_put_right_by_hand_that_is_still_wrong_says_so_again():
    row = reparse({"Kontraktsnr": "K1", "Restanse": "snart"}, 7, Kind.ARREARS)
    assert [fault.message() for fault in row.faults] == [
        "Linje 7, Restanse: «snart» er ikke et beløp; skriv det som 1 234,50",
        "Linje 7, Forfall: mangler; fyll ut cellen",
        "Linje 7, Kontraktsnr: kontrakt «K1» er ukjent, og raden har verken navn eller adresse; "
        "fyll ut navn eller adresse",
    ]
