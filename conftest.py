"""What every test stands on: settings with a home of their own, a database as real as the product's, a browser.

`BOFAST_DATABASE_URL` chooses the database; without it each worker gets its own SQLite file, so that threads, a live
server and a second process meet the same locks as in real use.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MAKES_HOME = "BOFAST_HOME" not in os.environ
if MAKES_HOME:  # before the settings are read; workers of xdist inherit it
    os.environ["BOFAST_HOME"] = tempfile.mkdtemp(prefix="bofast-tests-")
os.environ["DJANGO_SETTINGS_MODULE"] = "bofast.config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop runs in the thread that uses the database
os.environ["PYTHONPATH"] = str(Path(__file__).parent / "src")  # for processes that tests start

import django  # noqa: E402
import hypothesis  # noqa: E402
import pytest  # noqa: E402
from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db.backends.sqlite3.base import DatabaseOperations  # noqa: E402

HOME = Path(os.environ["BOFAST_HOME"])
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(HOME / "test.sqlite3")
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
(HOME / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
django.setup()

from bofast.config.cli.database import ready_database  # noqa: E402

hypothesis.settings.register_profile("default", deadline=None, max_examples=100)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=200, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_unconfigure(config: pytest.Config) -> None:
    if MAKES_HOME and not hasattr(config, "workerinput"):
        shutil.rmtree(HOME, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The core knows no database, so nothing in it is run again on another one."""
    for item in items:
        if item.nodeid.startswith("src/bofast/domain/"):
            item.add_marker("once")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, known as up to date to the commands that run inside a test."""
    with django_db_blocker.unblock():
        ready_database()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_append_only_triggers() -> Iterator[None]:
    """Let a TransactionTestCase empty append-only tables on SQLite, where emptying is DELETE; only tests ever do."""
    flush = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: bool) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%'")
            triggers = dict(cursor.fetchall())
        dropped = [f'DROP TRIGGER "{name}"' for name in triggers]
        return [*dropped, *flush(self, style, tables, **options), *triggers.values()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def empty_home(tmp_path: Path) -> dict[str, str]:
    """The environment of a process of its own whose BOFAST_HOME, `tmp_path`, is empty and whose database is SQLite."""
    kept = {key: value for key, value in os.environ.items() if key != "BOFAST_DATABASE_URL"}
    return kept | {"BOFAST_HOME": str(tmp_path)}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Where a browser test finds the application: `page.goto("/sign-in/")` is enough."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one, quiet and without a network of its own."""
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader of bokmål in Norway."""
    return browser_context_args | {"locale": "nb-NO", "timezone_id": "Europe/Oslo"}


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """`axe(page)` fails with every accessibility fault of the page as shown: what it is, where, and the cure."""

    def check(page: Any) -> None:
        found = Axe().run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
        faults = [
            f"{fault['id']} ({fault['impact']}): {fault['help']}\n    {node['html']}"
            for fault in found.response["violations"]
            for node in fault["nodes"]
        ]
        assert not faults, f"{page.url}\n" + "\n".join(faults)

    return check
