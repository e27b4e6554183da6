"""What each table of the work means, in bokmål, nynorsk and English (`work.yaml`)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bofast.domain.statistics.definitions import LANGUAGES


@cache
def _sheet() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("work.yaml").read_text("utf-8"))
    return found


def title(table: str, language: str) -> str:
    """What a table is called. Raises KeyError for one without a definition."""
    return str(_sheet()["texts"][table][language][0])


def definition(table: str, language: str) -> str:
    """What the numbers of a table mean. Raises KeyError for one without a definition."""
    return str(_sheet()["texts"][table][language][1])


def source(language: str) -> str:
    """Where all of them come from."""
    return str(_sheet()["source"][language])


def note(key: str, language: str) -> str:
    """What is told beneath the costs; {count} is for the caller to fill in."""
    return str(_sheet()["notes"][key][language])


def word(key: str, language: str) -> str:
    """What a row or column is called; a district is its own name."""
    known = _sheet()["words"].get(key)
    return str(known[LANGUAGES.index(language)]) if known else key
