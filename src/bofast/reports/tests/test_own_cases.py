"""Cases worked here count in the report too, with what is known of them."""

from datetime import date

import pytest

from bofast.access.models import Team
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case, Event
from bofast.cases.tests.sent import arrears_list, register
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.statistics import CaseFact, Contact, Outcome, Resolution
from bofast.domain.tests.made_years import make as made
from bofast.reports.queries import CLOSED_AS, district_named, own_cases
from bofast.reports.tests.received import register as made_register
from bofast.reports.tests.received import reported

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 16)


def a_case() -> Case:
    """One household, three months behind, whose case the list of 16 September opened."""
    register({"K1": "2;;ja"})
    arrears_list(DAY.isoformat(), {"K1": 3})
    assess(on=DAY)
    return Case.objects.get()


def the_fact() -> CaseFact:
    (fact,) = own_cases()
    return fact


def test_a_case_carries_what_the_register_and_the_list_that_opened_it_say() -> None:
    a_case()
    arrears_list("2026-10-16", {"K1": 4})
    assess(on=date(2026, 10, 16))
    fact = the_fact()
    assert (fact.opened_on, fact.district, fact.members, fact.children) == (DAY, "Fana", 4, 2)
    assert fact.arrears == 1_500_000, "the arrears at opening, not today's"
    assert fact.outcome is Outcome.UNRESOLVED


@pytest.mark.parametrize(
    ("closed_as", "counts_as"),
    [
        (Case.Outcome.PAID, (Outcome.STOPPED, Resolution.PAID_SELF)),
        (Case.Outcome.GUARANTEE, (Outcome.STOPPED, Resolution.GUARANTEE)),
        (Case.Outcome.MOVED, (Outcome.MOVED, Resolution.UNKNOWN)),
        (Case.Outcome.RETURNED, (Outcome.UNRESOLVED, Resolution.UNKNOWN)),
    ],
)
def test_a_closed_case_counts_by_the_word_it_was_closed_with(
    closed_as: Case.Outcome, counts_as: tuple[Outcome, Resolution]
) -> None:
    case = a_case()
    case.closed_on, case.outcome = DAY, closed_as
    case.save()
    assert (the_fact().outcome, the_fact().resolution) == counts_as


def happen(case: Case, *deeds: tuple[DeedCode, date]) -> None:
    for code, day in deeds:
        Event.objects.create(case=case, code=code.value, on=day)


def test_an_eviction_decides_over_the_closing_word_until_the_household_is_let_in_again() -> None:
    case = a_case()
    happen(case, (DeedCode.PETITION, date(2026, 10, 1)), (DeedCode.EVICTION, date(2026, 11, 2)))
    assert the_fact().outcome is Outcome.EVICTED
    happen(case, (DeedCode.REINSTATEMENT, date(2026, 11, 4)))
    assert the_fact().outcome is Outcome.REINSTATED


@pytest.mark.parametrize(
    ("answers", "contact"),
    [
        ((), Contact.OTHER),
        (("active",), Contact.ACTIVE),
        (("known",), Contact.NOT_ACTIVE),
        (("unknown",), Contact.NOT_ACTIVE),
        (("active", "known"), Contact.ACTIVE),  # as it was when the list was handed out
    ],
)
def test_contact_with_the_social_services_is_what_they_first_answered(
    answers: tuple[str, ...], contact: Contact
) -> None:
    case = a_case()
    for answer in answers:
        Event.objects.create(case=case, code=Event.Code.SCREENED, on=DAY, facts={"answer": answer})
    assert the_fact().contact is contact


def test_without_aid_nobody_learns_whom_the_social_services_know() -> None:
    case, office = a_case(), Team.objects.create(name="Fana sosialkontor", agency=Agency.SOCIAL_SERVICES)
    Event.objects.create(case=case, code=Event.Code.SCREENED, on=DAY, facts={"answer": "active"})
    Case.objects.update(team=Team.objects.create(name="Teamet", agency=Agency.OUTREACH), partner_team=office)
    (with_aid,), (without,) = own_cases(), own_cases(aid=False)
    assert (with_aid.contact, with_aid.handled_by) == (Contact.ACTIVE, ("outreach", "social_services"))
    assert (without.contact, without.handled_by) == (Contact.OTHER, ("outreach",))


def test_every_petition_counts_once_a_day_however_often_it_was_told() -> None:
    case = a_case()
    first, second = date(2026, 10, 1), date(2026, 11, 1)
    happen(case, (DeedCode.PETITION, first), (DeedCode.PETITION, first), (DeedCode.PETITION, second))
    happen(case, (DeedCode.WITHDRAWAL, date(2026, 10, 20)))
    table = reported(2026)["tables"]["6"]
    assert (table["petitions"], table["withdrawn"], table["without_status"]) == (2, 1, 1)
    assert the_fact().petitions == (first, second)


def test_where_a_register_and_our_own_cases_meet_it_is_said_that_a_case_may_count_twice() -> None:
    a_case()
    assert "counts twice" not in " ".join(reported(2026)["notes"])
    made_register(made(2026, 3))
    assert "counts twice" in " ".join(reported(2026)["notes"])
    assert reported(2026)["tables"]["2"]["rows"][0]["count"] == 4
    assert "counts twice" not in " ".join(reported(2025)["notes"])


@pytest.mark.parametrize(("written", "found"), [("fana", "Fana"), (" FANA ", "Fana"), ("Oslo", None), ("", None)])
def test_a_district_is_found_whatever_its_case(written: str, found: str | None) -> None:
    a_case()
    assert district_named(written) == found


def test_every_way_to_close_a_case_is_counted_on_purpose() -> None:
    assert set(CLOSED_AS) == set(Case.Outcome) - {Case.Outcome.RETURNED}


def test_a_petition_that_follows_a_household_into_its_next_case_counts_once() -> None:
    case = a_case()
    happen(case, (DeedCode.PETITION, date(2026, 9, 17)))
    arrears_list("2026-10-16", {"K2": 1})
    arrears_list("2026-11-16", {"K1": 1, "K2": 2})
    assess(on=date(2026, 11, 16))
    assert Event.objects.filter(code=DeedCode.PETITION).count() == 2, "the new case knows of it too"
    assert [fact.petitions for fact in own_cases() if fact.petitions] == [(date(2026, 9, 17),)]
