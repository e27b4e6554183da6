"""What was tried and what came of it: channels, measures, plans, and where people lived afterwards.

Counted from the cases worked here, an event in the period it happened. Like `work`, for the case team alone; each
table has its definition in `work.yaml`. Nothing here says that one thing led to another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bofast.domain.calendar import months_after
from bofast.domain.casework import ContactBy, Measure, MovedTo, Result
from bofast.domain.money import whole_percent
from bofast.domain.statistics.facts import Period
from bofast.domain.statistics.groups import UNKNOWN
from bofast.domain.statistics.numbers import Number, none, tally
from bofast.domain.statistics.work import Row, counted, median_of, shares
from bofast.domain.statistics.work_facts import Attempt, WorkFact

LONG_STAY_MONTHS = 3
"""Nobody is to live longer than this in temporary housing: a goal of the national strategy of 2006."""


class Tried(NamedTuple):
    """A measure and what came of it; `result` None while it runs."""

    case: str
    on: date
    measure: Measure
    result: Result | None = None


class Instalment(NamedTuple):
    """One payment of a plan: on its day or before, later, or not yet."""

    due_on: date
    paid_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A payment plan with its instalments; `ended_on`: the day it was broken off before all was paid."""

    case: str
    agreed_on: date
    instalments: Sequence[Instalment]
    ended_on: date | None = None

    def due(self, on: date) -> Iterator[Instalment]:
        """The instalments whose day has passed, while the plan ran."""
        last = min(self.ended_on or on, on)
        return (each for each in self.instalments if each.due_on < last)

    def state(self, on: date) -> str:
        """How the plan stands on a day."""
        if all(each.paid_on for each in self.instalments):
            return "paid_in_full"
        if self.ended_on:
            return "broken_off"
        return "in_step" if all(each.paid_on for each in self.due(on)) else "behind"


class Stay(NamedTuple):
    """A stay in temporary housing. `until` None while it lasts; `agreed`: whether under a quality agreement."""

    household: int
    since: date
    until: date | None = None
    agreed: bool | None = None

    def nights(self, on: date) -> int:
        """Nights until it ended, or until a day."""
        return max(0, (min(self.until or on, on) - self.since).days)

    def is_long(self, on: date) -> bool:
        """Whether it has lasted longer than anybody should stay."""
        return min(self.until or on, on) > months_after(self.since, LONG_STAY_MONTHS)


@dataclass(frozen=True, kw_only=True)
class Trying:
    """What is counted beside the cases themselves."""

    measures: Sequence[Tried] = ()
    plans: Sequence[Plan] = ()
    stays: Sequence[Stay] = ()


def tried_of(facts: Sequence[WorkFact], found: Trying, period: Period, on: date) -> dict[str, list[Row]]:
    """Every table of the period as known on a day, by name; a table with nothing to count is left out."""
    agreed = [plan for plan in found.plans if plan.agreed_on in period]
    tables = {
        "channels": channels(facts, period),
        "measures": measures([each for each in found.measures if each.on in period]),
        "plans": plans(agreed, on),
        "instalments": instalments(found.plans, period, on),
        "temporary": temporary(facts, found.stays, period, on),
        "moved_to": moved_to(facts, period),
    }
    return {name: rows for name, rows in tables.items() if rows}


Try = tuple[Attempt, WorkFact]
CHANNELS: Mapping[str, ContactBy | None] = {f"by.{by.value}": by for by in ContactBy} | {UNKNOWN: None}


def channels(facts: Iterable[WorkFact], period: Period) -> list[Row]:
    """Attempts of the period by channel: how many, how many became a talk, and whose first talk it was."""
    tries = [(attempt, fact) for fact in facts for attempt in fact.attempts if attempt.on in period]
    rows = [_channel(name, [each for each in tries if each[0].by is by]) for name, by in CHANNELS.items()]
    return [_channel("all_attempts", tries), *(row for row in rows if row["tried"])] if tries else []


