"""`bofast report`: the year's tables and figures, as JSON, CSV, a spreadsheet, text, or the annual report itself."""

import json
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from bofast.access.models import AccessAction
from bofast.access.need_to_know import Viewer
from bofast.config.cli.database import DatabaseCommand
from bofast.config.cli.operator import log_command, viewer_for
from bofast.config.cli.options import FIRST_YEAR, LAST_YEAR, Refusal, json_option, user_option
from bofast.domain.costs import Reading
from bofast.domain.statistics import Period, Question
from bofast.reports import exports, queries
from bofast.reports.annual import files
from bofast.reports.annual.queries import compose
from bofast.reports.annual.written import draft_status
from bofast.reports.rights import may_see_reports, may_unmask
from bofast.reports.sheets import sheets

YEAR = click.IntRange(FIRST_YEAR, LAST_YEAR)
FORMATS = ("json", "csv", "xlsx", "html", "pdf")
AS_A_REPORT = ("html", "pdf")
"""The annual report as a document, with the caveats and costs entered, and without the words still being written."""

NEEDS_A_FILE = ("xlsx", "pdf")


@click.command(cls=DatabaseCommand)
@click.argument("year", type=YEAR)
@click.option("--compare", type=YEAR, help="An earlier year to compare with.")
@click.option("--district", help="Only the cases of this district; agencies' numbers stay those of the whole city.")
@click.option(
    "--fees",
    type=click.Choice([reading.value for reading in Reading]),
    help="One reading of the fees; both by default.",
)
@click.option("--format", "shape", type=click.Choice(FORMATS), help="Readable text where it is left out.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--unmasked", is_flag=True, help="Show numbers from 1 to 4, for those who work on the cases.")
@user_option
@json_option
@click.pass_obj
def report(
    language: str | None,
    year: int,
    compare: int | None,
    district: str | None,
    fees: str | None,
    shape: str | None,
    out: Path | None,
    unmasked: bool,
    as_user: str | None,
    as_json: bool,
) -> None:
    """The year's report: who falls behind, petitions and evictions, what it costs, and what is uncertain."""
    shape = _shape(shape, out, as_json=as_json)
    if compare is not None and compare >= year:
        raise click.BadParameter(_("the year to compare with must be an earlier one"), param_hint="--compare")
    viewer = viewer_for(as_user)
    log_command("report", AccessAction.EXPORT, kind="report", object_ids=[str(year)], as_user=as_user)
    question = Question(
        period=Period.of_year(year),
        compare=Period.of_year(compare) if compare else None,
        district=_district(district),
        readings=(Reading(fees),) if fees else tuple(Reading),
        masked=_masked(viewer, unmasked=unmasked),
        language="en" if shape == "json" else language or "nb",
    )
    _deliver(_written(question, shape), out)


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
    """Whether small numbers are hidden. Raises Refusal for those who see no reports at all."""
    if not may_see_reports(viewer):
        raise Refusal(_("{name} has no access to reports.").format(name=viewer.name))
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


def _written(question: Question, shape: str) -> str | bytes:
    if shape in AS_A_REPORT:
        content = compose(question, as_of=timezone.localdate())
        return files.written(content, shape, status=draft_status(content))
    document, language = queries.annual_report(question), question.language
    match shape:
        case "json":
            return json.dumps(document, ensure_ascii=False, indent=2)
        case "csv":
            return exports.comma_file(sheets(document, language), language)
        case "xlsx":
            return exports.workbook(sheets(document, language), made_on=timezone.localdate())
        case _:
            return exports.plain_text(sheets(document, language)[:-1], document["notes"], language)
