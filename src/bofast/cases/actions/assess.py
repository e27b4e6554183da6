"""The nightly run: lists into cases, facts into findings, findings into next steps and tasks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from bofast.arrears.actions.rewriting import rewrite
from bofast.arrears.models import Tenancy
from bofast.cases.actions.reconcile import Changes, reconcile
from bofast.cases.actions.screening import take_in_answers
from bofast.cases.models import Assessment, Case, Task
from bofast.cases.queries.facts import as_json, facts_each
from bofast.domain import assessment as rules
from bofast.domain.calendar import add_working_days
from bofast.domain.facts import Facts
from bofast.domain.findings import catalogue

PORTION = 500
ANSWER_WITHIN_WORKING_DAYS = 10
LONG = ("facts", "findings", "questions")
STEPS_THAT_ASK = frozenset({"find_out_why", "withdraw_petition", "ask_eviction_result"})


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a nightly run did. Numbers of cases, and of tasks opened."""

    on: date
    lists: int = 0
    opened: int = 0
    relapsed: int = 0
    cleared: int = 0
    assessed: int = 0
    changed: int = 0
    tasks: int = 0


def assess(*, on: date) -> Run:
    """Assess everything with a day at or before `on`; the same day again changes nothing.

    Each portion is one transaction: a run that is cut off is simply run again.
    """
    lists = reconcile(on)
    take_in_answers(on)
    ids = list(candidates(on).values_list("pk", flat=True))
    changed = tasks = 0
    for start in range(0, len(ids), PORTION):
        portion = assess_cases(ids[start : start + PORTION], on=on)
        changed += portion[0]
        tasks += portion[1]
    return Run(on=on, lists=len(lists), **_case_numbers(lists), assessed=len(ids), changed=changed, tasks=tasks)


def _case_numbers(lists: Sequence[Changes]) -> dict[str, int]:
    opened = [case for changes in lists for case in changes.opened]
    return {
        "opened": len(opened),
        "relapsed": sum(case.relapse_of_id is not None for case in opened),
        "cleared": sum(event.code == "cleared" for changes in lists for event in changes.events),
    }


def candidates(on: date) -> QuerySet[Case]:
    """Cases whose conclusion for `on` can differ from the last one: something happened, or a day has come."""
    last = Assessment.objects.filter(case=OuterRef("pk"), on__lte=on).order_by("-on", "-id")
    known = Case.objects.filter(opened_on__lte=on).annotate(
        last=Subquery(last.values("pk")[:1]), until=Subquery(last.values("changes_on")[:1])
    )
    return known.filter(Q(stale=True) | Q(tenancy__stale=True) | Q(last__isnull=True) | Q(until__lte=on)).order_by("pk")


@transaction.atomic
def assess_cases(ids: Sequence[int], *, on: date) -> tuple[int, int]:
    """Assess these cases as of `on`; returns how many conclusions changed and how many tasks were opened."""
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=ids, opened_on__lte=on)
    linked = rows.select_related("relapse_of", "current").defer(*(f"current__{name}" for name in LONG))
    cases = list(linked.order_by("pk"))
    Tenancy.objects.filter(pk__in=[case.tenancy_id for case in cases], stale=True).update(stale=False)
    prefetch_related_objects(cases, "tenancy")  # read after the mark is gone: a register that comes now sets it anew
    known = _last_assessments(ids, on)
    made = []
    for case, facts in zip(cases, facts_each(cases, on), strict=True):
        fresh = _concluded(case, facts, rules.assess(facts, on), on)
        if _differs(fresh, known.get(case.pk)):
            made.append(fresh)
    Assessment.objects.bulk_create(made, batch_size=500)
    return len(made), _ask(_point_at(cases, made, on), on)


def _last_assessments(ids: Sequence[int], on: date) -> dict[int, Assessment]:
    rows = Assessment.objects.filter(case__in=ids, on__lte=on).order_by("on", "id")
    newest = rows.filter(pk__in=Subquery(_newest_of_each(ids, on)))
    return {row.case_id: row for row in newest.defer("facts")}


