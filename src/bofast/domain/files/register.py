"""The register of tenancies (leietakerregister): one row per contract, updates by contract number."""

from collections.abc import Hashable, Mapping
from typing import Any

from bofast.domain.files import arrears, identity, values
from bofast.domain.files.columns import Circumstances, Column, Draft, Kind, Table
from bofast.domain.files.persons import check_kid, check_test_number

_AS_IN_ARREARS = (
    "contract_no",
    "kid",
    "name",
    "national_id",
    "address",
    "postal_code",
    "city",
    "district",
    "dwelling_kind",
    "monthly_rent",
    "phone",
)

COLUMNS = (
    *(column for column in arrears.COLUMNS if column.key in _AS_IN_ARREARS),
    Column("dwelling_no", values.text_of(40), ("Bolignr", "Bolignummer", "Leilighetsnr", "Objektnr")),
    Column("lease_from", values.day, ("Kontrakt fra", "Leie fra", "Fra dato", "Innflyttet", "Kontraktsstart")),
    Column("lease_to", values.day, ("Kontrakt til", "Leie til", "Til dato", "Kontrakt utløper", "Kontraktsslutt")),
    Column("household_members", values.whole, ("Husstand", "Antall i husstand", "Husstandsmedlemmer", "Personer")),
    Column("children", values.whole, ("Barn", "Antall barn")),
    Column("language", values.text_of(40), ("Språk", "Morsmål")),
    Column("email", values.text_of(), ("E-post", "Epostadresse", "E-mail")),
    Column("other_adults", values.text_of(500), ("Andre voksne", "Andre voksne i husstanden", "Medleietakere")),
    Column("eviction_clause", values.yes_or_no, ("Utkastelsesklausul", "Klausul om utkastelse", "Tvangsklausul")),
    Column("guardian", values.text_of(), ("Verge",)),
    Column("address_protection", values.protected, ("Adressesperre", "Adressebeskyttelse", "Sperret adresse")),
    Column("paid_to", values.day, ("Betalt til", "Betalt til og med", "Betalt t.o.m.")),
)


def contract_of(row: Mapping[str, Any]) -> Hashable:
    """A tenancy is its contract number."""
    return row.get("contract_no")


def check(draft: Draft, circumstances: Circumstances) -> None:
    """KID and identity number; the register is what makes a contract known, so a wrong number is only dropped."""
    check_kid(draft)
    check_test_number(draft, circumstances)
    number = draft.values.get("national_id")
    if number is not None and identity.judge(number) is identity.Verdict.WRONG:
        del draft.values["national_id"]
        draft.warn("national_id", "identity_number_wrong")
    start, end = draft.values.get("lease_from"), draft.values.get("lease_to")
    if start and end and end < start:
        draft.fault("lease_to", "before_earlier", value=end.strftime("%d.%m.%Y"), earlier=draft.headers["lease_from"])


TABLE = Table(Kind.REGISTER, COLUMNS, same=contract_of, twice="given_twice", check=check, total="monthly_rent")
