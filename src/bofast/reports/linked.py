"""Which cases stand behind which cell of the tables: the keys that `behind` opens, and their addresses."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bofast.access.need_to_know import Viewer
from bofast.domain.statistics import Period
from bofast.domain.statistics.agencies import CASES, EVENTS
from bofast.domain.statistics.masking import PLACES
from bofast.reports import address, behind
from bofast.reports.sheets import BESIDE, readable

Document = Mapping[str, Any]

LINKED: Mapping[str, Callable[[str, str], str]] = {
    "table.2": lambda row, _column: ".".join(PLACES[row]) if row in PLACES else row,
    "figure.1": lambda row, _column: f"gender.{row}",
    "figure.2": lambda row, column: f"income.{row},outcome.{column}",
    "figure.4": lambda row, _column: f"members.{row}",
    "figure.5": lambda row, column: f"monthly_income.{row},gender.{column}",
    "figure.6": lambda row, _column: f"contact.{row}",
    "figure.7": lambda row, _column: f"arrears.{row}",
    "figure.8": lambda row, _column: "" if row == "others" else "zero_share.zero_share",
    "figure.9": lambda row, _column: row,
    "resolutions": lambda row, _column: f"outcome.stopped,resolution.{row}",
    "gender_by_outcome": lambda row, column: f"outcome.{row},gender.{column}",
}
"""The key of the cases behind a number (`behind`), by row and column; empty where it opens to none."""

NOT_COUNTED = ("percent", "value")


def period_of(document: Document) -> Period:
    """The period a document tells of."""
    return Period(*(date.fromisoformat(document["period"][end]) for end in ("from", "to")))


def href(key: str, value: Any, viewer: Viewer, document: Document) -> str:
    """Where the cases behind a number are listed; empty where it opens to none, or is of an earlier day."""
    if not key or not isinstance(value, int) or not value or not behind.may_open(key, viewer) or "as_of" in document:
        return ""
    # The district and the agency narrow the cases, never the events of table 6.
    which = {} if key in EVENTS else address.narrowed(district=document["district"], agency=document.get("agency"))
    query = {"key": key, **address.of_period(period_of(document)), **which}
    return f"{reverse('reports:cases')}?{urlencode(query)}"


def keys(name: str, document: Document) -> list[list[str]]:
    """The keys of the cases behind each cell of a table; percent, means and sums open to none."""
    if name not in LINKED:
        return []
    rows = _rows_of(name, readable(document))
    columns = list(dict.fromkeys(key for row in rows for key in row if key not in BESIDE))
    key_of = LINKED[name]
    return [["" if column in NOT_COUNTED else key_of(row["key"], column) for column in columns] for row in rows]


def event_keys(document: Document) -> list[list[str]]:
    """The keys of table 6: its first rows are counted from our own cases where no agency has given the number."""
    sources = document["tables"]["6"]["sources"]
    return [[event if sources.get(event) == CASES else ""] for event in EVENTS]


def _rows_of(name: str, document: Document) -> Sequence[Mapping[str, Any]]:
    kind, _dot, number = name.partition(".")
    if number:
        rows: Sequence[Mapping[str, Any]] = document[f"{kind}s"][number]["rows"]
        return rows
    found = document[name]
    return found if isinstance(found, list) else [{"key": key} | row for key, row in found.items()]
