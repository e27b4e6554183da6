"""A report without small numbers: what of it is hidden, and the report with that taken out.

Each division of the cases is masked for the city as a whole, or for one district together with all the others, so that
neither the other numbers of the report nor the other districts' reports give a hidden one back (`domain.suppression`).
Of a district no table of two characteristics is told. Agencies' own numbers are public and stay.

Three kinds of number are not parts of all cases, and hidden with what they would give away. Zero-share households and
the others on social assistance alone are what a number of table 2 divides into: hidden together, and with that number.
Arrears in kroner bound how many owe much, so mean and sum are told only where no band of arrears is hidden (those with
unknown arrears are one): whatever households could change places between districts or halves keep what they owe. The
mean age is of the known ages, and hidden where they or the unknown are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bofast.domain.statistics.agencies import CASES, EVENTS, own_events
from bofast.domain.statistics.facts import CaseFact, Gender, Income, Outcome, Period
from bofast.domain.statistics.groups import (
    AGES,
    GROUPS,
    INCOME_BY_GENDER,
    KNOWN,
    RESOLUTIONS,
    REST,
    UNKNOWN,
    ZERO_SHARE,
    Group,
    cross,
)
from bofast.domain.suppression import Cell, hidden_cells, hidden_parts, is_small

Row = dict[str, Any]
Facts = Sequence[CaseFact]
NOTHING: frozenset[str] = frozenset()
SHOWN_OUTCOMES = ("evicted", "stopped")
ASSISTANCE = Income.SOCIAL_ASSISTANCE.value
DIVISIONS: Mapping[str, Group] = {**GROUPS, "ages": AGES}
"""The divisions of all cases."""

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
    """What is hidden: `parts` by division, cells of tables of two characteristics, resolutions, or all."""

    everything: bool = False
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
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
    parts = {name: hidden_parts(group.tally(facts)) for name, group in DIVISIONS.items()}
    hidden = ASSISTANCE in parts["income"]
    zero_share = frozenset(ZERO_SHARE.keys) if hidden else hidden_parts(ZERO_SHARE.tally(assisted(facts)))
    return parts | {"zero_share": zero_share}


def assisted(facts: Facts) -> list[CaseFact]:
    """Those on social assistance alone."""
    return [fact for fact in facts if fact.income is Income.SOCIAL_ASSISTANCE]


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
    tally = RESOLUTIONS.tally(stopped(facts))
    return frozenset(tally) if Outcome.STOPPED in hidden_outcomes else hidden_parts(tally)


def all_resolutions(facts: Facts) -> frozenset[str]:
    """Everything that stopped a case, to hide it whole."""
    return frozenset(RESOLUTIONS.tally(stopped(facts)))


def stopped(facts: Facts) -> list[CaseFact]:
    """Those that were stopped."""
    return [fact for fact in facts if fact.outcome is Outcome.STOPPED]


def hidden_in_district(facts: Facts, district: str) -> Hidden:
    """What is hidden of one district's cases, out of the cases of the whole city opened in a period."""
    districts = Counter(fact.district for fact in facts)
    hidden_districts = hidden_parts(dict(sorted(districts.items())))
    if district in hidden_districts:
        return everything(facts)
    city = _parts(facts)
    crossed = {name: _by_district(facts, group, hidden_districts, city[name]) for name, group in DIVISIONS.items()}
    without = hidden_districts | {row for row, column in crossed["income"] if column == ASSISTANCE}
    crossed["zero_share"] = _by_district(assisted(facts), ZERO_SHARE, without, city["zero_share"])
    return Hidden(
        parts={name: frozenset(column for row, column in cells if row == district) for name, cells in crossed.items()},
        income_by_outcome=all_cells(GROUPS["income"].keys, GROUPS["outcome"].keys),
        income_by_gender=all_cells(INCOME_BY_GENDER.keys, ("men", "women")),
        gender_by_outcome=all_cells(SHOWN_OUTCOMES, ("men", "women")),
        resolutions=all_resolutions(facts),
    )


def everything(facts: Facts) -> Hidden:
    """All is hidden, in the divisions of these cases."""
    parts = {name: frozenset(group.tally(facts)) for name, group in DIVISIONS.items()}
    return Hidden(everything=True, parts=parts, resolutions=all_resolutions(facts))


def _by_district(
    facts: Facts, group: Group, hidden_districts: frozenset[str], hidden_in_city: frozenset[str]
) -> frozenset[Cell]:
    """The parts of a division that are hidden of each district, where these districts hide their sum."""
    cells = cross(facts, lambda fact: fact.district, group.key_of)
    return hidden_cells(
        cells,
        rows=sorted({row for row, _ in cells}),
        columns=group.tally(facts),
        hidden_rows=hidden_districts,
        hidden_columns=hidden_in_city,
    )


