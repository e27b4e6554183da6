import pytest

from bofast.domain.files import Kind, Row, parse
from bofast.domain.files.tests.making import csv_of

CASE = {
    "case_no": "2006-0001",
    "opened_on": "2006-02-01",
    "household_members": "3",
    "children": "1",
    "gender": "kvinne",
    "single": "nei",
    "income_type": "trygd",
    "social_services_contact": "ikke aktiv",
    "handled_by": "prosjektet",
    "petitioned_on": "2006-02-20",
    "evicted_on": "2006-03-20",
    "reinstated_on": "2006-03-20",
    "outcome": "gjeninnsatt",
    "resolution": "",
    "outcome_on": "2006-03-20",
}

NO_STEPS = {"petitioned_on": "", "evicted_on": "", "reinstated_on": ""}


def _row(**cells: str) -> Row:
    case = CASE | cells
    (row,) = parse(csv_of(tuple(case), tuple(case.values())), "", Kind.CASES).rows
    return row


def test_a_case_is_read_with_its_words_as_codes_and_several_steps_on_one_day():
    row = _row()
    assert (row.state, row.values["single"], row.values["social_services_contact"]) == ("accepted", False, "ikke aktiv")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"evicted_on": "2006-02-19"}, "evicted_on", "before_earlier"),
        ({"reinstated_on": "2006-03-19"}, "reinstated_on", "before_earlier"),
        ({"outcome_on": "2006-03-19"}, "outcome_on", "before_earlier"),
        ({"withdrawn_on": "2006-02-19"}, "withdrawn_on", "before_earlier"),
        (NO_STEPS | {"withdrawn_on": "2006-03-21"}, "outcome_on", "before_earlier"),
        (NO_STEPS | {"outcome_on": "2006-01-31"}, "outcome_on", "before_earlier"),
        ({"outcome": "utkastet", "evicted_on": "", "reinstated_on": ""}, "evicted_on", "evicted_without_day"),
        ({"children": "4"}, "children", "more_children_than_household"),
        ({"gender": "dame"}, "gender", "unknown_word"),
        ({"income_type": "lotto"}, "income_type", "unknown_word"),
        ({"outcome": ""}, "outcome", "missing"),
        ({"outcome": "vunnet"}, "outcome", "unknown_word"),
        ({"case_no": ""}, "case_no", "missing"),
    ],
)
def test_a_case_that_contradicts_itself_is_quarantined(cells: dict[str, str], column: str, code: str):
    row = _row(**cells)
    assert [(fault.column, fault.code) for fault in row.faults] == [(column, code)]


def test_a_petition_may_be_older_than_the_case_because_the_team_often_hears_of_it_afterwards():
    assert _row(petitioned_on="2006-01-15").state == "accepted"