def _channel(key: str, tries: Sequence[Try]) -> Row:
    talks = [each for each in tries if each[0].reached]
    return {
        "key": key,
        "tried": counted(fact for _attempt, fact in tries),
        "talks": counted(fact for _attempt, fact in talks),
        "talks_percent": whole_percent(len(talks), len(tries)) if tries else None,
        "first_talks": counted(fact for attempt, fact in talks if attempt is fact.first_talk),
    }


def measures(tried: Sequence[Tried]) -> list[Row]:
    """Measures by kind and by what came of them; one that runs has come to nothing yet, and to no end."""
    kinds = [(kind, [each for each in tried if each.measure is kind]) for kind in Measure]
    return [_measure(kind, mine) for kind, mine in kinds if mine]


def _measure(kind: Measure, tried: Sequence[Tried]) -> Row:
    came = tally((each.result, each.case) for each in tried)
    return {
        "key": f"measure.{kind.value}",
        "count": Number.of(each.case for each in tried),
        **{result.value: came.get(result, none()) for result in Result},
        "going_on": came.get(None, none()),
    }


STATES = ("paid_in_full", "in_step", "behind", "broken_off")


def plans(agreed: Iterable[Plan], on: date) -> list[Row]:
    """Plans by how they stand: all paid, paid as agreed so far, an instalment late, broken off."""
    stand = [(plan.state(on), plan.case) for plan in agreed]
    found = tally(stand)
    whole = {"agreed": Number.of(case for _state, case in stand)}
    return shares(whole | {state: found.get(state, none()) for state in STATES}, of="agreed")


def instalments(agreed: Iterable[Plan], period: Period, on: date) -> list[Row]:
    """Instalments that fell due in the period: paid by their day, paid later, not paid."""
    due = [(each, plan.case) for plan in agreed for each in plan.due(on) if each.due_on in period]
    parts = {
        "fell_due": due,
        "paid_by_day": [(each, case) for each, case in due if each.paid_on and each.paid_on <= each.due_on],
        "paid_later": [(each, case) for each, case in due if each.paid_on and each.paid_on > each.due_on],
        "not_paid": [(each, case) for each, case in due if not each.paid_on],
    }
    return shares({key: Number.of(case for _each, case in those) for key, those in parts.items()}, of="fell_due")


def temporary(facts: Iterable[WorkFact], stays: Iterable[Stay], period: Period, on: date) -> list[Row]:
    """Households evicted in the period, and those that came to live in temporary housing: how long, and how."""
    evicted = _evicted(facts, period)
    after = [stay for stay in stays if stay.household in evicted and stay.since >= evicted[stay.household].on]
    nights = [stay.nights(on) for stay in after]
    if not evicted or not after:
        return []
    parts = {
        "evicted_households": evicted.keys(),
        "temporary": {stay.household for stay in after},
        "over_three_months": {stay.household for stay in after if stay.is_long(on)},
        "without_agreement": {stay.household for stay in after if stay.agreed is False},
        "still_there": {stay.household for stay in after if stay.until is None},
    }
    counts = {key: Number.of(evicted[each].case for each in those) for key, those in parts.items()}
    return [
        *shares(counts, of="evicted_households"),
        {"key": "nights_in_all", "nights": sum(nights)},
        {"key": "nights_median", "nights": median_of(nights)},
    ]


class _Evicted(NamedTuple):
    on: date
    case: str


def _evicted(facts: Iterable[WorkFact], period: Period) -> Mapping[int, _Evicted]:
    """Each household evicted in the period, with its first such day."""
    found: dict[int, _Evicted] = {}
    days = ((day, fact.household, fact.case) for fact in facts for day in fact.evictions if day in period)
    for day, household, case in sorted(days):
        found.setdefault(household, _Evicted(day, case))
    return found


def moved_to(facts: Iterable[WorkFact], period: Period) -> list[Row]:
    """Cases closed in the period because the household had moved, by where it went."""
    moved = [(fact.moved.to, fact) for fact in facts if fact.moved and fact.moved.on in period]
    found = tally((to, fact.case) for to, fact in moved)
    named = {f"to.{to.value}": found[to] for to in MovedTo if to in found}
    unknown = {UNKNOWN: found[None]} if None in found else {}
    return shares({"moved_away": counted(fact for _to, fact in moved)} | named | unknown, of="moved_away")
