"""What the procedure costs step by step, who pays first, and what is saved by stopping.

The model is figure 3 of the Bergen report of 2006: rent unpaid from its due day, six steps on fixed days after it.
Amounts are whole øre. Every figure comes from `rates`, by the day that decides it, with its marks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import prod
from typing import Any

from bofast.domain.facts import Stage
from bofast.domain.ledger import Interest, InterestPart, interest
from bofast.domain.money import as_kroner, down_to_krone, half_up, nearest_krone
from bofast.domain.rates import NoRate, Value, rate


class Reading(StrEnum):
    """How the fees of an execution are counted.

    ACT: rettsgebyrloven § 14, a fee at petition and a further one at execution. PRINTED: the report's own method, which
    counts the petition's fee a second time at execution; needed to reproduce its tables.
    """

    PRINTED = "printed"
    ACT = "act"


class Party(StrEnum):
    """Who pays or receives."""

    TENANT = "tenant"
    LANDLORD = "landlord"
    COLLECTOR = "collector"
    STATE = "state"
    LOCKSMITH = "locksmith"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One cost: `amount` in øre, who pays it first and to whom.

    `unverified`: a figure in it has not been read in its source. `unclear`: which day's figure applies is not settled.
    `not_yet_known`: a figure in it is the last known one, carried forward.
    """

    code: str
    amount: int
    payer: Party
    receiver: Party
    law: str
    unverified: bool = False
    unclear: bool = False
    not_yet_known: bool = False


@dataclass(frozen=True, kw_only=True)
class StepCost:
    """What a step adds and the cost so far in øre. `left_out`: costs of this step that nobody knows the price of."""

    stage: Stage
    on: date
    adds: tuple[Item, ...]
    accumulated: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CostPlan:
    """The steps with their costs; interest to the last step's day stands beside, never inside, the sums."""

    reading: Reading
    steps: tuple[StepCost, ...]
    interest: Interest

    @property
    def items(self) -> tuple[Item, ...]:
        """Every cost of every step."""
        return tuple(item for step in self.steps for item in step.adds)


MODEL_DAYS: Mapping[Stage, int] = {
    Stage.DUE: 0,
    Stage.REMINDED: 31,
    Stage.DEMANDED: 60,
    Stage.PETITIONED: 90,
    Stage.SCHEDULED: 104,
    Stage.EVICTED: 120,
}
"""Days after the due day, as figure 3 prints them for 2006; not moved past holidays."""

_CODES: Mapping[Stage, tuple[str, ...]] = {
    Stage.DUE: ("rent",),
    Stage.DEMANDED: ("reminder_fee", "collection_notice_fee", "demand_fee"),
    Stage.PETITIONED: ("petition_fee", "petition_writing"),
    Stage.EVICTED: ("execution_fee", "locksmith"),
}

_PARTIES: Mapping[str, tuple[Party, Party]] = {
    "rent": (Party.TENANT, Party.LANDLORD),
    "reminder_fee": (Party.TENANT, Party.LANDLORD),
    "collection_notice_fee": (Party.TENANT, Party.COLLECTOR),
    "demand_fee": (Party.TENANT, Party.COLLECTOR),
    "petition_fee": (Party.LANDLORD, Party.STATE),
    "petition_writing": (Party.LANDLORD, Party.COLLECTOR),
    "execution_fee": (Party.LANDLORD, Party.STATE),
    "locksmith": (Party.LANDLORD, Party.LOCKSMITH),
}


def procedure_cost(
    *, rent: int, due_on: date, reading: Reading = Reading.ACT, through: Stage | None = None
) -> CostPlan:
    """The procedure's days and costs for a rent of so many øre, nothing paid, up to and including `through`.

    Past the last known day of a figure its last value is used and marked. Raises NoRate for days before a figure's
    first value, ValueError when `rent` is not above 0 or `through` is not one of the six steps.
    """
    if rent <= 0:
        raise ValueError("rent must be above 0")
    steps: list[StepCost] = []
    for stage in _stages(through or Stage.EVICTED):
        steps.append(_step(stage, rent, due_on, reading, steps[-1].accumulated if steps else 0))
    return CostPlan(reading=reading, steps=tuple(steps), interest=interest(rent, due_on, steps[-1].on))


def _stages(through: Stage) -> list[Stage]:
    stages = list(MODEL_DAYS)
    if through not in stages:
        raise ValueError(f"{through} is no step of the model; choose one of {', '.join(stages)}")
    return stages[: stages.index(through) + 1]


def _step(stage: Stage, rent: int, due_on: date, reading: Reading, so_far: int) -> StepCost:
    on = _model_day(stage, due_on)
    adds = _adds(stage, on, rent, due_on, reading)
    known = {item.code for item in adds}
    left_out = tuple(code for code in _CODES.get(stage, ()) if code not in known)
    return StepCost(stage=stage, on=on, adds=adds, accumulated=so_far + total(adds), left_out=left_out)


def _model_day(stage: Stage, due_on: date) -> date:
    return due_on + timedelta(days=MODEL_DAYS[stage])


def _adds(stage: Stage, on: date, rent: int, due_on: date, reading: Reading) -> tuple[Item, ...]:
    match stage:
        case Stage.DUE:
            return (_item("rent", rent, "husleieloven § 3-2"),)
        case Stage.DEMANDED:
            return collection_cost(due_on=due_on, reminded_on=_model_day(Stage.REMINDED, due_on), demanded_on=on)
        case Stage.PETITIONED:
            return petition_cost(on)
        case Stage.EVICTED:
            return execution_cost(on, reading)
        case _:
            return ()


