"""The report's document laid out as plain tables: the same for a spreadsheet, for CSV and for the terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bofast.domain.statistics.agencies import CASES
from bofast.domain.statistics.definitions import title
from bofast.reports import explained

Cell = str | int | Decimal | None
Row = Mapping[str, Any]
BESIDE = frozenset({"key", "hidden", "hidden_keys", "note", "hypothetical"})
PREFIX = {"1": "gender", "2": "income", "6": "contact"}
"""Figures whose keys are short: what stands before the dot in the catalogue."""


NEEDS: Mapping[str, tuple[str, ...]] = {
    "figure.1": ("gender",),
    "figure.2": ("income",),
    "figure.4": ("members",),
    "figure.5": ("gender", "monthly_income"),
    "figure.6": ("contact",),
    "figure.7": ("arrears",),
    "figure.8": ("income",),
    "gender_by_outcome": ("gender",),
    "petition_fees_of_zero_share": ("income",),
}
"""What must be recorded of some case for a figure or a sum to tell anything."""

ROWS: Mapping[str, str] = {
    "men": "gender",
    "women": "gender",
    "mean_age": "age",
    "single": "single",
    "with_children": "children",
    "mean_arrears": "arrears",
    "total_arrears": "arrears",
    "active_social_contact": "contact",
}
"""The same for the rows of table 2 that have no row for the unknown beside them."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table: a short name, a title, a header, rows as long as the header, and what is said beneath.

    `note`: what the numbers bear; `said`: what else is to be said of them, a sentence or more each.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    said: Sequence[str] = ()

    @property
    def beneath(self) -> list[str]:
        """All that is said beneath, in its order."""
        return [each for each in (self.note, *self.said) if each]


def sheets(document: Mapping[str, Any], language: str) -> list[Sheet]:
    """Every table and figure of the report, in its order; last what the numbers mean."""
    return list(_Layout(readable(document), language).sheets())


def by_name(document: Mapping[str, Any], language: str) -> dict[str, Sheet]:
    """The same by what they are of: `table.2`, `figure.1`, `goals`."""
    names = (
        *(f"table.{key}" for key in document["tables"]),
        *(f"figure.{key}" for key in document["figures"]),
        "resolutions", "gender_by_outcome", "costs", "goals", "disagreements", "caveats", "definitions",
    )  # fmt: skip
    return dict(zip(names, sheets(document, language), strict=True))


def any_cases(document: Mapping[str, Any]) -> bool:
    """Whether the period has cases of our own; a hidden number of them is some."""
    count: int | None = document["tables"]["2"]["rows"][0]["count"]
    return count != 0


def anything(document: Mapping[str, Any]) -> bool:
    """Whether there is anything to tell of the year at all."""
    told = [row["own"] for key in ("3", "4") for row in document["tables"][key]["rows"][-1:]]
    told += [row["city"] for key in ("3", "4") for row in document["tables"][key]["rows"][-1:]]
    told += [row["executed"] for row in document["tables"]["5"]["rows"][-1:]]
    told.append(document["tables"]["6"]["petitions"])
    sources = document["tables"]["6"]["sources"]
    return any_cases(document) or bool(sources) or any(number is not None for number in told)


