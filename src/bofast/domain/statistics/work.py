"""The work of a year in numbers, what the report of 2006 could not give: reach, speed, relapse, petitions, costs.

Counted from the cases worked here only: received registers and agencies' counts know nothing of attempts or questions.
A case counts in the period it was opened, an event in the period it happened. Every number is for the case team;
nothing here is masked. Each table has its definition in `work.yaml`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from statistics import median
from typing import Any

from bofast.domain.costs import Item, Party, by_payer, collection_cost, execution_cost, petition_cost
from bofast.domain.facts import Agency, Stage
from bofast.domain.money import whole_percent
from bofast.domain.rates import NoRate
from bofast.domain.statistics.facts import Outcome, Period
from bofast.domain.statistics.groups import UNKNOWN
from bofast.domain.statistics.numbers import Amount, Number, none, tally
from bofast.domain.statistics.work_facts import Asked, Demand, WorkFact

Row = dict[str, Any]
Value = int | Decimal | None
SOON = timedelta(days=14)
"""How soon after its first list a household should have been talked with; the reader's measure, no rule."""
MANY = 3


def work_of(facts: Iterable[WorkFact], period: Period, on: date) -> dict[str, list[Row]]:
    """Every table of the period as known on a day, by name; a table with nothing to count is left out."""
    known = list(facts)
    opened = [fact for fact in known if fact.opened_on in period]
    tables = {
        "attempts": attempts(opened),
        "speed": speed(opened, on),
        "relapse": relapse(opened),
        "questions": questions(known, period, on),
        "petition_ends": petition_ends(known, period),
        "petition_contact": petition_contact(known, period),
        "districts": districts(opened, on),
        "children_touched": children_touched(known, period),
        "payers": payers(known, period).rows,
    }
    return {name: rows for name, rows in tables.items() if rows}


def counted(facts: Iterable[WorkFact]) -> Number:
    """So many cases, and which."""
    return Number.of(fact.case for fact in facts)


def attempts(opened: Sequence[WorkFact]) -> list[Row]:
    """Cases by attempts until the first talk, and how many of them were reached."""
    groups = {"0": 0, "1": 1, "2": 2, "3+": MANY}
    rows = [_reach(name, [f for f in opened if min(f.needed, MANY) == number]) for name, number in groups.items()]
    return [_reach("all", opened), *rows] if opened else []


def _reach(key: str, facts: Sequence[WorkFact]) -> Row:
    reached = counted(fact for fact in facts if fact.talked_on is not None)
    return {
        "key": key,
        "count": counted(facts),
        "reached": reached,
        "not_reached": counted(fact for fact in facts if fact.talked_on is None),
        "reached_percent": whole_percent(reached, len(facts)) if facts else None,
    }


def speed(opened: Sequence[WorkFact], on: date) -> list[Row]:
    """Days from the first list to the first talk, and the share talked with within 14 days."""
    if not opened:
        return []
    told = [fact for fact in opened if _soon_is_over(fact, on)]
    soon = counted(filter(_talked_soon, told))
    return [
        {"key": "talked", "count": counted(fact for fact in opened if fact.talked_on is not None)},
        {"key": "within_14_days", "count": soon, "percent": whole_percent(soon, len(told)) if told else None},
        {"key": "too_early", "count": counted(fact for fact in opened if not _soon_is_over(fact, on))},
        *median_row(fact.days_to_talk for fact in opened),
    ]


def _soon_is_over(fact: WorkFact, on: date) -> bool:
    """Whether the 14 days are over, so that the case can be judged."""
    return fact.opened_on + SOON < on


def _talked_soon(fact: WorkFact) -> bool:
    return fact.days_to_talk is not None and fact.days_to_talk <= SOON.days


def median_of(values: Iterable[int | None]) -> Value:
    """The middle one of those known, a half between two; None of nothing."""
    known = [value for value in values if value is not None]
    middle = Decimal(median(known)) if known else None
    return middle if middle is None or middle % 1 else int(middle)


def median_row(days: Iterable[int | None]) -> list[Row]:
    """The median in a row of its own; no row where there is nothing to take it of."""
    middle = median_of(days)
    return [] if middle is None else [{"key": "median_days", "value": middle}]


def relapse(opened: Sequence[WorkFact]) -> list[Row]:
    """Cases of households that came back within 12 months after their arrears were gone."""
    again = counted(fact for fact in opened if fact.relapse_after is not None)
    if not opened:
        return []
    return [
        {"key": "all", "count": counted(opened)},
        {"key": "relapsed", "count": again, "percent": whole_percent(again, len(opened))},
        *median_row(fact.relapse_after for fact in opened),
    ]


