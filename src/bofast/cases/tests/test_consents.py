"""A household agrees to sharing by a text that is chosen, takes it back, and reserves: who records it, what follows."""

from datetime import date

import pytest

from bofast.access.need_to_know import CEILING
from bofast.access.tests.cast import Cast
from bofast.cases.actions import consents, decisions, sharing, work
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case, Consent, Event, Sharing
from bofast.cases.queries.facts import facts_for
from bofast.cases.queries.sharing import Wish, row_facts
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, household, recorded, signed_in, text
from bofast.domain.consents import ConsentText, consent_texts, text_on, texts_on
from bofast.domain.facts import Agency, Channel, DeedCode
from bofast.domain.findings import Part

pytestmark = pytest.mark.django_db
GIVEN = {"on": "2026-11-20", "given_by": "tenant"}


def of(code: str) -> ConsentText:
    found = text_on(code, TODAY)
    assert found
    return found


def agreed(case: Case, cast: Cast, code: str = "case_to_benefit", **more: object) -> Consent:
    said = {"on": date(2026, 11, 20), "given_by": "tenant"} | more
    return consents.give(case_id=case.pk, text=of(code), actor=cast.kari, **said)  # type: ignore[arg-type]


def shared(case: Case, cast: Cast) -> Sharing:
    wish = Wish(receiver=Agency.HOUSING_BENEFIT, team=None, parts=frozenset({Part.IDENTITY, Part.MONEY}))
    assert not sharing.share(case_id=case.pk, wish=wish, actor=cast.kari, today=TODAY)
    return Sharing.objects.latest("pk")


def codes(case: Case) -> list[str]:
    return [event.code for event in case.events.filter(actor__isnull=False)]


@pytest.mark.parametrize("key", consent_texts())
def test_no_text_asks_for_more_than_its_receivers_may_ever_be_shown(key: str) -> None:
    said = consent_texts()[key]
    for receiver in said.receivers:
        assert said.parts <= CEILING[receiver], f"{key} to {receiver}"


@pytest.mark.parametrize("key", consent_texts())
def test_every_text_says_in_three_languages_that_it_can_be_taken_back(key: str) -> None:
    said = consent_texts()[key]
    for language, word in {"nb": "trekke samtykket", "nn": "trekkje samtykket", "en": "withdraw this consent"}.items():
        assert said.title[language]
        assert word in said.body[language]


@pytest.mark.parametrize("day", [date(2006, 11, 22), date(2008, 11, 22), date(2018, 7, 19), date(2026, 11, 22)])
def test_on_every_day_there_is_one_version_of_a_text_at_most(day: date) -> None:
    found = [said.code for said in texts_on(day)]
    assert found
    assert len(found) == len(set(found))


def test_the_text_of_the_day_it_was_given_is_the_one_agreed_to() -> None:
    versions = [text_on("benefit_transport", day) for day in (date(2008, 1, 2), date(2018, 7, 19), date(2018, 7, 20))]
    assert [said.version for said in versions if said] == [1, 1, 2]
    assert text_on("case_to_benefit", date(2008, 1, 2)) is None


def test_a_consent_is_chosen_and_recorded_with_its_version_parties_and_parts(cast: Cast, case: Case) -> None:
    kari, url = signed_in(cast.kari), f"/cases/{case.number}/consent/"
    assert "?text=case_to_benefit" in text(kari, url)
    assert "I agree that the outreach team shares" in text(kari, f"{url}?text=case_to_benefit")
    assert kari.post(f"{url}?text=case_to_benefit", GIVEN).status_code == 302
    consent = Consent.objects.get()
    assert (consent.text_version, consent.sender, consent.receivers) == (
        "case_to_benefit/2", "outreach", ["housing_benefit"],
    )  # fmt: skip
    assert consent.parts == ["household", "identity", "money"]
    assert (consent.given_on, consent.given_by, consent.weak) == (date(2026, 11, 20), "tenant", False)
    assert codes(case) == [Event.Code.CONSENT]


