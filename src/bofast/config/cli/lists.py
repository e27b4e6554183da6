"""`bofast receive` and `bofast assess`: what comes in, and the nightly run."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from bofast.access.models import AccessAction
from bofast.arrears import queries
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import DEFAULT_SENDER
from bofast.cases.actions.assess import Run
from bofast.cases.actions.assess import assess as run_assessment
from bofast.cases.queries.screening import rows_still_shared
from bofast.config.cli.database import DatabaseCommand
from bofast.config.cli.operator import log_command
from bofast.config.cli.options import DAY, Refusal, json_option, on_option, print_json
from bofast.domain.files import Kind, Refused
from bofast.domain.money import format_kr, parse_amount

LATER_KINDS = ("ledger", "ocr", "camt")
KINDS = [*(kind.value for kind in Kind), *LATER_KINDS]


@click.command(cls=DatabaseCommand)
@click.argument("paths", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False))
@click.option("--kind", type=click.Choice(KINDS), help="Guessed from the header where it is left out.")
@click.option("--as-of", type=DAY, help="The file's own day; guessed from its name where it is left out.")
@click.option("--sender", default=DEFAULT_SENDER, show_default=True, help="Who sent it.")
@json_option
@click.pass_obj
def receive(
    language: str, paths: tuple[str, ...], kind: str | None, as_of: date | None, sender: str, as_json: bool
) -> None:
    """Take files in: arrears lists, tenancy registers, case registers, agency counts, answers to lists handed out."""
    if kind in LATER_KINDS:
        raise Refusal(_("Files of this kind are not taken in yet."))
    log_command("receive", AccessAction.COMMAND)
    receipts, refusals = [], []
    for path in paths:
        data = Path(path).read_bytes()
        delivery = Delivery(
            data=data, name=Path(path).name, kind=Kind(kind) if kind else None, as_of=as_of, sender=sender
        )
        try:
            file, known = receive_file(delivery, still_shared=rows_still_shared)
        except Refused as refused:
            refusals.append(f"{path}: {refused.message(language)}")
            continue
        receipts.append(queries.receipt(file, language, already_received=known))
    _report(receipts, one=len(paths) == 1, language=language, as_json=as_json)
    if refusals:
        raise Refusal("\n".join(refusals))


def _report(receipts: list[dict[str, Any]], *, one: bool, language: str, as_json: bool) -> None:
    if as_json and (receipts or not one):
        print_json(receipts[0] if one else receipts)
    elif not as_json:
        for receipt in receipts:
            click.echo("\n".join(_receipt_lines(receipt, language)))


def _receipt_lines(receipt: dict[str, Any], language: str) -> list[str]:
    head = click.style(receipt["file"], bold=True)
    if receipt["already_received"]:
        head += " – " + _("received before, nothing changed")
    lines = [
        head,
        _("  {rows} rows: {accepted} accepted, {doubled} doubled, {quarantined} in quarantine").format(**receipt),
    ]
    if receipt["kind"] == Kind.ARREARS:
        outstanding = format_kr(parse_amount(receipt["outstanding"]), language)
        lines.append(
            _("  {new} new, {continuing} continuing ({increased} of them increased), {cleared} cleared").format(
                **receipt
            )
        )
        lines.append(_("  outstanding {amount}").format(amount=outstanding))
    return [*lines, *(f"  – {fault['message']}" for fault in [*receipt["errors"], *receipt["warnings"]])]


@click.command(cls=DatabaseCommand)
@on_option
@json_option
def assess(on: date, as_json: bool) -> None:
    """The nightly run: everything with a day at or before --on becomes findings, cases, tasks and urgencies."""
    log_command("assess", AccessAction.COMMAND)
    run = run_assessment(on=on)
    if as_json:
        print_json(vars(run))
    else:
        click.echo("\n".join(run_lines(run)))


def run_lines(run: Run) -> list[str]:
    """What a run did, in words."""
    return [
        _("{lists} lists taken into the cases").format(lists=run.lists),
        _("{opened} cases opened ({relapsed} of them relapses), {cleared} households gone from the list").format(
            **vars(run)
        ),
        _("{assessed} cases assessed, {changed} conclusions new or changed, {tasks} tasks opened").format(**vars(run)),
    ]
