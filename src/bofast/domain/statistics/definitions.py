"""The catalogue of what each number means: title, definition and source in bokmål, nynorsk and English."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("nb", "nn", "en")


@cache
def _sheet() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        files(__package__).joinpath("definitions.yaml").read_text("utf-8")
    )
    return found


def title(key: str, language: str = "en") -> str:
    """What a table, figure or number is called; a band or another key without a name is its own name."""
    if key in _sheet()["texts"]:
        return str(_sheet()["texts"][key][language][0])
    words = _sheet()["words"].get(key)
    return str(words[LANGUAGES.index(language)]) if words else key


def definition(key: str, language: str) -> str:
    """What a number means. Raises KeyError for a key without a definition."""
    return str(_sheet()["texts"][key][language][1])


def source(key: str, language: str) -> str:
    """Where a number comes from. Raises KeyError for a key without a definition."""
    return str(_sheet()["sources"][_sheet()["texts"][key]["source"]][language])


def note(key: str, language: str = "en") -> str:
    """What is told beside a table or figure; empty where nothing has to be."""
    return str(_sheet()["notes"].get(key, {}).get(language, ""))


def defined() -> tuple[str, ...]:
    """Every key that has a definition."""
    return tuple(_sheet()["texts"])


def all_definitions(language: str) -> dict[str, dict[str, str]]:
    """Title, definition and source of every key, in one language."""
    return {
        key: {"title": title(key, language), "means": definition(key, language), "source": source(key, language)}
        for key in defined()
    }
