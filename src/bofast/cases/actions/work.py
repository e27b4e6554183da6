"""What a person does to a case: steps, notes, tasks, hand-overs, reviews, closing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from bofast.access.models import Assignment, User
from bofast.arrears.models import Tenancy
from bofast.cases.actions.assess import assess_cases
from bofast.cases.actions.sharing import end_by_reservation, end_of_closed, hand_across
from bofast.cases.actions.telling import locked, tell
from bofast.cases.models import Case, Event, Task
from bofast.cases.queries.decisions import undecided
from bofast.cases.queries.facts import facts_for
from bofast.domain.facts import Deed, DeedCode, Facts
from bofast.domain.findings import Finding
from bofast.domain.procedure import is_barred, obstacles


@transaction.atomic
def record_deed(
    *,
    case_id: int,
    deed: Deed,
    actor: User | None,
    today: date,
    words: str = "",
    despite: str = "",
    given_by: str = "",
    contact_by: str = "",
) -> list[Finding]:
    """Record a step of the procedure, or return everything that stands in its way and record nothing.

    A hard obstacle bars the step; soft ones give way to a reason (`despite`), which is kept with the step. `given_by`
    is who of the household, or for it, said what the step records (`Consent.GivenBy`), a role and no name; `contact_by`
    how the household was sought (`ContactBy`).
    """
    case = locked(case_id)
    barred = obstacles(deed, _facts(case, deed.on), today)
    if stops(barred, despite):
        return barred
    despite_of = [finding.code for finding in barred]
    facts = _deed_facts(deed) | _only_said(despite=despite_of, given_by=given_by, contact_by=contact_by)
    tell(case, deed.code, deed.on, actor, facts, "\n\n".join(filter(None, (words.strip(), despite.strip()))))
    if deed.code is DeedCode.OPT_OUT:
        end_by_reservation(case, today=today, actor=actor)
    assess_cases([case.pk], on=today)
    return []


def stops(barred: Sequence[Finding], despite: str) -> bool:
    """Whether these obstacles stand: a hard one always, a soft one until there is a reason in writing."""
    return is_barred(barred) or (bool(barred) and not despite.strip())


def _only_said(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}


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
    return tell(locked(case_id), Event.Code.NOTE, today, actor, words=text)


@transaction.atomic
def hand_over(*, case_id: int, to: Assignment, actor: User, today: date, despite: str = "") -> list[Finding]:
    """Give the case to somebody in the seat they have it in, and so to that seat's team.

    To a team on another side it goes as sharing does; otherwise every reason why not is returned and nothing recorded.
    """
    case = locked(case_id)
    held = hand_across(case, to, actor=actor, today=today, despite=despite)
    if held:
        return held
    case.holder, case.team = to.user, to.team
    if case.partner_team_id == to.team_id:
        case.partner_team = None
    case.save(update_fields=["holder", "team", "partner_team"])
    tell(case, Event.Code.HOLDER, today, actor, {"holder": to.user_id, "team": to.team_id})
    return []


@transaction.atomic
def set_review(*, case_id: int, review_on: date, actor: User, today: date, words: str = "") -> None:
    """Say when the case is to be looked at again; a legal deadline before that day still counts."""
    case = locked(case_id)
    case.review_on = review_on
    case.save(update_fields=["review_on"])
    tell(case, Event.Code.REVIEW_SET, today, actor, {"review_on": review_on.isoformat()}, words)
    assess_cases([case.pk], on=today)


@transaction.atomic
def close_case(
    *,
    case_id: int,
    outcome: str,
    on: date,
    actor: User,
    today: date,
    moved_to: str = "",
    words: str = "",
    despite: str = "",
) -> list[Finding]:
    """Close the case with its outcome, or return what stands in the way; follow-up starts from `on`.

    `moved_to` is where a household went that moved (`MovedTo`), as far as it is known. A request for help
    must be decided or withdrawn first. Those the case was referred to see it no more.
    """
    case = locked(case_id)
    deed = Deed(code=DeedCode.CLOSURE, on=on)
    barred = [*obstacles(deed, _facts(case, on), today), *undecided(case)]
    if stops(barred, despite):
        return barred
    case.closed_on, case.outcome = on, outcome
    case.save(update_fields=["closed_on", "outcome"])
    facts = {"outcome": outcome} | _only_said(despite=[finding.code for finding in barred], moved_to=moved_to)
    tell(case, deed.code, on, actor, facts, "\n\n".join(filter(None, (words.strip(), despite.strip()))))
    end_of_closed([case.pk], today=today, actor=actor)
    assess_cases([case.pk], on=today)
    return []


@transaction.atomic
def add_task(
    *, case_id: int, text: str, due_on: date, agency: str, owner: User | None, actor: User, today: date
) -> Task:
    """Something somebody is to do on this case by a day."""
    case = locked(case_id)
    task = Task.objects.create(case=case, text=text, due_on=due_on, agency=agency, owner=owner, created_on=today)
    tell(case, Event.Code.TASK_ADDED, today, actor, {"due_on": due_on.isoformat()})
    return task


@transaction.atomic
def finish_task(*, task_id: int, actor: User, today: date, words: str = "") -> Task:
    """Mark a task as done, with what came of it. Raises Task.DoesNotExist when it is done already.

    The case is locked first, as in the nightly run, which also takes tasks back: the other order could wait for ever.
    """
    case = locked(Task.objects.values_list("case", flat=True).get(pk=task_id))
    task = Task.objects.select_for_update().get(pk=task_id, done_on__isnull=True)
    task.done_on, task.done_by = today, actor
    task.save(update_fields=["done_on", "done_by"])
    tell(case, Event.Code.TASK_DONE, today, actor, {"task": task.code}, words)
    return task


@transaction.atomic
def set_clause(*, case_id: int, clause: bool, actor: User, today: date) -> None:
    """The landlord answers whether the lease has the clause on eviction (tvangsfullbyrdelsesloven § 13-2)."""
    case = locked(case_id)
    Tenancy.objects.filter(pk=case.tenancy_id).update(clause=clause)
    tell(case, Event.Code.CLAUSE, today, actor, {"clause": clause})
    assess_cases([case.pk], on=today)
