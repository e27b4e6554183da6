"""Contracts and those who live there, known only as far as the work needs it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.conf import settings

from bofast.arrears import queries
from bofast.arrears.actions.contents import reduce_former_registers
from bofast.arrears.actions.corrections import not_corrected
from bofast.arrears.actions.rewriting import ROWS_AT_ONCE, rewrite
from bofast.arrears.actions.shields import shield_marked
from bofast.arrears.models import (
    Dwelling,
    Household,
    QuarantinedRow,
    ReceivedFile,
    Resident,
    Shield,
    ShieldedAddress,
    Tenancy,
)
from bofast.domain import files
from bofast.domain.files import Kind, Row

MARK = "address_protection"
PLACE = {
    "address": "address",
    "postal_code": "postal_code",
    "city": "city",
    "district": "district",
    "dwelling_no": "dwelling_no",
}
KIND = {"dwelling_kind": "kind"}
DWELLING = PLACE | KIND
LEASE = {
    "kid": "kid",
    "monthly_rent": "monthly_rent",
    "lease_from": "lease_from",
    "lease_to": "lease_to",
    "eviction_clause": "clause",
}
RESIDENT = {"name": "name", "national_id": "national_id", "phone": "phone", "email": "email", "language": "language"}
NEWER = {"monthly_rent": "monthly_rent", "phone": "phone"}
HOUSEHOLD = {"household_members": "members", "children": "children"}

Values = Mapping[str, Any]
Pairs = Sequence[tuple[Tenancy, Values]]
M = TypeVar("M")


def register(file: ReceivedFile, rows: Sequence[Row]) -> None:
    """Remember where each contract stands in the register; read out only those that have arrears already.

    The bytes of the sender's former registers are then cut down to the rows this one has not replaced.
    """
    said = {row.values["contract_no"]: row.values for row in rows}
    known = {tenancy.contract_no: tenancy for tenancy in queries.in_arrears(list(said))}
    former = _register_values(known.values())
    _point(file, [row for row in rows if row.values.get("kid")], ["kid", "register_file", "register_line"])
    _point(file, [row for row in rows if not row.values.get("kid")], ["register_file", "register_line"])
    file.absent = Tenancy.objects.filter(register_file__isnull=False).exclude(register_file=file).count()
    rewrite(Tenancy, [_set(tenancy, {"stale": True}) for tenancy in known.values()], ["stale"])
    shield_marked(_marked(known, said), file, anew=True)
    phones = queries.phones(list(known.values()))
    _fill(
        known,
        {
            number: _unless_newer(
                said[number],
                {"monthly_rent": tenancy.monthly_rent, "phone": phones.get(tenancy.pk)},
                former.get(number, {}),
            )
            for number, tenancy in known.items()
        },
    )
    reduce_former_registers(file.sender)


def _point(file: ReceivedFile, rows: Sequence[Row], fields: list[str]) -> None:
    """Let each contract point at its row in the register; the last of several rows counts."""
    Tenancy.objects.bulk_create(
        (
            Tenancy(contract_no=number, kid=row.values.get("kid", ""), register_file=file, register_line=row.line)
            for number, row in {row.values["contract_no"]: row for row in rows}.items()
        ),
        update_conflicts=True,
        unique_fields=["contract_no"],
        update_fields=fields,
        batch_size=ROWS_AT_ONCE,
    )


def _marked(tenancies: Mapping[str, Tenancy], said: Mapping[str, Values]) -> list[Tenancy]:
    """Those whose row in the register says that the address is protected."""
    return [tenancy for number, tenancy in tenancies.items() if said.get(number, {}).get(MARK)]


def _unless_newer(said: Values, now: Values, former: Values) -> Values:
    """The register's row without rent and phone where a list has named others than the register before did."""
    newer = {key for key in NEWER if now[key] and now[key] != former.get(key)}
    return {key: value for key, value in said.items() if key not in newer}


