"""The words of the record, from `texts.yaml`: read once, and refused where something is missing or unknown."""

from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

_Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Strict):
    """Something said in both languages."""

    nb: _Words
    en: _Words

    def in_language(self, language: str) -> str:
        """The words in that language."""
        return self.en if language == "en" else self.nb


class Held(Said):
    """What a table is called, and in bokmål what of it names somebody and what describes in codes, days and amounts."""

    named: str = ""
    coded: str = ""


class Purpose(Said):
    """What data is used for, and what is proposed as its legal basis."""

    law: Annotated[list[_Words], Field(min_length=1)]


class Risk(_Strict):
    """What can go wrong for the persons, what the program does against it, what is left for the municipality."""

    risk: _Words
    measures: _Words
    left: str


class Texts(_Strict):
    """The whole file."""

    checked_on: str
    proposed: Said
    purposes: dict[str, Purpose]
    whom: dict[str, Said]
    erased: dict[str, Said]
    tables: dict[str, Held]
    doors: dict[str, _Words]
    reach: dict[str, _Words]
    necessity: list[_Words]
    risks: list[Risk]


@cache
def texts() -> Texts:
    """The words, checked."""
    sheet = yaml.load(files(__package__).joinpath("texts.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only)
    return Texts.model_validate(sheet)
