"""How the command line starts: what it lists, what it loads, and that the database is there when a command begins."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bofast.config.cli import COMMANDS, main
from bofast.config.cli.options import Refusal

pytestmark = pytest.mark.once

READY = "import django; django.setup(); from bofast.config.cli.database import ready_database; ready_database()"


def start(empty_home: dict[str, str], code: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", code], env=empty_home, text=True, stderr=subprocess.PIPE)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Exit status and what stands on standard error."""
    errors = process.communicate(timeout=120)[1]
    return process.returncode, errors


def test_the_help_page_lists_every_command_with_what_it_does() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.stdout


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["evict"]).exit_code == 2


@pytest.mark.parametrize("command", ["cost", "limit"])
def test_a_command_without_a_database_starts_without_django_and_leaves_nothing_behind(
    command: str, empty_home: dict[str, str], tmp_path: Path
) -> None:
    code = f"import sys; from bofast.config.cli import main; main(['{command}', '--help'], standalone_mode=False); "
    assert finish(start(empty_home, code + "sys.exit('django.db' in sys.modules)")) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_prints_its_reason_alone_and_exits_with_1() -> None:
    assert (Refusal("Nothing was changed.").format_message(), Refusal.exit_code) == ("Nothing was changed.", 1)


def test_four_processes_starting_at_once_in_an_empty_home_make_one_database(
    empty_home: dict[str, str], tmp_path: Path
) -> None:
    processes = [start(empty_home, READY) for _ in range(4)]
    assert [finish(process) for process in processes] == [(0, "")] * 4
    tables = rows(tmp_path, "SELECT name FROM sqlite_master WHERE name = 'django_session'")
    assert tables == [("django_session",)]


def test_a_database_that_is_behind_is_migrated_on_the_way(empty_home: dict[str, str], tmp_path: Path) -> None:
    assert finish(start(empty_home, READY)) == (0, "")
    with sqlite3.connect(tmp_path / "bofast.sqlite3") as database:
        database.execute("DROP TABLE django_session")
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        database.execute("PRAGMA user_version = 1")
    assert finish(start(empty_home, READY)) == (0, "")
    assert rows(tmp_path, "SELECT count(*) FROM django_session") == [(0,)]


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(folder / "bofast.sqlite3")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def refused(empty_home: dict[str, str], *arguments: str) -> str:
    """What a refused command says: its reason in one line, no traceback."""
    told = subprocess.run(
        [sys.executable, "-m", "bofast.config.cli", *arguments], env=empty_home, text=True, capture_output=True
    )
    assert (told.returncode, told.stdout, "Traceback" in told.stderr) == (1, "", False), told.stderr
    return told.stderr


def test_a_file_that_is_no_database_is_refused_in_plain_words(empty_home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "bofast.sqlite3").write_text("this is a letter, not a database\n" * 20)
    assert "Databasen kan ikke brukes" in refused(empty_home, "worklist", "--on", "2026-09-16")


def test_a_database_server_that_does_not_answer_is_refused_in_plain_words(empty_home: dict[str, str]) -> None:
    nobody = empty_home | {"BOFAST_DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    assert "Databasen kan ikke brukes" in refused(nobody, "assess", "--on", "2026-09-16")


def test_a_home_that_is_no_folder_is_refused_in_plain_words(empty_home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = empty_home | {"BOFAST_HOME": str(tmp_path / "file")}
    assert "BOFAST_HOME" in refused(home, "assess", "--on", "2026-09-16")
