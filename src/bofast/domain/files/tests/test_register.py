from datetime import date

import pytest

from bofast.domain.files import Kind, Row, parse
from bofast.domain.files.tests.making import csv_of, identity_number


def _row(**cells: str) -> Row:
    row = {"Kontraktsnr": "K1", "Navn": "Kari Prøve"} | cells
    (read,) = parse(csv_of(tuple(row), tuple(row.values())), "", Kind.REGISTER).rows
    return read


@pytest.mark.parametrize(
    ("header", "text", "key", "value"),
    [
        ("Bolignr", "B1", "dwelling_no", "B1"),
        ("Månedsleie", "11 400,00", "monthly_rent", 1_140_000),
        ("Kontrakt fra", "22.02.2020", "lease_from", date(2020, 2, 22)),
        ("Kontrakt til", "19.02.2029", "lease_to", date(2029, 2, 19)),
        ("Husstand", "4", "household_members", 4),
        ("Barn", "0", "children", 0),
        ("Språk", "so", "language", "so"),
        ("E-post", "kari@example.no", "email", "kari@example.no"),
        ("Andre voksne", "Ola Prøve, Per Prøve", "other_adults", "Ola Prøve, Per Prøve"),
        ("Utkastelsesklausul", "nei", "eviction_clause", False),
        ("Verge", "Liv Prøve", "guardian", "Liv Prøve"),
        ("Adressesperre", "fortrolig", "address_protection", True),
        ("Betalt til", "31.10.2026", "paid_to", date(2026, 10, 31)),
    ],
)
def test_every_column_of_a_tenancy_is_read(header: str, text: str, key: str, value: object):
    row = _row(**{header: text})
    assert (row.state, row.values[key]) == ("accepted", value)


def test_a_blank_eviction_clause_is_unknown_and_not_no():
    assert "eviction_clause" not in _row(Utkastelsesklausul="").values


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"Kontraktsnr": ""}, "Kontraktsnr", "missing"),
        ({"Barn": "to"}, "Barn", "not_a_whole_number"),
        ({"Utkastelsesklausul": "kanskje"}, "Utkastelsesklausul", "not_yes_or_no"),
        ({"Kontrakt fra": "02.01.2026", "Kontrakt til": "01.01.2026"}, "Kontrakt til", "before_earlier"),
    ],
)
def test_a_tenancy_that_cannot_be_understood_is_quarantined(cells: dict[str, str], column: str, code: str):
    assert [(fault.column, fault.code) for fault in _row(**cells).faults] == [(column, code)]


def test_a_wrong_identity_number_is_left_out_because_the_register_makes_the_contract_known():
    row = _row(Fødselsnummer="14848821936")
    assert (row.state, "national_id" in row.values) == ("accepted", False)
    assert [warning.code for warning in row.warnings] == ["identity_number_wrong"]


def test_a_test_person_is_refused_where_the_setting_says_so():
    data = csv_of(("Kontraktsnr", "Fødselsnummer"), ("K1", identity_number(14, 88, 88)))
    (row,) = parse(data, "", Kind.REGISTER, allow_test_numbers=False).rows
    assert [fault.code for fault in row.faults] == ["test_number"]


def test_a_contract_given_twice_is_doubled_when_equal_and_warned_of_when_not():
    rows = parse(csv_of(("Kontraktsnr", "Navn"), ("K1", "A"), ("K1", "A"), ("K1", "B")), "", Kind.REGISTER).rows
    assert [row.state for row in rows] == ["accepted", "doubled", "accepted"]
    assert [warning.code for warning in rows[2].warnings] == ["given_twice"]
