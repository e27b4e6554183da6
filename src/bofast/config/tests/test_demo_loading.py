"""The demo's past: on whatever day it starts, each story is told whole, through the ordinary actions."""

from datetime import date

import pytest

from bofast.arrears.models import AgencyCount, RegisteredCase
from bofast.cases.models import Assessment, Case, Event
from bofast.config.demo import loading
from bofast.config.demo.stories import stories
from bofast.domain.facts import DeedCode

pytestmark = pytest.mark.django_db

SMALL = 30
NEWEST = date(2026, 11, 18)


def load(today: date) -> list[str]:
    """Returns what was barred of the stories."""
    barred = loading.load(today, secret="fire stille ord her", told=lambda _day: None, dwellings=SMALL)
    return [f"{doing.contract_no} {doing.does} {doing.on}" for doing in barred]


def cases(contract: str) -> list[Case]:
    found = Case.objects.filter(tenancy__contract_no=contract).select_related("current", "holder", "team")
    return list(found.order_by("opened_on"))


def step(case: Case) -> str:
    assert case.current is not None
    return case.current.step_code


@pytest.mark.parametrize("today", ["2026-11-22", "2027-01-03", "2027-03-31", "2027-05-18", "2026-07-31"])
def test_nothing_of_the_stories_is_barred_whatever_day_the_demo_starts(today: str) -> None:
    assert load(date.fromisoformat(today)) == []
    told = {story.contract_no for story in stories()}
    assert told <= set(Case.objects.values_list("tenancy__contract_no", flat=True))
    later = Event.objects.filter(on__gt=date.fromisoformat(today))
    assert not later.exists()


def test_the_households_stand_where_their_list_arrives() -> None:
    load(date(2026, 11, 22))
    (mother,) = cases("K2690001")
    (young,) = cases("K2690002")
    solved, back = cases("K2690003")
    (silent,) = cases("K2690004")
    assert (mother.stage, mother.current.outstanding) == ("demanded", 33_550_00)
    assert (young.stage, young.current.outstanding) == ("petitioned", 24_636_00)
    assert (solved.outcome, solved.closed_on is not None) == ("covered", True)
    assert solved.events.filter(code=DeedCode.WITHDRAWAL).exists()
    assert (back.relapse_of, back.opened_on, back.current.outstanding) == (solved, NEWEST, 25_500_00)
    assert (silent.stage, silent.current.outstanding > 60_000_00) == ("scheduled", True)
    assert silent.current.deadline_on > date(2026, 11, 22)
    assert [str(case.team) for case in (back, silent)] == ["Sosialtjenesten Fana", "Sosialtjenesten Årstad"]


@pytest.mark.parametrize(
    ("contract", "stage", "next_step"),
    [
        ("K2690005", "petitioned", "withdraw_petition"),
        ("K2690006", "evicted", "after_eviction"),
        ("K2690007", "petitioned", "follow_up"),
    ],
)
def test_a_paid_petition_an_eviction_and_a_petition_only_the_list_knows_of(
    contract: str, stage: str, next_step: str
) -> None:
    load(date(2026, 11, 22))
    case = cases(contract)[-1]
    assert (case.stage, step(case)) == (stage, next_step)


def test_the_reference_year_is_there_and_never_on_the_worklist() -> None:
    load(date(2026, 11, 22))
    assert RegisteredCase.objects.count() == 407
    assert AgencyCount.objects.filter(year=2006).exists()
    assert not Case.objects.filter(opened_on__year=2006).exists()


def test_the_past_was_assessed_while_it_happened() -> None:
    load(date(2026, 11, 22))
    assert len(set(Assessment.objects.filter(on__lt=NEWEST).values_list("on", flat=True))) > 14
