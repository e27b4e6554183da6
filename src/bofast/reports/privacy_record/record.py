"""The record of processing and the draft of the impact assessment, as one document in bokmål."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import override

from bofast.access.models import OrganisationSetting, RecordKind, Retention
from bofast.access.municipality.queries import organisation_row
from bofast.access.queries import retention_in_force
from bofast.domain.calendar import format_day
from bofast.domain.sharing_facts import Organisation
from bofast.reports.document import Document, Section, Table
from bofast.reports.privacy_record import receivers
from bofast.reports.privacy_record.held import NOT_DECIDED, by_purpose
from bofast.reports.privacy_record.measures import measures, open_questions
from bofast.reports.privacy_record.texts import texts

LANGUAGE = "nb"
"""The record is the municipality's own document, in bokmål whoever reads it."""
NOBODY = (
    "Behandlingsansvarlig er ikke satt. Den som drifter programmet, skriver kommunens navn i innstillingen "
    "BOFAST_MUNICIPALITY og starter programmet på nytt."
)


def document(*, on: date, municipality: str) -> Document:
    """The whole, as the tables, the settings and the municipality's decisions are on that day."""
    organisation, rules = OrganisationSetting.in_force(on), retention_in_force(on)
    with override(LANGUAGE):
        return Document(
            title="Behandlingsprotokoll og personvernkonsekvenser",
            author=municipality or "Bofast",
            status=f"Laget av programmet {format_day(on)} fra de tabellene det selv går etter. "
            "Konsekvensvurderingen er et utkast.",
            sections=(
                _responsible(on, municipality),
                _purposes(),
                Section(title="Hva som er registrert", tables=by_purpose(rules)),
                Section(title="Mottakere", tables=receivers.tables(organisation)),
                _kept(rules),
                Section(title="Sikkerhet", points=tuple(measures())),
                _assessment(),
                _open(organisation, rules, on),
            ),
        )


def _responsible(on: date, municipality: str) -> Section:
    said = organisation_row(on)
    where = "Kommunen har ikke sagt hvordan den er organisert."
    if said:
        where = (
            f"Fra {format_day(said.valid_from)} er oppsøkende team {said.get_outreach_display()} og utleier "
            f"{said.get_landlord_display()}."
        )
    who = f"Behandlingsansvarlig er {municipality}." if municipality else NOBODY
    company = "Er utleier et eget selskap, er selskapet behandlingsansvarlig for sitt."
    return Section(title="Behandlingsansvarlig og organisering", paragraphs=(who, where, company))


def _purposes() -> Section:
    said = texts()
    rows = [(purpose.nb, "; ".join(purpose.law), said.proposed.nb) for purpose in said.purposes.values()]
    table = Table(caption="Formål", header=("Formål", "Rettslig grunnlag", "Status"), rows=rows)
    note = f"Grunnlagene er vår lesning per {format_day(date.fromisoformat(said.checked_on))}."
    return Section(title="Formål og rettslig grunnlag", paragraphs=(note,), tables=(table,))


def _kept(rules: Mapping[str, Retention]) -> Section:
    rows = [_kept_row(kind, rules.get(kind.value)) for kind in RecordKind]
    head = ("Hva", "Oppbevares", "Bestemt av, og hvorfor", "Gjelder fra")
    note = "Det som ikke er bestemt, slettes ikke av tid."
    return Section(
        title="Hvor lenge", paragraphs=(note,), tables=(Table(caption="Lagringstid", header=head, rows=rows),)
    )


def _kept_row(kind: RecordKind, rule: Retention | None) -> tuple[str, ...]:
    if rule is None:
        return str(kind.label), NOT_DECIDED, "–", "–"
    return str(kind.label), f"{rule.months} måneder", rule.ground, format_day(rule.valid_from)


def _assessment() -> Section:
    said = texts()
    rows = [(each.risk, each.measures, each.left or "–") for each in said.risks]
    head = ("Risiko for de registrerte", "Tiltak i programmet", "Gjenstår for kommunen")
    return Section(
        title="Utkast til vurdering av personvernkonsekvenser",
        paragraphs=tuple(said.necessity),
        tables=(Table(caption="Risiko og tiltak", header=head, rows=rows),),
    )


def _open(organisation: Organisation, rules: Mapping[str, Retention], on: date) -> Section:
    return Section(title="Åpne spørsmål for kommunen", points=tuple(open_questions(organisation, rules, on)))
