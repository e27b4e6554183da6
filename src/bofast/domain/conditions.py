"""What a step of the procedure needs: one function a condition, yielding what is missing, hard or soft.

A hard finding bars the step; a soft one may be passed by a person who writes down why. A condition is judged on the
day of the step, by the law of that day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bofast.domain.calendar import is_rest_day, limit, months_after, shifted_due_day, years_after
from bofast.domain.facts import Deed, DeedCode, Facts, Ground, Stage
from bofast.domain.findings import Finding, Outcome, finding
from bofast.domain.notices import form_faults, is_notice, no_sound_notice

FEE_DAYS = 14
SOCIAL_NOTICE_DAYS = 14
SOCIAL_NOTICE_FROM = date(2007, 7, 1)
PETITION_YEARS = 2
OPEN_ENDED_MONTHS = 3
COURT_GROUNDS = (Ground.RESCINDED, Ground.OTHER)
CLAUSE_GROUNDS = (Ground.UNPAID_RENT, Ground.LEASE_EXPIRED)


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where the procedure stands: the stage, the day it was reached, and the petition and the date now in force."""

    stage: Stage = Stage.DUE
    since: date | None = None
    petition: Deed | None = None
    date_set: Deed | None = None


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A step that somebody wants to take: `facts` holds the deeds up to its day, `position` what they led to."""

    step: Deed
    facts: Facts
    position: Position

    @property
    def ground(self) -> Ground:
        """What the step rests on: its own ground, or the petition's once there is one."""
        follows_petition = self.step.code in (DeedCode.DATE_SET, DeedCode.EVICTION)
        return self.position.petition.ground if follows_petition and self.position.petition else self.step.ground


Condition = Callable[[Situation], Iterator[Finding]]


def unpaid_claim(case: Situation) -> Iterator[Finding]:
    """Nothing is demanded, petitioned or executed for rent that is paid (tvangsfullbyrdelsesloven §§ 4-4, 13-2)."""
    if case.ground is Ground.UNPAID_RENT and not case.facts.outstanding:
        yield finding("claim_paid", outcome=Outcome.NO, hard=True)


def due_day_come(case: Situation) -> Iterator[Finding]:
    """Some unpaid claim has reached its shifted due day (§ 4-18; husleieloven § 3-2)."""
    if case.ground is not Ground.UNPAID_RENT or not case.facts.claims:
        return
    due_on = min(shifted_due_day(claim.due_on) for claim in case.facts.claims)
    if case.step.on < due_on:
        code = "notice_before_due" if case.step.code is DeedCode.NOTICE else "claim_not_due"
        yield finding(code, hard=True, sent_on=case.step.on, due_on=due_on)


def fee_period(case: Situation) -> Iterator[Finding]:
    """A fee may be taken only 14 days after the due day (inkassoforskriften § 1-2); the letter itself may go."""
    if not case.facts.claims:
        return
    due_on = min(shifted_due_day(claim.due_on) for claim in case.facts.claims)
    earliest_on = due_on + timedelta(days=FEE_DAYS)
    if case.step.on < earliest_on:
        yield finding("no_fee_yet", hard=False, due_on=due_on, earliest_on=earliest_on)


def notice_form(case: Situation) -> Iterator[Finding]:
    """A notice says what it must and goes by a channel the law of its day knows; so does a demand that carries one."""
    if case.step.code is DeedCode.NOTICE or is_notice(case.step, case.ground):
        yield from form_faults(case.step)


def lease_over(case: Situation) -> Iterator[Finding]:
    """Ground b needs a lease that has run out (§ 13-2 b) and has not become open-ended since (husleieloven § 9-2)."""
    if case.ground is not Ground.LEASE_EXPIRED:
        return
    lease_to, day = case.facts.lease_to, case.step.on
    if lease_to is None:
        yield finding("lease_end_unknown", outcome=Outcome.NO, hard=True)
    elif day < lease_to or (day == lease_to and case.step.code is DeedCode.PETITION):
        yield finding("lease_not_over", outcome=Outcome.NO, hard=True, lease_to_on=lease_to)
    elif day > (open_ended_on := months_after(lease_to, OPEN_ENDED_MONTHS)):
        yield finding(
            "lease_may_be_open_ended", outcome=Outcome.UNCLEAR, lease_to_on=lease_to, open_ended_on=open_ended_on
        )


def enforcement_officer_decides(case: Situation) -> Iterator[Finding]:
    """Grounds d and e go to the district court (§ 13-3); c rests on a termination the program does not know."""
    if case.ground in COURT_GROUNDS:
        yield finding("ground_goes_to_court", outcome=Outcome.NO, hard=True)
    elif case.ground is Ground.TERMINATED:
        yield finding("termination_unclear", outcome=Outcome.UNCLEAR)


