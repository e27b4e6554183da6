"""`bofast cost`: figure 3 of the report, by the act and as printed, and the known answers of later years."""

import json

import pytest
from click.testing import CliRunner, Result

from bofast.config.cli import main

pytestmark = pytest.mark.once


def cost(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["--language", "en", "cost", *arguments])


@pytest.mark.parametrize(
    ("due", "fees", "accumulated"),
    [
        ("2006-01-01", "printed", ["5000.00", "5000.00", "5275.00", "7941.00", "7941.00", "12267.00"]),
        ("2006-01-01", "act", ["5000.00", "5000.00", "5275.00", "7941.00", "7941.00", "10461.00"]),
        ("2024-01-02", "act", ["5000.00", "5000.00", "5175.00", "7409.50", "7409.50", "9132.50"]),
        ("2026-01-02", "act", ["5000.00", "5000.00", "5189.00", "7542.50", "7542.50", "9357.50"]),
    ],
)
def test_a_rent_of_5000_accumulates_what_the_contract_says(due: str, fees: str, accumulated: list[str]) -> None:
    result = cost("--rent", "5000", "--due", due, "--fees", fees, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert document["reading"] == fees
    assert [step["accumulated"] for step in document["steps"]] == accumulated


def test_fees_are_counted_by_the_act_unless_asked_otherwise() -> None:
    assert json.loads(cost("--rent", "5000", "--due", "2006-01-01", "--json").stdout)["reading"] == "act"


def test_the_road_can_be_followed_up_to_a_step() -> None:
    document = json.loads(cost("--rent", "5000", "--due", "2006-01-01", "--through", "demanded", "--json").stdout)
    assert [step["stage"] for step in document["steps"]] == ["due", "reminded", "demanded"]


def test_a_person_reads_each_step_its_items_their_marks_and_who_pays() -> None:
    text = cost("--rent", "5 000,00", "--due", "01.01.2006").stdout.replace("\u00a0", " ")
    assert "1 May 2006" in text
    assert "10 461 kr" in text
    assert "locksmith" in text
    assert "not verified" in text
    assert "tenant 5 275 kr" in text


def test_a_year_without_rates_is_refused_and_names_the_file_to_mend() -> None:
    result = cost("--rent", "5000", "--due", "1950-01-01")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "domain/rates/collection_rate.yaml" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--rent", "0", "--due", "2026-01-02"),
        ("--rent", "-5000", "--due", "2026-01-02"),
        ("--rent", "much", "--due", "2026-01-02"),
        ("--rent", "5000", "--due", "soon"),
        ("--rent", "5000", "--due", "2026-01-02", "--through", "closed"),
        ("--rent", "5000", "--due", "2026-01-02", "--fees", "all"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_refusal(arguments: tuple[str, ...]) -> None:
    result = cost(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
