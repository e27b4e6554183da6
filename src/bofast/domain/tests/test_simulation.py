"""A whole life: 2,000 households, 104 weeks, every payment habit, every kind of office. What holds whatever happens.

The oracle that judges the legal steps is written here from the provisions and calls none of the rules it judges.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

import pytest

from bofast.domain.assessment import Assessment, assess
from bofast.domain.calendar import is_working_day
from bofast.domain.episodes import episodes
from bofast.domain.facts import Claim, Deed, DeedCode, Facts, NoticeContent, Stage
from bofast.domain.procedure import LADDER, obstacles, stage

pytestmark = pytest.mark.slow

D = date
ACCOUNTS, WEEKS = 2_000, 104
START = D(2026, 1, 5)  # a Monday
WEEK = timedelta(days=7)
WEEKS_BETWEEN_LISTS = 3
RENT = 800_000
FULL = frozenset(NoticeContent)
EXITS = {
    DeedCode.WITHDRAWAL, DeedCode.SETTLEMENT, DeedCode.REINSTATEMENT, DeedCode.MOVE, DeedCode.CLOSURE
}  # fmt: skip
HABITS = (
    "on_time", "late_in_full", "part_payments", "stops", "stops_and_resumes", "one_ore_short", "clears_and_relapses",
    "pays_after_petition", "pays_before_eviction", "never_pays", "moves", "disputes", "lists_with_gaps",
)  # fmt: skip
OFFICES = ("eager", "slow", "never")
LEGAL = (
    DeedCode.REMINDER, DeedCode.DEMAND, DeedCode.NOTICE, DeedCode.SOCIAL_NOTICE, DeedCode.PETITION, DeedCode.DATE_SET,
    DeedCode.EVICTION,
)  # fmt: skip


@dataclass
class Account:
    """One household: what it owes in truth, and what the office knows."""

    number: int
    habit: str
    office: str
    attentive: bool
    random: Random
    debts: dict[D, int] = field(default_factory=dict)
    facts: Facts | None = None
    living_there: bool = True
    listed: list[D] = field(default_factory=list)
    last: Assessment | None = None
    last_facts: Facts | None = None
    last_stage: Stage = Stage.DUE
    exit_taken: bool = False


@dataclass
class World:
    """What is counted on the way."""

    list_days: list[D] = field(default_factory=list)
    moves: Counter[tuple[Stage, Stage]] = field(default_factory=Counter)
    deeds: Counter[DeedCode] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    assessed: int = 0
    skipped: int = 0


def account(number: int) -> Account:
    random = Random(number)
    office = OFFICES[(number // len(HABITS)) % len(OFFICES)]
    habit = HABITS[number % len(HABITS)]
    return Account(number, habit, office, attentive=number % 2 == 0, random=random)


# ── What households do ────────────────────────────────────────────────────────────────────────────────────────────


def charge_and_pay(one: Account, week: int, day: D) -> None:
    first = [each for each in (day + timedelta(days=n) for n in range(7)) if each.day == 1]
    if first and one.living_there:
        one.debts[first[0]] = RENT
    can = pays_everything(one, week, day)
    for due, left in one.debts.items():
        if left and due <= day + WEEK:
            one.debts[due] = left - payment(one.habit, can, day - due, left)


def pays_everything(one: Account, week: int, day: D) -> bool:
    """Whether the household, by its habit, pays in full what is due this week."""
    match one.habit:
        case "stops_and_resumes":
            return not 10 <= week < 40
        case "clears_and_relapses":
            return week % 36 >= 16
        case "pays_after_petition" if one.facts and week >= 12:
            return stage(one.facts, day) is Stage.PETITIONED and one.random.random() < 0.6
        case "pays_before_eviction" if one.facts and week >= 12:
            scheduled = [each.scheduled_on for each in one.facts.deeds if each.scheduled_on]
            return bool(scheduled) and timedelta(0) <= scheduled[-1] - day <= 2 * WEEK
    return one.habit in ("on_time", "late_in_full") or week < 12


def payment(habit: str, can: bool, age: timedelta, left: int) -> int:
    """What is paid of one claim."""
    match habit:
        case "late_in_full":
            return left if age >= timedelta(days=18) else 0
        case "part_payments":
            return RENT * 7 // 10 if left == RENT else 0
        case "one_ore_short":
            return left - 1
    return left if can else 0


def live(one: Account, week: int, day: D) -> None:
    if one.facts is None or not one.facts.claims:
        return
    if one.habit == "moves" and week == 44 and one.living_there:
        record(one, Deed(code=DeedCode.MOVE, on=day))
    if one.habit == "disputes" and week in (30, 50):
        amount = one.facts.outstanding // (1 if week == 50 else 2)
        record(one, Deed(code=DeedCode.DEPOSIT, on=day, amount=amount))
    if one.habit == "disputes" and week == 28 and one.number % 2:
        record(one, Deed(code=DeedCode.OPT_OUT, on=day))


# ── What the lists say ────────────────────────────────────────────────────────────────────────────────────────────


def receive_list(one: Account, world: World, day: D) -> None:
    left_out = one.habit == "lists_with_gaps" and one.random.random() < 0.15
    claims = tuple(Claim(due_on=due, outstanding=left) for due, left in one.debts.items() if left and due < day)
    if claims and not left_out:
        one.listed.append(day)
        on_list(one, world, claims, day)
    elif one.facts and one.facts.claims:
        one.facts = replace(one.facts, claims=(), cleared_on=day)


def on_list(one: Account, world: World, claims: tuple[Claim, ...], day: D) -> None:
    if one.facts and one.facts.cleared_on is None:
        before = one.facts.outstanding
        one.facts = replace(one.facts, claims=claims, listed_on=day, previous_outstanding=before)
        return
    now = stage(one.facts, day) if one.facts else Stage.DUE
    # What the enforcement officer has in hand, and where the home stands, goes along into the new episode.
    keeps = one.facts.deeds if one.facts and now not in (Stage.CLOSED, Stage.SETTLED) and now in UNENDED else ()
    relapse_of = episodes(world.list_days, one.listed)[-1].relapse_of
    one.facts = Facts(
        claims=claims, deeds=keeps, monthly_rent=RENT, first_listed_on=day, listed_on=day, relapse_of=relapse_of,
        children=one.number % 3, clause=(True, True, None)[one.number % 3], registered=one.number % 7 != 0,
        lease_to=START + timedelta(days=one.number % 900) if one.number % 4 == 0 else None,
    )  # fmt: skip
    one.last_stage = stage(one.facts, day)


UNENDED = (Stage.PETITIONED, Stage.SCHEDULED, Stage.EVICTED, Stage.MOVED, Stage.REINSTATED)


# ── What offices do ───────────────────────────────────────────────────────────────────────────────────────────────


def record(one: Account, deed: Deed) -> None:
    assert one.facts is not None
    one.facts = replace(one.facts, deeds=(*one.facts.deeds, deed))
    one.exit_taken = one.exit_taken or deed.code in EXITS
    if deed.code in (DeedCode.MOVE, DeedCode.EVICTION):
        one.living_there = False
    if deed.code is DeedCode.REINSTATEMENT:
        one.living_there = True


def enforce(one: Account, world: World, day: D) -> None:
    """Collector, landlord and officer take each legal step as soon as nothing bars it, or late, or never."""
    if one.facts is None or one.office == "never" or (one.office == "slow" and one.random.random() < 0.8):
        return
    done = {deed.code for deed in one.facts.deeds if deed.on > day - 12 * WEEK}
    for code in one.random.sample(LEGAL, len(LEGAL)):
        if code in done and code is not DeedCode.PETITION:
            continue
        scheduled_on = day + 3 * WEEK if code is DeedCode.DATE_SET else None
        step = Deed(code=code, on=day, content=FULL, scheduled_on=scheduled_on)
        if not any(found.hard for found in obstacles(step, one.facts)):
            world.deeds[code] += 1
            judge(step, one.facts)
            record(one, step)
            return


def work(one: Account, world: World, day: D) -> None:
    """An attentive worker does what the assessment asks for when it is due, and that must lead on."""
    if one.last is None or one.facts is None or not one.attentive or one.last.next_step.due_on > day:
        return
    step = one.last.next_step
    world.steps[step.code] += 1
    answer = ANSWERS.get(step.code)
    if answer is None:
        return
    code = one.random.choice(answer)
    if code is None:
        one.facts = replace(one.facts, review_on=day + 4 * WEEK)
        return
    deed = Deed(code=code, on=day, scheduled_on=day + 2 * WEEK if code is DeedCode.DATE_SET else None)
    barred = [found.code for found in obstacles(deed, one.facts) if found.hard]
    if barred:
        assert code in (DeedCode.DATE_SET, DeedCode.EVICTION, DeedCode.SETTLEMENT), (step.code, code, barred)
        return
    if code in LEGAL:
        judge(deed, one.facts)
    record(one, deed)
    if one.number % 8:
        return
    after = assess(one.facts, day).next_step
    assert (after.code, after.due_on) != (step.code, step.due_on), f"{step.code} done, and nothing follows"


TALK = (DeedCode.CONTACT, DeedCode.CONTACT_TRIED)
ANSWERS: dict[str, tuple[DeedCode | None, ...]] = {
    "first_contact": TALK,
    "try_again": TALK,
    "follow_up": TALK,
    "find_out_why": TALK,
    "solve_before_eviction": TALK,
    "after_eviction": (*TALK, DeedCode.REINSTATEMENT),
    "withdraw_petition": (DeedCode.WITHDRAWAL,),
    "ask_eviction_result": (DeedCode.WITHDRAWAL, DeedCode.DATE_SET, DeedCode.EVICTION),
    "review": (None, None, None, DeedCode.CLOSURE),
    "close_case": (DeedCode.CLOSURE, DeedCode.CLOSURE, DeedCode.SETTLEMENT),
}


def reopen(one: Account, day: D) -> None:
    if one.last and one.facts and one.last.next_step.code == "reopen_case" and one.last.next_step.due_on <= day:
        one.facts = replace(one.facts, deeds=(), first_listed_on=day, listed_on=day)
        one.last_stage = Stage.DUE


# ── What must hold ────────────────────────────────────────────────────────────────────────────────────────────────


def judge(step: Deed, facts: Facts) -> None:
    """The law, told again: no step on paid claims, none before its day."""
    assert facts.outstanding > 0, f"{step.code} on paid claims"
    if step.code in (DeedCode.REMINDER, DeedCode.DEMAND, DeedCode.NOTICE, DeedCode.SOCIAL_NOTICE):
        assert min(claim.due_on for claim in facts.claims) <= step.on
    if step.code is DeedCode.SOCIAL_NOTICE:
        assert DeedCode.OPT_OUT not in {deed.code for deed in facts.deeds}
    if step.code in (DeedCode.PETITION, DeedCode.DATE_SET, DeedCode.EVICTION):
        deposited = sum(deed.amount for deed in facts.deeds if deed.code is DeedCode.DEPOSIT)
        assert deposited < facts.outstanding
    if step.code is DeedCode.PETITION:
        assert any(bears(notice, step, facts) for notice in facts.deeds), "no notice bears the petition"
    if step.code in (DeedCode.DATE_SET, DeedCode.EVICTION):
        assert petition_is_open(facts)
    if step.code is DeedCode.EVICTION:
        assert [deed for deed in facts.deeds if deed.scheduled_on][-1].scheduled_on <= step.on


def bears(notice: Deed, petition: Deed, facts: Facts) -> bool:
    """§§ 4-18 and 4-19: content, a claim due when sent, fourteen days, no end on a weekend, and the year after."""
    if notice.code not in (DeedCode.NOTICE, DeedCode.DEMAND) or notice.content != FULL:
        return False
    ends_on = notice.on + timedelta(days=14)
    ends_on += timedelta(days=max(0, 7 - ends_on.weekday()) if ends_on.weekday() > 4 else 0)
    covered = any(claim.due_on <= notice.on for claim in facts.claims)
    return covered and ends_on <= petition.on <= ends_on + timedelta(days=366 + 12)


def petition_is_open(facts: Facts) -> bool:
    last = [deed.code for deed in facts.deeds if deed.code in (DeedCode.PETITION, DeedCode.EVICTION, *EXITS)]
    return bool(last) and last[-1] is DeedCode.PETITION


def look(one: Account, world: World, day: D) -> None:
    """Assess where something changed or was to change; for every twentieth household always, and compare."""
    if one.facts is None:
        return
    due = one.last is None or one.facts is not one.last_facts
    due = due or bool(one.last and one.last.changes_on and one.last.changes_on <= day)
    if not due and one.number % 20:
        world.skipped += 1
        return
    result = assess(one.facts, day)
    world.assessed += 1
    if not due:
        assert result == one.last, "an assessment changed before the day it named"
    one.last, one.last_facts = result, one.facts
    hold(one, world, result)


def hold(one: Account, world: World, result: Assessment) -> None:
    assert is_working_day(result.next_step.due_on)
    assert result.next_step.owner and result.findings
    assert result.next_step.code != "follow_up_ended" or "follow_up_ended" in {each.code for each in result.findings}
    now = result.stage
    if now in LADDER and one.last_stage in LADDER and not one.exit_taken:
        assert LADDER.index(now) >= LADDER.index(one.last_stage), "the ladder was reset"
    if now is not one.last_stage:
        world.moves[one.last_stage, now] += 1
    one.last_stage, one.exit_taken = now, False


@pytest.fixture(scope="module")
def world() -> World:
    result = World()
    accounts = [account(number) for number in range(ACCOUNTS)]
    for week in range(WEEKS):
        day = START + week * WEEK
        if week % WEEKS_BETWEEN_LISTS == 0:
            result.list_days.append(day)
        for one in accounts:
            charge_and_pay(one, week, day)
            if week % WEEKS_BETWEEN_LISTS == 0:
                receive_list(one, result, day)
            live(one, week, day)
            enforce(one, result, day)
            look(one, result, day)
            work(one, result, day)
            reopen(one, day)
    return result


def test_two_thousand_households_live_two_years_and_every_rule_holds(world: World) -> None:
    assert world.assessed > 20_000
    assert world.skipped > 20_000  # what the day an assessment names saves


def test_every_legal_step_was_taken_by_somebody(world: World) -> None:
    assert {code for code, count in world.deeds.items() if count > 10} == set(LEGAL)


def test_every_state_is_left_by_some_door(world: World) -> None:
    left = {before for before, _ in world.moves}
    assert left >= set(Stage) - {Stage.CLOSED}
    assert world.steps["follow_up_ended"] and world.steps["reopen_case"]  # the two doors out of a closed case


def test_every_kind_of_next_step_came_up(world: World) -> None:
    assert set(world.steps) == {*ANSWERS, "reopen_case", "follow_up_ended"}
