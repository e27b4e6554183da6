"""What is wrong with a row or with a file, said as where, what and the cure.

A fault is a value kept with its row; a refusal is the one thing that is raised, and speaks of the whole file. The texts
live in `faults.yaml`, one entry a code. A message holds no more of a person than the one cell at fault, and an identity
number never.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from bofast.domain.money import format_kr

_LINE = {"nb": "Linje", "nn": "Linje", "en": "Line"}
_SHOWN = 40
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{6}[\s.-]?\d{5}(?!\d)")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every code with its texts (nb, nn, en), read once from `faults.yaml`."""
    raw: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        files("bofast.domain.files").joinpath("faults.yaml").read_text("utf-8")
    )
    return raw


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell or row: `line` counts from 1, `column` is the header as sent, or empty for the row.

    Line 0 speaks of the file as a whole. A fact whose name ends in `_ore` is an amount; the others are text.
    """

    line: int
    column: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str = "nb") -> str:
        """Where, what and the cure in one sentence; bokmål for a language without texts."""
        if self.line == 0:
            told = _text(self.code, self.facts, language)
            return told[:1].upper() + told[1:]
        where = f"{_LINE.get(language, _LINE['nb'])} {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {_text(self.code, self.facts, language)}"


class Refused(ValueError):  # noqa: N818  a verdict on a file, as said to its sender
    """A whole file that cannot be taken in: nothing of it is kept as rows, and nothing changes."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, str] = facts

    def message(self, language: str = "nb") -> str:
        """The reason and the cure; bokmål for a language without texts."""
        return _text(self.code, self.facts, language)

    def __str__(self) -> str:
        return self.message("en")


def without_identity_numbers(text: str) -> str:
    """The text with whatever looks like an identity number taken out: a shifted row may have one in any cell."""
    return _IDENTITY_NUMBER.sub("•••", text)


def _text(code: str, facts: Mapping[str, str], language: str) -> str:
    texts = catalogue()[code]
    shown = {name: _shown(name, value, language) for name, value in facts.items()}
    return texts.get(language, texts["nb"]).format_map(shown)


def _shown(name: str, value: str, language: str) -> str:
    if name.endswith("_ore"):
        return format_kr(int(value), language)
    return value if len(value) <= _SHOWN or name in ("columns", "senders") else value[: _SHOWN - 1] + "…"
