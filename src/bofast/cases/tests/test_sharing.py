"""Sharing one case with another agency: what the rules say is shown first; then it goes, waits for a reason, or not."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from bofast.access.models import AccessEntry, OrganisationSetting, Team
from bofast.access.tests.cast import Cast, social_services_team
from bofast.cases.actions import consents, work
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case, Decision, Event, HelpRequest, Representative, Sharing
from bofast.cases.queries import reach
from bofast.cases.queries.worklist import items, worklist
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, households, recorded, signed_in, text
from bofast.domain.consents import text_on
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.findings import Outcome, Part, finding

pytestmark = pytest.mark.django_db
BENEFIT = {"receiver": "housing_benefit", "parts": ["money"]}
REASON = {"despite": "forvaltningsloven § 13 b nr. 5: they need it for the application"}


def agreed(case: Case, cast: Cast, code: str) -> None:
    said = text_on(code, TODAY)
    assert said
    consents.give(case_id=case.pk, text=said, on=date(2026, 11, 20), given_by="tenant", actor=cast.kari)


def ask(client: Client, case: Case, said: dict[str, Any], status: int = 422) -> tuple[str, str]:
    """What the page says of the choice, and the mark that confirms it; nothing has been shared."""
    answer = client.post(f"/cases/{case.number}/share/", said)
    assert answer.status_code == status
    assert not Sharing.objects.filter(case=case, ended_on__isnull=True).exists()
    return answer.content.decode(), answer.context.get("choice", "")


def share(client: Client, case: Case, said: dict[str, Any]) -> Sharing:
    _page, seen = ask(client, case, said, 200)
    assert client.post(f"/cases/{case.number}/share/", said | {"seen": seen}).status_code == 302
    return Sharing.objects.get(case=case, ended_on__isnull=True)


def test_by_consent_it_is_shared_with_the_ground_shown_first(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    kari = signed_in(cast.kari)
    page, _seen = ask(kari, case, BENEFIT, 200)
    assert "It rests on the consent given on 20 November 2026." in page
    found = share(kari, case, BENEFIT)
    assert (found.sender, found.receiver, found.basis) == ("outreach", "housing_benefit", "consent")
    assert found.parts == ["identity", "money"]
    assert found.consent and found.by == cast.kari
    event = case.events.get(code=Event.Code.SHARED)
    assert event.facts == {
        "receiver": "housing_benefit", "parts": ["identity", "money"], "basis": "consent", "team": None,
    }  # fmt: skip


def test_that_it_went_stands_in_the_access_log_without_a_word_of_the_person(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    share(signed_in(cast.kari), case, BENEFIT)
    entry = AccessEntry.objects.get(action="export")
    assert (entry.user, entry.object_id, entry.detail) == (
        cast.kari, case.number, "shared with housing_benefit: identity, money",
    )  # fmt: skip


def test_what_the_law_does_not_settle_waits_for_a_reason_in_writing(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    page, seen = ask(kari, case, BENEFIT)
    assert "The rules do not settle this" in page
    assert 'name="despite"' in page
    ask(kari, case, BENEFIT | {"seen": seen})
    assert kari.post(f"/cases/{case.number}/share/", BENEFIT | REASON | {"seen": seen}).status_code == 302
    found, event = Sharing.objects.get(), case.events.get(code=Event.Code.SHARED)
    assert (found.basis, found.consent) == ("provision", None)
    assert event.facts["despite"] == ["share_task_of_sender"]
    assert event.note.text == REASON["despite"]


def test_a_reason_does_not_go_past_a_ruling_nobody_has_seen(cast: Cast, case: Case) -> None:
    page, _seen = ask(signed_in(cast.kari), case, BENEFIT | REASON)
    assert "Nothing has been shared yet." in page


def test_a_choice_that_was_changed_is_ruled_on_anew(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    kari = signed_in(cast.kari)
    _page, seen = ask(kari, case, BENEFIT, 200)
    ask(kari, case, BENEFIT | {"parts": ["money", "household"], "seen": seen}, 200)
    ask(kari, case, BENEFIT | {"receiver": "debt_advice", "seen": seen})


def test_what_may_not_go_is_refused_with_every_reason_and_nothing_is_recorded(cast: Cast, case: Case) -> None:
    recorded(case, DeedCode.OPT_OUT, date(2026, 11, 20), by=cast.kari)
    kari = signed_in(cast.kari)
    team = f"social_services:{social_services_team().pk}"
    said = {"receiver": team, "parts": ["money", "aid"]} | REASON
    page, seen = ask(kari, case, said)
    assert "This may not be shared" in page
    assert "opted out" in page
    assert 'name="despite"' not in page
    ask(kari, case, said | {"seen": seen or "anything"})
    assert Event.Code.SHARED not in [event.code for event in case.events.all()]


def test_health_goes_by_a_consent_that_names_it_and_by_nothing_else(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    said = {"receiver": f"social_services:{social_services_team().pk}", "parts": ["health"]}
    answer = kari.post(f"/cases/{case.number}/share/", said)
    assert answer.status_code == 422  # outreach does not see health in its own work, so it has none to share
    assert not Sharing.objects.exists()


@pytest.mark.parametrize(
    ("receiver", "part"), [("housing_benefit", "help"), ("housing_benefit", "procedure"), ("debt_advice", "aid")]
)
def test_nobody_is_shown_more_than_their_work_can_need(cast: Cast, case: Case, receiver: str, part: str) -> None:
    page, _seen = ask(signed_in(cast.kari), case, {"receiver": receiver, "parts": [part]} | REASON)
    assert "They do not need to know this" in page


def test_no_receiver_is_chosen_before_the_sharer_chooses(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    answer = kari.get(f"/cases/{case.number}/share/")
    assert answer.context["form"].fields["receiver"].choices[0] == ("", "Velg")
    answer = kari.post(f"/cases/{case.number}/share/", {"receiver": "", "parts": ["money"]})
    assert answer.status_code == 422
    assert "receiver" in answer.context["form"].errors
    assert not case.sharings.exists()


@pytest.mark.parametrize("receiver", ["landlord", "collector", "steering", "outreach", "housing_benefit:999"])
def test_only_those_who_help_are_shared_with(cast: Cast, case: Case, receiver: str) -> None:
    ask(signed_in(cast.kari), case, {"receiver": receiver, "parts": ["money"]})


def test_hanne_sees_the_case_on_her_list_with_exactly_those_parts(cast: Cast, case: Case) -> None:
    hanne = signed_in(cast.hanne)
    assert "Nothing is shared with us now" in text(hanne, "/")
    text(hanne, f"/cases/{case.number}/", status=404)
    agreed(case, cast, "case_to_benefit")
    share(signed_in(cast.kari), case, BENEFIT)
    assert "Tenant K1" in text(hanne, "/")
    viewer = reach.before(case, cast.hanne.viewer)
    assert viewer.parts == {Part.IDENTITY, Part.MONEY}
    page = text(hanne, f"/cases/{case.number}/")
    assert "Shared with us" in page
    assert "From Outreach team, 23 November 2026" in page
    assert "It rests on the consent given on 20 November 2026." in page
    assert "Who gets to see what" not in page


def test_another_case_of_the_same_team_stays_unknown_to_hanne(cast: Cast) -> None:
    case, other = households("K1", "K2")
    agreed(case, cast, "case_to_benefit")
    share(signed_in(cast.kari), case, BENEFIT)
    text(signed_in(cast.hanne), f"/cases/{other.number}/", status=404)
    assert [item.case for item in items(list(worklist(cast.hanne.viewer, TODAY)), cast.hanne.viewer)] == [case]


def test_her_list_tells_nothing_of_parts_that_were_not_shared(cast: Cast, case: Case) -> None:
    agreed(case, cast, "benefit_transport")
    work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    share(signed_in(cast.siv), case, {"receiver": "housing_benefit", "parts": ["aid"]})
    (item,) = items(list(worklist(cast.hanne.viewer, TODAY)), cast.hanne.viewer)
    assert (item.outstanding, item.stage, item.months, item.children, item.deadline) == (None,) * 5
    assert item.reasons == ()
    page = text(signed_in(cast.hanne), "/?sort=arrears&show=eviction&stage=evicted")
    assert "Tenant K1" in page
    assert 'id="sort-' not in page
    assert 'name="stage"' not in page


def test_the_order_of_her_list_is_not_the_order_of_danger(cast: Cast) -> None:
    shown = households("K1", "K2", "K3")
    sent.arrears_list("2026-11-22", {"K1": 1, "K2": 2, "K3": 5})
    assess(on=TODAY)
    for case in shown:
        agreed(case, cast, "case_to_benefit")
        Sharing.objects.create(
            case=case, sender="outreach", receiver="housing_benefit", parts=["identity"], basis="consent", on=TODAY
        )
    assert [case.tenancy.contract_no for case in worklist(cast.hanne.viewer, TODAY)] == ["K1", "K2", "K3"]
    assert next(case.tenancy.contract_no for case in worklist(cast.kari.viewer, TODAY)) == "K3"


def test_didrik_gets_what_debt_advice_needs(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_debt_advice")
    share(signed_in(cast.kari), case, {"receiver": "debt_advice", "parts": ["money", "procedure", "household"]})
    assert reach.before(case, cast.didrik.viewer).parts == {
        Part.IDENTITY, Part.MONEY, Part.PROCEDURE, Part.HOUSEHOLD,
    }  # fmt: skip
    assert "Tenant K1" in text(signed_in(cast.didrik), "/")


def test_an_office_sees_what_was_shared_under_a_heading_of_its_own(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_social_services")
    team = social_services_team()
    share(signed_in(cast.kari), case, {"receiver": f"social_services:{team.pk}", "parts": ["money"]})
    siv = signed_in(cast.siv)
    assert "Tenant K1" not in text(siv, "/")
    assert "Tenant K1" in text(siv, "/?whose=shared")
    assert reach.before(case, cast.siv.viewer).parts == {Part.IDENTITY, Part.MONEY}
    text(siv, f"/cases/{case.number}/write_note/", status=403)


def test_a_team_that_was_not_chosen_sees_nothing(cast: Cast, case: Case) -> None:
    other = Team.objects.create(name="Sosialtjenesten Fana", agency="social_services", district="Fana")
    agreed(case, cast, "case_to_social_services")
    share(signed_in(cast.kari), case, {"receiver": f"social_services:{other.pk}", "parts": ["money"]})
    text(signed_in(cast.siv), f"/cases/{case.number}/", status=404)


def test_sharing_is_ended_by_hand_and_told(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    kari = signed_in(cast.kari)
    found = share(kari, case, BENEFIT)
    url = f"/cases/{case.number}/share/{found.pk}/end/"
    assert url in text(kari, f"/cases/{case.number}/")
    assert kari.post(url).status_code == 302
    assert kari.post(url).status_code == 404
    assert case.events.get(code=Event.Code.SHARING_ENDED).facts["because"] == "hand"
    text(signed_in(cast.hanne), f"/cases/{case.number}/", status=404)


def test_closing_the_case_ends_what_was_shared_with_those_it_was_referred_to(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    share(signed_in(cast.kari), case, BENEFIT)
    said: dict[str, Any] = {"outcome": "plan", "on": TODAY, "despite": "agreed on a plan"}
    assert not work.close_case(case_id=case.pk, actor=cast.kari, today=TODAY, **said)
    assert case.events.get(code=Event.Code.SHARING_ENDED).facts["because"] == "closed"
    text(signed_in(cast.hanne), f"/cases/{case.number}/", status=404)


def test_a_case_closed_by_the_households_return_ends_it_too(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    share(signed_in(cast.kari), case, BENEFIT)
    sent.arrears_list("2026-11-24", {"K9": 1})
    sent.arrears_list("2026-11-27", {"K1": 1})
    assess(on=date(2026, 11, 27))
    assert Sharing.objects.get(case=case).ended_on == date(2026, 11, 27)


def test_the_same_again_is_recorded_once(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    kari = signed_in(cast.kari)
    _page, seen = ask(kari, case, BENEFIT, 200)
    for _click in range(2):
        assert kari.post(f"/cases/{case.number}/share/", BENEFIT | {"seen": seen}).status_code == 302
    assert Sharing.objects.count() == 1


def test_who_gets_to_see_what_names_every_agency(cast: Cast, case: Case) -> None:
    agreed(case, cast, "case_to_benefit")
    kari = signed_in(cast.kari)
    share(kari, case, BENEFIT)
    seers = kari.get(f"/cases/{case.number}/").context["seers"]
    assert [seer.who for seer in seers] == ["Outreach team", "Landlord", "Collector", "Housing benefit office"]
    assert [bool(seer.neutral) for seer in seers] == [False, True, True, False]
    assert seers[3].since == TODAY
    assert "Health, where a consent names it" not in {part for seer in seers for part in seer.parts}


def test_a_joint_case_names_both_teams(cast: Cast, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(partner_team=social_services_team())
    seers = signed_in(cast.kari).get(f"/cases/{case.number}/").context["seers"]
    assert "Sosialtjenesten Årstad" in [seer.who for seer in seers]


@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_learns_nothing_of_sharing(cast: Cast, case: Case, who: str) -> None:
    client = signed_in(getattr(cast, who))
    before = text(client, f"/cases/{case.number}/").replace(csrf(client), "")
    agreed(case, cast, "case_to_benefit")
    share(signed_in(cast.kari), case, BENEFIT)
    page = text(client, f"/cases/{case.number}/").replace(csrf(client), "")
    assert len(page) == len(before)
    text(client, f"/cases/{case.number}/share/", status=403)


def csrf(client: Client) -> str:
    return client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""


def test_that_a_consent_is_weak_is_not_told_to_a_team_that_may_not_know_of_aid(cast: Cast, case: Case) -> None:
    said = text_on("case_to_social_services", TODAY)
    assert said
    consents.give(
        case_id=case.pk, text=said, on=date(2026, 11, 20), given_by="tenant", actor=cast.kari,
        asked=frozenset({Agency.SOCIAL_SERVICES}),
    )  # fmt: skip
    assert "is not quite free to say no" in text(signed_in(cast.kari), f"/cases/{case.number}/")
    OrganisationSetting.objects.create(valid_from=date(2026, 1, 1), outreach="housing_agency", landlord="company")
    cast.kari.__dict__.pop("viewer", None)
    assert "is not quite free to say no" not in text(signed_in(cast.kari), f"/cases/{case.number}/")


def test_the_page_asks_the_database_the_same_however_much_is_shared(
    cast: Cast, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kari = signed_in(cast.kari)
    for n in range(5):
        agreed(case, cast, "case_to_benefit")
        Representative.objects.create(
            tenancy=case.tenancy, kind="guardian", name=f"Verge {n}", scope="alt", since=TODAY, recorded_by=cast.kari
        )
        Decision.objects.create(case=case, provision="§ 41", outcome="granted", decided_on=TODAY, decided_by=cast.siv)
        HelpRequest.objects.create(case=case, received_on=TODAY, answer_by=TODAY, received_by=cast.kari)
        Sharing.objects.create(
            case=case, sender="outreach", receiver="housing_benefit", parts=["identity"], basis="provision", on=TODAY,
            by=cast.kari, findings=[finding("share_task_of_sender", outcome=Outcome.UNCLEAR).as_json()],
        )  # fmt: skip
    with django_assert_max_num_queries(26):
        text(kari, f"/cases/{case.number}/")
