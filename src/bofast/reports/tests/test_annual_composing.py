"""What the report is made of: the order of 2006, caveats beside the numbers, the work's own cost beside the savings."""

import json

import pytest

from bofast.access.tests.cast import kari
from bofast.domain.statistics.definitions import note, title
from bofast.domain.tests.made_years import Row, how_many, make
from bofast.reports import actions, compared, explained
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


@pytest.mark.parametrize("key", ["table.6", "figure.3", "costs"])
def test_the_two_readings_of_the_fees_are_explained_beneath_the_numbers(content: Content, key: str) -> None:
    said = explained.sentences(key, content["document"], "nb")
    assert said and set(said) <= set(block(content, key)["remarks"])


def test_what_is_called_saved_is_marked_as_hypothetical_on_the_first_page_too(content: Content) -> None:
    saved = content["summary"][-1]
    assert saved["value"].replace("\u00a0", " ") == "98 040 kr"
    assert saved["note"].endswith(note("hypothetical", "nb"))


def test_where_the_year_beside_it_has_no_cases_of_ours_that_is_said_once(content: Content) -> None:
    assert [said for said in content["notes"] if "2005" in said] == [compared.no_cases_in("2005", "nb")]
    assert block(content, "table.2")["header"] == ["", "Antall", "Prosent"]


@pytest.fixture
def two_years(db: None) -> tuple[list[Row], list[Row]]:
    years = make(2018, 200), make(2019, 450)
    register([row for rows in years for row in rows])
    return years


def test_the_numbers_of_the_year_before_stand_beside_this_years(two_years: tuple[list[Row], list[Row]]) -> None:
    then, now = two_years
    found = composed(begun(kari(), year=2019, compare=2018))
    assert block(found, "table.2")["header"] == ["", "Antall 2019", "Antall 2018", "Prosent 2019", "Prosent 2018"]
    told = {row[0]: row[1:3] for row in cells(found, "table.2")}
    assert told[title("women", "nb")] == [how_many(rows, gender="kvinne") for rows in (now, then)]
    keys = [each["key"] for part in found["sections"] for each in part["blocks"]]
    assert [keys[keys.index(key) + 1] for key in compared.ONE_AFTER_THE_OTHER] == [
        f"{key}.beside" for key in compared.ONE_AFTER_THE_OTHER
    ]
    captions = [block(found, f"{key}.beside")["caption"] for key in ("figure.2", "gender_by_outcome")]
    assert captions == ["Figur 2, 2018. Inntektstype etter utfall", "Kjønn etter utfall, 2018"]


def test_the_year_before_is_masked_as_it_would_be_alone(two_years: tuple[list[Row], list[Row]]) -> None:
    found = composed(begun(kari(), year=2019, compare=2018))
    alone = composed(begun(kari(), year=2018, compare=None))
    assert found["compared"]["tables"]["2"] == alone["document"]["tables"]["2"]
    assert [row[2] for row in cells(found, "table.2")] == [row[1] for row in cells(alone, "table.2")]
    assert cells(found, "figure.2.beside") == cells(alone, "figure.2")
    assert HIDDEN in [cell for row in cells(found, "figure.2.beside") for cell in row]


def test_a_caveat_of_the_year_before_stands_beside_its_own_number(two_years: tuple[list[Row], list[Row]]) -> None:
    actions.put_caveat(year=2018, source="cases", text="saker fra januar mangler")
    row = block(composed(begun(kari(), year=2019, compare=2018)), "table.2")["rows"][0]
    assert [cell["mark"] for cell in row] == ["", "", "1", "", ""]


def test_a_year_without_cases_of_ours_says_so_instead_of_printing_noughts() -> None:
    reference_year()
    found = composed(begun(kari(), year=2007, compare=2006))
    keys = {each["key"] for part in found["sections"] for each in part["blocks"]}
    assert keys == {"table.3", "table.4", "table.5", "disagreements", "figure.3"}
    assert len([said for said in found["notes"] if said.endswith("2007.")]) == 1


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
