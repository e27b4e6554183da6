"""Every rule and figure the program goes by, as one Markdown document in bokmål: `docs/rules.md` is its output.

Made from the same tables the program runs on, so that a lawyer reads what is done, not what was meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from bofast.domain import sharing_needs as needs
from bofast.domain.calendar import format_day
from bofast.domain.facts import Agency, DeedCode, Stage
from bofast.domain.findings import Entry, Part, catalogue
from bofast.domain.procedure import STEPS, Step
from bofast.domain.rates import Figure, Value, figures
from bofast.domain.sharing import BORDERS, FIRST_DAY, Basis, Border
from bofast.domain.sharing_facts import Side
from bofast.domain.sharing_needs import Need

Named = TypeVar("Named", Side, Part)

STAGES: Mapping[Stage, str] = {
    Stage.DUE: "Husleie forfalt",
    Stage.REMINDED: "Purret",
    Stage.DEMANDED: "Betalingsvarsel sendt",
    Stage.PETITIONED: "Begjæring sendt",
    Stage.SCHEDULED: "Utkastelse berammet",
    Stage.EVICTED: "Utkastet",
    Stage.WITHDRAWN: "Begjæring trukket",
    Stage.SETTLED: "Gjort opp",
    Stage.REINSTATED: "Gjeninnsatt",
    Stage.MOVED: "Flyttet",
    Stage.CLOSED: "Avsluttet",
}
DEEDS: Mapping[DeedCode, str] = {
    DeedCode.REMINDER: "Purring",
    DeedCode.DEMAND: "Betalingsvarsel",
    DeedCode.NOTICE: "Varsel om utkastelse",
    DeedCode.SOCIAL_NOTICE: "Varsel til sosialtjenesten",
    DeedCode.PETITION: "Begjæring om utkastelse",
    DeedCode.DATE_SET: "Dag for utkastelsen",
    DeedCode.EVICTION: "Utkastelse",
    DeedCode.WITHDRAWAL: "Trekking av begjæringen",
    DeedCode.REINSTATEMENT: "Gjeninnsettelse",
    DeedCode.SETTLEMENT: "Oppgjør",
    DeedCode.MOVE: "Flytting",
    DeedCode.CLOSURE: "Avslutning",
}
AGENCIES: Mapping[Agency, str] = {
    Agency.LANDLORD: "Utleier",
    Agency.COLLECTOR: "Innkrever",
    Agency.OUTREACH: "Oppsøkende team",
    Agency.SOCIAL_SERVICES: "Sosialtjenesten",
    Agency.HOUSING_BENEFIT: "Bostøttekontoret",
    Agency.DEBT_ADVICE: "Gjeldsrådgivningen",
    Agency.STEERING: "Styringsgruppen",
    Agency.ENFORCEMENT_OFFICER: "Namsmyndigheten",
}
PARTS: Mapping[Part, str] = {
    Part.IDENTITY: "Hvem og hvor",
    Part.MONEY: "Penger",
    Part.PROCEDURE: "Saksgangen",
    Part.HOUSEHOLD: "Husstanden",
    Part.HELP: "Hjelpen",
    Part.AID: "Det sosialtjenesten vet",
    Part.HEALTH: "Helse",
}
SIDES: Mapping[Side, str] = {
    Side.LANDLORD: "Utleier",
    Side.COLLECTOR: "Innkrever (egen)",
    Side.HOUSING: "Team hos boligetat (skilt fra utleier)",
    Side.OUTREACH: "Team (egen enhet)",
    Side.SOCIAL: "Sosialtjenesten",
    Side.BENEFIT: "Bostøttekontoret",
    Side.DEBT_ADVICE: "Gjeldsrådgivningen",
    Side.STEERING: "Styringsgruppen",
    Side.ENFORCEMENT: "Namsmyndigheten",
}
BASES: Mapping[Basis, str] = {
    Basis.SAME_BODY: "Samme organ",
    Basis.PROVISION: "Bestemmelse",
    Basis.CONSENT: "Samtykke",
    Basis.ANONYMOUS: "Anonymt",
}
NEEDS: Mapping[Need, str] = {
    needs.breach: "leie er ubetalt, og forfallsdagen er over",
    needs.ground_to_petition: "leieavtalen har utkastelsesklausul, eller en person sier hvilket annet grunnlag det er",
    needs.reason_to_petition: "betalingsvarsel, varsel eller begjæring er sendt, eller en person sier hvorfor",
    needs.no_opt_out: "leieren har ikke reservert seg skriftlig",
    needs.no_objection: "leieren har ikke reservert seg",
    needs.no_wider_opt_out: "har leieren reservert seg, vurderer en person om det også gjelder her",
    needs.no_opt_out_on_the_way: "kommer det fra teamet, og har leieren reservert seg, vurderer en person det",
    needs.tenant_told: "leieren har fått kopi senest samtidig",
    needs.tenant_informed: "leieren er informert",
    needs.tenant_knows: "leieren vet om det, eller en person vurderer det",
    needs.act_relied_on: "kommunen har sagt at den bygger på loven, eller en person vurderer det",
    needs.sender_authorised: "en person sier at avsenderen har fullmakt",
    needs.consent_before_2010: "samtykke (sosialtjenesteloven 1991 § 8-8)",
    needs.consent_since_2010: "samtykke (sosialtjenesteloven 2009 § 44)",
    needs.own_task_before_2010: "samtykke, eller en person sier at egne oppgaver krever det (loven av 1991, § 8-8)",
    needs.own_task_since_2010: "samtykke, eller en person sier at egne oppgaver krever det (loven av 2009, § 44)",
    needs.outreach_placed: "kommunen har sagt hvor teamet hører til, eller en person vurderer det",
    needs.task_of_sender: "samtykke, eller en person sier at egne oppgaver krever det (forvaltningsloven § 13 b nr. 5)",
    needs.needed_by_receiver: "samtykke, eller en person sier at mottakeren trenger det (bostøtteforskriften § 12)",
    needs.provision_named: "samtykke, eller en person sier hvilken bestemmelse det bygger på",
    needs.nothing_of_persons: "ingenting om den enkelte husstanden",
    needs.another_road: "ingenting deles denne veien",
}
"""What a border needs, in the words of the document."""

UNITS: Mapping[str, Mapping[str, str]] = {
    "NOK": {"nb": "{} kr", "nn": "{} kr", "en": "{} kr"},
    "R": {"nb": "{} R", "nn": "{} R", "en": "{} R"},
    "days": {"nb": "{} dager", "nn": "{} dagar", "en": "{} days"},
    "cases": {"nb": "{} saker", "nn": "{} saker", "en": "{} cases"},
    "percent a year": {"nb": "{} % i året", "nn": "{} % i året", "en": "{} % a year"},
    "share of collection_rate": {
        "nb": "{} % av inkassosatsen",
        "nn": "{} % av inkassosatsen",
        "en": "{} % of the collection rate",
    },
}
"""How a value of each unit is written; a share is written in per cent."""

BORDER_HEAD = ("Fra", "Til", "Gjelder fra", "Grunnlag", "Det meste som kan deles", "Det som må være på plass")

_HEAD = """# Regler og satser

