"""What stands beneath a table of agencies' numbers: who gave them, of which day they are, what they cannot bear."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.domain.calendar import format_day
from bofast.domain.statistics import Count, Counts, Profile
from bofast.domain.statistics.agencies import CASES, GOALS, INDICATORS
from bofast.domain.statistics.definitions import title

Document = Mapping[str, Any]
Row = Mapping[str, Any]

COUNTED: Mapping[str, Iterable[str]] = {
    "table.3": ("petitions",),
    "table.4": ("evictions",),
    "table.5": ("evictions", "reinstated"),
    "table.6": ("petitions", "withdrawn", "evictions"),
    "goals": GOALS,
}
"""Which indicators of the agencies stand in a table, so that what they say of them is told beside it."""

PLAYED = {
    "table.3": ("own", "city"),
    "table.4": ("own", "city"),
    "table.5": ("books",),
}
"""Whose numbers stand in a table, by the part they play (`sources.yaml`)."""


def caveats_of(name: str, document: Document, profile: Profile, years: Collection[int]) -> list[Row]:
    """What is said of the numbers of a table that tells of those years; of a goal whatever its year."""
    words = {"", *(word for key in _counted(name, document) for word in INDICATORS[key])}
    sources = _sources(name, document, profile, years)
    return [
        row
        for row in document["caveats"]
        if row["indicator"] in words and row["source"] in sources and (name == "goals" or row["year"] in years)
    ]


def _counted(name: str, document: Document) -> Iterable[str]:
    """The indicators that stand in a table; of disagreements those there are."""
    if name == "disagreements":
        return {row["key"].partition(".")[0] for row in document["disagreements"]}
    return COUNTED.get(name, ())


def _sources(name: str, document: Document, profile: Profile, years: Collection[int]) -> set[str]:
    """Whose numbers stand in a table."""
    match name:
        case "table.2":
            return {CASES}
        case "table.6":
            return set(_of_table_6(document))
        case "goals":
            return {row["source"] for row in document["goals"]}
        case "disagreements":
            return {source for row in document["disagreements"] for source in row["values"]}
        case _:
            return {getattr(profile.of(year), part) for part in PLAYED.get(name, ()) for year in years}


def _of_table_6(document: Document) -> list[str]:
    sources = document["tables"]["6"]["sources"].values()
    return list(dict.fromkeys(str(source).partition(":")[0] for source in sources))


def sources_of(name: str, document: Document, profile: Profile, counts: Counts, language: str) -> Iterator[str]:
    """Who gave the numbers of a table of the agencies, and of which days they are; nothing where nobody has."""
    words = {word for key in COUNTED.get(name, ()) for word in INDICATORS[key]}
    given = {(count.year, count.source): count.as_of for count in counts.all if count.indicator in words}
    whose = [each for each in _whose(name, document, profile) if each in given or each[1] == CASES]
    if not whose:
        return
    with override(language):
        names = ", ".join(dict.fromkeys(called(source, language) for _year, source in whose))
        told = _("Source: %(names)s") % {"names": names}
        days = sorted({given[each] for each in whose if each in given})
        shown = ", ".join(format_day(day, language) for day in days)
        dated = [_("counted as of %(days)s") % {"days": shown}] if days else []
    yield ", ".join([told, *dated]) + "."


def _whose(name: str, document: Document, profile: Profile) -> Iterator[tuple[int, str]]:
    """The year and the source of every column of a table, the year told first."""
    if name == "table.6":
        year = date.fromisoformat(document["period"]["from"]).year
        yield from ((year, source) for source in _of_table_6(document))
    elif name in PLAYED:
        years = [row["year"] for row in document["tables"][name.removeprefix("table.")]["rows"]]
        yield from ((year, getattr(profile.of(year), part)) for part in PLAYED[name] for year in reversed(years))


def days_of(document: Document, counts: Iterable[Count], today: date, language: str) -> list[str]:
    """As of which day each source of a disagreement counted, our own cases today where no other day is told."""
    with override(language):
        return [_days(row, document, counts, today, language) for row in document["disagreements"]]


def _days(row: Row, document: Document, counts: Iterable[Count], today: date, language: str) -> str:
    indicator, _dot, year = row["key"].partition(".")
    words, own = INDICATORS[indicator], document["counted_on"].get(year)
    found = {c.source: c.as_of for c in counts if str(c.year) == year and c.indicator in words}
    found[CASES] = date.fromisoformat(own) if own else today
    told = (f"{called(name, language)} {format_day(found[name], language)}" for name in row["values"] if name in found)
    said = {"what": title(indicator, language), "year": year, "days": ", ".join(told)}
    return _("%(what)s %(year)s, as counted on: %(days)s.") % said


def called(source: str, language: str) -> str:
    """What a reader knows a source by."""
    return title("own_cases", language) if source == CASES else source
