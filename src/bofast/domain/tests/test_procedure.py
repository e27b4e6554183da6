from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bofast.domain.facts import Agency, Channel, Deed, DeedCode, Facts, Ground, Stage
from bofast.domain.procedure import STEPS, earliest_on, is_barred, next_steps, obstacles, stage
from bofast.domain.tests.procedure_cases import (
    EVICTED,
    FULL,
    MARCH,
    PETITIONED,
    RENT,
    SCHEDULED,
    deed,
    hard,
    notice,
    owing,
    soft,
)

D = date


# ── Figure 3: the table and the stage ─────────────────────────────────────────────────────────────────────────────


def test_the_model_case_of_figure_3_climbs_the_ladder_day_by_day() -> None:
    facts = owing(
        D(2006, 1, 1),
        deeds=(
            deed("reminder", D(2006, 2, 1)),
            deed("demand", D(2006, 3, 2), content=FULL),
            deed("petition", D(2006, 4, 1)),
            deed("date_set", D(2006, 4, 15), scheduled_on=D(2006, 5, 1)),
            deed("eviction", D(2006, 5, 1)),
        ),
    )
    days = [D(2006, 1, 31), D(2006, 2, 1), D(2006, 3, 2), D(2006, 4, 1), D(2006, 4, 15), D(2006, 5, 1)]
    assert [stage(facts, day) for day in days] == ["due", "reminded", "demanded", "petitioned", "scheduled", "evicted"]


def test_each_step_of_figure_3_has_the_actor_the_report_names() -> None:
    actors = {step.deed: step.by for step in STEPS}
    assert actors[DeedCode.REMINDER] is Agency.LANDLORD
    assert actors[DeedCode.DEMAND] is actors[DeedCode.PETITION] is actors[DeedCode.WITHDRAWAL] is Agency.COLLECTOR
    assert actors[DeedCode.DATE_SET] is actors[DeedCode.EVICTION] is Agency.ENFORCEMENT_OFFICER


@pytest.mark.parametrize(
    ("deeds", "later", "expected"),
    [
        ((deed("demand", MARCH),), deed("reminder", D(2026, 3, 20)), Stage.DEMANDED),
        ((deed("demand", MARCH),), deed("contact_tried", D(2026, 3, 20)), Stage.DEMANDED),
        (PETITIONED, deed("contact", D(2026, 3, 20)), Stage.PETITIONED),
        (PETITIONED, deed("demand", D(2026, 3, 20)), Stage.PETITIONED),
        (PETITIONED, deed("withdrawal", D(2026, 3, 20)), Stage.WITHDRAWN),
        ((*PETITIONED, deed("withdrawal", D(2026, 3, 20))), deed("reminder", D(2026, 4, 1)), Stage.WITHDRAWN),
        ((*PETITIONED, deed("withdrawal", D(2026, 3, 20))), deed("petition", D(2026, 4, 1)), Stage.PETITIONED),
        (SCHEDULED, deed("date_set", D(2026, 4, 20), scheduled_on=D(2026, 5, 11)), Stage.SCHEDULED),
        (SCHEDULED, deed("withdrawal", D(2026, 4, 20)), Stage.WITHDRAWN),
        (EVICTED, deed("reinstatement", D(2026, 4, 28)), Stage.REINSTATED),
        ((*EVICTED, deed("reinstatement", D(2026, 4, 28))), deed("reminder", D(2026, 6, 1)), Stage.REMINDED),
        (EVICTED, deed("move", D(2026, 5, 20)), Stage.MOVED),
        (EVICTED, deed("closure", D(2026, 5, 20)), Stage.CLOSED),
        ((deed("demand", MARCH),), deed("settlement", D(2026, 3, 20)), Stage.SETTLED),
        ((deed("closure", MARCH),), deed("demand", D(2026, 3, 20)), Stage.CLOSED),
        ((deed("closure", MARCH),), deed("petition", D(2026, 3, 20)), Stage.PETITIONED),
    ],
)
def test_the_stage_is_the_highest_completed_step_until_an_exit(
    deeds: tuple[Deed, ...], later: Deed, expected: Stage
) -> None:
    assert stage(owing(D(2026, 2, 2), deeds=(*deeds, later)), later.on) is expected


def test_deeds_learned_out_of_order_lead_to_the_same_stage() -> None:
    facts = owing(D(2026, 2, 2), deeds=EVICTED)
    assert stage(replace(facts, deeds=EVICTED[::-1]), D(2026, 4, 27)) is Stage.EVICTED