def readable(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document for people: where something is not recorded of any case, no nought stands for it."""
    missing = frozenset(document.get("not_recorded", ()))
    if not missing:
        return document
    figures = {key: _or_empty(f"figure.{key}", block, missing) for key, block in document["figures"].items()}
    told = [row for row in document["tables"]["2"]["rows"] if not _says_nothing(row["key"], missing)]
    tables = document["tables"] | {"2": document["tables"]["2"] | {"rows": told}}
    silent: dict[str, Any] = {"gender_by_outcome": {}} if missing.intersection(NEEDS["gender_by_outcome"]) else {}
    costs = {key: sums for key, sums in document["costs"].items() if not missing.intersection(NEEDS.get(key, ()))}
    return {**document, "tables": tables, "figures": figures, "costs": costs, **silent}


def _or_empty(name: str, block: Row, missing: frozenset[str]) -> Row:
    return {**block, "rows": [], "note": ""} if missing.intersection(NEEDS.get(name, ())) else block


def _says_nothing(key: str, missing: frozenset[str]) -> bool:
    """Of the income types the unknown is told still."""
    head, _dot, value = key.partition(".")
    return ROWS.get(key) in missing or (head == "income" and head in missing and value != "unknown")


class _Layout:
    """A document on its way to sheets."""

    def __init__(self, document: Mapping[str, Any], language: str) -> None:
        self.document, self.language = document, language

    def sheets(self) -> Iterator[Sheet]:
        tables, figures = self.document["tables"], self.document["figures"]
        yield self._listed("table.2", tables["2"])
        yield from (self._by_year(f"table.{key}", tables[key]) for key in ("3", "4", "5"))
        readings = self.document["readings"]
        yield self._sheet("table.6", tables["6"], ["row", "count", *readings], self._table_6_rows(tables["6"]))
        for key, figure in figures.items():
            name = f"figure.{key}"
            if key == "3":
                yield self._sheet(name, figure, ["row", *readings], self._figure_3_rows(figure))
            else:
                yield self._listed(name, figure, PREFIX.get(key, ""))
        yield self._listed("resolutions", {"rows": self.document["resolutions"]}, "resolution")
        yield self._listed("gender_by_outcome", {"rows": _keyed(self.document["gender_by_outcome"])}, "outcome")
        yield self._listed("costs", {"rows": _keyed(self.document["costs"])})
        yield self._listed("goals", {"rows": self.document["goals"]})
        yield self._sources("disagreements", self.document["disagreements"])
        yield self._caveats()
        yield self._definitions()

    def _word(self, key: str) -> str:
        return title(key, self.language)

    def _label(self, key: str, prefix: str) -> str:
        """What a row is called; a year behind the dot stays."""
        full = f"{prefix}.{key}" if prefix else key
        word = self._word(full)
        if word != full:
            return word
        head, dot, year = key.rpartition(".")
        return f"{self._word(head)} {year}" if dot and year.isdigit() else self._word(key)

    def _sheet(self, name: str, block: Row, header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
        titles = [self._word(key) for key in header]
        return Sheet(
            name=_name(name, self.language),
            title=self._word(name),
            header=titles,
            rows=[[*row] for row in rows],
            note=block.get("note", ""),
            said=explained.sentences(name, self.document, self.language),
        )

    def _listed(self, name: str, block: Row, prefix: str = "") -> Sheet:
        """Rows by key, a column for each number any of them has."""
        rows = block["rows"]
        columns = list(dict.fromkeys(key for row in rows for key in row if key not in BESIDE))
        cells = ([self._label(row["key"], prefix), *(self._cell(row, column) for column in columns)] for row in rows)
        notes = dict.fromkeys(row["note"] for row in rows if row.get("note"))
        return self._sheet(name, {"note": "; ".join(notes), **block}, ["key", *columns], cells)

    def _cell(self, row: Row, column: str) -> Cell:
        """The number as a number; a hidden one in words; nothing where there is none."""
        value = row.get(column)
        if value is None:
            is_hidden = column in row and (row.get("hidden") or column in row.get("hidden_keys", ()))
            return self._word("hidden") if is_hidden else None
        return _number(value)

    def _by_year(self, name: str, block: Row) -> Sheet:
        """Agencies' counts: a row a year, then the change."""
        columns = [key for key in dict.fromkeys(key for row in block["rows"] for key in row) if key != "year"]
        nets = {row["year"]: row["count"] for row in block.get("net", ())}
        rows = [[row["year"], *(row[key] for key in columns), *_one(nets, row["year"])] for row in block["rows"]]
        change = block.get("change", {})
        for label, suffix in (("change", ""), ("reached_percent", "_percent")):
            found = [change.get(f"{key}{suffix}") if key != "own_share_percent" else None for key in columns]
            if any(value is not None for value in found):
                rows.append([self._word(label), *found, *([None] if nets else [])])
        return self._sheet(name, block, ["year", *columns, *(["net"] if nets else [])], rows)

    def _table_6_rows(self, table: Row) -> Iterator[list[Cell]]:
        readings = [(table["readings"] or {}).get(name, {}) for name in self.document["readings"]]
        for key in ("petitions", "withdrawn", "executed", "without_status"):
            yield [self._word(key), self._cell(table, key), *(None for _ in readings)]
        for key in dict.fromkeys(key for amounts in readings for key in amounts if key not in BESIDE):
            yield [self._word(key), None, *(self._cell(amounts, key) for amounts in readings)]

    def _figure_3_rows(self, figure: Row) -> Iterator[list[Cell]]:
        readings = [(figure["readings"] or {}).get(name) for name in self.document["readings"]]
        for place, stage in enumerate(figure["stages"]):
            yield [self._word(stage), *(_number(amounts[place]) if amounts else None for amounts in readings)]

    def _sources(self, name: str, rows: Sequence[Row]) -> Sheet:
        """Who says what: a column for each source."""
        sources = list(dict.fromkeys(source for row in rows for source in row["values"] if source not in BESIDE))
        cells = ([self._label(row["key"], ""), *(self._cell(row["values"], each) for each in sources)] for row in rows)
        note = next((row["note"] for row in rows if row.get("note")), "")
        header = ["own_cases" if source == CASES else source for source in sources]
        return self._sheet(name, {"note": note}, ["key", *header], cells)

    def _caveats(self) -> Sheet:
        """What the agencies say of their own numbers, as they say it."""
        columns = ("source", "year", "indicator", "as_of", "note")
        rows = ([row[column] for column in columns] for row in self.document["caveats"])
        return self._sheet("caveats", {}, columns, rows)

    def _definitions(self) -> Sheet:
        period, document = self.document["period"], self.document
        about: list[list[Cell]] = [[self._word("period"), f"{period['from']} – {period['to']}", document["district"]]]
        about += [[self._word("note"), note, None] for note in document["notes"]]
        meant = [[said["title"], said["means"], said["source"]] for said in document["definitions"].values()]
        return self._sheet("definitions", {}, ["key", "definition", "source"], [*about, *meant])


def _name(name: str, language: str) -> str:
    """The number of a table or figure; of others what it is of."""
    head, dot, number = name.partition(".")
    return f"{title(head, language)} {number}" if dot else title(name, language)


def _keyed(found: Mapping[str, Row]) -> list[Row]:
    return [{"key": key} | dict(row) for key, row in found.items()]


def _one(found: Mapping[int, Any], key: int) -> list[Any]:
    return [found[key]] if key in found else []


def _number(value: Any) -> Cell:
    """Decimal strings of the document as numbers; other words as they stand."""
    if isinstance(value, str) and value.replace(".", "", 1).lstrip("-").isdigit() and "." in value:
        return Decimal(value)
    return value if isinstance(value, int) else str(value)
