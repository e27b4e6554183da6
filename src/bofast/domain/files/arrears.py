"""The arrears list (restanseliste): one row per unpaid claim, a household is a contract number."""

from collections.abc import Hashable, Mapping
from typing import Any

from bofast.domain.files import identity, values
from bofast.domain.files.columns import Circumstances, Column, Draft, Kind, Table
from bofast.domain.files.persons import check_kid, check_test_number

COLUMNS = (
    Column(
        "contract_no",
        values.text_of(40),
        ("Kontraktsnr", "Kontraktnr", "Kontraktsnummer", "Kontraktnummer", "Kontrakt", "Avtalenr", "Leieforhold"),
        required=True,
    ),
    Column("due_on", values.day, ("Forfall", "Forfallsdato", "Forfaller", "Forfallsdag"), required=True),
    Column(
        "outstanding",
        values.amount_above_zero,
        ("Restanse", "Restbeløp", "Rest", "Utestående", "Utestående beløp", "Restanse kr", "Skyldig", "Skyldig beløp"),
        required=True,
    ),
    Column(
        "amount",
        values.amount_not_negative,
        ("Opprinnelig beløp", "Oppr. beløp", "Opprinnelig krav", "Fakturabeløp", "Kravbeløp", "Beløp", "Hovedstol"),
    ),
    Column("fees", values.amount_not_negative, ("Gebyr", "Gebyrer", "Purregebyr", "Omkostninger")),
    Column("interest", values.amount_not_negative, ("Renter", "Rente", "Forsinkelsesrente", "Forsinkelsesrenter")),
    Column("invoice_no", values.text_of(40), ("Fakturanr", "Fakturanummer", "Faktura", "Bilagsnr", "Kravnr")),
    Column("kid", values.kid, ("KID", "KID-nr", "KID-nummer")),
    Column("name", values.text_of(), ("Navn", "Leietaker", "Leier", "Hovedleietaker", "Beboer", "Kundenavn")),
    Column(
        "national_id",
        values.national_id,
        ("Fødselsnummer", "Fødselsnr", "Fnr", "Personnummer", "Personnr", "Fødsels- og personnummer", "F.nr./D.nr."),
    ),
    Column("address", values.text_of(), ("Adresse", "Gateadresse", "Leieobjekt", "Boligadresse")),
    Column("postal_code", values.postal_code, ("Postnr", "Postnummer")),
    Column("city", values.text_of(), ("Poststed", "Sted", "By")),
    Column("district", values.text_of(), ("Bydel", "Sone", "Distrikt")),
    Column("dwelling_kind", values.text_of(), ("Boligtype", "Type bolig", "Boligkategori")),
    Column("monthly_rent", values.amount_not_negative, ("Månedsleie", "Husleie", "Leie pr. mnd", "Leie per måned")),
    Column("reminded_on", values.day, ("Purret dato", "Purret", "Purredato", "Purring sendt", "Dato purret")),
    Column(
        "demanded_on",
        values.day,
        (
            "Betalingsvarsel sendt",
            "Betalingsvarsel",
            "Betalingsoppfordring",
            "Betalingsoppfordring sendt",
            "Varslet dato",
        ),
    ),
    Column(
        "petitioned_on",
        values.day,
        ("Begjært dato", "Begjært", "Begjæring sendt", "Begjæring dato", "Begjæringsdato"),
    ),
    Column("phone", values.text_of(40), ("Telefon", "Tlf", "Telefonnr", "Telefonnummer", "Mobil", "Mobilnr")),
)


def claim_of(row: Mapping[str, Any]) -> Hashable:
    """What makes a claim the same: its invoice number, or else contract, due day and original amount."""
    return row.get("invoice_no") or (row.get("contract_no"), row.get("due_on"), row.get("amount"))


def check(draft: Draft, circumstances: Circumstances) -> None:
    """KID and identity number; and a contract nobody knows comes in only with a person or an address to look for."""
    check_kid(draft)
    check_test_number(draft, circumstances)
    number, contract = draft.values.get("national_id"), draft.values.get("contract_no")
    wrong = number is not None and identity.judge(number) is identity.Verdict.WRONG
    if wrong:
        del draft.values["national_id"]
    if contract is None:
        return
    known = contract in circumstances.known
    if wrong and known:
        draft.warn("national_id", "identity_number_wrong")
    elif wrong:
        draft.fault("national_id", "unknown_contract_wrong_identity_number")
    elif not known and not any(draft.has(key) for key in ("name", "national_id", "address")):
        draft.fault("contract_no", "unknown_contract_nobody_named", value=contract)


TABLE = Table(Kind.ARREARS, COLUMNS, same=claim_of, twice="same_claim_twice", check=check, total="outstanding")
