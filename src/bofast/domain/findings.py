"""The catalogue of permanent codes, and a finding: a conclusion that carries its reasons.

A code is never renamed or reused: stored findings are read for years. The texts live in `findings.yaml`, one entry a
code: `part` (which part of a case it speaks of: decides who may see it), `law`, and the texts nb, nn, en with
`{facts}` in braces. A fact's name says how it is written: `*_on` is a day, `*_ore` an amount.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Self

import yaml

from bofast.domain.calendar import format_day
from bofast.domain.money import as_kroner, format_kr
from bofast.domain.rates import rate

Fact = str | int | bool | None
LANGUAGES = ("nb", "nn", "en")
"""The languages every text of the core is written in."""


class Part(StrEnum):
    """The parts of a case that need-to-know is decided by.

    `aid`: whether and how the social services know the household. `health`: crosses a border by consent only.
    """

    IDENTITY = "identity"
    MONEY = "money"
    PROCEDURE = "procedure"
    HOUSEHOLD = "household"
    HELP = "help"
    AID = "aid"
    HEALTH = "health"


class Outcome(StrEnum):
    """What a rule concluded. UNCLEAR goes to a person; COMPUTED carries a figure."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    COMPUTED = "computed"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One catalogue entry: what a code means, on what provision, in three languages.

    `asks` is the agency a question is put to, empty for what is no question. `one` holds the texts where the fact
    `months` is 1, empty where no text counts.
    """

    code: str
    part: Part
    law: str
    asks: str
    texts: Mapping[str, str]
    one: Mapping[str, str]


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every code there is, read once from `findings.yaml`."""
    raw: dict[str, dict[str, Any]] = yaml.safe_load(files("bofast.domain").joinpath("findings.yaml").read_text("utf-8"))
    return {
        code: Entry(
            code=code,
            part=Part(entry["part"]),
            law=entry.get("law", ""),
            asks=entry.get("asks", ""),
            texts={language: entry[language] for language in LANGUAGES},
            one=entry.get("one", {}),
        )
        for code, entry in raw.items()
    }


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A conclusion: code, outcome and the facts it rests on. `hard` matters for obstacles only: no override."""

    code: str
    outcome: Outcome = Outcome.YES
    facts: Mapping[str, Fact] = field(default_factory=dict)
    hard: bool = False

    @property
    def part(self) -> Part:
        """The part of the case this speaks of."""
        return catalogue()[self.code].part

    @property
    def law(self) -> str:
        """The provision it rests on, empty for practice."""
        return catalogue()[self.code].law

    def text(self, language: str = "nb") -> str:
        """The finding in words, with its facts written out in that language."""
        entry = catalogue()[self.code]
        texts = entry.one if entry.one and self.facts.get("months") == 1 else entry.texts
        return texts[language].format(**written(self.facts, language))

    def as_json(self) -> dict[str, Any]:
        """Stored form; `from_json` gives the same finding back."""
        return {"code": self.code, "outcome": self.outcome.value, "facts": dict(self.facts), "hard": self.hard}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """A finding out of its stored form."""
        return cls(code=stored["code"], outcome=Outcome(stored["outcome"]), facts=stored["facts"], hard=stored["hard"])


def finding(
    code: str, *, outcome: Outcome = Outcome.YES, hard: bool = False, **facts: date | str | int | None
) -> Finding:
    """A finding with its facts in their stored form: days become ISO text."""
    stored = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    return Finding(code=code, outcome=outcome, hard=hard, facts=stored)


def written(facts: Mapping[str, Fact], language: str) -> dict[str, str]:
    """Facts as a reader sees them: days and amounts in the manner of the language."""
    return {name: _written_fact(name, value, language) for name, value in facts.items()}


def _written_fact(name: str, value: Fact, language: str) -> str:
    if value is None:
        return "–"
    if name == "on" or name.endswith("_on"):
        return format_day(date.fromisoformat(str(value)), language)
    if name.endswith("_ore"):
        return format_kr(int(value), language)
    if name == "figure":
        return rate(str(value)).texts[language].split(",")[0].lower()
    return str(value)


def public_facts(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Facts as other programs read them: `outstanding_ore: 123450` becomes `outstanding: "1234.50"`."""
    return {
        name.removesuffix("_ore"): as_kroner(int(value)) if name.endswith("_ore") and value is not None else value
        for name, value in facts.items()
    }
