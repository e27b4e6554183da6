"""The leader looks after a person's right to their own data; nobody else opens the pages."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from bofast.access.models import AccessEntry, OrganisationSetting, Proof, RecordKind, Retention, User
from bofast.access.tests.cast import Cast, gather
from bofast.arrears.models import Resident
from bofast.cases.actions import work
from bofast.cases.models import Case, Decision, DecisionWords, Event, Note, Representative, Sharing
from bofast.cases.tests.factories import TODAY, household, on_the_day, signed_in, text

pytestmark = pytest.mark.django_db
ERASE = {"ground": "request", "archivist_decided": "on"}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    with on_the_day():
        return household("K1")


@pytest.fixture
def ingrid(cast: Cast) -> Iterator[Client]:
    with on_the_day():
        yield signed_in(cast.ingrid)


def test_the_case_page_leads_the_leader_there_and_nobody_else(case: Case, cast: Cast) -> None:
    with on_the_day():
        way = f'href="/privacy/{case.tenancy_id}/"'
        assert way in text(signed_in(cast.ingrid), f"/cases/{case.number}/")
        for other in (cast.kari, cast.turid):
            assert way not in text(signed_in(other), f"/cases/{case.number}/")


@pytest.mark.parametrize("name", ["kari", "turid", "siv", "geir", "astrid", "asbjorn", "charlie"])
def test_others_are_refused_before_anything_is_looked_up(case: Case, cast: Cast, name: str) -> None:
    client = signed_in(getattr(cast, name))
    there = client.get(f"/privacy/{case.tenancy_id}/")
    assert there.status_code == client.get("/privacy/99999/").status_code == 403
    assert client.post(f"/privacy/{case.tenancy_id}/erase/", ERASE).status_code == 403


@pytest.mark.parametrize("number", ["K1", "k1 ", "2026-0001"])
def test_a_household_is_found_by_contract_or_case_and_stands_in_no_address(
    case: Case, ingrid: Client, number: str
) -> None:
    answer = ingrid.post("/privacy/", {"number": number})
    assert answer["Location"] == f"/privacy/{case.tenancy_id}/"


def test_an_unknown_number_is_said_to_be_so(case: Case, ingrid: Client) -> None:
    answer = ingrid.post("/privacy/", {"number": "K999"})
    assert answer.status_code == 422
    assert "Nothing is held under that number." in answer.content.decode()


def test_the_extract_is_handed_out_logged_and_proved(case: Case, ingrid: Client) -> None:
    page = ingrid.post(f"/privacy/{case.tenancy_id}/extract/").content.decode()
    for held in ("Tenant K1", "Who has looked", "Lines of the files received"):
        assert held in page
    assert Proof.objects.get().verb == "extracted"
    assert AccessEntry.objects.filter(action="export", kind="tenancy", object_id=str(case.tenancy_id)).exists()


def test_what_is_wrong_is_put_right(case: Case, ingrid: Client) -> None:
    wrong = {"name": "", "phone": "", "email": "not an address", "language": ""}
    assert ingrid.post(f"/privacy/{case.tenancy_id}/correct/", wrong).status_code == 422
    right = {"name": "Tuva Rett", "phone": "12345678", "email": "", "language": ""}
    assert ingrid.post(f"/privacy/{case.tenancy_id}/correct/", right).status_code == 302
    assert Resident.objects.get(tenancy=case.tenancy, role="main").name == "Tuva Rett"


def test_use_is_stopped_and_allowed_again(case: Case, cast: Cast, ingrid: Client) -> None:
    ingrid.post(f"/privacy/{case.tenancy_id}/restrict/")
    assert signed_in(cast.kari).get(f"/cases/{case.number}/").status_code == 404
    assert "Use is restricted since" in text(ingrid, f"/privacy/{case.tenancy_id}/")
    ingrid.post(f"/privacy/{case.tenancy_id}/restrict/", {"lift": "1"})
    assert signed_in(cast.kari).get(f"/cases/{case.number}/").status_code == 200


def test_a_case_that_runs_is_not_erased_and_the_page_says_why(case: Case, ingrid: Client) -> None:
    answer = ingrid.post(f"/privacy/{case.tenancy_id}/erase/", ERASE)
    assert answer.status_code == 422
    assert f"Case {case.number} is running." in answer.content.decode()
    assert Resident.objects.filter(tenancy=case.tenancy).exists()


def test_an_erased_household_is_a_page_without_a_person(case: Case, cast: Cast, ingrid: Client) -> None:
    work.close_case(case_id=case.pk, outcome="paid", on=TODAY, actor=cast.kari, today=TODAY, despite="betalt")
    assert ingrid.post(f"/privacy/{case.tenancy_id}/erase/", ERASE).status_code == 302
    for page in (f"/privacy/{case.tenancy_id}/", f"/cases/{case.number}/"):
        assert "Tenant K1" not in text(ingrid, page)
    assert "This household is erased." in text(ingrid, f"/privacy/{case.tenancy_id}/")


def test_what_is_erased_by_time_says_that_nothing_is_decided(case: Case, ingrid: Client) -> None:
    page = text(ingrid, "/privacy/")
    assert page.count("Not decided") == len(RecordKind)
    assert "Nothing has passed its time now." in page
    assert 'href="/settings/#kept"' in page
    ingrid.post("/privacy/expiry/")
    assert not Proof.objects.exists()


def test_erasing_by_time_is_offered_once_something_has_passed_its_time(case: Case, cast: Cast, ingrid: Client) -> None:
    offered = 'action="/privacy/expiry/"'
    power = {"kind": "attorney", "name": "Mor", "scope": "Bolig", "since": date(2020, 1, 1), "until": date(2021, 1, 1)}
    Representative.objects.create(tenancy=case.tenancy, recorded_by=cast.kari, **power)
    assert offered not in text(ingrid, "/privacy/")
    Retention.objects.create(kind=RecordKind.CONSENTS, valid_from=date(2026, 1, 1), months=12, ground="Planen")
    assert offered in text(ingrid, "/privacy/")
    ingrid.post("/privacy/expiry/")
    assert offered not in text(ingrid, "/privacy/")


def organised(outreach: str) -> None:
    OrganisationSetting.objects.create(valid_from=date(2026, 1, 1), outreach=outreach, landlord="municipal")


def test_a_leader_in_the_housing_agency_hands_out_nothing_of_the_social_services(case: Case, cast: Cast) -> None:
    known = Event.objects.create(
        case=case, code=Event.Code.SCREENED, on=TODAY, actor=cast.siv, facts={"answer": "active"}
    )
    Note.objects.create(event=known, text="Har plan hos oss.")
    decision = Decision.objects.create(
        case=case, provision="sosialtjenesteloven § 18", outcome="granted", decided_on=TODAY, decided_by=cast.siv
    )
    DecisionWords.objects.create(decision=decision, content="Penger til husleie.", reasons="Ingen inntekt.")
    for outreach, seen in (("own_unit", True), ("housing_agency", False)):
        OrganisationSetting.objects.all().delete()
        organised(outreach)
        with on_the_day():
            page = signed_in(User.objects.get(pk=cast.ingrid.pk)).post(f"/privacy/{case.tenancy_id}/extract/")
        for word in ("Har plan hos oss.", "Penger til husleie."):
            assert (word in page.content.decode()) is seen
        assert ("The social services have information of their own" in page.content.decode()) is not seen


def test_a_leader_in_the_social_services_reaches_only_households_they_work_on(case: Case, cast: Cast) -> None:
    organised("social_services")
    Case.objects.filter(pk=case.pk).update(team=None, holder=None)
    Sharing.objects.create(
        case=case, sender="landlord", receiver="social_services", parts=["identity"], basis="consent", on=TODAY
    )
    leader = User.objects.get(pk=cast.ingrid.pk)
    there = f"/privacy/{case.tenancy_id}/"
    with on_the_day():
        client = signed_in(leader)
        assert client.get(f"/cases/{case.number}/").status_code == 200
        assert there not in text(client, f"/cases/{case.number}/")
        assert client.get(there).status_code == client.get(f"{there}correct/").status_code == 404
        for verb in ("extract", "restrict", "erase"):
            assert client.post(f"{there}{verb}/", ERASE).status_code == 404
        Case.objects.filter(pk=case.pk).update(team=leader.team)
        assert client.get(there).status_code == client.post(f"{there}extract/").status_code == 200
