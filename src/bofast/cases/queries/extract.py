"""Everything held about one household, in the order a person would ask: who, where, money, what was done, who looked.

What is here is what the person gets (GDPR art. 15), of the parts whoever makes it may see: what the social services
know they hand out themselves (2009 act § 44).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bofast.access.models import AccessEntry
from bofast.access.need_to_know import Viewer
from bofast.arrears.actions.erasure import lines_held
from bofast.arrears.models import (
    Answer,
    FileKind,
    HandedRow,
    LedgerEntry,
    Named,
    Resident,
    Shield,
    ShieldedAddress,
    Tenancy,
)
from bofast.cases import words
from bofast.cases.models import Case, Consent, Decision, Event, HelpRequest, Representative, Sharing, Task
from bofast.cases.queries.decisions import PARTS, regarding
from bofast.domain.calendar import format_day
from bofast.domain.findings import Finding, Part
from bofast.domain.money import format_kr


@dataclass(frozen=True)
class Chapter:
    """One kind of thing that is held: its title, its columns and its rows, in words."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chapters(tenancy: Tenancy, viewer: Viewer) -> list[Chapter]:
    """The extract, by the parts the viewer sees of the household; chapters of which nothing is held are left out."""
    cases = Case.objects.filter(tenancy=tenancy).order_by("opened_on")
    every = (
        _persons(tenancy), _home(tenancy), _ledger(tenancy), _cases(cases), _events(cases, viewer),
        *_help(tenancy, cases, viewer), _handed_out(tenancy, viewer), _decisions(cases, viewer), _shields(tenancy),
        _files(tenancy, viewer), _looks(tenancy, cases),
    )  # fmt: skip
    return [chapter for chapter in every if chapter.rows]


def _help(tenancy: Tenancy, cases: QuerySet[Case], viewer: Viewer) -> list[Chapter]:
    """The chapters that are part of help; none for who does not see it."""
    if not viewer.sees(Part.HELP):
        return []
    return [_tasks(cases), _consents(tenancy), _representatives(tenancy), _shared(cases), _requests(cases)]


