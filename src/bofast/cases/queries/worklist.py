"""The worklist: a ranked list in which every household has a reason, a next step, a date and an owner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DateField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value

from bofast.access.need_to_know import CEILING, Viewer
from bofast.arrears.models import Resident
from bofast.arrears.queries import shielded
from bofast.cases.models import Assessment, Case, Event, Task
from bofast.cases.queries.reach import before_each, on_worklist, only_shared, shares_with
from bofast.domain.assessment import Deadline
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.findings import Finding, Part, finding, public_facts
from bofast.domain.money import as_kroner, months_of

NEUTRAL_STEP = Finding(code="step_followed_up")
NEUTRAL_OWNER = "kommunen"
"""Who helps is not for the landlord's side to know; that somebody does, is."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """That a case was shared with the viewer's agency: by which agency, on which day, and what it is asked to do by."""

    by: str
    on: date
    asked_by: date | None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One household on the worklist, already cut to what the viewer may see. Amounts are øre.

    `case` and `assessment` are whole: what is shown of them goes through the properties, which ask `sees`, the parts
    the viewer sees of this case.
    """

    rank: int
    case: Case
    assessment: Assessment
    name: str
    reasons: tuple[Finding, ...]
    step: Finding
    step_due_on: date | None
    owner: str
    deadline: Deadline | None
    children: int | None
    last_contact_on: date | None
    sees: frozenset[Part]
    shared: Shared | None = None

    @property
    def outstanding(self) -> int | None:
        """What is unpaid; None where it is not for the viewer."""
        return self.assessment.outstanding if Part.MONEY in self.sees else None

    @property
    def stage(self) -> str | None:
        """How far the procedure has come; None where it is not for the viewer."""
        return self.assessment.stage if Part.PROCEDURE in self.sees else None

    @property
    def months(self) -> Decimal | None:
        """Arrears in months of rent; None when the rent is unknown, or it is not for the viewer."""
        if self.outstanding is None:
            return None
        return months_of(self.outstanding, self.case.tenancy.monthly_rent)

    @property
    def contract_no(self) -> str:
        """The contract, empty where it is not for the viewer who lives there."""
        return self.case.tenancy.contract_no if Part.IDENTITY in self.sees else ""

    @property
    def district(self) -> str:
        """The district, empty where it is unknown or not for the viewer who lives there."""
        dwelling = self.case.tenancy.dwelling
        return dwelling.district if dwelling and Part.IDENTITY in self.sees else ""


def neutral_state(case: Case, on: date) -> Finding:
    """What those who may not know of help are told in its place: followed up, on hold until a day, or closed.

    The day is one somebody who helps has set for looking again, on a form that says who gets to see it; nothing else of
    the help moves this state.
    """
    if case.closed_on and case.closed_on <= on:
        return Finding(code="step_closed")
    if case.review_on and case.review_on > on:
        return finding("step_on_hold", until_on=case.review_on)
    return NEUTRAL_STEP


FOLLOW_UP_STEPS = ("review", "reopen_case")


def worklist(viewer: Viewer, on: date, *, shared: bool = False) -> QuerySet[Case]:
    """The open cases as of a day, most urgent first, each with its assessment's id as `shown` and what sorts it.

    Cases closed by a person are left out until their follow-up falls due, and for good once a later case has taken
    over; those who may not know of follow-up do not see them then either. The order is one the viewer may know.
    Of cases shared one by one (`shared`, or all that somebody sees) other parts may be seen of each, so nothing sorts
    them but the contract.
    """
    shared = shared or only_shared(viewer)
    knows_help = viewer.sees(Part.HOUSEHOLD) and viewer.sees(Part.HELP) and not shared
    column = _concluded(on)
    cases = on_worklist(Case.objects.filter(opened_on__lte=on), viewer, shared=shared).annotate(
        shown=column("pk"),
        as_of=Value(on, DateField()),
        order=Value("") if shared else column("order_full" if knows_help else "order_neutral"),
        due_on=column("step_due_on"),
        step_code=column("step_code"),
        deadline_on=column("deadline_on"),
        deadline_code=column("deadline_code"),
        outstanding=column("outstanding"),
    )
    running = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    if knows_help:
        later = Case.objects.filter(tenancy=OuterRef("tenancy"), opened_on__gt=OuterRef("opened_on"), opened_on__lte=on)
        running |= Q(due_on__lte=on, step_code__in=FOLLOW_UP_STEPS) & Q(~Exists(later))
    return cases.filter(running, shown__isnull=False).order_by("order", "tenancy__contract_no", "number")


