"""The header of a file that was refused, so that its sender's columns can be named."""

from collections.abc import Sequence
from itertools import islice

from bofast.domain.files import Kind, Refused
from bofast.domain.files.columns import Table, match
from bofast.domain.files.parsing import TABLES
from bofast.domain.files.reading import readings

NAMEABLE = frozenset({"no_header", "missing_column"})
"""The refusals that naming the columns can mend."""

_WITHIN = 20


def likely_header(data: bytes, kind: Kind) -> list[str]:
    """The row of the first twenty that looks most like a header; empty where there is none.

    Most recognised columns first, then most cells with letters and no digits: a row of data has digits.
    """
    try:
        rows = [row.texts for reading in readings(data) for row in islice(reading, _WITHIN)]
    except Refused:
        return []
    best = max(rows, key=lambda texts: _likeness(texts, TABLES[kind]), default=())
    names = [" ".join(text.split()) for text in best]
    return list(dict.fromkeys(name for name in names if name)) if _likeness(best, TABLES[kind])[1] > 1 else []


def _likeness(texts: Sequence[str], table: Table) -> tuple[int, int]:
    words = [text for text in texts if text.strip() and not any(letter.isdigit() for letter in text)]
    return len(match(texts, table, {}).places), len(words)
