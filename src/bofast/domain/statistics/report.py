"""The whole report as one document: the shape is `report` in the command contract. Pure: facts in, values out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bofast.domain.costs import Reading
from bofast.domain.statistics import agencies, cases, definitions, fees, halves, masking
from bofast.domain.statistics.agencies import CASES, Counts
from bofast.domain.statistics.facts import CaseFact, Period, Profile
from bofast.domain.statistics.masking import Hidden

Document = dict[str, Any]
WHOLE_CITY = "whole_city"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for. `district` and `agency` (who handles them) narrow the cases, never the agencies' numbers.

    `as_of`: said of the document; the facts given are those of that day. `asked_on`: the day it is asked, which decides
    what is told of a year that runs. `aid`: whether those facts may tell what the social services know of our own
    cases. `language`: of titles, notes and definitions.
    `remarks` and `notes`: words on the very files the facts came from.
    """

    period: Period
    compare: Period | None = None
    district: str | None = None
    agency: str | None = None
    as_of: date | None = None
    asked_on: date | None = None
    readings: tuple[Reading, ...] = fees.READINGS
    masked: bool = True
    aid: bool = True
    language: str = "en"
    remarks: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """What the report is counted from: every case there is, the agencies' counts in force, whose they are.

    `compared`: the cases as the comparison year is told by, where that is otherwise.
    """

    facts: Sequence[CaseFact]
    counts: Counts
    profile: Profile
    compared: Sequence[CaseFact] | None = None


class NotMaskable(ValueError):  # noqa: N818 (it reads as what it says)
    """Masked numbers that could be subtracted from others: of other periods, of an earlier day, of some cases only."""


def report(material: Material, question: Question) -> Document:
    """Every table and figure of the period. Raises NotMaskable when masked and not to be masked."""
    if question.masked and not is_maskable(question):
        raise NotMaskable("masked numbers are told for years, and for half-years of the whole city")
    return _Report(material, question).document()


def is_maskable(question: Question) -> bool:
    """Whether small numbers can be hidden so that they stay hidden (`masking`, `halves`)."""
    if question.agency or question.as_of:
        return False
    period = question.period
    return period.year is not None or (period.half is not None and question.district is None)