def test_parts_cannot_be_typed(cast: Cast, case: Case) -> None:
    said = GIVEN | {"parts": ["health", "aid"], "receivers": ["landlord"], "weak": ""}
    signed_in(cast.kari).post(f"/cases/{case.number}/consent/?text=case_to_benefit", said)
    assert Consent.objects.get().parts == ["household", "identity", "money"]


@pytest.mark.parametrize(
    ("day", "fault"),
    [("2026-11-24", "The day has not come yet"), ("2010-05-05", "This text was not in use on that day.")],
)
def test_a_text_is_not_agreed_to_on_a_day_it_was_not_in_use(cast: Cast, case: Case, day: str, fault: str) -> None:
    answer = signed_in(cast.kari).post(f"/cases/{case.number}/consent/?text=case_to_benefit", GIVEN | {"on": day})
    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_text_nobody_wrote_is_not_found(cast: Cast, case: Case) -> None:
    text(signed_in(cast.kari), f"/cases/{case.number}/consent/?text=everything", status=404)


def test_consent_is_weak_where_the_household_says_it_waits_for_help_from_the_receiver(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    kari.post(f"/cases/{case.number}/consent/?text=case_to_benefit", GIVEN | {"asked": ["housing_benefit"]})
    assert Consent.objects.get().weak
    assert "is not quite free to say no" in text(kari, f"/cases/{case.number}/")


def test_consent_is_weak_where_the_receiver_has_been_asked_for_help_here(cast: Cast, case: Case) -> None:
    before = agreed(case, cast, "answer_to_team")
    decisions.request_help(case_id=case.pk, received_on=date(2026, 11, 16), actor=cast.kari, today=TODAY)
    assert not before.weak
    assert agreed(case, cast, "answer_to_team").weak
    assert not agreed(case, cast, "case_to_debt_advice").weak


def test_a_withdrawn_consent_ends_everything_that_rests_on_it_at_once(cast: Cast, case: Case) -> None:
    consent = agreed(case, cast)
    share = shared(case, cast)
    assert share.consent == consent
    hanne = signed_in(cast.hanne)
    text(hanne, f"/cases/{case.number}/")
    answer = signed_in(cast.kari).post(f"/cases/{case.number}/withdraw_consent/{consent.pk}/", {"on": "2026-11-23"})
    assert answer.status_code == 302
    consent.refresh_from_db()
    share.refresh_from_db()
    assert (consent.withdrawn_on, share.ended_on) == (TODAY, TODAY)
    assert codes(case)[-2:] == [Event.Code.CONSENT_WITHDRAWN, Event.Code.SHARING_ENDED]
    text(hanne, f"/cases/{case.number}/", status=404)


def test_a_consent_is_withdrawn_once_and_not_before_it_was_given(cast: Cast, case: Case) -> None:
    consent, kari = agreed(case, cast), signed_in(cast.kari)
    url = f"/cases/{case.number}/withdraw_consent/{consent.pk}/"
    assert kari.post(url, {"on": "2026-11-19"}).status_code == 422
    assert kari.post(url, {"on": "2026-11-21"}).status_code == 302
    assert kari.post(url, {"on": "2026-11-22"}).status_code == 404


def test_another_households_consent_is_not_found_on_this_case(cast: Cast, case: Case) -> None:
    consent = agreed(household("K2"), cast)
    url = f"/cases/{case.number}/withdraw_consent/{consent.pk}/"
    assert signed_in(cast.kari).post(url, {"on": "2026-11-23"}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("turid", 403), ("arne", 403), ("siv", 404), ("hanne", 404)])
def test_only_those_who_work_on_the_case_record_consents(cast: Cast, case: Case, who: str, status: int) -> None:
    text(signed_in(getattr(cast, who)), f"/cases/{case.number}/consent/", status=status)


def opted_out_on(case: Case, on: date = TODAY) -> date | None:
    facts = facts_for([case], on)[case.tenancy_id]
    assert row_facts(facts, None, ()).opted_out_on == facts.opted_out_on
    return facts.opted_out_on