def questions(facts: Iterable[WorkFact], period: Period, on: date) -> list[Row]:
    """Questions put in the period, by the agency asked: answered, unanswered, and unanswered past their day."""
    put = [(fact.case, asked) for fact in facts for asked in fact.questions if asked.on in period]
    told = [(agency, [(case, asked) for case, asked in put if asked.agency is agency]) for agency in Agency]
    return [_answers(agency, mine, on) for agency, mine in told if mine]


def _answers(agency: Agency, put: Sequence[tuple[str, Asked]], on: date) -> Row:
    waiting = [(case, asked) for case, asked in put if asked.answered_on is None]
    return {
        "key": f"agency.{agency.value}",
        "asked": Number.of(case for case, _asked in put),
        "answered": Number.of(case for case, asked in put if asked.answered_on is not None),
        "unanswered": Number.of(case for case, _asked in waiting),
        "overdue": Number.of(case for case, asked in waiting if asked.due_on < on),
    }


class End(StrEnum):
    """How a petition ended."""

    EXECUTED = "executed"
    WITHDRAWN = "withdrawn"
    OTHERWISE = "ended_otherwise"
    ANEW = "filed_anew"
    RUNNING = "running"


WITHOUT_EXECUTION = (End.WITHDRAWN, End.OTHERWISE, End.ANEW)


def ends(fact: WorkFact) -> Iterator[tuple[date, End]]:
    """Each petition of the case with its end: the first thing that ended it, or the next petition, or nothing yet."""
    # Closed as evicted though nobody recorded the day: the closing tells of the execution.
    closing = End.EXECUTED if fact.outcome is Outcome.EVICTED and not fact.evictions else End.OTHERWISE
    after = [
        *((day, End.EXECUTED) for day in fact.evictions),
        *((day, End.WITHDRAWN) for day in fact.withdrawals),
        *((day, closing) for day in fact.other_ends),
    ]
    filed = sorted(fact.petitions)
    for place, day in enumerate(filed):
        later = filed[place + 1] if place + 1 < len(filed) else None
        found = [end for end in after if end[0] >= day and (later is None or end[0] <= later)]
        # Of several on one day the first listed decides: an eviction over a withdrawal, as in `procedure`.
        ended = min(found, key=lambda end: end[0], default=(day, End.ANEW if later else End.RUNNING))
        after = [end for end in after if end != ended]
        yield day, ended[1]


def petition_ends(facts: Iterable[WorkFact], period: Period) -> list[Row]:
    """Petitions filed in the period by how they ended, those without execution taken together."""
    filed = [(end, fact.case) for fact in facts for day, end in ends(fact) if day in period]
    found = tally(filed)
    without = Number.of(case for end, case in filed if end in WITHOUT_EXECUTION)
    whole = {"petitions": Number.of(case for _end, case in filed), "without_execution": without}
    return shares(whole | {end.value: found.get(end, none()) for end in End}, of="petitions")


def petition_contact(facts: Iterable[WorkFact], period: Period) -> list[Row]:
    """Petitions filed in the period by what was known to have been tried by then."""
    filed = [(_known_by(fact, day), fact.case) for fact in facts for day in fact.petitions if day in period]
    found = tally(filed)
    parts = {key: found.get(key, none()) for key in ("talk_before", "tried_before", "none_before")}
    return shares({"petitions": Number.of(case for _known, case in filed)} | parts, of="petitions")


def _known_by(fact: WorkFact, day: date) -> str:
    """What had been tried when a petition was filed, that day included: the order within a day is not known."""
    before = [attempt for attempt in (*fact.former_attempts, *fact.attempts) if attempt.on <= day]
    if any(attempt.reached for attempt in before):
        return "talk_before"
    return "tried_before" if before else "none_before"


def shares(parts: Mapping[str, Number], *, of: str) -> list[Row]:
    """Counts with their percent of one among them; nothing where that is nought."""
    whole = parts[of]
    rows = [{"key": key, "count": count, "percent": whole_percent(count, whole)} for key, count in parts.items()]
    return rows if whole else []


def districts(opened: Sequence[WorkFact], on: date) -> list[Row]:
    """Reach, speed and outcome by district, side by side; nothing to compare in one district alone."""
    names = sorted({fact.district for fact in opened}, key=lambda name: (not name, name))
    rows = [_district(name, [fact for fact in opened if fact.district == name], on) for name in names]
    return rows if len(rows) > 1 else []


