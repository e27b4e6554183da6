"""A household, or the bytes of a file, erased from what we were sent and hold.

What stays names nobody: receipts, ledger entries, claims with their days and amounts, the district and kind of the
dwelling, and how many lived there: the statistics count them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from bofast.arrears import queries
from bofast.arrears.actions import contents
from bofast.arrears.actions.turns import wait_for_turn
from bofast.arrears.models import (
    Answer,
    Claim,
    Dwelling,
    FileContent,
    HandedRow,
    LedgerEntry,
    QuarantinedRow,
    ReceivedFile,
    Resident,
    ShieldedAddress,
    Tenancy,
)
from bofast.domain.files import Kind
from bofast.domain.files.columns import match
from bofast.domain.files.parsing import TABLES
from bofast.domain.files.redaction import ELSEWHERE, Sought, marks_of, named_anywhere

GONE = "•••"
OURS_IN_A_FAULT = frozenset(
    {"before", "cells", "cleared", "columns", "earlier", "most", "sender", "senders", "what", "words"}
)
"""Facts of a fault that are headers, counts or words of ours, and quote nobody; nor does an amount."""
OF_A_RESIDENT = ("name", "national_id", "phone", "email")
NO_ADDRESS = {"dwelling_no": "", "address": "", "postal_code": "", "city": ""}
NO_LEASE = {
    "kid": "",
    "register_file": None,
    "register_line": None,
    "monthly_rent": None,
    "lease_from": None,
    "lease_to": None,
    "clause": None,
    "stale": False,
}

LinesByFile = Mapping[int, set[int]]


def hold_files() -> None:
    """Wait until nobody takes a file in or draws cases from one; held until the transaction is over.

    The house locks turn, files, cases, tenancies in this order: whoever locks cases and erases in one transaction calls
    this before.
    """
    wait_for_turn()
    list(ReceivedFile.objects.select_for_update().values_list("pk"))  # in the order of `cases.actions.reconcile`


@transaction.atomic
def erase_household(*, tenancy_id: int) -> Counter[str]:
    """Take away everything that names the household, as `erase_households` does for several."""
    return erase_households(tenancy_ids=[tenancy_id])


@transaction.atomic
def erase_households(*, tenancy_ids: Collection[int]) -> Counter[str]:
    """Take away everything that names these households; returns how many of each kind, for the proof.

    Doing it again erases nothing more. The same bytes sent again are a file received before, and bring nobody back; but
    a NEW list or register that names the contract makes a new tenancy, with no tie to this one: whoever still sends the
    household still has to do with it, and has to be told.

    A line that has another known contract's number is that household's, and stays: so a person's other tenancies are
    erased in their own right. On SQLite nothing is left in the database's files once the transaction is over and no
    reader holds on to what was before; on PostgreSQL the server itself clears dead rows away (vacuum).
    """
    hold_files()
    tenancies = list(Tenancy.objects.filter(pk__in=tenancy_ids))
    own = _own_lines(tenancies)
    sought = _sought(tenancies, own)
    done: Counter[str] = Counter()
    named = _clear_files(sought, own, done)
    done += _clear_quarantine(sought, named)
    done["warnings"] = _clear_warnings(sought, named)
    done += _clear_rows([tenancy.pk for tenancy in tenancies])
    transaction.on_commit(leave_nothing_behind)
    return +done


def _own_lines(tenancies: Sequence[Tenancy]) -> dict[int, set[int]]:
    """The lines known to be about these households: their ledger entries, and their rows in the register."""
    own: dict[int, set[int]] = defaultdict(set)
    for file, line in LedgerEntry.objects.filter(claim__tenancy__in=tenancies).values_list("file", "line"):
        own[file].add(line)
    for tenancy in tenancies:
        if tenancy.register_file_id and tenancy.register_line:
            own[tenancy.register_file_id].add(tenancy.register_line)
    return own


def _sought(tenancies: Sequence[Tenancy], own: LinesByFile) -> Sought:
    """By what the households are known: what is held, and what the lines about them have ever said."""
    contracts = frozenset(tenancy.contract_no for tenancy in tenancies)
    by_contract = Sought(contracts, frozenset())
    residents = Resident.objects.filter(tenancy__in=tenancies).values_list(*OF_A_RESIDENT)
    said = {text for resident in residents for text in resident}
    said |= contracts | {tenancy.kid for tenancy in tenancies}
    for content in _contents(file__in=own):
        if sheet := contents.sheet_of(content):
            said |= sheet.persons_on(own[content.file_id] | sheet.naming(by_contract))
    return Sought(contracts, marks_of(said), queries.known_contracts() - contracts)


def lines_held(tenancy: Tenancy) -> list[tuple[ReceivedFile, int, dict[str, str]]]:
    """The lines of the kept files that name the household, as an extract shows them: file, line, cells by header."""
    own = _own_lines([tenancy])
    sought = _sought([tenancy], own)
    held = []
    for content in _contents():
        if sheet := contents.sheet_of(content):
            lines = own.get(content.file_id, set()) | sheet.naming(sought)
            held += [(content.file, line, sheet.cells_of(line)) for line in sorted(lines & sheet.filled)]
    return held


def _contents(**chosen: Any) -> Iterable[FileContent]:
    """Kept files one at a time: together they would fill the memory."""
    ids = list(FileContent.objects.filter(**chosen).order_by("pk").values_list("pk", flat=True))
    return (FileContent.objects.select_related("file").get(pk=pk) for pk in ids)


def _clear_files(sought: Sought, own: LinesByFile, done: Counter[str]) -> LinesByFile:
    """Empty every line about the household in every file kept; returns the lines by file, those of lost files too."""
    named = defaultdict(set, {file: set(lines) for file, lines in own.items()})
    for content in _contents():
        if (sheet := contents.sheet_of(content)) is None:
            done["files_dropped"] += _drop_if_named(content, sought)
            continue
        named[content.file_id] |= sheet.naming(sought)
        if lines := named[content.file_id] & (sheet.filled | {ELSEWHERE}):
            contents.empty_lines(content, sheet, lines)
            done["files_redacted"] += 1
            done["lines"] += len(lines - {ELSEWHERE})
    return named


def _drop_if_named(content: FileContent, sought: Sought) -> bool:
    """A file whose lines cannot be told apart any more goes as a whole, if it names the household at all."""
    named = named_anywhere(bytes(content.data), sought)
    if named:
        content.delete()
    return named


def _clear_quarantine(sought: Sought, named: LinesByFile) -> Counter[str]:
    rows = QuarantinedRow.objects.select_for_update(of=("self",)).exclude(state=QuarantinedRow.State.ERASED)
    profile = cache(queries.profile)
    about = [
        row
        for row in rows.select_related("file").order_by("pk")
        if row.line in named.get(row.file_id, ())
        or _is_about(row, sought, profile(row.file.sender, Kind(row.file.kind)))
    ]
    return empty_rows(about)


def _is_about(row: QuarantinedRow, sought: Sought, profile: Mapping[str, str]) -> bool:
    cells = dict(row.corrected_cells or row.cells)
    contract = match(tuple(cells), TABLES[Kind(row.file.kind)], profile).by_key.get("contract_no", "")
    number = " ".join(cells.get(contract, "").split())
    return sought.on(number, (text for _header, text in (*row.cells, *(row.corrected_cells or ()))))


def empty_rows(rows: Iterable[QuarantinedRow]) -> Counter[str]:
    """Take the texts of quarantined rows away, as sent and as corrected; returns how many."""
    done: Counter[str] = Counter()
    for row in rows:
        row.cells = _emptied(row.cells)
        row.corrected_cells = row.corrected_cells and _emptied(row.corrected_cells)
        row.faults = [_unquoted(fault) for fault in row.faults]
        row.state, row.settled_at = QuarantinedRow.State.ERASED, row.settled_at or timezone.now()
        row.save(update_fields=["cells", "corrected_cells", "faults", "state", "settled_at"])
        done["quarantined_rows"] += 1
    return done


def _emptied(cells: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(header, "") for header, _text in cells]


def _unquoted(fault: Mapping[str, Any]) -> dict[str, Any]:
    """A stored fault without what it quotes from the file."""
    facts = {
        name: value if name in OURS_IN_A_FAULT or name.endswith("_ore") else GONE
        for name, value in fault["facts"].items()
    }
    return {**fault, "facts": facts}


def _clear_warnings(sought: Sought, named: LinesByFile) -> int:
    cleared = 0
    for file in ReceivedFile.objects.exclude(warnings=[]).only("warnings"):
        lines = named.get(file.pk, set()) - {ELSEWHERE}
        told = [
            _unquoted(fault) if fault["line"] in lines or sought.named_in(fault["facts"].values()) else fault
            for fault in file.warnings
        ]
        cleared += _tell(file, told)
    return cleared


def _tell(file: ReceivedFile, warnings: list[dict[str, Any]]) -> int:
    """Keep these warnings in place of the former; returns how many differ."""
    differing: int = sum(former != now for former, now in zip(file.warnings, warnings, strict=True))
    if differing:
        file.warnings = warnings
        file.save(update_fields=["warnings"])
    return differing


def _clear_rows(ids: Collection[int]) -> Counter[str]:
    """The households' own rows: people and addresses go, contracts and claims get numbers of ours."""
    ours = Concat(Value("erased-"), Cast("pk", CharField()), output_field=CharField())
    claims = Claim.objects.filter(tenancy__in=ids).exclude(key=ours)
    tenancies = Tenancy.objects.filter(pk__in=ids).exclude(contract_no=ours)
    return Counter(
        residents=Resident.objects.filter(tenancy__in=ids).delete()[0],
        shielded_addresses=ShieldedAddress.objects.filter(tenancy__in=ids).delete()[0],
        dwellings=_blank(Dwelling.objects.filter(tenancy__in=ids), NO_ADDRESS),
        tenancies=tenancies.update(contract_no=ours, **NO_LEASE),
        claims=claims.update(key=ours, invoice_no=""),
        answers=_blank(Answer.objects.filter(row__tenancy__in=ids), {"note": ""}),
        handed_rows=_blank(HandedRow.objects.filter(tenancy__in=ids), {"released_because": ""}),
    )


def _blank(rows: QuerySet[Any], values: Mapping[str, Any]) -> int:
    """Write these values where they are not there yet."""
    blanked: int = rows.exclude(**values).update(**values)
    return blanked


@transaction.atomic
def erase_file(*, file_id: int) -> Counter[str]:
    """Drop the bytes of a file, and what its warnings quote; returns how many of each.

    The receipt, its numbers, the ledger and the quarantined rows (see `empty_rows`) stay. What contracts point at in a
    register can no longer be read out: such a household is known by the list alone until the next register.
    """
    hold_files()
    file = ReceivedFile.objects.get(pk=file_id)
    done = Counter(
        files_dropped=FileContent.objects.filter(file=file).delete()[0],
        warnings=_tell(file, [_unquoted(fault) for fault in file.warnings]),
    )
    transaction.on_commit(leave_nothing_behind)
    return +done


def leave_nothing_behind() -> None:
    """Empty SQLite's log of former pages into the database, where deleted text is overwritten (`secure_delete`)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
