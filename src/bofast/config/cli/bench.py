"""`bofast bench`: how long the main jobs take on this machine, in a database that is thrown away afterwards.

Each figure is the median of several runs, in seconds or milliseconds and as a multiple of a fixed loop timed in the
same run, so that a slow or busy machine is told apart from slow code. The goals are those of a machine of two cores.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import click
from django.db import connection
from django.test.client import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.urls import reverse
from django.utils.translation import gettext as _

from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case
from bofast.config.cli.options import json_option, print_json
from bofast.config.demo.loading import REFERENCE_YEAR
from bofast.config.demo.municipality import ArrearsList, Municipality, generate
from bofast.config.demo.people import move_in
from bofast.domain.statistics import Period, Question
from bofast.reports.queries import annual_report

DAY = date(2026, 11, 22)
YEAR = 2006
SEED = 1
DWELLINGS, STRAINED, MONTHS = 7_000, 0.75, 3
REGISTERED = 200_000
GOALS = {"receive": 20.0, "assess": 10.0, "page": 0.150, "report": 10.0, "report_masked": 10.0}
PAGE_LOOKS = 15

Times = dict[str, list[float]]


@click.command()
@click.option("--runs", type=click.IntRange(1, 20), default=3, show_default=True, help="How often everything is done.")
@click.option("--dwellings", type=click.IntRange(30), default=DWELLINGS, show_default=True, help="Of the municipality.")
@click.option("--registered", type=click.IntRange(1), default=REGISTERED, show_default=True, help="Cases reported on.")
@json_option
def bench(runs: int, dwellings: int, registered: int, as_json: bool) -> None:
    """How long the main jobs take here: a list of 10,000 rows, 5,000 cases, the worklist page, a large report."""
    town = generate(DAY, seed=SEED, dwellings=dwellings, strained=STRAINED, months=MONTHS)
    register = _case_register(registered)
    times: Times = {}
    counts: dict[str, int] = {}
    for run in range(1, runs + 1):
        click.echo(_("run {run} of {runs} …").format(run=run, runs=runs), err=True)
        with _thrown_away_database():
            counts = {"dwellings": dwellings, "registered": registered, **_measure(town, times)}
            _measure_report(register, times)
    found = {name: median(seconds) for name, seconds in times.items()}
    if as_json:
        print_json({"database": connection.vendor, "runs": runs, "seconds": found, **counts})
    else:
        click.echo("\n".join(_table(found, counts, runs)))


@contextmanager
def _thrown_away_database() -> Iterator[None]:
    """A migrated database of the kind in use; on SQLite a file, because a database in memory would flatter."""
    with TemporaryDirectory(prefix="bofast-bench-") as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        with redirect_stdout(sys.stderr):  # it tells of the cache table, whatever the verbosity
            made = setup_databases(verbosity=0, interactive=False)
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)


def _measure(town: Municipality, times: Times) -> dict[str, int]:
    """One run of everything; returns how much it was about."""
    newest = town.lists[-1]
    people = move_in("not used: nobody types it")
    _timed("loop", times, _reference_loop)
    _timed("register", times, lambda: receive_file(Delivery(data=town.register.data, name=town.register.name)))
    file, _known = _timed("receive", times, lambda: _receive(newest))
    _timed("assess", times, lambda: assess(on=newest.on))
    _timed("assess_again", times, lambda: assess(on=newest.on))
    _timed("assess_next_day", times, lambda: assess(on=newest.on + timedelta(days=1)))
    client = Client()
    client.force_login(people["kari"])
    with CaptureQueriesContext(connection) as queries:
        _look_at(client)
        asked = len(queries)  # now: the next request empties the log
    for _look in range(PAGE_LOOKS):
        _timed("page", times, lambda: _look_at(client))
    return {"rows": file.rows, "cases": Case.objects.count(), "queries": asked}


def _measure_report(register: bytes, times: Times) -> None:
    """The report of a year out of one large case register, beside the year before, whole and masked."""
    _timed("case_register", times, lambda: receive_file(Delivery(data=register, name="case-register.csv")))
    question = Question(period=Period.of_year(YEAR), compare=Period.of_year(YEAR - 1), asked_on=DAY, masked=False)
    _timed("report", times, lambda: annual_report(question))
    _timed("report_masked", times, lambda: annual_report(replace(question, masked=True)))


def _case_register(rows: int) -> bytes:
    """The case register of the reference year again and again, each case with a number of its own."""
    head, *cases = (REFERENCE_YEAR / "case-register-2006.csv").read_text("utf-8").splitlines()
    again = (f"{YEAR}-{number:06d};{case.partition(';')[2]}" for number, case in enumerate(islice(cycle(cases), rows)))
    return "\n".join([head, *again]).encode()


def _timed(name: str, times: Times, job: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = job()
    times.setdefault(name, []).append(time.perf_counter() - began)
    return result


def _reference_loop() -> int:
    """The same work on every machine, of the kind the jobs are made of: numbers, texts and a dictionary."""
    seen: dict[str, int] = {}
    for number in range(400_000):
        key = f"{number % 5_000:05d}"
        seen[key] = seen.get(key, 0) + number
    return len(seen)


def _receive(arrived: ArrearsList) -> Any:
    return receive_file(Delivery(data=arrived.data, name=arrived.name))


def _look_at(client: Client) -> None:
    """The page as a caseworker gets it, with the cases of everybody."""
    answer = client.get(reverse("cases:worklist"), {"whose": "all"})
    if answer.status_code != 200:
        raise click.ClickException(f"the worklist page answered {answer.status_code}")


def _table(found: dict[str, float], counts: dict[str, int], runs: int) -> list[str]:
    jobs = {
        "register": _("receive the register of {dwellings} tenancies"),
        "receive": _("receive a list of {rows} rows"),
        "assess": _("assess {cases} households, first run"),
        "assess_again": _("assess again, nothing changed"),
        "assess_next_day": _("assess the next day"),
        "page": _("worklist page, {queries} queries"),
        "case_register": _("receive a register of {registered} cases"),
        "report": _("the report of that year"),
        "report_masked": _("the same with small numbers hidden"),
    }
    head = f"{connection.vendor}, " + _("median of {runs} runs").format(runs=runs)
    time_, goal, ratio = _("time"), _("goal"), _("× loop")
    lines = [click.style(f"{head:<52}{time_:>12}{goal:>10}{ratio:>10}", bold=True)]
    for name, words in jobs.items():
        aim = _seconds(GOALS[name]) if name in GOALS else ""
        times = found[name] / found["loop"]
        lines.append(f"{words.format(**counts):<52}{_seconds(found[name]):>12}{aim:>10}{times:>10.1f}")
    return [*lines, _("the loop itself: {time}").format(time=_seconds(found["loop"]))]


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
