"""Table 6 and figure 3: what petitions and evictions cost, by the fee act and as the report of 2006 prints it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bofast.domain import costs
from bofast.domain.costs import MODEL_DAYS, Reading
from bofast.domain.money import as_kroner
from bofast.domain.rates import NoRate
from bofast.domain.statistics.agencies import CASES, Counts, own_events
from bofast.domain.statistics.facts import CaseFact, Period, Profile

Row = dict[str, Any]
MODEL_RENT = 500_000
"""Øre: figure 3 follows a rent of 5,000 kroner."""

READINGS = tuple(Reading)

HYPOTHETICAL = ("all", "saved", "saved_with_petition")
"""Sums of a reading that rest on evictions nobody carried out."""


@dataclass(frozen=True)
class Fees:
    """Court fees of one period, by reading: øre of a petition and of an execution, at the rates of its first day.

    `marks`: what is to be said of them (`unverified`, `unclear`, `not_yet_known`).
    """

    by_reading: Mapping[str, tuple[int, int]]
    marks: tuple[str, ...] = ()


def fees_of(period: Period, readings: Sequence[Reading] = READINGS) -> Fees | None:
    """The fees of a period; None when the court fee of that time is not known."""
    on = period.first
    try:
        items = {reading: (costs.petition_fee(on), costs.execution_fee(on, reading)) for reading in readings}
    except NoRate:
        return None
    used = [item for pair in items.values() for item in pair]
    marks = (mark for mark in ("unverified", "unclear", "not_yet_known") if any(getattr(item, mark) for item in used))
    return Fees({reading.value: (pair[0].amount, pair[1].amount) for reading, pair in items.items()}, tuple(marks))


def table_6(counts: Counts, facts: Sequence[CaseFact], period: Period, profile: Profile, fees: Fees | None) -> Row:
    """Costs of petition and eviction. An agency's number where there is one, our own cases where there is none.

    `facts`: every case there is: an event counts in the period it happened. `sources` says which was used; None where
    neither is. What is left without a status is not told when more has ended than was begun in the period.
    """
    own, then = own_events(facts, period), profile.of(period.year)
    numbers: dict[str, int | None] = {}
    sources: dict[str, str] = {}
    for key, part, indicator in (
        ("petitions", "own", "petitions"),
        ("withdrawn", "withdrawn", "withdrawn"),
        ("executed", "own", "evictions"),
    ):
        told = counts.played(period.year, part, indicator, profile)
        numbers[key] = own.get(key) if told is None else told
        if numbers[key] is not None:
            sources[key] = CASES if told is None else getattr(then, part)
    return {**numbers, **_amounts(numbers, fees), "sources": sources}


def _amounts(numbers: Mapping[str, int | None], fees: Fees | None) -> Row:
    petitions, withdrawn, executed = (numbers[key] for key in ("petitions", "withdrawn", "executed"))
    if petitions is None or withdrawn is None or executed is None:
        return {"readings": None, "without_status": None}
    left = petitions - withdrawn - executed
    by_reading = fees.by_reading.items() if fees else ()
    readings = {name: _reading(petitions, withdrawn, executed, *fee) for name, fee in by_reading}
    return {"readings": readings or None, "without_status": left if left >= 0 else None}


def _reading(petitions: int, withdrawn: int, executed: int, petition: int, execution: int) -> Row:
    """One reading of the fees. `all` treats every petition as executed, as the report does."""
    ore = {
        "per_petition": petition,
        "per_execution": execution,
        "all": petitions * (petition + execution),
        "withdrawn": withdrawn * petition,
        "executed": executed * (petition + execution),
        "saved": withdrawn * execution,
        "saved_with_petition": withdrawn * (petition + execution),
        "as_it_happened": petitions * petition + executed * execution,
    }
    return {name: as_kroner(amount) for name, amount in ore.items()}


def figure_3(due_on: date, readings: Sequence[Reading] = READINGS) -> Row:
    """The procedure and its accumulated cost for a rent of 5,000 kroner due on the period's first day."""
    stages = [stage.value for stage in MODEL_DAYS]
    try:
        plans = {r.value: costs.procedure_cost(rent=MODEL_RENT, due_on=due_on, reading=r) for r in readings}
    except NoRate:
        return {"readings": None, "stages": stages}
    return {
        "readings": {name: [as_kroner(step.accumulated) for step in plan.steps] for name, plan in plans.items()},
        "stages": stages,
    }
