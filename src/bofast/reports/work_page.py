"""The last section of the statistics, for the case team: the work of the year, counted from the cases worked here."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from bofast.domain.statistics import Period, definitions
from bofast.domain.statistics.work import Row, WorkFact, payers, work_of
from bofast.domain.statistics.work_words import definition, source, title, word
from bofast.reports.statistics_page import Block, Section, Shown, Table, written
from bofast.reports.work import has_work


def section(facts: Sequence[WorkFact], period: Period, on: date, language: str) -> list[Section]:
    """The section as known on a day; none for a year in which no case was opened here."""
    if not has_work(facts, period):
        return []
    tables = work_of(facts, period, on)
    blocks = [_block(name, rows, period, language) for name, rows in tables.items()]
    for block in blocks:
        if block.name == "payers":
            block.notes = list(_of_costs(facts, period, language))
    return [Section(title=_("Work in the year"), blocks=blocks, note=_to_come())]


def _to_come() -> str:
    return _(
        "Comes when the casework records it: measures tried and how they turned out, plans kept, temporary housing "
        "after eviction, where those who moved went, and by which channel a household was reached."
    )


def _block(name: str, rows: Sequence[Row], period: Period, language: str) -> Block:
    """A table with its definition."""
    called = title(name, language)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    table = Table(
        caption=f"{called}, {period.year or ''}".rstrip(", "),
        head=[word(key, language) for key in columns],
        rows=[[_cell(key, row, language) for key in columns] for row in rows],
    )
    return Block(name=name, title=called, means=definition(name, language), source=source(language), tables=[table])


def _cell(key: str, row: Row, language: str) -> Shown:
    return Shown(text=word(row["key"], language) if key == "key" else written(row.get(key), language))


def _of_costs(facts: Sequence[WorkFact], period: Period, language: str) -> Iterator[str]:
    """The marks of the figures used, and the steps nobody knows the price of."""
    paid = payers(facts, period)
    for mark in paid.marks:
        said = definitions.note(mark, language)
        yield said[0].upper() + said[1:] + "."
    if paid.left_out:
        yield _("%(count)s steps are left out: the fees of their day are not known.") % {"count": paid.left_out}
    yield _("Who bears the cost in the end, such as when the social services cover it, is not recorded yet.")
