"""`make test` itself: it runs everything whatever fails, and never leaves out a part in silence."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.once

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
REPORT = """import pathlib, sys
path = pathlib.Path(sys.argv[-1].removeprefix("--junitxml="))
path.write_text('<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>')
sys.exit(1)"""


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`scripts/test.py` as a module, where nobody may install anything."""
    monkeypatch.syspath_prepend(SCRIPTS)
    spec = importlib.util.spec_from_file_location("make_test", SCRIPTS / "test.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "make_test", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.system, "_become_root", lambda: None)
    monkeypatch.setattr(module, "SUITES", ())
    return module


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_all_good_is_status_0(runner: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "CHECKS", (runner.Step("sums", python("pass")),))
    assert runner.main([]) == 0


def test_a_failed_step_fails_the_whole_but_the_next_one_still_runs(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = (runner.Step("first", python("raise SystemExit(3)")), runner.Step("second", python("print('here')")))
    monkeypatch.setattr(runner, "CHECKS", steps)
    assert runner.main([]) == 1
    said = capfd.readouterr().out
    assert "here" in said
    assert "FAILED" in said.split("summary")[1]


def test_what_is_missing_and_may_not_be_installed_is_said_with_its_cure_and_fails(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    need = runner.system.Need("Chromium", "chromium", lambda: None)
    monkeypatch.setattr(runner, "CHECKS", (runner.Step("pages", python("print('ran')"), need),))
    assert runner.main([]) == 1
    said = capfd.readouterr().out
    assert "DID NOT RUN: Chromium is missing. As root: apt-get install chromium" in said.split("summary")[1]
    assert "ran\n" not in said


def test_the_last_line_counts_the_tests_of_all_runs(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    suites = tuple(runner.Step(name, python(REPORT), counts_tests=True) for name in ("one", "two"))
    monkeypatch.setattr(runner, "CHECKS", ())
    monkeypatch.setattr(runner, "SUITES", suites)
    assert runner.main([]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "6 passed, 4 failed, 4 skipped"


def test_a_run_that_is_stopped_says_what_did_not_run(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    steps = (runner.Step("first", python("pass")), runner.Step("second", python("pass")))
    monkeypatch.setattr(runner, "CHECKS", steps)
    monkeypatch.setattr(runner.subprocess, "run", stop)
    assert runner.main([]) == 1
    said = capfd.readouterr().out.split("summary")[1]
    assert "interrupted\n" in said
    assert "DID NOT RUN: interrupted before it" in said
