"""What the report is made of: the order of 2006, caveats beside the numbers, the work's own cost beside the savings."""

import json

import pytest

from bofast.access.tests.cast import kari
from bofast.domain.statistics.definitions import title
from bofast.domain.tests.made_years import make
from bofast.reports import actions
from bofast.reports.annual.queries import Content
from bofast.reports.tests.received import counts, reference_year, register
from bofast.reports.tests.writing import begun, block, cells, composed

pytestmark = pytest.mark.django_db
HIDDEN = title("hidden", "nb")


@pytest.fixture
def content() -> Content:
    reference_year()
    return composed(begun(kari()), causes="Kemneren ble omorganisert.")


def test_the_sections_come_in_the_order_of_the_report_of_2006(content: Content) -> None:
    assert [section["key"] for section in content["sections"]] == [
        "who", "petitions", "causes", "done", "costs", "proposals"
    ]  # fmt: skip
    assert [each["key"] for each in content["sections"][1]["blocks"]] == [
        "table.3", "table.4", "table.5", "disagreements", "goals"
    ]  # fmt: skip


def test_a_section_with_neither_numbers_nor_words_is_left_out() -> None:
    reference_year()
    assert "causes" not in [section["key"] for section in composed(begun(kari()))["sections"]]


def test_the_report_holds_the_numbers_of_2006(content: Content) -> None:
    assert [row[1] for row in cells(content, "table.2")][:3] == [407, 196, 211]
    assert cells(content, "table.3")[1] == [2006, 110, 445, 25]
    table_6 = [row[1:] for row in cells(content, "table.6")]
    assert table_6[0] == [110, None, None]
    assert [{"decimal": "586520.00"}, {"decimal": "387860.00"}] in [row[1:] for row in table_6]
    assert [{"decimal": "300914.00"}, {"decimal": "248540.00"}] in [row[1:] for row in table_6]


def test_small_numbers_are_hidden(content: Content) -> None:
    outcomes = {row[0]: row[1] for row in cells(content, "figure.9")}
    assert outcomes[title("outcome.reinstated", "nb")] == HIDDEN
    assert outcomes[title("outcome.stopped", "nb")] == 260


def test_the_whole_content_is_plain_json(content: Content) -> None:
    assert json.loads(json.dumps(content)) == content


def test_an_agencys_own_remark_stands_beside_the_very_number(content: Content) -> None:
    table = block(content, "table.3")
    marks = {(line, column): cell["mark"] for line, row in enumerate(table["rows"]) for column, cell in enumerate(row)}
    assert {place for place, mark in marks.items() if mark} == {(0, 2), (1, 1), (1, 2)}
    said = dict(table["caveats"])[marks[1, 1]]
    assert said.startswith("BBB/kemneren 2006: ") and "endelig status" in said


@pytest.mark.parametrize(
    ("year", "source", "table", "line", "column"),
    [
        (2005, "BBB/kemneren", "table.3", 0, 1),
        (2005, "BBB/kemneren", "table.4", 0, 1),
        (2006, "Namsfogden", "table.4", 1, 2),
        (2006, "BBB økonomi", "table.5", 1, 1),
        (2006, "BBB økonomi", "table.5", 1, 2),
        (2006, "kemneren", "table.6", 1, 1),
        (2006, "BBB/kemneren", "table.6", 2, 1),
        (2006, "cases", "table.2", 0, 1),
        (2006, "cases", "disagreements", 1, 3),
    ],
)
def test_the_teams_caveat_is_printed_beside_the_number(
    year: int, source: str, table: str, line: int, column: int
) -> None:
    reference_year()
    actions.put_caveat(year=year, source=source, text="innkreveren ble omorganisert")
    found = block(composed(begun(kari())), table)
    said = dict(found["caveats"])
    marks = found["rows"][line][column]["mark"].split(", ")
    assert f"{source} {year}: Innkreveren ble omorganisert." in [said[mark] for mark in marks]


def test_a_caveat_of_another_year_is_not_printed() -> None:
    reference_year()
    actions.put_caveat(year=1999, source="BBB/kemneren", text="innkreveren ble omorganisert")
    assert "omorganisert" not in json.dumps(composed(begun(kari())))


def test_the_works_own_cost_is_set_beside_the_savings() -> None:
    reference_year()
    actions.put_programme_year(year=2006, cost=50_000_000, hours=3400, after_eviction=10_000_000, note="Fra Husbanken")
    values = [row[1] for row in cells(composed(begun(kari())), "programme")]
    kroner = [value["decimal"] if isinstance(value, dict) else value for value in values]
    saved_by_the_act, saved_as_printed, afterwards = "98040.00", "200982.00", "100000.00"
    carried_out, had_the_withdrawn_ended_so = "2900000.00", "5700000.00"
    assert kroner == [
        "500000.00", 3400, saved_by_the_act, saved_as_printed, afterwards, carried_out, had_the_withdrawn_ended_so
    ]  # fmt: skip


def test_what_is_not_entered_is_not_in_the_report() -> None:
    reference_year()
    assert "programme" not in [each["key"] for part in composed(begun(kari()))["sections"] for each in part["blocks"]]
    actions.put_programme_year(year=2006, cost=None, hours=10, after_eviction=None, note="")
    assert len(cells(composed(begun(kari())), "programme")) == 3


def test_costs_that_would_give_a_hidden_number_back_are_hidden_too() -> None:
    """Our own events are few, and no agency has counted: what they cost afterwards would tell how many they were."""
    register(make(2021, 12))
    actions.put_programme_year(year=2021, cost=None, hours=None, after_eviction=100, note="")
    report = composed(begun(kari(), year=2021, compare=None))
    table_6 = report["document"]["tables"]["6"]
    rows = cells(report, "programme")
    assert "executed" in table_6["hidden_keys"]
    assert [row[1] for row in rows[-2:]] == [HIDDEN, HIDDEN]


def test_a_districts_report_says_what_it_leaves_out() -> None:
    reference_year()
    found = composed(begun(kari(), district="Årstad"))
    assert found["title"].endswith("Årstad")
    assert ["bydelen" in figure["note"] for figure in found["summary"]] == [False] * 3 + [True] * 3
    who = found["sections"][0]
    assert "figure.2" not in [each["key"] for each in who["blocks"]]
    assert title("figure.2", "nb") in who["left_out"]


def test_a_year_nobody_has_counted_has_no_empty_tables() -> None:
    counts("2010;BBB/kemneren;begjæringer;50;2011-01-31")
    found = composed(begun(kari(), year=2010, compare=None))
    tables = {each["key"] for section in found["sections"] for each in section["blocks"]}
    assert "table.3" in tables
    assert not tables & {"table.4", "table.5", "programme"}


def test_a_definition_is_told_once(content: Content) -> None:
    beneath = {block(content, "table.2")["caption"].partition(". ")[2]}
    assert not beneath & {each["title"] for each in content["definitions"]}
    assert title("mean_age", "nb") in {each["title"] for each in content["definitions"]}
