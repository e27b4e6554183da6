"""Rows put right, or set aside, by a person."""

from collections.abc import Mapping, Sequence, Set

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bofast.access.models import User
from bofast.arrears import queries
from bofast.arrears.actions import answers, history, ledger, tenancies
from bofast.arrears.actions.turns import wait_for_turn
from bofast.arrears.models import QuarantinedRow, ReceivedFile
from bofast.domain import files
from bofast.domain.files import Fault, Kind, Row

FOR_WANT_OF_A_REGISTER = frozenset({"unknown_contract_wrong_identity_number", "unknown_contract_nobody_named"})

Pair = tuple[QuarantinedRow, Row]


@transaction.atomic
def correct_row(
    *, row_id: int, cells: Mapping[str, str], by: User | None, still_shared: answers.StillShared = set
) -> list[Fault]:
    """Take the row in as corrected; returns what is still wrong, and then changes nothing.

    The row as sent stays beside the correction. A correction equal to a row already taken in is marked so.
    """
    wait_for_turn()
    row = QuarantinedRow.objects.select_for_update().select_related("file").get(pk=row_id)
    if row.state != QuarantinedRow.State.OPEN:
        return [Fault(row.line, "", "row_already_settled", {})]
    if not row.file.standing:
        return [Fault(row.line, "", "list_superseded", {})]
    read = _reread(row, cells, queries.known_contracts())
    if row.file.kind == Kind.ANSWERS:
        (read,) = answers.checked_rows([read], by, still_shared)
    if not read.faults:
        _accept([(row, read)], by)
    return list(read.faults)


@transaction.atomic
def set_row_aside(*, row_id: int, by: User | None) -> None:
    """A person says that the row is not to be taken in. It stays quarantined, with who said so and when."""
    row = QuarantinedRow.objects.select_for_update().get(pk=row_id, state=QuarantinedRow.State.OPEN)
    _settle(row, QuarantinedRow.State.SET_ASIDE, by, None)


def try_again() -> None:
    """Read the rows of contracts nobody knew once more, now that a register has come: the order must not matter."""
    waiting = QuarantinedRow.objects.select_for_update(of=("self",)).filter(
        state=QuarantinedRow.State.OPEN, file__standing=True, file__kind=Kind.ARREARS
    )
    known = queries.known_contracts()
    ready: dict[int, list[Pair]] = {}
    for row in waiting.select_related("file").order_by("file__as_of", "line"):
        if {fault["code"] for fault in row.faults} <= FOR_WANT_OF_A_REGISTER:
            read = _reread(row, {}, known)
            if not read.faults:
                ready.setdefault(row.file_id, []).append((row, read))
    for pairs in ready.values():
        _accept(pairs, None)


def _reread(row: QuarantinedRow, cells: Mapping[str, str], known: Set[str]) -> Row:
    kind = Kind(row.file.kind)
    return files.reparse(
        {**dict(row.cells), **cells},
        row.line,
        kind,
        profile=queries.profile(row.file.sender, kind),
        known=known if kind is Kind.ARREARS else frozenset(),
        allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
    )


def _accept(pairs: Sequence[Pair], by: User | None) -> None:
    """Take rows of one file in as they now read; all at once, because the whole list is compared anew each time."""
    fresh: dict[tuple[str, str, int], Row] = {}
    for row, read in pairs:
        claim = _claim(row.file, read)
        doubled = claim in fresh or _already_there(row.file, claim)
        _settle(row, QuarantinedRow.State.DOUBLED if doubled else QuarantinedRow.State.CORRECTED, by, read.cells)
        if not doubled:
            fresh[claim] = read
    file = ReceivedFile.objects.filter(pk=pairs[0][0].file_id)
    file.update(
        quarantined=F("quarantined") - len(pairs),
        accepted=F("accepted") + len(fresh),
        doubled=F("doubled") + len(pairs) - len(fresh),
    )
    if fresh:
        _take_in(file.get(), list(fresh.values()))


def _claim(file: ReceivedFile, read: Row) -> tuple[str, str, int]:
    """What two rows that say the same have in common: contract, claim and sum; of other files than lists, the line."""
    if file.kind != Kind.ARREARS:
        return "", "", read.line
    return read.values["contract_no"], ledger.claim_key(read), read.values["outstanding"]


def _already_there(file: ReceivedFile, claim: tuple[str, str, int]) -> bool:
    """Whether the list already has this very claim with this very sum."""
    contract_no, key, outstanding = claim
    entries = file.entries.filter(claim__tenancy__contract_no=contract_no, claim__key=key, outstanding=outstanding)
    return file.kind == Kind.ARREARS and entries.exists()


def _settle(row: QuarantinedRow, state: QuarantinedRow.State, by: User | None, cells: Mapping[str, str] | None) -> None:
    row.state, row.settled_at, row.settled_by = state, timezone.now(), by
    row.corrected_cells = list(cells.items()) if cells is not None else None
    row.save(update_fields=["state", "settled_at", "settled_by", "corrected_cells"])


def _take_in(file: ReceivedFile, rows: Sequence[Row]) -> None:
    match Kind(file.kind):
        case Kind.ARREARS:
            ledger.enter(file, rows)
            ledger.settle(file)
            ledger.compare(file)
            file.reconciled_at = None
        case Kind.REGISTER:
            tenancies.register(file, rows)
            try_again()
        case Kind.CASES:
            history.enter_cases(file, rows)
        case Kind.COUNTS:
            history.enter_counts(file, rows)
        case Kind.ANSWERS:
            answers.enter(file, rows)
    file.save()
