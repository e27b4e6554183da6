"""Recording a step, and the other work on a case: what bars it is said in full, and nothing is recorded past it."""

from datetime import date

import pytest
from django.test import Client

from bofast.access.tests.cast import Cast
from bofast.cases.models import Case
from bofast.cases.tests.factories import FULL, TODAY, recorded, signed_in, text
from bofast.domain.facts import DeedCode

pytestmark = pytest.mark.django_db
NOTICE = {"on": "2026-11-20", "channel": "paper", "content": ["will_petition", "avoided_by_payment"], "ground": "a"}


def post(client: Client, case: Case, path: str, data: dict[str, object], status: int) -> str:
    url = f"/cases/{case.number}/{path}"
    answer = client.post(url, data)
    assert answer.status_code == status
    return answer.content.decode()


def codes(case: Case) -> list[str]:
    return [event.code for event in case.events.filter(actor__isnull=False)]


def test_first_the_kind_is_chosen_among_those_the_agency_records(cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.arne), f"/cases/{case.number}/step/")
    assert "?step=petition" in page
    assert "?step=contact" not in page
    assert "?step=reminder" not in page


def test_the_steps_stand_under_headings_and_a_heading_without_any_is_left_out(cast: Cast, case: Case) -> None:
    headings = {
        who: [heading for heading, _steps in signed_in(who).get(f"/cases/{case.number}/step/").context["choices"]]
        for who in (cast.kari, cast.arne)
    }
    assert headings[cast.kari] == [
        "Contact", "Letters and notices", "Petition and eviction", "The end", "Opt-out and deposit",
    ]  # fmt: skip
    assert headings[cast.arne] == ["Letters and notices", "Petition and eviction"]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("date_set", "Day the enforcement officer set it"),
        ("opt_out", "Who opted out?"),
        ("opt_out_ended", "Who took it back?"),
        ("notice", "Day it was done"),
    ],
)
def test_the_form_asks_in_the_words_of_the_step(cast: Cast, case: Case, kind: str, asked: str) -> None:
    assert asked in text(signed_in(cast.kari), f"/cases/{case.number}/step/?step={kind}")


