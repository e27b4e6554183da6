"""What was recorded by a moment: the rows that a report of that moment is counted from. None is now.

Kept as it was: files with what they said and when they came, corrections of their rows, events, how cases were closed,
agencies' counts, what was published. Not kept: who lives in a household, the district of a dwelling and the team of a
case are as they are today.
"""

from collections.abc import Iterator
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
from bofast.reports.models import PublishedReport

Until = datetime | None
M = TypeVar("M", bound=Model)
READ_AT_ONCE = 5_000


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)


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
    """The first report of the year, of the city or a district, that was published with cases of our own."""
    editions = PublishedReport.objects.filter(report__year=year).order_by("published_at")
    return next((edition for edition in editions.iterator(chunk_size=1) if _cases_told(edition)), None)


def _cases_told(edition: PublishedReport) -> bool:
    """Whether it counts any; a hidden number of them is some."""
    return bool(edition.content["document"]["tables"]["2"]["rows"][0]["count"] != 0)


def edition_before(year: int, district: str | None) -> PublishedReport | None:
    """The newest edition of the same report."""
    editions = PublishedReport.objects.filter(report__year=year, report__district=district or "")
    return editions.order_by("-edition").first()
