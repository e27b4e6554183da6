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
from django.db import connection
from django.utils import translation


class DatabaseCommand(click.Command):
    """A command that begins with a database of today's shape; its texts are in the language asked for.

    Use as `@click.command(cls=DatabaseCommand)`.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Ready the database, then do what the command does."""
        ready_database()
        with translation.override(ctx.find_root().obj or "nb"):
            return super().invoke(ctx)


def ready_database() -> None:
    """Create or migrate a SQLite database that is missing or behind; others are migrated by who operates them.

    The file itself remembers in `user_version` which migrations it has seen, so that this costs next to nothing.
    """
    if connection.vendor != "sqlite":
        return
    mark = _mark_of_migrations()
    with _one_process_at_a_time(), connection.cursor() as cursor:
        if cursor.execute("PRAGMA user_version").fetchone() == (mark,):
            return
        call_command("migrate", verbosity=0, interactive=False)
        cursor.execute(f"PRAGMA user_version = {mark}")


def _mark_of_migrations() -> int:
    """A number that changes with the set of migrations in the code."""
    names = [
        f"{app.label}.{module.name}"
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([f"{app.path}/migrations"])
    ]
    return crc32("\n".join(sorted(names)).encode()) & 0x7FFFFFFF


@contextmanager
def _one_process_at_a_time() -> Iterator[None]:
    """Wait for another that is just making the database; SQLite's own lock does not cover the first switch to WAL."""
    with (settings.HOME / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
