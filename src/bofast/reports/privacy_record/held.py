"""What is held: on the page in bokmål, purpose by purpose, with the time in force; in the documentation in English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from bofast.access.models import RecordKind, Retention
from bofast.domain.rules_document import PARTS
from bofast.reports.document import Document, Section, Table, as_markdown
from bofast.reports.privacy_record.holdings import HOLDINGS, Holding
from bofast.reports.privacy_record.texts import Said, texts

HEAD = ("Hva", "Opplysninger", "Om hvem", "Del av saken", "Oppbevares", "Sletting")
HEAD_IN_ENGLISH = ("What", "About whom", "Fields", "Purpose", "Part of the case", "Kept by the time set for", "Erasure")
NOT_DECIDED = "ikke bestemt"
TELLING = {label: holding for label, holding in HOLDINGS.items() if holding.tells}


@dataclass(frozen=True, kw_only=True)
class _Side:
    """What of a table names somebody, or what of it describes in codes; and what becomes of it."""

    words: str
    fields: str
    kept: Sequence[RecordKind]
    erased: Said


def _sides(label: str, holding: Holding) -> Iterator[_Side]:
    said = texts()
    words = said.tables[label]
    if holding.personal:
        erased = said.erased[holding.erased]
        yield _Side(words=words.named, fields=_listed(holding.personal), kept=holding.kept, erased=erased)
    if holding.coded:
        yield _Side(words=words.coded, fields=_listed(holding.coded), kept=(), erased=said.erased["number"])


def _listed(fields: str) -> str:
    return ", ".join(fields.split())


def by_purpose(rules: Mapping[str, Retention]) -> tuple[Table, ...]:
    """A table for each purpose, with the months in force; last, what the database calls it all."""
    purposes = texts().purposes
    tables = [Table(caption=purpose.nb, header=HEAD, rows=_rows(code, rules)) for code, purpose in purposes.items()]
    return *tables, _in_the_database()


def _rows(purpose: str, rules: Mapping[str, Retention]) -> list[tuple[str, ...]]:
    said = texts()
    return [
        (
            said.tables[label].nb,
            side.words,
            said.whom[holding.whom].nb,
            PARTS[holding.part] if holding.part else "–",
            _times(side.kept, rules),
            side.erased.nb,
        )
        for label, holding in TELLING.items()
        if holding.purpose == purpose
        for side in _sides(label, holding)
    ]


def _times(kinds: Sequence[RecordKind], rules: Mapping[str, Retention]) -> str:
    """The months in force, kind by kind as soon as one of them is decided."""
    if not any(kind.value in rules for kind in kinds):
        return NOT_DECIDED if kinds else "–"
    return "; ".join(f"{kind.label}: {_months(rules.get(kind.value))}" for kind in kinds)


def _months(rule: Retention | None) -> str:
    return f"{rule.months} måneder" if rule else NOT_DECIDED


def _in_the_database() -> Table:
    rows = [
        (texts().tables[label].nb, label, _listed(f"{holding.personal} {holding.coded}"))
        for label, holding in TELLING.items()
    ]
    return Table(caption="Navn på tabeller og felt i databasen", header=("Hva", "Tabell", "Felt"), rows=rows)


def in_english() -> str:
    """`docs/record-of-processing.md`: what every table holds of persons, made from the tables the program runs on."""
    said = texts()
    purposes = [(purpose.en, "; ".join(purpose.law), said.proposed.en) for purpose in said.purposes.values()]
    skeletons = [(label, _listed(holding.skeleton)) for label, holding in HOLDINGS.items()]
    document = Document(
        title="Record of processing: what is held",
        author="Bofast",
        status="Made by the program from its own tables. Mend the tables, not this file. The page "
        "«Behandlingsprotokoll» adds what the municipality has set: its organisation, and how long each kind is kept.",
        sections=(
            Section(title="Purposes", tables=(_english("Purpose", "Law (in Norwegian)", "Standing", rows=purposes),)),
            Section(title="Personal data", tables=(_table_in_english(),)),
            Section(
                title="What tells of nobody by itself",
                paragraphs=("Keys and what keeps the tables together, and keys of employees for who did what.",),
                tables=(_english("Table", "Fields", rows=skeletons),),
            ),
        ),
    )
    return as_markdown(document)


def _table_in_english() -> Table:
    with override("en"):
        rows = [row for label, holding in TELLING.items() for row in _rows_in_english(label, holding)]
    return Table(caption="Personal data in each table", header=HEAD_IN_ENGLISH, rows=rows)


def _rows_in_english(label: str, holding: Holding) -> Iterator[tuple[str, ...]]:
    said = texts()
    what, whom = f"{said.tables[label].en} ({label})", said.whom[holding.whom].en
    purpose, part = said.purposes[holding.purpose].en, holding.part.value if holding.part else "–"
    for side in _sides(label, holding):
        times = "; ".join(str(kind.label) for kind in side.kept) or "–"
        yield what, whom, side.fields, purpose, part, times, side.erased.en


def _english(*header: str, rows: Sequence[Sequence[str]]) -> Table:
    return Table(caption=header[0], header=header, rows=rows)
