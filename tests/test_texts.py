"""Texts to translate stand where they are found."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "bofast"
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy", "text"}
pytestmark = pytest.mark.once


def marked_inside_f_strings(source: str) -> list[str]:
    """Texts marked for translation inside an f-string, where xgettext does not look."""
    pieces = (piece for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr) for piece in node.values)
    calls = (call for piece in pieces for call in ast.walk(piece) if isinstance(call, ast.Call) and call.args)
    return [
        str(call.args[0].value)
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in MARKS and isinstance(call.args[0], ast.Constant)
    ]


def test_a_text_inside_an_f_string_is_seen() -> None:
    assert marked_inside_f_strings("""f"{_('so far'):>14}" """) == ["so far"]


def test_no_text_to_translate_hides_inside_an_f_string() -> None:
    sources = (path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
    found = {str(path): texts for path in sources if (texts := marked_inside_f_strings(path.read_text("utf-8")))}
    assert found == {}
