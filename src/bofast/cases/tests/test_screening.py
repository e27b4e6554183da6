"""What the social services answer decides who holds the case, and nobody on the landlord's side learns of it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bofast.access.models import OrganisationSetting, User
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, gather, outreach_team, seat, social_services_team
from bofast.arrears.actions.answers import Said, answer_rows
from bofast.arrears.models import Answer, HandedRow, HandOut
from bofast.cases.actions import sharing, work
from bofast.cases.actions.assess import assess
from bofast.cases.actions.hand_out import chase, hand_out
from bofast.cases.actions.screening import take_in_answers
from bofast.cases.models import Case, Event, Sharing
from bofast.cases.queries import case_page
from bofast.cases.queries.hand_out import Plan, counted, handed_by, overdue
from bofast.cases.queries.screening import asked_of, rows_to_answer
from bofast.cases.queries.worklist import items, worklist
from bofast.cases.tests.test_hand_out import listed, organised
from bofast.domain.facts import Agency, Deed, DeedCode
from bofast.domain.screening import Answer as Code

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
LATER = TODAY + timedelta(days=1)


@dataclass
class Asked:
    """Households put to Siv's office by Turid."""

    cast: Cast
    made: HandOut

    def case(self, contract: str = "K1") -> Case:
        return Case.objects.select_related("team", "partner_team", "holder").get(tenancy__contract_no=contract)

    def answer(self, code: str, contract: str = "K1", *, on: date = LATER, by: User | None = None) -> Case:
        row = self.made.rows.get(tenancy__contract_no=contract)
        answer_rows(said={row.pk: Said(code)}, by=by or self.cast.siv, today=on)
        take_in_answers(on)
        return self.case(contract)

    def talked(self, contract: str = "K1") -> None:
        deed = Deed(code=DeedCode.CONTACT, on=TODAY)
        assert not work.record_deed(case_id=self.case(contract).pk, deed=deed, actor=self.cast.kari, today=TODAY)


@pytest.fixture
def asked(db: None) -> Asked:
    return put(gather(), "K1", "K2")


def put(cast: Cast, *contracts: str, by: User | None = None) -> Asked:
    plan = Plan(file=listed(TODAY, list(contracts)), districts=("Fana",), team=social_services_team(), told_on=TODAY)
    made = hand_out(plan=plan, because={}, actor=by or cast.turid, today=TODAY)
    assert made is not None
    return Asked(cast, made)


def whose(case: Case) -> tuple[str, str, str]:
    """Team, person, and the team it is held jointly with."""
    return str(case.team or ""), str(case.holder or ""), str(case.partner_team or "")


OFFICE, OUTREACH = "Sosialtjenesten Årstad", "Bofast-teamet"
# in contact with outreach?  answer       team      jointly with
WHOSE = (
    (False,                   Code.ACTIVE,  OFFICE,   ""),
    (True,                    Code.ACTIVE,  OUTREACH, OFFICE),
    (False,                   Code.KNOWN,   OUTREACH, ""),
    (True,                    Code.KNOWN,   OUTREACH, ""),
    (False,                   Code.UNKNOWN, OUTREACH, ""),
)  # fmt: skip


@pytest.mark.parametrize(("contact", "code", "team", "jointly"), WHOSE)
def test_the_answer_decides_who_holds_the_case(
    asked: Asked, contact: bool, code: Code, team: str, jointly: str
) -> None:
    if contact:
        asked.talked()
    holder = asked.case().holder
    found = whose(asked.answer(code))
    assert found == (team, "Siv Sosialtjenesten" if team == OFFICE else str(holder), jointly)


def test_no_case_changes_hands_in_silence(asked: Asked) -> None:
    case = asked.answer(Code.ACTIVE)
    screened = case.events.get(code=Event.Code.SCREENED)
    assert (screened.on, screened.actor, screened.facts["answer"]) == (LATER, asked.cast.siv, "active")
    handed = case.events.get(code=Event.Code.HOLDER)
    assert handed.facts == {"holder": asked.cast.siv.pk, "team": social_services_team().pk, "partner_team": None}
    other = asked.answer(Code.KNOWN, "K2")
    assert not other.events.filter(code=Event.Code.HOLDER).exists()


def test_learning_again_changes_nothing(asked: Asked) -> None:
    asked.answer(Code.ACTIVE)
    before = list(Event.objects.order_by("pk").values_list("pk", "code"))
    assert take_in_answers(LATER) == []
    assess(on=LATER)
    assert list(Event.objects.order_by("pk").values_list("pk", "code")) == before