def all_cells(rows: Iterable[str], columns: Sequence[str]) -> frozenset[Cell]:
    """Every cell of a table of two characteristics, to hide it whole."""
    return frozenset((row, column) for row in rows for column in columns)


def hidden_outcomes(facts: Facts) -> frozenset[str]:
    """The outcomes that are hidden of the cases opened in a period."""
    return hidden_parts(GROUPS["outcome"].tally(facts))


def hidden_events(facts: Facts, period: Period) -> frozenset[str]:
    """Which of our own petitions, withdrawals and executions of a period are hidden.

    All where one of them or what is left is small. Those carried out are told only where they are as many as those
    evicted and those let in again of the cases opened in the period, and both are told. Otherwise the difference tells
    how many evictions lie in another year than their case, and that year's few would follow; hidden for any
    difference, it tells of none how large it is.
    """
    events = own_events(facts, period)
    if not events:
        return NOTHING
    petitions, withdrawn, executed = events.values()
    if any(map(is_small, (petitions, withdrawn, executed, petitions - withdrawn - executed))):
        return frozenset(events)
    outcomes = GROUPS["outcome"].tally(fact for fact in facts if fact.opened_on in period)
    hidden = not hidden_parts(outcomes).isdisjoint(CARRIED_OUT)
    return frozenset({"executed"}) if hidden or executed != sum(map(outcomes.__getitem__, CARRIED_OUT)) else NOTHING


CARRIED_OUT = ("evicted", "reinstated")
"""Outcomes of a case whose eviction was carried out."""


def hidden_beside_agencies(table: Row) -> frozenset[str]:
    """The same where an agency's number stands in table 6 and leaves few without a status beside ours."""
    mixed = CASES in table["sources"].values() and is_small(table["without_status"] or 0)
    return frozenset(EVENTS) if mixed else NOTHING


def masked_rows(rows: Iterable[Row], hidden: Hidden, group: str = "") -> list[Row]:
    """The rows of a table or figure, each with its one count, percent or value taken out where it is hidden."""
    told = [blank(row) if _is_hidden(row["key"], hidden, group) else row for row in rows]
    return _with_unknown(told, hidden.parts.get(group, NOTHING))


def masked_table_2(rows: Iterable[Row], hidden: Hidden) -> list[Row]:
    """Cases by mapped variables."""
    told = masked_rows(rows, hidden)
    after_genders = [row["key"] for row in told].index("mean_age")
    genders = _with_unknown(told[:after_genders], hidden.parts.get("gender", NOTHING), f"gender.{UNKNOWN}")
    return [*genders, *told[after_genders:]]


def _with_unknown(rows: list[Row], hidden: Iterable[str], key: str = UNKNOWN) -> list[Row]:
    """The rows with one of unknown that is hidden: left out where there is none, it would say that there is none."""
    return rows if UNKNOWN not in hidden or rows[-1]["key"] == key else [*rows, blank(rows[-1] | {"key": key})]


def _is_hidden(key: str, hidden: Hidden, group: str) -> bool:
    if key == "mean_age":
        return hidden.part("ages", KNOWN)
    if key in ("mean_arrears", "total_arrears"):
        return hidden.everything or bool(hidden.parts.get("arrears"))
    if key == "cases":
        return hidden.everything
    if key in PLACES and not group:
        return hidden.part(*PLACES[key])
    return hidden.part(*((group, key) if group else key.split(".", 1)))


def blank(row: Row) -> Row:
    """A row without its numbers, saying that they are hidden."""
    return {name: value if name == "key" else None for name, value in row.items()} | {"hidden": True}


def masked_keys(row: Row, keys: Iterable[str]) -> Row:
    """A row of bare numbers with some taken out and named; it may have been one already."""
    wanted = {*keys} - {"hidden_keys"}
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
    told = [blank(row) if hidden.everything or row["key"] in hidden.resolutions else row for row in rows]
    return _with_unknown(told, hidden.resolutions)


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


def hidden_disagreements(by_year: Mapping[int, Facts]) -> frozenset[str]:
    """The keys of disagreements whose number from our own cases is hidden, of the facts that each year is told by."""
    keys = set()
    for year, facts in by_year.items():
        period = Period.of_year(year)
        outcomes = hidden_outcomes([fact for fact in facts if fact.opened_on in period])
        told_as = {"evictions": "evicted" in outcomes, "reinstated": "reinstated" in outcomes}
        hidden = hidden_events(facts, period) | {indicator for indicator, yes in told_as.items() if yes}
        keys |= {f"{indicator}.{year}" for indicator in hidden}
    return frozenset(keys)


def masked_disagreements(rows: Iterable[Row], hidden: Iterable[str]) -> list[Row]:
    """Disagreements without our own cases' hidden numbers."""
    keys = set(hidden)
    return [row | {"values": masked_keys(row["values"], [CASES])} if row["key"] in keys else row for row in rows]
