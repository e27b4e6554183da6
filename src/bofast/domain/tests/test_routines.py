"""What routines cost: known answers, and properties that hold whatever is assumed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain import costs
from bofast.domain.notices import NOTICE_DAYS
from bofast.domain.routines import (
    CollectorDays,
    Policy,
    Route,
    directly,
    list_earlier,
    percent_of,
    plans_under,
    through_collector,
    zero_share_cost,
)
from bofast.domain.statistics import CaseFact, Period

YEAR = Period.of_year(2006)
DUE = YEAR.first
KR = 100


def test_fifty_three_households_and_the_petition_fee_of_2006_are_95_718_kroner() -> None:
    assert zero_share_cost(households=53, petition_fee=costs.petition_fee(DUE).amount) == 95_718 * KR


@pytest.mark.parametrize(
    ("route", "days", "fees"),
    [
        (through_collector(debt=5_000 * KR, due_on=DUE), 90, 2_941),  # 275 for collection and 2,666 for the petition
        (through_collector(debt=5_000 * KR, due_on=DUE, days=CollectorDays(petitioned=104)), 104, 2_941),
        (through_collector(debt=5_000 * KR, due_on=DUE, writing=0), 90, 2_081),
        (directly(debt=5_000 * KR, due_on=DUE, notice_after=31), 45, 1_806),
        (directly(debt=5_000 * KR, due_on=DUE, notice_after=0), 14, 1_806),
    ],
)
def test_the_two_routes_of_2006(route: Route, days: int, fees: int) -> None:
    assert (route.days, costs.total(route.items)) == (days, fees * KR)
    assert route.a_case == fees * KR + route.interest


def test_interest_is_simple_and_runs_to_the_petition() -> None:
    """5,000 kroner at 9.25 percent from 2 January, the first working day, to 15 February: 44 days."""
    assert directly(debt=5_000 * KR, due_on=DUE, notice_after=31).interest == round(500_000 * 0.0925 * 44 / 365)


def test_collection_is_what_does_not_go_to_the_state() -> None:
    route = through_collector(debt=5_000 * KR, due_on=DUE)
    assert route.collection == route.a_case - 1_806 * KR


@pytest.mark.parametrize(
    ("debt", "means", "allowed"),
    [
        (12_000, 1_000, True),
        (12_000, 999, False),  # least instalment
        (12_001, 1_000, False),  # thirteen months
        (500, 500, True),  # less than the least instalment is paid at once
        (500, 499, False),
        (24_000, 2_000, True),
    ],
)
def test_what_the_policy_of_2006_allows(debt: int, means: int, allowed: bool) -> None:
    assert Policy(monthly=1_000 * KR, months=12).allows(debt * KR, means * KR) is allowed


def fact(**known: object) -> CaseFact:
    return CaseFact(opened_on=date(2006, 3, 16), **known)  # type: ignore[arg-type]


def test_a_relaxed_policy_counts_who_could_have_had_a_plan() -> None:
    facts = [
        fact(arrears=12_000 * KR, monthly_income=10_000 * KR),  # as it is
        fact(arrears=12_000 * KR, monthly_income=6_000 * KR, evictions=(date(2006, 6, 1),)),  # 600 a month, 20 months
        fact(arrears=90_000 * KR, monthly_income=6_000 * KR, evictions=(date(2006, 6, 1),)),  # too much either way
        fact(arrears=9_000 * KR),
        fact(monthly_income=9_000 * KR),
    ]
    policy, other = Policy(monthly=1_000 * KR, months=12), Policy(monthly=500 * KR, months=24)
    effect = plans_under(facts, policy=policy, other=other, means_percent=10)
    assert (effect.now, effect.then, effect.more, effect.evicted, effect.unknown) == (1, 2, 1, 1, 2)


OPENED = date(2006, 3, 16)
FILED = [OPENED + timedelta(days=wait) for wait in (7, 16, 30)]


@pytest.mark.parametrize(("days", "then"), [(0, 1), (11, 1), (12, 2), (14, 2), (21, 3)])
def test_a_list_earlier_gives_help_time_before_more_petitions(days: int, then: int) -> None:
    facts = [fact(petitions=(filed,)) for filed in FILED] + [fact(), fact(petitions=(date(2007, 1, 2),))]
    found = list_earlier(facts, YEAR, days=days, needed=28, stopped_percent=50, petition_fee=1_806 * KR)
    assert (found.petitions, found.now, found.then) == (3, 1, then)
    assert found.saved == (then - 1) * 903 * KR


def test_a_petition_before_the_list_is_not_one_the_list_could_have_stopped() -> None:
    facts = [fact(petitions=(date(2006, 3, 1),))]
    found = list_earlier(facts, YEAR, days=14, needed=0, stopped_percent=100, petition_fee=1)
    assert found.petitions == 0


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_a_percentage_is_never_more_than_the_whole(amount: int, percent: int) -> None:
    assert 0 <= percent_of(amount, percent) <= amount


@given(st.integers(1, 10**8), st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 60), st.integers(0, 60))
def test_more_room_never_takes_a_plan_away(debt: int, means: int, monthly: int, months: int, more: int) -> None:
    strict, relaxed = Policy(monthly=monthly, months=months), Policy(monthly=max(1, monthly - 1), months=months + more)
    assert not strict.allows(debt, means) or relaxed.allows(debt, means)


@given(st.dates(date(2006, 1, 1), date(2026, 6, 1)), st.integers(0, 50))
def test_directly_is_two_weeks_after_the_notice_and_never_dearer(due_on: date, notice_after: int) -> None:
    route = directly(debt=10_000 * KR, due_on=due_on, notice_after=notice_after)
    assert route.days == notice_after + NOTICE_DAYS
    if route.days <= 90 and due_on.year == (due_on + timedelta(days=90)).year:
        assert route.a_case <= through_collector(debt=10_000 * KR, due_on=due_on).a_case
