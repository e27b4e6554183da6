"""The report's document as a page: every table and figure with its definition, its caveats and the cases behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bofast.access.need_to_know import Viewer
from bofast.domain.money import format_kr, half_up
from bofast.domain.statistics import Count, Profile
from bofast.domain.statistics.definitions import note, title
from bofast.domain.statistics.periods import written as period_called
from bofast.reports import figures, linked
from bofast.reports.beneath import PLAYED, called, caveats_of, days_of
from bofast.reports.compared import BESIDE_EACH_OTHER, ONE_AFTER_THE_OTHER, both, no_cases_in
from bofast.reports.exports import LONG
from bofast.reports.sheets import NEEDS, Sheet, any_cases, by_name
from bofast.reports.shown import Block, Section, Shown, Table
from bofast.reports.sources import profile_in_force

Document = Mapping[str, Any]

SECTIONS = (
    (gettext_lazy("Who falls behind"), ("table.2", "figure.1", "figure.4", "figure.5", "figure.6", "figure.7")),
    (gettext_lazy("Petitions and evictions"), ("goals", "table.3", "table.4", "table.5", "disagreements")),
    (
        gettext_lazy("How it went"),
        ("figure.9", "figure.2", "gender_by_outcome", "resolutions", "figure.8"),
    ),
    (gettext_lazy("What it costs"), ("table.6", "figure.3", "costs")),
)
"""The order of the report of 2006."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page is made of: the year's document and its comparison's, counts with their days, and who looks."""

    document: Document
    other: Document | None
    counts: Sequence[Count]
    viewer: Viewer
    language: str
    today: date

    @property
    def year(self) -> str:
        """The year told."""
        return str(self.document["period"]["from"])[:4]

    @property
    def other_year(self) -> str:
        """The year beside it."""
        return str(self.other["period"]["from"])[:4] if self.other else ""

    @property
    def name(self) -> str:
        """What the period told is called."""
        return period_called(linked.period_of(self.document), self.language)

    @property
    def other_name(self) -> str:
        """What the period beside it is called."""
        return period_called(linked.period_of(self.other), self.language) if self.other else ""

    def notes(self) -> list[str]:
        """What is to be said of everything on the page."""
        said = [sentence(words) for words in self.document["notes"]]
        if "as_of" in self.document or "agency" in self.document:
            said.append(_("The work in the period is left out: it is told of today and of all who handle cases only."))
        if self.other is not None and not any_cases(self.other):
            said.append(no_cases_in(self.other_name, self.language))
        return said

    def sections(self) -> list[Section]:
        """The page's parts with their tables and figures."""
        return [
            Section(title=str(heading), blocks=[self._block(name) for name in names]) for heading, names in SECTIONS
        ]

    def _block(self, name: str) -> Block:
        meant = self.document["definitions"][name]
        block = Block(
            name=name, title=self._title(name), means=meant["means"], source=meant["source"], tables=[],
            empty=self._empty(name),
        )  # fmt: skip
        block.tables = list(self._tables(name))
        block.notes = [*self._notes(name), *self._sheets[name].said]
        block.caveats = self._caveats(name)
        if drawn := self._drawn.get(name):
            block.figure = mark_safe(drawn)  # noqa: S308 (made by `figures`, which escapes every text)
        return block

    def _empty(self, name: str) -> str:
        """What is said instead of a table without numbers."""
        if set(NEEDS.get(name, ())).intersection(self.document.get("not_recorded", ())):
            return _("Not recorded in any of the cases of the period.")
        if name in PLAYED:
            return _("No agency has given its numbers for this period. They are sent in under Lists.")
        return _("Nothing to tell for this period.")

    def _title(self, name: str) -> str:
        kind, dot, number = name.partition(".")
        return (
            f"{title(kind, self.language)} {number}. {title(name, self.language)}"
            if dot
            else title(name, self.language)
        )

    @cached_property
    def _sheets(self) -> dict[str, Sheet]:
        return by_name(self.document, self.language)

    @cached_property
    def _other_sheets(self) -> dict[str, Sheet]:
        return by_name(self.other, self.language) if self.other else {}

    @cached_property
    def _drawn(self) -> dict[str, str]:
        return {f"figure.{key}": drawn for key, drawn in figures.figures(self.document, self.language).items()}

    def _tables(self, name: str) -> Iterator[Table]:
        """The year's table; the comparison's columns in it where they are few, else its table beneath."""
        mine = self._table(name, self.document, self.name)
        if self.other is None or not any_cases(self.other):
            yield mine
        elif name in BESIDE_EACH_OTHER:
            yield self._beside(mine, self._table(name, self.other, self.other_name))
        else:
            yield mine
            if name in ONE_AFTER_THE_OTHER:
                yield self._table(name, self.other, self.other_name)

    def _table(self, name: str, document: Document, period: str) -> Table:
        sheet = (self._sheets if document is self.document else self._other_sheets)[name]
        own = f"{self._title(name)}, {period}" if name in linked.LINKED else self._title(name)
        rows = list(self._rows(name, sheet, document))
        return Table(caption=own, head=sheet.header, rows=rows if any(map(_tells, rows)) else [])

    def _rows(self, name: str, sheet: Sheet, document: Document) -> Iterator[list[Shown]]:
        own = {"table.6": linked.event_keys, "disagreements": linked.disagreement_keys}
        keys_of = own[name](document) if name in own else linked.keys(name, document)
        years = [int(row["key"][-4:]) for row in document[name]] if name == "disagreements" else []
        for place, row in enumerate(sheet.rows):
            keys = keys_of[place] if place < len(keys_of) else []
            year = years[place] if years else None
            yield [
                Shown(text=figures.band(str(row[0]), self.language)),
                *(
                    Shown(
                        text=written(value, self.language),
                        href=linked.href(key, value, self.viewer, document, year=year),
                    )
                    for value, key in zip_longest(row[1:], keys, fillvalue="")
                ),
            ]

    def _beside(self, mine: Table, other: Table) -> Table:
        """Both years in one table, each number next to the other year's."""
        names = (self.name, self.other_name)
        head, rows = both((mine.head, mine.rows), (other.head, other.rows), names, nothing=Shown(text=""))
        caption = _("%(title)s and %(year)s") % {"title": mine.caption, "year": self.other_name}
        return Table(caption=caption, head=head, rows=rows)

    def _notes(self, name: str) -> Iterator[str]:
        said = self._sheets[name].note
        if said:
            yield sentence(said)
        if name in ("goals", "disagreements") and linked.period_of(self.document).year is None:
            yield sentence(note("whole_years", self.language))
        if name == "disagreements":
            yield from days_of(self.document, self.counts, self.today, self.language)

    @cached_property
    def _profile(self) -> Profile:
        return profile_in_force()

    def _caveats(self, name: str) -> list[dict[str, Any]]:
        """What the agencies say of the numbers of a table, each with its day."""
        years = {int(year) for year in (self.year, self.other_year) if year}
        return [
            {**row, "source": called(row["source"], self.language), "as_of": _day(row["as_of"])}
            for row in caveats_of(name, self.document, self._profile, years)
        ]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _tells(row: Sequence[Shown]) -> bool:
    """Whether it has more than its name."""
    return any(cell.text for cell in row[1:])


