"""Receive a file: all of it or nothing, once only, every row accounted for."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from bofast.access.models import User
from bofast.arrears import queries
from bofast.arrears.actions import answers, history, ledger, quarantine, tenancies
from bofast.arrears.actions.turns import wait_for_turn
from bofast.arrears.models import DEFAULT_SENDER, FileContent, FileKind, QuarantinedRow, ReceivedFile
from bofast.domain import files
from bofast.domain.files import Kind, ParsedFile, Refused
from bofast.domain.files.reading import readings
from bofast.domain.money import as_kroner

MANY_GONE = 5


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A file as somebody hands it over; kind and day are guessed from header and name where they are not given."""

    data: bytes
    name: str
    kind: Kind | None = None
    as_of: date | None = None
    sender: str = DEFAULT_SENDER


def receive_file(delivery: Delivery, *, received_by: User | None = None) -> tuple[ReceivedFile, bool]:
    """Take a file in. The second value says whether it had been received before (then nothing changes).

    Raises `files.Refused`, with the reason and the cure, for a file that cannot be taken in; nothing is changed then.
    """
    digest = sha256(delivery.data).hexdigest()
    before = queries.received(digest, _as_of(delivery))
    if known := before.first():
        return known, True
    kind, as_of = _kind(delivery), _as_of(delivery)
    parsed = _parse(delivery, kind)
    if kind is Kind.ANSWERS:
        parsed = answers.checked(parsed, received_by)
    try:
        with transaction.atomic():
            wait_for_turn()
            if known := before.first():
                return known, True
            return _store(delivery, digest, parsed, as_of if kind is Kind.ARREARS else None, received_by), False
    except IntegrityError:  # the same file twice in the same moment, as by a double click
        if known := before.first():
            return known, True
        raise


def _kind(delivery: Delivery) -> Kind:
    kind = delivery.kind or files.guess_kind(delivery.name, delivery.data)
    if kind is None:
        readings(delivery.data)  # a file that cannot be read at all says so itself
        raise Refused("kind_unknown")
    return kind


def _as_of(delivery: Delivery) -> date | None:
    return delivery.as_of or files.guess_day(delivery.name)


def _parse(delivery: Delivery, kind: Kind) -> ParsedFile:
    if kind is Kind.ARREARS and _as_of(delivery) is None:
        raise Refused("day_missing")
    return files.parse(
        delivery.data,
        delivery.name,
        kind,
        profile=queries.profile(delivery.sender, kind),
        known=queries.known_contracts() if kind is Kind.ARREARS else frozenset(),
        allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
    )


def _store(
    delivery: Delivery, digest: str, parsed: ParsedFile, as_of: date | None, received_by: User | None
) -> ReceivedFile:
    former = _step_back(delivery.sender, parsed.kind, as_of)
    file = _create(delivery, digest, parsed, as_of, received_by)
    ReceivedFile.objects.filter(pk__in=former).update(superseded_by=file)
    FileContent.objects.create(file=file, data=delivery.data)
    _quarantine(file, parsed)
    _take_in(file, parsed, former)
    stated = as_kroner(parsed.stated_sum) if parsed.stated_sum is not None else None
    file.receipt = queries.receipt_numbers(file) | {"stated_sum": stated}
    file.save()
    return file


def _step_back(sender: str, kind: Kind, as_of: date | None) -> list[int]:
    """A list of the same sender and day no longer stands; it is kept and will point at the one that took over."""
    if as_of is None:
        return []
    former = ReceivedFile.objects.filter(sender=sender, kind=kind, as_of=as_of, standing=True)
    ids = list(former.values_list("pk", flat=True))
    former.update(standing=False)
    return ids


def _create(
    delivery: Delivery, digest: str, parsed: ParsedFile, as_of: date | None, received_by: User | None
) -> ReceivedFile:
    states = [row.state for row in parsed.rows]
    return ReceivedFile.objects.create(
        sha256=digest,
        name=delivery.name,
        kind=FileKind(parsed.kind.value),
        sender=delivery.sender,
        as_of=as_of,
        received_at=timezone.now(),
        received_by=received_by,
        rows=len(states),
        accepted=states.count("accepted"),
        doubled=states.count("doubled"),
        quarantined=states.count("quarantined"),
        warnings=[queries.stored_fault(warning) for warning in _warnings(parsed)],
    )


def _warnings(parsed: ParsedFile) -> list[files.Fault]:
    return [*parsed.warnings, *(warning for row in parsed.rows if row.state == "accepted" for warning in row.warnings)]


def _quarantine(file: ReceivedFile, parsed: ParsedFile) -> None:
    QuarantinedRow.objects.bulk_create(
        QuarantinedRow(
            file=file,
            line=row.line,
            cells=list(row.cells.items()),
            faults=[queries.stored_fault(fault) for fault in row.faults],
        )
        for row in parsed.rows
        if row.state == "quarantined"
    )


def _take_in(file: ReceivedFile, parsed: ParsedFile, former: list[int]) -> None:
    rows = [row for row in parsed.rows if row.state == "accepted"]
    match parsed.kind:
        case Kind.ARREARS:
            ledger.enter(file, rows)
            ledger.settle(file, former)
            ledger.compare(file)
            file.warnings += [queries.stored_fault(fault) for fault in _suspicions(file)]
        case Kind.REGISTER:
            tenancies.register(file, rows)
            quarantine.try_again()
        case Kind.CASES:
            history.enter_cases(file, rows)
        case Kind.COUNTS:
            history.enter_counts(file, rows)
        case Kind.ANSWERS:
            answers.enter(file, rows)


def _suspicions(file: ReceivedFile) -> list[files.Fault]:
    """A list that lets most households go is more often half an extract than good news: said, never refused."""
    before = file.continuing + file.cleared
    if before and not file.rows:
        return [files.Fault(0, "", "list_is_empty")]
    if file.cleared >= MANY_GONE and file.cleared > file.continuing:
        return [files.Fault(0, "", "most_are_gone", {"cleared": str(file.cleared), "before": str(before)})]
    return []
