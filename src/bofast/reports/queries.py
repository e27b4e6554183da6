"""Every read of the room: the cases as facts, the agencies' counts, and the report they give."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from bofast.arrears.models import Dwelling, ReceivedFile, RegisteredCase
from bofast.arrears.queries import counts_in_force
from bofast.cases.models import Case, Event
from bofast.domain.calendar import format_day
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.screening import Answer
from bofast.domain.statistics import (
    CaseFact,
    Contact,
    Count,
    Counts,
    Gender,
    Income,
    Material,
    Outcome,
    Period,
    Profile,
    Question,
    Resolution,
    report,
)
from bofast.domain.statistics.definitions import LANGUAGES, note
from bofast.domain.statistics.editions import beside
from bofast.reports import recorded
from bofast.reports.models import Caveat
from bofast.reports.recorded import State, Until
from bofast.reports.sheets import anything
from bofast.reports.sources import profile_in_force

READ_AT_ONCE = recorded.READ_AT_ONCE

GENDERS = {"kvinne": Gender.WOMEN, "mann": Gender.MEN}
INCOMES = {
    "trygd": Income.BENEFIT,
    "sosialhjelp": Income.SOCIAL_ASSISTANCE,
    "arbeid": Income.WORK,
    "kombinasjon": Income.COMBINATION,
    "annet": Income.OTHER,
}
CONTACTS = {"aktiv": Contact.ACTIVE, "ikke aktiv": Contact.NOT_ACTIVE}
ANSWERS = {Answer.ACTIVE: Contact.ACTIVE, Answer.KNOWN: Contact.NOT_ACTIVE, Answer.UNKNOWN: Contact.NOT_ACTIVE}
OUTCOMES = {
    "utkastet": Outcome.EVICTED,
    "stoppet": Outcome.STOPPED,
    "gjeninnsatt": Outcome.REINSTATED,
    "flyttet": Outcome.MOVED,
}
RESOLUTIONS = {
    "betalt selv": Resolution.PAID_SELF,
    "dekket av sosialtjenesten": Resolution.COVERED_BY_SOCIAL_SERVICES,
    "bostøtte": Resolution.HOUSING_BENEFIT,
    "nedbetalingsavtale": Resolution.PAYMENT_PLAN,
    "garanti fra sosialtjenesten": Resolution.GUARANTEE,
    "ny kontrakt": Resolution.NEW_CONTRACT,
    "annet": Resolution.OTHER,
}
"""The register's words (`domain.files.case_register`). A word that is not here is unknown, or unresolved."""

HANDLED_BY: Mapping[str, tuple[str, ...]] = {
    "sosialtjenesten": (Agency.SOCIAL_SERVICES,),
    "prosjektet": (Agency.OUTREACH,),
    "felles": (Agency.OUTREACH, Agency.SOCIAL_SERVICES),
}
"""Who handled a case of the register."""

HANDLING = (Agency.OUTREACH, Agency.SOCIAL_SERVICES)
"""Whom the statistics can be narrowed to; a joint case counts with both."""

CLOSED_AS: Mapping[str, tuple[Outcome, Resolution]] = {
    Case.Outcome.PAID: (Outcome.STOPPED, Resolution.PAID_SELF),
    Case.Outcome.COVERED: (Outcome.STOPPED, Resolution.COVERED_BY_SOCIAL_SERVICES),
    Case.Outcome.HOUSING_BENEFIT: (Outcome.STOPPED, Resolution.HOUSING_BENEFIT),
    Case.Outcome.PLAN: (Outcome.STOPPED, Resolution.PAYMENT_PLAN),
    Case.Outcome.GUARANTEE: (Outcome.STOPPED, Resolution.GUARANTEE),
    Case.Outcome.WRITTEN_OFF: (Outcome.STOPPED, Resolution.OTHER),
    Case.Outcome.OTHER: (Outcome.STOPPED, Resolution.OTHER),
    Case.Outcome.MOVED: (Outcome.MOVED, Resolution.UNKNOWN),
    Case.Outcome.EVICTED: (Outcome.EVICTED, Resolution.UNKNOWN),
}
"""How our own cases count. One that runs still, or came back before the reason was found, is unresolved."""

