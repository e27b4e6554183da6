"""What the commands have in common: how days and amounts are written, `--json`, and how a refusal looks."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from gettext import translation
from pathlib import Path
from typing import IO, Any

import click

from bofast.domain.money import AmountError, parse_amount

LOCALE = Path(__file__).resolve().parents[2] / "locale"
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Refusal(click.ClickException):
    """The command was understood and is refused: the reason on standard error, exit status 1, nothing changed."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reason alone: it is a sentence already."""
        click.echo(self.format_message(), file=file, err=file is None)


class Day(click.ParamType[date]):
    """A day as 2026-11-22 or 22.11.2026."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; wrong usage when it is not one, or no year a case can lie in."""
        day = value if isinstance(value, date) else _read_day(value)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value!r} is not a day; write it as 2026-11-22 or 22.11.2026", param, ctx)
        return day


def _read_day(text: str) -> date | None:
    for written in ("%Y-%m-%d", "%d.%m.%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, written).date()  # noqa: DTZ007 (a day has no zone)
    return None


class Amount(click.ParamType[int]):
    """Kroner above nil as Norwegian offices write them, turned into whole øre."""

    name = "kroner"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Øre; wrong usage when it is no amount or not above nil."""
        try:
            ore = value if isinstance(value, int) else parse_amount(value)
        except AmountError:
            self.fail(f"{value!r} is not an amount; write it as 5000 or 1 234,50", param, ctx)
        if ore <= 0:
            self.fail("the amount must be above 0", param, ctx)
        return ore


DAY = Day()
AMOUNT = Amount()

on_option = click.option("--on", "on", type=DAY, required=True, help="The day it is done for.")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else."
)


def print_json(document: Any) -> None:
    """The one document of `--json`. Days are written ISO; amounts must be decimal strings already."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=date.isoformat))


def translator(language: str) -> Callable[[str], str]:
    """`_` for commands that run without Django, from the same catalogue; nynorsk falls back to bokmål."""
    wanted = [language] if language == "en" else [language, "nb"]
    return translation("django", LOCALE, wanted, fallback=True).gettext
