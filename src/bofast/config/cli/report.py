"""`bofast report`: the year's tables and figures, as JSON, CSV, a spreadsheet, text, or the annual report itself."""

import json
from datetime import date
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from bofast.access.models import AccessAction
from bofast.access.need_to_know import Door, Viewer
from bofast.config.cli.database import DatabaseCommand
from bofast.config.cli.operator import behind, log_command
from bofast.config.cli.options import DAY, FIRST_YEAR, LAST_YEAR, Refusal, json_option
from bofast.domain.costs import Reading
from bofast.domain.findings import Part
from bofast.domain.statistics import Period, Question, is_maskable
from bofast.domain.statistics.periods import code, written
from bofast.reports import exports, queries
from bofast.reports.annual import files
from bofast.reports.annual.queries import NotWritten, compose
from bofast.reports.annual.written import draft_status
from bofast.reports.rights import ONLY_UNMASKED, may_unmask
from bofast.reports.told import sheets_told
from bofast.reports.work import Work, work_told
from bofast.reports.work_page import sheets as work_sheets

HANDLING = [agency.value for agency in queries.HANDLING]
YEAR = click.IntRange(FIRST_YEAR, LAST_YEAR)
FORMATS = ("json", "csv", "xlsx", "html", "pdf")
AS_A_REPORT = ("html", "pdf")
"""The annual report as a document, with the caveats and costs entered, and without the words still being written."""

NEEDS_A_FILE = ("xlsx", "pdf")


@click.command(cls=DatabaseCommand)
@click.argument("year", type=YEAR)
@click.option("--compare", type=YEAR, help="An earlier year to compare with.")
@click.option("--half", type=click.IntRange(1, 2), help="Only the first or the second half of the year.")
@click.option("--from", "first", type=DAY, help="With --to: only the days from this one, which lies in the year.")
@click.option("--to", "last", type=DAY, help="With --from: the last of the days.")
@click.option("--as-of", type=DAY, help="The report as it would have been on that day, from what was recorded then.")
@click.option("--agency", type=click.Choice(HANDLING), help="Only the cases this agency handles.")
@click.option("--district", help="Only the cases of this district; agencies' numbers stay those of the whole city.")
@click.option(
    "--fees",
    type=click.Choice([reading.value for reading in Reading]),
    help="One reading of the fees; both by default.",
)
@click.option("--format", "shape", type=click.Choice(FORMATS), help="Readable text where it is left out.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--unmasked", is_flag=True, help="Show numbers from 1 to 4, for those who work on the cases.")
@behind(Door.STATISTICS)
@json_option
@click.pass_obj
def report(
    language: str | None,
    year: int,
    compare: int | None,
    half: int | None,
    first: date | None,
    last: date | None,
    as_of: date | None,
    agency: str | None,
    district: str | None,
    fees: str | None,
    shape: str | None,
    out: Path | None,
    unmasked: bool,
    as_json: bool,
    viewer: Viewer,
) -> None:
    """The report of a year, or of a part of it: who falls behind, petitions and evictions, what it costs."""
    shape = _shape(shape, out, as_json=as_json)
    if compare is not None and compare >= year:
        raise click.BadParameter(_("the year to compare with must be an earlier one"), param_hint="--compare")
    period = _period(year, half, first, last)
    if shape in AS_A_REPORT and period.year is None:
        raise click.BadParameter(_("the annual report is of a whole year"), param_hint="--format")
    log_command("report", AccessAction.EXPORT, kind="report", object_ids=[code(period)])
    masked = _masked(viewer, unmasked=unmasked)
    question = Question(
        period=period,
        compare=period.moved_to(compare) if compare else None,
        district=_district(district),
        agency=agency,
        as_of=as_of,
        asked_on=timezone.localdate(),
        readings=(Reading(fees),) if fees else tuple(Reading),
        masked=masked,
        aid=masked or viewer.sees(Part.AID),
        language="en" if shape == "json" else language or "nb",
    )
    _only_what_can_be_masked(question)
    _deliver(_written(question, shape, work_told(question, viewer)), out)


def _period(year: int, half: int | None, first: date | None, last: date | None) -> Period:
    """The year, a half of it, or the days from one of its days to another. Wrong usage when it is none of these."""
    if half and (first or last):
        raise click.UsageError(_("--half and --from say different things: choose one of them"))
    if half:
        return Period.of_half(year, half)
    if not first and not last:
        return Period.of_year(year)
    if not first or not last or last < first or first.year != year:
        raise click.UsageError(_("--from and --to go together: the first day lies in the year, the last not before it"))
    return Period.between(first, last)


def _only_what_can_be_masked(question: Question) -> None:
    """Raises Refusal where small numbers would follow from others that are told."""
    if question.masked and not is_maskable(question):
        raise Refusal(str(ONLY_UNMASKED))


def _shape(shape: str | None, out: Path | None, *, as_json: bool) -> str:
    """The format asked for; wrong usage when it is given twice, or has nowhere to go."""
    if as_json and shape not in (None, "json"):
        raise click.UsageError(_("--json and --format say different things: choose one of them"))
    if shape in NEEDS_A_FILE and out is None:
        raise click.BadParameter(_("say with --out which file to write"), param_hint="--format")
    return "json" if as_json else shape or "text"


def _district(name: str | None) -> str | None:
    if name is None:
        return None
    district = queries.district_named(name)
    if district is None:
        raise Refusal(_("There is no district called {name}.").format(name=name))
    return district


def _masked(viewer: Viewer, *, unmasked: bool) -> bool:
    """Whether small numbers are hidden; who asks in vain to see them is told."""
    if unmasked and not may_unmask(viewer):
        click.echo(_("Small numbers stay hidden for {name}.").format(name=viewer.name), err=True)
    return not (unmasked and may_unmask(viewer))


def _deliver(written: str | bytes, out: Path | None) -> None:
    if out is None:
        click.echo(written)
        return
    try:
        out.write_bytes(written if isinstance(written, bytes) else written.encode())
    except OSError as error:
        raise Refusal(_("{path} cannot be written: {reason}").format(path=out, reason=error.strerror)) from error
    click.echo(_("Written: {path}").format(path=out), err=True)


def _written(question: Question, shape: str, done: Work | None) -> str | bytes:
    """The report in that format; `done` is in every one of them."""
    today = timezone.localdate()
    if shape in AS_A_REPORT:
        return _as_a_report(question, shape, done, today)
    document, language = queries.annual_report(question), question.language
    if shape == "json":
        worked = done.tables(question.period, today) if done else {}
        return json.dumps(document | ({"work": worked} if worked else {}), ensure_ascii=False, indent=2, default=str)
    *tables, meant = sheets_told(question, document, today)
    tables += work_sheets(done, question.period, today, language).values() if done else ()
    match shape:
        case "csv":
            return exports.comma_file([*tables, meant], language)
        case "xlsx":
            return exports.workbook([*tables, meant], made_on=today)
        case _:
            told = exports.plain_text([] if "nothing_received" in document else tables, document["notes"], language)
            return f"{written(question.period, language)}\n\n{told}"


def _as_a_report(question: Question, shape: str, done: Work | None, today: date) -> bytes:
    """The annual report. Raises Refusal for a language it is not written in."""
    try:
        content = compose(question, as_of=today, work=done)
    except NotWritten as error:
        raise Refusal(_("The annual report is written in bokmål and English only.")) from error
    return files.written(content, shape, status=draft_status(content))