def ensure(file: ReceivedFile, values: Mapping[str, Values]) -> dict[str, Tenancy]:
    """The tenancies of these contract numbers as a list names them, made where they are new to us.

    The register's word is stronger than the list's, but for the rent and the phone, where the list is newer. A list
    that comes late only fills in what the later ones left out.
    """
    Tenancy.objects.bulk_create(
        (Tenancy(contract_no=number, kid=row.get("kid", "")) for number, row in values.items()),
        ignore_conflicts=True,
        batch_size=ROWS_AT_ONCE,
    )
    found = queries.tenancies(values)
    registered = _register_values(found.values())
    shield_marked(_marked(found, registered), file, anew=False)
    said = {number: {**row, **registered.get(number, {}), **_named(row, NEWER)} for number, row in values.items()}
    _fill(found, said, overtaken=queries.on_later_lists(file))
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
            dict(row.corrected_cells or ()), row.line, Kind.REGISTER, profile=profile, allow_test_numbers=test_numbers
        )
        for row in QuarantinedRow.objects.filter(file=file, state=QuarantinedRow.State.CORRECTED)
    }
    return [mended.get(row.line, row) for row in parsed.rows]


def _fill(
    tenancies: Mapping[str, Tenancy], values: Mapping[str, Values], overtaken: Container[int] = frozenset()
) -> None:
    """Write what these rows say; what they leave out stays, and so does what is known of `overtaken` households."""
    pairs = [(tenancies[number], row) for number, row in values.items() if number in tenancies]
    _fill_leases(pairs, overtaken)
    shielded = queries.shielded([tenancy.pk for tenancy, _ in pairs])
    apart = {pk for pk, kinds in shielded.items() if Shield.Kind.ADDRESS in kinds}
    _fill_related(ShieldedAddress, [pair for pair in pairs if pair[0].pk in apart], overtaken, PLACE)
    _fill_dwellings(pairs, overtaken, apart)
    _fill_related(Resident, pairs, overtaken, RESIDENT, role=Resident.Role.MAIN)
    _fill_related(Household, pairs, overtaken, HOUSEHOLD)


def _named(row: Values, names: Mapping[str, str]) -> dict[str, Any]:
    return {field: row[key] for key, field in names.items() if row.get(key) not in (None, "")}


def _news(known: Any, said: Mapping[str, Any], *, blanks_only: bool) -> dict[str, Any]:
    """What of `said` is not known yet."""
    return {
        field: value
        for field, value in said.items()
        if getattr(known, field) != value and not (blanks_only and getattr(known, field) not in (None, ""))
    }


def _fill_leases(pairs: Pairs, overtaken: Container[int]) -> None:
    changed = []
    for tenancy, row in pairs:
        if news := _news(tenancy, _named(row, LEASE), blanks_only=tenancy.pk in overtaken):
            changed.append(_set(tenancy, news))
    rewrite(Tenancy, changed, list(LEASE.values()))


def _fill_dwellings(pairs: Pairs, overtaken: Container[int], apart: Container[int]) -> None:
    """Of households whose address is kept `apart`, only the kind of the dwelling."""
    placed, changed = [], []
    for tenancy, row in pairs:
        said = _named(row, KIND if tenancy.pk in apart else DWELLING)
        blanks_only = tenancy.pk in overtaken
        if tenancy.dwelling is None and said:
            tenancy.dwelling = Dwelling(**said)
            placed.append(tenancy)
        elif tenancy.dwelling and (news := _news(tenancy.dwelling, said, blanks_only=blanks_only)):
            changed.append(_set(tenancy.dwelling, news))
    Dwelling.objects.bulk_create([tenancy.dwelling for tenancy in placed if tenancy.dwelling], batch_size=ROWS_AT_ONCE)
    rewrite(Tenancy, placed, ["dwelling"])
    rewrite(Dwelling, changed, list(DWELLING.values()))


def _fill_related(model: Any, pairs: Pairs, overtaken: Container[int], names: Mapping[str, str], **extra: Any) -> None:
    ids = [tenancy.pk for tenancy, _ in pairs]
    there = {row.tenancy_id: row for row in queries.in_chunks(model.objects.filter(**extra), "tenancy_id", ids)}
    made, changed = [], []
    for tenancy, row in pairs:
        said = _named(row, names)
        known = there.get(tenancy.pk)
        if known is None and said:
            made.append(model(tenancy=tenancy, **extra, **said))
        elif known and (news := not_corrected(known, _news(known, said, blanks_only=tenancy.pk in overtaken))):
            changed.append(_set(known, news))
    model.objects.bulk_create(made, batch_size=ROWS_AT_ONCE)
    rewrite(model, changed, list(names.values()))


def _set(row: M, said: Mapping[str, Any]) -> M:
    for field, value in said.items():
        setattr(row, field, value)
    return row
