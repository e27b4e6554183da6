"""The lists we promise to read exactly: every count of `truth.json` comes out."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bofast.domain.files import Kind, ParsedFile, guess_day, guess_kind, parse

DATA = Path(__file__).parent / "data"
LISTS = sorted(path for folder in DATA.iterdir() for path in folder.iterdir() if path.stem.lower().startswith("rest"))
CATEGORIES = {
    "not_an_amount": "amount",
    "no_such_day": "date",
    "missing": "no contract",
    "not_above_zero": "negative",
    "unknown_contract_wrong_identity_number": "unknown contract, bad identity number",
}


def _known(path: Path) -> set[str]:
    register = path.parent / "leietakerregister.csv"
    if not register.exists():  # the Excel lists are the messy ones in other clothes
        register = DATA / "lists-messy" / "leietakerregister.csv"
    return {row.values["contract_no"] for row in parse(register.read_bytes(), register.name, Kind.REGISTER).rows}


def _parsed(path: Path) -> ParsedFile:
    return parse(path.read_bytes(), path.name, Kind.ARREARS, known=_known(path))


def _truth(path: Path) -> dict:
    day = guess_day(path.name)
    assert day is not None
    return json.loads((path.parent / "truth.json").read_text("utf-8"))[day.isoformat()]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_there_are_seven_lists_to_try():
    assert len(LISTS) == 7


@pytest.mark.parametrize("path", LISTS, ids=_name)
def test_a_list_has_the_rows_households_and_outstanding_that_are_known(path: Path):
    parsed, truth = _parsed(path), _truth(path)
    accepted = [row.values for row in parsed.rows if row.state == "accepted"]
    assert len(parsed.rows) == truth["rows"]
    assert len({row["contract_no"] for row in accepted}) == truth["households"]
    assert sum(row["outstanding"] for row in accepted) == truth["outstanding"] * 100


@pytest.mark.parametrize("path", LISTS, ids=_name)
def test_every_household_has_its_claims_its_oldest_day_and_its_district(path: Path):
    details: dict[str, dict] = {}
    for row in (row.values for row in _parsed(path).rows if row.state == "accepted"):
        seen = details.setdefault(row["contract_no"], {"outstanding": 0, "oldest": "9999", "claims": 0})
        seen["outstanding"] += row["outstanding"] // 100
        seen["oldest"] = min(seen["oldest"], row["due_on"].isoformat())
        seen["claims"] += 1
        seen["district"] = row["district"]
    assert details == _truth(path)["households_detail"]


@pytest.mark.parametrize("path", LISTS, ids=_name)
def test_what_is_bad_is_quarantined_or_doubled_by_its_category_and_nothing_else_is(path: Path):
    parsed = _parsed(path)
    found = Counter(CATEGORIES[fault.code] for row in parsed.rows for fault in row.faults)
    doubled = sum(row.state == "doubled" for row in parsed.rows)
    assert found + Counter({"duplicate": doubled}) == Counter(_truth(path)["bad"])
    assert not [warning for row in parsed.rows for warning in row.warnings]


@pytest.mark.parametrize("folder", ["lists-2026", "lists-messy"])
def test_every_tenancy_of_the_registers_is_accepted_without_a_warning(folder: str):
    data = (DATA / folder / "leietakerregister.csv").read_bytes()
    rows = parse(data, "", Kind.REGISTER).rows
    assert len(rows) == {"lists-2026": 900, "lists-messy": 400}[folder]
    assert {row.state for row in rows} == {"accepted"}
    assert not [warning for row in rows for warning in row.warnings]


@pytest.mark.parametrize("path", LISTS, ids=_name)
def test_the_kind_is_seen_by_the_header_whatever_the_file_is_called(path: Path):
    assert guess_kind("x", path.read_bytes()) is Kind.ARREARS


@pytest.mark.parametrize(("day", "stated"), [("2026-09-16", 380_650_00), ("2026-10-16", 443_325_00)])
def test_the_sum_under_an_excel_list_agrees_with_its_rows_as_sent(day: str, stated: int):
    parsed = _parsed(DATA / "lists-excel" / f"Restanseliste {day}.xlsx")
    assert (parsed.stated_sum, parsed.warnings) == (stated, ())
