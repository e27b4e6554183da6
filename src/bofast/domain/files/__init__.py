"""Files that come in: bytes → rows, each accepted, doubled or quarantined, with line, column and cure.

Nothing here raises on a row; a file that cannot be taken in at all raises Refused and nothing else.
"""

from bofast.domain.files.columns import Kind
from bofast.domain.files.faults import Fault, Refused
from bofast.domain.files.parsing import guess_day, guess_kind, parse, reparse
from bofast.domain.files.rows import ParsedFile, Row

__all__ = ["Fault", "Kind", "ParsedFile", "Refused", "Row", "guess_day", "guess_kind", "parse", "reparse"]
