"""The `bofast` command line: thin, each command calls a room's query or action.

To add a command, write a click command of that name in a module of this package and name the module in `COMMANDS`.
Modules are imported only when their command is asked for, Django being set up before, so that `bofast limit` starts
without Django. Exit 0: done; 1: refused, with the reason (`Refusal`); 2: wrong usage.
"""

import os
from importlib import import_module

import click
import django
from django.core.exceptions import ImproperlyConfigured

from bofast.config.cli.options import Refusal

COMMANDS = {
    "assess": "lists",
    "bench": "bench",
    "cost": "figures",
    "demo": "demo",
    "explain": "work",
    "limit": "figures",
    "receive": "lists",
    "report": "report",
    "serve": "serving",
    "worklist": "work",
}
WITHOUT_DJANGO = {"figures"}


class LazyGroup(click.Group):
    """The commands of `COMMANDS`, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """All names, for the help page."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        """The command of that name, imported; None when there is none."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        if module not in WITHOUT_DJANGO:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bofast.config.settings")
            try:
                django.setup()
            except (OSError, ImproperlyConfigured) as error:  # a home nobody may write in, a database of no known kind
                raise Refusal(f"{error}; see BOFAST_HOME and BOFAST_DATABASE_URL") from error
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), cmd_name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--language",
    type=click.Choice(["nb", "nn", "en"]),
    envvar="BOFAST_LANGUAGE",
    default="nb",
    show_default=True,
    help="Language of what is printed; also BOFAST_LANGUAGE.",
)
@click.version_option(package_name="bofast")
@click.pass_context
def main(ctx: click.Context, language: str) -> None:
    """Bofast: from the arrears list to a home kept.

    Works on the database of BOFAST_DATABASE_URL, by default a SQLite file in BOFAST_HOME (./var).
    """
    ctx.obj = language