ENDED: Mapping[str, frozenset[Outcome]] = {
    "stopped": frozenset({Outcome.STOPPED}),
    "put_out": frozenset({Outcome.EVICTED, Outcome.REINSTATED}),
    "moved": frozenset({Outcome.MOVED}),
    "unresolved": frozenset({Outcome.UNRESOLVED}),
}
"""How a case ended, as the districts are compared."""


def ends_of(facts: Sequence[WorkFact]) -> dict[str, Number]:
    """So many cases by how they ended."""
    return {key: counted(fact for fact in facts if fact.outcome in ended) for key, ended in ENDED.items()}


def _district(name: str, facts: Sequence[WorkFact], on: date) -> Row:
    reach, told = _reach(name, facts), [fact for fact in facts if _soon_is_over(fact, on)]
    return {
        "key": name or UNKNOWN,
        "count": counted(facts),
        "reached_percent": reach["reached_percent"],
        "median_days": median_of(fact.days_to_talk for fact in facts),
        "within_percent": whole_percent(sum(map(_talked_soon, told)), len(told)) if told else None,
        **ends_of(facts),
    }


def children_touched(facts: Sequence[WorkFact], period: Period) -> list[Row]:
    """Households petitioned against and evicted in the period, and the children in them; each household once."""
    days: dict[str, Callable[[WorkFact], tuple[date, ...]]] = {
        "petitioned": lambda fact: fact.petitions,
        "evicted": lambda fact: fact.evictions,
    }
    rows = [
        _touched(key, {fact.household: fact for fact in facts if any(day in period for day in days_of(fact))})
        for key, days_of in days.items()
    ]
    return rows if any(row["households"] for row in rows) else []


def _touched(key: str, households: Mapping[int, WorkFact]) -> Row:
    with_children = [fact for fact in households.values() if fact.children]
    return {
        "key": key,
        "households": counted(households.values()),
        "with_children": counted(with_children),
        "children": Number.of((fact.case for fact in with_children), sum(fact.children or 0 for fact in with_children)),
        "not_known": counted(fact for fact in households.values() if fact.children is None),
    }


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Kroner by payer and step, with the steps nobody knows the fee of and the marks of the figures used."""

    rows: list[Row]
    left_out: int
    marks: tuple[str, ...]


Spent = dict[Stage, list[tuple[Item, str]]]
STEPS = (Stage.DEMANDED, Stage.PETITIONED, Stage.EVICTED)
MARKS = ("unverified", "unclear", "not_yet_known")


def payers(facts: Iterable[WorkFact], period: Period) -> Paid:
    """What the steps taken in the period cost, by who pays first, with the fees of the day of each step."""
    spent: Spent = {stage: [] for stage in STEPS}
    left_out = 0
    for case, (stage, price) in ((fact.case, step) for fact in facts for step in _steps(fact, period)):
        try:
            spent[stage] += [(item, case) for item in price()]
        except NoRate:
            left_out += 1
    every = [item for items in spent.values() for item, _case in items]
    rows = [_paid(party.value, spent, party) for party in by_payer(every)]
    return Paid(
        rows=[*rows, _paid("total", spent)] if rows else [],
        left_out=left_out,
        marks=tuple(mark for mark in MARKS if any(getattr(item, mark) for item in every)),
    )


def _steps(fact: WorkFact, period: Period) -> Iterator[tuple[Stage, Callable[[], tuple[Item, ...]]]]:
    """The steps taken in the period, each with its price, which may not be known."""
    demand = fact.demand
    if demand and demand.on in period:
        yield Stage.DEMANDED, partial(_demanded, demand)
    for day in fact.petitions:
        if day in period:
            yield Stage.PETITIONED, partial(petition_cost, day)
    for day in fact.evictions:
        if day in period:
            yield Stage.EVICTED, partial(execution_cost, day)


def _demanded(demand: Demand) -> tuple[Item, ...]:
    """The fees of the demand; a reminder nobody knows of costs nothing."""
    reminded_on = demand.reminded_on or demand.on
    items = collection_cost(due_on=demand.due_on, reminded_on=reminded_on, demanded_on=demand.on)
    return tuple(item for item in items if demand.reminded_on or item.code != "reminder_fee")


def _paid(key: str, spent: Spent, party: Party | None = None) -> Row:
    """A payer's sums by step and in all, or everybody's."""
    theirs = {
        stage.value: [(item.amount, case) for item, case in items if party in (None, item.payer)]
        for stage, items in spent.items()
    }
    sums = {name: Amount.of(amounts) for name, amounts in theirs.items()}
    return {"key": key, **sums, "sum": Amount.of(each for amounts in theirs.values() for each in amounts)}