def eviction_clause(case: Situation) -> Iterator[Finding]:
    """Grounds a and b need a lease in which the tenant accepts eviction (§ 13-2 a, b)."""
    if case.ground not in CLAUSE_GROUNDS or case.facts.clause:
        return
    if case.facts.clause is None:
        yield finding("clause_unknown", outcome=Outcome.UNCLEAR)
    else:
        yield finding("clause_missing", outcome=Outcome.NO, hard=True)


def sound_notice(case: Situation) -> Iterator[Finding]:
    """A written notice, right in words and channel, two weeks old and not lapsed (§§ 4-18, 4-19)."""
    yield from no_sound_notice(case.facts, case.ground, case.step.on)


def not_deposited(case: Situation) -> Iterator[Finding]:
    """Rent that is disputed and deposited bears no eviction (husleieloven § 3-8); a part of it is for a person."""
    deposited, outstanding = deposited_amount(case.facts), case.facts.outstanding
    if case.ground is not Ground.UNPAID_RENT or not deposited or not outstanding:
        return
    if deposited >= outstanding:
        yield finding("dispute_deposited", hard=True, deposited_ore=deposited, outstanding_ore=outstanding)
    else:
        yield finding(
            "dispute_part_deposited", outcome=Outcome.UNCLEAR, deposited_ore=deposited, outstanding_ore=outstanding
        )


def deposited_amount(facts: Facts) -> int:
    """Øre deposited because the rent is disputed."""
    return sum(deed.amount for deed in facts.deeds if deed.code is DeedCode.DEPOSIT)


def no_opt_out(case: Situation) -> Iterator[Finding]:
    """The tenant may reserve against the notice to the social services (husleieloven § 9-11)."""
    if opted_out_on := case.facts.opted_out_on:
        yield finding("opted_out", outcome=Outcome.NO, hard=True, opted_out_on=opted_out_on)


def social_services_told(case: Situation) -> Iterator[Finding]:
    """The petition should wait two weeks after the notice to the social services: may, not must (§ 9-11)."""
    if case.step.on < SOCIAL_NOTICE_FROM or any(no_opt_out(case)):
        return
    sent = [deed.on for deed in case.facts.deeds if deed.code is DeedCode.SOCIAL_NOTICE]
    if not sent:
        yield finding("social_notice_not_sent", outcome=Outcome.NO)
    elif case.step.on < (earliest_on := limit(min(sent), SOCIAL_NOTICE_DAYS).ends_on):
        yield finding("social_notice_too_recent", sent_on=min(sent), earliest_on=earliest_on)


def day_named(case: Situation) -> Iterator[Finding]:
    """A date for the eviction is a day to come, and no Sunday or holiday (§§ 13-12, 5-10)."""
    day = case.step.scheduled_on
    if day is None:
        yield finding("eviction_day_missing", outcome=Outcome.NO, hard=True)
    elif day < case.step.on:
        yield finding("eviction_day_past", hard=True, scheduled_on=day)
    elif is_rest_day(day):
        yield finding("eviction_on_rest_day", scheduled_on=day)


def day_come(case: Situation) -> Iterator[Finding]:
    """Nobody is evicted before the day they were told (§ 13-12), nor on a Sunday or holiday (§ 5-10)."""
    date_set, day = case.position.date_set, case.step.on
    if date_set and date_set.scheduled_on and day < date_set.scheduled_on:
        yield finding("eviction_before_date", hard=True, scheduled_on=date_set.scheduled_on)
    if is_rest_day(day):
        yield finding("eviction_on_rest_day", scheduled_on=day)


def petition_fresh(case: Situation) -> Iterator[Finding]:
    """A case stayed for more than two years needs a new petition (§ 5-11); the stay itself is not known here."""
    petition = case.position.petition
    if petition and case.step.on > years_after(petition.on, PETITION_YEARS):
        yield finding("petition_old", outcome=Outcome.UNCLEAR, petitioned_on=petition.on)


def basis_for_return(case: Situation) -> Iterator[Finding]:
    """No rule on letting a household in again was found: a new lease, or a reversal on complaint."""
    yield finding("return_unclear", outcome=Outcome.UNCLEAR, step_on=case.step.on)


def all_paid(case: Situation) -> Iterator[Finding]:
    """A case is settled when nothing is owed."""
    if case.facts.outstanding:
        yield finding("claims_outstanding", hard=True, outstanding_ore=case.facts.outstanding)


def debt_considered(case: Situation) -> Iterator[Finding]:
    """Closing with arrears is possible, with reasons: not every eviction can be prevented."""
    if case.facts.outstanding and case.position.stage not in (Stage.EVICTED, Stage.MOVED):
        yield finding("closing_with_arrears", outstanding_ore=case.facts.outstanding)
