"""The table of what is held: on the page in bokmål with the time in force, in the documentation in English."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import override

from bofast.access.models import Retention
from bofast.domain.rules_document import PARTS
from bofast.reports.document import Document, Section, Table, as_markdown
from bofast.reports.privacy_record.holdings import HOLDINGS, Holding
from bofast.reports.privacy_record.texts import texts

HEADS = {
    "nb": ("Hva", "Om hvem", "Felt", "Formål", "Del av saken", "Oppbevares", "Sletting"),
    "en": ("What", "About whom", "Fields", "Purpose", "Part of the case", "Kept by the time set for", "Erasure"),
}
CAPTIONS = {"nb": "Personopplysninger i hver tabell", "en": "Personal data in each table"}
NOT_DECIDED = "ikke bestemt"


def held(language: str, rules: Mapping[str, Retention] | None = None) -> Table:
    """Every table with personal content. With `rules`, the months in force; without, the name of what is decided on."""
    with override(language):
        rows = [
            row
            for label, holding in HOLDINGS.items()
            if holding.tells
            for row in _rows(label, holding, language, rules)
        ]
    return Table(caption=CAPTIONS[language], header=HEADS[language], rows=rows)


def _rows(
    label: str, holding: Holding, language: str, rules: Mapping[str, Retention] | None
) -> Iterator[tuple[str, ...]]:
    """What names somebody, and what describes in codes, each with what becomes of it."""
    said = texts()
    what = f"{said.tables[label].in_language(language)} ({label})"
    whom = said.whom[holding.whom].in_language(language)
    purpose, part = said.purposes[holding.purpose].in_language(language), _part(holding, language)
    if holding.personal:
        times, erased = "; ".join(_times(holding, rules)) or "–", said.erased[holding.erased].in_language(language)
        yield what, whom, _listed(holding.personal), purpose, part, times, erased
    if holding.coded:
        yield what, whom, _listed(holding.coded), purpose, part, "–", said.erased["number"].in_language(language)


def _listed(fields: str) -> str:
    return ", ".join(fields.split())


def _part(holding: Holding, language: str) -> str:
    if holding.part is None:
        return "–"
    return holding.part.value if language == "en" else PARTS[holding.part]


def _times(holding: Holding, rules: Mapping[str, Retention] | None) -> Iterator[str]:
    for kind in holding.kept:
        if rules is None:
            yield str(kind.label)
        else:
            rule = rules.get(kind.value)
            yield f"{kind.label}: {f'{rule.months} måneder' if rule else NOT_DECIDED}"


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
            Section(title="Personal data", tables=(held("en"),)),
            Section(
                title="What tells of nobody by itself",
                paragraphs=("Keys and what keeps the tables together, and keys of employees for who did what.",),
                tables=(_english("Table", "Fields", rows=skeletons),),
            ),
        ),
    )
    return as_markdown(document)


def _english(*header: str, rows: Sequence[Sequence[str]]) -> Table:
    return Table(caption=header[0], header=header, rows=rows)