class _Report:
    """The report while it is put together."""

    def __init__(self, material: Material, question: Question) -> None:
        self.material, self.question = material, question
        self.opened = [fact for fact in material.facts if fact.opened_on in question.period]
        self.mine = [fact for fact in self.opened if self._asked_for(fact)]
        self.fees = fees.fees_of(question.period, question.readings)
        self.hidden = self._hidden()

    def _asked_for(self, fact: CaseFact) -> bool:
        district, agency = self.question.district, self.question.agency
        return district in (None, fact.district) and (agency is None or agency in fact.handled_by)

    def document(self) -> Document:
        q, missing = self.question, self._not_recorded()
        return {
            "period": _days(q.period),
            "compare": _days(q.compare) if q.compare else None,
            "district": q.district,
            **({"agency": q.agency} if q.agency else {}),
            **({"as_of": q.as_of.isoformat()} if q.as_of else {}),
            "masked": q.masked,
            "readings": [reading.value for reading in q.readings],
            "tables": {key: self._titled("table", key, block) for key, block in self._tables().items()},
            "figures": {key: self._titled("figure", key, block) for key, block in self._figures().items()},
            "resolutions": masking.masked_resolutions(cases.resolutions(self.mine), self.hidden),
            "gender_by_outcome": masking.masked_gender_by_outcome(cases.gender_by_outcome(self.mine), self.hidden),
            "costs": self._costs(),
            "goals": self._city_rows(self._goals()),
            "disagreements": self._city_rows(self._disagreements()),
            "notes": [*q.notes, *(self._words(key) for key in self._said_of_all()), *self._said_of(missing)],
            "caveats": self._caveats(),
            "definitions": definitions.all_definitions(q.language),
            **({"not_recorded": missing} if missing else {}),
        }

    def _not_recorded(self) -> list[str]:
        """What no case tells of; masked, what none of the whole year and city does, for a part's nought is a number."""
        if not self.question.masked:
            return cases.not_recorded(self.mine)
        return cases.not_recorded([fact for fact in self.material.facts if fact.opened_on in self._whole_year])

    def _said_of(self, missing: Sequence[str]) -> Iterator[str]:
        """What is not recorded, in words."""
        named = ", ".join(definitions.title(f"recorded.{name}", self.question.language) for name in missing)
        if named:
            yield self._words("not_recorded").format(what=named)

    def _said_of_all(self) -> list[str]:
        q = self.question
        return [key for key, yes in ((f"only_{q.agency}", q.agency), ("hidden", q.masked)) if yes]

    def _hidden(self) -> Hidden:
        if not self.question.masked:
            return Hidden()
        if self.question.period.half is not None:
            return halves.hidden_in_half([fact for fact in self.material.facts if fact.opened_on in self._whole_year])
        if self.question.district is None:
            return masking.hidden_in_city(self.opened)
        return masking.hidden_in_district(self.opened, self.question.district)

    @property
    def _whole_year(self) -> Period:
        return Period.of_year(self.question.period.first.year)

    def _titled(self, kind: str, key: str, block: Document) -> Document:
        """The block with its title, and with all that is to be said beside it."""
        name = f"{kind}.{key}"
        notes = [words for words in (self._note(name, block), *block.pop("notes", ())) if words]
        if name in OF_THE_CITY:
            notes += [self._words(key) for key in self._wider()]
        return (
            {"title": definitions.title(name, self.question.language)}
            | block
            | ({"note": "; ".join(notes)} if notes else {})
        )

    def _wider(self) -> list[str]:
        """What is to be said of numbers that are of more than was asked for, or are not told of this period."""
        q = self.question
        said = {WHOLE_CITY: q.district, "all_agencies": q.agency, "whole_years": q.period.year is None}
        return [key for key, yes in said.items() if yes]

    def _words(self, key: str) -> str:
        return definitions.note(key, self.question.language)

    def _note(self, name: str, block: Document) -> str:
        """The note of a table or figure, with its own numbers where none is hidden, then the remark on the files."""
        words = self._words(name)
        if "{" in words:
            numbers = {row["key"]: row["count"] for row in block["rows"]}
            known = None not in numbers.values()
            words = words.format(cases=sum(numbers.values()), **numbers) if known else words.split(",")[0]
        return (words + self.question.remarks.get(name, "")).lstrip(",; ")

    def _tables(self) -> dict[str, Document]:
        counts, profile = self.material.counts, self.material.profile
        return {
            "2": {"rows": masking.masked_table_2(cases.table_2(self.mine), self.hidden)},
            "3": agencies.own_and_city(counts, "petitions", self._years, profile),
            "4": agencies.own_and_city(counts, "evictions", self._years, profile),
            "5": agencies.table_5(counts, self._years, profile),
            "6": self._table_6(),
        }

    @property
    def _years(self) -> list[int]:
        """The comparison year and the year: agencies count by whole years. None for another period."""
        if self.question.period.year is None:
            return []
        periods = (self.question.compare, self.question.period)
        return [period.year for period in periods if period and period.year is not None]

    def _table_6(self) -> Document:
        facts, period = self.material.facts, self.question.period
        table = fees.table_6(self.material.counts, facts, period, self.material.profile, self.fees)
        if self.question.masked:
            table = masking.masked_table_6(table, self._hidden_events())
        from_cases = [self._words("from_cases")] if CASES in table["sources"].values() else []
        hypothetical = {"hypothetical_keys": list(fees.HYPOTHETICAL)} if table["readings"] else {}
        return table | hypothetical | {"notes": from_cases + self._words_on_fees()}

    def _hidden_events(self) -> frozenset[str]:
        facts, year, counts = self.material.facts, self._whole_year, self.material.counts
        beside = masking.hidden_beside_agencies(fees.table_6(counts, facts, year, self.material.profile, None))
        if self.question.period.half is not None:
            return beside | halves.hidden_events_of_half(facts, year.first.year, self.hidden)
        return beside | masking.hidden_events(facts, year)

    def _words_on_fees(self) -> list[str]:
        return [self._words(mark) for mark in (self.fees.marks if self.fees else ("no_fees",))]

    def _figures(self) -> dict[str, Document]:
        facts, hidden = self.mine, self.hidden
        rows = {
            "1": masking.masked_rows(cases.figure_1(facts), hidden, "gender"),
            "2": masking.masked_cross(cases.figure_2(facts), hidden, hidden.income_by_outcome),
            "4": masking.masked_rows(cases.figure_4(facts), hidden, "members"),
            "5": masking.masked_cross(cases.figure_5(facts), hidden, hidden.income_by_gender),
            "6": masking.masked_rows(cases.figure_6(facts), hidden, "contact"),
            "7": masking.masked_rows(cases.figure_7(facts), hidden, "arrears"),
            "8": masking.masked_rows(cases.figure_8(facts), hidden),
            "9": masking.masked_rows(cases.figure_9(facts), hidden),
        }
        figures = {key: {"rows": found} for key, found in rows.items()}
        figures["3"] = fees.figure_3(self.question.period.first, self.question.readings)
        return dict(sorted(figures.items()))

    def _costs(self) -> Document:
        by_reading = self.fees.by_reading if self.fees else {}
        costs = masking.masked_costs(cases.hypothetical_costs(self.mine, by_reading), self.hidden)
        words = "; ".join([self._words("hypothetical"), *self._words_on_fees()])
        return {key: amounts | {"hypothetical": True, "note": words} for key, amounts in costs.items()}

    def _goals(self) -> list[Document]:
        period, compare = self.question.period, self.question.compare
        if period.year is None:
            return []
        return agencies.goals(
            self.material.counts, period.year, compare.year if compare else None, self.material.profile
        )

    def _disagreements(self) -> list[Document]:
        """Of the whole city: the agencies know no districts."""
        by_year = {year: self._facts_of(year) for year in self._years}
        numbers = {year: agencies.own_numbers(facts, Period.of_year(year)) for year, facts in by_year.items()}
        if not self.question.masked:
            return agencies.disagreements(self.material.counts, numbers, self.material.profile)
        hidden = masking.hidden_disagreements(by_year)
        rows = agencies.disagreements(self.material.counts, numbers, self.material.profile, always=hidden)
        return masking.masked_disagreements(rows, hidden)

    def _facts_of(self, year: int) -> Sequence[CaseFact]:
        """The cases that a year is told by: the comparison year may have been told before."""
        compared = self.material.compared
        return self.material.facts if compared is None or year == self.question.period.year else compared

    def _city_rows(self, rows: list[Document]) -> list[Document]:
        """Rows of the whole city, saying so where less was asked for."""
        said = "; ".join(self._words(key) for key in self._wider())
        return [row | {"note": said} for row in rows] if said else rows

    def _caveats(self) -> list[Document]:
        """What the agencies say of their own numbers, for the years told."""
        return [
            {
                "year": count.year,
                "source": count.source,
                "indicator": count.indicator,
                "as_of": count.as_of.isoformat(),
                "note": count.note,
            }
            for count in self.material.counts.all
            if count.note and self._told(count.year)
        ]

    def _told(self, year: int) -> bool:
        """Whether a number of that year is in the report: the goals tell every earlier one."""
        return bool(self._years) and year <= self._years[-1]


OF_THE_CITY = frozenset({"table.3", "table.4", "table.5", "table.6"})
"""What no district can be told of."""


def _days(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}
