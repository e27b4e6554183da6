"""Which cases stand behind which cell of the tables: the keys that `behind` opens, and their addresses."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
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
    "figure.8": lambda row, _column: f"zero_share_households.{'others' if row == 'others' else 'zero_share'}",
    "figure.9": lambda row, _column: row,
    "resolutions": lambda row, _column: f"outcome.stopped,resolution.{row}",
    "gender_by_outcome": lambda row, column: f"outcome.{row},gender.{column}",
}
"""The key of the cases behind a number (`behind`), by row and column; empty where it opens to none."""

COSTS = {"public_fees_of_stopped": "outcome.stopped", "petition_fees_of_zero_share": "zero_share.zero_share"}
ALONE: Mapping[str, Callable[[str, str], str]] = {"costs": lambda row, _column: COSTS[row]}
"""The same of tables that stand beside no other period's."""

COUNTED_AS = {
    "petitions": "petitions",
    "withdrawn": "withdrawn",
    "evictions": "outcome.evicted",
    "reinstated": "outcome.reinstated",
}
"""How our own cases count an indicator of the agencies (`agencies.own_numbers`)."""

NOT_COUNTED = ("percent", "value")


def period_of(document: Document) -> Period:
    """The period a document tells of."""
    return Period(*(date.fromisoformat(document["period"][end]) for end in ("from", "to")))


def href(key: str, value: Any, viewer: Viewer, document: Document, *, year: int | None = None) -> str:
    """Where the cases behind a number are listed; empty where it opens to none, or is of an earlier day.

    `year`: of a number of another year than the document's, and of the whole city.
    """
    counted = isinstance(value, (int, Decimal)) and value
    if not key or not counted or "as_of" in document or not behind.may_open(key, viewer):
        return ""
    # The district and the agency narrow the cases, never the events of table 6.
    whole_city = key in EVENTS or year is not None
    which = {} if whole_city else address.narrowed(district=document["district"], agency=document.get("agency"))
    period = Period.of_year(year) if year is not None else period_of(document)
    query = {"key": key, **address.of_period(period), **which}
    return f"{reverse('reports:cases')}?{urlencode(query)}"


def keys(name: str, document: Document) -> list[list[str]]:
    """The keys of the cases behind each cell of a table; percent, means and sums open to none."""
    key_of = LINKED.get(name) or ALONE.get(name)
    if key_of is None:
        return []
    rows = _rows_of(name, readable(document))
    columns = list(dict.fromkeys(key for row in rows for key in row if key not in BESIDE))
    return [["" if column in NOT_COUNTED else key_of(row["key"], column) for column in columns] for row in rows]


def event_keys(document: Document) -> list[list[str]]:
    """The keys of table 6: its first rows are counted from our own cases where no agency has given the number."""
    sources = document["tables"]["6"]["sources"]
    return [[event if sources.get(event) == CASES else ""] for event in EVENTS]


def disagreement_keys(document: Document) -> list[list[str]]:
    """The keys of the numbers our own cases give, where sources disagree; the agencies' numbers open to nothing."""
    rows = document["disagreements"]
    sources = dict.fromkeys(source for row in rows for source in row["values"] if source not in BESIDE)
    counted_as = [COUNTED_AS[row["key"].partition(".")[0]] for row in rows]
    return [[key if source == CASES else "" for source in sources] for key in counted_as]


def _rows_of(name: str, document: Document) -> Sequence[Mapping[str, Any]]:
    kind, _dot, number = name.partition(".")
    if number:
        rows: Sequence[Mapping[str, Any]] = document[f"{kind}s"][number]["rows"]
        return rows
    found = document[name]
    return found if isinstance(found, list) else [{"key": key} | row for key, row in found.items()]
