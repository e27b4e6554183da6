"""The procedure of one case as figure 3 draws it: done, now, next; the fees it adds, and what stopping saves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from bofast.access.words import STAGES
from bofast.cases import words
from bofast.domain.calendar import format_day
from bofast.domain.costs import (
    Item,
    by_payer,
    collection_cost,
    execution_cost,
    petition_cost,
    saved_by_stopping,
    total,
)
from bofast.domain.facts import Agency, DeedCode, Facts, Ground, Stage
from bofast.domain.notices import windows
from bofast.domain.procedure import BEFORE_PETITION, LADDER, STEPS
from bofast.domain.rates import NoRate

LETTERS = (DeedCode.REMINDER, DeedCode.DEMAND)
DEED_OF = {step.to: step.deed for step in STEPS if step.to in LADDER}
BY = {step.to: step.by for step in STEPS if step.to in LADDER} | {Stage.DUE: Agency.LANDLORD}


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One stage as the stepper shows it.

    `fees`: øre the procedure has added by then, None when it has added nothing or a figure is not known for the day.
    """

    state: str
    title: str
    on: date | None = None
    fees: int | None = None
    actor: str = ""
    note: str = ""


def ladder(facts: Facts, stage: Stage, on: date) -> list[Rung]:
    """The stages in their order: reached ones with their days, then what comes next; an exit stands last."""
    reached = reached_on(facts, on)
    current = stage if stage in LADDER else max(reached, key=LADDER.index)
    at = LADDER.index(current)
    ended = stage not in LADDER
    fees = fees_so_far(reached, on)
    notes = _notice_sent(facts, reached, at, on)
    rungs = [
        Rung(
            state=_state(place, at, ended),
            title=str(STAGES[rung][0]),
            on=reached.get(rung) if place <= at else None,
            fees=fees.get(rung) or None,
            actor=words.owner(BY[rung]),
            note=notes.get(rung, ""),
        )
        for place, rung in enumerate(LADDER)
        if place <= at or not ended
    ]
    return [*rungs, Rung(state="now", title=str(STAGES[stage][0]))] if ended else rungs


def without_money(rungs: Iterable[Rung]) -> list[Rung]:
    """The stages for who may not know what is owed: neither the fees nor since when the rent is unpaid."""
    due = str(STAGES[Stage.DUE][0])
    return [replace(rung, fees=None, on=None if rung.title == due else rung.on) for rung in rungs]


def _state(place: int, at: int, ended: bool) -> str:
    if place < at or (ended and place == at):
        return "done"
    if place == at:
        return "now"
    return "next" if place == at + 1 else "later"


def reached_on(facts: Facts, on: date) -> dict[Stage, date]:
    """The day each stage was reached, and the oldest unpaid rent's due day.

    Letters go out for each month's rent: the first one counts. A petition may be filed again: the newest one counts.
    """
    oldest = facts.oldest_due_on or facts.first_listed_on
    known = sorted((deed for deed in facts.deeds if deed.on <= on), key=lambda deed: deed.on)
    days = {deed.code: deed.on for deed in known}
    days |= {deed.code: deed.on for deed in reversed(known) if deed.code in LETTERS}
    return {Stage.DUE: oldest} | {stage: days[code] for stage, code in DEED_OF.items() if stage and code in days}


def _notice_sent(facts: Facts, reached: Mapping[Stage, date], at: int, on: date) -> dict[Stage, str]:
    """The notice the two weeks run from, beneath the stage it was sent at; nothing where the stage has its day."""
    petitioned = at >= LADDER.index(Stage.PETITIONED)
    day = reached.get(Stage.PETITIONED, on) if petitioned else on
    sent = [each.sent_on for each in windows(facts, Ground.UNPAID_RENT) if each.sent_on <= day <= each.closes_on]
    if not sent:
        return {}
    beneath = [stage for stage in BEFORE_PETITION if stage in reached and reached[stage] <= min(sent)]
    if not beneath or reached[beneath[-1]] == min(sent):
        return {}
    return {beneath[-1]: _("Notice of eviction sent %(day)s") % {"day": format_day(min(sent), words.language())}}


def fees_so_far(reached: Mapping[Stage, date], on: date) -> dict[Stage, int]:
    """Øre of fees by each stage: by the day of a step taken, by today's figures for one ahead."""
    days = {stage: reached.get(stage, on) for stage in LADDER}
    so_far = 0
    fees: dict[Stage, int] = {}
    for stage in LADDER:
        try:
            so_far += total(_adds(stage, days))
        except NoRate:
            return fees
        fees[stage] = so_far
    return fees


def _adds(stage: Stage, days: Mapping[Stage, date]) -> Iterable[Item]:
    on = days[stage]
    match stage:
        case Stage.DEMANDED:
            return collection_cost(due_on=days[Stage.DUE], reminded_on=days[Stage.REMINDED], demanded_on=on)
        case Stage.PETITIONED:
            return petition_cost(on)
        case Stage.EVICTED:
            return execution_cost(on)
        case _:
            return ()


@dataclass(frozen=True, kw_only=True)
class Savings:
    """What is not spent if the procedure stops now: øre in all, who would have paid first, and a mark in words."""

    amount: int
    payers: tuple[str, ...]
    note: str


def savings(stage: Stage, on: date) -> Savings | None:
    """What stopping here saves; None after an exit, or when a figure is not known."""
    try:
        items = saved_by_stopping(stage, on)
    except NoRate:
        return None
    if not items:
        return None
    payers = tuple(str(words.PARTIES[party]) for party in by_payer(items))
    return Savings(amount=total(items), payers=payers, note=_marks(items))


def _marks(items: Iterable[Item]) -> str:
    listed = tuple(items)
    if any(item.unverified for item in listed):
        return _("A figure in this sum has not been checked against its source.")
    if any(item.not_yet_known for item in listed):
        return _("A figure for this day is not set yet; the last known one is used.")
    return ""
