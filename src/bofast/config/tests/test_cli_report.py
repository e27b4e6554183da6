"""`bofast report`: who gets what of it, in which form, and what is refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast, gather
from bofast.cases.tests.factories import household, on_the_day, recorded
from bofast.config.cli import main
from bofast.domain.facts import DeedCode
from bofast.reports import actions
from bofast.reports.tests.received import REFERENCE, reference_year

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db: None) -> Cast:
    reference_year()
    return gather()


def report(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["--language", "en", "report", *arguments])


def document(*arguments: str) -> dict[str, Any]:
    result = report(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def reinstated(found: dict[str, Any]) -> Any:
    return next(row["count"] for row in found["tables"]["2"]["rows"] if row["key"] == "outcome.reinstated")


def test_the_operator_sees_small_numbers_only_when_asking_for_them() -> None:
    assert reinstated(document("2006", "--unmasked")) == 3
    assert reinstated(document("2006")) is None


@pytest.mark.parametrize(("who", "sees"), [("kari", 3), ("geir", None), ("turid", None), ("arne", None), ("siv", None)])
def test_outside_the_case_team_small_numbers_stay_hidden_whatever_is_asked_for(who: str, sees: int | None) -> None:
    assert reinstated(document("2006", "--unmasked", "--as", who)) == sees


def test_somebody_whose_small_numbers_stay_hidden_is_told_so_beside_the_document() -> None:
    result = report("2006", "--unmasked", "--as", "geir", "--json")
    assert "Geir" in result.stderr
    assert json.loads(result.stdout)["masked"] is True


@pytest.mark.parametrize("who", ["charlie", "astrid", "nobody"])
def test_without_an_agency_there_is_no_report(who: str) -> None:
    result = report("2006", "--as", who)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr


@pytest.mark.parametrize(("shape", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF")])
def test_the_annual_report_is_written_as_a_document(tmp_path: Path, shape: str, begins: bytes) -> None:
    file = tmp_path / f"report.{shape}"
    result = report("2006", "--compare", "2005", "--format", shape, "--out", str(file))
    assert result.exit_code == 0, result.stderr
    assert file.read_bytes().startswith(begins)


def test_a_document_with_small_numbers_says_whom_it_is_for() -> None:
    warning = "for the case team only"
    assert warning in report("2006", "--format", "html", "--unmasked").stdout
    assert warning not in report("2006", "--format", "html", "--unmasked", "--as", "geir").stdout


@pytest.mark.parametrize(("language", "shape", "code"), [("nn", "html", 1), ("nn", "csv", 0), ("nb", "html", 0)])
def test_the_annual_report_is_refused_in_a_language_only_some_of_its_words_exist_in(
    language: str, shape: str, code: int
) -> None:
    result = CliRunner().invoke(main, ["--language", language, "report", "2006", "--format", shape])
    assert result.exit_code == code, result.stderr
    assert (result.stdout == "") is (code == 1)


def test_the_work_is_in_the_files_of_those_who_see_small_numbers() -> None:
    with on_the_day():
        recorded(household(), DeedCode.CONTACT, date(2026, 11, 6), by=gather().kari)
        told, masked = (report("2026", "--format", "csv", *asked).stdout for asked in (("--unmasked",), ()))
        document = report("2026", "--format", "html", "--unmasked").stdout
    assert "Attempts at contact;1 attempt;Reached;1" in told
    assert "Attempts at contact" not in masked
    assert "Attempts at contact" in document


def test_words_still_being_written_are_not_in_the_document(cast: Cast) -> None:
    draft = actions.begin_report(year=2006, compare=None, district="", by=cast.kari)
    actions.write_comments(report_id=draft.pk, comments={"who": "Ikke ferdig"})
    assert "Ikke ferdig" not in report("2006", "--format", "html").stdout


@pytest.mark.parametrize("shape", ["pdf", "xlsx"])
def test_a_form_no_terminal_can_show_needs_a_file(shape: str) -> None:
    result = report("2006", "--format", shape)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--out" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("soon",),
        ("206",),
        ("2006", "--compare", "2006"),
        ("2006", "--compare", "2007"),
        ("2006", "--fees", "all"),
        ("2006", "--json", "--format", "csv"),
        ("2006", "--format", "xlsx"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_refusal(arguments: tuple[str, ...]) -> None:
    result = report(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_district_nobody_knows_is_refused_by_name() -> None:
    result = report("2006", "--district", "Oslo")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Oslo" in result.stderr


def test_a_district_narrows_the_cases_and_marks_the_citys_numbers() -> None:
    found = document("2006", "--district", "årstad", "--unmasked")
    assert found["district"] == "Årstad"
    assert found["tables"]["2"]["rows"][0]["count"] == 76
    assert found["tables"]["3"]["note"] == "numbers of the whole city, not of the district"


@pytest.mark.parametrize("fees", ["printed", "act"])
def test_one_reading_of_the_fees_is_shown_when_it_is_asked_for(fees: str) -> None:
    found = document("2006", "--fees", fees)
    assert list(found["tables"]["6"]["readings"]) == [fees]


def test_json_goes_to_the_file_that_is_named_and_only_there(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    result = report("2006", "--json", "--out", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(path.read_text("utf-8"))["period"]["from"] == "2006-01-01"


def test_a_spreadsheet_is_written_to_the_file_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    assert report("2006", "--compare", "2005", "--unmasked", "--format", "xlsx", "--out", str(path)).exit_code == 0
    assert load_workbook(path)["Table 2"]["B2"].value == 407


def test_a_file_that_cannot_be_written_is_a_refusal_with_its_reason(tmp_path: Path) -> None:
    result = report("2006", "--json", "--out", str(tmp_path / "nowhere" / "report.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nowhere" in result.stderr


def test_csv_and_text_come_on_standard_output() -> None:
    assert "Table 2;All cases;Count;407" in report("2006", "--format", "csv").stdout
    assert "Cases by mapped variables" in report("2006").stdout


def test_taking_a_report_out_is_logged_without_what_was_in_it(cast: Cast) -> None:
    report("2006", "--as", "geir")
    entry = AccessEntry.objects.get(kind="report")
    assert (entry.action, entry.object_id, entry.detail) == ("export", "2006", "report --as geir")


def cases_of(*arguments: str) -> Any:
    return document(*arguments, "--unmasked")["tables"]["2"]["rows"][0]["count"]


def test_the_halves_of_a_year_add_up_and_so_do_its_days() -> None:
    halves = [cases_of("2006", "--half", half) for half in ("1", "2")]
    spring = cases_of("2006", "--from", "2006-01-01", "--to", "31.03.2006")
    rest = cases_of("2006", "--from", "2006-04-01", "--to", "2006-12-31")
    assert sum(halves) == spring + rest == 407
    assert 0 < spring < halves[0]


def test_a_half_year_stands_beside_the_same_half_of_another_year() -> None:
    found = document("2006", "--half", "2", "--compare", "2005")
    assert found["period"] == {"from": "2006-07-01", "to": "2006-12-31"}
    assert found["compare"] == {"from": "2005-07-01", "to": "2005-12-31"}
    assert found["masked"] is True


@pytest.mark.parametrize(
    "narrowed",
    [
        ("--from", "2006-03-01", "--to", "2006-05-31"),
        ("--half", "1", "--district", "Fana"),
        ("--as-of", "2026-01-01"),
        ("--agency", "outreach"),
    ],
    ids=["two dates", "a district's half-year", "an earlier day", "an agency"],
)
def test_what_could_be_subtracted_is_refused_with_the_reason_unless_unmasked(narrowed: tuple[str, ...]) -> None:
    for who in ((), ("--as", "geir"), ("--as", "geir", "--unmasked")):
        result = report("2006", *narrowed, *who, "--json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "could be subtracted" in result.stderr
    assert document("2006", *narrowed, "--unmasked")["masked"] is False
    assert document("2006", *narrowed, "--unmasked", "--as", "kari")["masked"] is False


def test_an_agency_narrows_the_cases_to_those_it_handles() -> None:
    """As the register of 2006 has it: joint cases count with both."""
    mine, theirs = (document("2006", "--agency", agency, "--unmasked") for agency in ("outreach", "social_services"))
    assert mine["agency"] == "outreach"
    cases = [found["tables"]["2"]["rows"][0]["count"] for found in (mine, theirs)]
    lines = (REFERENCE / "case-register-2006.csv").read_text("utf-8-sig").splitlines()
    place = lines[0].split(";").index("handled_by")
    words = [line.split(";")[place] for line in lines[1:]]
    assert cases == [len(words) - words.count("sosialtjenesten"), len(words) - words.count("prosjektet")]


def test_as_of_a_day_before_anything_came_there_is_nothing() -> None:
    found = document("2006", "--as-of", "2020-01-01", "--unmasked")
    assert found["as_of"] == "2020-01-01"
    assert found["tables"]["2"]["rows"][0]["count"] == 0
    assert found["tables"]["3"]["rows"][0]["own"] is None


def test_the_text_as_of_a_day_before_anything_came_says_so_and_prints_no_noughts() -> None:
    told = report("2006", "--as-of", "2020-01-01", "--unmasked").stdout
    assert "nothing of the period had been received or recorded by 1 January 2020" in told
    assert "All cases" not in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("2006", "--half", "3"),
        ("2006", "--from", "2006-03-01"),
        ("2006", "--to", "2006-03-01"),
        ("2006", "--from", "2006-03-02", "--to", "2006-03-01"),
        ("2006", "--from", "2005-03-01", "--to", "2006-03-01"),
        ("2006", "--half", "1", "--from", "2006-03-01", "--to", "2006-03-02"),
        ("2006", "--agency", "landlord"),
        ("2006", "--half", "1", "--format", "html"),
    ],
)
def test_a_period_that_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = report(*arguments, "--unmasked")
    assert (result.exit_code, result.stdout) == (2, "")


def test_the_text_begins_with_what_it_is_of() -> None:
    assert report("2006", "--half", "1").stdout.startswith("first half of 2006\n")
