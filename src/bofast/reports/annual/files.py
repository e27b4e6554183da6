"""The report as files: PDF, a spreadsheet of one sheet a table, CSV, and one HTML file that needs nothing else."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.domain.statistics.definitions import title
from bofast.letters.typst import render
from bofast.reports.annual.blocks import as_sheet
from bofast.reports.annual.written import readable
from bofast.reports.exports import comma_file, workbook
from bofast.reports.sheets import Sheet

Content = Mapping[str, Any]
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def written(content: Content, shape: str, *, status: str) -> bytes:
    """The report as a file of that kind (a key of TYPES)."""
    language, made_on = content["language"], date.fromisoformat(content["as_of"])
    with override(language):
        match shape:
            case "pdf":
                return render("annual_report", readable(content, status=status), language, made_on=made_on)
            case "xlsx":
                return workbook(list(_sheets(content)), made_on=made_on)
            case "csv":
                return comma_file(list(_tables(content)), language).encode()
            case _:
                return render_to_string(
                    "reports/annual/file.html", {"report": readable(content, status=status)}
                ).encode()


def _tables(content: Content) -> Iterator[Sheet]:
    for section in content["sections"]:
        yield from map(as_sheet, section["blocks"])


def _sheets(content: Content) -> Iterator[Sheet]:
    """Every table, then what the team wrote, then what the numbers mean."""
    yield from _tables(content)
    comments = [[each["title"], each["comment"]] for each in content["sections"] if each["comment"]]
    if comments:
        name = _("Comments")
        yield Sheet(name=name, title=name, header=[_("Section"), name], rows=comments)
    language = content["language"]
    yield Sheet(
        name=title("definitions", language),
        title=" ".join(content["notes"]),
        header=[_("Number"), title("definition", language)],
        rows=[[each["title"], each["means"]] for each in content["definitions"]],
    )
