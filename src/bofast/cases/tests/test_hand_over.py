"""A case handed over a border is ruled on as sharing is, and whoever has it no more sees it no more."""

from datetime import date

import pytest

from bofast.access.models import OrganisationSetting, Team
from bofast.access.tests.cast import Cast, outreach_team, social_services_team
from bofast.arrears.models import HandOut
from bofast.cases.actions import sharing, work
from bofast.cases.actions.assess import assess
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.models import Case, Event, Sharing
from bofast.cases.queries.hand_out import Plan
from bofast.cases.queries.sharing import seers
from bofast.cases.queries.shields import may_yet_be_named
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, recorded, signed_in, text
from bofast.cases.tests.test_hand_out import listed, organised
from bofast.domain.facts import DeedCode
from bofast.domain.findings import Part

pytestmark = pytest.mark.django_db
WHY = "Avtalt med husstanden"
ASKED = ["share_act_not_relied_on", "share_tenant_does_not_know"]


def handed(case: Case, cast: Cast, despite: str = "") -> list[str]:
    """Kari hands the case to Siv: what stands in the way."""
    found = work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite=despite)
    case.refresh_from_db()
    return [finding.code for finding in found]


def share(case: Case, team: Team | None, **more: object) -> Sharing:
    told = {"sender": "landlord", "receiver": "social_services", "basis": "provision", "parts": ["identity"]} | more
    return Sharing.objects.create(case=case, team=team, on=TODAY, **told)


def stands(shared: Sharing) -> bool:
    shared.refresh_from_db()
    return shared.ended_on is None


def test_to_another_side_it_waits_for_a_reason_in_writing(cast: Cast, case: Case) -> None:
    assert handed(case, cast) == ASKED
    assert (case.team, Sharing.objects.count()) == (outreach_team(), 0)
    assert handed(case, cast, WHY) == []
    assert (case.team, case.holder) == (social_services_team(), cast.siv)
    stored, event = Sharing.objects.get(), case.events.get(code=Event.Code.SHARED)
    assert (stored.sender, stored.receiver, stored.team, stored.basis) == (
        "outreach", "social_services", social_services_team(), "provision",
    )  # fmt: skip
    assert set(stored.parts) == set(Part) - {Part.AID, Part.HEALTH}
    assert (event.facts["despite"], event.note.text) == (ASKED, WHY)


def test_the_page_says_what_stands_in_the_way_and_asks_for_the_reason(cast: Cast, case: Case) -> None:
    kari, url, said = signed_in(cast.kari), f"/cases/{case.number}/hand_over/", {"to": cast.siv.acting.pk}
    assert 'name="despite"' not in text(kari, url)
    answer = kari.post(url, said)
    assert answer.status_code == 422
    assert 'name="despite"' in answer.content.decode()
    assert kari.post(url, said | {"despite": WHY}).status_code == 302


def test_against_a_reservation_no_reason_is_enough(cast: Cast, case: Case) -> None:
    recorded(case, DeedCode.OPT_OUT, date(2026, 11, 20), by=cast.kari)
    assert "opted_out" in handed(case, cast, WHY)
    assert (case.team, Sharing.objects.count()) == (outreach_team(), 0)


def test_where_the_law_settles_it_no_reason_is_asked(cast: Cast, case: Case) -> None:
    """Outreach that is part of the social services crosses no border; within one team nothing is asked either."""
    assert not work.hand_over(case_id=case.pk, to=cast.ola.acting, actor=cast.kari, today=TODAY)
    organised("social_services")
    vars(cast.kari).pop("viewer", None)
    assert handed(case, cast) == []
    assert not Sharing.objects.exists()


def test_back_from_the_social_services_it_is_ruled_on_too_and_they_see_it_no_more(cast: Cast, case: Case) -> None:
    handed(case, cast, WHY)
    back = {"case_id": case.pk, "to": cast.kari.acting, "actor": cast.siv, "today": TODAY}
    assert [finding.code for finding in work.hand_over(**back)] == ["share_own_task_2009", "share_outreach_not_placed"]
    assert work.hand_over(**back, despite=WHY) == []
    text(signed_in(cast.siv), f"/cases/{case.number}/", status=404)


def test_a_housing_agencys_team_gets_nothing_of_what_the_social_services_know(cast: Cast, case: Case) -> None:
    handed(case, cast, WHY)
    organised("housing_agency")
    vars(cast.siv).pop("viewer", None)
    found = work.hand_over(case_id=case.pk, to=cast.kari.acting, actor=cast.siv, today=TODAY, despite=WHY)
    assert [finding.code for finding in found] == ["share_secrecy_2009"]


