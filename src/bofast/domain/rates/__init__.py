"""Legal figures and practice figures by date: one YAML file each, starts only, so no gap and no overlap.

`rate("court_fee").on(day)` gives the value in force that day with its source, or an error that names the file to mend.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

_Words = Annotated[str, Field(min_length=1)]


class NoRate(LookupError):  # noqa: N818 (it reads as what it says)
    """A figure has no value on the day asked for; the message names the file to mend."""


class FigureError(ValueError):
    """A figure's file cannot be read as one; the message names the file and the place in it."""


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
        """As `on`, but past the end of what is known the last value, marked `not_yet_known`.

        Raises NoRate before the first start, and in a gap which a later value closes: there the law is known to differ.
        """
        last_start, last = self.values[-1]
        if last is None and day >= last_start:
            return replace(self._last_known, not_yet_known=True)
        return self.on(day)

    def spans(self, first: date, end: date) -> Iterator[tuple[date, date, Value]]:
        """The days from `first` up to, not including, `end`, cut wherever the projected value changes."""
        cuts = [first, *(start for start, _ in self.values if first < start < end), end]
        for start, stop in pairwise(cuts):
            yield start, stop, self.projected(start)

    @property
    def _last_known(self) -> Value:
        return [value for _, value in self.values if value is not None][-1]

    def _at(self, day: date) -> Value | None:
        index = bisect_right(self.values, day, key=lambda entry: entry[0])
        return self.values[index - 1][1] if index else None


@cache
def rate(name: str) -> Figure:
    """The figure of that name. Raises NoRate when there is no such file, FigureError when it is not well-formed."""
    sheet = files(__name__).joinpath(f"{name}.yaml")
    if not sheet.is_file():
        raise NoRate(f"there is no figure {name}: bofast/domain/rates/{name}.yaml is missing")
    return read_figure(name, sheet.read_text("utf-8"))


def figures() -> tuple[Figure, ...]:
    """Every figure there is, sorted by name."""
    names = (sheet.name.removesuffix(".yaml") for sheet in files(__name__).iterdir() if sheet.name.endswith(".yaml"))
    return tuple(rate(name) for name in sorted(names))


def read_figure(name: str, text: str) -> Figure:
    """A figure out of its file's text. Raises FigureError for anything missing, unknown, doubled or out of order."""
    try:
        return _Sheet.model_validate(_ExactLoader(text).get_single_data()).as_figure(name)
    except (ValueError, yaml.YAMLError) as error:
        raise FigureError(f"bofast/domain/rates/{name}.yaml: {error}") from error


class _ExactLoader(yaml.SafeLoader):
    """Plain YAML, except that decimals stay exact and a date written twice is an error, not a silent choice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands here twice", node.start_mark)
        return mapping


_ExactLoader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: node.value)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Texts(_Strict):
    nb: _Words
    nn: _Words
    en: _Words


class _Entry(_Strict):
    value: Annotated[Decimal, Field(ge=0)]
    source: _Words
    verified: StrictBool = True

    def as_value(self, starts_on: date) -> Value:
        return Value(starts_on=starts_on, **self.model_dump())


class _Sheet(_Strict):
    unit: _Words
    law: str
    checked_on: date
    texts: _Texts
    values: Annotated[dict[date, _Entry | None], Field(min_length=1)]

    @model_validator(mode="after")
    def _values_in_order(self) -> Self:
        if list(self.values) != sorted(self.values):
            raise ValueError("values must stand in the order of their dates")
        entries = list(self.values.values())
        if entries[0] is None or any(a is None and b is None for a, b in pairwise(entries)):
            raise ValueError("null ends a value: it cannot stand first or twice in a row")
        return self

    def as_figure(self, name: str) -> Figure:
        values = tuple((start, entry.as_value(start) if entry else None) for start, entry in self.values.items())
        return Figure(
            name=name,
            unit=self.unit,
            law=self.law,
            checked_on=self.checked_on,
            texts=self.texts.model_dump(),
            values=values,
        )
