"""The last section of the statistics, for the case team: the work of the year, counted from the cases worked here.

A number is opened by its own place in the tables (`work/<table>/<row>/<column>`), and remembers the cases it counts:
what is behind it is never found by a second rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bofast.domain.statistics import Period, definitions
from bofast.domain.statistics.numbers import Amount, Number
from bofast.domain.statistics.periods import written as in_words
from bofast.domain.statistics.work import Row, payers
from bofast.domain.statistics.work_facts import WorkFact
from bofast.domain.statistics.work_words import definition, note, source, title, word
from bofast.reports import statistics_page
from bofast.reports.behind import WORK
from bofast.reports.sheets import Cell, Sheet
from bofast.reports.shown import Block, Section, Shown, Table
from bofast.reports.statistics_page import written
from bofast.reports.work import Work

Asked = Mapping[str, str]


def section(work: Work, period: Period, on: date, language: str, asked: Asked) -> list[Section]:
    """The section as known on a day; none where there is nothing to tell. `asked`: the address of the same numbers."""
    tables = work.tables(period, on)
    blocks = [_block(name, rows, period, language, asked) for name, rows in tables.items()]
    for block in blocks:
        if block.name == "payers":
            block.notes = list(_of_costs(work.facts, period, language))
    heading = _("Work in the year") if period.year else _("Work in the period")
    return [Section(title=heading, blocks=blocks, note=to_come())] if blocks else []


def to_come() -> str:
    """What no table tells, because nobody records it yet."""
    return _(
        "Comes when the casework records it: measures that were tried without solving the case, plans kept instalment "
        "by instalment, and temporary housing after eviction."
    )


def _block(name: str, rows: Sequence[Row], period: Period, language: str, asked: Asked) -> Block:
    """A table with its definition."""
    called = title(name, language)
    columns = _columns(rows)
    table = Table(
        caption=f"{called}, {in_words(period, language)}",
        head=[word(key, language) for key in columns],
        rows=[[_cell(name, key, row, language, asked) for key in columns] for row in rows],
    )
    return Block(name=name, title=called, means=definition(name, language), source=source(language), tables=[table])


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _cell(table: str, column: str, row: Row, language: str, asked: Asked) -> Shown:
    if column == "key":
        return Shown(text=word(row["key"], language))
    value = row.get(column)
    text = written(value, language)
    if not isinstance(value, (Number, Amount)) or not value.cases:
        return Shown(text=text)
    key = f"{WORK}{table}/{row['key']}/{column}"
    return Shown(text=text, href=f"{reverse('reports:cases')}?{urlencode({'key': key, **asked})}")


def _of_costs(facts: Sequence[WorkFact], period: Period, language: str) -> Iterator[str]:
    """The marks of the figures used, and the steps nobody knows the price of."""
    paid = payers(facts, period)
    for mark in paid.marks:
        said = definitions.note(mark, language)
        yield said[0].upper() + said[1:] + "."
    if paid.left_out:
        yield note("left_out", language).format(count=paid.left_out)
    yield note("bears", language)


def sheets(work: Work, period: Period, on: date, language: str) -> dict[str, Sheet]:
    """The same tables for the files, by name."""
    said = {"payers": list(_of_costs(work.facts, period, language))}
    tables = work.tables(period, on)
    return {name: _sheet(name, rows, language, said.get(name, ())) for name, rows in tables.items()}


def _sheet(name: str, rows: Sequence[Row], language: str, said: Sequence[str]) -> Sheet:
    columns = _columns(rows)
    return Sheet(
        name=title(name, language),
        title=title(name, language),
        header=[word(key, language) for key in columns],
        rows=[[_plain(key, row, language) for key in columns] for row in rows],
        note=definition(name, language),
        said=[*said, source(language)],
    )


def _plain(column: str, row: Row, language: str) -> Cell:
    value: Any = row.get(column)
    return word(value, language) if column == "key" else value


def described(key: str, language: str) -> str:
    """A key in words: of the work its table, row and column; of the others its conditions."""
    if not key.startswith(WORK):
        return statistics_page.described(key, language)
    table, _slash, place = key.removeprefix(WORK).partition("/")
    row, _slash, column = place.rpartition("/")
    return f"{title(table, language)}: {word(row, language)}, {word(column, language).lower()}"
