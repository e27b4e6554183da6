"""What a person does to a case: steps, notes, tasks, hand-overs, reviews, closing."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bofast.access.models import User
from bofast.arrears.models import Tenancy
from bofast.cases.actions.assess import assess_cases
from bofast.cases.models import Case, Event, Note, Task
from bofast.cases.queries.facts import facts_for
from bofast.domain.facts import Deed, DeedCode, Facts
from bofast.domain.findings import Finding
from bofast.domain.procedure import obstacles

DOUBLE_CLICK = timedelta(seconds=15)


def _locked(case_id: int) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("tenancy", "relapse_of")
    return rows.get(pk=case_id)


def _tell(
    case: Case, code: str, on: date, actor: User | None, facts: dict[str, Any] | None = None, words: str = ""
) -> Event:
    """One event, its words beside it, and the case marked as changed. The same again by a double click is told once."""
    told, said = {"code": code, "on": on, "actor": actor, "facts": facts or {}}, words.strip()
    if again := _just_told(case, told, said):
        return again
    event = Event.objects.create(case=case, **told)
    if said:
        Note.objects.create(event=event, text=said)
    Case.objects.filter(pk=case.pk).update(stale=True)
    return event


@transaction.atomic
def record_deed(
    *, case_id: int, deed: Deed, actor: User | None, today: date, words: str = "", despite: str = ""
) -> list[Finding]:
    """Record a step of the procedure, or return everything that stands in its way and record nothing.

    A hard obstacle bars the step; soft ones give way to a reason (`despite`), which is kept with the step.
    """
    case = _locked(case_id)
    barred = obstacles(deed, _facts(case, deed.on), today)
    if any(finding.hard for finding in barred) or (barred and not despite.strip()):
        return barred
    facts = _deed_facts(deed) | ({"despite": [finding.code for finding in barred]} if barred else {})
    _tell(case, deed.code, deed.on, actor, facts, "\n\n".join(filter(None, (words.strip(), despite.strip()))))
    assess_cases([case.pk], on=today)
    return []


def _just_told(case: Case, told: dict[str, Any], said: str) -> Event | None:
    """The same event with the same words by the same person, if it is the newest of the case and a moment old."""
    newest = case.events.order_by("-id").select_related("note").first()
    if newest is None or newest.recorded_at < timezone.now() - DOUBLE_CLICK:
        return None
    same = all(getattr(newest, name) == value for name, value in told.items())
    return newest if same and said == (newest.note.text if hasattr(newest, "note") else "") else None


def _facts(case: Case, on: date) -> Facts:
    """What was known on the day; before the household's first list nothing is, so that list has to speak for it."""
    return facts_for([case], max(on, case.opened_on))[case.tenancy_id]


def _deed_facts(deed: Deed) -> dict[str, Any]:
    return {
        "channel": deed.channel.value,
        "content": sorted(deed.content),
        "ground": deed.ground.value,
        "scheduled_on": deed.scheduled_on.isoformat() if deed.scheduled_on else None,
        "amount": deed.amount,
    }


@transaction.atomic
def write_note(*, case_id: int, text: str, actor: User, today: date) -> Event:
    """A note on the case: the words in a row of their own, the event without them."""
    return _tell(_locked(case_id), Event.Code.NOTE, today, actor, words=text)


@transaction.atomic
def hand_over(*, case_id: int, to: User, actor: User | None, today: date) -> None:
    """Give the case to somebody, and to that person's team."""
    case = _locked(case_id)
    case.holder, case.team = to, to.team
    case.save(update_fields=["holder", "team"])
    _tell(case, Event.Code.HOLDER, today, actor, {"holder": to.pk, "team": to.team_id})


@transaction.atomic
def set_review(*, case_id: int, review_on: date, actor: User, today: date, words: str = "") -> None:
    """Say when the case is to be looked at again; a legal deadline before that day still counts."""
    case = _locked(case_id)
    case.review_on = review_on
    case.save(update_fields=["review_on"])
    _tell(case, Event.Code.REVIEW_SET, today, actor, {"review_on": review_on.isoformat()}, words)
    assess_cases([case.pk], on=today)


@transaction.atomic
def close_case(
    *, case_id: int, outcome: str, on: date, actor: User, today: date, words: str = "", despite: str = ""
) -> list[Finding]:
    """Close the case with its outcome, or return what stands in the way; follow-up starts from `on`."""
    case = _locked(case_id)
    deed = Deed(code=DeedCode.CLOSURE, on=on)
    barred = obstacles(deed, _facts(case, on), today)
    if any(finding.hard for finding in barred) or (barred and not despite.strip()):
        return barred
    case.closed_on, case.outcome = on, outcome
    case.save(update_fields=["closed_on", "outcome"])
    facts = {"outcome": outcome, "despite": [finding.code for finding in barred]}
    _tell(case, deed.code, on, actor, facts, "\n\n".join(filter(None, (words.strip(), despite.strip()))))
    assess_cases([case.pk], on=today)
    return []


@transaction.atomic
def add_task(
    *, case_id: int, text: str, due_on: date, agency: str, owner: User | None, actor: User, today: date
) -> Task:
    """Something somebody is to do on this case by a day."""
    case = _locked(case_id)
    task = Task.objects.create(case=case, text=text, due_on=due_on, agency=agency, owner=owner, created_on=today)
    _tell(case, Event.Code.TASK_ADDED, today, actor, {"due_on": due_on.isoformat()})
    return task


@transaction.atomic
def finish_task(*, task_id: int, actor: User, today: date, words: str = "") -> Task:
    """Mark a task as done, with what came of it. Raises Task.DoesNotExist when it is done already.

    The case is locked first, as in the nightly run, which also takes tasks back: the other order could wait for ever.
    """
    case = _locked(Task.objects.values_list("case", flat=True).get(pk=task_id))
    task = Task.objects.select_for_update().get(pk=task_id, done_on__isnull=True)
    task.done_on, task.done_by = today, actor
    task.save(update_fields=["done_on", "done_by"])
    _tell(case, Event.Code.TASK_DONE, today, actor, {"task": task.code}, words)
    return task


@transaction.atomic
def set_clause(*, case_id: int, clause: bool, actor: User, today: date) -> None:
    """The landlord answers whether the lease has the clause on eviction (tvangsfullbyrdelsesloven § 13-2)."""
    case = _locked(case_id)
    Tenancy.objects.filter(pk=case.tenancy_id).update(clause=clause)
    _tell(case, Event.Code.CLAUSE, today, actor, {"clause": clause})
    assess_cases([case.pk], on=today)
