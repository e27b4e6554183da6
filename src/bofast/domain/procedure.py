"""Figure 3 as a table: the steps of the eviction procedure, what each needs, and what stands in the way of one.

The stage is never stored as a truth of its own: it is where the dated deeds have led.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bofast.domain import conditions as needs
from bofast.domain.calendar import next_working_day, shifted_due_day
from bofast.domain.conditions import Condition, Position, Situation
from bofast.domain.facts import Agency, Deed, DeedCode, Facts, Ground, Stage
from bofast.domain.findings import Finding, Outcome, finding
from bofast.domain.notices import FULL_CONTENT, NOTICE_DAYS, window

LADDER = (Stage.DUE, Stage.REMINDED, Stage.DEMANDED, Stage.PETITIONED, Stage.SCHEDULED, Stage.EVICTED)
PETITION_RUNS = (Stage.PETITIONED, Stage.SCHEDULED)
HOME_LEFT = (Stage.EVICTED, Stage.MOVED)
ENDED_BY_PAYMENT = (Stage.SETTLED, Stage.REINSTATED)
AT_REST = (Stage.WITHDRAWN, Stage.SETTLED, Stage.REINSTATED, Stage.CLOSED)
BEFORE_PETITION = (Stage.DUE, Stage.REMINDED, Stage.DEMANDED)

_RANK = {stage: rank for rank, stage in enumerate(LADDER)}
_TVANGSL = "tvangsfullbyrdelsesloven"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: from which stages, to which (None: the stage stays), by whom, and what it needs.

    `days` is the wait the law sets after the notice of § 4-18. `valid_from` is the first day the step exists in law,
    None when that is before the years covered here. `otherwise` is said from any other stage.
    """

    deed: DeedCode
    of: tuple[Stage, ...]
    to: Stage | None
    by: Agency
    needs: tuple[Condition, ...] = ()
    days: int = 0
    law: str = ""
    valid_from: date | None = None
    otherwise: str = "home_left"
    hard: bool = True


STEPS = (
    Step(
        deed=DeedCode.REMINDER, of=(Stage.DUE, Stage.REMINDED, *AT_REST), to=Stage.REMINDED, by=Agency.LANDLORD,
        needs=(needs.unpaid_claim, needs.due_day_come, needs.fee_period),
        law="inkassoforskriften § 1-2", otherwise="later_step_taken", hard=False,
    ),
    Step(
        deed=DeedCode.DEMAND, of=(*BEFORE_PETITION, *AT_REST), to=Stage.DEMANDED, by=Agency.COLLECTOR,
        needs=(needs.unpaid_claim, needs.due_day_come, needs.fee_period, needs.notice_form),
        law="inkassoloven § 10, inkassoforskriften § 1-3", otherwise="later_step_taken", hard=False,
    ),
    Step(
        deed=DeedCode.NOTICE, of=(*BEFORE_PETITION, *AT_REST), to=None, by=Agency.COLLECTOR,
        needs=(needs.enforcement_officer_decides, needs.unpaid_claim, needs.due_day_come, needs.lease_over,
               needs.notice_form, needs.eviction_clause, needs.not_deposited),
        law=f"{_TVANGSL} § 4-18", otherwise="later_step_taken", hard=False,
    ),
    Step(
        deed=DeedCode.SOCIAL_NOTICE, of=(*BEFORE_PETITION, *PETITION_RUNS, *AT_REST), to=None, by=Agency.LANDLORD,
        needs=(needs.no_opt_out, needs.unpaid_claim, needs.due_day_come, needs.lease_over),
        law="husleieloven § 9-11", valid_from=needs.SOCIAL_NOTICE_FROM,
    ),
    Step(
        deed=DeedCode.PETITION, of=(*BEFORE_PETITION, *AT_REST), to=Stage.PETITIONED, by=Agency.COLLECTOR,
        needs=(needs.enforcement_officer_decides, needs.unpaid_claim, needs.lease_over, needs.sound_notice,
               needs.eviction_clause, needs.not_deposited, needs.social_services_told),
        days=NOTICE_DAYS, law=f"{_TVANGSL} §§ 4-18, 13-2", otherwise="petition_filed_already",
    ),
    Step(
        deed=DeedCode.DATE_SET, of=PETITION_RUNS, to=Stage.SCHEDULED, by=Agency.ENFORCEMENT_OFFICER,
        needs=(needs.unpaid_claim, needs.not_deposited, needs.day_named, needs.petition_fresh),
        law=f"{_TVANGSL} § 13-12", otherwise="no_petition_runs",
    ),
    Step(
        deed=DeedCode.WITHDRAWAL, of=PETITION_RUNS, to=Stage.WITHDRAWN, by=Agency.COLLECTOR,
        law=f"{_TVANGSL} § 5-17", otherwise="no_petition_runs",
    ),
    Step(
        deed=DeedCode.EVICTION, of=(Stage.SCHEDULED,), to=Stage.EVICTED, by=Agency.ENFORCEMENT_OFFICER,
        needs=(needs.unpaid_claim, needs.not_deposited, needs.day_come, needs.petition_fresh),
        law=f"{_TVANGSL} §§ 5-10, 13-11", otherwise="no_date_set",
    ),
    Step(
        deed=DeedCode.REINSTATEMENT, of=(Stage.EVICTED,), to=Stage.REINSTATED, by=Agency.LANDLORD,
        needs=(needs.basis_for_return,), otherwise="not_evicted",
    ),
    Step(
        deed=DeedCode.SETTLEMENT, of=(*BEFORE_PETITION, *AT_REST), to=Stage.SETTLED, by=Agency.COLLECTOR,
        needs=(needs.all_paid,), otherwise="petition_runs",
    ),
    Step(
        deed=DeedCode.MOVE, of=(*BEFORE_PETITION, *HOME_LEFT, *AT_REST), to=Stage.MOVED, by=Agency.LANDLORD,
        otherwise="petition_runs", hard=False,
    ),
    Step(
        deed=DeedCode.CLOSURE, of=(*BEFORE_PETITION, *HOME_LEFT, *AT_REST), to=Stage.CLOSED,
        by=Agency.OUTREACH, needs=(needs.debt_considered,), otherwise="petition_runs",
    ),
)  # fmt: skip

