"""Legal figures and practice figures by date: one YAML file each, starts only, so no gap and no overlap.

`rate("court_fee").on(day)` gives the value in force that day with its source, or an error that names the file to mend.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class NoRate(LookupError):
    """A figure has no value on the day asked for; the message names the file to mend."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """A figure's value from a start day on, with where it was read.

    `verified` is False when the source could not be read whole or the value is inferred; every result that uses it says
    so. `not_yet_known` marks a projection past the last known value.
    """

    value: Decimal
    starts_on: date
    source: str
    verified: bool = True
    not_yet_known: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure over time. `values` are sorted by start; a start with None ends the figure."""

    name: str
    unit: str
    law: str
    checked_on: date
    texts: dict[str, str]
    values: tuple[tuple[date, Value | None], ...]

    def on(self, day: date) -> Value:
        """The value in force on `day`. Raises NoRate before the first start and after an end."""
        found = self._at(day)
        if found is None:
            raise NoRate(
                f"{self.name} has no value on {day.isoformat()}: "
                f"add it, with its source, to bofast/domain/rates/{self.name}.yaml"
            )
        return found

    def projected(self, day: date) -> Value:
        """As `on`, but past the end of what is known the last value, marked `not_yet_known`."""
        raise NotImplementedError

    def _at(self, day: date) -> Value | None:
        raise NotImplementedError


@cache
def rate(name: str) -> Figure:
    """The figure of that name. Raises NoRate when there is no such file."""
    raise NotImplementedError