def _newest_of_each(ids: Sequence[int], on: date) -> QuerySet[Case, Any]:
    last = Assessment.objects.filter(case=OuterRef("pk"), on__lte=on).order_by("-on", "-id").values("pk")[:1]
    return Case.objects.filter(pk__in=ids).annotate(last=Subquery(last)).values("last")


def _concluded(case: Case, facts: Facts, concluded: rules.Assessment, on: date) -> Assessment:
    deadline = concluded.legal_deadline
    return Assessment(
        case=case,
        on=on,
        rule_version=concluded.rule_version,
        stage=concluded.stage.value,
        facts=as_json(facts),
        findings=[finding.as_json() for finding in concluded.findings],
        questions=[finding.as_json() for finding in concluded.questions],
        step_code=concluded.next_step.code,
        step_due_on=concluded.next_step.due_on,
        step_owner=concluded.next_step.owner.value,
        deadline_code=deadline.code if deadline else "",
        deadline_on=deadline.on if deadline else None,
        order_full=concluded.order_full,
        order_neutral=concluded.order_neutral,
        outstanding=facts.outstanding,
        oldest_due_on=facts.oldest_due_on,
        changes_on=concluded.changes_on,
    )


COMPARED = (
    *("rule_version", "stage", "findings", "questions", "step_code", "step_due_on", "step_owner"),
    *("deadline_code", "deadline_on", "order_full", "order_neutral", "outstanding", "oldest_due_on", "changes_on"),
)


def _differs(fresh: Assessment, known: Assessment | None) -> bool:
    return known is None or any(getattr(fresh, name) != getattr(known, name) for name in COMPARED)


def _point_at(cases: Sequence[Case], made: Sequence[Assessment], on: date) -> list[Assessment]:
    """Let each case point at its newest conclusion and return those; one for a past day never hides a later one."""
    fresh = {assessment.case_id: assessment for assessment in made}
    changed = [case for case in cases if case.current is None or case.current.on <= on]
    for case in changed:
        case.stale = False
        if newest := fresh.get(case.pk):
            case.current, case.stage = newest, newest.stage
    rewrite(Case, changed, ["current", "stage", "stale"])
    return [fresh[case.pk] for case in changed if case.pk in fresh]


def _ask(newest: Sequence[Assessment], on: date) -> int:
    """Every question gets an owner and a day, once; a question that no longer arises is taken back."""
    known = Task.objects.filter(case__in=[row.case_id for row in newest], withdrawn=False).exclude(code=Task.MANUAL)
    asked = {(task.case_id, task.code): task for task in known}
    arising = {(task.case_id, task.code): task for row in newest for task in _tasks_of(row, on)}
    new = [task for key, task in arising.items() if key not in asked]
    gone = [task.pk for key, task in asked.items() if key not in arising and task.done_on is None]
    Task.objects.bulk_create(new, batch_size=500)
    Task.objects.filter(pk__in=gone).update(done_on=on, withdrawn=True)
    return len(new)


def _tasks_of(row: Assessment, on: date) -> Iterator[Task]:
    """The tasks a conclusion calls for: its step where that is a question to somebody, and each of its questions."""
    if row.step_code in STEPS_THAT_ASK:
        code = f"step_{row.step_code}"
        yield Task(case_id=row.case_id, code=code, agency=row.step_owner, created_on=on, due_on=row.step_due_on)
    for question in row.questions:
        yield Task(
            case_id=row.case_id,
            code=question["code"],
            agency=catalogue()[question["code"]].asks,
            created_on=on,
            due_on=_answer_by(question, on),
        )


def _answer_by(question: dict[str, Any], on: date) -> date:
    """The day the question itself names, otherwise ten working days from when it is asked."""
    named = question["facts"].get("due_on")
    return date.fromisoformat(named) if named else add_working_days(on, ANSWER_WITHIN_WORKING_DAYS)