_BY_DEED = {step.deed: step for step in STEPS}
# Deeds of one day are taken in the order of the table: what was withdrawn and yet executed that day was executed.
_SAME_DAY = {step.deed: place for place, step in enumerate(STEPS)}


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """A step as it stands on a day: what is in its way, and the first day time alone would clear it.

    What bars it is said as of the day of asking; what is only to be considered, as of the first day it can be taken.
    """

    deed: DeedCode
    to: Stage | None
    by: Agency
    obstacles: tuple[Finding, ...]
    earliest_on: date | None

    @property
    def allowed(self) -> bool:
        """Nothing hard stands in the way."""
        return not is_barred(self.obstacles)


def stage(facts: Facts, on: date) -> Stage:
    """The stage that the deeds up to and on the day have led to."""
    return position(known_on(facts, on)).stage


def known_on(facts: Facts, day: date) -> Facts:
    """The facts without the deeds of later days, the rest in the order of the days."""
    deeds = tuple(sorted([deed for deed in facts.deeds if deed.on <= day], key=_in_order))
    closed_on = facts.closed_on if facts.closed_on and facts.closed_on <= day else None
    return facts if deeds == facts.deeds and closed_on == facts.closed_on else replace(
        facts, deeds=deeds, closed_on=closed_on
    )  # fmt: skip


def _in_order(deed: Deed) -> tuple[date, int]:
    return deed.on, _SAME_DAY.get(deed.code, len(STEPS))


def position(facts: Facts) -> Position:
    """Where all the deeds of the facts, taken in the order they stand, have led.

    `closed_on` counts as a closure where none is recorded.
    """
    now, since, petition, date_set = Stage.DUE, None, None, None
    for deed in _with_closure(facts):
        rule = _BY_DEED.get(deed.code)
        if rule is None or rule.to is None or not _leads(now, rule.to):
            continue
        now, since = rule.to, deed.on
        petition = deed if deed.code is DeedCode.PETITION else petition if now in PETITION_RUNS else None
        date_set = deed if now is Stage.SCHEDULED else None
    return Position(stage=now, since=since, petition=petition, date_set=date_set)


def _with_closure(facts: Facts) -> Iterable[Deed]:
    if facts.closed_on is None or any(deed.code is DeedCode.CLOSURE for deed in facts.deeds):
        return facts.deeds
    return sorted((*facts.deeds, Deed(code=DeedCode.CLOSURE, on=facts.closed_on)), key=_in_order)