Denne filen er laget av programmet, fra de tabellene det selv regner etter. Rett tabellene, ikke filen.
Det som er merket *ikke kontrollert*, er ikke lest i kilden eller er vår lesning; et resultat som bruker det, sier det.
"""


def written_value(value: Decimal, unit: str, language: str = "nb") -> str:
    """A figure's value as a reader sees it: `1 345 kr`, `9,25 % i året`, `5 % av inkassosatsen`."""
    shown = value * 100 if unit.startswith("share") else value
    number = f"{shown.normalize():,f}".replace(",", "\u00a0")
    return UNITS[unit][language].format(number if language == "en" else number.replace(".", ","))


def render() -> str:
    """The whole document; the same tables give the same text."""
    return "\n".join([_HEAD, *_figures(), *_steps(), *_borders(), *_findings()])


def _figures() -> Iterator[str]:
    yield "## Satser\n"
    for figure in figures():
        yield f"### {figure.texts['nb']}\n"
        yield f"{_law(figure.law)} Sist kontrollert {format_day(figure.checked_on)}.\n"
        yield _table(("Fra", "Verdi", "Kontrollert", "Kilde"), [_figure_row(figure, *row) for row in figure.values])


def _law(law: str) -> str:
    return f"Bestemmelse: {law}." if law else "Praksis i kommunen, ikke lov."


