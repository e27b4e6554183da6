"""A report without small numbers: what of it is hidden, and the report with that taken out.

Each division of the cases is masked for the city as a whole, or for one district together with all the others, so that
neither the other numbers of the report nor the other districts' reports give a hidden one back (`domain.suppression`).
Of a district no table of two characteristics is told. Agencies' own numbers are public and stay. Zero-share households
are a part of those on social assistance, and hidden with them; of a district that hides a bound only, not a sum, so no
other district's number is hidden for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bofast.domain.statistics.agencies import CASES, own_events
from bofast.domain.statistics.facts import CaseFact, Gender, Outcome, Period
from bofast.domain.statistics.groups import GROUPS, INCOME_BY_GENDER, RESOLUTIONS, REST, cross
from bofast.domain.suppression import Cell, hidden_cells, hidden_parts, is_small

Row = dict[str, Any]
Facts = Sequence[CaseFact]
NOTHING: frozenset[str] = frozenset()
SHOWN_OUTCOMES = ("evicted", "stopped")

PLACES: Mapping[str, tuple[str, str]] = {
    "men": ("gender", "men"),
    "women": ("gender", "women"),
    "single": ("single", "single"),
    "with_children": ("children", "with_children"),
    "active_social_contact": ("contact", "active"),
    "zero_share_households": ("zero_share", "zero_share"),
    "others": ("zero_share", "zero_share"),
}
"""Where a row of the report belongs whose key does not say it."""


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """What is hidden: `parts` by division, `means` (age, arrears), cells of tables of two, resolutions, or all."""

    everything: bool = False
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    means: frozenset[str] = NOTHING
    income_by_outcome: frozenset[Cell] = frozenset()
    income_by_gender: frozenset[Cell] = frozenset()
    gender_by_outcome: frozenset[Cell] = frozenset()
    resolutions: frozenset[str] = NOTHING

    def part(self, group: str, key: str) -> bool:
        """Whether that part of a division is hidden."""
        return self.everything or key in self.parts.get(group, NOTHING)


def hidden_in_city(facts: Facts) -> Hidden:
    """What is hidden of all the cases opened in a period."""
    parts = _parts(facts)
    return Hidden(
        everything=is_small(len(facts)),
        parts=parts,
        means=frozenset(name for name, known in known_values(facts).items() if is_small(known)),
        income_by_outcome=hidden_cells(
            cross(facts, GROUPS["income"].key_of, GROUPS["outcome"].key_of),
            rows=GROUPS["income"].keys,
            columns=GROUPS["outcome"].keys,
            hidden_rows=parts["income"],
            hidden_columns=parts["outcome"],
        ),
        income_by_gender=frozenset(_income_by_gender(facts, parts["gender"])),
        gender_by_outcome=_gender_by_outcome(facts, parts),
        resolutions=_resolutions(facts, parts["outcome"]),
    )


def _parts(facts: Facts) -> dict[str, frozenset[str]]:
    """The hidden parts of each division. A shown part of a hidden number would bound it, so it is hidden too."""
    parts = {name: hidden_parts(group.tally(facts)) for name, group in GROUPS.items()}
    if "social_assistance" in parts["income"]:
        parts["zero_share"] = frozenset(GROUPS["zero_share"].keys)
    return parts


def known_values(facts: Iterable[CaseFact]) -> dict[str, int]:
    """How many cases each mean is taken of."""
    known = Counter(
        name
        for fact in facts
        for name, value in (("mean_age", fact.age), ("arrears", fact.arrears))
        if value is not None
    )
    return {name: known[name] for name in ("mean_age", "arrears")}


def _income_by_gender(facts: Facts, hidden_genders: frozenset[str]) -> Iterable[Cell]:
    for gender in (Gender.MEN, Gender.WOMEN):
        tally = INCOME_BY_GENDER.tally(fact for fact in facts if fact.gender is gender)
        hidden = tally.keys() if gender.value in hidden_genders else hidden_parts(tally)
        yield from ((band, gender.value) for band in hidden)


def _gender_by_outcome(facts: Facts, parts: Mapping[str, frozenset[str]]) -> frozenset[Cell]:
    """The other outcomes are told nowhere by gender, but follow from these and all men or women."""
    hidden_outcomes = {outcome for outcome in SHOWN_OUTCOMES if outcome in parts["outcome"]}
    cells = cross(
        facts, lambda fact: o if (o := fact.outcome.value) in SHOWN_OUTCOMES else REST, GROUPS["gender"].key_of
    )
    return hidden_cells(
        cells,
        rows=(*SHOWN_OUTCOMES, REST),
        columns=tuple(Gender),
        hidden_rows=hidden_outcomes | {REST} if hidden_outcomes else (),
        hidden_columns=parts["gender"],
    )


def _resolutions(facts: Facts, hidden_outcomes: frozenset[str]) -> frozenset[str]:
    tally = RESOLUTIONS.tally(fact for fact in facts if fact.outcome is Outcome.STOPPED)
    return frozenset(tally) if Outcome.STOPPED in hidden_outcomes else hidden_parts(tally)


def hidden_in_district(facts: Facts, district: str) -> Hidden:
    """What is hidden of one district's cases, out of the cases of the whole city opened in a period."""
    districts = Counter(fact.district for fact in facts)
    hidden_districts = hidden_parts(dict(sorted(districts.items())))
    if district in hidden_districts:
        return Hidden(everything=True)
    city = _parts(facts)
    mine = {name: _of_district(facts, district, name, hidden_districts, city[name]) for name in GROUPS}
    if "social_assistance" in mine["income"]:
        mine["zero_share"] = frozenset(GROUPS["zero_share"].keys)
    return Hidden(
        parts=mine,
        means=frozenset(_means_of_district(facts, district, sorted(districts))),
        income_by_outcome=all_cells(GROUPS["income"].keys, GROUPS["outcome"].keys),
        income_by_gender=all_cells(INCOME_BY_GENDER.keys, ("men", "women")),
        gender_by_outcome=all_cells(SHOWN_OUTCOMES, ("men", "women")),
        resolutions=frozenset((*RESOLUTIONS.keys, "unknown")),
    )