def test_withdrawn_and_yet_executed_on_one_day_is_evicted() -> None:
    facts = owing(D(2026, 2, 2), deeds=(deed("withdrawal", D(2026, 4, 27)), *EVICTED))
    assert stage(facts, D(2026, 4, 27)) is Stage.EVICTED


def test_the_day_a_person_closed_the_case_closes_it_also_without_a_deed() -> None:
    facts = owing(D(2026, 2, 2), closed_on=D(2026, 3, 1))
    assert [stage(facts, day) for day in (D(2026, 2, 28), D(2026, 3, 1))] == [Stage.DUE, Stage.CLOSED]


# ── Order of stages ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("deeds", "step", "code"),
    [
        ((), deed("date_set", MARCH, scheduled_on=D(2026, 4, 1)), "no_petition_runs"),
        ((), deed("withdrawal", MARCH), "no_petition_runs"),
        (PETITIONED, deed("eviction", D(2026, 4, 27)), "no_date_set"),
        (SCHEDULED, deed("reinstatement", D(2026, 4, 27)), "not_evicted"),
        (PETITIONED, deed("petition", D(2026, 4, 1)), "petition_filed_already"),
        (EVICTED, deed("petition", D(2026, 5, 4)), "home_left"),
        (EVICTED, deed("withdrawal", D(2026, 5, 4)), "home_left"),
        (PETITIONED, deed("closure", D(2026, 4, 1)), "petition_runs"),
        (PETITIONED, deed("settlement", D(2026, 4, 1)), "petition_runs"),
    ],
)
def test_a_step_out_of_its_order_is_barred(deeds: tuple[Deed, ...], step: Deed, code: str) -> None:
    assert code in hard(step, owing(D(2026, 2, 2), deeds=deeds))


def test_a_lower_letter_after_a_higher_step_may_go_but_is_said_to_move_nothing() -> None:
    found = obstacles(deed("reminder", D(2026, 4, 1)), owing(D(2026, 2, 2), deeds=PETITIONED))
    assert [(each.code, each.hard) for each in found] == [("later_step_taken", False)]


def test_a_step_cannot_be_recorded_ahead_of_its_day() -> None:
    found = obstacles(deed("reminder", D(2026, 4, 1)), owing(D(2026, 2, 2)), D(2026, 3, 31))
    assert [each.code for each in found] == ["step_in_future"]


# ── Letters, dates, exits ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent", "barred", "noted"),
    [
        (D(2026, 4, 30), {"claim_not_due"}, {"no_fee_yet"}),
        (D(2026, 5, 4), set(), {"no_fee_yet"}),
        (D(2026, 5, 17), set(), {"no_fee_yet"}),
        (D(2026, 5, 18), set(), set()),  # 14 days after the shifted due day, inkassoforskriften § 1-2
    ],
)
def test_a_letter_sooner_than_14_days_after_due_carries_no_fee(sent: D, barred: set[str], noted: set[str]) -> None:
    facts = owing(D(2026, 5, 1))
    for code in ("reminder", "demand"):
        assert hard(deed(code, sent), facts) == barred
        assert soft(deed(code, sent), facts) == noted


@pytest.mark.parametrize(
    ("scheduled_on", "barred", "noted"),
    [
        (None, {"eviction_day_missing"}, set()),
        (D(2026, 3, 29), {"eviction_day_past"}, set()),
        (D(2026, 4, 27), set(), set()),
        (D(2026, 5, 17), set(), {"eviction_on_rest_day"}),  # § 5-10
        (D(2026, 4, 26), set(), {"eviction_on_rest_day"}),  # a Sunday
        (D(2026, 4, 25), set(), set()),  # a plain Saturday
        (D(2026, 12, 26), set(), {"eviction_on_rest_day"}),  # Boxing Day, a Saturday
    ],
)
def test_the_day_of_eviction_is_named_lies_ahead_and_is_no_holiday(
    scheduled_on: D | None, barred: set[str], noted: set[str]
) -> None:
    step = deed("date_set", D(2026, 3, 30), scheduled_on=scheduled_on)
    facts = owing(D(2026, 2, 2), deeds=PETITIONED)
    assert hard(step, facts) == barred
    assert soft(step, facts) == noted


