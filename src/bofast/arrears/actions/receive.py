"""Receive a file: all of it or nothing, once only, every row accounted for."""

from collections.abc import Iterator
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


@dataclass(frozen=True)
class _Arrived:
    """A file that was read, before anything is stored of it."""

    delivery: Delivery
    digest: str
    parsed: ParsedFile
    as_of: date | None
    received_by: User | None


class Doubted(Exception):  # noqa: N818  a question to a person, nothing that went wrong
    """A list that would let most households go, or is the first of its sender, met somebody who is not sure."""

    def __init__(self, doubts: list[files.Fault]) -> None:
        super().__init__()
        self.doubts = doubts


def receive_file(
    delivery: Delivery,
    *,
    received_by: User | None = None,
    still_shared: answers.StillShared = set,
    sure: bool = True,
) -> tuple[ReceivedFile, bool]:
    """Take a file in. The second value says whether it had been received before (then nothing changes).

    `still_shared`: which rows an office may still answer; all of them where nobody says. Where nobody is `sure` yet, a
    list that raises doubts is kept and not used (`ReceivedFile.waits`), with the doubts as its warnings.
    Raises `files.Refused`, with the reason and the cure, for a file that cannot be taken in; nothing is changed then.
    """
    digest = sha256(delivery.data).hexdigest()
    before = queries.received(digest, _as_of(delivery))
    known = before.exclude(pk__in=queries.waiting_files()) if sure else before
    if found := known.first():
        return found, True
    arrived = _arrived(delivery, digest, received_by, still_shared)
    try:
        with transaction.atomic():
            wait_for_turn()
            if found := known.first():
                return found, True
            before.delete()  # kept before and not used, if it is there at all
            return _store(arrived, sure=sure), False
    except Doubted as doubted:
        return _keep(arrived, doubted.doubts)
    except IntegrityError:  # the same file twice in the same moment, as by a double click
        if found := known.first():
            return found, True
        raise


def _arrived(delivery: Delivery, digest: str, received_by: User | None, still_shared: answers.StillShared) -> _Arrived:
    kind, as_of = _kind(delivery), _as_of(delivery)
    parsed = _parse(delivery, kind)
    if kind is Kind.ANSWERS:
        parsed = answers.checked(parsed, received_by, still_shared)
    return _Arrived(delivery, digest, parsed, as_of if kind is Kind.ARREARS else None, received_by)


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


def _store(arrived: _Arrived, *, sure: bool) -> ReceivedFile:
    """Take it in. Raises Doubted, for the caller to roll back, where nobody is sure and a doubt is raised."""
    parsed = arrived.parsed
    former = _step_back(arrived.delivery.sender, parsed.kind, arrived.as_of)
    file = _create(arrived)
    ReceivedFile.objects.filter(pk__in=former).update(superseded_by=file)
    FileContent.objects.create(file=file, data=arrived.delivery.data)
    _quarantine(file, parsed)
    _take_in(file, parsed, former)
    doubts = list(_doubts(file, former)) if file.as_of else []
    if doubts and not sure:
        raise Doubted(doubts)
    file.warnings += [queries.stored_fault(doubt) for doubt in doubts]
    stated = as_kroner(parsed.stated_sum) if parsed.stated_sum is not None else None
    file.receipt = queries.receipt_numbers(file) | {"stated_sum": stated}
    file.save()
    return file


@transaction.atomic
def _keep(arrived: _Arrived, doubts: list[files.Fault]) -> tuple[ReceivedFile, bool]:
    """The file as sent and nothing else, until a person says that it is to be used (see `actions.waiting`)."""
    wait_for_turn()
    if found := queries.received(arrived.digest, arrived.as_of).first():
        return found, True
    file = _create(arrived, standing=False)
    FileContent.objects.create(file=file, data=arrived.delivery.data)
    file.warnings = [queries.stored_fault(doubt) for doubt in doubts]
    file.save(update_fields=["warnings"])
    return file, False


def _step_back(sender: str, kind: Kind, as_of: date | None) -> list[int]:
    """A list of the same sender and day no longer stands; it is kept and will point at the one that took over."""
    if as_of is None:
        return []
    former = ReceivedFile.objects.filter(sender=sender, kind=kind, as_of=as_of, standing=True)
    ids = list(former.values_list("pk", flat=True))
    former.update(standing=False)
    return ids


def _create(arrived: _Arrived, *, standing: bool = True) -> ReceivedFile:
    delivery, parsed = arrived.delivery, arrived.parsed
    states = [row.state for row in parsed.rows]
    return ReceivedFile.objects.create(
        sha256=arrived.digest,
        name=delivery.name,
        kind=FileKind(parsed.kind.value),
        sender=delivery.sender,
        as_of=arrived.as_of,
        received_at=timezone.now(),
        received_by=arrived.received_by,
        standing=standing,
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
        case Kind.REGISTER:
            tenancies.register(file, rows)
            quarantine.try_again()
        case Kind.CASES:
            history.enter_cases(file, rows)
        case Kind.COUNTS:
            history.enter_counts(file, rows)
        case Kind.ANSWERS:
            answers.enter(file, rows)


def _doubts(file: ReceivedFile, former: list[int]) -> Iterator[files.Fault]:
    """A list that lets most households go is more often half an extract than good news, and a sender nobody has heard
    of more often a slip of the pen: said, never refused.
    """
    before, replaced = file.continuing + file.cleared, queries.on_lists(former)
    if (before or replaced) and not file.rows:
        yield files.Fault(0, "", "list_is_empty")
    elif _most_are_gone(file.cleared, before):
        yield files.Fault(0, "", "most_are_gone", {"cleared": str(file.cleared), "before": str(before)})
    gone = len(replaced - queries.on_lists([file.pk]))
    if _most_are_gone(gone, len(replaced)):
        yield files.Fault(0, "", "shorter_than_replaced", {"cleared": str(gone), "before": str(len(replaced))})
    known = queries.senders_of_lists(besides=file)
    if known and file.sender not in known:
        yield files.Fault(0, "", "sender_is_new", {"sender": file.sender, "senders": ", ".join(known)})


def _most_are_gone(gone: int, before: int) -> bool:
    return gone >= MANY_GONE and gone > before - gone