EVENTS = {
    DeedCode.PETITION: "petitions",
    DeedCode.WITHDRAWAL: "withdrawals",
    DeedCode.EVICTION: "evictions",
    DeedCode.REINSTATEMENT: "reinstatements",
}


def annual_report(question: Question, profile: Profile | None = None) -> dict[str, Any]:
    """The report's document, with what must be said of the files its cases came from.

    Masked, each year is told of our own cases in one state (`recorded.state_outside`), and a published one never more
    than its last edition tells: two states of the same numbers could be subtracted from each other.
    """
    states = _states(question)
    state = states[question.period.first.year]
    remarks, notes = _remarks(question.period, question.language)
    said = replace(question, remarks=remarks, notes=(*notes, *_counted_on(question, state), *_twice(question)))
    document = report(_material_of(question, states, profile), said)
    document["caveats"] += _entered_caveats(document)
    document["counted_on"] = {str(year): _day_of(each).isoformat() for year, each in states.items() if each}
    if question.as_of and not anything(document):
        document |= _nothing_by(question.as_of, document["notes"], question.language)
    former = _edition_before(question) if state and state.said == "published" else None
    return beside(document, former, question.language) if former else document


def _states(question: Question) -> dict[int, State | None]:
    """As of when, and why, the cases of the year and of the comparison year are counted; None where it is now."""
    return {period.first.year: _state(question, period) for period in (question.compare, question.period) if period}


def _state(question: Question, period: Period) -> State | None:
    if question.as_of:
        return State(recorded.end_of(question.as_of), "as_of")
    if not question.masked:
        return None
    assert question.asked_on is not None, "what is told outside the case team depends on the day it is asked"
    return recorded.state_outside(period.first.year, question.asked_on)


def _day_of(state: State) -> date:
    return timezone.localdate(state.until)


def _material_of(question: Question, states: Mapping[int, State | None], profile: Profile | None) -> Material:
    """What the report is counted from: its cases, and those of the comparison year where that is told otherwise."""
    years = [period.first.year for period in (question.period, question.compare or question.period)]
    until, then = (state.until if (state := states[year]) else None for year in years)
    told = recorded.end_of(question.as_of) if question.as_of else None
    found = material(profile, until=until, told=told, aid=question.aid)
    return found if then == until else replace(found, compared=cases(then, aid=question.aid))


def _nothing_by(day: date, notes: list[str], language: str) -> dict[str, Any]:
    """That there was nothing to count on that day, said first, so that no nought is taken for a number."""
    said = note("nothing_received", language).format(day=format_day(day, language))
    return {"nothing_received": True, "notes": [said, *notes]}


