"""A year of our own and its report, in one line of a test."""

from datetime import date
from typing import Any

from bofast.access.models import User
from bofast.reports import actions
from bofast.reports.annual.queries import Content, compose, question_of
from bofast.reports.models import AnnualReport, PublishedReport

TODAY = date(2026, 11, 22)


def begun(by: User, *, year: int = 2006, compare: int | None = 2005, district: str = "") -> AnnualReport:
    """A report being written."""
    return actions.begin_report(year=year, compare=compare, district=district, by=by)


def composed(report: AnnualReport, **comments: str) -> Content:
    """The report as it would be published today."""
    return compose(question_of(report), as_of=TODAY, comments=comments)


def published(report: AnnualReport, by: User) -> PublishedReport:
    """The report, published today."""
    return actions.publish(report_id=report.pk, by=by, today=TODAY)


def block(content: Content, key: str) -> dict[str, Any]:
    """One table of the report."""
    found = {each["key"]: each for section in content["sections"] for each in section["blocks"]}
    return found[key]


def cells(content: Content, key: str) -> list[list[Any]]:
    """The values of one table."""
    return [[cell["value"] for cell in row] for row in block(content, key)["rows"]]
