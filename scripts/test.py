"""`make test`: every check and every test, whatever fails on the way, and a summary of what ran.

Run by the Python of .venv. With --checks-only (`make check`) the suite is left out.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import postgres
import system

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
DJANGO = (PYTHON, "-m", "django")
PYTEST = (PYTHON, "-m", "pytest", "--quiet")
SHARED = ("-n2", "--dist", "worksteal")


@dataclass(frozen=True)
class Step:
    """One line of the summary: a command, and what it cannot run without."""

    name: str
    command: tuple[str | Path, ...]
    need: system.Need | None = None
    on_postgres: bool = False
    counts_tests: bool = False


@dataclass
class Result:
    """How a step went; the counts are those of its tests."""

    step: Step
    said: str = "interrupted"
    good: bool = False
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("passed", "failed", "skipped"), 0))


CHECKS = (
    Step("format (ruff)", (BIN / "ruff", "format", "--check", "--quiet", ".")),
    Step("lint (ruff)", (BIN / "ruff", "check", "--quiet", ".")),
    Step("lint of templates (djlint)", (BIN / "djlint", "src", "--lint", "--quiet")),
    Step("types (mypy --strict)", (BIN / "mypy", "--no-error-summary")),
    Step("room order (import-linter)", (BIN / "lint-imports", "--no-logo")),
    Step("migrations up to date", (*DJANGO, "makemigrations", "--check", "--dry-run")),
    Step("texts translated (gettext)", (PYTHON, "scripts/messages.py", "--check"), system.GETTEXT),
)
SUITES = (
    Step("suite on SQLite", (*PYTEST, *SHARED, "-m", "not browser"), counts_tests=True),
    Step(
        "suite on PostgreSQL",
        (*PYTEST, *SHARED, "-m", "not browser and not once"),
        system.POSTGRESQL,
        on_postgres=True,
        counts_tests=True,
    ),
    Step("pages in Chromium", (*PYTEST, "-m", "browser"), system.CHROMIUM, counts_tests=True),
)


def main(arguments: list[str]) -> int:
    """Run all steps; the exit status is 0 only when every one of them ran and was good."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    steps = CHECKS if "--checks-only" in arguments else CHECKS + SUITES
    system.provide(*{step.need: None for step in steps if step.need})
    results: list[Result] = []
    try:
        with tempfile.TemporaryDirectory(prefix="bofast-test-") as scratch:
            for step in steps:
                results.append(Result(step))
                run(results[-1], Path(scratch))
    except KeyboardInterrupt:
        results[-1].said = "interrupted"
    print_summary(results, steps, with_tests=steps != CHECKS)
    return 0 if len(results) == len(steps) and all(result.good for result in results) else 1


def run(result: Result, scratch: Path) -> None:
    """Run one step and write down in `result` how it went."""
    step = result.step
    print(f"\n── {step.name}", flush=True)
    if step.need and not step.need.present():
        result.said = f"DID NOT RUN: {step.need.cure}"
        print(result.said, flush=True)
        return
    began = time.monotonic()
    report = scratch / f"{step.name}.xml"
    command = (*step.command, f"--junitxml={report}") if step.counts_tests else step.command
    with environment(step, scratch) as env:
        status = subprocess.run(command, cwd=ROOT, env=env, check=False, stdin=subprocess.DEVNULL).returncode
    result.seconds, result.good, result.said = time.monotonic() - began, status == 0, "FAILED" if status else "ok"
    if step.counts_tests and report.exists():
        result.counts = count(report)
        said = ", ".join(f"{number} {word}" for word, number in result.counts.items() if number) or "no tests"
        result.said = said if result.good else f"FAILED: {said}"


@contextmanager
def environment(step: Step, scratch: Path) -> Iterator[Mapping[str, str]]:
    """The environment of one step: nobody's own database, and a home of its own."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BOFAST_")}
    env = inherited | {"BOFAST_HOME": str(scratch / "home"), "DJANGO_SETTINGS_MODULE": "bofast.config.settings"}
    if not step.on_postgres:
        yield env
        return
    with postgres.throw_away_server() as url:
        yield env | {"BOFAST_DATABASE_URL": url}


def count(report: Path) -> dict[str, int]:
    """Passed, failed and skipped tests of a JUnit report."""
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return {"passed": max(total - failed - skipped, 0), "failed": failed, "skipped": skipped}


def print_summary(results: list[Result], steps: tuple[Step, ...], *, with_tests: bool) -> None:
    """What ran, how it went, how long it took; what did not run is named too."""
    print("\n── summary")
    for result in results:
        print(f"{result.step.name:<30}{result.seconds:>7.1f} s  {result.said}")
    for step in steps[len(results) :]:
        print(f"{step.name:<30}{'–':>9}  DID NOT RUN: interrupted before it")
    if with_tests:
        passed, failed, skipped = (sum(r.counts[key] for r in results) for key in ("passed", "failed", "skipped"))
        print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
