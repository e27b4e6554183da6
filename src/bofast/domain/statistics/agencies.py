"""Tables 3 to 5, goals and disagreements: the agencies' own counts, each with its source, never merged or averaged."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bofast.domain.money import whole_percent
from bofast.domain.statistics.facts import CaseFact, Count, Outcome, Period, Profile

Row = dict[str, Any]
INDICATORS: Mapping[str, tuple[str, ...]] = {
    "petitions": ("begjæringer",),
    "withdrawn": ("begjæringer trukket",),
    "evictions": ("utkastelser", "utkastet"),
    "reinstated": ("gjeninnsatt",),
}
"""What each indicator is called in the agencies' files: two words mean evictions."""

GOALS: Mapping[str, int] = {"petitions": -50, "evictions": -30}
"""Change in percent that the national strategy «På vei til egen bolig» asks for."""

CASES = "cases"


@dataclass(frozen=True)
class Counts:
    """The counts in force, one a year, source and indicator."""

    all: Sequence[Count]

    def of(self, year: int | None, source: str, indicator: str, *, words: Container[str] | None = None) -> int | None:
        """An agency's number of a year; None when it has given none. `words`: the only ones of its own that count."""
        found = {c.indicator: c.count for c in self.all if (c.year, c.source) == (year, source)}
        meant = [word for word in INDICATORS[indicator] if words is None or word in words]
        return next((found[word] for word in meant if word in found), None)

    def played(self, year: int | None, part: str, indicator: str, profile: Profile) -> int | None:
        """The number of a year by who plays that part then."""
        then = profile.of(year)
        return self.of(year, getattr(then, part), indicator, words=then.words.get(part))

    def by_source(self, year: int, indicator: str, *, without: Iterable[str] = ()) -> dict[str, int]:
        """The sources' numbers of a year, sorted by name; two of one source that differ are told apart by word."""
        told: dict[str, dict[str, int]] = {}
        for count in sorted(self.all, key=lambda c: (c.source, c.indicator)):
            if count.year == year and count.indicator in INDICATORS[indicator] and count.source not in without:
                told.setdefault(count.source, {})[count.indicator] = count.count
        return {name: number for source, words in told.items() for name, number in _named(source, words)}

    def years(self, indicator: str) -> list[int]:
        """The years somebody has counted it for, in order."""
        return sorted({c.year for c in self.all if c.indicator in INDICATORS[indicator]})


