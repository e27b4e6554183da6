"""What a household is asked to agree to: texts with a version and days of validity. A text is chosen, never made up.

Each names one sender, its receivers and the parts that may go; `consent_texts.yaml` holds the words. A version that has
been given is never changed: a new wording is a new version from a new day, and consents given by the old one stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bofast.domain.facts import Agency
from bofast.domain.findings import LANGUAGES, Part


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """One version of one text. `title` says what it is for, `body` is what the person agrees to, by language.

    It may be given from `valid_from` up to and with `valid_until`; None when a newer version has no day yet.
    """

    code: str
    version: int
    valid_from: date
    valid_until: date | None
    sender: Agency
    receivers: frozenset[Agency]
    parts: frozenset[Part]
    title: Mapping[str, str]
    body: Mapping[str, str]

    @property
    def key(self) -> str:
        """How a consent says which text was agreed to: `benefit_transport/2`."""
        return f"{self.code}/{self.version}"

    def valid(self, on: date) -> bool:
        """Whether it may be given on the day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@cache
def consent_texts() -> Mapping[str, ConsentText]:
    """Every version of every text, by key, read once from `consent_texts.yaml`."""
    raw: dict[str, dict[str, Any]] = yaml.safe_load(
        files("bofast.domain").joinpath("consent_texts.yaml").read_text("utf-8")
    )
    found = [_text(code, entry, said) for code, entry in raw.items() for said in entry["versions"]]
    return {text.key: text for text in found}


def _text(code: str, entry: Mapping[str, Any], said: Mapping[str, Any]) -> ConsentText:
    return ConsentText(
        code=code,
        version=said["version"],
        valid_from=said["valid_from"],
        valid_until=said.get("valid_until"),
        sender=Agency(entry["sender"]),
        receivers=frozenset(map(Agency, entry["receivers"])),
        parts=frozenset(map(Part, entry["parts"])),
        title={language: entry["title"][language] for language in LANGUAGES},
        body={language: said[language].strip() for language in LANGUAGES},
    )


def texts_on(on: date) -> list[ConsentText]:
    """The texts that may be given on the day, in the order of the file."""
    return [text for text in consent_texts().values() if text.valid(on)]


def text_on(code: str, on: date) -> ConsentText | None:
    """The version of a text that may be given on the day; None when there is none."""
    return next((text for text in texts_on(on) if text.code == code), None)
