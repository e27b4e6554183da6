"""What the most complete public arrears system answered wrongly while its own tests were green, and what is right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bofast.domain.assessment import assess
from bofast.domain.episodes import episodes
from bofast.domain.facts import Agency, Channel, Claim, Deed, DeedCode, Facts, NoticeContent, Stage
from bofast.domain.findings import Part
from bofast.domain.procedure import next_steps, obstacles, stage

D = date
FULL = frozenset(NoticeContent)
RENT = 1_000_000
DUE = D(2026, 1, 2)
LISTED = D(2026, 1, 19)


def household(*deeds: Deed, owes: int = RENT, due: D = DUE) -> Facts:
    claims = (Claim(due_on=due, outstanding=owes),) if owes else ()
    return Facts(
        claims=claims, deeds=deeds, monthly_rent=RENT, first_listed_on=LISTED, listed_on=LISTED, clause=True
    )  # fmt: skip


@pytest.mark.parametrize("owes", [1, 500, 1_000, 10_900, 11_000, RENT, 40 * RENT])
@pytest.mark.parametrize("age", [0, 1, 7, 20, 60, 365, 1500])
def test_every_amount_and_every_age_has_a_step_an_owner_and_a_day(owes: int, age: int) -> None:
    """It answered: owes 10 to 109 and nothing done, no action."""
    result = assess(household(owes=owes), LISTED + timedelta(days=age))
    assert (result.next_step.code, result.next_step.owner) == ("first_contact", Agency.OUTREACH)
    assert result.next_step.due_on == D(2026, 2, 2)


@pytest.mark.parametrize("code", [DeedCode.CONTACT_TRIED, DeedCode.CONTACT, DeedCode.REMINDER, DeedCode.SOCIAL_NOTICE])
def test_a_text_message_after_the_demand_does_not_reset_the_ladder(code: DeedCode) -> None:
    """It answered: letter one 20 days ago, officer texts today, letter one again."""
    facts = household(
        Deed(code=DeedCode.DEMAND, on=D(2026, 2, 2), content=FULL), Deed(code=code, on=D(2026, 2, 22))
    )  # fmt: skip
    assert stage(facts, D(2026, 2, 22)) is Stage.DEMANDED
    petition = Deed(code=DeedCode.PETITION, on=D(2026, 2, 23))
    assert not [found for found in obstacles(petition, facts) if found.hard]


def test_help_is_offered_while_the_notice_runs_and_after_it_has_matured() -> None:
    """It answered: notice served 60 days ago, ten weeks owing, nothing for three months."""
    facts = household(Deed(code=DeedCode.NOTICE, on=D(2026, 1, 20), content=FULL), owes=3 * RENT)
    for on in (D(2026, 1, 21), D(2026, 2, 20), D(2026, 3, 21)):
        step = assess(facts, on).next_step
        assert step.finding.part is Part.HELP
        assert step.due_on <= D(2026, 2, 2)


def test_an_eviction_date_long_past_is_asked_about_and_has_doors() -> None:
    """It answered: an eviction date two years ago, stopped, no action for ever."""
    facts = household(
        Deed(code=DeedCode.NOTICE, on=D(2026, 1, 20), content=FULL),
        Deed(code=DeedCode.PETITION, on=D(2026, 2, 3)),
        Deed(code=DeedCode.DATE_SET, on=D(2026, 2, 17), scheduled_on=D(2026, 3, 16)),
    )
    on = D(2028, 3, 20)
    step = assess(facts, on).next_step
    assert (step.code, step.owner) == ("ask_eviction_result", Agency.LANDLORD)
    assert {DeedCode.WITHDRAWAL, DeedCode.DATE_SET} <= {each.deed for each in next_steps(facts, on) if each.allowed}
    stopped = replace(facts, deeds=(*facts.deeds, Deed(code=DeedCode.WITHDRAWAL, on=D(2026, 3, 13))))
    assert assess(stopped, on).next_step.finding.part is Part.HELP


def test_part_payment_is_credited_and_an_ore_left_brings_a_talk_not_a_letter_of_eviction() -> None:
    """It answered: one penny short, breached. (Plans have their own tolerance; this is what is left without one.)"""
    nearly_paid = household(owes=1)
    assert nearly_paid.outstanding == 1
    assert assess(nearly_paid, LISTED).next_step.finding.part is Part.HELP
    assert assess(nearly_paid, LISTED).order_full > assess(household(), LISTED).order_full


@pytest.mark.parametrize("code", [DeedCode.REMINDER, DeedCode.DEMAND, DeedCode.NOTICE])
def test_nobody_is_behind_before_the_due_day(code: DeedCode) -> None:
    """It answered: pays the month in full every month, four weeks "behind", letter, then notice."""
    due_on = D(2026, 2, 2)
    letter = Deed(code=code, on=D(2026, 1, 30), content=FULL)
    assert [found for found in obstacles(letter, household(due=due_on)) if found.hard]
    assert [found for found in obstacles(letter, household(owes=0)) if found.hard]
    assert not [found for found in obstacles(replace(letter, on=due_on), household(due=due_on)) if found.hard]


def test_an_episode_survives_the_day_the_balance_reaches_zero() -> None:
    """It answered: balance zero, the row destroyed with its history."""
    lists = [D(2026, month, 15) for month in range(1, 7)]
    found = episodes(lists, [lists[0], lists[1], lists[4]])
    assert [(each.started_on, each.cleared_on) for each in found] == [(lists[0], lists[2]), (lists[4], lists[5])]
    assert found[1].relapse_of == lists[2]
    back = replace(household(), first_listed_on=lists[4], listed_on=lists[4], relapse_of=found[1].relapse_of)
    assert "relapse" in [each.code for each in assess(back, lists[4]).findings]


def test_gone_from_the_list_is_asked_about_and_not_closed_in_silence() -> None:
    gone = replace(household(owes=0), cleared_on=D(2026, 2, 16))
    assert assess(gone, D(2026, 2, 16)).next_step.code == "find_out_why"


def test_a_new_rule_leaves_the_notices_already_sent_as_they_were() -> None:
    """It answered: a court date changed the rule for notices already served."""
    facts = replace(household(due=D(2017, 3, 1)), first_listed_on=D(2017, 3, 15), listed_on=D(2017, 3, 15))
    petition = Deed(code=DeedCode.PETITION, on=D(2017, 6, 1))
    for sent_on, valid in ((D(2017, 4, 17), False), (D(2017, 4, 18), True)):
        notice = Deed(code=DeedCode.NOTICE, on=sent_on, content=FULL, channel=Channel.ELECTRONIC)
        found = [each.code for each in obstacles(petition, replace(facts, deeds=(notice,))) if each.hard]
        assert found == ([] if valid else ["notice_electronic"])