def _concluded(on: date) -> Callable[[str], F | Subquery]:
    """A column of the assessment in force on the day: the newest one, unless some case has been assessed for later."""
    if not Case.objects.filter(current__on__gt=on).exists():
        return lambda name: F(f"current__{name}")
    last = Assessment.objects.filter(case=OuterRef("pk"), on__lte=on).order_by("-on", "-id")
    return lambda name: Subquery(last.values(name)[:1])


def narrowed(cases: QuerySet[Case], *, team: str | None = None, district: str | None = None) -> QuerySet[Case]:
    """Only one team's, only one district's."""
    if team:
        cases = cases.filter(team__name=team)
    if district:
        cases = cases.filter(tenancy__dwelling__district=district)
    return cases.select_related("tenancy__dwelling", "team", "holder")


def nothing_assessed(on: date) -> bool:
    """Whether there are lists for that day, and no run has looked at them."""
    return not Assessment.objects.filter(on__lte=on).exists()


def items(cases: Sequence[Case], viewer: Viewer, *, first_rank: int = 1, shared: bool = False) -> list[Item]:
    """What the viewer may see of these cases (a portion of `worklist`), ranked on from `first_rank`.

    `shared`: with who shared each of them.
    """
    ids = {case.pk: shown_of(case) for case in cases}
    shown = Assessment.objects.in_bulk(list(ids.values()))
    names = _names(cases, viewer) if viewer.sees(Part.IDENTITY) else {}
    contacts = _last_contacts(cases) if viewer.sees(Part.HELP) else {}
    seen = before_each(cases, viewer)
    found = [
        _item(rank, case, shown[ids[case.pk]], names.get(case.tenancy_id, ""), contacts.get(case.pk), seen[case.pk])
        for rank, case in enumerate(cases, first_rank)
    ]
    shares = _shares(cases, viewer) if shared else {}
    return [replace(item, shared=shares.get(item.case.pk)) for item in found]


def _shares(cases: Sequence[Case], viewer: Viewer) -> dict[int, Shared]:
    """The newest sharing of each case with the viewer's agency."""
    asked = Task.objects.filter(case__in=cases, agency=viewer.agency or "", code=Task.MANUAL, done_on__isnull=True)
    due = dict(asked.values_list("case").annotate(Min("due_on")))
    rows = shares_with(viewer).filter(case__in=cases, hand_out__isnull=True).order_by("on", "pk")
    return {
        case: Shared(by=sender, on=on, asked_by=due.get(case))
        for case, sender, on in rows.values_list("case", "sender", "on")
    }


def parts_of_shared(viewer: Viewer) -> frozenset[Part]:
    """The parts the viewer sees of some case that was shared with their agency."""
    if viewer.agency is None or viewer.reaches_all:
        return viewer.parts
    rows = shares_with(viewer).filter(hand_out__isnull=True).values_list("parts", flat=True)
    return frozenset(Part(part) for parts in rows for part in parts) & CEILING[viewer.agency]


def shown_of(case: Case) -> int:
    """The id of the assessment that `worklist` found for the case."""
    shown: int = getattr(case, "shown")  # noqa: B009 (an annotation, unknown to the model)
    return shown


def _as_of(case: Case) -> date:
    """The day `worklist` was asked for."""
    on: date = getattr(case, "as_of")  # noqa: B009 (an annotation, unknown to the model)
    return on


