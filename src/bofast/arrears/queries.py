"""Every read of the room that is wider than one row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, Count, Exists, Model, OuterRef, Q, QuerySet, Subquery, Sum, When

from bofast.arrears.models import (
    AgencyCount,
    Answer,
    Claim,
    HandedRow,
    LedgerEntry,
    QuarantinedRow,
    ReceivedFile,
    Resident,
    SenderProfile,
    Shield,
    Tenancy,
)
from bofast.domain.files import Fault, Kind
from bofast.domain.money import as_kroner

M = TypeVar("M", bound=Model)
CHUNK = 900


def in_chunks(rows: QuerySet[M], name: str, values: Sequence[Any]) -> Iterator[M]:
    """The rows whose `name` is one of `values`, asked for in portions every database accepts."""
    for start in range(0, len(values), CHUNK):
        yield from rows.filter(**{f"{name}__in": values[start : start + CHUNK]})


def profile(sender: str, kind: Kind) -> dict[str, str]:
    """The sender's own column names for this kind of file, if any were saved."""
    saved = SenderProfile.objects.filter(sender=sender, kind=kind).first()
    return dict(saved.columns) if saved else {}


def received(digest: str, as_of: date | None) -> QuerySet[ReceivedFile]:
    """The file of these bytes, if it came before. A list unchanged since last month is another list, of another day."""
    same = ReceivedFile.objects.filter(sha256=digest).order_by("pk")
    return same.filter(Q(as_of=as_of) | Q(as_of__isnull=True)) if as_of else same


def known_contracts() -> frozenset[str]:
    """Every contract number the register or an earlier list has named."""
    return frozenset(Tenancy.objects.values_list("contract_no", flat=True))


def tenancies(numbers: Iterable[str]) -> dict[str, Tenancy]:
    """The tenancies of these contract numbers, with their dwellings; locked, because they are written back whole."""
    rows = Tenancy.objects.select_for_update(of=("self",)).select_related("dwelling").order_by("pk")
    found = in_chunks(rows, "contract_no", list(numbers))
    return {tenancy.contract_no: tenancy for tenancy in found}


def in_arrears(numbers: Sequence[str]) -> list[Tenancy]:
    """Those of these contracts that have or have had claims, with their dwellings; locked as in `tenancies`."""
    rows = Tenancy.objects.select_for_update(of=("self",)).select_related("dwelling").order_by("pk")
    with_claims = rows.filter(Exists(Claim.objects.filter(tenancy=OuterRef("pk"))))
    return list(in_chunks(with_claims, "contract_no", numbers))