def _entered_caveats(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the team has written of a source's numbers of a year told: of all of them, and of no day."""
    compared = [document["compare"]["from"][:4]] if document["compare"] else []
    years = {document["period"]["from"][:4], *compared, *(row["base_year"] for row in document["goals"])}
    said = Caveat.objects.filter(year__in=map(int, years))
    return [
        {"year": each.year, "source": each.source, "indicator": "", "as_of": None, "note": each.text} for each in said
    ]


def _twice(question: Question) -> Iterator[str]:
    """That a case may be counted twice, where both kinds were opened: a register names nobody to know it by."""
    opened = {"opened_on__range": (question.period.first, question.period.last)}
    if RegisteredCase.objects.filter(**opened).exists() and Case.objects.filter(**opened).exists():
        yield note("both_kinds", question.language)


def _edition_before(question: Question) -> Mapping[str, Any] | None:
    year = question.period.year
    return recorded.edition_before(year, question.district) if year else None


def _counted_on(question: Question, state: State | None) -> Iterator[str]:
    """As of which day the cases are counted, where it is not today."""
    if state:
        yield note(state.said, question.language).format(day=format_day(_day_of(state), question.language))


def material(profile: Profile | None = None, *, until: Until = None, told: Until = None, aid: bool = True) -> Material:
    """Every case recorded by `until`, and every agency's count in force at `told`.

    `profile` says which agency plays which part; `aid` whether what the social services know of our cases is told.
    """
    return Material(facts=cases(until, aid=aid), counts=agency_counts(told), profile=profile or profile_in_force())


def cases(until: Until = None, *, aid: bool = True) -> list[CaseFact]:
    """Every case recorded by `until`; `aid` as `material` has it."""
    return [*registered_cases(until), *own_cases(until, aid=aid)]


def agency_counts(until: Until = None) -> Counts:
    """The agencies' own numbers in force."""
    found = counts_in_force(recorded.counts(until)).values()
    return Counts(
        [
            Count(year=c.year, source=c.source, indicator=c.indicator, count=c.count, as_of=c.as_of, note=c.note)
            for c in found
        ]
    )


def counts_told(question: Question) -> Counts:
    """The agencies' numbers that the answer to a question is told by."""
    return agency_counts(recorded.end_of(question.as_of) if question.as_of else None)


def registered_cases(until: Until = None) -> Iterator[CaseFact]:
    """The cases of received registers: history that counts in statistics only."""
    for opened_on, district, values in recorded.register_rows(until, "opened_on", "district", "values"):
        yield _registered(opened_on, district, values)


def _registered(opened_on: date, district: str, values: Mapping[str, Any]) -> CaseFact:
    said = values.get
    return CaseFact(
        opened_on=opened_on,
        district=district,
        gender=GENDERS.get(said("gender", ""), Gender.UNKNOWN),
        age=said("age"),
        members=said("household_members"),
        children=said("children"),
        single=said("single"),
        income=INCOMES.get(said("income_type", ""), Income.UNKNOWN),
        monthly_income=said("monthly_income"),
        arrears=said("arrears_at_opening"),
        contact=CONTACTS.get(said("social_services_contact", ""), Contact.OTHER),
        referred_housing_benefit=said("referred_housing_benefit") is True,
        petitions=_days(said("petitioned_on")),
        withdrawals=_days(said("withdrawn_on")),
        evictions=_days(said("evicted_on")),
        outcome=OUTCOMES.get(said("outcome", ""), Outcome.UNRESOLVED),
        resolution=RESOLUTIONS.get(said("resolution", ""), Resolution.UNKNOWN),
        handled_by=HANDLED_BY.get(said("handled_by", ""), ()),
    )


def _days(written: str | None) -> tuple[date, ...]:
    return (date.fromisoformat(written),) if written else ()


def own_cases(until: Until = None, *, aid: bool = True) -> Iterator[CaseFact]:
    """The cases worked here, with what is known of them. Arrears are those of the list that opened the case.

    Without `aid` nobody learns of whom the social services know: neither by their answer nor by who works beside us.
    """
    opening = recorded.entries(until).filter(
        claim__tenancy=OuterRef("tenancy"), file__sender=OuterRef("sender"), file__as_of=OuterRef("opened_on")
    )
    owed = opening.values("claim__tenancy").annotate(owed=Sum("outstanding")).values("owed")
    rows = recorded.cases(until).annotate(arrears=Subquery(owed))
    events, answered = _events(until), _answered(until) if aid else {}
    closed_as = recorded.closings(until) if until else None
    for row in rows.values("pk", "opened_on", "outcome", "arrears", *KNOWN_OF).iterator(chunk_size=READ_AT_ONCE):
        closing = row["outcome"] if closed_as is None else closed_as.get(row["pk"], "")
        known = {"contact": answered.get(row["pk"], Contact.OTHER), "handled_by": handlers(row, aid=aid)}
        yield _own(row, closing, events.get(row["pk"], {}), **known)


LIVING_THERE = {
    "district": "tenancy__dwelling__district",
    "members": "tenancy__household__members",
    "children": "tenancy__household__children",
}
TEAMS = ("team__agency", "partner_team__agency")
KNOWN_OF = (*LIVING_THERE.values(), *TEAMS)


def _events(until: Until) -> dict[int, dict[str, list[date]]]:
    """The days of each case's petitions, withdrawals, evictions and reinstatements; the same day twice counts once.

    A petition that followed a household into its next case counts where it was filed.
    """
    found: dict[int, dict[str, list[date]]] = {}
    filed = recorded.events(until).filter(code__in=EVENTS).exclude(facts__has_key="carried_from")
    rows = filed.order_by("on").values_list("case", "code", "on").distinct()
    for case, code, on in rows:
        found.setdefault(case, {}).setdefault(EVENTS[DeedCode(code)], []).append(on)
    return found


def handlers(row: Mapping[str, Any], *, aid: bool) -> tuple[str, ...]:
    """The agencies that handle a case. An office beside a housing agency's team is there because it knows them."""
    return tuple(row[team] for team in (TEAMS if aid else TEAMS[:1]) if row[team])


def _answered(until: Until) -> dict[int, Contact]:
    """What the social services first answered of each case: as it was when the list was handed out."""
    found: dict[int, Contact] = {}
    answers = recorded.events(until).filter(code=Event.Code.SCREENED, facts__answer__in=list(ANSWERS))
    for case, answer in answers.order_by("on", "pk").values_list("case", "facts__answer"):
        found.setdefault(case, ANSWERS[answer])
    return found


def _own(row: Mapping[str, Any], closed_as: str, events: Mapping[str, list[date]], **known: Any) -> CaseFact:
    outcome, resolution = ended(closed_as, events)
    return CaseFact(
        opened_on=row["opened_on"],
        district=row[LIVING_THERE["district"]] or "",
        members=row[LIVING_THERE["members"]],
        children=row[LIVING_THERE["children"]],
        arrears=row["arrears"],
        petitions=tuple(events.get("petitions", ())),
        withdrawals=tuple(events.get("withdrawals", ())),
        evictions=tuple(events.get("evictions", ())),
        outcome=outcome,
        resolution=resolution,
        **known,
    )


def ended(closed_as: str, events: Mapping[str, list[date]]) -> tuple[Outcome, Resolution]:
    """An eviction carried out decides over the word the case was closed with."""
    evicted, reinstated = events.get("evictions"), events.get("reinstatements")
    if evicted:
        let_in = bool(reinstated and max(reinstated) >= max(evicted))
        return (Outcome.REINSTATED if let_in else Outcome.EVICTED), Resolution.UNKNOWN
    return CLOSED_AS.get(closed_as, (Outcome.UNRESOLVED, Resolution.UNKNOWN))


def district_named(name: str) -> str | None:
    """The district of that name, whatever its case; None when no case or dwelling lies in one."""
    known = set(RegisteredCase.objects.values_list("district", flat=True).distinct())
    known |= set(Dwelling.objects.values_list("district", flat=True).distinct())
    return next((district for district in sorted(known - {""}) if district.casefold() == name.strip().casefold()), None)


def _remarks(period: Period, language: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """What must be said of the known files that cases of the period came from: by figure, and in general."""
    known, place = _known_files(), LANGUAGES.index(language)
    used = RegisteredCase.objects.filter(opened_on__range=(period.first, period.last), file__sha256__in=known)
    remarks: dict[str, str] = {}
    notes: list[str] = []
    for digest in ReceivedFile.objects.filter(pk__in=used.values("file")).values_list("sha256", flat=True):
        said = known[digest]
        notes += [words[place] for words in said.get("notes", ())]
        remarks |= {name: words[place] for name, words in said.items() if name != "notes"}
    return remarks, tuple(notes)


@cache
def _known_files() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        files(__package__).joinpath("known_files.yaml").read_text("utf-8")
    )
    return found
