"""A person who is erased leaves the statistics as they were, and no trace."""

from dataclasses import astuple
from datetime import date, timedelta
from typing import Any

import pytest

from bofast.access.tests.cast import Cast, gather
from bofast.arrears.actions.erasure import erase_household, erase_households
from bofast.arrears.models import Dwelling, Household, ReceivedFile, Tenancy
from bofast.arrears.tests import traces
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, households, on_the_day, petitioned, recorded
from bofast.domain.facts import DeedCode
from bofast.domain.statistics import Period, Question
from bofast.reports.queries import annual_report, own_cases
from bofast.reports.work import work_facts

pytestmark = pytest.mark.django_db

CONTRACTS = ("K7701", "K7702", "K7703", "K7704", "K7705", "K7706")
YEAR = Period.of_year(TODAY.year)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    """Six households in Fana: one petitioned, one reached, two gone from the next list."""
    with on_the_day():
        found = households(*CONTRACTS)
        petitioned(found[0], by=cast.kari)
        recorded(found[1], DeedCode.CONTACT, TODAY, by=cast.kari)
        sent.arrears_list("2026-11-20", dict.fromkeys(CONTRACTS[:4], 3), demanded="2026-10-15")
        assess(on=TODAY)
    return found


def figures() -> list[Any]:
    """Every figure of the year's report, for the city and the district, and every fact they are counted from."""
    documents = [
        annual_report(Question(period=YEAR, district=district, masked=masked, asked_on=TODAY))
        for district in (None, "Fana")
        for masked in (True, False)
    ]
    return [documents, sorted(map(astuple, own_cases()), key=str), sorted(map(astuple, work_facts()), key=str)]


@pytest.mark.parametrize("erased", [CONTRACTS[:1], CONTRACTS[1:3], CONTRACTS])
def test_erasing_leaves_every_figure_of_the_report_as_it_was(cases: list[Case], erased: tuple[str, ...]) -> None:
    before = figures()
    assert {fact.children for fact in own_cases()} == {3}
    erase_households(tenancy_ids=list(Tenancy.objects.filter(contract_no__in=erased).values_list("pk", flat=True)))
    assert figures() == before
    assert traces.in_tables(*(f"Tenant {contract}" for contract in erased), *erased) == []


@pytest.mark.parametrize("model", [Household, Dwelling])
def test_the_figures_would_show_it_if_more_than_a_person_had_been_erased(cases: list[Case], model: Any) -> None:
    before = figures()
    model.objects.update(**({"children": None} if model is Household else {"district": ""}))
    assert figures() != before


def test_the_night_after_goes_on_as_before_for_those_who_are_still_there(cases: list[Case]) -> None:
    with on_the_day():
        erase_household(tenancy_id=cases[0].tenancy_id)
        before = figures()
        assess(on=TODAY + timedelta(days=1))
        assert figures() == before
        sent.arrears_list("2026-12-16", dict.fromkeys(CONTRACTS[1:4], 4), demanded="2026-10-15")
        assess(on=date(2026, 12, 17))
    cases[0].refresh_from_db()
    assert cases[0].cleared_on == date(2026, 12, 16)
    assert ReceivedFile.objects.get(as_of="2026-12-16").continuing == 3
    assert traces.in_tables("Tenant K7701", "K7701") == []
