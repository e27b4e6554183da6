"""Writes of the room: begin a report, write in it, publish it; caveats, the programme's own cost, whose numbers."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from bofast.access.models import User
from bofast.reports import recorded
from bofast.reports.annual.outline import SECTIONS
from bofast.reports.annual.queries import compose, question_of
from bofast.reports.models import AnnualReport, Caveat, ProgrammeYear, PublishedReport, SourceProfile


@transaction.atomic
def begin_report(*, year: int, compare: int | None, district: str, by: User) -> AnnualReport:
    """The report of that year and district, begun now or before; the year to compare with is the one asked for now."""
    report, begun = AnnualReport.objects.select_for_update().get_or_create(
        year=year, district=district, defaults={"compare": compare, "begun_by": by}
    )
    if not begun and report.compare != compare:
        report.compare = compare
        report.save(update_fields=["compare"])
    return report


@transaction.atomic
def write_comments(*, report_id: int, comments: Mapping[str, str]) -> None:
    """Keep the team's words for the sections named in `comments`; the other sections keep theirs."""
    report = AnnualReport.objects.select_for_update().get(pk=report_id)
    report.comments = report.comments | {key: text for key, text in comments.items() if key in SECTIONS}
    report.save(update_fields=["comments"])


class YearNotOver(ValueError):  # noqa: N818 (it reads as what it says)
    """A year whose cases have not all come."""


def is_too_early(report: AnnualReport, today: date) -> bool:
    """Whether the report may not be published yet. What is published may be mended at any time."""
    return recorded.is_running(report.year, today) and not report.editions.exists()


@transaction.atomic
def publish(*, report_id: int, by: User, today: date) -> PublishedReport:
    """Count the report now, small numbers hidden, and keep it for good as the next edition.

    Raises YearNotOver for the first of a year that runs: it would fix the numbers of its cases before they have come.
    """
    report = AnnualReport.objects.select_for_update().get(pk=report_id)
    if is_too_early(report, today):
        raise YearNotOver(report.year)
    content = compose(question_of(report), as_of=today, comments=report.comments)
    return PublishedReport.objects.create(
        report=report,
        edition=report.editions.count() + 1,
        content=content,
        as_of=today,
        rule_version=content["rule_version"],
        published_by=by,
    )


@transaction.atomic
def put_caveat(*, year: int, source: str, text: str) -> Caveat:
    """Keep what is to be said of a source's numbers of a year, in place of what was said before."""
    return Caveat.objects.update_or_create(year=year, source=source, defaults={"text": text})[0]


@transaction.atomic
def remove_caveat(*, caveat_id: int) -> None:
    """Say it no longer. Published reports keep it."""
    Caveat.objects.filter(pk=caveat_id).delete()


@transaction.atomic
def put_programme_year(
    *, year: int, cost: int | None, hours: int | None, after_eviction: int | None, note: str
) -> ProgrammeYear:
    """Keep the year's own costs (øre) and hours, in place of what was entered before."""
    said = {"cost": cost, "hours": hours, "after_eviction": after_eviction, "note": note}
    return ProgrammeYear.objects.update_or_create(year=year, defaults=said)[0]


@transaction.atomic
def put_source(*, part: str, since: int, source: str, indicators: Sequence[str]) -> SourceProfile:
    """Whose numbers play a part from a year on, in place of what was entered for that year before."""
    said = {"source": source, "indicators": list(indicators)}
    return SourceProfile.objects.update_or_create(part=part, since=since, defaults=said)[0]


@transaction.atomic
def remove_source(*, line_id: int) -> None:
    """What held before holds on. Published reports keep their numbers."""
    SourceProfile.objects.filter(pk=line_id).delete()