def test_nobody_is_evicted_before_the_day_they_were_told() -> None:
    facts = owing(D(2026, 2, 2), deeds=SCHEDULED)
    assert hard(deed("eviction", D(2026, 4, 24)), facts) == {"eviction_before_date"}
    assert obstacles(deed("eviction", D(2026, 4, 27)), facts) == []


def test_a_new_date_takes_the_place_of_the_one_before() -> None:
    put_off = deed("date_set", D(2026, 4, 20), scheduled_on=D(2026, 5, 11))
    facts = owing(D(2026, 2, 2), deeds=(*SCHEDULED, put_off))
    assert hard(deed("eviction", D(2026, 4, 27)), facts) == {"eviction_before_date"}
    assert hard(deed("eviction", D(2026, 5, 11)), facts) == set()


def test_a_stopped_eviction_has_three_doors() -> None:
    two_years_later = D(2028, 5, 2)
    facts = owing(D(2026, 2, 2), deeds=SCHEDULED)
    doors = {step.deed for step in next_steps(facts, two_years_later) if step.allowed}
    assert {DeedCode.WITHDRAWAL, DeedCode.DATE_SET, DeedCode.EVICTION} <= doors


def test_a_petition_older_than_two_years_is_questioned() -> None:
    """§ 5-11: whether the case was stayed that long is for a person."""
    step = deed("date_set", D(2028, 5, 2), scheduled_on=D(2028, 6, 1))
    assert soft(step, owing(D(2026, 2, 2), deeds=PETITIONED)) == {"petition_old"}


def test_letting_a_household_in_again_rests_on_no_rule_the_program_knows() -> None:
    found = obstacles(deed("reinstatement", D(2026, 4, 28)), owing(D(2026, 2, 2), deeds=EVICTED))
    assert [(each.code, each.outcome, each.hard) for each in found] == [("return_unclear", "unclear", False)]


def test_a_case_with_arrears_is_not_settled_but_may_be_closed_with_reasons() -> None:
    facts = owing(D(2026, 2, 2))
    assert hard(deed("settlement", MARCH), facts) == {"claims_outstanding"}
    assert [(each.code, each.hard) for each in obstacles(deed("closure", MARCH), facts)] == [
        ("closing_with_arrears", False)
    ]


@pytest.mark.parametrize("deeds", [PETITIONED, SCHEDULED])
def test_a_running_petition_can_always_be_withdrawn(deeds: tuple[Deed, ...]) -> None:
    for facts in (owing(D(2026, 2, 2), deeds=deeds), owing(deeds=deeds)):
        assert obstacles(deed("withdrawal", D(2026, 4, 20)), facts) == []


def test_a_day_past_all_known_law_is_judged_by_the_last_law_known() -> None:
    facts = owing(D(2090, 1, 2), deeds=(notice(D(2090, 3, 1)),))
    assert hard(deed("petition", D(2090, 4, 1)), facts) == set()


# ── Waiting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_waiting_alone_clears_a_notice_that_is_too_recent() -> None:
    facts = owing(D(2026, 2, 2), deeds=(notice(D(2026, 3, 19)),))
    step = deed("petition", D(2026, 3, 23))
    assert earliest_on(step, facts) == D(2026, 4, 7)


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (owing(D(2026, 2, 2)), deed("petition", MARCH)),
        (owing(D(2026, 2, 2), deeds=(notice(D(2026, 3, 9)),)), deed("petition", MARCH)),  # sent later than asked
        (owing(deeds=(notice(MARCH),)), deed("petition", MARCH)),
        (owing(D(2026, 2, 2), deeds=(notice(D(2024, 3, 4)),)), deed("petition", MARCH)),
        (owing(D(2026, 2, 2), deeds=(notice(MARCH),), clause=False), deed("petition", D(2026, 3, 3))),
    ],
)
def test_waiting_does_not_help_where_something_else_is_missing(facts: Facts, step: Deed) -> None:
    assert earliest_on(step, facts) is None


def test_the_next_steps_show_what_is_in_the_way_and_from_when() -> None:
    steps = {step.deed: step for step in next_steps(owing(D(2026, 2, 2), deeds=(notice(MARCH),)), D(2026, 3, 9))}
    assert steps[DeedCode.PETITION].earliest_on == D(2026, 3, 16)
    assert not steps[DeedCode.PETITION].allowed
    assert steps[DeedCode.NOTICE].to is None and steps[DeedCode.NOTICE].allowed
    assert DeedCode.EVICTION not in steps


