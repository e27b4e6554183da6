"""The record of processing and the impact assessment's draft: made from what runs, and complete."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.apps import apps

from bofast.access.models import OrganisationSetting, RecordKind, Retention
from bofast.access.need_to_know import DOORS, NEED_TO_KNOW, Door, Reach
from bofast.access.tests.cast import Cast, cast, seat
from bofast.cases.tests.factories import on_the_day, signed_in, text
from bofast.domain.rules_document import AGENCIES
from bofast.domain.sharing import BORDERS
from bofast.reports.document import Document, Section, Table, as_markdown
from bofast.reports.privacy_record import held, record
from bofast.reports.privacy_record.holdings import HOLDINGS
from bofast.reports.privacy_record.measures import append_only_tables
from bofast.reports.privacy_record.texts import texts

__all__ = ["cast"]
RECORD, ON = "/record/", date(2026, 11, 23)
MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with on_the_day():
        yield


def made(on: date = ON) -> Document:
    return record.document(on=on, municipality="Bergen")


def section(title: str, found: Document | None = None) -> str:
    document = found or made()
    return str(next(asdict(each) for each in document.sections if each.title == title))


def undeclared(model: type[Any], declared: list[str]) -> set[str]:
    return {field.name for field in model._meta.local_fields} ^ set(declared)


@pytest.mark.once
def test_every_table_of_the_program_is_in_the_record_and_no_other() -> None:
    assert set(HOLDINGS) == set(MODELS), "say what it holds in reports/privacy_record/holdings.py"


@pytest.mark.once
@pytest.mark.parametrize("label", HOLDINGS)
def test_every_field_is_declared_once_as_skeleton_or_as_personal(label: str) -> None:
    """A new field fails here until somebody has said whether it tells of a person, what for, and how it is erased."""
    declared = HOLDINGS[label].fields
    assert len(declared) == len(set(declared)), "a field is declared twice"
    assert not undeclared(MODELS[label], declared), "say in reports/privacy_record/holdings.py what it holds"


@pytest.mark.once
def test_a_field_nobody_declared_is_found() -> None:
    declared = [name for name in HOLDINGS["arrears.Resident"].fields if name != "phone"]
    assert undeclared(MODELS["arrears.Resident"], [*declared, "shoe_size"]) == {"phone", "shoe_size"}


@pytest.mark.once
@pytest.mark.parametrize("label", [label for label, holding in HOLDINGS.items() if holding.tells])
def test_what_is_personal_has_a_person_a_purpose_and_a_way_to_erase_it(label: str) -> None:
    holding, said = HOLDINGS[label], texts()
    assert holding.whom in said.whom
    assert holding.purpose in said.purposes
    assert holding.erased in said.erased
    assert (bool(said.tables[label].named), bool(said.tables[label].coded)) == (
        bool(holding.personal),
        bool(holding.coded),
    )
    assert holding.part or holding.whom == "employee"


@pytest.mark.once
def test_the_words_say_nothing_of_what_is_not_there() -> None:
    used, said = [each for each in HOLDINGS.values() if each.tells], texts()
    assert set(said.tables) == {label for label, holding in HOLDINGS.items() if holding.tells}
    assert set(said.purposes) == {each.purpose for each in used}
    assert set(said.whom) == {each.whom for each in used}
    assert set(said.erased) == {each.erased for each in used}
    assert set(said.doors) == {door.value for door in Door}
    assert set(said.reach) == {reach.value for reach in Reach}


@pytest.mark.once
def test_every_kind_of_record_with_a_time_is_used_by_a_table() -> None:
    assert {kind for holding in HOLDINGS.values() for kind in holding.kept} == set(RecordKind)


@pytest.mark.once
def test_the_documentation_has_the_table_the_program_has() -> None:
    written = (Path(__file__).parents[4] / "docs" / "record-of-processing.md").read_text("utf-8")
    assert written == held.in_english(), "write what privacy_record.held.in_english() gives to that file"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ingrid", 200),
        ("geir", 200),
        ("astrid", 200),
        ("asbjorn", 200),
        ("kari", 403),
        ("turid", 403),
        ("charlie", 403),
    ],
)
def test_leaders_steering_administrator_and_auditor_read_it(cast: Cast, who: str, status: int) -> None:
    for url in (RECORD, f"{RECORD}file.md", f"{RECORD}file.pdf"):
        assert signed_in(getattr(cast, who)).get(url).status_code == status


def test_a_leader_of_the_landlord_reads_it_too(cast: Cast) -> None:
    seat(cast.charlie, "leader", "landlord")
    text(signed_in(cast.charlie), RECORD)


def test_receivers_are_those_of_the_tables_that_run(db: None) -> None:
    told = section("Mottakere")
    assert not [AGENCIES[agency] for agency in NEED_TO_KNOW if AGENCIES[agency] not in told]
    mottakere = next(each for each in made().sections if each.title == "Mottakere")
    agencies, doors, _files, borders = mottakere.tables
    assert (len(agencies.rows), len(doors.rows), len(borders.rows)) == (len(NEED_TO_KNOW), len(DOORS), len(BORDERS))


def test_outreach_sees_what_the_municipality_has_organised_it_to_see(db: None) -> None:
    def seen() -> str:
        agencies = next(each for each in made().sections if each.title == "Mottakere").tables[0]
        return next(row[3] for row in agencies.rows if row[0] == "Oppsøkende team")

    assert "Det sosialtjenesten vet" in seen()
    OrganisationSetting.objects.create(valid_from=date(2026, 1, 1), outreach="housing_agency", landlord="municipal")
    assert "Det sosialtjenesten vet" not in seen()


def test_what_nobody_has_decided_is_said_in_the_table_and_asked_at_the_end(db: None) -> None:
    assert section("Hvor lenge").count("ikke bestemt") == len(RecordKind)
    assert section("Åpne spørsmål for kommunen").count("Hvor lenge dette oppbevares") == len(RecordKind)
    Retention.objects.create(kind="notes", valid_from=date(2026, 1, 1), months=60, ground="Planen")
    assert "60 måneder" in section("Hvor lenge")
    assert "60 måneder" in section("Hva som er registrert")
    assert section("Åpne spørsmål for kommunen").count("Hvor lenge dette oppbevares") == len(RecordKind) - 1


def test_the_organisation_of_the_day_is_told(db: None) -> None:
    title = "Behandlingsansvarlig og organisering"
    OrganisationSetting.objects.create(valid_from=date(2026, 6, 1), outreach="own_unit", landlord="company")
    assert "ikke sagt hvordan" in section(title, made(date(2026, 5, 31)))
    assert "Fra 1. juni 2026" in section(title)


def test_who_answers_is_named_and_otherwise_who_must_set_it(cast: Cast, settings: Any) -> None:
    settings.MUNICIPALITY = "Bergen"
    assert "Behandlingsansvarlig er Bergen." in text(signed_in(cast.geir), RECORD)
    settings.MUNICIPALITY = ""
    assert "BOFAST_MUNICIPALITY og starter programmet på nytt" in text(signed_in(cast.geir), RECORD)


def test_what_is_held_is_told_in_words_and_what_the_database_calls_it_stands_last(db: None) -> None:
    *told, technical = next(each for each in made().sections if each.title == "Hva som er registrert").tables
    assert "navn, fødselsnummer, telefon" in str(told)
    assert "arrears.Resident" not in str(told)
    assert [each.caption for each in told] == [purpose.nb for purpose in texts().purposes.values()]
    assert "arrears.Resident" in str(technical.rows)


def test_no_auditor_is_an_open_question_until_there_is_one(db: None) -> None:
    assert "kontrollere innsynsloggen" in section("Åpne spørsmål for kommunen")


def test_with_an_auditor_it_is_not(cast: Cast) -> None:
    assert "kontrollere innsynsloggen" not in section("Åpne spørsmål for kommunen")


def test_security_is_what_the_settings_are(db: None, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE, settings.REQUIRE_SECOND_FACTOR = 17 * 60, True
    told = section("Sikkerhet")
    assert "17 minutter" in told
    assert "kreves av alle" in told
    settings.REQUIRE_SECOND_FACTOR = False
    assert "kreves ikke i denne" in section("Sikkerhet")
    assert "Annen faktor kreves ikke" in section("Åpne spørsmål for kommunen")


@pytest.mark.once
def test_the_tables_that_only_grow_are_read_off_the_migrations() -> None:
    assert {"access.AccessEntry", "access.Proof", "access.Reviewed", "cases.Event"} <= set(append_only_tables())


def test_a_basis_is_always_marked_as_a_proposal(db: None) -> None:
    found = next(each for each in made().sections if each.title.startswith("Formål")).tables[0]
    assert {row[2] for row in found.rows} == {"forslag, må bekreftes av kommunen"}


def test_the_page_and_the_files_say_the_same(cast: Cast) -> None:
    client = signed_in(cast.geir)
    page, markdown = text(client, RECORD), text(client, f"{RECORD}file.md")
    for each in made().sections:
        assert each.title in page
        assert f"## {each.title}" in markdown
        assert all(f"<summary>{table.caption}" in page for table in each.tables) is (len(each.tables) != 1)
    pdf = client.get(f"{RECORD}file.pdf")
    with pikepdf.open(BytesIO(pdf.content)) as found:
        assert b"pdfuaid" in found.Root.Metadata.read_bytes()
    assert pdf["Content-Disposition"] == 'attachment; filename="behandlingsprotokoll-2026-11-23.pdf"'
    assert client.get(f"{RECORD}file.exe").status_code == 404


@pytest.mark.once
def test_a_cell_with_a_bar_does_not_break_a_markdown_table() -> None:
    document = Document(title="T", author="A", status="S", sections=(held_section("a|b"),))
    assert "| a\\|b |" in as_markdown(document)


def held_section(cell: str) -> Any:
    return Section(title="S", tables=(Table(caption="C", header=("H",), rows=[(cell,)]),))


def test_the_page_asks_the_database_a_few_questions_only(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast.geir)
    with django_assert_max_num_queries(12):
        text(client, RECORD)
