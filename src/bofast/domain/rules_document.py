"""Every rule and figure the program goes by, as one Markdown document in bokmål: `docs/rules.md` is its output.

Made from the same tables the program runs on, so that a lawyer reads what is done, not what was meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bofast.domain.calendar import format_day
from bofast.domain.facts import Agency, DeedCode, Stage
from bofast.domain.findings import Entry, Part, catalogue
from bofast.domain.procedure import STEPS, Step
from bofast.domain.rates import Figure, Value, figures

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
    Agency.ENFORCEMENT_OFFICER: "Namsmyndigheten",
}
PARTS: Mapping[Part, str] = {
    Part.IDENTITY: "Hvem og hvor",
    Part.MONEY: "Penger",
    Part.PROCEDURE: "Saksgangen",
    Part.HOUSEHOLD: "Husstanden",
    Part.HELP: "Hjelpen",
}
UNITS: Mapping[str, Mapping[str, str]] = {
    "NOK": {"nb": "{} kr", "nn": "{} kr", "en": "{} kr"},
    "R": {"nb": "{} R", "nn": "{} R", "en": "{} R"},
    "days": {"nb": "{} dager", "nn": "{} dagar", "en": "{} days"},
    "percent a year": {"nb": "{} % i året", "nn": "{} % i året", "en": "{} % a year"},
    "share of collection_rate": {
        "nb": "{} % av inkassosatsen",
        "nn": "{} % av inkassosatsen",
        "en": "{} % of the collection rate",
    },
}
"""How a value of each unit is written; a share is written in per cent."""

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
    return "\n".join([_HEAD, *_figures(), *_steps(), *_findings()])


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


def _findings() -> Iterator[str]:
    yield "## Det programmet kan si om en sak\n"
    yield _table(("Kode", "Tekst", "Bestemmelse", "Gjelder"), [_finding_row(entry) for entry in catalogue().values()])


def _finding_row(entry: Entry) -> tuple[str, ...]:
    return f"`{entry.code}`", entry.texts["nb"], entry.law or "–", PARTS[entry.part]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"
