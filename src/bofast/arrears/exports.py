"""A district's list as a spreadsheet, with no more in it than the reader's agency may see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook

from bofast.access.need_to_know import Viewer
from bofast.arrears.models import Tenancy
from bofast.domain.files import answers
from bofast.domain.findings import Part
from bofast.domain.money import ORE_PER_KRONE, months_of
from bofast.domain.screening import Answer
from bofast.domain.sharing import BREACH

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NAME_OF_SHEET = "Restanseliste"
DAY_FORMAT, AMOUNT_FORMAT = "dd.mm.yyyy", "#,##0.00"
OPEN_COLOR = "#FFF7DB"


@dataclass(frozen=True)
class Column:
    """One column of a district's list: where its value comes from, and the part of a case it belongs to.

    `open`: filled in by who gets the list.
    """

    key: str
    title: Any
    part: Part
    value: Callable[[Any], Any]
    shape: Literal["text", "number", "amount", "day"] = "text"
    width: int = 14
    open: bool = False


def _dwelling(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row.dwelling, name) if row.dwelling else ""


def _household(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row.household, name) if hasattr(row, "household") else None


def _own(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


COLUMNS = (
    Column("contract_no", _("Contract"), Part.IDENTITY, _own("contract_no")),
    Column("name", _("Name"), Part.IDENTITY, _own("name"), width=26),
    Column("phone", _("Phone"), Part.IDENTITY, _own("phone")),
    Column("address", _("Address"), Part.IDENTITY, _dwelling("address"), width=26),
    Column("postal_code", _("Postal code"), Part.IDENTITY, _dwelling("postal_code"), width=8),
    Column("city", _("City"), Part.IDENTITY, _dwelling("city")),
    Column("members", _("In the household"), Part.HOUSEHOLD, _household("members"), "number", 10),
    Column("children", _("Children"), Part.HOUSEHOLD, _household("children"), "number", 8),
    Column("owed", _("Arrears"), Part.MONEY, _own("owed"), "amount"),
    Column("months", _("Months of rent"), Part.MONEY, lambda row: months_of(row.owed, row.monthly_rent), "number", 10),
    Column("claim_count", _("Unpaid claims"), Part.MONEY, _own("claim_count"), "number", 10),
    Column("oldest_due_on", _("Oldest due day"), Part.MONEY, _own("oldest_due_on"), "day"),
    Column("fees", _("Fees"), Part.MONEY, _own("fees"), "amount"),
    Column("interest", _("Interest"), Part.MONEY, _own("interest"), "amount"),
    Column("monthly_rent", _("Monthly rent"), Part.MONEY, _own("monthly_rent"), "amount"),
    Column("reminded_on", _("Reminded"), Part.PROCEDURE, _own("reminded_on"), "day"),
    Column("demanded_on", _("Payment demand sent"), Part.PROCEDURE, _own("demanded_on"), "day"),
    Column("petitioned_on", _("Petitioned, by the list"), Part.PROCEDURE, _own("petitioned_on"), "day"),
)


ANSWERS: Mapping[str, str] = {
    Answer.ACTIVE: "aktiv",
    Answer.KNOWN: "kjent men ikke aktiv",
    Answer.UNKNOWN: "ikke kjent",
}
"""What the office chooses from in the workbook; all of it is read again, by `domain.screening`."""


def _asked(key: str, part: Part, value: Callable[[Any], Any], **more: Any) -> Column:
    """A column that is read when the list comes back: under the name it is read by, whatever the language."""
    return Column(key, answers.TABLE.by_key[key].names[0], part, value, **more)


READ_AGAIN = {
    "contract_no": _asked("contract_no", Part.IDENTITY, _own("contract_no")),
    "owed": _asked("outstanding", Part.MONEY, _own("owed"), shape="amount"),
}
TO_ANSWER = (
    _asked("answer", Part.IDENTITY, lambda row: ANSWERS.get(row.answer, ""), width=24, open=True),
    _asked("note", Part.IDENTITY, _own("note"), width=40, open=True),
    _asked("key", Part.IDENTITY, _own("key"), width=18),
)


def columns_for(viewer: Viewer) -> list[Column]:
    """The columns this viewer may see."""
    return [column for column in COLUMNS if viewer.sees(column.part)]


def handed_columns() -> list[Column]:
    """The columns of a list handed out: what a notice of breach holds, the answer to give, and the key."""
    handed = [READ_AGAIN.get(column.key, column) for column in COLUMNS if column.part in BREACH]
    return [*handed, *TO_ANSWER]


def as_text(value: Any) -> str:
    """Text that no spreadsheet takes for a formula, also when the sheet is saved as CSV and opened again."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unescaped(text: str) -> str:
    """The text that `as_text` made harmless, as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def workbook(rows: Iterable[Tenancy], columns: Sequence[Column], *, made_on: date) -> bytes:
    """An XLSX of one sheet: a header, a row each household, and a sum; amounts are kroner, days are dates.

    With a column to fill in, there is no sum, and everything but those columns is locked.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        book.set_properties({"created": datetime.combine(made_on, time())})
        _Sheet(book, columns).write(list(rows))
    return buffer.getvalue()


class _Sheet:
    """The sheet while it is written."""

    def __init__(self, book: Any, columns: Sequence[Column]) -> None:
        self._sheet = book.add_worksheet(NAME_OF_SHEET)
        self._columns = columns
        self._bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._total = book.add_format({"bold": True, "top": 1, "num_format": AMOUNT_FORMAT})
        self._formats = {
            "day": book.add_format({"num_format": DAY_FORMAT, "align": "left"}),
            "amount": book.add_format({"num_format": AMOUNT_FORMAT}),
            "open": book.add_format({"locked": False, "bg_color": OPEN_COLOR, "border": 1, "border_color": "#BFBFBF"}),
        }

    def write(self, rows: Sequence[Tenancy]) -> None:
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width)
            self._sheet.write_string(0, place, as_text(column.title), self._bold)
        for line, row in enumerate(rows, 1):
            for place, column in enumerate(self._columns):
                self._cell(line, place, column, column.value(row))
        if any(column.open for column in self._columns):
            self._to_fill_in(len(rows))
        else:
            self._sums(rows)
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, len(rows), len(self._columns) - 1)

    def _cell(self, line: int, place: int, column: Column, value: Any) -> None:
        if column.open:
            self._sheet.write(line, place, as_text(value) or None, self._formats["open"])
            return
        if value is None or value == "":
            return
        match column.shape:
            case "amount":
                self._sheet.write_number(line, place, value / ORE_PER_KRONE, self._formats["amount"])
            case "number":
                self._sheet.write_number(line, place, float(value))
            case "day":
                self._sheet.write_datetime(line, place, value, self._formats["day"])
            case _:
                self._sheet.write_string(line, place, as_text(value))

    def _to_fill_in(self, rows: int) -> None:
        """A choice of answers in each cell, and everything locked but the cells to fill in."""
        place = next(place for place, column in enumerate(self._columns) if column.key == "answer")
        choice = {"validate": "list", "source": list(ANSWERS.values()), "error_type": "stop"}
        self._sheet.data_validation(1, place, max(rows, 1), place, choice)
        self._sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})

    def _sums(self, rows: Sequence[Any]) -> None:
        last = len(rows) + 1
        self._sheet.write_string(last, 0, "Sum", self._total)
        for place, column in enumerate(self._columns):
            if column.key in ("owed", "fees", "interest"):
                total = sum(column.value(row) for row in rows)
                self._sheet.write_number(last, place, total / ORE_PER_KRONE, self._total)