def test_the_nightly_run_takes_answers_in_and_only_up_to_its_day(asked: Asked) -> None:
    row = asked.made.rows.get(tenancy__contract_no="K1")
    answer_rows(said={row.pk: Said(Code.ACTIVE)}, by=asked.cast.siv, today=LATER)
    assess(on=TODAY)
    assert whose(asked.case())[0] == OUTREACH
    assess(on=LATER)
    assert whose(asked.case())[0] == OFFICE


def test_an_answer_changed_later_is_taken_in_again(asked: Asked) -> None:
    asked.answer(Code.ACTIVE)
    case = asked.answer(Code.UNKNOWN)
    assert whose(case)[0] == OUTREACH
    assert case.holder in (asked.cast.kari, asked.cast.ola, asked.cast.ingrid)
    told = list(case.events.filter(code=Event.Code.SCREENED).order_by("pk").values_list("facts__answer", flat=True))
    assert told == ["active", "unknown"]


def test_a_case_held_jointly_is_outreachs_alone_when_the_office_does_not_know_the_household(asked: Asked) -> None:
    asked.talked()
    asked.answer(Code.ACTIVE)
    assert whose(asked.answer(Code.UNKNOWN))[2] == ""


def test_an_office_that_does_not_know_a_household_does_not_take_it_from_another(asked: Asked) -> None:
    fana = social_services_team("Fana")
    Case.objects.filter(tenancy__contract_no="K1").update(team=fana, holder=None)
    assert whose(asked.answer(Code.UNKNOWN)) == (str(fana), "", "")


def test_a_closed_case_is_shared_no_more_and_stays_where_it_is(asked: Asked) -> None:
    case = asked.case()
    work.close_case(
        case_id=case.pk, outcome=Case.Outcome.PLAN, on=TODAY, actor=asked.cast.kari, today=TODAY, despite="avtale"
    )
    after = asked.answer(Code.ACTIVE)
    assert whose(after) == whose(case)
    assert not after.events.filter(code=Event.Code.SCREENED).exists()


def test_a_housing_agencys_outreach_learns_nothing_and_keeps_its_case_while_the_office_works_beside_it() -> None:
    asked = put(gather(), "K1", "K2")
    organised("housing_agency")
    before = asked.case()
    case = asked.answer(Code.ACTIVE)
    assert whose(case) == (OUTREACH, str(before.holder), OFFICE)
    assert not case.events.filter(code=Event.Code.HOLDER).exists()
    kari = User.objects.get(username="kari").viewer
    assert case_page.timeline(case, kari) == case_page.timeline(before, kari)
    siv = User.objects.get(username="siv").viewer
    assert [each.number for each in worklist(siv, LATER)] == [case.number]
    assert whose(asked.answer(Code.UNKNOWN)) == (OUTREACH, str(before.holder), "")


def test_outreach_as_part_of_the_social_services_is_asked_itself() -> None:
    cast = gather()
    organised("social_services")
    plan = Plan(file=listed(TODAY, ["K1"]), districts=("Fana",), team=outreach_team(), told_on=TODAY)
    made = hand_out(plan=plan, because={}, actor=cast.turid, today=TODAY)
    assert made is not None
    assert made.receiver == "outreach"
    kari = User.objects.get(username="kari")
    assert list(asked_of(kari.viewer)) == [made]
    answer_rows(said={made.rows.get().pk: Said(Code.ACTIVE)}, by=kari, today=LATER)
    take_in_answers(LATER)
    assert Case.objects.get().team == outreach_team()


def test_outreach_as_part_of_the_social_services_knows_of_what_was_handed_out() -> None:
    cast = gather()
    asked = put(cast, "K1", "K2")
    organised("social_services")
    Case.objects.update(team=None, holder=None)
    row = asked.made.rows.get(tenancy__contract_no="K2")
    asked.case("K2").sharings.update(ended_on=TODAY)
    kari = User.objects.get(username="kari").viewer
    assert case_page.case_of(asked.case("K1").number, kari)
    assert not case_page.case_of(asked.case("K2").number, kari)
    assert row.sent


@pytest.mark.parametrize("who", ["turid", "arne", "kari", "siv"])
def test_who_may_know_how_much_is_answered(asked: Asked, who: str) -> None:
    asked.answer(Code.ACTIVE)
    viewer = getattr(asked.cast, who).viewer
    found = counted(handed_by(viewer) if who != "siv" else asked_of(viewer), viewer).get()
    assert (found.gone, found.waiting) == (2, None if who in ("turid", "arne") else 1)


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_sees_the_same_whatever_the_answer_is(asked: Asked, who: str, code: Code) -> None:
    viewer = getattr(asked.cast, who).viewer

    def seen() -> list[object]:
        cases = list(worklist(viewer, LATER))
        shown = [(item.rank, item.case.number, item.owner, item.step, item.reasons) for item in items(cases, viewer)]
        return [shown, [case_page.timeline(case, viewer) for case in cases], overdue(viewer, date(2027, 1, 1))]

    assess(on=LATER)
    before = seen()
    asked.answer(code)
    assess(on=LATER)
    assert seen() == before


