"""How the data is secured, and what is not set: read from the settings and the database of this installation."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from bofast.access.append_only import AppendOnly
from bofast.access.models import Assignment, RecordKind, Retention
from bofast.access.need_to_know import Role
from bofast.domain.calendar import format_day
from bofast.domain.sharing_facts import Organisation
from bofast.domain.suppression import SMALL
from bofast.reports.privacy_record.texts import texts


def measures() -> Iterator[str]:
    """What is in force here, one sentence each; what is not in force is said too."""
    yield f"En pålogging som ikke brukes, går ut etter {settings.SESSION_COOKIE_AGE // 60} minutter."
    yield _either(
        settings.REQUIRE_SECOND_FACTOR,
        "Annen faktor (app eller passnøkkel) kreves av alle.",
        "Annen faktor kan brukes, men kreves ikke i denne installasjonen.",
    )
    yield f"Passord har minst {_password_length()} tegn, og kan ikke være vanlige eller likne brukerens navn."
    yield _either(
        settings.SESSION_COOKIE_SECURE,
        "All trafikk er kryptert (HTTPS).",
        "Denne installasjonen krever ikke kryptert trafikk: den er ikke satt opp for drift.",
    )
    yield f"Siden laster ikke noe fra andre (sikkerhetsregel for innhold: {_policy()})."
    yield f"Av det som er registrert, nekter databasen å endre eller slette: {', '.join(_kept_as_written())}."
    yield "Innsynsloggen kan bare slettes når tiden kommunen har satt, er ute, og ikke uten at beviset for det står."
    yield f"Tall fra {SMALL.start} til {SMALL.stop - 1} skjules i statistikk for dem som ikke ser sakene."
    yield "Hvert oppslag, søketreff, uttrekk og hver kommando om en person logges med grunn."
    yield "Navn og kontraktsnumre står ikke i adresser (URL-er), filnavn eller tekniske logger."


def _either(condition: object, yes: str, no: str) -> str:
    return yes if condition else no


def _password_length() -> int:
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    options = (each.get("OPTIONS", {}) for each in validators)
    return max((each["min_length"] for each in options if "min_length" in each), default=8)


def _policy() -> str:
    directives: Mapping[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items() if name != "report-uri")


def append_only_tables() -> list[str]:
    """The models whose tables the migrations make append-only."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return sorted(
        {
            f"{app}.{operation.name}"
            for (app, _name), migration in migrations.items()
            for operation in migration.operations
            if isinstance(operation, AppendOnly)
        }
    )


def _kept_as_written() -> list[str]:
    said = texts().tables
    return [said[label].nb.lower() for label in append_only_tables() if label in said]


def open_questions(organisation: Organisation, rules: Mapping[str, Retention], on: date) -> Iterator[str]:
    """What the municipality has yet to decide or confirm."""
    if organisation.outreach is None:
        yield "Hvordan kommunen er organisert (oppsøkende team og utleier), er ikke satt."
    for kind in RecordKind:
        if kind.value not in rules:
            yield f"Hvor lenge dette oppbevares, er ikke bestemt: {kind.label}."
    if not Assignment.objects.filter(role=Role.AUDITOR, ended_on__isnull=True, user__is_active=True).exists():
        yield "Ingen er satt til å kontrollere innsynsloggen."
    if not settings.REQUIRE_SECOND_FACTOR:
        yield "Annen faktor kreves ikke ved pålogging."
    if not settings.SESSION_COOKIE_SECURE:
        yield "Installasjonen er ikke satt opp for drift med kryptert trafikk (BOFAST_HOSTS)."
    if not settings.MUNICIPALITY:
        yield "Kommunens navn er ikke satt (BOFAST_MUNICIPALITY)."
    checked = format_day(date.fromisoformat(texts().checked_on))
    yield f"Rettslige grunnlag er foreslått {checked} og må bekreftes av kommunen, sammen med personvernombudet."
    new_act = "Programmet går ikke etter den nye forvaltningsloven (20. juni 2025 nr. 81)"
    yield f"{new_act} per {format_day(on)}: undersøk om den gjelder."
    yield "Arkivloven (20. juni 2025 nr. 96) kan kreve at noe bevares: spør arkivaren før lagringstid settes."