def test_a_relapse_goes_to_outreach_and_not_to_the_office_that_had_the_household(cast: Cast, case: Case) -> None:
    handed(case, cast, WHY)
    sent.arrears_list("2026-11-24", {"K9": 1})
    sent.arrears_list("2026-11-27", {"K1": 1})
    assess(on=date(2026, 11, 27))
    back = Case.objects.get(relapse_of=case)
    assert back.team == outreach_team()
    assert back.holder != cast.siv


def test_who_left_the_team_does_not_get_the_household_again(cast: Cast, case: Case) -> None:
    Case.objects.update(holder=cast.ola)
    cast.ola.assignments.update(ended_on=TODAY)
    sent.arrears_list("2026-11-24", {"K9": 1})
    sent.arrears_list("2026-11-27", {"K1": 1})
    assess(on=date(2026, 11, 27))
    assert Case.objects.get(relapse_of=case).holder in (cast.kari, cast.ingrid)


def test_an_office_that_works_beside_the_team_is_not_told_of_to_who_may_not_know_of_aid(cast: Cast, case: Case) -> None:
    OrganisationSetting.objects.create(valid_from=date(2026, 1, 1), outreach="housing_agency", landlord="company")
    vars(cast.kari).pop("viewer", None)
    shared = share(case, social_services_team(), hand_out=handed_out(cast))
    told = [seer.who for seer in seers(case, cast.kari.viewer, TODAY)]
    people = set(may_yet_be_named(case, cast.kari.viewer))
    Case.objects.filter(pk=case.pk).update(partner_team=social_services_team())
    case = Case.objects.get(pk=case.pk)
    assert [seer.who for seer in seers(case, cast.kari.viewer, TODAY)] == told
    assert set(may_yet_be_named(case, cast.kari.viewer)) == people
    assert stands(shared)


def handed_out(cast: Cast) -> HandOut:
    """A list of another household, handed out to Siv's office."""
    plan = Plan(
        file=listed(date(2026, 11, 20), ["K5"]), districts=("Fana",), team=social_services_team(), told_on=TODAY
    )
    made = hand_out(plan=plan, because={}, actor=cast.turid, today=TODAY)
    assert made is not None
    return made


def test_closing_ends_every_share_save_with_a_team_that_has_the_case(cast: Cast, case: Case) -> None:
    made = handed_out(cast)
    listed_to = share(case, social_services_team(), hand_out=made)
    one_by_one = share(case, social_services_team("Fana"))
    whole = share(case, None, receiver="housing_benefit")
    kept = share(case, outreach_team(), receiver="outreach")
    assert not work.close_case(
        case_id=case.pk, outcome="plan", on=TODAY, actor=cast.kari, today=TODAY, despite="agreed on a plan"
    )
    assert [stands(each) for each in (listed_to, one_by_one, whole, kept)] == [False, False, False, True]
    text(signed_in(cast.siv), f"/cases/{case.number}/", status=404)


def test_a_reservation_ends_what_was_told_by_a_provision_and_says_so_once_for_each(cast: Cast, case: Case) -> None:
    made = handed_out(cast)
    ended = [share(case, social_services_team(), hand_out=made), share(case, social_services_team("Fana"))]
    kept = [
        share(case, social_services_team(), basis="consent"),
        share(case, None, receiver="housing_benefit"),
        share(case, outreach_team(), receiver="outreach"),
    ]
    recorded(case, DeedCode.OPT_OUT, date(2026, 11, 20), by=cast.kari)
    assert not any(map(stands, ended))
    assert all(map(stands, kept))
    told = case.events.filter(code=Event.Code.SHARING_ENDED)
    assert [event.facts["because"] for event in told] == ["opted_out", "opted_out"]


def test_what_was_handed_out_is_ended_by_hand_with_every_list_to_that_office(cast: Cast, case: Case) -> None:
    made = handed_out(cast)
    older, newest = (share(case, social_services_team(), hand_out=made) for _ in range(2))
    kari, url = signed_in(cast.kari), f"/cases/{case.number}/share/{newest.pk}/end/"
    assert url in text(kari, f"/cases/{case.number}/")
    assert kari.post(url).status_code == 302
    assert not stands(older)
    assert not stands(newest)
    text(signed_in(cast.siv), f"/cases/{case.number}/", status=404)
    with pytest.raises(Sharing.DoesNotExist):
        sharing.end(sharing_id=newest.pk, actor=cast.kari, today=TODAY)
