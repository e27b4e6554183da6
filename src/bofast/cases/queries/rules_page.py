"""The rules and figures in force on a day, as they are shown on a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bofast.cases import words
from bofast.domain.findings import Entry, catalogue
from bofast.domain.procedure import STEPS, Step
from bofast.domain.rates import Figure, NoRate, Value, figures
from bofast.domain.rules_document import written_value


@dataclass(frozen=True, kw_only=True)
class FigureOn:
    """A figure on a day. `value` is None when there is none that day, and `text` is empty then."""

    figure: Figure
    name: str
    value: Value | None
    text: str


@dataclass(frozen=True, kw_only=True)
class StepOn:
    """A step of the procedure on a day; `in_law` says whether the law of the day knows it."""

    step: Step
    name: str
    by: str
    in_law: bool


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Something the program can say about a case, with its provision."""

    entry: Entry
    text: str


def figures_on(day: date) -> list[FigureOn]:
    """Every figure, law first, practice after, with its value of the day; the last known one past its end."""
    rows = [_figure_on(figure, day) for figure in figures()]
    return sorted(rows, key=lambda row: (not row.figure.law, row.name))


def _figure_on(figure: Figure, day: date) -> FigureOn:
    language = words.language()
    try:
        value = figure.projected(day)
    except NoRate:
        return FigureOn(figure=figure, name=figure.texts[language], value=None, text="")
    text = written_value(value.value, figure.unit, language)
    return FigureOn(figure=figure, name=figure.texts[language], value=value, text=text)


def steps_on(day: date) -> list[StepOn]:
    """Every step of the procedure."""
    return [
        StepOn(
            step=step,
            name=words.deed(step.deed),
            by=words.owner(step.by),
            in_law=step.valid_from is None or step.valid_from <= day,
        )
        for step in STEPS
    ]


def sayings() -> Sequence[Saying]:
    """The catalogue of findings; what is filled in stands as an ellipsis."""
    return [Saying(entry=entry, text=_open(entry.texts[words.language()])) for entry in catalogue().values()]


def _open(text: str) -> str:
    return text.format_map(_Ellipses())


class _Ellipses(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"
