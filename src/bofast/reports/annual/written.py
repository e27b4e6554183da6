"""The kept report in words: numbers as people write them, for the page and for the PDF alike."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.domain.money import ORE_PER_KRONE, format_kr
from bofast.domain.statistics.definitions import title
from bofast.reports.annual.blocks import raw

Content = Mapping[str, Any]
Readable = dict[str, Any]
AMOUNT_DECIMALS = 2
"""An amount of the statistics has two decimals; a mean has one."""


def readable(content: Content, *, status: str) -> Readable:
    """The report with every number written out, and the words of its frame. `status`: a draft, or published when."""
    language = content["language"]
    with override(language):
        return {
            **{key: content[key] for key in ("title", "subtitle", "author", "language", "summary", "notes")},
            "status": status,
            "words": _words(language),
            "sections": [_section(each, language) for each in content["sections"]],
            "definitions": content["definitions"],
        }


def draft_status(content: Content) -> str:
    """What stands on a report that is not published; one with small numbers in it says so on every page."""
    with override(content["language"]):
        if content["document"]["masked"]:
            return _("Draft, not published")
        return _("With small numbers: for the case team only")


def _words(language: str) -> dict[str, Any]:
    return {
        "summary": _("The year in short"),
        "contents": _("Contents"),
        "definitions": _("What the numbers mean"),
        "about_definitions": _("A case counts in the period it was opened, an event in the period it happened."),
        "definition_header": [_("Number"), title("definition", language)],
    }


def _section(section: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        **section,
        "comment": [part.strip() for part in section["comment"].split("\n\n") if part.strip()],
        "blocks": [_block(each, language) for each in section["blocks"]],
    }


def _block(found: Mapping[str, Any], language: str) -> dict[str, Any]:
    columns = list(zip(found["header"], found["numeric"], strict=True))
    rows = [
        [_cell(cell, *column, language) for cell, column in zip(row, columns, strict=True)] for row in found["rows"]
    ]
    return {**found, "columns": columns, "rows": rows}


def _cell(cell: Mapping[str, Any], column: str, is_number: bool, language: str) -> dict[str, Any]:
    return {"text": _text(cell, language), "mark": cell["mark"], "column": column, "numeric": is_number}


def _text(cell: Mapping[str, Any], language: str) -> str:
    value = raw(cell)
    if value is None:
        return ""
    if isinstance(value, str) or cell["plain"]:
        return str(value)
    return number(value, language)


def number(value: int | Decimal, language: str) -> str:
    """`1 002`, `−51`, `41,4`, `16 754 kr`."""
    if isinstance(value, Decimal):
        if -int(value.as_tuple().exponent) == AMOUNT_DECIMALS:
            return format_kr(int(value * ORE_PER_KRONE), language)
        return str(value) if language == "en" else str(value).replace(".", ",")
    return f"{value:,}".replace(",", "\u00a0").replace("-", "\u2212")


def amount(kroner: str, language: str) -> str:
    """A decimal string of kroner as people write it, in whole kroner where there is no øre."""
    return number(Decimal(kroner), language)
