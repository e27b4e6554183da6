"""The rules of the house that import-linter and ruff cannot say: read off the source itself."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

pytestmark = pytest.mark.once

SOURCE = Path(__file__).resolve().parent.parent / "src" / "bofast"
NAMES_OF_NOTHING = {"utils", "helpers", "common", "core", "services"}
READS_THE_CLOCK = {"views", "cli"}
ASKS_WHO_IS_HERE = SOURCE / "access" / "models.py"
"""A viewer is somebody now: how the municipality is organised today is part of what they may see."""
TODAY = {"django.utils.timezone.localdate", "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400

Finder = Callable[[ast.Module], Iterator[str]]


def long_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.lineno} {node.name}: {length} lines"


def save_overrides(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
            yield from (f"{part.lineno} {node.name}.save" for part in methods if part.name == "save")


def signals(tree: ast.Module) -> Iterator[str]:
    return (module for module in imported(tree).values() if module.startswith(SIGNALS))


def reads_of_today(tree: ast.Module) -> Iterator[str]:
    """Calls that ask which day it is. `timezone.now()` as the stamp of a row says when it was written, and may stay; so
    may `localdate` of a stamp.
    """
    known = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first, _, rest = ast.unparse(node.func).partition(".")
            if not node.args and f"{known.get(first, first)}.{rest}".rstrip(".") in TODAY:
                yield f"{node.lineno} {ast.unparse(node.func)}()"


def imported(tree: ast.Module) -> dict[str, str]:
    """Each name a module imports, with where it comes from."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


RULES: dict[str, tuple[Finder, str]] = {
    "no function is longer than 40 lines": (long_functions, "split it by what is decided"),
    "nothing overrides save()": (save_overrides, "write through an action"),
    "nothing listens to signals": (signals, "call the action"),
    "which day it is, is asked in views and commands only": (reads_of_today, "take `today` as an argument"),
}
BAD = {
    "no function is longer than 40 lines": "def f():\n" + "    x = 1\n" * 40,
    "nothing overrides save()": "class Case(Model):\n    def save(self): ...",
    "nothing listens to signals": "from django.db.models.signals import post_save",
    "which day it is, is asked in views and commands only": "from datetime import date as d\nprint(d.today())",
}


def product() -> list[Path]:
    """Every module of the product, without tests and migrations."""
    return [path for path in sorted(SOURCE.rglob("*.py")) if not {"tests", "migrations"} & {*path.parts}]


def may(path: Path, rule: str) -> bool:
    """Whether a rule leaves this module alone."""
    at_the_edge = path == ASKS_WHO_IS_HERE or bool(READS_THE_CLOCK & {*path.with_suffix("").parts})
    return rule.startswith("which day") and at_the_edge


@pytest.mark.parametrize("rule", RULES)
def test_the_product_keeps_the_rule(rule: str) -> None:
    find, cure = RULES[rule]
    paths = [path for path in product() if not may(path, rule)]
    assert SOURCE / "domain" / "money.py" in paths
    found = [f"{path}:{place}" for path in paths for place in find(ast.parse(path.read_text("utf-8")))]
    assert not found, f"{rule}; {cure}: " + "\n".join(found)


@pytest.mark.parametrize("rule", RULES)
def test_a_module_that_breaks_the_rule_is_found(rule: str) -> None:
    assert list(RULES[rule][0](ast.parse(BAD[rule])))


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in product()}
    long = {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE}
    assert not long, f"split by noun inside the room: {long}"


def test_no_module_is_named_after_nothing() -> None:
    found = [str(path) for path in SOURCE.rglob("*.py") if NAMES_OF_NOTHING & {*path.with_suffix("").parts}]
    assert not found, f"name it after what it holds: {found}"


def test_every_catalogue_is_compiled_as_it_stands() -> None:
    sources = sorted(SOURCE.glob("locale/*/LC_MESSAGES/*.po"))
    assert sources
    for path in sources:
        compiled = polib.mofile(str(path.with_suffix(".mo")))
        assert texts(compiled) == texts(polib.pofile(str(path)).translated_entries()), f"{path}: make compile-messages"


def texts(entries: list[polib.POEntry] | polib.MOFile) -> dict[tuple[str | None, str], object]:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}
