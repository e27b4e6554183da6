"""A report told again: it must not give away what has changed since the edition before.

Somebody who holds both editions subtracts one from the other, and a change of 1 to 4 is about so many households. So a
later edition tells of our own cases only what the former one told, where it is the same still: whatever holds between
its numbers held before, and no change follows from it. That numbers have changed is said, by how much is not.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bofast.domain.statistics import definitions
from bofast.domain.statistics.agencies import CASES, EVENTS
from bofast.domain.statistics.masking import blank, masked_keys, masked_table_6

Document = dict[str, Any]
Row = Mapping[str, Any]
CROSSED = ("2", "5")
"""Figures of two characteristics: bare numbers by key."""
NOT_OF_CASES = ("3",)


def beside(document: Document, former: Mapping[str, Any], language: str = "nb") -> Document:
    """The document without the numbers of our own cases that the former edition hid or told otherwise."""
    figures = {
        key: figure if key in NOT_OF_CASES else {**figure, "rows": _rows(key, figure, former["figures"][key])}
        for key, figure in document["figures"].items()
    }
    two = document["tables"]["2"]
    tables = document["tables"] | {
        "2": {**two, "rows": _told(two["rows"], former["tables"]["2"]["rows"])},
        "6": _table_6(document["tables"]["6"], former["tables"]["6"]),
    }
    told = document | {
        "tables": tables,
        "figures": figures,
        "resolutions": _told(document["resolutions"], former["resolutions"]),
        "gender_by_outcome": _each(document["gender_by_outcome"], former["gender_by_outcome"]),
        "costs": _costs(document, former),
        "disagreements": _disagreements(document["disagreements"], former["disagreements"]),
    }
    said = [] if told == document else [definitions.note("changed", language)]
    return told | {"notes": [*document["notes"], *said]}


def _rows(key: str, figure: Row, former: Row) -> list[Row]:
    return (_crossed if key in CROSSED else _told)(figure["rows"], former["rows"])


def _by_key(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["key"]: row for row in rows}


def _told(rows: Iterable[Row], former: Iterable[Row]) -> list[Row]:
    """The former's rows of one number each, with its percent: as it was, or hidden. A row come or gone is a change."""
    now = _by_key(rows)
    ordered = [_in_order(row, now.get(row["key"], {})) for row in former]
    return [row if row == now.get(row["key"]) else blank(row) for row in ordered]


def _in_order(row: Row, now: Row) -> Document:
    """A row with its columns as they stand today: a database may keep them in another order."""
    return {key: row[key] for key in dict.fromkeys([*now, *row]) if key in row}


def _crossed(rows: Iterable[Row], former: Iterable[Row]) -> list[Row]:
    now = _by_key(rows)
    return [_less(row, now.get(row["key"], {})) for row in former]


def _less(row: Row, now: Row) -> Row:
    """A row of bare numbers as it was, without those that are others now."""
    changed = (key for key, value in row.items() if _is_number(value) and value != now.get(key))
    return masked_keys(_in_order(row, now), [*row.get("hidden_keys", ()), *changed])


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _each(found: Mapping[str, Row], former: Mapping[str, Row]) -> dict[str, Row]:
    return {key: _less(row, found.get(key, {})) for key, row in former.items()}


def _costs(document: Document, former: Mapping[str, Any]) -> dict[str, Row]:
    """Sums that follow from a number of cases go with it: with the other reading of the fees too."""
    readings = document["readings"]
    return {
        name: amounts if _same(amounts, former["costs"].get(name, {}), readings)
        else {**amounts, **dict.fromkeys(readings), "hidden": True}
        for name, amounts in document["costs"].items()
    }  # fmt: skip


def _same(now: Row, before: Row, keys: Iterable[str]) -> bool:
    return all(now.get(key) == before.get(key) for key in keys)


def _table_6(table: Row, former: Row) -> Document:
    """An agency's number is public; our own petitions, withdrawals and executions are told as before or not at all."""
    changed = (name for name in EVENTS if table[name] is not None and table[name] != former[name])
    return masked_table_6(dict(table), [*table.get("hidden_keys", ()), *changed])


def _disagreements(rows: Iterable[Row], former: Iterable[Row]) -> list[Row]:
    known = _by_key(former)
    return [
        {**row, "values": masked_keys(row["values"], [CASES])}
        if row["key"] in known and row["values"].get(CASES) != known[row["key"]]["values"].get(CASES)
        else row
        for row in rows
    ]
