"""The case register (saksregister): a year's cases from a spreadsheet, one row per case, for statistics only."""

from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import Any

from bofast.domain.files import values
from bofast.domain.files.columns import Circumstances, Column, Draft, Kind, Table

_INCOMES = ("trygd", "sosialhjelp", "arbeid", "kombinasjon", "annet", "ukjent")
_RESOLUTIONS = (
    "betalt selv",
    "dekket av sosialtjenesten",
    "bostøtte",
    "nedbetalingsavtale",
    "garanti fra sosialtjenesten",
    "ny kontrakt",
    "annet",
)

COLUMNS = (
    Column("case_no", values.text_of(40), ("Saksnr", "Saksnummer", "Sak"), required=True),
    Column("district", values.text_of(), ("Bydel", "Sone", "Distrikt")),
    Column("opened_on", values.day, ("Åpnet", "Åpnet dato", "Opprettet", "Registrert"), required=True),
    Column("gender", values.one_of("kvinne", "mann"), ("Kjønn",)),
    Column("age", values.whole, ("Alder",)),
    Column("household_members", values.whole, ("Husstand", "Antall i husstand", "Husstandsmedlemmer")),
    Column("children", values.whole, ("Barn", "Antall barn")),
    Column("single", values.yes_or_no, ("Enslig", "Aleneboende")),
    Column("income_type", values.one_of(*_INCOMES), ("Inntektstype", "Inntekt")),
    Column("monthly_income", values.amount_not_negative, ("Månedsinntekt", "Inntekt pr. mnd")),
    Column("arrears_at_opening", values.amount_not_negative, ("Restanse ved åpning", "Restanse")),
    Column(
        "social_services_contact",
        values.one_of("aktiv", "ikke aktiv", "ukjent"),
        ("Kontakt med sosialtjenesten", "Sosialtjenesten"),
    ),
    Column("handled_by", values.one_of("sosialtjenesten", "prosjektet", "felles"), ("Behandlet av", "Fulgt opp av")),
    Column("referred_housing_benefit", values.yes_or_no, ("Henvist bostøtte", "Henvist til bostøtte")),
    Column("petitioned_on", values.day, ("Begjært", "Begjært dato")),
    Column("withdrawn_on", values.day, ("Trukket", "Trukket dato")),
    Column("evicted_on", values.day, ("Utkastet", "Utkastet dato", "Utkastelsesdato")),
    Column("reinstated_on", values.day, ("Gjeninnsatt", "Gjeninnsatt dato")),
    Column(
        "outcome",
        values.one_of("utkastet", "stoppet", "gjeninnsatt", "flyttet", "uavklart"),
        ("Utfall", "Resultat"),
        required=True,
    ),
    Column("resolution", values.one_of(*_RESOLUTIONS), ("Løsning", "Løst ved")),
    Column("outcome_on", values.day, ("Utfallsdato", "Utfall dato")),
)

IN_ORDER = (
    *(("opened_on", later) for later in ("withdrawn_on", "evicted_on", "reinstated_on", "outcome_on")),
    *combinations(("petitioned_on", "evicted_on", "reinstated_on", "outcome_on"), 2),
    ("petitioned_on", "withdrawn_on"),
    ("withdrawn_on", "outcome_on"),
)
"""Earlier step, later step. A petition may be older than the case: the team often hears of it afterwards."""


def case_of(row: Mapping[str, Any]) -> Hashable:
    """A case is its number."""
    return row.get("case_no")


def check(draft: Draft, _: Circumstances) -> None:
    """Steps in their order, an eviction with its day, and no more children than the household has members."""
    row = draft.values
    _check_order(draft)
    if row.get("outcome") == "utkastet" and "evicted_on" not in row:
        draft.fault("evicted_on", "evicted_without_day")
    members = row.get("household_members")
    if members is not None and row.get("children", 0) > members:
        draft.fault("children", "more_children_than_household", children=str(row["children"]), members=str(members))


def _check_order(draft: Draft) -> None:
    for earlier, later in IN_ORDER:
        first, second = draft.values.get(earlier), draft.values.get(later)
        if first and second and second < first:
            shown = second.strftime("%d.%m.%Y")
            draft.fault(later, "before_earlier", value=shown, earlier=draft.headers[earlier])
            return


TABLE = Table(Kind.CASES, COLUMNS, same=case_of, twice="given_twice", check=check)
