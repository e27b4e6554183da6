"""Why a household stands where it does on the worklist, and what only a person can answer.

Each part of the order has its reason here. No personal trait is among them: not gender, age, origin or kind of income.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bofast.domain.conditions import deposited_amount
from bofast.domain.decisions import Request, decision_due_on, open_question
from bofast.domain.facts import Facts, Ground, Stage
from bofast.domain.findings import Finding, Outcome, finding
from bofast.domain.notices import no_sound_notice
from bofast.domain.procedure import BEFORE_PETITION, HOME_LEFT
from bofast.domain.standing import ONE_DAY, Danger, Standing

CLAUSE_MATTERS = (Danger.PETITION_POSSIBLE, Danger.NOTICE_RUNNING, Danger.DEMANDED)


def reasons(case: Standing) -> tuple[Finding, ...]:
    """The findings, most important first: where the procedure stands, what is owed, then what else moves the order."""
    return (*_danger(case), *_money(case), *_home(case), *_help(case))


def _danger(case: Standing) -> Iterator[Finding]:
    yield _stage_finding(case)
    if case.paid_but_petitioned and case.danger is not Danger.PAID_BUT_PETITIONED:
        yield finding("paid_but_petition_runs", petitioned_on=case.petitioned_on)
    if case.lost_notice:
        yield finding("notice_lapsed", sent_on=case.lost_notice.sent_on, void_on=case.lost_notice.closes_on)
    if deposited := deposited_amount(case.facts):
        yield finding("rent_deposited", outcome=Outcome.UNCLEAR, deposited_ore=deposited)


def _stage_finding(case: Standing) -> Finding:
    notice = case.notice
    match case.danger:
        case Danger.EVICTION_AHEAD:
            return finding("eviction_date_set", scheduled_on=case.scheduled_on)
        case Danger.EVICTION_DAY_PASSED:
            return finding("eviction_date_passed", scheduled_on=case.scheduled_on)
        case Danger.PAID_BUT_PETITIONED:
            return finding("paid_but_petition_runs", petitioned_on=case.petitioned_on)
        case Danger.PETITIONED:
            return finding("petition_runs_since", petitioned_on=case.petitioned_on)
        case Danger.PETITION_POSSIBLE if notice:
            return finding("petition_possible", since_on=notice.opens_on, void_on=notice.closes_on)
        case Danger.NOTICE_RUNNING if notice:
            return finding("notice_running", sent_on=notice.sent_on, earliest_on=notice.opens_on)
    return _quiet_stage_finding(case)


def _quiet_stage_finding(case: Standing) -> Finding:
    if not case.facts.claims and case.stage in BEFORE_PETITION:
        return finding("cleared", cleared_on=case.facts.cleared_on or case.facts.listed_on)
    if case.stage is Stage.DUE:
        return finding("rent_overdue", listed_on=case.facts.first_listed_on)
    return finding(f"stage_{case.stage}", since_on=case.position.since)


def _money(case: Standing) -> Iterator[Finding]:
    facts = case.facts
    if facts.outstanding:
        yield finding("owes_since", oldest_due_on=facts.oldest_due_on, outstanding_ore=facts.outstanding)
        yield _months(case)
    if case.rising:
        yield finding("rising", previous_ore=facts.previous_outstanding, outstanding_ore=facts.outstanding)
    if facts.relapse_of:
        yield finding("relapse", former_cleared_on=facts.relapse_of)


def _months(case: Standing) -> Finding:
    """Whole months only: a text that says "mer enn 2" needs no decimal mark of any language."""
    months = case.tenths_of_months // 10
    if not case.facts.monthly_rent:
        return finding("unpaid_months", outcome=Outcome.COMPUTED, months=months)
    code = "owes_months" if months else "owes_less_than_a_month"
    return finding(code, outcome=Outcome.COMPUTED, months=months, monthly_rent_ore=case.facts.monthly_rent)


def _home(case: Standing) -> Iterator[Finding]:
    if case.lease_ends_soon:
        yield finding("lease_ends_soon", lease_to_on=case.facts.lease_to)
    if case.facts.children:
        yield finding("children_in_home", children=case.facts.children)


def _help(case: Standing) -> Iterator[Finding]:
    yield from open_request(case)
    if case.stage is Stage.CLOSED:
        yield finding("in_follow_up", closed_on=case.position.since)
    if case.last_contact:
        yield finding("in_contact", contact_on=case.last_contact)
    elif case.last_attempt:
        yield finding("no_answer_yet", tried_on=case.last_attempt)
    else:
        yield finding("no_contact_yet", first_listed_on=case.facts.first_listed_on)


def open_request(case: Standing) -> Iterator[Finding]:
    """That the household's request for help waits for a decision, or should have had one."""
    asked_on = case.facts.asked_for_help_on
    if asked_on is None or not case.today.reached(asked_on):
        return
    due_on = decision_due_on(asked_on)
    day = due_on + ONE_DAY if case.today.past(due_on) else asked_on  # the answer is the same on every day between
    if found := open_question(Request(received_on=asked_on), day):
        yield found


def questions(case: Standing) -> tuple[Finding, ...]:
    """What the program cannot know and a person can find out."""
    return (*_of_procedure(case), *_of_register(case), *open_request(case))


def _of_procedure(case: Standing) -> Iterator[Finding]:
    if case.facts.clause is None and case.facts.claims and case.danger in CLAUSE_MATTERS:
        yield finding("question_clause", outcome=Outcome.UNCLEAR)
    petition = case.position.petition
    if petition and _lacks_notice(case.facts, petition.ground, petition.on):
        yield finding("question_notice", outcome=Outcome.UNCLEAR, petitioned_on=petition.on)
    deposited = deposited_amount(case.facts)
    if deposited and case.facts.outstanding:
        yield finding("question_dispute", outcome=Outcome.UNCLEAR, deposited_ore=deposited)


def _lacks_notice(facts: Facts, ground: Ground, day: date) -> bool:
    """No sound notice was on record when the petition was filed; what is paid since does not matter."""
    return any(no_sound_notice(replace(facts, claims=()), ground, day))


def _of_register(case: Standing) -> Iterator[Finding]:
    facts = case.facts
    if not facts.registered:
        yield finding("question_register", outcome=Outcome.UNCLEAR)
    elif not facts.monthly_rent:
        yield finding("question_rent", outcome=Outcome.UNCLEAR)
    if facts.lease_to and case.lease_over and case.stage not in HOME_LEFT:
        yield finding("question_lease", outcome=Outcome.UNCLEAR, lease_to_on=facts.lease_to)