def _leads(now: Stage, to: Stage) -> bool:
    """Whether a deed moves the stage at all: no later letter resets the ladder.

    After a withdrawal, a move or a closure only a petition (or what follows one) takes the procedure up again; after
    payment or return any step of the ladder begins anew. A new date replaces the one before.
    """
    if to not in _RANK or now in ENDED_BY_PAYMENT or now is to is Stage.SCHEDULED:
        return True
    return _RANK[to] > _RANK.get(now, _RANK[Stage.DEMANDED])


def obstacles(step: Deed, facts: Facts, on: date | None = None) -> list[Finding]:
    """Every reason the step is barred, hard or soft, on the law of its own day.

    `on` is the day of asking, the step's own when left out; a step cannot be recorded ahead of it.
    """
    known = known_on(facts, step.on)
    case = Situation(step=step, facts=known, position=position(known))
    found = [finding("step_in_future", hard=True, step_on=step.on)] if on and step.on > on else []
    rule = _BY_DEED.get(step.code)
    return [*found, *_of_the_table(rule, case)] if rule else found


def _of_the_table(rule: Step, case: Situation) -> Iterable[Finding]:
    if rule.valid_from and case.step.on < rule.valid_from:
        yield finding("step_not_yet_law", hard=True, valid_from_on=rule.valid_from)
    if case.position.stage not in rule.of:
        yield _out_of_order(rule, case.position)
    for condition in rule.needs:
        yield from condition(case)


def _out_of_order(rule: Step, now: Position) -> Finding:
    left = now.stage in HOME_LEFT and rule.hard and rule.otherwise != "not_evicted"
    return finding("home_left" if left else rule.otherwise, outcome=Outcome.NO, hard=rule.hard, since_on=now.since)


def is_barred(found: Iterable[Finding]) -> bool:
    """Some obstacle is hard."""
    return any(obstacle.hard for obstacle in found)


def earliest_on(step: Deed, facts: Facts) -> date | None:
    """The first day, from the step's own, on which only soft obstacles remain if nothing else happens.

    None when something other than time stands in the way.
    """
    known = known_on(facts, step.on)
    later = sorted({day for day in _turning_days(step, known) if day > step.on})
    for day in (step.on, *later):
        if not is_barred(obstacles(replace(step, on=day), known)):
            return day
    return None


def _turning_days(step: Deed, facts: Facts) -> Iterable[date]:
    """Every day on which time alone can remove a hard obstacle."""
    yield from (shifted_due_day(claim.due_on) for claim in facts.claims)
    yield from (window(deed.on).opens_on for deed in facts.deeds if deed.code in (DeedCode.NOTICE, DeedCode.DEMAND))
    yield from (deed.scheduled_on for deed in facts.deeds if deed.scheduled_on)
    if facts.lease_to and facts.lease_to < date.max:
        yield from (facts.lease_to, facts.lease_to + timedelta(days=1))
    rule = _BY_DEED.get(step.code)
    if rule and rule.valid_from:
        yield rule.valid_from


def next_steps(facts: Facts, on: date) -> tuple[NextStep, ...]:
    """Each step that leads on from the stage of the day, taken in its proper form, with what is in its way."""
    known = known_on(facts, on)
    now = position(known).stage
    return tuple(_as_it_stands(step, known, on) for step in STEPS if now in step.of)


def _as_it_stands(step: Step, facts: Facts, on: date) -> NextStep:
    wanted = _in_proper_form(step.deed, facts, on)
    possible_on = earliest_on(wanted, facts)
    barring = [found for found in obstacles(wanted, facts) if found.hard]
    then = replace(wanted, on=possible_on or next_working_day(on))
    to_consider = [found for found in obstacles(then, facts) if not found.hard]
    return NextStep(
        deed=step.deed,
        to=step.to,
        by=step.by,
        obstacles=(*barring, *to_consider),
        earliest_on=possible_on,
    )


def _in_proper_form(code: DeedCode, facts: Facts, on: date) -> Deed:
    """The step as a careful office would take it: full content on paper, the ground of the newest notice."""
    grounds = [deed.ground for deed in facts.deeds if deed.code is DeedCode.NOTICE]
    return Deed(
        code=code,
        on=on,
        ground=grounds[-1] if grounds else Ground.UNPAID_RENT,
        content=FULL_CONTENT,
        scheduled_on=next_working_day(on) if code is DeedCode.DATE_SET else None,
    )