def _chapter(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Chapter:
    return Chapter(title, tuple(head), tuple(tuple(_written(value) for value in row) for row in rows))


def _written(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return format_day(value, words.language()) if isinstance(value, date) else str(value)


def _kr(ore: int | None) -> str:
    return "–" if ore is None else format_kr(ore, words.language())


def _persons(tenancy: Tenancy) -> Chapter:
    people = Resident.objects.filter(tenancy=tenancy).order_by("-role", "pk")
    head = (_("Role"), _("Name"), _("National identity number"), _("Phone"), _("E-mail"), _("Language"))
    return _chapter(
        _("Who lives there"),
        head,
        ([p.get_role_display(), p.name, p.national_id, p.phone, p.email, p.language] for p in people),
    )


def _home(tenancy: Tenancy) -> Chapter:
    return _chapter(_("The home and the lease"), (_("What"), _("Value")), _home_rows(tenancy))


def _home_rows(tenancy: Tenancy) -> Iterator[tuple[str, Any]]:
    place = ShieldedAddress.objects.filter(tenancy=tenancy).first() or tenancy.dwelling
    yield _("Contract"), tenancy.contract_no
    yield _("KID"), tenancy.kid
    if place:
        yield _("Address"), ", ".join(filter(None, (place.address, f"{place.postal_code} {place.city}".strip())))
        yield _("District"), place.district
        yield _("Dwelling number"), place.dwelling_no
    yield _("Monthly rent"), _kr(tenancy.monthly_rent)
    yield _("Lease from"), tenancy.lease_from
    yield _("Lease runs to"), tenancy.lease_to
    yield _("Clause on eviction"), tenancy.clause
    if household := getattr(tenancy, "household", None):
        yield _("Members"), household.members
        yield _("Children"), household.children


def _ledger(tenancy: Tenancy) -> Chapter:
    entries = LedgerEntry.objects.filter(claim__tenancy=tenancy).select_related("claim", "file").order_by("file__as_of")
    head = (_("List of"), _("Fell due"), _("Unpaid"), _("Fees"), _("Interest"))
    return _chapter(
        _("What the lists said was owed"),
        head,
        ([e.file.as_of, e.claim.due_on, _kr(e.outstanding), _kr(e.fees), _kr(e.interest)] for e in entries),
    )


def _cases(cases: QuerySet[Case]) -> Chapter:
    head = (_("Case"), _("Opened"), _("Closed"), _("How it went"), _("Person"), _("Team"))
    rows = cases.select_related("holder", "team")
    return _chapter(
        _("Cases"),
        head,
        ([c.number, c.opened_on, c.closed_on, c.get_outcome_display(), c.holder, c.team] for c in rows),
    )


def _events(cases: QuerySet[Case], viewer: Viewer) -> Chapter:
    every = Event.objects.filter(case__in=cases).select_related("actor", "note").order_by("on", "pk")
    events = [event for event in every if viewer.sees(words.event_part(event))]
    head = (_("Day"), _("What happened"), _("By"), _("What was written"))
    return _chapter(
        _("What has happened"),
        head,
        ([e.on, words.EVENTS[e.code], e.actor, e.note.text if hasattr(e, "note") else ""] for e in events),
    )


def _tasks(cases: QuerySet[Case]) -> Chapter:
    tasks = Task.objects.filter(case__in=cases)
    head = (_("Made"), _("What is to be done"), _("Agency"), _("Due"), _("Done"))
    rows = ([t.created_on, words.task(t, {}), words.owner(t.agency), t.due_on, t.done_on] for t in tasks)
    return _chapter(_("Tasks and questions"), head, rows)


def _consents(tenancy: Tenancy) -> Chapter:
    head = (_("Text"), _("From"), _("To"), _("Given"), _("Withdrawn"))
    rows = (
        [c.text_version, words.owner(c.sender), ", ".join(map(words.owner, c.receivers)), c.given_on, c.withdrawn_on]
        for c in Consent.objects.filter(tenancy=tenancy)
    )
    return _chapter(_("Consents"), head, rows)


def _representatives(tenancy: Tenancy) -> Chapter:
    head = (_("Kind"), _("Name"), _("Phone"), _("For what"), _("From"), _("Until"))
    people = Representative.objects.filter(tenancy=tenancy)
    rows = ([r.get_kind_display(), r.name, r.phone, r.scope, r.since, r.until] for r in people)
    return _chapter(_("Who acts for the household"), head, rows)


def _shared(cases: QuerySet[Case]) -> Chapter:
    head = (_("Day"), _("From"), _("To"), _("Ground"), _("Ended"))
    rows = (
        [s.on, words.owner(s.sender), words.owner(s.receiver), _grounds(s.findings), s.ended_on]
        for s in Sharing.objects.filter(case__in=cases)
    )
    return _chapter(_("Shared with other agencies"), head, rows)


def _handed_out(tenancy: Tenancy, viewer: Viewer) -> Chapter:
    """What was handed out on the household; the answers are the social services' own."""
    told = _answer if viewer.sees(Part.AID) else _untold
    rows = HandedRow.objects.filter(tenancy=tenancy).select_related("hand_out")
    head = (_("Day"), _("To"), _("Sent"), _("Ground"), _("Answer"))
    return _chapter(
        _("Lists handed to other agencies"),
        head,
        ([r.hand_out.on, words.owner(r.hand_out.receiver), r.sent, _grounds(r.findings), told(r)] for r in rows),
    )


def _grounds(findings: Sequence[dict[str, Any]]) -> str:
    return " ".join(Finding.from_json(stored).text(words.language()) for stored in findings)


def _answer(row: HandedRow) -> str:
    newest: Answer | None = row.answers.last()
    return f"{newest.answer} {newest.note}".strip() if newest else ""


def _untold(_row: HandedRow) -> str:
    return ""


def _requests(cases: QuerySet[Case]) -> Chapter:
    rows = ([r.received_on, r.answer_by, r.withdrawn_on] for r in HelpRequest.objects.filter(case__in=cases))
    return _chapter(_("Requests for help"), (_("Received"), _("Answer by"), _("Withdrawn")), rows)


def _decisions(cases: QuerySet[Case], viewer: Viewer) -> Chapter:
    head = (_("Day"), _("Provision"), _("Outcome"), _("What it says"), _("Why"), _("Complaint"))
    every = Decision.objects.filter(case__in=cases).select_related("words")
    found = [decision for decision in every if viewer.sees(PARTS[regarding(decision)])]
    rows = (
        [d.decided_on, d.provision, d.get_outcome_display(), *_decision_words(d), d.get_complaint_display()]
        for d in found
    )
    return _chapter(_("Decisions"), head, rows)


def _decision_words(decision: Decision) -> tuple[str, str]:
    return (decision.words.content, decision.words.reasons) if hasattr(decision, "words") else ("", "")


def _shields(tenancy: Tenancy) -> Chapter:
    head = (_("What"), _("From"), _("Until"))
    rows = [[s.get_kind_display(), s.since, s.ended_on] for s in Shield.objects.filter(tenancy=tenancy)]
    named = Named.objects.filter(tenancy=tenancy).select_related("user")
    rows += [[_("named: %(name)s") % {"name": n.user}, n.since, n.ended_on] for n in named]
    return _chapter(_("Shielding"), head, rows)


def _files(tenancy: Tenancy, viewer: Viewer) -> Chapter:
    """The lines of the files as sent that name the household, of the kinds the viewer may open."""
    head = (_("File"), _("Line"), _("What it says"))
    rows = (
        [file, line, "; ".join(f"{name}: {cell}" for name, cell in cells.items() if cell)]
        for file, line, cells in lines_held(tenancy)
        if viewer.sees(Part.AID) or file.kind != FileKind.ANSWERS
    )
    return _chapter(_("Lines of the files received"), head, rows)


def _looks(tenancy: Tenancy, cases: QuerySet[Case]) -> Chapter:
    numbers = list(cases.values_list("number", flat=True))
    of_cases = AccessEntry.objects.filter(kind="case", object_id__in=numbers)
    of_tenancy = AccessEntry.objects.filter(kind="tenancy", object_id=str(tenancy.pk))
    entries = (of_cases | of_tenancy).select_related("user").order_by("at")
    head = (_("When"), _("Who"), _("Agency"), _("What"), _("Why"))
    rows = (
        [
            timezone.localtime(e.at).strftime("%d.%m.%Y %H:%M"), e.user or _("operator of the installation"),
            e.get_agency_display(), e.get_action_display(), e.get_reason_display(),
        ]
        for e in entries
    )  # fmt: skip
    return _chapter(_("Who has looked"), head, rows)