def test_an_office_knows_of_its_own_lists_only_and_of_nothing_taken_back(asked: Asked) -> None:
    berit = User.objects.create(username="berit")
    seat(berit, Role.ADVISER, Agency.SOCIAL_SERVICES, social_services_team("Fana"))
    assert not asked_of(berit.viewer).exists()
    assert not asked_of(asked.cast.hanne.viewer).exists()
    asked.case("K2").sharings.update(ended_on=TODAY)
    shown = rows_to_answer(asked.made, asked.cast.siv.viewer)
    assert [row.tenancy.contract_no for row in shown] == ["K1"]
    assert counted(asked_of(asked.cast.siv.viewer), asked.cast.siv.viewer).get().waiting == 1


def test_unanswered_lists_are_asked_for_again_after_the_day_and_then_a_week_apart(asked: Asked) -> None:
    kari = asked.cast.kari

    def late(days: int) -> list[int]:
        return [each.pk for each in overdue(kari.viewer, TODAY + timedelta(days=days))]

    assert (late(7), late(10), late(12)) == ([], [asked.made.pk], [asked.made.pk])  # due on Friday the 27th
    monday = TODAY + timedelta(days=10)
    assert chase(hand_out_id=asked.made.pk, actor=kari, today=monday)
    assert not chase(hand_out_id=asked.made.pk, actor=kari, today=monday), "once a day"
    assert asked_of(asked.cast.siv.viewer).get().chased_on == monday
    assert not overdue(kari.viewer, monday + timedelta(days=6))
    assert overdue(kari.viewer, monday + timedelta(days=7))


def test_nobody_is_chased_once_everything_is_answered_or_gone(asked: Asked) -> None:
    asked.answer(Code.KNOWN, "K1")
    Case.objects.filter(tenancy__contract_no="K2").update(cleared_on=LATER)
    assert not overdue(asked.cast.kari.viewer, date(2027, 1, 10))
    assert not chase(hand_out_id=asked.made.pk, actor=asked.cast.kari, today=date(2027, 1, 10))


def test_who_may_not_know_of_answers_cannot_chase(asked: Asked) -> None:
    chase(hand_out_id=asked.made.pk, actor=asked.cast.siv, today=date(2027, 1, 10))
    assert HandOut.objects.get().chased_on is None


def test_hundreds_of_answers_are_learned_in_a_handful_of_questions(django_assert_max_num_queries) -> None:
    asked = put(gather(), *(f"K{number}" for number in range(40)))
    said = {row.pk: Said(Code.ACTIVE) for row in asked.made.rows.all()}
    with django_assert_max_num_queries(12):
        answer_rows(said=said, by=asked.cast.siv, today=LATER)
    with django_assert_max_num_queries(25):
        take_in_answers(LATER)
    assert Answer.objects.filter(taken_in_at__isnull=True).count() == 0
    assert HandedRow.objects.filter(tenancy__cases__team=social_services_team()).count() == 40
    assert OrganisationSetting.objects.count() == 0


def test_a_case_held_jointly_says_so_on_its_page_to_those_who_may_know(asked: Asked) -> None:
    asked.talked()
    case = asked.answer(Code.ACTIVE)
    told = [entry.text for entry in case_page.timeline(case, asked.cast.kari.viewer)]
    assert any(f"Samarbeid med {OFFICE}" in text or f"Held jointly with {OFFICE}" in text for text in told)
    assert not any(OFFICE in entry.text for entry in case_page.timeline(case, asked.cast.arne.viewer))


def test_an_answer_after_the_sharing_has_ended_takes_no_case(asked: Asked) -> None:
    """As when a spreadsheet fetched before comes back after."""
    before = whose(asked.case())
    share = Sharing.objects.get(hand_out=asked.made, case=asked.case())
    sharing.end(sharing_id=share.pk, actor=asked.cast.kari, today=TODAY)
    assert whose(asked.answer(Code.ACTIVE)) == before
    assert not Event.objects.filter(case=asked.case(), code=Event.Code.SCREENED).exists()
    assert asked.answer(Code.ACTIVE, "K2").team == asked.cast.siv.team