def collection_cost(*, due_on: date, reminded_on: date, demanded_on: date) -> tuple[Item, ...]:
    """Fees of reminder, collection notice and payment demand; figure 3 adds all three at the demand.

    The collection rate is that of the day of sending; the share of it follows the claim's due day
    (inkassoforskriften § 1-2). The collector sends the collection notice with the demand.
    """
    return (
        _collection_fee("reminder_fee", reminded_on, due_on),
        _collection_fee("collection_notice_fee", demanded_on, due_on),
        _collection_fee("demand_fee", demanded_on, due_on),
    )


def petition_cost(on: date) -> tuple[Item, ...]:
    """What a petition filed that day costs: the court fee and the writing of it, within its cap, to the øre."""
    writing = rate("petition_writing_multiplier")
    used = (rate("court_fee").projected(on), writing.projected(on))
    return petition_fee(on), _item("petition_writing", half_up(_product(used)), writing.law, used)


def execution_cost(on: date, reading: Reading = Reading.ACT) -> tuple[Item, ...]:
    """What carrying an eviction out that day costs; without the locksmith where no price is known."""
    return execution_fee(on, reading), *_locksmith(on)


def petition_fee(on: date) -> Item:
    """The court fee of one petition to the enforcement officer, filed that day."""
    return _court_fee("petition_fee", "petition_multiplier", on)


def execution_fee(on: date, reading: Reading = Reading.ACT) -> Item:
    """The court fee of one execution that day. As printed, the whole of both fees is counted here.

    Marked unclear: the rule on which day's court fee the execution follows has not been found.
    """
    fee = replace(_court_fee("execution_fee", "execution_multiplier", on), unclear=True)
    if reading is Reading.ACT:
        return fee
    again = petition_fee(on)
    return replace(
        fee,
        amount=fee.amount + again.amount,
        unverified=fee.unverified or again.unverified,
        not_yet_known=fee.not_yet_known or again.not_yet_known,
    )


def saved_by_stopping(stage: Stage, on: date) -> tuple[Item, ...]:
    """What is not yet spent from `stage` to eviction, by the act and that day's figures; nothing after an exit."""
    if stage in (Stage.DUE, Stage.REMINDED, Stage.DEMANDED):
        return petition_cost(on) + execution_cost(on)
    return execution_cost(on) if stage in (Stage.PETITIONED, Stage.SCHEDULED) else ()


def total(items: Iterable[Item]) -> int:
    """Sum in øre."""
    return sum(item.amount for item in items)


def by_payer(items: Iterable[Item]) -> dict[Party, int]:
    """Øre by who pays first, in the order of `Party`; parties that pay nothing are left out."""
    sums: Counter[Party] = Counter()
    for item in items:
        sums[item.payer] += item.amount
    return {party: sums[party] for party in Party if party in sums}


def as_json(plan: CostPlan) -> dict[str, Any]:
    """The `cost` document: kroner as decimal strings, days ISO."""
    return {
        "reading": plan.reading.value,
        "steps": [_step_json(step) for step in plan.steps],
        "interest": _interest_json(plan.interest),
        "by_payer": {party.value: as_kroner(amount) for party, amount in by_payer(plan.items).items()},
    }


def _collection_fee(code: str, sent_on: date, due_on: date) -> Item:
    share = rate(f"{code}_share")
    used = (rate("collection_rate").projected(sent_on), share.projected(due_on))
    return _item(code, nearest_krone(_product(used)), share.law, used)


def _court_fee(code: str, multiplier: str, on: date) -> Item:
    times = rate(multiplier)
    used = (rate("court_fee").projected(on), times.projected(on))
    return _item(code, down_to_krone(_product(used)), times.law, used)


def _locksmith(on: date) -> tuple[Item, ...]:
    figure = rate("locksmith")
    try:
        price = figure.projected(on)
    except NoRate:
        return ()
    return (_item("locksmith", half_up(price.value), figure.law, (price,)),)


def _item(code: str, amount: int, law: str, used: tuple[Value, ...] = ()) -> Item:
    """An item that carries the marks of every figure used in it."""
    payer, receiver = _PARTIES[code]
    return Item(
        code=code,
        amount=amount,
        payer=payer,
        receiver=receiver,
        law=law,
        unverified=any(not value.verified for value in used),
        not_yet_known=any(value.not_yet_known for value in used),
    )


def _product(used: tuple[Value, ...]) -> Fraction:
    return prod((Fraction(value.value) for value in used), start=Fraction(1))


def _step_json(step: StepCost) -> dict[str, Any]:
    return {
        "stage": step.stage.value,
        "on": step.on.isoformat(),
        "adds": [_item_json(item) for item in step.adds],
        "accumulated": as_kroner(step.accumulated),
        "left_out": list(step.left_out),
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "amount": as_kroner(item.amount),
        "payer": item.payer.value,
        "receiver": item.receiver.value,
        "law": item.law,
        "unverified": item.unverified,
        "unclear": item.unclear,
        "not_yet_known": item.not_yet_known,
    }


def _interest_json(counted: Interest) -> dict[str, Any]:
    return {
        "to": counted.to.isoformat(),
        "amount": as_kroner(counted.amount),
        "parts": [_part_json(part) for part in counted.parts],
        "unverified": counted.unverified,
        "not_yet_known": counted.not_yet_known,
    }


def _part_json(part: InterestPart) -> dict[str, Any]:
    return {
        "from": part.starts_on.isoformat(),
        "to": part.ends_on.isoformat(),
        "rate": str(part.rate.value),
        "days": part.days,
        "amount": as_kroner(part.amount),
        "unverified": not part.rate.verified,
        "not_yet_known": part.rate.not_yet_known,
    }