def _figure_row(figure: Figure, start: object, value: Value | None) -> tuple[str, ...]:
    if value is None:
        return (str(start), "ikke lenger kjent", "", "")
    checked = "ja" if value.verified else "*ikke kontrollert*"
    return (str(start), written_value(value.value, figure.unit), checked, value.source)


def _steps() -> Iterator[str]:
    yield "## Saksgangen\n"
    yield "Et steg står bare åpent fra stadiene som er nevnt. Uten nytt stadium blir saken stående der den er.\n"
    head = ("Steg", "Fra", "Til", "Hvem", "Ventetid", "Bestemmelse", "Gjelder fra")
    yield _table(head, [_step_row(step) for step in STEPS])


def _step_row(step: Step) -> tuple[str, ...]:
    return (
        DEEDS[step.deed],
        ", ".join(STAGES[stage] for stage in step.of),
        STAGES[step.to] if step.to else "–",
        AGENCIES[step.by],
        f"{step.days} dager etter varselet" if step.days else "–",
        step.law or "–",
        format_day(step.valid_from) if step.valid_from else "–",
    )


def _borders() -> Iterator[str]:
    yield "## Deling mellom etater\n"
    yield (
        "Et samtykke som dekker alt som deles, åpner hver grense i tabellen unntatt de tre siste. Helse deles bare "
        "med samtykke. Uten samtykke gjelder den nyeste raden som har begynt. Teamet regnes til sosialtjenesten, til "
        "utleier eller for seg selv, slik kommunen har organisert det; innkreveren er samme organ som en kommunal "
        "utleier. Det en person må vurdere, holdes tilbake til noen har gjort det og skrevet hvorfor.\n"
    )
    yield _table(BORDER_HEAD, border_rows())


def border_rows() -> list[tuple[str, ...]]:
    """Every border in words, under BORDER_HEAD; the record of processing has the same table."""
    return [_border_row(border) for border in BORDERS]


def _border_row(border: Border) -> tuple[str, ...]:
    within = " (innenfor samme)" if border.inside else ""
    return (
        _names(SIDES, border.senders),
        _names(SIDES, border.receivers) + within,
        "–" if border.starts_on == FIRST_DAY else format_day(border.starts_on),
        f"{BASES[border.basis]}: {catalogue()[border.ground].law}" if border.ground else "–",
        _names(PARTS, border.parts) or "–",
        "; ".join(NEEDS[need] for need in border.needs) or "–",
    )


def _names(words: Mapping[Named, str], chosen: frozenset[Named]) -> str:
    """The chosen ones in the order of the words."""
    return ", ".join(word for key, word in words.items() if key in chosen)


def _findings() -> Iterator[str]:
    yield "## Det programmet kan si om en sak\n"
    yield _table(("Kode", "Tekst", "Bestemmelse", "Gjelder"), [_finding_row(entry) for entry in catalogue().values()])


def _finding_row(entry: Entry) -> tuple[str, ...]:
    return f"`{entry.code}`", entry.texts["nb"], entry.law or "–", PARTS[entry.part]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"
