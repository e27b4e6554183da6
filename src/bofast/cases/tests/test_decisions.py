"""Requests for help and decisions: registered as people made them, asked for until they are, seen by who may know."""

from datetime import date

import pytest

from bofast.access.tests.cast import Cast
from bofast.cases.actions import decisions, work
from bofast.cases.actions.assess import assess
from bofast.cases.actions.erasing import erase_words
from bofast.cases.models import Case, Decision, DecisionWords, Event, HelpRequest, Sharing
from bofast.cases.queries.worklist import items, worklist
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, household, signed_in, text

pytestmark = pytest.mark.django_db
D = date
DECISION = {
    "outcome": "refused", "content": "Søknaden er avslått", "reasons": "Husstanden har funnet en løsning selv",
    "complaint_text": "Klag til oss innen fristen", "decided_on": "2026-11-20", "told_on": "2026-11-21",
    "complain_by": "2026-12-14",
}  # fmt: skip


@pytest.fixture
def asked(cast: Cast, case: Case) -> HelpRequest:
    return decisions.request_help(case_id=case.pk, received_on=D(2026, 11, 16), actor=cast.kari, today=TODAY)


def to_siv(cast: Cast, case: Case) -> None:
    work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")


def why(case: Case, cast: Cast, who: str = "kari") -> set[str]:
    viewer = getattr(cast, who).viewer
    (item,) = items(list(worklist(viewer, TODAY).filter(pk=case.pk)), viewer)
    return {reason.code for reason in item.reasons}


def open_tasks(case: Case) -> dict[str, tuple[str, date]]:
    return {task.code: (task.agency, task.due_on) for task in case.tasks.filter(done_on__isnull=True)}


def test_a_request_is_registered_with_the_day_it_is_to_be_answered_by(cast: Cast, case: Case) -> None:
    kari = signed_in(cast.kari)
    assert kari.post(f"/cases/{case.number}/request_help/", {"on": "2026-11-16"}).status_code == 302
    found = HelpRequest.objects.get()
    assert (found.received_on, found.answer_by, found.received_by) == (D(2026, 11, 16), D(2026, 12, 14), cast.kari)
    assert "Help asked for 16 November 2026" in text(kari, f"/cases/{case.number}/")


def test_an_open_request_is_a_reason_and_a_task_with_its_day(cast: Cast, case: Case, asked: HelpRequest) -> None:
    assert "question_decision" in why(case, cast)
    assert open_tasks(case)["question_decision"] == ("outreach", asked.answer_by)


def test_a_request_left_lying_says_so(cast: Cast, case: Case) -> None:
    decisions.request_help(case_id=case.pk, received_on=D(2026, 10, 1), actor=cast.kari, today=TODAY)
    assert "decision_overdue" in why(case, cast)
    assert open_tasks(case)["decision_overdue"] == ("outreach", D(2026, 10, 29))


@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_learns_nothing_of_a_request(cast: Cast, case: Case, who: str) -> None:
    before = why(case, cast, who)
    decisions.request_help(case_id=case.pk, received_on=D(2026, 10, 1), actor=cast.kari, today=TODAY)
    assert why(case, cast, who) == before
    page = text(signed_in(getattr(cast, who)), f"/cases/{case.number}/")
    assert "asked for" not in page
    assert "Requests and decisions" not in page


def test_a_decision_ends_the_request_its_reason_and_its_task(cast: Cast, case: Case, asked: HelpRequest) -> None:
    kari = signed_in(cast.kari)
    assert kari.post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION).status_code == 302
    found = Decision.objects.get()
    assert (found.request, found.outcome, found.provision) == (asked, "refused", "boligsosialloven § 7")
    assert (found.decided_on, found.told_on, found.complain_by) == (D(2026, 11, 20), D(2026, 11, 21), D(2026, 12, 14))
    assert found.words.reasons == DECISION["reasons"]
    assert "question_decision" not in why(case, cast)
    assert "question_decision" not in open_tasks(case)
    page = text(kari, f"/cases/{case.number}/")
    assert "Søknaden er avslått" in page
    assert kari.post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "refused", "reasons": ""}, "Write the reasons."),
        ({"outcome": "partly", "reasons": " "}, "Write the reasons."),
        ({"complain_by": "2026-11-20"}, "is not after the decision"),
    ],
)
def test_what_a_decision_lacks_is_said_and_nothing_recorded(
    cast: Cast, case: Case, asked: HelpRequest, change: dict[str, str], said: str
) -> None:
    url, without = f"/cases/{case.number}/decide/{asked.pk}/", DECISION | change | {"despite": "no matter"}
    answer = signed_in(cast.kari).post(url, without)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("field", ["outcome", "content", "complaint_text", "decided_on", "told_on"])