def _named(source: str, words: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    if len(set(words.values())) == 1:
        yield source, next(iter(words.values()))
    else:
        yield from ((f"{source}: {word}", number) for word, number in words.items())


def own_and_city(counts: Counts, indicator: str, years: Sequence[int], profile: Profile) -> Row:
    """Tables 3 and 4: our own tenants' number beside the whole city's, and the change from the first year given."""
    rows = [_own_and_city_row(counts, indicator, year, profile) for year in years]
    return {"rows": rows} | ({"change": _changes(rows)} if len(rows) > 1 else {})


def _own_and_city_row(counts: Counts, indicator: str, year: int, profile: Profile) -> Row:
    own, city = (counts.played(year, part, indicator, profile) for part in ("own", "city"))
    return {"year": year, "own": own, "city": city, "own_share_percent": _percent(own, city)}


def _changes(rows: Sequence[Row]) -> Row:
    before, now = rows[0], rows[-1]
    change: Row = {}
    for key in ("own", "city"):
        difference = _difference(now[key], before[key])
        change |= {key: difference, f"{key}_percent": _percent(difference, before[key])}
    return change


def _difference(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def _percent(part: int | None, whole: int | None) -> int | None:
    """Whole percent; None of nothing or of what is unknown."""
    return whole_percent(part, whole) if part is not None and whole else None


def table_5(counts: Counts, years: Sequence[int], profile: Profile) -> Row:
    """Executed and reinstated by the landlord's books, and what is left of them."""
    rows = [
        {
            "year": year,
            "executed": counts.played(year, "books", "evictions", profile),
            "reinstated": counts.played(year, "books", "reinstated", profile),
        }
        for year in years
    ]
    net = [{"year": row["year"], "count": _difference(row["executed"], row["reinstated"])} for row in rows]
    if len(rows) < 2:
        return {"rows": rows, "net": net}
    change = {key: _difference(rows[-1][key], rows[0][key]) for key in ("executed", "reinstated")}
    return {"rows": rows, "change": change, "net": net}


def goals(counts: Counts, year: int, compare: int | None, profile: Profile) -> list[Row]:
    """The change from each earlier year that was counted, beside the target; never a bare "met".

    The comparison year by the own source; every other earlier year by the own source too where there is one.
    """
    own = profile.of(compare).own
    found = [row for key in GOALS if compare and (row := _goal(counts, key, year, compare, own, profile))]
    for key in GOALS:
        for base in counts.years(key):
            if base < year and base != compare:
                sources = _bases(counts, key, base, profile)
                rows = (_goal(counts, key, year, base, source, profile) for source in sources)
                found += [row | {"key": f"{key}.{base}"} for row in rows if row]
    return found


def _bases(counts: Counts, key: str, base: int, profile: Profile) -> list[str]:
    then = profile.of(base)
    if counts.played(base, "own", key, profile) is not None:
        return [then.own]
    return sorted({c.source for c in counts.all if c.year == base and c.source != then.city})


def _goal(counts: Counts, key: str, year: int, base: int, source: str, profile: Profile) -> Row | None:
    own = source == profile.of(base).own
    before = counts.played(base, "own", key, profile) if own else counts.of(base, source, key)
    now = counts.played(year, "own", key, profile)
    if before is None or now is None:
        return None
    return {
        "key": key,
        "base_year": base,
        "source": source,
        "target_percent": GOALS[key],
        "reached_percent": _percent(now - before, before),
    }


def disagreements(
    counts: Counts, cases: Mapping[int, Mapping[str, int]], profile: Profile, *, always: Iterable[str] = ()
) -> list[Row]:
    """Where those who count our own tenants differ. The city's number is of other tenants too, and so left out.

    `cases`: our own cases' number of each indicator by year (`own_numbers`). `always`: keys told whether they differ
    or not, because leaving out an equal number would say that it is equal.
    """
    found = []
    for indicator in INDICATORS:
        for year, numbers in sorted(cases.items()):
            key = f"{indicator}.{year}"
            values = counts.by_source(year, indicator, without=[profile.of(year).city])
            if values and indicator in numbers:
                values[CASES] = numbers[indicator]
            if len(set(values.values())) > 1 or (key in always and CASES in values):
                found.append({"key": key, "values": values})
    return found


def own_numbers(facts: Sequence[CaseFact], period: Period) -> dict[str, int]:
    """Our own cases' number of each indicator: outcomes of the cases opened in the period, events happened in it.

    Empty when no case was opened in the period: nobody counted then.
    """
    opened = [fact for fact in facts if fact.opened_on in period]
    if not opened:
        return {}
    events, outcomes = own_events(facts, period), Counter(fact.outcome for fact in opened)
    return {
        "petitions": events["petitions"],
        "withdrawn": events["withdrawn"],
        "evictions": outcomes[Outcome.EVICTED],
        "reinstated": outcomes[Outcome.REINSTATED],
    }


def own_events(facts: Iterable[CaseFact], period: Period) -> dict[str, int]:
    """Petitions, withdrawals and executions that happened in the period, whenever their cases were opened.

    Empty when our cases know nothing of the period: none was opened in it, nothing happened in it.
    """
    found = dict.fromkeys(EVENTS, 0)
    known = False
    for fact in facts:
        known = known or fact.opened_on in period
        for name, event in EVENTS.items():
            found[name] += sum(day in period for day in getattr(fact, event))
    return found if known or any(found.values()) else {}


EVENTS: Mapping[str, str] = {"petitions": "petitions", "withdrawn": "withdrawals", "executed": "evictions"}
"""Numbers of table 6, and the events of a case they count."""