def test_an_opt_out_is_recorded_with_who_when_and_that_it_is_in_writing(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    assert "?step=opt_out" in text(kari, f"/cases/{case.number}/")
    said = {"on": "2026-11-20", "channel": "electronic", "given_by": "guardian"}
    assert kari.post(f"/cases/{case.number}/step/?step=opt_out", said).status_code == 302
    event = case.events.get(code="opt_out")
    assert (event.on, event.facts["given_by"]) == (date(2026, 11, 20), "guardian")
    assert event.facts["channel"] == Channel.ELECTRONIC
    page = text(kari, f"/cases/{case.number}/")
    assert "The tenant has opted out of notice to the social services, 20 November 2026." in page
    assert "The guardian" in page
    assert opted_out_on(case) == date(2026, 11, 20)


def test_the_landlord_learns_of_the_opt_out_but_not_who_spoke(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    said = {"on": "2026-11-20", "channel": "paper", "given_by": "guardian"}
    kari.post(f"/cases/{case.number}/step/?step=opt_out", said)
    page = text(signed_in(cast.turid), f"/cases/{case.number}/")
    assert "Tenant opted out of notice to the social services" in page
    assert "The guardian" not in page


def test_an_opt_out_bars_the_notice_until_it_is_taken_back(cast: Cast, case: Case) -> None:
    turid, notice = signed_in(cast.turid), {"on": "2026-11-23", "ground": "a"}
    url = f"/cases/{case.number}/step/?step=social_notice"
    recorded(case, DeedCode.OPT_OUT, date(2026, 11, 20), by=cast.kari)
    assert turid.post(url, notice).status_code == 422
    taken_back = {"on": "2026-11-21", "given_by": "tenant"}
    assert signed_in(cast.kari).post(f"/cases/{case.number}/step/?step=opt_out_ended", taken_back).status_code == 302
    assert opted_out_on(case) is None
    assert opted_out_on(case, date(2026, 11, 20)) == date(2026, 11, 20)
    assert turid.post(url, notice).status_code == 302


@pytest.mark.parametrize(
    ("deeds", "stands_from"),
    [
        ([("opt_out", 2)], 2),
        ([("opt_out", 2), ("opt_out_ended", 5)], None),
        ([("opt_out", 2), ("opt_out_ended", 2)], None),
        ([("opt_out_ended", 5), ("opt_out", 2)], None),
        ([("opt_out", 2), ("opt_out_ended", 5), ("opt_out", 6)], 6),
        ([("opt_out_ended", 5)], None),
    ],
)
def test_the_newest_word_on_the_opt_out_stands(
    cast: Cast, case: Case, deeds: list[tuple[str, int]], stands_from: int | None
) -> None:
    for code, day in deeds:
        recorded(case, DeedCode(code), date(2026, 11, day), by=cast.kari)
    assert opted_out_on(case) == (date(2026, 11, stands_from) if stands_from else None)


@pytest.mark.parametrize(("taken_back", "stands"), [(False, True), (True, False)])
def test_both_the_opt_out_and_its_end_come_along_when_a_household_is_back(
    cast: Cast, case: Case, taken_back: bool, stands: bool
) -> None:
    recorded(case, DeedCode.OPT_OUT, date(2026, 11, 20), by=cast.kari)
    if taken_back:
        recorded(case, DeedCode.OPT_OUT_ENDED, date(2026, 11, 21), by=cast.kari)
    sent.arrears_list("2026-11-24", {"K9": 1})
    sent.arrears_list("2026-11-27", {"K1": 1})
    assess(on=date(2026, 11, 27))
    back = Case.objects.get(relapse_of=case)
    assert (opted_out_on(back, date(2026, 11, 27)) is not None) is stands


def test_siv_records_an_opt_out_on_a_case_her_team_has(cast: Cast, case: Case) -> None:
    work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    said = {"on": "2026-11-20", "channel": "paper", "given_by": "tenant"}
    assert signed_in(cast.siv).post(f"/cases/{case.number}/step/?step=opt_out", said).status_code == 302