ON_WHIT_SUNDAY = deed("date_set", D(2026, 4, 20), scheduled_on=D(2026, 5, 24))
TOLD_SAME_DAY, TOLD_LATER = deed("social_notice", MARCH), deed("social_notice", D(2026, 3, 10))


@pytest.mark.parametrize(
    ("deeds", "asked_on", "step", "said"),
    [
        (SCHEDULED, D(2026, 4, 19), "eviction", ["eviction_before_date"]),  # asked on a Sunday, possible on a Monday
        (SCHEDULED, D(2026, 5, 3), "eviction", ["eviction_on_rest_day"]),  # could be taken this very Sunday
        ((*SCHEDULED, ON_WHIT_SUNDAY), D(2026, 4, 22), "eviction", ["eviction_before_date", "eviction_on_rest_day"]),
        ((notice(MARCH), TOLD_SAME_DAY), D(2026, 3, 9), "petition", ["notice_too_recent"]),  # both end on 16 March
        ((notice(MARCH), TOLD_LATER), D(2026, 3, 11), "petition", ["notice_too_recent", "social_notice_too_recent"]),
    ],
)
def test_what_is_to_be_considered_is_said_of_the_first_day_the_step_can_be_taken(
    deeds: tuple[Deed, ...], asked_on: D, step: str, said: list[str]
) -> None:
    steps = {each.deed: each for each in next_steps(owing(D(2026, 2, 2), deeds=deeds), asked_on)}
    assert [found.code for found in steps[DeedCode(step)].obstacles] == said


def test_a_step_no_waiting_clears_is_not_asked_about_sundays() -> None:
    deposited = deed("deposit", D(2026, 4, 1), amount=RENT)
    steps = {each.deed: each for each in next_steps(owing(D(2026, 2, 2), deeds=(*SCHEDULED, deposited)), D(2026, 5, 3))}
    assert [found.code for found in steps[DeedCode.EVICTION].obstacles] == ["dispute_deposited"]


def test_an_eviction_recorded_on_a_sunday_still_asks_for_a_reason() -> None:
    assert soft(deed("eviction", D(2026, 5, 3)), owing(D(2026, 2, 2), deeds=SCHEDULED)) == {"eviction_on_rest_day"}


DAYS = st.dates(D(2026, 1, 1), D(2026, 6, 30))


@st.composite
def households(draw: st.DrawFn) -> Facts:
    due = draw(st.lists(DAYS, max_size=3))
    deeds = draw(
        st.lists(
            st.builds(
                Deed,
                code=st.sampled_from(DeedCode),
                on=DAYS,
                content=st.sampled_from([FULL, frozenset()]),
                channel=st.sampled_from(Channel),
                ground=st.sampled_from([Ground.UNPAID_RENT, Ground.LEASE_EXPIRED]),
                scheduled_on=st.none() | DAYS,
                amount=st.sampled_from([0, RENT]),
            ),
            max_size=6,
        )
    )
    return owing(*due, deeds=tuple(deeds), lease_to=draw(st.none() | DAYS), clause=draw(st.sampled_from([True, None])))


@settings(max_examples=60, deadline=None)
@given(households(), st.sampled_from(STEPS), DAYS)
def test_the_earliest_day_is_what_trying_day_by_day_would_find(facts: Facts, step: object, day: D) -> None:
    wanted = Deed(code=step.deed, on=day, content=FULL, scheduled_on=D(2027, 1, 4))  # type: ignore[attr-defined]
    known = replace(facts, deeds=tuple(each for each in facts.deeds if each.on <= day))
    tried = (day + timedelta(days=count) for count in range(300))
    open_days = (each for each in tried if not is_barred(obstacles(replace(wanted, on=each), known)))
    assert earliest_on(wanted, facts) == next(open_days, None)


@settings(max_examples=200, deadline=None)
@given(households(), DAYS)
def test_every_stage_has_a_way_on(facts: Facts, day: D) -> None:
    assert any(step.allowed for step in next_steps(facts, day))


@settings(max_examples=100, deadline=None)
@given(households(), DAYS)
def test_every_obstacle_can_be_said_in_three_languages(facts: Facts, day: D) -> None:
    for step in next_steps(facts, day):
        for found in step.obstacles:
            assert all(found.text(language) and "{" not in found.text(language) for language in ("nb", "nn", "en"))