def _names(cases: Sequence[Case], viewer: Viewer) -> dict[int, str]:
    """The main tenants' names; on the operator's screen and in their files stands no shielded household's."""
    tenancies = [case.tenancy_id for case in cases]
    if viewer.operator:
        tenancies = list(set(tenancies) - shielded(tenancies).keys())
    residents = Resident.objects.filter(tenancy__in=tenancies, role=Resident.Role.MAIN)
    return dict(residents.values_list("tenancy", "name"))


def _last_contacts(cases: Sequence[Case]) -> dict[int, date]:
    contacts = Event.objects.filter(case__in=cases, code=DeedCode.CONTACT)
    return dict(contacts.values_list("case").annotate(last=Max("on")))


def _item(rank: int, case: Case, assessment: Assessment, name: str, contact: date | None, viewer: Viewer) -> Item:
    findings = tuple(Finding.from_json(stored) for stored in assessment.findings)
    step, due_on, owner = step_for(assessment, case, viewer, _as_of(case))
    deadline = deadline_of(assessment, viewer)
    return Item(
        rank=rank,
        case=case,
        assessment=assessment,
        name=name if viewer.sees(Part.IDENTITY) else "",
        reasons=tuple(finding for finding in findings if viewer.sees(finding.part)),
        step=step,
        step_due_on=due_on,
        owner=owner,
        deadline=deadline,
        children=assessment.facts["children"] if viewer.sees(Part.HOUSEHOLD) else None,
        last_contact_on=contact if viewer.sees(Part.HELP) else None,
        sees=viewer.parts,
    )


def step_for(assessment: Assessment, case: Case, viewer: Viewer, on: date) -> tuple[Finding, date | None, str]:
    """Next step, day and owner as the viewer may know them: help is a neutral state to the landlord's side."""
    step = finding(f"step_{assessment.step_code}", due_on=assessment.step_due_on)
    if not viewer.sees(step.part):
        return neutral_state(case, on), None, NEUTRAL_OWNER
    owner = owner_of(assessment.step_owner, case)
    hidden = assessment.step_owner == Agency.OUTREACH and not viewer.sees(Part.HELP)
    return step, assessment.step_due_on, NEUTRAL_OWNER if hidden else owner


def deadline_of(assessment: Assessment, viewer: Viewer) -> Deadline | None:
    """The next date the law sets, where the viewer may know of it."""
    if assessment.deadline_on is None:
        return None
    deadline = Deadline(code=assessment.deadline_code, on=assessment.deadline_on)
    return deadline if viewer.sees(deadline.finding.part) else None


def owner_of(agency: str, case: Case) -> str:
    """Who is to take a step: what falls to those who help is for whoever has the case, outreach or social services."""
    if agency == Agency.OUTREACH:
        return str(case.holder or case.team or agency)
    return agency


def as_json(item: Item, language: str) -> dict[str, Any]:
    """The contract's shape of one item: amounts kroner as decimal strings, days ISO; null what is not to be seen."""
    return {
        "case": item.case.number,
        "contract_no": item.contract_no,
        "district": item.district,
        "rank": item.rank,
        "stage": item.stage,
        "outstanding": as_kroner(item.outstanding) if item.outstanding is not None else None,
        "months_of_rent": float(item.months) if item.months is not None else None,
        "oldest_due_on": _iso(item.assessment.oldest_due_on) if item.outstanding is not None else None,
        "children": item.children,
        "next_step": {
            "code": item.step.code.removeprefix("step_"),
            "text": item.step.text(language),
            "due_on": _iso(item.step_due_on),
            "owner": item.owner,
        },
        "legal_deadline": {"code": item.deadline.code, "on": item.deadline.on.isoformat()} if item.deadline else None,
        "reasons": [finding_json(reason, language) for reason in item.reasons],
    }


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """A finding as other programs read it."""
    return {
        "code": finding.code,
        "outcome": finding.outcome.value,
        "text": finding.text(language),
        "law": finding.law or None,
        "facts": public_facts(finding.facts),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