def _of_district(
    facts: Facts, district: str, name: str, hidden_districts: frozenset[str], hidden_in_city: frozenset[str]
) -> frozenset[str]:
    group = GROUPS[name]
    cells = cross(facts, lambda fact: fact.district, group.key_of)
    hidden = hidden_cells(
        cells,
        rows=sorted({row for row, _ in cells}),
        columns=group.tally(facts),
        hidden_rows=hidden_districts,
        hidden_columns=hidden_in_city,
    )
    return frozenset(column for row, column in hidden if row == district)


def _means_of_district(facts: Facts, district: str, districts: Sequence[str]) -> Iterable[str]:
    """A mean of few is hidden, and with it another district's, or the city's mean would give it back."""
    known = {each: known_values(fact for fact in facts if fact.district == each) for each in districts}
    for name in ("mean_age", "arrears"):
        if district in hidden_parts({each: counts[name] for each, counts in known.items()}):
            yield name


def all_cells(rows: Iterable[str], columns: Sequence[str]) -> frozenset[Cell]:
    """Every cell of a table of two characteristics, to hide it whole."""
    return frozenset((row, column) for row in rows for column in columns)


def hidden_outcomes(facts: Facts) -> frozenset[str]:
    """The outcomes that are hidden of the cases opened in a period."""
    return hidden_parts(GROUPS["outcome"].tally(facts))


def hidden_events(facts: Facts, period: Period) -> frozenset[str]:
    """Which of our own petitions, withdrawals and executions of a period are hidden.

    All where one of them or what is left is small. Those carried out are those evicted and those let in again, so they
    are hidden with either.
    """
    events = own_events(facts, period)
    if not events:
        return NOTHING
    petitions, withdrawn, executed = events.values()
    if any(map(is_small, (petitions, withdrawn, executed, petitions - withdrawn - executed))):
        return frozenset(events)
    outcomes = hidden_outcomes([fact for fact in facts if fact.opened_on in period])
    return NOTHING if outcomes.isdisjoint({"evicted", "reinstated"}) else frozenset({"executed"})