def test_nothing_that_a_decision_must_hold_may_be_left_out(
    cast: Cast, case: Case, asked: HelpRequest, field: str
) -> None:
    answer = signed_in(cast.kari).post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION | {field: ""})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_a_decision_without_a_last_day_to_complain_asks_why(cast: Cast, case: Case, asked: HelpRequest) -> None:
    kari, url = signed_in(cast.kari), f"/cases/{case.number}/decide/{asked.pk}/"
    without = DECISION | {"complain_by": ""}
    assert 'name="despite"' in kari.post(url, without).content.decode()
    assert not Decision.objects.exists()
    assert kari.post(url, without | {"despite": "stands in the letter"}).status_code == 302
    event = case.events.get(code=Event.Code.DECIDED)
    assert event.facts["despite"] == ["complaint_deadline_missing"]
    assert event.note.text == "stands in the letter"


@pytest.mark.parametrize(
    "days", [{"decided_on": "2026-11-15"}, {"told_on": "2026-11-19"}, {"decided_on": "2026-11-24"}]
)
def test_days_come_in_their_order(cast: Cast, case: Case, asked: HelpRequest, days: dict[str, str]) -> None:
    answer = signed_in(cast.kari).post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION | days)
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_a_withdrawn_request_asks_no_more(cast: Cast, case: Case, asked: HelpRequest) -> None:
    kari = signed_in(cast.kari)
    assert kari.post(f"/cases/{case.number}/withdraw_request/{asked.pk}/", {"on": "2026-11-20"}).status_code == 302
    assert "question_decision" not in why(case, cast)
    assert "question_decision" not in open_tasks(case)


def test_a_case_with_an_open_request_is_not_closed(cast: Cast, case: Case, asked: HelpRequest) -> None:
    kari, said = signed_in(cast.kari), {"outcome": "plan", "on": "2026-11-23", "despite": "paid soon"}
    answer = kari.post(f"/cases/{case.number}/close/", said)
    assert answer.status_code == 422
    assert "before the case is closed" in answer.content.decode()
    kari.post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION)
    assert kari.post(f"/cases/{case.number}/close/", said).status_code == 302


def test_an_open_request_goes_with_the_household_to_its_new_case(cast: Cast, case: Case, asked: HelpRequest) -> None:
    sent.arrears_list("2026-11-24", {"K9": 1})
    sent.arrears_list("2026-11-27", {"K1": 1})
    assess(on=D(2026, 11, 27))
    back = Case.objects.get(relapse_of=case)
    asked.refresh_from_db()
    assert asked.case == back
    assert "question_decision" in open_tasks(back)
    assert "question_decision" not in open_tasks(case)


def test_only_the_social_services_decide_on_aid(cast: Cast, case: Case) -> None:
    text(signed_in(cast.kari), f"/cases/{case.number}/decide_aid/", status=403)
    to_siv(cast, case)
    siv = signed_in(cast.siv)
    assert siv.post(f"/cases/{case.number}/decide_aid/", DECISION | {"outcome": "granted"}).status_code == 302
    found = Decision.objects.get()
    assert (found.request, found.provision) == (None, "sosialtjenesteloven 2009 § 41")
    assert case.events.get(code=Event.Code.DECIDED).facts["regarding"] == "aid"


