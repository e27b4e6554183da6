"""What the sources say of their own numbers, put beside the very numbers as small marks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bofast.domain.statistics.agencies import CASES, INDICATORS
from bofast.domain.statistics.facts import Profile
from bofast.reports.annual.blocks import Block

Document = Mapping[str, Any]
COLUMNS: Mapping[str, tuple[tuple[str, str] | None, ...]] = {
    "table.3": (None, ("own", "petitions"), ("city", "petitions")),
    "table.4": (None, ("own", "evictions"), ("city", "evictions")),
    "table.5": (None, ("books", "evictions"), ("books", "reinstated")),
}
"""By table and column: whose number it is in the profile, and what it counts."""

TABLE_6 = {"petitions": "petitions", "withdrawn": "withdrawn", "executed": "evictions"}


@dataclass(frozen=True)
class Warned:
    """One caveat: of a source's numbers of a year, or of one of them (`word`, as the agency's file has it)."""

    year: int
    source: str
    text: str
    word: str = ""

    def is_of(self, year: int, source: str, indicator: str) -> bool:
        """Whether it speaks of that number."""
        return (self.year, self.source) == (year, source) and (not self.word or self.word in INDICATORS[indicator])


@dataclass(frozen=True)
class Place:
    """A number in a table, and whose it is."""

    row: int
    column: int
    year: int
    source: str
    indicator: str


def placed(found: Block, document: Document, profile: Profile, caveats: Sequence[Warned]) -> Block:
    """The block with a mark at every number that has a caveat, and the caveats beneath it."""
    marks: dict[str, str] = {}
    rows = [[dict(cell) for cell in row] for row in found["rows"]]
    for place in _places(found, document, profile):
        texts = [each.text for each in caveats if each.is_of(place.year, place.source, place.indicator)]
        said = [f"{place.source} {place.year}: {text}" for text in texts]
        for text in said:
            marks.setdefault(text, str(len(marks) + 1))
        rows[place.row][place.column]["mark"] = ", ".join(marks[text] for text in said)
    return found | {"rows": rows, "caveats": [[mark, text] for text, mark in marks.items()]}


def _places(found: Block, document: Document, profile: Profile) -> Iterator[Place]:
    match found["key"]:
        case "table.2":
            yield from (Place(0, column, year, CASES, "petitions") for column, year in enumerate(found["years"], 1))
        case "table.6":
            yield from _in_table_6(document)
        case "disagreements":
            yield from _in_disagreements(found, document)
        case key if key in COLUMNS:
            yield from _by_year(document["tables"][key.removeprefix("table.")]["rows"], COLUMNS[key], profile)


def _by_year(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[tuple[str, str] | None], profile: Profile
) -> Iterator[Place]:
    for line, row in enumerate(rows):
        for column, whose in enumerate(columns):
            if whose:
                yield Place(line, column, row["year"], getattr(profile.of(row["year"]), whose[0]), whose[1])


def _in_table_6(document: Document) -> Iterator[Place]:
    sources = document["tables"]["6"]["sources"]
    for line, (key, indicator) in enumerate(TABLE_6.items()):
        if key in sources:
            yield Place(line, 1, _year(document), sources[key], indicator)


def _in_disagreements(found: Block, document: Document) -> Iterator[Place]:
    """The columns are in the order in which the sources are first met (`reports.sheets`)."""
    rows = document["disagreements"]
    sources = list(dict.fromkeys(each for row in rows for each in row["values"] if each != "hidden_keys"))
    for line, row in enumerate(rows):
        indicator, _, year = row["key"].rpartition(".")
        for column, source in enumerate(sources[: len(found["header"]) - 1], 1):
            if source in row["values"]:
                yield Place(line, column, int(year), source.partition(":")[0], indicator)


def _year(document: Document) -> int:
    return int(document["period"]["from"][:4])
