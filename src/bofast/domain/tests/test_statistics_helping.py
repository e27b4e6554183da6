"""Hand-outs, answers, requests, decisions, opt-outs and what held, from made facts a reader can count."""

import inspect
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bofast.domain import sharing_needs
from bofast.domain.facts import Agency
from bofast.domain.findings import catalogue
from bofast.domain.statistics import Outcome as End
from bofast.domain.statistics import Period, work_words
from bofast.domain.statistics.definitions import LANGUAGES
from bofast.domain.statistics.helping import (
    Decided,
    Ended,
    Handed,
    Helping,
    Requested,
    Reserved,
    answers,
    decisions,
    hand_outs,
    held,
    held_back,
    helping_of,
    opt_outs,
    referrals,
    requests,
)
from bofast.domain.statistics.numbers import Number
from bofast.domain.statistics.work import Row
from bofast.domain.statistics.work_facts import Referral, WorkFact

YEAR = Period.of_year(2026)
HANDED = date(2026, 3, 2)
BY = date(2026, 3, 16)
TODAY = date(2026, 11, 22)


def row(rows: Sequence[Row], key: str) -> list[object]:
    """The numbers of a row, its key left out."""
    return next([value for name, value in row.items() if name != "key"] for row in rows if row["key"] == key)


def handed(case: str, *, answered: int | None = None, office: str = "Fana", by: date = BY, **said: Any) -> Handed:
    """A household that went on a notice of breach unless it is said otherwise."""
    known: dict[str, Any] = {"sent": True, "grounds": ("share_notice_of_breach",)} | said
    answered_on = None if answered is None else HANDED + timedelta(answered)
    return Handed(case, HANDED, office, by, answered_on=answered_on, **known)


KEPT: dict[str, Any] = {"sent": False, "grounds": ()}


def test_hand_outs_are_told_by_ground_with_those_held_back_and_those_released() -> None:
    rows = hand_outs(
        [
            handed("1"),
            handed("2"),
            handed("3", grounds=("share_by_consent",)),
            handed("4", grounds=(), against=("share_no_clause",)),
            handed("5", **KEPT, against=("share_no_breach_yet",)),
        ]
    )
    assert row(rows, "handed") == [5, 100]
    assert row(rows, "sent") == [4, 80]
    assert row(rows, "share_notice_of_breach") == [2, 40]
    assert row(rows, "share_by_consent") == [1, 20]
    assert row(rows, "released") == [1, 20]
    assert row(rows, "held_back") == [1, 20]
    assert next(each["count"].cases for each in rows if each["key"] == "released") == ("4",)


def test_every_reason_a_household_was_held_back_for_is_told() -> None:
    both = handed("1", **KEPT, against=("share_no_breach_yet", "share_copy_not_sent"))
    rows = held_back([both, handed("2", **KEPT, against=("share_no_breach_yet",)), handed("3")])
    assert row(rows, "held_back") == [2, 100]
    assert row(rows, "share_no_breach_yet") == [2, 100]
    assert row(rows, "share_copy_not_sent") == [1, 50]
    assert held_back([handed("3")]) == []


def test_answers_are_told_by_the_office_with_the_days_they_took() -> None:
    found = [
        handed("1", answered=3),
        handed("2", answered=10),
        handed("3"),
        handed("4", by=TODAY),
        handed("5", **KEPT),
        handed("6", answered=1, office="Arna"),
    ]
    rows = answers(found, TODAY)
    assert [each["key"] for each in rows] == ["Arna", "Fana"]
    assert row(rows, "Fana") == [4, 2, 2, 1, Decimal("6.5")]
    assert row(rows, "Arna") == [1, 1, 0, 0, 1]


def test_a_reader_who_may_not_know_who_answered_has_no_such_table() -> None:
    assert answers([handed("1", office="")], TODAY) == []


@pytest.mark.parametrize(
    ("decided", "withdrawn", "on", "counts_as"),
    [
        (date(2026, 3, 30), None, TODAY, "in_time"),
        (date(2026, 3, 31), None, TODAY, "late"),
        (None, date(2026, 3, 10), TODAY, "withdrawn_request"),
        (None, None, date(2026, 3, 30), "waiting"),
        (None, None, date(2026, 3, 31), "overdue"),
        (date(2026, 3, 12), date(2026, 3, 13), TODAY, "in_time"),
    ],
)
def test_a_request_stands_in_one_way(decided: date | None, withdrawn: date | None, on: date, counts_as: str) -> None:
    rows = requests([Requested("1", HANDED, date(2026, 3, 30), decided, withdrawn)], on)
    told = {each["key"]: each["count"] for each in rows if "count" in each}
    assert told.pop("requested") == 1
    assert {key for key, count in told.items() if count} == {counts_as}


