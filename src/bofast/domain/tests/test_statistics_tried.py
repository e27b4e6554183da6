"""Channels, measures, plans, temporary housing and where the moved went, from made facts a reader can count."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.casework import ContactBy, Measure, MovedTo, Result
from bofast.domain.statistics import Outcome, Period, work_words
from bofast.domain.statistics.definitions import LANGUAGES
from bofast.domain.statistics.tried import (
    CHANNELS,
    Instalment,
    Plan,
    Stay,
    Tried,
    Trying,
    channels,
    instalments,
    measures,
    moved_to,
    plans,
    temporary,
    tried_of,
)
from bofast.domain.statistics.work import Row
from bofast.domain.statistics.work_facts import Attempt, Moved, WorkFact

YEAR = Period.of_year(2026)
OPENED = date(2026, 3, 2)
TODAY = date(2026, 11, 22)


def row(rows: Sequence[Row], key: str) -> list[object]:
    """The numbers of a row, its key left out."""
    return next([value for name, value in row.items() if name != "key"] for row in rows if row["key"] == key)


def a_case(name: str, *attempts: tuple[int, bool, ContactBy | None], **said: Any) -> WorkFact:
    """A case of a household of its own; attempts by days after the list."""
    made = tuple(Attempt(OPENED + timedelta(days), reached, by) for days, reached, by in attempts)
    return WorkFact(household=int(name), case=name, opened_on=OPENED, attempts=made, **said)


def test_attempts_are_told_by_channel_with_the_talks_they_became_and_whose_first_talk_it_was() -> None:
    rows = channels(
        [
            a_case("1", (1, False, ContactBy.PHONE), (4, True, ContactBy.HOME_VISIT), (9, True, ContactBy.PHONE)),
            a_case("2", (2, True, ContactBy.PHONE)),
            a_case("3", (2, False, None), (400, True, ContactBy.LETTER)),
        ],
        YEAR,
    )
    assert row(rows, "all_attempts") == [5, 3, 60, 2]
    assert row(rows, "by.phone") == [3, 2, 67, 1]
    assert row(rows, "by.home_visit") == [1, 1, 100, 1]
    assert row(rows, "unknown") == [1, 0, 0, 0]
    assert [each["key"] for each in rows] == ["all_attempts", "by.phone", "by.home_visit", "unknown"]
    assert rows[1]["first_talks"].cases == ("2",)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 400), st.booleans(), st.sampled_from([None, *ContactBy])), max_size=5),
        max_size=8,
    )
)
def test_the_channels_add_up_to_all_attempts(tries: list[list[tuple[int, bool, ContactBy | None]]]) -> None:
    rows = channels([a_case(str(place), *attempts) for place, attempts in enumerate(tries)], YEAR)
    for column in ("tried", "talks", "first_talks"):
        whole, *parts = (each[column] for each in rows or [{column: 0}])
        assert whole == sum(parts)


def test_measures_are_told_by_kind_and_by_what_came_of_them() -> None:
    rows = measures(
        [
            Tried("1", OPENED, Measure.LOAN, Result.IN_PLACE),
            Tried("2", OPENED, Measure.LOAN, Result.REFUSED),
            Tried("3", OPENED, Measure.LOAN),
            Tried("3", OPENED, Measure.DEBT_ADVICE, Result.GIVEN_UP),
        ]
    )
    assert row(rows, "measure.loan") == [3, 1, 1, 0, 1]
    assert row(rows, "measure.debt_advice") == [1, 0, 0, 1, 0]
    assert len(rows) == 2


def a_plan(case: str, *paid: int | None, ended: date | None = None) -> Plan:
    """Instalments on the first of each month from April; `paid`: days after its day, None for not paid."""
    days = [date(2026, 4 + place, 1) for place in range(len(paid))]
    made = [
        Instalment(day, None if late is None else day + timedelta(late)) for day, late in zip(days, paid, strict=True)
    ]
    return Plan(case=case, agreed_on=OPENED, instalments=made, ended_on=ended)


PLANS = [
    (date(2026, 6, 1), a_plan("1", 0, -3, 0), "paid_in_full"),
    (date(2026, 4, 20), a_plan("2", 0, None, None), "in_step"),
    (date(2026, 5, 1), a_plan("2", 0, None, None), "in_step"),  # due today: the day is not over
    (date(2026, 5, 2), a_plan("2", 0, None, None), "behind"),
    (date(2026, 6, 20), a_plan("3", 10, 0, None), "behind"),
    (date(2026, 6, 20), a_plan("4", 0, None, None, ended=date(2026, 5, 10)), "broken_off"),
    (date(2026, 6, 20), a_plan("5", 5, 5, 5, ended=date(2026, 7, 1)), "paid_in_full"),
]


@pytest.mark.parametrize(("day", "plan", "state"), PLANS)
def test_a_plan_stands_so_on_a_day(day: date, plan: Plan, state: str) -> None:
    rows = plans([plan], day)
    assert row(rows, "agreed") == [1, 100]
    assert {each["key"] for each in rows[1:] if each["count"]} == {state}


def test_instalments_are_told_by_when_they_were_paid_and_a_broken_plan_owes_none() -> None:
    agreed = [a_plan("1", 0, 3, None), a_plan("2", 0, None, None, ended=date(2026, 4, 15))]
    rows = instalments(agreed, YEAR, date(2026, 6, 2))
    assert row(rows, "fell_due") == [4, 100]
    assert row(rows, "paid_by_day") == [2, 50]
    assert row(rows, "paid_later") == [1, 25]
    assert row(rows, "not_paid") == [1, 25]
    assert instalments(agreed, Period.of_half(2026, 2), TODAY) == []


EVICTED = date(2026, 5, 20)


def test_temporary_housing_after_eviction_is_told_by_household_with_its_nights() -> None:
    facts = [a_case(name, evictions=(EVICTED,)) for name in ("1", "2", "3", "4")]
    facts.append(a_case("5"))
    stays = [
        Stay(1, EVICTED, EVICTED + timedelta(10), agreed=False),
        Stay(1, EVICTED + timedelta(30), EVICTED + timedelta(35), agreed=True),
        Stay(2, EVICTED + timedelta(1), agreed=True),
        Stay(3, date(2026, 1, 2), date(2026, 1, 9)),  # before
        Stay(5, EVICTED),  # not evicted
    ]
    rows = temporary(facts, stays, YEAR, TODAY)
    assert row(rows, "evicted_households") == [4, 100]
    assert row(rows, "temporary") == [2, 50]
    assert row(rows, "over_three_months") == [1, 25]
    assert row(rows, "without_agreement") == [1, 25]
    assert row(rows, "still_there") == [1, 25]
    assert row(rows, "nights_in_all") == [10 + 5 + 185]
    assert row(rows, "nights_median") == [10]
    assert temporary(facts, [], YEAR, TODAY) == []


@pytest.mark.parametrize(
    ("since", "until", "on", "is_long"),
    [
        (date(2026, 1, 31), date(2026, 4, 30), TODAY, False),  # three months to the day
        (date(2026, 1, 31), date(2026, 5, 1), TODAY, True),
        (date(2026, 9, 1), None, date(2026, 12, 1), False),
        (date(2026, 9, 1), None, date(2026, 12, 2), True),
    ],
)
def test_a_stay_is_long_after_three_months(since: date, until: date | None, on: date, is_long: bool) -> None:
    assert Stay(1, since, until).is_long(on) is is_long


def test_those_who_moved_are_told_by_where_they_went() -> None:
    away = {"outcome": Outcome.MOVED}
    facts = [
        a_case("1", moved=Moved(date(2026, 5, 1), MovedTo.FAMILY), **away),
        a_case("2", moved=Moved(date(2026, 6, 1), MovedTo.FAMILY), **away),
        a_case("3", moved=Moved(date(2026, 6, 1)), **away),
        a_case("4", moved=Moved(date(2027, 1, 1), MovedTo.FAMILY), **away),
        a_case("5"),
    ]
    rows = moved_to(facts, YEAR)
    assert row(rows, "moved_away") == [3, 100]
    assert row(rows, "to.family") == [2, 67]
    assert row(rows, "unknown") == [1, 33]


def test_a_year_without_any_of_it_has_no_table() -> None:
    assert tried_of([a_case("1")], Trying(), YEAR, TODAY) == {}


def test_every_table_row_and_column_is_called_something_in_every_language() -> None:
    told = tried_of(
        [a_case("1", (1, True, None), evictions=(EVICTED,), moved=Moved(EVICTED))],
        Trying(
            measures=[Tried("1", OPENED, kind) for kind in Measure],
            plans=[a_plan("1", 0)],
            stays=[Stay(1, EVICTED)],
        ),
        YEAR,
        TODAY,
    )
    assert len(told) == 6
    keys = {key for rows in told.values() for each in rows for key in (*each, each["key"])}
    keys |= {*CHANNELS, *(f"to.{to.value}" for to in MovedTo)}
    for language in LANGUAGES:
        assert all(work_words.title(table, language) and work_words.definition(table, language) for table in told)
        assert {key for key in keys if work_words.word(key, language) == key} == set()
