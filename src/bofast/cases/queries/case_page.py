"""What stands on the page of one case, already cut to what the viewer may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bofast.access.models import User
from bofast.access.need_to_know import NEED_TO_KNOW, Viewer
from bofast.arrears.models import Household, Resident
from bofast.cases import words
from bofast.cases.models import Case, Event, Task
from bofast.cases.queries.explain import Explanation
from bofast.cases.queries.worklist import visible
from bofast.cases.queries.worklist_page import open_questions
from bofast.domain.calendar import format_day
from bofast.domain.facts import Agency, DeedCode, Stage
from bofast.domain.findings import Finding, Part
from bofast.domain.money import format_kr
from bofast.domain.procedure import AT_REST, BEFORE_PETITION, NextStep

NEXT_LEGAL_DEED = {
    **dict.fromkeys((*BEFORE_PETITION, *AT_REST), DeedCode.PETITION),
    Stage.PETITIONED: DeedCode.DATE_SET,
    Stage.SCHEDULED: DeedCode.EVICTION,
    Stage.EVICTED: DeedCode.REINSTATEMENT,
}
"""The step of the procedure that matters next at each stage."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the timeline, in words. `actor` is a person, a list, or nobody."""

    on: date
    title: str
    text: str = ""
    actor: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """A task still to be done, in words."""

    pk: int
    code: str
    text: str
    owner: str
    due_on: date
    days: int


@dataclass(frozen=True, kw_only=True)
class Home:
    """Who lives there and on what lease. `members` and `children` are None when unknown or not for the viewer."""

    residents: tuple[Resident, ...]
    household: Household | None


def case_of(number: str, viewer: Viewer) -> Case | None:
    """The case with that number; None when there is none the viewer may know of."""
    related = ("tenancy__dwelling", "relapse_of", "team", "holder", "current")
    return visible(Case.objects.all(), viewer).select_related(*related).filter(number=number).first()


def home(case: Case, viewer: Viewer) -> Home:
    """The people of the case, as far as the viewer may know them."""
    residents = Resident.objects.filter(tenancy=case.tenancy_id).order_by("-role", "pk")
    household = Household.objects.filter(tenancy=case.tenancy_id) if viewer.sees(Part.HOUSEHOLD) else None
    return Home(
        residents=tuple(residents) if viewer.sees(Part.IDENTITY) else (),
        household=household.first() if household is not None else None,
    )


def next_legal_step(explanation: Explanation) -> NextStep | None:
    """The step of the procedure that matters next, as it stands on the day."""
    wanted = NEXT_LEGAL_DEED.get(explanation.concluded.stage)
    return next((step for step in explanation.steps if step.deed is wanted), None)


def open_tasks(case: Case, viewer: Viewer, on: date) -> list[OpenTask]:
    """What is still to be done, nearest first; the landlord's side sees only what is asked of its own agency."""
    asked = questions(case)
    return [
        OpenTask(
            pk=task.pk,
            code=task.code,
            text=words.task(task, asked),
            owner=_owner(task, case),
            due_on=task.due_on,
            days=(task.due_on - on).days,
        )
        for task in tasks_for(viewer).filter(case=case).select_related("owner")
    ]


def tasks_for(viewer: Viewer) -> QuerySet[Task]:
    """Open tasks the viewer may know of and finish."""
    undone = Task.objects.filter(done_on__isnull=True)
    if viewer.sees(Part.HELP):
        return undone
    own = undone.filter(agency=viewer.agency or "", code=Task.MANUAL)
    return undone.filter(pk__in=own.values("pk")) | undone.filter(pk__in=open_questions(viewer).values("pk"))


def questions(case: Case) -> dict[str, Finding]:
    """The questions of the newest assessment, by code: they carry the facts a task does not."""
    asked = case.current.questions if case.current else []
    return {stored["code"]: Finding.from_json(stored) for stored in asked}


def _owner(task: Task, case: Case) -> str:
    """The person who has the task, where it is for the team that has the case; otherwise the agency asked."""
    person = task.owner or case.holder
    if person and person.agency == task.agency:
        return str(person)
    return words.owner(task.agency)


def timeline(case: Case, viewer: Viewer) -> list[Entry]:
    """What happened, newest first."""
    related = ("actor", "file", "note")
    events = Event.objects.filter(case=case).select_related(*related).order_by("-on", "-id")
    seen = [event for event in events if viewer.sees(words.EVENT_PARTS.get(event.code, Part.PROCEDURE))]
    people = _people(seen)
    return [_entry(event, viewer, people) for event in seen]


def _people(events: Iterable[Event]) -> dict[int, User]:
    """Those a case was handed over to."""
    return User.objects.in_bulk({event.facts["holder"] for event in events if event.facts.get("holder")})


def _entry(event: Event, viewer: Viewer, people: dict[int, User]) -> Entry:
    said = _note(event) if viewer.sees(Part.HELP) else ""
    told = [text for text in (*_details(event, people, viewer), said) if text]
    return Entry(on=event.on, title=str(words.EVENTS[event.code]), text="\n".join(told), actor=_actor(event, viewer))


def _note(event: Event) -> str:
    return event.note.text if hasattr(event, "note") else ""


def _actor(event: Event, viewer: Viewer) -> str:
    """Who did or told it; to the landlord's side a helper is only the municipality."""
    if event.file is not None:
        day = format_day(event.file.as_of, words.language()) if event.file.as_of else ""
        return _("From the arrears list of %(day)s") % {"day": day}
    if event.actor is None:
        return ""
    if not viewer.sees(Part.HELP) and _helps(event.actor):
        return words.owner("kommunen")
    return str(event.actor)


def _helps(user: User) -> bool:
    """Somebody who has no agency any more may have helped."""
    return not user.agency or Part.HELP in NEED_TO_KNOW[Agency(user.agency)]


def _details(event: Event, people: dict[int, User], viewer: Viewer) -> Sequence[str]:
    """What the event itself tells beside its name."""
    facts = event.facts
    return [
        *_days_and_sums(facts),
        str(people[facts["holder"]]) if facts.get("holder") in people else "",
        _outcome(facts) if viewer.sees(Part.HELP) else "",
        _clause(facts),
        _("Recorded although something stood in the way; the reason is kept.") if facts.get("despite") else "",
    ]


def _days_and_sums(facts: dict[str, Any]) -> Sequence[str]:
    days = [date.fromisoformat(facts[name]) for name in ("scheduled_on", "review_on") if facts.get(name)]
    sums = [format_kr(facts["amount"], words.language())] if facts.get("amount") else []
    return [*(format_day(day, words.language()) for day in days), *sums]


def _outcome(facts: dict[str, Any]) -> str:
    return str(Case.Outcome(facts["outcome"]).label).capitalize() if facts.get("outcome") else ""


def _clause(facts: dict[str, Any]) -> str:
    if "clause" not in facts:
        return ""
    return (
        _("The lease has the clause on eviction.") if facts["clause"] else _("The lease lacks the clause on eviction.")
    )