def masked_rows(rows: Iterable[Row], hidden: Hidden, group: str = "") -> list[Row]:
    """The rows of a table or figure, each with its one count, percent or value taken out where it is hidden."""
    return [blank(row) if _is_hidden(row["key"], hidden, group) else row for row in rows]


def _is_hidden(key: str, hidden: Hidden, group: str) -> bool:
    if key in ("mean_age", "mean_arrears", "total_arrears"):
        return hidden.everything or ("mean_age" if key == "mean_age" else "arrears") in hidden.means
    if key == "cases":
        return hidden.everything
    if key in PLACES and not group:
        return hidden.part(*PLACES[key])
    return hidden.part(*((group, key) if group else key.split(".", 1)))


def blank(row: Row) -> Row:
    """A row without its numbers, saying that they are hidden."""
    return {name: value if name == "key" else None for name, value in row.items()} | {"hidden": True}


def masked_keys(row: Row, keys: Iterable[str]) -> Row:
    """A row of bare numbers with some taken out and named."""
    wanted = set(keys)
    names = [key for key in row if key in wanted]
    return row | dict.fromkeys(names) | {"hidden_keys": names} if names else row


def masked_cross(rows: Iterable[Row], hidden: Hidden, cells: frozenset[Cell]) -> list[Row]:
    """The rows of a table of two characteristics."""
    return [
        masked_keys(row, (name for name in row if name != "key" and (hidden.everything or (row["key"], name) in cells)))
        for row in rows
    ]


def masked_resolutions(rows: Iterable[Row], hidden: Hidden) -> list[Row]:
    """What stopped the cases."""
    return [blank(row) if hidden.everything or row["key"] in hidden.resolutions else row for row in rows]


def masked_gender_by_outcome(found: Mapping[str, Row], hidden: Hidden) -> dict[str, Row]:
    """Men and women by outcome."""
    return {
        outcome: masked_keys(row, (g for g in row if hidden.everything or (outcome, g) in hidden.gender_by_outcome))
        for outcome, row in found.items()
    }


def masked_costs(costs: Row, hidden: Hidden) -> Row:
    """Sums that are a hidden number times a known fee."""
    behind = {
        "public_fees_of_stopped": hidden.part("outcome", "stopped"),
        "petition_fees_of_zero_share": hidden.part("zero_share", "zero_share"),
    }
    return {
        name: dict.fromkeys(amounts) | {"hidden": True} if behind[name] else amounts for name, amounts in costs.items()
    }


def masked_table_6(table: Row, hidden: Iterable[str]) -> Row:
    """Table 6 without the hidden numbers of our own cases, and without every sum they are in."""
    mine = [name for name in hidden if table["sources"].get(name) == CASES]
    if not mine:
        return table
    readings = {
        name: masked_keys(amounts, (key for key in amounts if not key.startswith("per_")))
        for name, amounts in (table["readings"] or {}).items()
    }
    return masked_keys(table, [*mine, "without_status"]) | {"readings": readings or None}


def hidden_disagreements(facts: Facts, periods: Mapping[int, Period]) -> frozenset[str]:
    """The keys of disagreements whose number from our own cases is hidden, by year."""
    keys = set()
    for year, period in periods.items():
        outcomes = hidden_outcomes([fact for fact in facts if fact.opened_on in period])
        told_as = {"evictions": "evicted" in outcomes, "reinstated": "reinstated" in outcomes}
        hidden = hidden_events(facts, period) | {indicator for indicator, yes in told_as.items() if yes}
        keys |= {f"{indicator}.{year}" for indicator in hidden}
    return frozenset(keys)


def masked_disagreements(rows: Iterable[Row], hidden: Iterable[str]) -> list[Row]:
    """Disagreements without our own cases' hidden numbers."""
    keys = set(hidden)
    return [row | {"values": masked_keys(row["values"], [CASES])} if row["key"] in keys else row for row in rows]
