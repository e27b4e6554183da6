"""`bofast assess`, `worklist` and `explain`: keys that other programs rely on, and whose eyes the answer is for."""

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import gather
from bofast.cases.tests.sent import arrears_list, register
from bofast.config.cli import main

pytestmark = pytest.mark.django_db
ITEM_KEYS = {
    *("case", "contract_no", "district", "rank", "stage", "outstanding", "months_of_rent", "oldest_due_on"),
    *("children", "next_step", "legal_deadline", "reasons"),
}


@pytest.fixture
def listed() -> None:
    register({"K1": "2;;ja"})
    arrears_list("2026-09-16", {"K1": 3, "K2": 1}, demanded="2026-09-01")


def ran(*words: str, status: int = 0) -> Any:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == status, result.output
    return result


def told(*words: str) -> Any:
    return json.loads(ran(*words, "--json").stdout)


def test_assess_says_what_it_did_and_the_second_time_that_nothing_changed(listed: None) -> None:
    assert told("assess", "--on", "2026-09-16")["opened"] == 2
    again = told("assess", "--on", "2026-09-16")
    assert (again["opened"], again["assessed"], again["changed"], again["tasks"]) == (0, 0, 0, 0)


def test_the_worklist_has_the_keys_of_the_contract(listed: None) -> None:
    ran("assess", "--on", "2026-09-16")
    answer = told("worklist", "--on", "2026-09-16")
    assert answer["on"] == "2026-09-16"
    first, second = answer["items"]
    assert set(first) == ITEM_KEYS
    assert (first["contract_no"], first["rank"], first["outstanding"]) == ("K1", 1, "15000.00")
    assert (first["months_of_rent"], first["oldest_due_on"], first["children"]) == (3.0, "2026-07-01", 2)
    assert set(first["next_step"]) == {"code", "text", "due_on", "owner"}
    assert all({"code", "text", "law", "facts"} <= set(reason) for reason in first["reasons"])
    assert (second["children"], second["months_of_rent"]) == (None, 1.0)


def test_the_worklist_is_narrowed_by_limit_and_district(listed: None) -> None:
    ran("assess", "--on", "2026-09-16")
    assert len(told("worklist", "--on", "2026-09-16", "--limit", "1")["items"]) == 1
    assert len(told("worklist", "--on", "2026-09-16", "--district", "Fana")["items"]) == 2
    assert "Arna" in ran("worklist", "--on", "2026-09-16", "--district", "Arna", status=1).stderr


def test_before_the_first_run_the_worklist_says_what_to_do(listed: None) -> None:
    result = ran("worklist", "--on", "2026-09-16", "--json")
    assert json.loads(result.stdout)["items"] == []
    assert "bofast assess --on 2026-09-16" in result.stderr


def test_as_a_user_the_command_shows_what_that_user_may_see_and_is_logged_under_the_operator(listed: None) -> None:
    gather()
    ran("assess", "--on", "2026-09-16")
    (first, *_) = told("worklist", "--on", "2026-09-16", "--as", "turid")["items"]
    assert (first["children"], first["next_step"]["code"]) == (None, "followed_up")
    shut = ran("worklist", "--on", "2026-09-16", "--as", "geir", status=1)
    assert (shut.stdout, shut.stderr) == ("", "Brukeren din har ikke tilgang til saker.\n")
    assert AccessEntry.objects.filter(detail="worklist --as geir", action="refused").count() == 1
    entry = AccessEntry.objects.filter(detail="worklist --as turid").first()
    assert entry is not None and entry.user is None and entry.operator


def test_explain_has_the_keys_of_the_contract(listed: None) -> None:
    answer = told("explain", "K1", "--on", "2026-09-16")
    assert {
        "contract_no",
        "on",
        "principal",
        "interest",
        "fees",
        "total",
        "stage",
        "claims",
        "steps",
        "findings",
    } <= set(answer)
    assert (answer["principal"], answer["stage"], len(answer["claims"])) == ("15000.00", "demanded", 3)
    petition = next(step for step in answer["steps"] if step["to"] == "petitioned")
    assert (petition["allowed"], petition["earliest_on"]) == (False, None)
    assert {"code", "text", "law", "hard"} == set(petition["obstacles"][0])


def test_explain_knows_a_case_by_its_number_too_and_refuses_an_unknown_one(listed: None) -> None:
    ran("assess", "--on", "2026-09-16")
    number = told("worklist", "--on", "2026-09-16")["items"][0]["case"]
    assert told("explain", number, "--on", str(date(2026, 9, 16)))["contract_no"] == "K1"
    assert ran("explain", "K404", "--on", "2026-09-16", status=1).stderr