def test_requests_tell_the_days_a_decision_took() -> None:
    asked = [Requested(str(days), HANDED, BY, HANDED + timedelta(days)) for days in (4, 9, 20)]
    assert row(requests(asked, TODAY), "median_days") == [9]


def test_decisions_are_told_by_outcome_and_by_what_came_of_a_complaint() -> None:
    made = [
        Decided("1", HANDED, "granted"),
        Decided("2", HANDED, "refused", "waiting"),
        Decided("3", HANDED, "refused", "upheld"),
        Decided("4", HANDED, "partly"),
    ]
    rows = decisions(made)
    told = [row(rows, key) for key in ("decided", "granted", "partly", "refused", "complained", "complaint.upheld")]
    assert told == [[4, 100], [1, 25], [1, 25], [2, 50], [2, 50], [1, 25]]
    assert row(rows, "complaint.dismissed") == [0, 0]


def test_cases_referred_are_told_by_agency_with_how_they_ended() -> None:
    benefit, advice = (Referral(HANDED, agency) for agency in (Agency.HOUSING_BENEFIT, Agency.DEBT_ADVICE))
    facts = [
        WorkFact(household=1, opened_on=HANDED, case="1", referrals=(benefit, benefit), outcome=End.STOPPED),
        WorkFact(household=2, opened_on=HANDED, case="2", referrals=(benefit,), outcome=End.EVICTED),
        WorkFact(household=3, opened_on=HANDED, case="3", referrals=(benefit, advice)),
        WorkFact(household=4, opened_on=HANDED, case="4"),
    ]
    rows = referrals(facts, YEAR)
    assert row(rows, "agency.housing_benefit") == [3, 1, 1, 0, 1]
    assert row(rows, "agency.debt_advice") == [1, 0, 0, 0, 1]
    assert referrals(facts, Period.of_year(2025)) == []


def test_opt_outs_and_those_taken_back_are_told_apart() -> None:
    rows = opt_outs([Reserved("1", HANDED), Reserved("2", HANDED), Reserved("1", BY, taken_back=True)])
    assert [row(rows, key) for key in ("opted_out", "taken_back")] == [[2], [1]]


@pytest.mark.parametrize(
    ("gone_on", "back_on", "counts_as"),
    [
        (date(2025, 11, 21), None, "held"),
        (date(2025, 11, 22), None, "too_early"),
        (date(2025, 3, 1), date(2026, 3, 1), "back"),
        (date(2026, 10, 1), date(2026, 11, 1), "back"),
    ],
)
def test_what_solved_a_case_has_held_when_twelve_months_are_over(
    gone_on: date, back_on: date | None, counts_as: str
) -> None:
    rows = held([Ended("1", gone_on, "plan", gone_on, back_on)], TODAY)
    (told,) = rows
    assert (told["key"], told["count"]) == ("closed.plan", 1)
    assert [key for key in ("held", "back", "too_early") if told[key]] == [counts_as]


def test_only_what_happened_in_the_period_is_told_and_an_empty_table_is_left_out() -> None:
    before = date(2025, 12, 31)
    found = Helping(decisions=[Decided("1", before, "granted")], reservations=[Reserved("2", HANDED)])
    assert list(helping_of(found, YEAR, TODAY)) == ["opt_outs"]
    assert list(helping_of(found, Period.of_year(2025), TODAY)) == ["decisions"]


def test_a_number_remembers_its_cases_once_each_and_counts_like_any_other() -> None:
    number = Number.of(["2", "1", "2"])
    assert (number, number.cases, number + 1, f"{number:,}") == (3, ("1", "2"), 4, "3")
    assert Number.of(["1"], 5) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_row_and_reason_has_a_word_in_every_language(language: str) -> None:
    found = Helping(
        handed=[handed("1"), handed("2", **KEPT, against=("share_no_clause",))],
        requests=[Requested("1", HANDED, BY)],
        decisions=[Decided("1", HANDED, "granted")],
        reservations=[Reserved("1", HANDED)],
        ended=[Ended("1", HANDED, "plan", HANDED)],
    )
    offices = {"Fana"}
    for name, rows in helping_of(found, YEAR, TODAY).items():
        assert work_words.title(name, language)
        assert work_words.definition(name, language)
        keys = {key for each in rows for key in each} | {each["key"] for each in rows} - offices
        assert [key for key in keys if work_words.word(key, language) == key] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ground_and_every_reason_against_has_a_word(language: str) -> None:
    needed = re.findall(r'_(?:no|unclear)\("(\w+)"', inspect.getsource(sharing_needs))
    assert len(needed) > 20
    codes = {*needed, *(code for code in catalogue() if code.startswith("share_"))}
    assert [code for code in codes if work_words.word(code, language) == code] == []