def sentence(words: str) -> str:
    """A remark of the document, which has neither a capital nor a full stop."""
    return f"{words[0].upper()}{words[1:]}."


def written(value: Any, language: str) -> str:
    """A number as a reader meets it: amounts have two decimals in the document, means one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return _decimal(value, language)
    grouped = f"{value:,}" if abs(value) >= LONG else str(value)
    return grouped.replace("-", "\u2212").replace(",", "," if language == "en" else "\u00a0")


def _decimal(value: Decimal, language: str) -> str:
    if value.as_tuple().exponent == -2:
        return format_kr(half_up(value), language)
    return str(value) if language == "en" else str(value).replace(".", ",")


def described(key: str, language: str) -> str:
    """The conditions of a key in words."""
    return ", ".join(_word(term, language) for term in key.split(","))


def _word(term: str, language: str) -> str:
    """One condition: a catalogued word, or its division's title with the band."""
    found = title(term, language)
    if found != term:
        return found
    group, _dot, value = term.partition(".")
    return (
        f"{title(BANDS[group], language)}: {title(value, language)}"
        if group in BANDS
        else title(value or term, language)
    )


BANDS = {"members": "figure.4", "monthly_income": "figure.5", "arrears": "figure.7"}
"""Divisions whose parts are numbers: which figure says what of."""
