"""Contracts and those who live there, known only as far as the work needs it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.conf import settings

from bofast.arrears import queries
from bofast.arrears.models import (
    Dwelling,
    Household,
    QuarantinedRow,
    ReceivedFile,
    Resident,
    Tenancy,
)
from bofast.domain import files
from bofast.domain.files import Kind, Row

ADDRESS = {"address": "address", "postal_code": "postal_code", "city": "city", "district": "district"}
DWELLING = ADDRESS | {"dwelling_kind": "kind", "dwelling_no": "dwelling_no"}
LEASE = {
    "monthly_rent": "monthly_rent",
    "lease_from": "lease_from",
    "lease_to": "lease_to",
    "eviction_clause": "clause",
}
RESIDENT = {"name": "name", "national_id": "national_id", "phone": "phone", "email": "email", "language": "language"}
NEWER = {"monthly_rent": "monthly_rent", "phone": "phone"}
HOUSEHOLD = {"household_members": "members", "children": "children"}

Values = Mapping[str, Any]
M = TypeVar("M")


def register(file: ReceivedFile, rows: Sequence[Row]) -> None:
    """Remember where each contract stands in the register; read out only those that have arrears already."""
    Tenancy.objects.bulk_create(
        (
            Tenancy(
                contract_no=row.values["contract_no"],
                kid=row.values.get("kid", ""),
                register_file=file,
                register_line=row.line,
            )
            for row in {row.values["contract_no"]: row for row in rows}.values()
        ),
        update_conflicts=True,
        unique_fields=["contract_no"],
        update_fields=["kid", "register_file", "register_line"],
        batch_size=1000,
    )
    file.absent = Tenancy.objects.filter(register_file__isnull=False).exclude(register_file=file).count()
    known = Tenancy.objects.filter(register_file=file, claims__isnull=False).distinct()
    known.update(stale=True)
    _fill({tenancy.contract_no: tenancy for tenancy in known}, {row.values["contract_no"]: row.values for row in rows})


def ensure(values: Mapping[str, Values]) -> dict[str, Tenancy]:
    """The tenancies of these contract numbers as a list names them, made where they are new to us.

    The register's word is stronger than the list's, but for the rent and the phone, where the list is newer.
    """
    Tenancy.objects.bulk_create(
        (Tenancy(contract_no=number, kid=row.get("kid", "")) for number, row in values.items()),
        ignore_conflicts=True,
        batch_size=1000,
    )
    found = queries.tenancies(values)
    registered = _register_values(found.values())
    _fill(
        found, {number: {**row, **registered.get(number, {}), **_named(row, NEWER)} for number, row in values.items()}
    )
    return found


def _register_values(tenancies: Iterable[Tenancy]) -> dict[str, Values]:
    """What the kept registers say of these tenancies, by contract number."""
    by_file: dict[int, dict[int, str]] = {}
    for tenancy in tenancies:
        if tenancy.register_file_id and tenancy.register_line:
            by_file.setdefault(tenancy.register_file_id, {})[tenancy.register_line] = tenancy.contract_no
    return {
        lines[row.line]: row.values
        for file_id, lines in by_file.items()
        for row in _register_rows(file_id)
        if row.line in lines
    }


def _register_rows(file_id: int) -> list[Row]:
    """The rows of a kept register, as sent or as a person has put them right; none once its bytes are erased."""
    file = ReceivedFile.objects.select_related("content").get(pk=file_id)
    if not hasattr(file, "content"):
        return []
    profile, test_numbers = queries.profile(file.sender, Kind.REGISTER), settings.ALLOW_TEST_NUMBERS
    parsed = files.parse(
        bytes(file.content.data), file.name, Kind.REGISTER, profile=profile, allow_test_numbers=test_numbers
    )
    mended = {
        row.line: files.reparse(
            row.corrected_cells or {}, row.line, Kind.REGISTER, profile=profile, allow_test_numbers=test_numbers
        )
        for row in QuarantinedRow.objects.filter(file=file, state=QuarantinedRow.State.CORRECTED)
    }
    return [mended.get(row.line, row) for row in parsed.rows]


def _fill(tenancies: Mapping[str, Tenancy], values: Mapping[str, Values]) -> None:
    """Write what these rows say; what they leave out stays as it is."""
    pairs = [(tenancies[number], row) for number, row in values.items() if number in tenancies]
    _fill_leases(pairs)
    _fill_dwellings(pairs)
    _fill_related(Resident, pairs, RESIDENT, role=Resident.Role.MAIN)
    _fill_related(Household, pairs, HOUSEHOLD)


def _named(row: Values, names: Mapping[str, str]) -> dict[str, Any]:
    return {field: row[key] for key, field in names.items() if row.get(key) not in (None, "")}


def _fill_leases(pairs: Sequence[tuple[Tenancy, Values]]) -> None:
    changed = []
    for tenancy, row in pairs:
        said = _named(row, LEASE)
        if any(getattr(tenancy, field) != value for field, value in said.items()):
            changed.append(_set(tenancy, said))
    _write(Tenancy, changed, list(LEASE.values()))


def _fill_dwellings(pairs: Sequence[tuple[Tenancy, Values]]) -> None:
    homeless = [(tenancy, Dwelling()) for tenancy, row in pairs if not tenancy.dwelling_id and _named(row, DWELLING)]
    Dwelling.objects.bulk_create([dwelling for _, dwelling in homeless], batch_size=1000)
    for tenancy, dwelling in homeless:
        tenancy.dwelling = dwelling
    _write(Tenancy, [tenancy for tenancy, _ in homeless], ["dwelling"])
    changed = []
    for tenancy, row in pairs:
        said = _named(row, DWELLING)
        if tenancy.dwelling and any(getattr(tenancy.dwelling, field) != value for field, value in said.items()):
            changed.append(_set(tenancy.dwelling, said))
    _write(Dwelling, changed, list(DWELLING.values()))


def _fill_related(
    model: Any,
    pairs: Sequence[tuple[Tenancy, Values]],
    names: Mapping[str, str],
    **extra: Any,
) -> None:
    ids = [tenancy.pk for tenancy, _ in pairs]
    there = {row.tenancy_id: row for row in queries.in_chunks(model.objects.filter(**extra), "tenancy_id", ids)}
    made, changed = [], []
    for tenancy, row in pairs:
        said = _named(row, names)
        known = there.get(tenancy.pk)
        if known is None and said:
            made.append(model(tenancy=tenancy, **extra, **said))
        elif known and any(getattr(known, field) != value for field, value in said.items()):
            changed.append(_set(known, said))
    model.objects.bulk_create(made, batch_size=1000)
    _write(model, changed, list(names.values()))


def _set(row: M, said: Mapping[str, Any]) -> M:
    for field, value in said.items():
        setattr(row, field, value)
    return row


def _write(model: Any, changed: Sequence[Any], fields: list[str]) -> None:
    model.objects.bulk_update(changed, fields, batch_size=200)
