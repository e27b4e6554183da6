"""The nightly run: what it keeps, what it leaves alone, and that any past day's reasons can be rebuilt."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from bofast.access.need_to_know import Viewer
from bofast.access.tests.cast import gather, social_services_team
from bofast.arrears.models import LedgerEntry
from bofast.cases.actions.assess import assess, candidates
from bofast.cases.actions.work import close_case, record_deed, write_note
from bofast.cases.models import Assessment, Case, Event
from bofast.cases.queries import explain, worklist
from bofast.cases.queries.facts import from_json
from bofast.cases.tests.sent import arrears_list, register
from bofast.domain import assessment as rules
from bofast.domain.facts import Deed, DeedCode
from bofast.domain.findings import Finding, Part, catalogue

pytestmark = pytest.mark.django_db

LISTED, NEXT = date(2026, 9, 16), date(2026, 10, 16)
OPERATOR = Viewer(name="operator", operator=True)


@pytest.fixture
def two_households() -> None:
    register({"K1": "2;2026-12-01;ja", "K2": "0;;"})
    arrears_list("2026-09-16", {"K1": 2, "K2": 1}, reminded="2026-09-02", demanded="2026-09-10")
    assess(on=LISTED)


def shown(viewer: Viewer, on: date) -> list[worklist.Item]:
    return worklist.items(list(worklist.narrowed(worklist.worklist(viewer, on))), viewer)


def test_every_household_has_a_reason_a_next_step_a_date_and_an_owner(two_households: None) -> None:
    found = shown(OPERATOR, LISTED)
    assert [item.case.tenancy.contract_no for item in found] == ["K1", "K2"]
    assert all(item.reasons and item.step.text() and item.step_due_on and item.owner for item in found)


def test_a_new_case_gets_the_colleague_with_fewest_cases() -> None:
    cast = gather()
    arrears_list("2026-09-16", {"K1": 1, "K2": 1, "K3": 1, "K4": 1})
    assess(on=LISTED)
    held = list(Case.objects.order_by("number").values_list("holder", flat=True))
    assert held == [cast.kari.pk, cast.ola.pk, cast.ingrid.pk, cast.kari.pk]


def test_only_cases_that_can_have_changed_are_looked_at(two_households: None) -> None:
    quiet_until = min(day for day in Assessment.objects.values_list("changes_on", flat=True) if day)
    assert not candidates(quiet_until - timedelta(days=1)).exists()
    assert candidates(quiet_until).exists()


def test_the_reasons_of_a_past_day_can_be_rebuilt_from_what_was_kept(two_households: None) -> None:
    arrears_list("2026-10-16", {"K1": 3, "K2": 2})
    assess(on=NEXT)
    for kept in Assessment.objects.all():
        again = rules.assess(from_json(kept.facts), kept.on)
        assert kept.rule_version == again.rule_version
        assert [Finding.from_json(stored) for stored in kept.findings] == list(again.findings)


def test_the_worklist_of_a_past_day_still_reads_as_it_did(two_households: None) -> None:
    before = [worklist.as_json(item, "nb") for item in shown(OPERATOR, LISTED)]
    arrears_list("2026-10-16", {"K2": 2})
    assess(on=NEXT)
    assert [worklist.as_json(item, "nb") for item in shown(OPERATOR, LISTED)] == before


def test_a_run_for_a_past_day_does_not_hide_todays_conclusion(two_households: None) -> None:
    arrears_list("2026-10-16", {"K1": 3, "K2": 2})
    assess(on=NEXT)
    current = dict(Case.objects.values_list("pk", "current"))
    assess(on=LISTED + timedelta(days=20))
    assert dict(Case.objects.values_list("pk", "current")) == current


@pytest.mark.parametrize("model", [Event, Assessment, LedgerEntry])
def test_what_happened_can_be_neither_changed_nor_removed(two_households: None, model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_landlord_sees_a_neutral_state_and_neither_household_nor_help(two_households: None) -> None:
    cast = gather()
    for user in (cast.turid, cast.arne):
        for item in shown(user.viewer, LISTED):
            told = worklist.as_json(item, "nb")
            assert told["next_step"]["code"] == "followed_up"
            assert (told["children"], told["next_step"]["due_on"]) == (None, None)
            parts = {catalogue()[reason["code"]].part for reason in told["reasons"]}
            assert parts <= {Part.MONEY, Part.PROCEDURE, Part.IDENTITY}


def test_children_do_not_move_a_household_on_the_landlords_list() -> None:
    cast = gather()
    register({"K1": "0;;ja", "K2": "3;;ja"})
    arrears_list("2026-09-16", {"K1": 1, "K2": 1})
    assess(on=LISTED)
    order = {
        user.username: [item.case.tenancy.contract_no for item in shown(user.viewer, LISTED)]
        for user in (cast.kari, cast.turid)
    }
    assert order == {"kari": ["K2", "K1"], "turid": ["K1", "K2"]}


def test_social_services_see_only_the_cases_their_team_holds(two_households: None) -> None:
    cast = gather()
    assert shown(cast.siv.viewer, LISTED) == []
    Case.objects.filter(tenancy__contract_no="K2").update(team=social_services_team())
    assert [item.case.tenancy.contract_no for item in shown(cast.siv.viewer, LISTED)] == ["K2"]


def test_steering_administrator_and_charlie_see_no_case_at_all(two_households: None) -> None:
    cast = gather()
    for user in (cast.geir, cast.astrid, cast.charlie):
        assert shown(user.viewer, LISTED) == []
        assert explain.find_case("K1", user.viewer, LISTED) is None


def test_explain_works_from_the_lists_alone_before_any_nightly_run() -> None:
    arrears_list("2026-09-16", {"K1": 2}, demanded="2026-09-10")
    case = explain.find_case("K1", OPERATOR, LISTED)
    assert case is not None
    told = explain.as_json(explain.explain(case, LISTED), OPERATOR, LISTED, "nb")
    assert (told["case"], told["stage"], told["principal"]) == (None, "demanded", "10000.00")
    assert {step["to"]: step["allowed"] for step in told["steps"]}["petitioned"] is False


def test_explain_adds_up_to_the_oere(two_households: None) -> None:
    case = explain.find_case("K1", OPERATOR, NEXT)
    assert case is not None
    told = explain.as_json(explain.explain(case, NEXT), OPERATOR, NEXT, "nb")
    assert told["principal"] == "10000.00"
    # 12,25 % since 1.7.2026: 5000 from 3.8. (1.8. is a Saturday), 74 days; 5000 from 1.9., 45 days
    assert [claim["interest"] for claim in told["claims"]] == ["124.18", "75.51"]
    assert (told["interest"], told["total"]) == ("199.69", "10199.69")


def test_recording_a_step_is_barred_with_every_reason_and_leaves_no_trace(two_households: None) -> None:
    cast = gather()
    case = Case.objects.get(tenancy__contract_no="K2")
    before = Event.objects.count()
    petition = Deed(code=DeedCode.PETITION, on=date(2026, 9, 20))
    barred = record_deed(case_id=case.pk, deed=petition, actor=cast.arne, today=date(2026, 9, 20), despite="haster")
    assert {"notice_missing", "clause_unknown"} <= {finding.code for finding in barred}
    assert Event.objects.count() == before


def test_a_soft_obstacle_gives_way_to_a_reason_that_is_kept(two_households: None) -> None:
    cast = gather()
    case = Case.objects.get(tenancy__contract_no="K1")
    closing = Deed(code=DeedCode.REMINDER, on=date(2026, 9, 20))
    assert [finding.hard for finding in record_deed(case_id=case.pk, deed=closing, actor=cast.turid, today=NEXT)] == [
        False
    ]
    assert record_deed(case_id=case.pk, deed=closing, actor=cast.turid, today=NEXT, despite="Avtalt med leier") == []
    event = Event.objects.get(code="reminder", actor=cast.turid)
    assert event.facts["despite"] == ["later_step_taken"]
    assert event.note.text == "Avtalt med leier"


def test_a_closed_case_comes_back_for_its_follow_up_and_then_leaves_the_list(two_households: None) -> None:
    cast = gather()
    case = Case.objects.get(tenancy__contract_no="K2")
    closed_on = date(2026, 9, 21)
    words = {"despite": "Avtale om å betale i oktober", "words": ""}
    assert close_case(case_id=case.pk, outcome="plan", on=closed_on, actor=cast.kari, today=closed_on, **words) == []
    assert [item.case.pk for item in shown(OPERATOR, date(2026, 9, 30))] == [
        Case.objects.get(tenancy__contract_no="K1").pk
    ]
    assess(on=date(2026, 10, 21))
    reviewed = {item.case.pk: item.step.code for item in shown(OPERATOR, date(2026, 10, 21))}
    assert reviewed[case.pk] == "step_review"
    assess(on=date(2027, 10, 1))
    assert case.pk not in {item.case.pk for item in shown(OPERATOR, date(2027, 10, 1))}


def test_a_household_that_came_back_is_on_the_list_once(two_households: None) -> None:
    arrears_list("2026-10-16", {"K1": 3})
    arrears_list("2026-11-16", {"K1": 4, "K2": 1})
    for day in (date(2026, 11, 16), date(2027, 3, 1)):
        assess(on=day)
        assert sorted(item.case.tenancy.contract_no for item in shown(OPERATOR, day)) == ["K1", "K2"]


def test_a_double_click_tells_it_once(two_households: None) -> None:
    cast = gather()
    case = Case.objects.get(tenancy__contract_no="K2")
    for text in ("Ringte.", "Ringte.", "Ringte igjen."):
        write_note(case_id=case.pk, text=text, actor=cast.kari, today=LISTED)
    assert [event.note.text for event in Event.objects.filter(code="note")] == ["Ringte.", "Ringte igjen."]