def test_choices_begin_with_a_capital_letter(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    for path, chosen in (("close/", "Paid by themselves"), ("step/?step=opt_out", "The tenant")):
        assert chosen in text(kari, f"/cases/{case.number}/{path}")


def test_only_the_details_of_the_kind_are_asked_for(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    notice, contact = (text(kari, f"/cases/{case.number}/step/?step={kind}") for kind in ("notice", "contact"))
    assert 'name="content"' in notice
    assert 'name="scheduled_on"' not in notice
    assert 'name="content"' not in contact
    assert 'name="words"' in contact


def test_a_notice_is_recorded_with_what_it_says(cast: Cast, case: Case) -> None:
    post(signed_in(cast.turid), case, "step/?step=notice", NOTICE, 302)
    event = case.events.get(code="notice")
    assert (event.on, event.actor) == (date(2026, 11, 20), cast.turid)
    assert event.facts["content"] == ["avoided_by_payment", "will_petition"]


def test_a_petition_without_notice_is_refused_with_every_reason(cast: Cast, case: Case) -> None:
    page = post(signed_in(cast.arne), case, "step/?step=petition", {"on": "2026-11-20", "ground": "a"}, 422)
    assert "No written notice that eviction will be petitioned has been sent." in page
    assert "§ 4-18" in page
    assert "The social services have not been told" in page
    assert 'name="despite"' not in page
    assert codes(case) == []


def test_no_reason_passes_a_hard_obstacle(cast: Cast, case: Case) -> None:
    said = {"on": "2026-11-20", "ground": "a", "despite": "because I say so"}
    post(signed_in(cast.arne), case, "step/?step=petition", said, 422)
    assert codes(case) == []


def test_a_soft_obstacle_gives_way_to_a_written_reason(cast: Cast, case: Case) -> None:
    recorded(case, DeedCode.NOTICE, date(2026, 11, 2), by=cast.turid, content=FULL)
    arne, said = signed_in(cast.arne), {"on": "2026-11-20", "ground": "a"}
    page = post(arne, case, "step/?step=petition", said, 422)
    assert 'name="despite"' in page
    assert codes(case) == ["notice"]
    post(arne, case, "step/?step=petition", said | {"despite": "the office was told by phone"}, 302)
    event = case.events.get(code="petition")
    assert event.facts["despite"] == ["social_notice_not_sent"]
    assert event.note.text == "the office was told by phone"


def test_a_talk_is_recorded_with_how_it_came_about_and_only_those_who_help_read_it(cast: Cast, case: Case) -> None:
    page = post(signed_in(cast.kari), case, "step/?step=contact", {"on": "2026-11-20"}, 422)
    assert "This field is required." in page
    post(signed_in(cast.kari), case, "step/?step=contact", {"on": "2026-11-20", "contact_by": "home_visit"}, 302)
    assert case.events.get(code="contact").facts["contact_by"] == "home_visit"
    assert "On a home visit" in text(signed_in(cast.ola), f"/cases/{case.number}/")
    for who in (cast.turid, cast.arne):
        assert "On a home visit" not in text(signed_in(who), f"/cases/{case.number}/")


@pytest.mark.parametrize(("outcome", "kept"), [("moved", "family"), ("paid", None)])
def test_where_a_household_went_is_kept_only_when_it_moved(
    cast: Cast, case: Case, outcome: str, kept: str | None
) -> None:
    said = {"outcome": outcome, "moved_to": "family", "on": "2026-11-20", "despite": "avtalt"}
    post(signed_in(cast.kari), case, "close/", said, 302)
    assert case.events.get(code="closure").facts.get("moved_to") == kept
    assert ("With family or friends" in text(signed_in(cast.ola), f"/cases/{case.number}/")) is bool(kept)
    assert "With family or friends" not in text(signed_in(cast.turid), f"/cases/{case.number}/")


def test_a_step_is_not_recorded_before_it_is_done(cast: Cast, case: Case) -> None:
    page = post(signed_in(cast.kari), case, "step/?step=contact", {"on": "2026-11-24"}, 422)
    assert "The day has not come yet. Record it when it is done." in page
    assert codes(case) == []


def test_another_agencys_step_is_refused_with_the_reason(cast: Cast, case: Case) -> None:
    page = post(signed_in(cast.turid), case, "step/?step=petition", {"on": "2026-11-20", "ground": "a"}, 403)
    assert "This step is recorded by another agency." in page
    assert codes(case) == []


@pytest.mark.parametrize("verb", ["write_note", "hand_over", "set_review", "add_task", "close"])
@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_work_of_helping_is_not_the_landlords(cast: Cast, case: Case, who: str, verb: str) -> None:
    text(signed_in(getattr(cast, who)), f"/cases/{case.number}/{verb}/", status=403)


def test_a_note_is_written_and_read_by_the_team(cast: Cast, case: Case) -> None:
    post(signed_in(cast.kari), case, "write_note/", {"words": "Rang, ingen svarte"}, 302)
    assert "Rang, ingen svarte" in text(signed_in(cast.ola), f"/cases/{case.number}/")


def test_a_case_is_handed_over_and_the_new_holder_sees_it(cast: Cast, case: Case) -> None:
    text(signed_in(cast.siv), f"/cases/{case.number}/", status=404)
    post(signed_in(cast.kari), case, "hand_over/", {"to": cast.siv.seats[0].pk, "despite": "avtalt"}, 302)
    assert "Case handed over" in text(signed_in(cast.siv), f"/cases/{case.number}/")


def test_the_page_says_what_handing_over_does(cast: Cast, case: Case) -> None:
    assert "becomes responsible for the case" in text(signed_in(cast.kari), f"/cases/{case.number}/hand_over/")


@pytest.mark.parametrize("to", ["turid", "geir", "charlie"])
def test_a_case_is_not_handed_to_somebody_outside_the_helping_teams(cast: Cast, case: Case, to: str) -> None:
    holder = case.holder
    seats = getattr(cast, to).seats
    post(signed_in(cast.kari), case, "hand_over/", {"to": seats[0].pk if seats else 0}, 422)
    case.refresh_from_db()
    assert case.holder == holder


def test_siv_hands_a_case_back_and_is_led_to_her_list(cast: Cast, case: Case) -> None:
    post(signed_in(cast.kari), case, "hand_over/", {"to": cast.siv.seats[0].pk, "despite": "avtalt"}, 302)
    answer = signed_in(cast.siv).post(
        f"/cases/{case.number}/hand_over/", {"to": cast.kari.seats[0].pk, "despite": "avtalt"}
    )
    assert answer.headers["Location"] == "/"


def test_a_review_day_lies_ahead(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    assert "Choose today or a later day." in post(kari, case, "set_review/", {"on": "2026-11-22"}, 422)
    post(kari, case, "set_review/", {"on": "2026-12-07", "words": "venter på svar"}, 302)
    case.refresh_from_db()
    assert case.review_on == date(2026, 12, 7)


def test_closing_with_arrears_asks_why_and_then_closes(cast: Cast, case: Case) -> None:
    kari, said = signed_in(cast.kari), {"outcome": "covered", "on": "2026-11-23"}
    page = post(kari, case, "close/", said, 422)
    assert "is still owed. Write why the case is closed." in page
    post(kari, case, "close/", said | {"despite": "lån fra sosialtjenesten"}, 302)
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (TODAY, "covered")


def test_a_deposit_is_written_in_kroner(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    page = post(kari, case, "step/?step=deposit", {"on": "2026-11-20", "amount": "mye"}, 422)
    assert "Write the amount in kroner" in page
    post(kari, case, "step/?step=deposit", {"on": "2026-11-20", "amount": "4 500,50"}, 302)
    assert case.events.get(code="deposit").facts["amount"] == 450_050


def test_a_task_for_the_landlord_stands_on_the_landlords_page(cast: Cast, case: Case) -> None:
    said = {"words": "Send the lease", "on": "2026-11-30", "agency": "landlord"}
    post(signed_in(cast.kari), case, "add_task/", said, 302)
    assert "Send the lease" in text(signed_in(cast.turid), f"/cases/{case.number}/")
    assert "Send the lease" not in text(signed_in(cast.arne), f"/cases/{case.number}/")