@pytest.mark.parametrize(("who", "sees"), [("kari", True), ("siv", True), ("turid", False), ("arne", False)])
def test_a_decision_on_aid_is_for_those_who_may_know_of_aid(cast: Cast, case: Case, who: str, sees: bool) -> None:
    to_siv(cast, case)
    signed_in(cast.siv).post(f"/cases/{case.number}/decide_aid/", DECISION)
    page = text(signed_in(getattr(cast, who)), f"/cases/{case.number}/")
    assert ("Søknaden er avslått" in page) is sees
    assert ("Decision on help" in page) is sees


def test_hanne_sees_the_decision_when_aid_is_shared_and_no_request(cast: Cast, case: Case, asked: HelpRequest) -> None:
    to_siv(cast, case)
    siv = signed_in(cast.siv)
    siv.post(f"/cases/{case.number}/decide_aid/", DECISION)
    siv.post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION | {"content": "Vi hjelper med budsjett"})
    Sharing.objects.create(
        case=case, sender="social_services", receiver="housing_benefit", parts=["identity", "aid"], basis="consent",
        on=TODAY,
    )  # fmt: skip
    page = text(signed_in(cast.hanne), f"/cases/{case.number}/")
    assert "Søknaden er avslått" in page
    assert "Vi hjelper med budsjett" not in page
    assert "request_help" not in page
    assert "Record a complaint" not in page


@pytest.mark.parametrize("who", ["turid", "arne", "hanne", "siv"])
def test_nobody_else_registers_requests_or_decides(cast: Cast, case: Case, asked: HelpRequest, who: str) -> None:
    client, status = signed_in(getattr(cast, who)), 403 if who in ("turid", "arne") else 404
    text(client, f"/cases/{case.number}/request_help/", status=status)
    text(client, f"/cases/{case.number}/decide/{asked.pk}/", status=status)


def test_a_request_of_another_case_is_not_decided_here(cast: Cast, case: Case, asked: HelpRequest) -> None:
    other = household("K2")
    assert signed_in(cast.kari).post(f"/cases/{other.number}/decide/{asked.pk}/", DECISION).status_code == 404


def test_a_complaint_is_registered_and_so_is_what_came_of_it(cast: Cast, case: Case, asked: HelpRequest) -> None:
    kari = signed_in(cast.kari)
    kari.post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION)
    found = Decision.objects.get()
    base = f"/cases/{case.number}"
    assert kari.post(f"{base}/answer_complaint/{found.pk}/", {"on": "2026-11-23"}).status_code == 404
    assert kari.post(f"{base}/complain/{found.pk}/", {"on": "2026-11-20"}).status_code == 422
    assert kari.post(f"{base}/complain/{found.pk}/", {"on": "2026-11-22"}).status_code == 302
    assert kari.post(f"{base}/complain/{found.pk}/", {"on": "2026-11-22"}).status_code == 404
    said = {"on": "2026-11-23", "complaint": "upheld"}
    assert kari.post(f"{base}/answer_complaint/{found.pk}/", said).status_code == 302
    found.refresh_from_db()
    assert (found.complained_on, found.complaint) == (D(2026, 11, 22), "upheld")
    assert "the person was right" in text(kari, f"{base}/")


def test_a_complaint_on_aid_is_the_social_services_to_record(cast: Cast, case: Case) -> None:
    to_siv(cast, case)
    siv = signed_in(cast.siv)
    siv.post(f"/cases/{case.number}/decide_aid/", DECISION)
    url = f"/cases/{case.number}/complain/{Decision.objects.get().pk}/"
    assert signed_in(cast.kari).post(url, {"on": "2026-11-22"}).status_code == 404
    assert siv.post(url, {"on": "2026-11-22"}).status_code == 302


def test_what_a_decision_says_is_erased_and_its_days_stay(cast: Cast, case: Case, asked: HelpRequest) -> None:
    kari = signed_in(cast.kari)
    kari.post(f"/cases/{case.number}/decide/{asked.pk}/", DECISION)
    erase_words(Case.objects.filter(pk=case.pk))
    assert not DecisionWords.objects.exists()
    assert Decision.objects.get().decided_on == D(2026, 11, 20)
    assert "Refused" in text(kari, f"/cases/{case.number}/")