def shielded(tenancy_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """The kinds of shield that stand for these households, by tenancy; who has none is not there."""
    found: dict[int, frozenset[str]] = {}
    standing = Shield.objects.filter(ended_on__isnull=True)
    for shield in in_chunks(standing, "tenancy", tenancy_ids):
        found[shield.tenancy_id] = found.get(shield.tenancy_id, frozenset()) | {shield.kind}
    return found


def phones(tenancies: Sequence[Tenancy]) -> dict[int, str]:
    """The main tenant's telephone number, by tenancy."""
    main = Resident.objects.filter(role=Resident.Role.MAIN)
    return {row.tenancy_id: row.phone for row in in_chunks(main, "tenancy", [tenancy.pk for tenancy in tenancies])}


def on_later_lists(file: ReceivedFile) -> frozenset[int]:
    """Tenancies that a later list in force, of any sender, has spoken of."""
    later = LedgerEntry.objects.filter(file__standing=True, file__as_of__gt=file.as_of)
    return frozenset(later.values_list("claim__tenancy", flat=True).distinct())


def standing_lists(sender: str) -> QuerySet[ReceivedFile]:
    """The sender's arrears lists in force, by their own day."""
    return ReceivedFile.objects.filter(kind=Kind.ARREARS, standing=True, sender=sender).order_by("as_of")


def senders_of_lists(besides: ReceivedFile | None = None) -> list[str]:
    """Everybody whose lists stand, by name; `besides` this one."""
    lists = ReceivedFile.objects.filter(kind=Kind.ARREARS, standing=True)
    if besides:
        lists = lists.exclude(pk=besides.pk)
    return list(lists.order_by("sender").values_list("sender", flat=True).distinct())


def on_lists(files: Sequence[int]) -> frozenset[int]:
    """The households these lists (keys) speak of."""
    rows = LedgerEntry.objects.filter(file__in=files).values_list("claim__tenancy", flat=True)
    return frozenset(rows.distinct()) if files else frozenset()


def waiting_files() -> QuerySet[ReceivedFile]:
    """Files kept until somebody says that they are to be used, as `ReceivedFile.waits` says of one."""
    return ReceivedFile.objects.filter(standing=False, superseded_by__isnull=True)


def list_days(sender: str) -> list[date]:
    """The days of the sender's lists in force, in order."""
    return [day for day in standing_lists(sender).values_list("as_of", flat=True) if day]


def list_before(file: ReceivedFile) -> ReceivedFile | None:
    """The sender's list before this one, by day and not by arrival."""
    return standing_lists(file.sender).filter(as_of__lt=file.as_of).last()


def list_after(file: ReceivedFile) -> ReceivedFile | None:
    """The sender's list after this one, by day and not by arrival."""
    return standing_lists(file.sender).filter(as_of__gt=file.as_of).first()


def newest_lists(on: date) -> list[ReceivedFile]:
    """Of each sender, the newest list at or before `on`."""
    lists = ReceivedFile.objects.filter(kind=Kind.ARREARS, standing=True, as_of__lte=on).order_by("as_of")
    return list({file.sender: file for file in lists.defer("warnings", "receipt")}.values())


def outstanding_by_tenancy(file: ReceivedFile) -> dict[int, int]:
    """Øre of principal owed by each tenancy, as the list states it."""
    rows = LedgerEntry.objects.filter(file=file).values("claim__tenancy").annotate(owed=Sum("outstanding"))
    return {row["claim__tenancy"]: row["owed"] for row in rows}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A list held against the one before: tenancy ids, and the sum of the list in øre."""

    before: ReceivedFile | None
    new: frozenset[int]
    continuing: frozenset[int]
    increased: frozenset[int]
    cleared: frozenset[int]
    outstanding: int
    owed: dict[int, int] = field(default_factory=dict)
    owed_before: dict[int, int] = field(default_factory=dict)


def comparison(file: ReceivedFile) -> Comparison:
    """New, continuing, increased (part of continuing) and cleared households of a list."""
    before = list_before(file)
    owed = outstanding_by_tenancy(file)
    owed_before = outstanding_by_tenancy(before) if before else {}
    continuing = owed.keys() & owed_before.keys()
    return Comparison(
        before=before,
        new=frozenset(owed.keys() - owed_before.keys()),
        continuing=frozenset(continuing),
        increased=frozenset(tenancy for tenancy in continuing if owed[tenancy] > owed_before[tenancy]),
        cleared=frozenset(owed_before.keys() - owed.keys()),
        outstanding=sum(owed.values()),
        owed=owed,
        owed_before=owed_before,
    )


def stored_fault(fault: Fault) -> dict[str, Any]:
    """A fault as it is kept: its words are made when it is read, in the reader's language."""
    return {"line": fault.line, "column": fault.column, "code": fault.code, "facts": dict(fault.facts)}


def read_fault(stored: dict[str, Any]) -> Fault:
    """A fault out of its kept form."""
    return Fault(stored["line"], stored["column"], stored["code"], stored["facts"])


def receipt_numbers(file: ReceivedFile) -> dict[str, Any]:
    """The receipt's numbers as of now; kept on the file as the first answer."""
    return {
        "rows": file.rows,
        "accepted": file.accepted,
        "doubled": file.doubled,
        "quarantined": file.quarantined,
        "new": file.new,
        "continuing": file.continuing,
        "increased": file.increased,
        "cleared": file.cleared,
        "outstanding": as_kroner(file.outstanding),
        "absent": file.absent,
    }


def receipt(file: ReceivedFile, language: str, *, already_received: bool) -> dict[str, Any]:
    """The receipt of the contract: what was understood, counted and found wrong when the file first came in."""
    quarantined = QuarantinedRow.objects.filter(file=file).values_list("faults", flat=True)
    return {
        "file": file.name,
        "sha256": file.sha256,
        "kind": file.kind,
        "as_of": file.as_of.isoformat() if file.as_of else None,
        "sender": file.sender,
        **file.receipt,
        "errors": [_told_row(faults, language) for faults in quarantined],
        "warnings": [_told(fault, language) for fault in file.warnings],
        "already_received": already_received,
    }


def _told_row(faults: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """One error a row: the first fault's place and code, and what every fault of the row says."""
    told = [_told(fault, language) for fault in faults]
    return {**told[0], "message": ". ".join(fault["message"] for fault in told)}


def _told(stored: dict[str, Any], language: str) -> dict[str, Any]:
    fault = read_fault(stored)
    return {"line": fault.line, "column": fault.column, "code": fault.code, "message": fault.message(language)}


def files_received() -> QuerySet[ReceivedFile]:
    """Every file ever taken in; `open_rows` counts the quarantined rows nobody has settled yet."""
    waiting = Count("quarantine", filter=Q(quarantine__state=QuarantinedRow.State.OPEN))
    return ReceivedFile.objects.annotate(open_rows=waiting).order_by("-as_of", "-pk")


def quarantine(file: ReceivedFile) -> QuerySet[QuarantinedRow]:
    """The rows of a file that could not be read for certain: those waiting first, then by line."""
    settled = Case(When(state=QuarantinedRow.State.OPEN, then=0), default=1)
    return file.quarantine.select_related("settled_by").order_by(settled, "line")


def counts_in_force(among: QuerySet[AgencyCount] | None = None) -> dict[tuple[int, str, str], AgencyCount]:
    """The agencies' numbers by year, source and indicator: the newest as-of day, and of those the last received.

    `among`: only of these.
    """
    ordered = (AgencyCount.objects.all() if among is None else among).order_by("as_of", "file_id", "line")
    return {(count.year, count.source, count.indicator): count for count in ordered}


def with_answers(rows: QuerySet[HandedRow]) -> QuerySet[Any]:
    """Rows handed out with the newest `answer`, None while there is none, and the newest `note`."""
    newest = Answer.objects.filter(row=OuterRef("pk")).order_by("-pk")
    answered: QuerySet[Any] = rows.annotate(
        answer=Subquery(newest.exclude(answer="").values("answer")[:1]),
        note=Subquery(newest.values("note")[:1]),
    )
    return answered


def with_names(rows: QuerySet[HandedRow]) -> QuerySet[Any]:
    """Rows handed out with the main tenant's `name`."""
    main = Resident.objects.filter(role=Resident.Role.MAIN, tenancy=OuterRef("tenancy"))
    named: QuerySet[Any] = rows.annotate(name=Subquery(main.values("name")[:1]))
    return named


def handed_out(keys: Sequence[str]) -> dict[str, HandedRow]:
    """The rows that went out under these keys."""
    rows = HandedRow.objects.filter(sent=True).select_related("hand_out", "tenancy")
    return {row.key: row for row in in_chunks(rows, "key", keys)}
