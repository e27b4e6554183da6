"""Facts of one household and a day → reasons, urgency, one next step, the next legal date, questions for a person.

The conclusion carries dates and amounts, never counts of days, so it stays word for word true until `changes_on`.
"""

from dataclasses import dataclass
from datetime import date

from bofast.domain.calendar import limit, months_after
from bofast.domain.conditions import OPEN_ENDED_MONTHS
from bofast.domain.facts import Facts, Stage
from bofast.domain.findings import Finding, Part, finding
from bofast.domain.next_step import NextStep, next_step
from bofast.domain.procedure import HOME_LEFT
from bofast.domain.reasons import questions, reasons
from bofast.domain.standing import Danger, Standing, Today, standing

RULE_VERSION = "2026-11-22.3"
COMMENT_DAYS = 14
_NO_DAY = "9999-12-31"
_MOST_TENTHS = 99_999


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The next date the law sets. That of comments is an estimate, and its text says so."""

    code: str
    on: date

    @property
    def of_lease(self) -> bool:
        """A day in the life of the lease, not of the procedure: it comes last in the order."""
        return self.code.startswith("lease_")

    @property
    def finding(self) -> Finding:
        """The deadline as a finding, for its text, part and provision."""
        return finding(f"deadline_{self.code}", deadline_on=self.on)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What follows from the facts on the day, and until when.

    `findings` are the reasons, most important first. `order_full` and `order_neutral` sort ascending, most urgent
    first; the neutral one tells nothing of household or help. Without new facts the conclusion
    is the same on every day before `changes_on`, for ever when that is None.
    """

    stage: Stage
    findings: tuple[Finding, ...]
    next_step: NextStep
    legal_deadline: Deadline | None
    questions: tuple[Finding, ...]
    order_full: str
    order_neutral: str
    changes_on: date | None
    rule_version: str = RULE_VERSION


def assess(facts: Facts, on: date) -> Assessment:
    """Assess one household on a day. Never raises for any facts, and always names a next step."""
    today = Today(on)
    case = standing(facts, today)
    deadline = legal_deadline(case)
    step = next_step(case, deadline.on if deadline else None)
    found = (*reasons(case), *_overdue(step, today))
    asked = questions(case)
    return Assessment(
        stage=case.stage,
        findings=found,
        next_step=step,
        legal_deadline=deadline,
        questions=asked,
        order_full=order_key(case, deadline),
        order_neutral=order_key(case, deadline, neutral=True),
        changes_on=today.turns_on,
    )


def _overdue(step: NextStep, today: Today) -> tuple[Finding, ...]:
    if step.code == "follow_up_ended":
        return (finding("follow_up_ended", ended_on=step.due_on),)
    if not today.past(step.due_on):
        return ()
    neutral = step.finding.part in (Part.MONEY, Part.PROCEDURE)
    return (finding("step_overdue" if neutral else "help_overdue", due_on=step.due_on),)


def legal_deadline(case: Standing) -> Deadline | None:
    """The next date the law sets for this household."""
    if case.petition_runs:
        return _of_petition(case)
    if case.notice:
        if case.today.reached(case.notice.opens_on):
            return Deadline(code="notice_lapses", on=case.notice.closes_on)
        return Deadline(code="petition_possible", on=case.notice.opens_on)
    return _of_lease(case)


def _of_petition(case: Standing) -> Deadline | None:
    if case.danger is Danger.EVICTION_AHEAD and case.scheduled_on:
        return Deadline(code="eviction", on=case.scheduled_on)
    petition = case.position.petition
    if case.stage is not Stage.PETITIONED or petition is None:
        return None
    comments_by = limit(petition.on, COMMENT_DAYS).ends_on
    return None if case.today.past(comments_by) else Deadline(code="comments", on=comments_by)


def _of_lease(case: Standing) -> Deadline | None:
    lease_to = case.facts.lease_to
    if lease_to is None or case.stage in (*HOME_LEFT, Stage.CLOSED):
        return None
    if not case.lease_over:
        return Deadline(code="lease_end", on=lease_to) if case.lease_ends_soon else None
    open_ended_on = months_after(lease_to, OPEN_ENDED_MONTHS)
    return None if case.today.past(open_ended_on) else Deadline(code="lease_open_ended", on=open_ended_on)


def order_key(case: Standing, deadline: Deadline | None, *, neutral: bool = False) -> str:
    """Danger of losing the home, next legal date, children, months owed, trend, relapse, no contact yet, lease ending.

    The legal date is one of the procedure: that a lease runs out in years to come says nothing of the danger today.
    The neutral key leaves out children and contact.
    """
    own = () if neutral else (_first_if(bool(case.facts.children)),)
    tried = () if neutral else (_first_if(case.last_contact is None),)
    return " ".join(
        (
            f"{case.danger:02d}",
            deadline.on.isoformat() if deadline and not deadline.of_lease else _NO_DAY,
            *own,
            f"{_MOST_TENTHS - min(case.tenths_of_months, _MOST_TENTHS):05d}",
            _first_if(case.rising),
            _first_if(case.facts.relapse_of is not None),
            *tried,
            _first_if(case.lease_ends_soon),
        )
    )


def _first_if(true: bool) -> str:
    return "0" if true else "1"
