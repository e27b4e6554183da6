"""`bofast worklist` and `bofast explain`: who is in danger, and why."""

from datetime import date

import click
from django.utils.translation import gettext as _

from bofast.access.models import AccessAction, Team
from bofast.access.need_to_know import Door, Viewer
from bofast.access.templatetags.written import stage_name
from bofast.arrears.models import Dwelling
from bofast.cases.queries import explain as explaining
from bofast.cases.queries import worklist as listing
from bofast.cases.queries.reach import before
from bofast.cases.words import deed, owner
from bofast.config.cli.database import DatabaseCommand
from bofast.config.cli.operator import behind, log_command, refused
from bofast.config.cli.options import Refusal, json_option, on_option, print_json
from bofast.domain.calendar import format_day
from bofast.domain.findings import Part
from bofast.domain.money import format_kr


@click.command(cls=DatabaseCommand)
@on_option
@click.option("--team", help="Only the cases of this team.")
@click.option("--district", help="Only this district.")
@click.option("--limit", type=click.IntRange(1), help="The first so many.")
@behind(Door.WORKLIST)
@json_option
@click.pass_obj
def worklist(
    language: str,
    on: date,
    team: str | None,
    district: str | None,
    limit: int | None,
    as_json: bool,
    viewer: Viewer,
) -> None:
    """The ranked list: every household in danger with reasons, next step, date and owner."""
    if team and not viewer.sees(Part.HELP):
        raise refused(_("--team: which team has a case is not for this user to know."))
    _known(team, district)
    cases = listing.narrowed(listing.worklist(viewer, on), team=team, district=district)
    items = listing.items(list(cases[:limit]), viewer)
    numbers = [item.case.number for item in items]
    log_command("worklist", AccessAction.LIST, kind="case", object_ids=numbers)
    if not items and listing.nothing_assessed(on):
        click.echo(_("Nothing is assessed for this day yet: run bofast assess --on {day}").format(day=on), err=True)
    if as_json:
        print_json({"on": on, "items": [listing.as_json(item, language) for item in items]})
    else:
        click.echo("\n".join(line for item in items for line in _lines(item, language)) or _("Nobody is on the list."))


def _known(team: str | None, district: str | None) -> None:
    """Raises Refusal for a name nobody has, which would otherwise read as an empty list."""
    if team and not Team.objects.filter(name=team).exists():
        raise Refusal(_("There is no team called {name}.").format(name=team))
    if district and not Dwelling.objects.filter(district=district).exists():
        raise Refusal(_("There is no district called {name}.").format(name=district))


def _lines(item: listing.Item, language: str) -> list[str]:
    of_rent = _("months of rent")
    months = f", {item.months} {of_rent}" if item.months is not None else ""
    head = f"{item.rank:>4}  {item.case.number}  {item.contract_no}  {item.name}".rstrip()
    due = format_day(item.step_due_on, language) if item.step_due_on else "–"
    owed = "–" if item.outstanding is None else format_kr(item.outstanding, language)
    lines = [
        click.style(head, bold=True),
        f"      {owed}{months}, {stage_name(item.stage) if item.stage else '–'}",
        f"      → {item.step.text(language)} ({due}, {owner(item.owner)})",
    ]
    return [*lines, *(f"      – {reason.text(language)}" for reason in item.reasons)]


@click.command(cls=DatabaseCommand)
@click.argument("contract_or_case")
@on_option
@behind(Door.CASE)
@json_option
@click.pass_obj
def explain(language: str, contract_or_case: str, on: date, as_json: bool, viewer: Viewer) -> None:
    """One household on one day: amounts, stage, what stands in the way of each step, and why."""
    case = explaining.find_case(contract_or_case, viewer, on)
    if case is None:
        raise refused(_("There is no case of that number or contract on that day that you may see."))
    log_command("explain", AccessAction.LOOK, kind="case", object_ids=[str(case.number)])
    viewer = before(case, viewer)
    explanation = explaining.explain(case, on)
    if as_json:
        print_json(explaining.as_json(explanation, viewer, on, language))
    else:
        click.echo("\n".join(_explained(explanation, viewer, language)))


def _explained(explanation: explaining.Explanation, viewer: Viewer, language: str) -> list[str]:
    owed = explanation.account
    contract = explanation.case.tenancy.contract_no if viewer.sees(Part.IDENTITY) else ""
    lines = [click.style(f"{explanation.case.number} {contract}".strip(), bold=True)]
    if viewer.sees(Part.MONEY):
        total, principal, interest, fees = (
            format_kr(amount, language) for amount in (owed.total, owed.principal, owed.interest, owed.fees)
        )
        lines.append(
            _("  owes {total}: rent {principal}, interest {interest}, fees {fees}").format(
                total=total, principal=principal, interest=interest, fees=fees
            )
        )
    lines += [f"  – {finding.text(language)}{_law(finding.law)}" for finding in explanation.findings(viewer)]
    for step in explanation.steps_for(viewer):
        lines.append(f"  {deed(step.deed)}: " + (_("allowed") if step.allowed else _("barred")))
        lines += [f"      – {obstacle.text(language)}{_law(obstacle.law)}" for obstacle in step.obstacles]
    return lines


def _law(law: str) -> str:
    return f" ({law})" if law else ""
