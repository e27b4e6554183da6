"""Rows put right, or set aside, by a person."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bofast.access.models import User
from bofast.arrears import queries
from bofast.arrears.actions import history, ledger, tenancies
from bofast.arrears.models import QuarantinedRow, ReceivedFile
from bofast.domain import files
from bofast.domain.files import Fault, Kind, Row

FOR_WANT_OF_A_REGISTER = frozenset({"unknown_contract_wrong_identity_number", "unknown_contract_nobody_named"})


@transaction.atomic
def correct_row(*, row_id: int, cells: Mapping[str, str], by: User | None) -> list[Fault]:
    """Take the row in as corrected; returns what is still wrong, and then changes nothing.

    The row as sent stays beside the correction. A correction equal to a row already taken in is marked so.
    """
    row = QuarantinedRow.objects.select_for_update().select_related("file").get(pk=row_id)
    if row.state != QuarantinedRow.State.OPEN:
        return [Fault(row.line, "", "row_already_settled", {})]
    if not row.file.standing:
        return [Fault(row.line, "", "list_superseded", {})]
    read = _reread(row, cells)
    if read.faults:
        return list(read.faults)
    doubled = _already_there(row.file, read)
    _settle(row, QuarantinedRow.State.DOUBLED if doubled else QuarantinedRow.State.CORRECTED, by, read.cells)
    moved = {"doubled": F("doubled") + 1} if doubled else {"accepted": F("accepted") + 1}
    ReceivedFile.objects.filter(pk=row.file_id).update(quarantined=F("quarantined") - 1, **moved)
    if not doubled:
        row.file.refresh_from_db()
        _take_in(row.file, read)
    return []


@transaction.atomic
def set_row_aside(*, row_id: int, by: User | None) -> None:
    """A person says that the row is not to be taken in. It stays quarantined, with who said so and when."""
    row = QuarantinedRow.objects.select_for_update().get(pk=row_id, state=QuarantinedRow.State.OPEN)
    _settle(row, QuarantinedRow.State.SET_ASIDE, by, None)


def try_again() -> None:
    """Read the rows of contracts nobody knew once more, now that a register has come: the order must not matter."""
    waiting = QuarantinedRow.objects.filter(state=QuarantinedRow.State.OPEN, file__standing=True)
    for row in waiting.filter(file__kind=Kind.ARREARS).order_by("file__as_of", "line"):
        if {fault["code"] for fault in row.faults} <= FOR_WANT_OF_A_REGISTER:
            correct_row(row_id=row.pk, cells={}, by=None)


def _reread(row: QuarantinedRow, cells: Mapping[str, str]) -> Row:
    kind = Kind(row.file.kind)
    return files.reparse(
        {**dict(row.cells), **cells},
        row.line,
        kind,
        profile=queries.profile(row.file.sender, kind),
        known=queries.known_contracts() if kind is Kind.ARREARS else frozenset(),
        allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
    )


def _already_there(file: ReceivedFile, read: Row) -> bool:
    """Whether the list already has this very claim with this very sum."""
    if file.kind != Kind.ARREARS:
        return False
    return file.entries.filter(
        claim__tenancy__contract_no=read.values["contract_no"],
        claim__key=ledger.claim_key(read),
        outstanding=read.values["outstanding"],
    ).exists()


def _settle(row: QuarantinedRow, state: QuarantinedRow.State, by: User | None, cells: Mapping[str, str] | None) -> None:
    row.state, row.settled_at, row.settled_by = state, timezone.now(), by
    row.corrected_cells = list(cells.items()) if cells is not None else None
    row.save(update_fields=["state", "settled_at", "settled_by", "corrected_cells"])


def _take_in(file: ReceivedFile, read: Row) -> None:
    match Kind(file.kind):
        case Kind.ARREARS:
            ledger.enter(file, [read])
            ledger.settle(file)
            ledger.compare(file)
            file.reconciled_at = None
        case Kind.REGISTER:
            tenancies.register(file, [read])
            try_again()
        case Kind.CASES:
            history.enter_cases(file, [read])
        case Kind.COUNTS:
            history.enter_counts(file, [read])
    file.save()
