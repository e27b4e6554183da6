"""What stands on the page of one case, already cut to what the viewer may see."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bofast.access.models import User
from bofast.access.need_to_know import HELPERS, Viewer
from bofast.arrears.models import Household, Resident
from bofast.arrears.shielding import address_hidden_from
from bofast.cases import words
from bofast.cases.models import Case, Event, Task
from bofast.cases.queries.explain import Explanation
from bofast.cases.queries.reach import visible, works_on
from bofast.cases.queries.worklist_page import known_codes
from bofast.domain.calendar import format_day
from bofast.domain.facts import DeedCode, Stage
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
    """One line of the timeline, in words. `actor`: a person, a list, or nobody; `more` stands folded under `label`."""

    on: date
    title: str
    text: str = ""
    actor: str = ""
    label: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """A task still to be done, in words. `finishes`: it is the viewer's to mark as done."""

    pk: int
    code: str
    text: str
    owner: str
    due_on: date
    days: int
    finishes: bool


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
    """The people of the case, as far as the viewer may know them; with a protected address, without telephone too."""
    residents = Resident.objects.filter(tenancy=case.tenancy_id).order_by("-role", "pk")
    residents = residents.annotate(shielded=address_hidden_from(viewer))
    household = Household.objects.filter(tenancy=case.tenancy_id) if viewer.sees(Part.HOUSEHOLD) else None
    return Home(
        residents=tuple(_shown(each) for each in residents) if viewer.sees(Part.IDENTITY) else (),
        household=household.first() if household is not None else None,
    )


def _shown(resident: Resident) -> Resident:
    if resident.shielded:  # type: ignore[attr-defined]  # annotated by `home`
        resident.phone = resident.email = ""
    return resident


def next_legal_step(explanation: Explanation, viewer: Viewer) -> NextStep | None:
    """The step of the procedure that matters next, as it stands on the day."""
    wanted = NEXT_LEGAL_DEED.get(explanation.concluded.stage)
    return next((step for step in explanation.steps_for(viewer) if step.deed is wanted), None)


def open_tasks(case: Case, viewer: Viewer, on: date) -> list[OpenTask]:
    """What is still to be done, nearest first, as the viewer may know it before this case."""
    asked, own = questions(case), set(finishable(case, viewer).values_list("pk", flat=True))
    return [
        OpenTask(
            pk=task.pk,
            code=task.code,
            text=words.task(task, asked),
            owner=_owner(task, case, viewer),
            due_on=task.due_on,
            days=(task.due_on - on).days,
            finishes=task.pk in own,
        )
        for task in tasks_of(case, viewer).select_related("owner")
    ]


def tasks_of(case: Case, viewer: Viewer) -> QuerySet[Task]:
    """Open tasks the viewer may know of: what rests on parts they see; without help, what their agency is asked."""
    told = Task.objects.filter(case=case, done_on__isnull=True, code__in=[Task.MANUAL, *known_codes(viewer)])
    return told if viewer.sees(Part.HELP) else told.filter(agency=viewer.agency or "")


def finishable(case: Case, viewer: Viewer) -> QuerySet[Task]:
    """Those of them the viewer marks as done: their own agency's on a case that was only shared with it."""
    told = tasks_of(case, viewer)
    return told if works_on(case, viewer) else told.filter(agency=viewer.agency or "")


def questions(case: Case) -> dict[str, Finding]:
    """The questions of the newest assessment, by code: they carry the facts a task does not."""
    asked = case.current.questions if case.current else []
    return {stored["code"]: Finding.from_json(stored) for stored in asked}


def _owner(task: Task, case: Case, viewer: Viewer) -> str:
    """The person who has the task, where it is for the team that has the case; otherwise the agency asked."""
    person = task.owner or case.holder
    if person and viewer.sees(Part.HELP) and person.works_for(task.agency):
        return str(person)
    return words.owner(task.agency)


def timeline(case: Case, viewer: Viewer) -> list[Entry]:
    """What happened, newest first; the lists that told one office the same each month stand as one."""
    related = ("actor", "file", "note")
    events = Event.objects.filter(case=case).select_related(*related).order_by("-on", "-id")
    seen = [event for event in events if viewer.sees(words.event_part(event))]
    people, lists = _people(seen), _lists(seen)
    shown = (event for event in seen if event.pk in lists or not _goes_with_a_list(event))
    return [_entry(event, viewer, people, lists.get(event.pk, [])) for event in shown]


def _lists(events: Iterable[Event]) -> dict[int, list[date]]:
    """Of the lists that told one office the same of the case the newest one's event, with the days of all."""
    newest: dict[tuple[str, ...], int] = {}
    days: dict[int, list[date]] = {}
    for event in filter(_goes_with_a_list, events):
        same = (event.facts["receiver"], str(event.facts["team"]), *event.facts["parts"])
        days.setdefault(newest.setdefault(same, event.pk), []).append(event.on)
    return days


def _goes_with_a_list(event: Event) -> bool:
    """Handed out with a list, and not released by a person: a reason given stands by its own day."""
    return event.code == Event.Code.SHARED and "hand_out" in event.facts and not event.facts.get("despite")


def _people(events: Iterable[Event]) -> dict[int, User]:
    """Those a case was handed over to."""
    return User.objects.in_bulk({event.facts["holder"] for event in events if event.facts.get("holder")})


def _entry(event: Event, viewer: Viewer, people: dict[int, User], days: Sequence[date]) -> Entry:
    said = _note(event) if viewer.sees(Part.HELP) else ""
    told = [text for text in (*_details(event, people, viewer), said) if text]
    more = (*words.parts(map(Part, event.facts["parts"])), *_also(days)) if event.code == Event.Code.SHARED else ()
    return Entry(
        on=event.on,
        title=words.event(event),
        text="\n".join(told),
        actor=_actor(event, viewer),
        label=_("They get to see") if more else "",
        more=more,
    )


def _also(days: Sequence[date]) -> Iterator[str]:
    """The days before the newest."""
    if days[1:]:
        earlier = ", ".join(format_day(day, words.language()) for day in days[1:])
        yield _("Also shared %(days)s") % {"days": earlier}


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
    """Somebody who has no role any more may have helped."""
    return not user.seats or any(user.works_for(agency) for agency in HELPERS)


def _details(event: Event, people: dict[int, User], viewer: Viewer) -> Sequence[str]:
    """What the event itself tells beside its name."""
    facts = event.facts
    return [
        *_days_and_sums(facts),
        *(words.told(facts) if viewer.sees(Part.HELP) or not event.is_deed else ()),
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
