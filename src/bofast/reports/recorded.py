"""What was recorded by a moment: the rows that a report of that moment is counted from. None is now.

Kept as it was: files with what they said and when they came, corrections of their rows, events, how cases were closed,
agencies' counts, what was published. Not kept: who lives in a household, the district of a dwelling and the team of a
case are as they are today.

Outside the case team a year is told in one state only (`state_outside`): two could be subtracted from each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from bofast.arrears.models import (
    AgencyCount,
    FormerRegisteredCase,
    LedgerEntry,
    QuarantinedRow,
    ReceivedFile,
    RegisteredCase,
)
from bofast.cases.models import Case, Event
from bofast.domain.facts import DeedCode
from bofast.domain.statistics import Period
from bofast.reports.models import PublishedReport

Until = datetime | None
Document = Mapping[str, Any]
M = TypeVar("M", bound=Model)
READ_AT_ONCE = 5_000


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)


@dataclass(frozen=True)
class State:
    """The moment that cases are counted as recorded at, and why: the key of the note that says so."""

    until: datetime
    said: str


def state_outside(year: int, today: date) -> State | None:
    """The state those outside the case team are told a year in, whose day is today; None as it is now.

    A published year is told as it was when it was published first. A year that runs is told as it was when the last
    quarter ended, or the first day anything was received: day by day, a new case would be the difference of two days.
    """
    published = first_edition(year)
    if published:
        return State(published.published_at, "published")
    if not is_running(year, today):
        return None
    begun = ReceivedFile.objects.order_by("received_at").values_list("received_at", flat=True).first()
    first_day = timezone.localdate(begun) if begun else today
    return State(end_of(max(last_quarter_day(today), first_day)), "running")


def is_running(year: int, today: date) -> bool:
    """Whether the year is not over."""
    return today.year <= year


def last_quarter_day(today: date) -> date:
    """The last day of the last quarter that is over."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def register_rows(until: Until, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The columns asked for of every case in a received register."""
    told: list[QuerySet[Any]] = [RegisteredCase.objects.all()]
    if until:
        told.append(FormerRegisteredCase.objects.filter(replaced_at__gt=until))
    for rows in told:
        known = _received(rows, until) if until else rows
        yield from known.values_list(*columns).iterator(chunk_size=READ_AT_ONCE)


def _received(rows: QuerySet[M], until: datetime) -> QuerySet[M]:
    """Rows of files that had come, apart from those a person put right later."""
    had_come = rows.filter(file__in=ReceivedFile.objects.filter(received_at__lte=until))
    later = QuarantinedRow.objects.filter(state=QuarantinedRow.State.CORRECTED, settled_at__gt=until)
    if not later.exists():  # asked once, so that not every row has to be looked up
        return had_come
    return had_come.filter(~Exists(later.filter(file=OuterRef("file"), line=OuterRef("line"))))


def counts(until: Until) -> QuerySet[AgencyCount]:
    """The agencies' numbers that had come, none of a later day than that."""
    known = AgencyCount.objects.all()
    return known if until is None else _received(known, until).filter(as_of__lte=timezone.localdate(until))


def entries(until: Until) -> QuerySet[LedgerEntry]:
    """What the lists in force then said."""
    if until is None:
        return LedgerEntry.objects.filter(file__standing=True)
    standing = Q(file__standing=True) | Q(file__superseded_by__received_at__gt=until)
    return _received(LedgerEntry.objects.filter(standing), until)


def events(until: Until) -> QuerySet[Event]:
    """What had been recorded, whenever it happened."""
    return Event.objects.all() if until is None else Event.objects.filter(recorded_at__lte=until)


def cases(until: Until) -> QuerySet[Case]:
    """The cases there were."""
    opened = events(until).filter(case=OuterRef("pk"), code=Event.Code.OPENED)
    return Case.objects.all() if until is None else Case.objects.filter(Exists(opened))


def closings(until: datetime) -> dict[int, str]:
    """What the cases closed by then had been closed with."""
    closed = events(until).filter(code=DeedCode.CLOSURE).order_by("recorded_at", "pk")
    return {case: facts.get("outcome", "") for case, facts in closed.values_list("case", "facts")}


def first_edition(year: int) -> PublishedReport | None:
    """The first report that was published with cases of ours of the year: of the city or a district, or beside it."""
    editions = _editions(year).order_by("published_at")
    return next((each for each in editions.iterator(chunk_size=1) if _cases_told(_document(each, year))), None)


def edition_before(year: int, district: str | None) -> Document | None:
    """What the newest edition with the year's numbers tells of it, in the city or a district."""
    newest = _editions(year).filter(report__district=district or "").order_by("-published_at").first()
    return _document(newest, year) if newest else None


def _editions(year: int) -> QuerySet[PublishedReport]:
    """Those of the year's own report, and those of later years that tell it beside theirs."""
    beside = Q(content__compared__period__from=Period.of_year(year).first.isoformat())
    return PublishedReport.objects.filter(Q(report__year=year) | beside).select_related("report")


def _document(edition: PublishedReport, year: int) -> Document:
    told: Document = edition.content["document" if edition.report.year == year else "compared"]
    return told


def _cases_told(document: Document) -> bool:
    """Whether it counts any; a hidden number of them is some."""
    return bool(document["tables"]["2"]["rows"][0]["count"] != 0)
