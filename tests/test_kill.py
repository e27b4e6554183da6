"""A process killed in the middle of `receive` or `assess`, and started again, ends where an undisturbed one ends.

Moments are drawn with a fixed seed, one in each tenth of the time an undisturbed run works, so that they fall before,
into and after its transactions. Compared is every row of every table of arrears and cases, without
the stamps that say when it was written and with ids by their order. The access log is left out: that somebody began and
was cut off is worth a line of its own.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg
import pytest
from django.apps import apps
from environ import Env
from psycopg import sql

from bofast.config.demo.municipality import ArrearsList, generate

pytestmark = pytest.mark.slow

TODAY, ROWS, MOMENTS, SEED = date(2026, 11, 22), 800, 10, 2026
WHEN_WRITTEN = {"received_at", "reconciled_at", "recorded_at", "made_at", "settled_at"}
URL = os.environ.get("BOFAST_DATABASE_URL", "")
START = "import django; django.setup(); from bofast.config.cli.database import ready_database; ready_database()"
Dump = dict[str, list[tuple[object, ...]]]


class Database(Protocol):
    """A database that can be had as often as wanted, each time as it once was."""

    def again(self, name: str, of: str = "") -> dict[str, str]:
        """A new database `name`, empty or a copy of `of`; returns the environment of processes that use it."""
        ...

    def connect(self, name: str) -> Any: ...


@dataclass
class Sqlite:
    folder: Path

    def again(self, name: str, of: str = "") -> dict[str, str]:
        home = self.folder / name
        if of:
            shutil.copytree(self.folder / of, home)
        home.mkdir(exist_ok=True)
        return without_database_url() | {"BOFAST_HOME": str(home)}

    def connect(self, name: str) -> Any:
        return sqlite3.connect(self.folder / name / "bofast.sqlite3")


@dataclass
class Postgres:
    folder: Path
    url: str

    def again(self, name: str, of: str = "") -> dict[str, str]:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self.connect("postgres") as server:
            server.autocommit = True
            # The server needs a moment to notice that a killed process is gone.
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [of or name])
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            server.execute(copy.format(sql.Identifier(name), sql.Identifier(of or "template0")))
        address = f"{self.url.rpartition('/')[0]}/{name}"
        return os.environ | {"BOFAST_HOME": str(self.folder), "BOFAST_DATABASE_URL": address}

    def connect(self, name: str) -> Any:
        known = Env.db_url_config(self.url)
        said = {key.lower(): known[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if known.get(key)}
        return psycopg.connect(dbname=name, **said)


def without_database_url() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "BOFAST_DATABASE_URL"}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Postgres(tmp_path, URL) if URL else Sqlite(tmp_path)


@pytest.fixture(scope="module")
def arrived() -> ArrearsList:
    """A list of 800 rows, as its sender sends it."""
    newest = generate(TODAY, seed=SEED, dwellings=1_000, strained=0.6, months=2).lists[-1]
    lines = newest.data.splitlines(keepends=True)
    assert len(lines) > ROWS + 2
    return ArrearsList(name=newest.name, data=b"".join(lines[: ROWS + 2]), on=newest.on, number=0)


FEWEST_KILLS = 3
"""A busy machine may run the rest quicker than the run that was timed."""


class Ran(NamedTuple):
    """How long a process ran, and whether it was killed before it was through."""

    seconds: float
    killed: bool


def run(arguments: list[str], env: dict[str, str], *, kill_after: float | None = None) -> Ran:
    """Run `bofast`. Killed after so many seconds, unless it was quicker."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "bofast.config.cli", *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        errors = process.communicate(timeout=kill_after)[1]
        assert process.returncode == 0, errors.decode()
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode in (-signal.SIGKILL, 0), "killed, or through in the last moment before"
    return Ran(time.monotonic() - began, process.returncode == -signal.SIGKILL)


def moments(idle: float, seconds: float) -> Iterator[float]:
    """One moment in each tenth of the time from when the program is half started to the end of its work."""
    drawn, start = random.Random(SEED), idle / 2
    return (start + (seconds - start) * (tenth + drawn.random()) / MOMENTS for tenth in range(MOMENTS))


def dump(connection: Any) -> Dump:
    """Every row of arrears and cases: ids by order, stamps by whether there is one."""
    with closing(connection):
        models = [model for room in ("access", "arrears", "cases") for model in apps.get_app_config(room).get_models()]
        tables = {model: read(connection, model._meta.db_table) for model in models}
    order = {model: {row["id"]: place for place, row in enumerate(rows)} for model, rows in tables.items()}
    return {
        model.__name__: [tuple(told(model, row, order)) for row in rows]
        for model, rows in tables.items()
        if model.__name__ != "AccessEntry"
    }


def read(connection: Any, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def told(model: Any, row: dict[str, Any], order: dict[Any, dict[int, int]]) -> Iterator[tuple[str, object]]:
    for field in model._meta.concrete_fields:
        value = row[field.column]
        if field.name in WHEN_WRITTEN:
            value = value is not None
        elif field.is_relation:
            value = value and order[field.related_model][value]
        elif field.primary_key:
            value = order[model][value]
        yield field.column, bytes(value) if isinstance(value, memoryview) else value


def killed_everywhere(
    database: Database, start: str, arguments: list[str], seen: Callable[[Dump], object]
) -> list[object]:
    """What an undisturbed run leads to is what each killed and repeated run leads to; returns what each kill left."""
    env = database.again("calm", start)
    idle = min(run([arguments[0], "--help"], env).seconds for _ in range(2))
    seconds = run(arguments, env).seconds
    calm = dump(database.connect("calm"))
    left, killed = [], 0
    for number, moment in enumerate(moments(idle, seconds)):
        name = f"killed{number}"
        env = database.again(name, start)
        killed += run(arguments, env, kill_after=moment).killed
        left.append(seen(dump(database.connect(name))))
        run(arguments, env)
        assert dump(database.connect(name)) == calm, f"killed after {moment:.2f} s of {seconds:.2f}"
    assert killed >= FEWEST_KILLS, "too few runs were really cut off to prove anything"
    return left


def test_receive_killed_at_ten_moments_takes_in_all_of_the_list_or_nothing(
    database: Database, arrived: ArrearsList, tmp_path: Path
) -> None:
    path = tmp_path / arrived.name
    path.write_bytes(arrived.data)
    migrate(database.again("empty"))
    left = killed_everywhere(database, "empty", ["receive", str(path)], lambda found: len(found["LedgerEntry"]))
    assert set(left) <= {0, ROWS}
    assert 0 in left


def test_assess_killed_at_ten_moments_goes_on_where_it_was(
    database: Database, arrived: ArrearsList, tmp_path: Path
) -> None:
    path = tmp_path / arrived.name
    path.write_bytes(arrived.data)
    env = database.again("received")
    migrate(env)
    run(["receive", str(path)], env)
    left = killed_everywhere(
        database, "received", ["assess", "--on", TODAY.isoformat()], lambda found: len(found["Assessment"])
    )
    assert 0 in left


def migrate(env: dict[str, str]) -> None:
    command = [sys.executable, "-c", START] if not URL else [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(command, env=env, check=True)
