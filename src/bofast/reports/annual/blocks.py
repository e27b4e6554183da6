"""A table of the report as it is kept: plain data that JSON can hold, and that is never counted again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bofast.domain.statistics.definitions import defined, definition, title
from bofast.reports.figures import band
from bofast.reports.sheets import Cell, Sheet

Block = dict[str, Any]

YEARS = ("year", "base_year")
"""Columns of years: numbers that are not grouped."""


def block(key: str, sheet: Sheet, language: str, *, remarks: Sequence[str] = ()) -> Block:
    """A sheet as a block: its cells, which columns are numbers, what is to be said beneath."""
    said = [*_said(key, sheet.note, language), *sheet.said]
    return {
        "key": key,
        "name": sheet.name,
        "caption": sheet.name if sheet.name == sheet.title else f"{sheet.name}. {sheet.title}",
        "header": ["" if place == 0 else name for place, name in enumerate(sheet.header)],
        "rows": [_row(sheet, row, language) for row in sheet.rows],
        "numeric": [_is_numeric(sheet, place, language) for place in range(len(sheet.header))],
        "remarks": [sentence(each) for each in (*said, *remarks) if each],
        "caveats": [],
        "svg": "",
        "alt": "",
    }


def _row(sheet: Sheet, row: Sequence[Cell], language: str) -> list[dict[str, Any]]:
    """The cells of a row; a band of kroner is named as in the figure beside it."""
    plain = {title(each, language) for each in YEARS}
    first, *others = row
    named = [band(first, language) if isinstance(first, str) else first, *others]
    return [_cell(value, plain=name in plain) for name, value in zip(sheet.header, named, strict=True)]


def _said(key: str, note: str, language: str) -> list[str]:
    """What it means, then what is told beside it; once where the second says the first again."""
    means = definition(key, language) if key in defined() else ""
    return [note] if means and _letters(note).startswith(_letters(means)) else [means, note]


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _cell(value: Cell, *, plain: bool) -> dict[str, Any]:
    kept: Any = {"decimal": str(value)} if isinstance(value, Decimal) else value
    return {"value": kept, "mark": "", "plain": plain}


def _is_numeric(sheet: Sheet, place: int, language: str) -> bool:
    values = [row[place] for row in sheet.rows]
    hidden = title("hidden", language)
    return all(not isinstance(value, str) or value == hidden for value in values)


def one_column(sheet: Sheet) -> Sheet:
    """A sheet of counts, percent and values with the values among the counts, as the report of 2006 prints table 2."""
    if len(sheet.header) < len(("row", "count", "percent", "value")):
        return sheet
    rows = [[label, count if count is not None else value, percent] for label, count, percent, value in sheet.rows]
    return replace(sheet, header=sheet.header[:-1], rows=rows)


def sentence(words: str) -> str:
    """Words with a capital and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def numbers(found: Block) -> Iterator[Any]:
    """What stands in the cells of numbers."""
    return (cell["value"] for row in found["rows"] for cell in row[1:])


def raw(cell: Mapping[str, Any]) -> Cell:
    """The value of a kept cell as it was counted."""
    value = cell["value"]
    return Decimal(value["decimal"]) if isinstance(value, dict) else value


def as_sheet(found: Mapping[str, Any]) -> Sheet:
    """A kept block as a sheet again, with all that is said of it."""
    return Sheet(
        name=found["name"],
        title=found["caption"],
        header=found["header"],
        rows=[[raw(cell) for cell in row] for row in found["rows"]],
        said=[*found["remarks"], *(f"{mark}) {text}" for mark, text in found["caveats"])],
    )
