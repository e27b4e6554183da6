"""Claims and entries out of an arrears list: what each line said, and which claims are settled by now."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from bofast.arrears import queries
from bofast.arrears.actions import tenancies
from bofast.arrears.models import Claim, LedgerEntry, ReceivedFile, Tenancy
from bofast.domain.files import Row


def claim_key(row: Row) -> str:
    """A claim is its invoice number, or else due day and original amount (within its contract)."""
    return row.values.get("invoice_no") or f"{row.values['due_on'].isoformat()}/{row.values.get('amount', '')}"


def enter(file: ReceivedFile, rows: Sequence[Row]) -> None:
    """One ledger entry for each accepted line of the list."""
    by_contract: dict[str, dict[str, Any]] = {}
    for row in rows:
        by_contract.setdefault(row.values["contract_no"], {}).update(row.values)
    known = tenancies.ensure(file, by_contract)
    claims = _claims(known, rows)
    LedgerEntry.objects.bulk_create(
        (_entry(file, row, claims[known[row.values["contract_no"]].pk, claim_key(row)]) for row in rows),
        batch_size=1000,
    )


def _claims(known: dict[str, Tenancy], rows: Sequence[Row]) -> dict[tuple[int, str], int]:
    """Ids of the claims these lines speak of, by tenancy and key; new ones are made."""
    Claim.objects.bulk_create(
        (
            Claim(
                tenancy=known[row.values["contract_no"]],
                key=claim_key(row),
                invoice_no=row.values.get("invoice_no", ""),
                due_on=row.values["due_on"],
                amount=row.values.get("amount"),
            )
            for row in rows
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
    ids = [tenancy.pk for tenancy in known.values()]
    return {
        (claim.tenancy_id, claim.key): claim.pk for claim in queries.in_chunks(Claim.objects.all(), "tenancy_id", ids)
    }


def _entry(file: ReceivedFile, row: Row, claim_id: int) -> LedgerEntry:
    said = row.values
    return LedgerEntry(
        file=file,
        line=row.line,
        claim_id=claim_id,
        outstanding=said["outstanding"],
        fees=said.get("fees") or 0,
        interest=said.get("interest") or 0,
        reminded_on=said.get("reminded_on"),
        demanded_on=said.get("demanded_on"),
        petitioned_on=said.get("petitioned_on"),
    )


def settle(file: ReceivedFile, former: Sequence[int] = ()) -> None:
    """Say of each claim this list touches on which list it was gone for good, or that it is still open.

    Touched are the claims on the list itself, on the one before it by day, and on those it took over from.
    """
    days = queries.list_days(file.sender)
    before = queries.list_before(file)
    touched = [file.pk, *former, *([before.pk] if before else [])]
    last_seen = (
        LedgerEntry.objects.filter(claim__entries__file__in=touched, file__standing=True)
        .values("claim")
        .annotate(last=Max("file__as_of"))
        .values_list("claim", "last")
    )
    gone: dict[date | None, list[int]] = {}
    for claim, last in last_seen:
        gone.setdefault(next((day for day in days if day > last), None), []).append(claim)
    for day, claims in gone.items():
        _mark(claims, day)
    _mark(_on_no_list(former), file.as_of)


def _on_no_list(former: Sequence[int]) -> list[int]:
    """Claims only ever named by lists that no longer stand."""
    named = Claim.objects.filter(entries__file__in=former).exclude(entries__file__standing=True)
    return list(named.distinct().values_list("pk", flat=True))


def _mark(claims: Iterable[int], day: date | None) -> None:
    wrong = queries.in_chunks(Claim.objects.all(), "pk", list(claims))
    ids = [claim.pk for claim in wrong if claim.settled_on != day]
    for start in range(0, len(ids), 500):
        Claim.objects.filter(pk__in=ids[start : start + 500]).update(settled_on=day)


def compare(file: ReceivedFile) -> None:
    """Hold the list against the sender's list before it, by day, and the one after it against this one.

    The caller saves `file`; the one after is saved here.
    """
    _number(file)
    if after := queries.list_after(file):
        _number(after)
        after.save(update_fields=["new", "continuing", "increased", "cleared", "outstanding"])


def _number(file: ReceivedFile) -> None:
    compared = queries.comparison(file)
    file.new, file.continuing = len(compared.new), len(compared.continuing)
    file.increased, file.cleared = len(compared.increased), len(compared.cleared)
    file.outstanding = compared.outstanding
