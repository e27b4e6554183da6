"""The rules of the house that import-linter and ruff cannot say: read off the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

pytestmark = pytest.mark.once

SOURCE = Path(__file__).resolve().parent.parent / "src" / "bofast"
NAMES_OF_NOTHING = {"utils", "helpers", "common", "core", "services"}
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")

MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
PRODUCT = [path for path in MODULES if "tests" not in path.parts]


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def save_overrides(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            yield from (part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "save")


def test_there_is_something_to_look_at() -> None:
    assert {"domain/money.py", "access/models.py", "config/settings.py"} <= {name(path) for path in PRODUCT}


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_function_is_longer_than_forty_lines(path: Path) -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": length
        for node in functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long, f"split by what is decided: {long}"


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_module_is_longer_than_four_hundred_lines(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{path} has {lines} lines: split it by noun inside the room"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_named_after_nothing(path: Path) -> None:
    parts = {*path.relative_to(SOURCE).with_suffix("").parts}
    assert not parts & NAMES_OF_NOTHING, f"{path}: name it after what it holds"


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_nothing_overrides_save(path: Path) -> None:
    found = [f"{path}:{node.lineno}" for node in save_overrides(path)]
    assert not found, f"write through an action instead: {found}"


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_nothing_listens_to_signals(path: Path) -> None:
    found = [module for module in imported(path) if module.startswith(SIGNALS)]
    assert not found, f"{path}: call the action instead of {found}"


READS_THE_CLOCK = {"views", "cli"}
CLOCK = {"django.utils.timezone.now", "django.utils.timezone.localdate", "datetime.date.today", "datetime.datetime.now"}


def reads_of_the_clock(path: Path) -> Iterator[str]:
    known = {found.rsplit(".", 1)[-1]: found for found in imported(path)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            first, _, rest = ast.unparse(node.func).partition(".")
            if f"{known.get(first, first)}.{rest}".rstrip(".") in CLOCK:
                yield f"{path}:{node.lineno} {ast.unparse(node.func)}"


@pytest.mark.parametrize(
    "path", [path for path in PRODUCT if not READS_THE_CLOCK & {*path.with_suffix("").parts}], ids=name
)
def test_the_clock_is_read_in_views_and_commands_only(path: Path) -> None:
    found = list(reads_of_the_clock(path))
    assert not found, f"pass the day in as an argument: {found}"


@pytest.mark.parametrize("path", sorted(SOURCE.glob("locale/*/LC_MESSAGES/*.po")), ids=name)
def test_a_compiled_catalogue_says_what_its_source_says(path: Path) -> None:
    texts = {(entry.msgctxt, entry.msgid): texts_of(entry) for entry in polib.pofile(str(path)).translated_entries()}
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    said = {(entry.msgctxt, entry.msgid): texts_of(entry) for entry in compiled}
    assert said == texts, "make compile-messages"


def texts_of(entry: polib.POEntry | polib.MOEntry) -> object:
    return entry.msgstr_plural or entry.msgstr
