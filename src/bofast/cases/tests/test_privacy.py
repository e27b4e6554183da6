"""A person's rights to their own data, and what is erased when its time is up; each leaves its proof."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bofast.access.actions import set_retention
from bofast.access.models import AccessEntry, Proof, RecordKind, Retention
from bofast.access.need_to_know import Viewer
from bofast.access.tests.cast import Cast, gather
from bofast.arrears.models import FileContent, ReceivedFile, Resident, Shield, Tenancy
from bofast.cases.actions import erasing, work
from bofast.cases.actions.expiry import expire
from bofast.cases.models import Case, Decision, DecisionWords, Event, Note, Representative, Task
from bofast.cases.queries import expiry, extract, reach
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, household, on_the_day

pytestmark = pytest.mark.django_db
OPERATOR = Viewer(name="drift", operator=True)
WORDS = "Ringte. Hun heter Tenant K1 og har tre barn."


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    with on_the_day():
        found = household("K1")
        work.write_note(case_id=found.pk, text=WORDS, actor=cast.kari, today=TODAY)
        work.add_task(
            case_id=found.pk, text="Ring Tenant K1", due_on=TODAY, agency="outreach", owner=None, actor=cast.kari,
            today=TODAY,
        )  # fmt: skip
        Representative.objects.create(
            tenancy=found.tenancy, kind="attorney", name="Mor K1", scope="alt", since=TODAY, recorded_by=cast.kari
        )
    return found


def closed(case: Case, cast: Cast) -> Case:
    with on_the_day():
        assert not work.close_case(
            case_id=case.pk, outcome="paid", on=TODAY, actor=cast.kari, today=TODAY, despite="betalt"
        )
    case.refresh_from_db()
    return case


def erase(case: Case, **changed: Any) -> list[str]:
    said: dict[str, Any] = {"ground": Proof.Ground.REQUEST, "archivist_decided": True, "by": OPERATOR, **changed}
    return [barred.code for barred in erasing.erase(tenancy_id=case.tenancy_id, **said)]


@pytest.mark.parametrize(
    ("closes", "ground", "archivist", "expected"),
    [
        (False, Proof.Ground.REQUEST, True, ["erase_case_runs"]),
        (False, Proof.Ground.REQUEST, False, ["erase_case_runs", "erase_archive_first"]),
        (True, Proof.Ground.REQUEST, False, ["erase_archive_first"]),
        (True, Proof.Ground.REQUEST, True, []),
        (False, Proof.Ground.ORDER, True, []),
        (False, Proof.Ground.ORDER, False, ["erase_archive_first"]),
    ],
)
def test_erasing_waits_for_the_case_and_for_the_archivist(
    case: Case, cast: Cast, closes: bool, ground: Proof.Ground, archivist: bool, expected: list[str]
) -> None:
    if closes:
        closed(case, cast)
    assert erase(case, ground=ground, archivist_decided=archivist) == expected
    assert Resident.objects.filter(tenancy=case.tenancy).exists() is bool(expected)
    assert Proof.objects.exists() is not bool(expected)


def test_erasing_takes_every_word_and_leaves_the_skeleton(case: Case, cast: Cast) -> None:
    closed(case, cast)
    events = list(Event.objects.filter(case=case).values_list("code", "on"))
    assert erase(case) == []
    assert list(Event.objects.filter(case=case).values_list("code", "on")) == events
    assert not Note.objects.filter(event__case=case).exists()
    assert not Representative.objects.filter(tenancy=case.tenancy).exists()
    assert {task.text for task in Task.objects.filter(case=case)} == {""}
    assert erasing.is_erased(Tenancy.objects.get(pk=case.tenancy_id))


def test_the_proof_says_what_was_erased_when_and_why_but_never_who(case: Case, cast: Cast) -> None:
    closed(case, cast)
    erase(case)
    proof = Proof.objects.get()
    assert (proof.verb, proof.ground, proof.kind) == ("erased", "request", "tenancy")
    assert proof.object_id == str(case.tenancy_id)
    assert proof.counts["notes"] == 2  # the talk, and what was said when the case was closed
    assert proof.counts["residents"] == 1
    assert "K1" not in str(vars(proof))


def test_a_correction_is_kept_when_the_next_list_says_the_old_again(case: Case, cast: Cast) -> None:
    with on_the_day():
        erasing.correct(tenancy_id=case.tenancy_id, changes={"name": "Tuva Rett"}, actor=cast.ingrid, today=TODAY)
        sent.arrears_list("2026-11-23", {"K1": 3})
    assert Resident.objects.get(tenancy=case.tenancy, role="main").name == "Tuva Rett"
    assert Event.objects.get(case=case, code="corrected").facts == {"fields": ["name"]}
    assert Proof.objects.get().counts == {"name": 1}


def test_a_restriction_hides_the_household_from_everybody_else_until_it_is_lifted(case: Case, cast: Cast) -> None:
    with on_the_day():
        erasing.restrict(tenancy_id=case.tenancy_id, actor=cast.ingrid, today=TODAY)
        assert not reach.within_reach(case, cast.kari.viewer)
        assert not reach.within_reach(case, cast.turid.viewer)
        assert reach.within_reach(case, cast.ingrid.viewer)
        erasing.release(tenancy_id=case.tenancy_id, actor=cast.ingrid, today=TODAY)
    assert reach.within_reach(case, cast.kari.viewer)
    assert not Shield.objects.filter(ended_on__isnull=True).exists()
    assert [proof.verb for proof in Proof.objects.order_by("pk")] == ["restricted", "released"]


def test_the_extract_holds_everything_even_the_lines_of_the_files(case: Case, cast: Cast) -> None:
    with on_the_day():
        chapters = {chapter.title: str(chapter.rows) for chapter in extract.chapters(case.tenancy, OPERATOR)}
    whole = " ".join(chapters.values())
    for held in ("Tenant K1", WORDS, "Ring Tenant K1", "Mor K1", "Kontraktsnr: K1", "Kari Nordmann"):
        assert held in whole, held


# ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def decide(kind: RecordKind, months: int) -> None:
    set_retention(rule=Retention(kind=kind, valid_from=date(2026, 1, 1), months=months, ground="Kommunestyret"))


def number(kind: RecordKind, on: date) -> int:
    return next(each.number for each in expiry.due(on) if each.kind is kind)


def test_nothing_is_erased_by_time_until_the_municipality_has_decided(case: Case, cast: Cast) -> None:
    closed(case, cast)
    assert all(each.months is None and each.number == 0 for each in expiry.due(date(2090, 1, 1)))
    assert expire(on=date(2090, 1, 1), by=OPERATOR) == {}
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2027, 5, 23), 0), (date(2027, 5, 24), 1), (date(2030, 1, 1), 1)],
)
def test_words_go_the_day_after_their_months_have_passed(case: Case, cast: Cast, on: date, expected: int) -> None:
    closed(case, cast)  # on 23 November 2026
    decide(RecordKind.NOTES, 6)
    assert (number(RecordKind.NOTES, on) > 0) is bool(expected)
    expire(on=on, by=OPERATOR)
    assert Note.objects.filter(event__case=case).exists() is not bool(expected)


def test_a_household_that_has_come_back_keeps_its_words(case: Case, cast: Cast) -> None:
    closed(case, cast)
    Case.objects.create(number="ny", tenancy=case.tenancy, sender="x", opened_on=TODAY, last_listed_on=TODAY)
    decide(RecordKind.NOTES, 1)
    decide(RecordKind.PERSONS, 1)
    expire(on=date(2030, 1, 1), by=OPERATOR)
    assert Note.objects.filter(event__case=case).exists()
    assert Resident.objects.filter(tenancy=case.tenancy).exists()


def test_persons_go_when_their_time_is_up_and_only_once(case: Case, cast: Cast) -> None:
    closed(case, cast)
    decide(RecordKind.PERSONS, 12)
    done = expire(on=date(2028, 1, 1), by=OPERATOR)
    assert done["persons"]["residents"] == 1
    assert erasing.is_erased(Tenancy.objects.get(pk=case.tenancy_id))
    assert expire(on=date(2028, 1, 1), by=OPERATOR) == {}
    assert [proof.verb for proof in Proof.objects.all()] == ["expired"]


def test_lists_go_but_the_register_in_use_stays_however_old(case: Case, cast: Cast) -> None:
    ReceivedFile.objects.update(received_at=datetime(2020, 1, 1, tzinfo=UTC))
    decide(RecordKind.ARREARS_FILES, 12)
    decide(RecordKind.REGISTER_FILES, 12)
    expire(on=TODAY, by=OPERATOR)
    assert list(FileContent.objects.values_list("file__kind", flat=True)) == ["register"]
    assert ReceivedFile.objects.filter(kind="arrears").exists()


def complained(case: Case, cast: Cast) -> Decision:
    return Decision.objects.create(
        case=case, provision="x", outcome="refused", decided_on=TODAY, decided_by=cast.siv, complaint="waiting"
    )


def test_a_restriction_and_a_waiting_complaint_stand_in_the_way_of_erasing(case: Case, cast: Cast) -> None:
    closed(case, cast)
    decision = complained(case, cast)
    erasing.restrict(tenancy_id=case.tenancy_id, actor=cast.ingrid, today=TODAY)
    assert erase(case) == ["erase_restricted", "erase_complaint_waits"]
    Decision.objects.filter(pk=decision.pk).update(complaint="dismissed")
    erasing.release(tenancy_id=case.tenancy_id, actor=cast.ingrid, today=TODAY)
    assert erase(case) == []


@pytest.mark.parametrize("why", ["restricted", "complaint"])
def test_time_erases_nothing_that_is_still_disputed(case: Case, cast: Cast, why: str) -> None:
    closed(case, cast)
    decide(RecordKind.NOTES, 6)
    decide(RecordKind.PERSONS, 6)
    if why == "complaint":
        complained(case, cast)
    else:
        erasing.restrict(tenancy_id=case.tenancy_id, actor=cast.ingrid, today=TODAY)
    assert expire(on=date(2030, 1, 1), by=OPERATOR) == {}
    assert Note.objects.filter(event__case=case).exists()


@pytest.mark.parametrize("left", ["task", "decision"])
def test_words_of_tasks_and_decisions_go_by_time_also_where_no_note_was_written(
    case: Case, cast: Cast, left: str
) -> None:
    closed(case, cast)
    Note.objects.all().delete()
    if left == "decision":
        Task.objects.update(text="")
        decision = Decision.objects.create(
            case=case, provision="x", outcome="granted", decided_on=TODAY, decided_by=cast.siv
        )
        DecisionWords.objects.create(decision=decision, content="Lån", reasons="Barn")
    decide(RecordKind.NOTES, 6)
    expire(on=date(2030, 1, 1), by=OPERATOR)
    assert not Task.objects.exclude(text="").exists() and not DecisionWords.objects.exists()


def test_the_access_log_goes_when_its_own_time_is_up(case: Case, cast: Cast) -> None:
    AccessEntry.objects.create(
        at=datetime(2025, 1, 1, tzinfo=UTC), user=cast.kari, action="look", kind="case", object_id=case.number
    )
    younger = AccessEntry.objects.filter(at__gte=datetime(2026, 1, 1, tzinfo=UTC)).count()
    assert expire(on=TODAY, by=OPERATOR) == {}
    decide(RecordKind.ACCESS_LOG, 12)
    assert number(RecordKind.ACCESS_LOG, TODAY) == 1
    assert expire(on=TODAY, by=OPERATOR) == {"access_log": {"access_entries": 1}}
    assert expire(on=TODAY, by=OPERATOR) == {}
    assert AccessEntry.objects.count() == younger
