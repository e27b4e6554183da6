"""The period beside: its own document, and both periods' numbers next to each other in one table."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.domain.statistics import Question
from bofast.reports import queries
from bofast.reports.sheets import Cell, Sheet

Document = Mapping[str, Any]
C = TypeVar("C", bound=Hashable)

BESIDE_EACH_OTHER = ("table.2", "figure.1", "figure.4", "figure.6", "figure.7", "figure.8", "figure.9", "resolutions")
"""Tables of our own cases with few columns: the other period's stand in the same table."""

ONE_AFTER_THE_OTHER = ("figure.2", "figure.5", "gender_by_outcome")
"""Those with many: the other period has a table of its own."""

AFTER = ".beside"
"""Ends the key of such a table."""


def of_comparison(question: Question) -> Question:
    """The same question of the period beside it. Only where there is one."""
    assert question.compare is not None
    return replace(question, period=question.compare, compare=None)


def document_beside(question: Question) -> Document | None:
    """The document of the period beside it, masked as the question is; None where none is asked for."""
    return queries.annual_report(of_comparison(question)) if question.compare else None


def no_cases_in(name: str, language: str) -> str:
    """What is said where there is nothing of our own to stand beside. `name`: what the period is called."""
    with override(language):
        return _("There are no cases of our own to compare with in %(year)s.") % {"year": name}


def sheets_of_both(
    mine: Mapping[str, Sheet], other: Mapping[str, Sheet], names: tuple[str, str]
) -> Iterator[tuple[str, Sheet]]:
    """The sheets by what they are of, those of our own cases with the other period's numbers in them or after them."""
    for key, sheet in mine.items():
        if key in BESIDE_EACH_OTHER:
            yield key, _of_both(sheet, other[key], names)
        else:
            yield key, sheet
        if key in ONE_AFTER_THE_OTHER:
            yield key + AFTER, _after(other[key], names[1])


def _after(sheet: Sheet, period: str) -> Sheet:
    """The sheet, named by its period too."""
    name = f"{sheet.name}, {period}"
    return replace(sheet, name=name, title=name if sheet.title == sheet.name else sheet.title)


def _of_both(mine: Sheet, other: Sheet, names: tuple[str, str]) -> Sheet:
    nothing: Cell = None
    header, rows = both((mine.header, mine.rows), (other.header, other.rows), names, nothing=nothing)
    return replace(mine, header=header, rows=rows)


def both(
    mine: tuple[Sequence[str], Sequence[Sequence[C]]],
    other: tuple[Sequence[str], Sequence[Sequence[C]]],
    names: tuple[str, str],
    *,
    nothing: C,
) -> tuple[list[str], list[list[C]]]:
    """Header and rows of both periods in one table, each number next to the other's; a row of either is told.

    The first cell of a row names it. `names`: what the two periods are called; `nothing` where one has no number.
    """
    here, there = ({row[0]: dict(zip(header, row, strict=True)) for row in rows} for header, rows in (mine, other))
    columns = list(dict.fromkeys([*mine[0][1:], *other[0][1:]]))
    rows = [
        [row, *(cells.get(row, {}).get(column, nothing) for column in columns for cells in (here, there))]
        for row in dict.fromkeys([*here, *there])
    ]
    return [mine[0][0], *(f"{column} {name}" for column in columns for name in names)], rows
