"""Commands that work on the database find it there and up to date."""

import fcntl
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zlib import crc32

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation
from django.utils.translation import gettext as _

from bofast.config.cli.options import Refusal


class DatabaseCommand(click.Command):
    """A command that begins with a database of today's shape; its texts are in the language asked for.

    Use as `@click.command(cls=DatabaseCommand)`.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Ready the database, then do what the command does. Refused, with the reason, where there is none to use."""
        with translation.override(ctx.find_root().obj or "nb"):
            try:
                ready_database()
            except (DatabaseError, OSError) as error:
                reason = str(error).strip()
                raise Refusal(_("The database cannot be used: {reason}").format(reason=reason)) from error
            return super().invoke(ctx)


def ready_database() -> None:
    """Create or migrate a SQLite database that is missing or behind, set up another that is still empty.

    Others that are behind are refused: they are migrated by who operates them.
    """
    with _one_process_at_a_time():
        if connection.vendor == "sqlite":
            _migrate_file()
        else:
            _set_up_empty()


def _set_up_empty() -> None:
    """Make the tables where there are none. Raises Refusal for a database some migrations have not been through."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
    elif set(_migrations()) - {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}:
        command = "DJANGO_SETTINGS_MODULE=bofast.config.settings python -m django migrate"
        raise Refusal(_("The database is older than the program. Migrate it first: {command}").format(command=command))


def _migrate_file() -> None:
    """The file itself remembers in `user_version` which migrations it has seen: this costs next to nothing."""
    mark = crc32("\n".join(sorted(_migrations())).encode()) & 0x7FFFFFFF
    with connection.cursor() as cursor:
        if cursor.execute("PRAGMA user_version").fetchone() == (mark,):
            return
        call_command("migrate", verbosity=0, interactive=False)
        cursor.execute(f"PRAGMA user_version = {mark}")


def _migrations() -> list[str]:
    """Every migration in the code, as `room.name`."""
    return [
        f"{app.label}.{module.name}"
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([f"{app.path}/migrations"])
    ]


@contextmanager
def _one_process_at_a_time() -> Iterator[None]:
    """Wait for another that is just making the database; SQLite's own lock does not cover the first switch to WAL."""
    with (settings.HOME / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
