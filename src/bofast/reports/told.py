"""The statistics as tables for a file: both periods' numbers, and beneath each what the page says beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bofast.domain.calendar import format_day
from bofast.domain.statistics import Question
from bofast.domain.statistics.periods import written
from bofast.reports import compared
from bofast.reports.beneath import called, caveats_of, days_of, sources_of
from bofast.reports.queries import counts_told
from bofast.reports.sheets import Sheet, any_cases, by_name
from bofast.reports.sources import profile_in_force

Document = Mapping[str, Any]


def sheets_told(question: Question, document: Document, today: date) -> list[Sheet]:
    """Every table and figure of the answer to a question, in its order; last what the numbers mean."""
    language, profile, counts = question.language, profile_in_force(), counts_told(question)
    years = {period.first.year for period in (question.period, question.compare) if period}
    found = []
    for key, sheet in _both(question, document):
        said = [*sheet.said, *sources_of(key, document, profile, counts, language)]
        said += days_of(document, counts.all, today, language) if key == "disagreements" else []
        said += [_caveat(row, language) for row in caveats_of(key, document, profile, years)]
        found.append(replace(sheet, said=said))
    return found


def _both(question: Question, document: Document) -> Iterable[tuple[str, Sheet]]:
    """The tables, the other period's numbers in them; the first says where there is nothing to tell or compare with."""
    language, other = question.language, compared.document_beside(question)
    mine = by_name(document, language)
    nothing = document["notes"][:1] if "nothing_received" in document else []
    if other is not None and question.compare is not None:
        name = written(question.compare, language)
        if any_cases(other):
            return compared.sheets_of_both(mine, by_name(other, language), (written(question.period, language), name))
        nothing = [*nothing, compared.no_cases_in(name, language)]
    first = mine["table.2"]
    return {**mine, "table.2": replace(first, said=[*first.said, *nothing])}.items()


def _caveat(row: Mapping[str, Any], language: str) -> str:
    """What a source says of its numbers, with the day it said so."""
    of = " ".join(filter(None, (called(row["source"], language), row["indicator"], str(row["year"]))))
    day = f" ({format_day(date.fromisoformat(row['as_of']), language)})" if row["as_of"] else ""
    return f"{of}: {row['note']}{day}"
