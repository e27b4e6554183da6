"""What the cell reader does not tell about a sheet: formulas without a kept value, error cells, and how large it is.

The sheet's XML is walked once, before anything opens it: a few bytes may claim a cell in the last row and column, and a
reader that fills the area between would take all memory. A document type declaration is refused outright.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.parsers import expat

from bofast.domain.files.faults import Refused

_MOST_CELLS = 20_000_000
_MOST_TEXT = 1_000_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Attributes = Mapping[str, str]


class SheetMarks:
    """The troubles of one sheet by (row, column), both from 0, and the area its filled cells span."""

    def __init__(self) -> None:
        self.troubles: dict[tuple[int, int], str] = {}
        self.rows = 0
        self.columns = 0
        self.filled = 0

    def note(self, row: int, column: int, times: int = 1) -> None:
        """Count a filled cell whose last copy is at (row, column)."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        self.filled += times

    def refuse_if_too_large(self, longest_text: int = 0) -> None:
        """Raise Refused when the area, or the longest text in every filled cell, is more than a list can be."""
        if self.rows * self.columns > _MOST_CELLS or self.filled * longest_text > _MOST_TEXT:
            raise Refused("too_large_inside")


class _Walk:
    """A walk through one XML part; what a part means is in the subclasses."""

    def __init__(self) -> None:
        self.marks = SheetMarks()
        self.parser = expat.ParserCreate("utf-8")  # whatever the part claims: the cell reader knows no other
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self._refuse

    def run(self, xml: bytes) -> None:
        """Walk the whole part. Raises Refused where it is not sound XML."""
        try:
            self.parser.Parse(xml, True)
        except Refused:
            raise
        except (expat.ExpatError, ValueError, OverflowError, LookupError) as error:
            raise Refused("damaged_workbook") from error

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins; `name` is as written, with its prefix."""
        raise NotImplementedError

    def _refuse(self, *_: object) -> None:
        raise Refused("damaged_workbook")


class _XlsxWalk(_Walk):
    """A worksheet part: `c` holds `f` (formula) and `v` (its kept value). A cell is judged when the next one begins."""

    def __init__(self) -> None:
        super().__init__()
        self.row, self.column = -1, -1
        self.prefix = ""
        self.kind: str | None = None
        self.inside: set[str] = set()
        self.value: list[str] = []

    def run(self, xml: bytes) -> None:
        super().run(xml)
        self._judge()

    def start(self, name: str, attributes: Attributes) -> None:
        prefix, _, local = name.rpartition(":")
        if local == "c":
            self._judge()
            self.prefix = prefix
            self._begin_cell(attributes)
        elif local == "row":
            self._judge()
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
        elif local in ("v", "f", "is") and prefix == self.prefix:  # an extension's own f is no formula of the cell
            self.inside.add(local)
            self.value.clear()
            if local == "f":
                self.parser.CharacterDataHandler = self.value.append

    def _begin_cell(self, attributes: Attributes) -> None:
        self.kind = attributes.get("t")
        written = attributes.get("r")
        if written is None:
            self.column += 1
        elif reference := _REFERENCE.fullmatch(written):
            self.row, self.column = int(reference[2]) - 1, _column(reference[1])
        else:  # a place that the two readers might understand differently
            raise Refused("damaged_workbook")

    def _judge(self) -> None:
        if not self.inside:
            return
        self.marks.note(self.row, self.column)
        if self.kind == "e":
            self.marks.troubles[self.row, self.column] = "error_in_cell"
        elif "f" in self.inside and self.kind != "str" and not self._has_value():
            self.marks.troubles[self.row, self.column] = "formula_without_value"
        self.inside.clear()
        self.value.clear()
        self.parser.CharacterDataHandler = None

    def _has_value(self) -> bool:
        return "v" in self.inside and bool("".join(self.value).strip())


class _SharedTexts(_Walk):
    """The shared strings of a workbook: how long the longest is, in characters."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.current = 0
        self.parser.CharacterDataHandler = self._text

    def start(self, name: str, _: Attributes) -> None:
        if name.endswith("si"):
            self.current = 0

    def _text(self, text: str) -> None:
        self.current += len(text)
        self.longest = max(self.longest, self.current)


class _OdsWalk(_Walk):
    """The content part of an ODS file: every table in turn, its rows and cells repeated as they say."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[SheetMarks] = []
        self.longest = self.current = 0
        self.row = self.column = self.row_times = 0
        self.next_row = 0
        self.parser.CharacterDataHandler = self._text

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self.marks = SheetMarks()
            self.tables.append(self.marks)
            self.next_row = 0
        elif name == "table:table-row":
            self.row, self.column = self.next_row, 0
            self.row_times = int(attributes.get("table:number-rows-repeated", 1))
            self.next_row += self.row_times
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: Attributes) -> None:
        times = int(attributes.get("table:number-columns-repeated", 1))
        self.current = 0
        if "office:value-type" in attributes or "calcext:value-type" in attributes:
            self.marks.note(self.row + self.row_times - 1, self.column + times - 1, times * self.row_times)
            if attributes.get("calcext:value-type") == "error":
                self.marks.troubles[self.row, self.column] = "error_in_cell"
        elif "table:formula" in attributes:
            self.marks.troubles[self.row, self.column] = "formula_without_value"
        self.column += times

    def _text(self, text: str) -> None:
        self.current += len(text)
        self.longest = max(self.longest, self.current)


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def xlsx_marks(sheet: bytes, shared_texts: bytes) -> SheetMarks:
    """The marks of one worksheet part. Raises Refused when it is unsound or too large to open."""
    texts = _SharedTexts()
    if shared_texts:
        texts.run(shared_texts)
    walk = _XlsxWalk()
    walk.run(sheet)
    walk.marks.refuse_if_too_large(texts.longest)
    return walk.marks


def ods_marks(content: bytes) -> list[SheetMarks]:
    """The marks of every table in order. Raises Refused when the part is unsound or a table too large to open."""
    walk = _OdsWalk()
    walk.run(content)
    for marks in walk.tables:
        marks.refuse_if_too_large(walk.longest)
    return walk.tables


class _Names(_Walk):
    """The sheets of a workbook in order, by their relation, and the part each relation points to."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name.rpartition(":")[2] == "sheet":
            self.sheets.append(next((value for key, value in attributes.items() if key.endswith(":id")), ""))
        elif name.rpartition(":")[2] == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"].removeprefix("/").removeprefix("xl/")


def sheet_parts(workbook: bytes, relations: bytes) -> list[str]:
    """The parts of an XLSX file's sheets, in the workbook's order; empty text where a relation is missing."""
    names, targets = _Names(), _Names()
    names.run(workbook)
    targets.run(relations)
    return ["xl/" + targets.targets.get(relation, "") for relation in names.sheets]
