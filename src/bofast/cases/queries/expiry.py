"""What has been kept as long as the municipality has decided: nothing is, of a kind it has not decided on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from bofast.access.models import RecordKind
from bofast.access.queries import logged_before, retention_in_force
from bofast.arrears.models import FileKind, HandOut, QuarantinedRow, ReceivedFile, Shield, Tenancy
from bofast.cases.models import Case, Decision, DecisionWords, Note, Representative, Task
from bofast.domain.calendar import months_before


@dataclass(frozen=True, kw_only=True)
class Due:
    """One kind of record: how long it is kept (None: not decided) and how many are past it."""

    kind: RecordKind
    months: int | None
    before: date | None
    number: int


def due(on: date) -> list[Due]:
    """Every kind of record with what is past its time on the day."""
    rules = retention_in_force(on)
    found = []
    for kind in RecordKind:
        rule = rules.get(kind)
        before = months_before(on, rule.months) if rule else None
        number = PAST[kind](before).count() if before else 0
        found.append(Due(kind=kind, months=rule.months if rule else None, before=before, number=number))
    return found


def _files(*kinds: FileKind) -> Callable[[date], QuerySet[Any]]:
    """Files older than that whose bytes are still kept. The newest register of a sender is in use, however old."""

    def past(before: date) -> QuerySet[ReceivedFile]:
        newer = ReceivedFile.objects.filter(kind=OuterRef("kind"), sender=OuterRef("sender"), pk__gt=OuterRef("pk"))
        in_use = Q(kind=FileKind.REGISTER) & ~Q(Exists(newer))
        kept = ReceivedFile.objects.filter(kind__in=kinds, content__isnull=False, received_at__date__lt=before)
        return kept.exclude(in_use)

    return past


def _quarantine(before: date) -> QuerySet[Any]:
    settled = QuarantinedRow.objects.exclude(state__in=(QuarantinedRow.State.OPEN, QuarantinedRow.State.ERASED))
    return settled.filter(settled_at__date__lt=before)


def _hand_outs(before: date) -> QuerySet[Any]:
    words = ~Q(rows__released_because="") | (Q(rows__answers__isnull=False) & ~Q(rows__answers__note=""))
    return HandOut.objects.filter(words, on__lt=before).distinct()


def at_rest(before: date) -> QuerySet[Tenancy, Tenancy]:
    """Households whose every case was closed before that day, with nothing that is still disputed.

    A standing restriction (GDPR art. 18) and a complaint that waits keep what is held until they are settled.
    """
    last = Tenancy.objects.filter(cases__isnull=False).annotate(last=Max("cases__closed_on"))
    running = Case.objects.filter(tenancy=OuterRef("pk"), closed_on__isnull=True)
    of_it = {"tenancy": OuterRef("pk")}
    restricted = Shield.objects.filter(kind=Shield.Kind.RESTRICTED, ended_on__isnull=True, **of_it)
    disputed = Decision.objects.filter(case__tenancy=OuterRef("pk"), complaint=Decision.Complaint.WAITING)
    return last.filter(~Exists(running), ~Exists(restricted), ~Exists(disputed), last__lt=before)


def _notes(before: date) -> QuerySet[Any]:
    """Cases at rest of which anything is still written: a note, a task's text, the words of a decision."""
    noted = Note.objects.filter(event__case=OuterRef("pk"))
    tasks = Task.objects.filter(case=OuterRef("pk")).exclude(text="")
    decided = DecisionWords.objects.filter(decision__case=OuterRef("pk"))
    cases = Case.objects.filter(tenancy__in=at_rest(before))
    return cases.filter(Exists(noted) | Exists(tasks) | Exists(decided))


def _persons(before: date) -> QuerySet[Any]:
    return at_rest(before).exclude(contract_no__startswith="erased-")


def _consents(before: date) -> QuerySet[Any]:
    return Representative.objects.filter(until__lt=before)


PAST: Mapping[RecordKind, Callable[[date], QuerySet[Any]]] = {
    RecordKind.ARREARS_FILES: _files(FileKind.ARREARS),
    RecordKind.REGISTER_FILES: _files(FileKind.REGISTER),
    RecordKind.OTHER_FILES: _files(FileKind.CASES, FileKind.COUNTS, FileKind.ANSWERS),
    RecordKind.QUARANTINE: _quarantine,
    RecordKind.HAND_OUTS: _hand_outs,
    RecordKind.NOTES: _notes,
    RecordKind.PERSONS: _persons,
    RecordKind.CONSENTS: _consents,
    RecordKind.ACCESS_LOG: logged_before,
}
"""How each kind of record is found once it is older than a day."""
