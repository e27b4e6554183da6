"""Work in the year: the last section of the statistics, for the case team alone."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bofast.access.tests.cast import Cast, cast
from bofast.cases.actions.assess import assess
from bofast.cases.actions.work import close_case
from bofast.cases.models import Case, Event
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, households, on_the_day, petitioned, recorded, signed_in, text
from bofast.cases.tests.test_hand_out import organised
from bofast.domain.casework import ContactBy, MovedTo
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.sharing_facts import OutreachIs
from bofast.domain.statistics import Outcome
from bofast.domain.statistics.work import End, ends
from bofast.domain.statistics.work_facts import Attempt, Demand, Moved
from bofast.reports.tests.received import reference_year
from bofast.reports.work import work_done, work_facts

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
PAGE = "/statistics/?year=2026"
HEADING = "Work in the year"


def cells(found: str, block: str, name: str) -> list[str]:
    """The cells of a row, as written."""
    section = found.replace("\u00a0", " ").split(f'id="{block}"', 1)[1].split("</section>", 1)[0]
    line = section.split(f'<th scope="row">{name}</th>', 1)[1].split("</tr>", 1)[0]
    plain = re.sub(r'<span class="(card-label|ds-sr-only)".*?</span>', "", line)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", plain, re.DOTALL)]


def a_year_of_work(cast: Cast) -> tuple[Case, Case]:
    """Two households: one tried and talked with and then petitioned against, one nobody has tried."""
    one, other = households("K1", "K2")
    recorded(one, DeedCode.CONTACT_TRIED, date(2026, 11, 3), by=cast.kari, contact_by=ContactBy.PHONE)
    recorded(one, DeedCode.CONTACT, date(2026, 11, 6), by=cast.kari)
    petitioned(one, by=cast.kari)
    return one, other


def test_the_case_team_reads_the_work_of_the_year(cast: Cast) -> None:
    with on_the_day():
        a_year_of_work(cast)
        found = text(signed_in(cast.kari), PAGE)
    assert found.index("What it costs</h2>") < found.index(f"{HEADING}</h2>"), "it comes last"
    assert cells(found, "attempts", "2 attempts") == ["1", "1", "0", "100"]
    assert cells(found, "attempts", "No attempt recorded") == ["1", "0", "1", "0"]
    assert cells(found, "speed", "Median in days") == ["", "", "7"]
    assert cells(found, "speed", "Talked with within 14 days") == ["1", "50", ""]
    assert cells(found, "petition-contact", "After a talk") == ["1", "100"]
    assert cells(found, "petition-ends", "Still running") == ["1", "100"]
    assert cells(found, "channels", "Telephone") == ["1", "0", "0", "0"]
    assert cells(found, "channels", "Unknown") == ["1", "1", "100", "1"]
    assert cells(found, "children-touched", "Petition") == ["1", "1", "3", "0"]
    assert "Comes when the casework records it" in found


@pytest.mark.parametrize("who", ["turid", "arne", "siv", "geir"])
def test_nobody_else_sees_any_of_it(cast: Cast, who: str) -> None:
    with on_the_day():
        a_year_of_work(cast)
        found = text(signed_in(getattr(cast, who)), PAGE)
    for said in (HEADING, 'id="attempts"', 'id="children-touched"', "Comes when the casework records it"):
        assert said not in found


def test_a_year_of_received_registers_alone_has_no_such_section(cast: Cast) -> None:
    reference_year()
    assert HEADING not in text(signed_in(cast.kari), "/statistics/?year=2006")


def test_another_district_has_its_own_work_only(cast: Cast) -> None:
    with on_the_day():
        a_year_of_work(cast)
    assert len(work_done("Fana").facts) == 2
    assert work_done("Arna").facts == []


def test_a_case_is_gathered_with_all_that_was_done(cast: Cast) -> None:
    with on_the_day():
        one, other = a_year_of_work(cast)
        fact, untried = work_facts()
    assert (fact.household, fact.opened_on, fact.district, fact.children) == (
        one.tenancy_id, date(2026, 10, 30), "Fana", 3,
    )  # fmt: skip
    assert fact.attempts == (Attempt(date(2026, 11, 3), False, ContactBy.PHONE), Attempt(date(2026, 11, 6), True))
    assert fact.petitions == (date(2026, 11, 16),)
    assert fact.demand == Demand(on=date(2026, 10, 15), due_on=date(2026, 9, 1))
    assert (fact.outcome, fact.relapse_after, untried.attempts) == (Outcome.UNRESOLVED, None, ())
    assert untried.household == other.tenancy_id


def test_the_work_of_one_agency_is_that_of_its_own_and_its_joint_cases(cast: Cast) -> None:
    with on_the_day():
        one, other = a_year_of_work(cast)
    Case.objects.filter(pk=one.pk).update(team=cast.kari.team, partner_team=cast.siv.team)
    Case.objects.filter(pk=other.pk).update(team=cast.kari.team)
    told = {
        agency: [fact.case for fact in work_done(agency=agency).facts] for agency in ("outreach", "social_services")
    }
    assert told == {"outreach": [one.number, other.number], "social_services": [one.number]}
    with on_the_day():
        found = text(signed_in(cast.kari), f"{PAGE}&agency=social_services")
        (opened,) = re.findall(r'href="(/statistics/cases/[^"]*attempts%2Fall%2Fcount[^"]*)"', found)
        assert "1 case." in text(signed_in(cast.kari), opened.replace("&amp;", "&"))


def test_a_housing_agencys_team_does_not_learn_by_the_choice_of_agency_whom_the_office_knows(cast: Cast) -> None:
    with on_the_day():
        one, _other = a_year_of_work(cast)
        Case.objects.filter(pk=one.pk).update(team=cast.kari.team, partner_team=cast.siv.team)
        Event.objects.create(case=one, code=Event.Code.SCREENED, on=TODAY, facts={"answer": "active"})
        told = text(signed_in(cast.kari), f"{PAGE}&agency=social_services")
        assert cells(told, "attempts", "All cases")[0] == "1"
        assert cells(text(signed_in(cast.kari), PAGE), "figure-6", "Active contact")[0] == "1"
        organised(OutreachIs.HOUSING_AGENCY.value)
        kept = text(signed_in(cast.kari), f"{PAGE}&agency=social_services")
        assert HEADING not in kept
        assert "Not recorded in any of the cases of the period." in text(signed_in(cast.kari), PAGE)
        key = "/statistics/cases/?key=cases&year=2026&agency=social_services"
        assert one.number not in text(signed_in(cast.kari), key)


def test_where_those_who_moved_went_is_gathered_from_the_closing(cast: Cast) -> None:
    with on_the_day():
        one, other = households("K1", "K2")
        for case, moved_to in ((one, "family"), (other, "")):
            said = {"outcome": "moved", "on": TODAY, "moved_to": moved_to, "despite": "avtalt"}
            assert not close_case(case_id=case.pk, actor=cast.kari, today=TODAY, **said)
    assert [fact.moved for fact in work_facts()] == [Moved(TODAY, MovedTo.FAMILY), Moved(TODAY)]


def test_a_question_of_the_program_is_gathered_until_it_no_longer_arises(cast: Cast) -> None:
    with on_the_day():
        households("K1", clause="")
        asked = [each for each in work_facts()[0].questions if each.agency is Agency.LANDLORD]
    assert [(each.on, each.answered_on) for each in asked] == [(TODAY, None)]


def test_a_household_that_came_back_is_a_relapse_so_many_days_after() -> None:
    sent.register({"K1": "1;;ja", "K2": "1;;ja"})
    for day, owing in (("2026-06-16", {"K1": 2}), ("2026-07-16", {"K2": 2}), ("2026-09-16", {"K1": 1, "K2": 2})):
        sent.arrears_list(day, owing)
        assess(on=date.fromisoformat(day))
    relapses = [fact.relapse_after for fact in work_facts() if fact.relapse_after is not None]
    assert relapses == [(date(2026, 9, 16) - date(2026, 7, 16)).days]


def test_a_petition_that_runs_on_in_the_next_case_counts_once_with_the_talk_before_it() -> None:
    """The former case was closed when the household came back: that ended no petition."""
    sent.register({"K1": "1;;ja", "K2": "1;;ja"})
    sent.arrears_list("2026-06-16", {"K1": 2})
    assess(on=date(2026, 6, 16))
    former = Case.objects.get()
    for code, day in ((DeedCode.CONTACT, date(2026, 6, 20)), (DeedCode.PETITION, date(2026, 7, 1))):
        Event.objects.create(case=former, code=code.value, on=day)
    for day, owing in (("2026-07-16", {"K2": 2}), ("2026-09-16", {"K1": 1, "K2": 2})):
        sent.arrears_list(day, owing)
        assess(on=date.fromisoformat(day))
    facts = work_facts()
    before, now = (fact for fact in facts if fact.household == former.tenancy_id)
    assert (before.petitions, now.petitions) == ((), (date(2026, 7, 1),))
    assert list(ends(now)) == [(date(2026, 7, 1), End.RUNNING)]
    assert now.former_attempts == (Attempt(date(2026, 6, 20), True),)
    assert now.attempts == ()
    assert before.attempts == now.former_attempts


def test_the_work_is_gathered_in_four_queries_however_many_cases(cast: Cast) -> None:
    with on_the_day():
        households(*(f"K{number}" for number in range(1, 13)))
    with CaptureQueriesContext(connection) as asked:
        assert len(work_facts()) == 12
    assert len(asked) == 4


def test_the_page_asks_no_more_often_for_more_cases(cast: Cast, django_assert_max_num_queries: object) -> None:
    with on_the_day():
        households(*(f"K{number}" for number in range(1, 13)))
        client = signed_in(cast.kari)
        client.get(PAGE)
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            client.get(PAGE)
