"""Decisions on help: what one must hold before it is recorded, its provision, and when a request is to be answered.

Nothing here decides anything. What is read of the law is that a request ends in an individual decision whose main
content is stated and which can be complained of. The day a complaint must come by was not found in the law read here:
whoever writes the decision writes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bofast.domain.calendar import next_working_day
from bofast.domain.findings import Finding, Outcome, finding
from bofast.domain.rates import rate


class Regarding(StrEnum):
    """What a decision is about: a request for help (anybody's), or aid from the social services."""

    HELP = "help"
    AID = "aid"


class Verdict(StrEnum):
    """How it was decided."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True)
class Provision:
    """What a decision rests on from a day; `complaint_to` is empty where the law read here does not say."""

    starts_on: date
    law: str
    complaint_to: str = ""
    verified: bool = True


_ACT_OF_1991 = Provision(date.min, "sosialtjenesteloven 1991", verified=False)
_ACT_OF_2009 = Provision(date(2010, 1, 1), "sosialtjenesteloven 2009 § 41")
_HOUSING_ACT = Provision(date(2023, 7, 1), "boligsosialloven § 7", complaint_to="statsforvalteren")

PROVISIONS = {
    Regarding.HELP: (_ACT_OF_1991, _ACT_OF_2009, _HOUSING_ACT),
    Regarding.AID: (_ACT_OF_1991, _ACT_OF_2009),
}
"""In the order of their first days; the sections of the act of 1991 were not seen."""


def provision(regarding: Regarding, on: date) -> Provision:
    """The provision a decision of that day rests on."""
    return [line for line in PROVISIONS[regarding] if line.starts_on <= on][-1]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A decision as written, before it is recorded; `complain_by` is the writer's last day for a complaint."""

    outcome: Verdict | None
    content: str
    reasons: str
    complaint_text: str
    decided_on: date
    complain_by: date | None = None


def obstacles(draft: Draft) -> tuple[Finding, ...]:
    """What keeps the decision from being recorded (hard), and what its writer should look at once more (soft)."""
    return tuple(_obstacles(draft))


def _obstacles(draft: Draft) -> Iterator[Finding]:
    if draft.outcome is None:
        yield finding("decision_outcome_missing", outcome=Outcome.NO, hard=True)
    if not draft.content.strip():
        yield finding("decision_content_missing", outcome=Outcome.NO, hard=True)
    if not draft.reasons.strip():
        yield finding("decision_reasons_missing", outcome=Outcome.NO, hard=draft.outcome is not Verdict.GRANTED)
    if not draft.complaint_text.strip():
        yield finding("complaint_information_missing", outcome=Outcome.NO, hard=True)
    if draft.complain_by is None:
        yield finding("complaint_deadline_missing", outcome=Outcome.UNCLEAR)
    elif draft.complain_by <= draft.decided_on:
        yield finding("complaint_deadline_past", outcome=Outcome.NO, hard=True, complain_by_on=draft.complain_by)


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request for help from the day it came; `ended_on` is the day it was decided or withdrawn."""

    received_on: date
    ended_on: date | None = None


def decision_due_on(received_on: date) -> date:
    """The day a request is to be decided by in this municipality, moved to a working day."""
    return next_working_day(received_on + timedelta(days=int(rate("decision_days").on(received_on).value)))


def open_question(request: Request, on: date) -> Finding | None:
    """That the request waits for a decision on that day, or should have had one; None when it does not."""
    if on < request.received_on or (request.ended_on and request.ended_on <= on):
        return None
    due_on = decision_due_on(request.received_on)
    code = "decision_overdue" if on > due_on else "question_decision"
    return finding(code, outcome=Outcome.UNCLEAR, received_on=request.received_on, due_on=due_on)
