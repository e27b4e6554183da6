from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bofast.domain.assessment import Assessment, assess
from bofast.domain.calendar import is_working_day
from bofast.domain.facts import Agency, Claim, Deed, DeedCode, Facts, Ground, NoticeContent, Stage

D = date
FULL = frozenset(NoticeContent)
RENT = 900_000
LISTED = D(2026, 2, 16)  # a Monday
TODAY = D(2026, 3, 30)
MARCH = D(2026, 3, 2)


def deed(code: str, on: D, **more: object) -> Deed:
    return Deed(code=DeedCode(code), on=on, **more)  # type: ignore[arg-type]


NOTICE = deed("notice", MARCH, content=FULL)
PETITION = deed("petition", D(2026, 3, 16))
DATE_SET = deed("date_set", D(2026, 3, 26), scheduled_on=D(2026, 4, 27))
SCHEDULED = (NOTICE, PETITION, DATE_SET)
EVICTED = (*SCHEDULED, deed("eviction", D(2026, 4, 27)))


def household(*deeds: Deed, owes: int = 2 * RENT, **more: object) -> Facts:
    claims = (Claim(due_on=D(2026, 1, 2), outstanding=owes),) if owes else ()
    known = {
        "claims": claims, "deeds": deeds, "monthly_rent": RENT, "first_listed_on": LISTED, "listed_on": LISTED,
        "clause": True, "children": 0, **more,
    }  # fmt: skip
    return Facts(**known)  # type: ignore[arg-type]


def codes(result: Assessment) -> list[str]:
    return [found.code for found in result.findings]


# ── The next step ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "on", "code", "due_on", "owner"),
    [
        # new on the list: first contact within 14 days
        (household(), LISTED, "first_contact", D(2026, 3, 2), Agency.OUTREACH),
        # petitioned: within three days
        (
            household(NOTICE, PETITION, first_listed_on=D(2026, 3, 12)),
            TODAY, "first_contact", D(2026, 3, 19), Agency.OUTREACH,
        ),
        # a first contact already late is not put off by the petition
        (household(NOTICE, PETITION), TODAY, "first_contact", D(2026, 3, 2), Agency.OUTREACH),
        (household(deed("contact_tried", MARCH)), TODAY, "try_again", D(2026, 3, 9), Agency.OUTREACH),
        (
            household(NOTICE, PETITION, deed("contact_tried", D(2026, 3, 17))),
            TODAY, "try_again", D(2026, 3, 20), Agency.OUTREACH,
        ),
        (household(deed("contact", MARCH)), TODAY, "follow_up", D(2026, 3, 16), Agency.OUTREACH),
        (
            household(deed("contact", MARCH), deed("contact", D(2026, 3, 16))),
            TODAY, "review", D(2026, 4, 13), Agency.OUTREACH,
        ),
        (
            household(NOTICE, PETITION, deed("contact", D(2026, 3, 17)), deed("contact", D(2026, 3, 24))),
            TODAY, "follow_up", D(2026, 3, 31), Agency.OUTREACH,
        ),
        # paid while a petition runs: withdraw it the same working day
        (
            household(NOTICE, PETITION, owes=0, cleared_on=D(2026, 3, 28)),
            TODAY, "withdraw_petition", D(2026, 3, 30), Agency.COLLECTOR,
        ),
        (
            household(*SCHEDULED, owes=0, cleared_on=TODAY),
            TODAY, "withdraw_petition", TODAY, Agency.COLLECTOR,
        ),
        # an eviction date ahead: at once, that is the next working day after the date was set
        (household(*SCHEDULED), TODAY, "solve_before_eviction", D(2026, 3, 27), Agency.OUTREACH),
        # a last talk on the day before: now the result is waited for
        (
            household(*SCHEDULED, deed("contact", D(2026, 4, 27))),
            D(2026, 4, 27), "ask_eviction_result", D(2026, 4, 28), Agency.LANDLORD,
        ),
        (
            household(*SCHEDULED, deed("contact", D(2026, 4, 24))),
            D(2026, 4, 24), "solve_before_eviction", D(2026, 4, 27), Agency.OUTREACH,
        ),
        # the day passed, and nobody said what happened
        (household(*SCHEDULED), D(2026, 4, 28), "ask_eviction_result", D(2026, 4, 28), Agency.LANDLORD),
        (household(*SCHEDULED), D(2028, 4, 28), "ask_eviction_result", D(2026, 4, 28), Agency.LANDLORD),
        (household(*EVICTED), D(2026, 4, 27), "after_eviction", D(2026, 4, 28), Agency.OUTREACH),
        (
            household(*EVICTED, deed("contact", D(2026, 4, 29))),
            D(2026, 5, 4), "close_case", D(2026, 5, 13), Agency.OUTREACH,
        ),
        # gone from the list: find out why
        (household(owes=0, cleared_on=D(2026, 3, 16)), TODAY, "find_out_why", D(2026, 3, 30), Agency.OUTREACH),
        (
            household(deed("contact", D(2026, 3, 19)), owes=0, cleared_on=D(2026, 3, 16)),
            TODAY, "close_case", D(2026, 4, 7), Agency.OUTREACH,
        ),  # 14 days end on Maundy Thursday
        (household(deed("move", D(2026, 3, 16))), TODAY, "close_case", TODAY, Agency.OUTREACH),
        (household(deed("settlement", MARCH), owes=0), TODAY, "close_case", D(2026, 3, 16), Agency.OUTREACH),
        # closed: looked at after 1, 3, 6 and 12 months
        (household(owes=0, closed_on=MARCH), MARCH, "review", D(2026, 4, 7), Agency.OUTREACH),
        (
            household(deed("contact", D(2026, 4, 7)), owes=0, closed_on=MARCH),
            D(2026, 4, 8), "review", D(2026, 6, 2), Agency.OUTREACH,
        ),  # attended, so the next one
        (household(owes=0, closed_on=MARCH), D(2026, 5, 20), "review", D(2026, 4, 7), Agency.OUTREACH),
        (household(owes=0, closed_on=MARCH), D(2026, 6, 2), "review", D(2026, 6, 2), Agency.OUTREACH),
        (household(owes=0, closed_on=MARCH), D(2026, 9, 2), "review", D(2026, 9, 2), Agency.OUTREACH),
        (household(owes=0, closed_on=MARCH), D(2027, 3, 2), "review", D(2027, 3, 2), Agency.OUTREACH),
        (household(owes=0, closed_on=MARCH), D(2027, 3, 3), "follow_up_ended", D(2027, 3, 2), Agency.OUTREACH),
    ],
)  # fmt: skip
def test_every_household_has_one_next_step_with_an_owner_and_a_working_day(
    facts: Facts, on: D, code: str, due_on: D, owner: Agency
) -> None:
    step = assess(facts, on).next_step
    assert (step.code, step.due_on, step.owner) == (code, due_on, owner)


def test_a_step_left_undone_becomes_overdue_and_does_not_move_along() -> None:
    late = assess(household(), D(2026, 9, 1))
    assert late.next_step == assess(household(), LISTED).next_step
    assert codes(late)[-1] == "help_overdue"


def test_new_unpaid_rent_after_the_closing_takes_the_case_up_again() -> None:
    claims = (Claim(due_on=D(2026, 4, 1), outstanding=RENT),)
    result = assess(household(closed_on=MARCH, claims=claims), D(2026, 4, 20))
    assert (result.next_step.code, result.next_step.due_on) == ("reopen_case", D(2026, 4, 15))
    assert result.order_full < assess(household(closed_on=MARCH), D(2026, 4, 20)).order_full


@pytest.mark.parametrize(
    ("review_on", "due_on"),
    [
        (D(2026, 4, 10), D(2026, 4, 10)),
        (D(2026, 4, 18), D(2026, 4, 20)),  # a Saturday
        (D(2026, 8, 3), D(2026, 5, 29)),  # never past a legal deadline: the lease ends on Sunday 31 May
        (D(2026, 3, 10), D(2026, 4, 13)),  # a day before the last talk says nothing now
    ],
)
def test_a_person_may_move_a_review_but_never_past_a_legal_deadline(review_on: D, due_on: D) -> None:
    talks = (deed("contact", MARCH), deed("contact", D(2026, 3, 16)))
    facts = household(*talks, review_on=review_on, lease_to=D(2026, 5, 31))
    assert (assess(facts, TODAY).next_step.code, assess(facts, TODAY).next_step.due_on) == ("review", due_on)


# ── The next legal date ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (household(*SCHEDULED), TODAY, ("eviction", D(2026, 4, 27))),
        (household(*SCHEDULED), D(2026, 4, 28), None),
        (household(NOTICE), D(2026, 3, 9), ("petition_possible", D(2026, 3, 16))),
        (household(NOTICE), D(2026, 3, 16), ("notice_lapses", D(2027, 3, 16))),
        (household(NOTICE), D(2027, 3, 17), None),
        (household(NOTICE, PETITION), D(2026, 3, 20), ("comments", D(2026, 3, 30))),
        (household(NOTICE, PETITION), D(2026, 3, 31), None),
        (household(lease_to=D(2026, 6, 30)), TODAY, ("lease_end", D(2026, 6, 30))),
        (household(lease_to=D(2026, 2, 28)), TODAY, ("lease_open_ended", D(2026, 5, 28))),
        (household(lease_to=D(2025, 2, 28)), TODAY, None),
        (household(lease_to=D(2027, 1, 31)), TODAY, None),
        (household(lease_to=D.max), TODAY, None),
    ],
)
def test_the_next_date_the_law_sets(facts: Facts, on: D, expected: tuple[str, D] | None) -> None:
    deadline = assess(facts, on).legal_deadline
    assert (deadline and (deadline.code, deadline.on)) == expected
    assert deadline is None or deadline.finding.text("nb")


# ── The order ─────────────────────────────────────────────────────────────────────────────────────────────────────

MAY = D(2026, 4, 28)
BY_DANGER = [
    ("eviction_date_set", household(NOTICE, PETITION, replace(DATE_SET, scheduled_on=D(2026, 5, 4)))),
    ("eviction_date_passed", household(*SCHEDULED)),
    ("paid_but_petition_runs", household(NOTICE, PETITION, owes=0, cleared_on=TODAY)),
    ("petition_runs_since", household(NOTICE, PETITION)),
    ("stage_evicted", household(*EVICTED)),
    ("petition_possible", household(NOTICE)),
    ("notice_running", household(replace(NOTICE, on=D(2026, 4, 20)))),
    ("stage_demanded", household(deed("demand", MARCH))),
    ("stage_reminded", household(deed("reminder", MARCH))),
    ("rent_overdue", household()),
    ("cleared", household(owes=0, cleared_on=TODAY)),
    ("stage_closed", household(owes=0, closed_on=TODAY)),
]


def test_the_nearer_to_losing_the_home_the_higher_on_the_list() -> None:
    results = [assess(facts, MAY) for _, facts in BY_DANGER]
    assert [codes(result)[0] for result in results] == [code for code, _ in BY_DANGER]
    assert sorted(results, key=lambda each: each.order_full) == results
    assert sorted(results, key=lambda each: each.order_neutral) == results


def scheduled_for(day: date) -> Facts:
    return household(deed("petition", MARCH), deed("date_set", MARCH, scheduled_on=day))


@pytest.mark.parametrize(
    ("more_urgent", "less_urgent", "reason"),
    [
        (scheduled_for(D(2027, 6, 1)), scheduled_for(D(2027, 6, 2)), "eviction_date_set"),
        (household(children=1), household(owes=9 * RENT), "children_in_home"),
        (household(owes=3 * RENT), household(owes=2 * RENT, previous_outstanding=RENT), "owes_months"),
        (household(previous_outstanding=RENT), household(relapse_of=D(2025, 9, 1)), "rising"),
        (household(relapse_of=D(2025, 9, 1)), household(), "relapse"),
        (household(), household(deed("contact", MARCH)), "no_contact_yet"),
        (household(lease_to=D(2026, 6, 30)), household(lease_to=D(2027, 6, 30)), "lease_ends_soon"),
    ],
)
def test_each_part_of_the_order_weighs_more_than_those_after_it_and_has_its_reason(
    more_urgent: Facts, less_urgent: Facts, reason: str
) -> None:
    first, second = assess(more_urgent, TODAY), assess(less_urgent, TODAY)
    assert first.order_full < second.order_full
    assert reason in codes(first)


def test_a_lease_that_ends_within_three_months_is_a_reason() -> None:
    facts = household(lease_to=D(2026, 6, 30))
    assert "lease_ends_soon" not in codes(assess(facts, D(2026, 3, 29)))
    assert "lease_ends_soon" in codes(assess(facts, D(2026, 3, 30)))
    assert "lease_ends_soon" not in codes(assess(facts, D(2026, 7, 1)))


def test_a_rent_that_is_unknown_counts_the_unpaid_months_instead() -> None:
    claims = tuple(Claim(due_on=D(2025, month, 1), outstanding=1) for month in (7, 8, 9))
    unknown = assess(household(claims=claims, monthly_rent=None), TODAY)
    assert unknown.order_full < assess(household(owes=2 * RENT), TODAY).order_full
    assert "unpaid_months" in codes(unknown)


def test_the_neutral_order_tells_nothing_of_children_or_contact() -> None:
    plain = assess(household(), LISTED)
    for facts in (household(children=3), household(children=None)):
        assert assess(facts, LISTED).order_neutral == plain.order_neutral
    spoken = assess(household(deed("contact", LISTED)), LISTED)
    assert spoken.order_neutral == plain.order_neutral


# ── Questions ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (household(NOTICE), set()),
        (household(NOTICE, clause=None), {"question_clause"}),
        (household(clause=None), set()),  # nothing yet that needs the clause
        (household(deed("petition", MARCH, from_list=True)), {"question_notice"}),
        (household(deed("petition", MARCH, from_list=True), owes=0), {"question_notice"}),
        (household(NOTICE, PETITION), set()),
        (household(PETITION, replace(NOTICE, on=D(2026, 3, 20))), {"question_notice"}),  # sent after, cures nothing
        (household(PETITION, deed("withdrawal", D(2026, 3, 20))), set()),
        (household(registered=False), {"question_register"}),
        (household(monthly_rent=None), {"question_rent"}),
        (household(lease_to=D(2026, 2, 28)), {"question_lease"}),
        (household(deed("deposit", MARCH, amount=RENT)), {"question_dispute"}),
    ],
)
def test_what_only_a_person_can_find_out_is_asked(facts: Facts, expected: set[str]) -> None:
    asked = assess(facts, TODAY).questions
    assert {question.code for question in asked} == expected
    assert all(question.outcome == "unclear" for question in asked)


def test_a_lease_without_the_clause_cannot_be_petitioned_on_its_notice() -> None:
    assert assess(household(NOTICE, clause=False), TODAY).legal_deadline is None


def test_deposited_rent_cannot_be_petitioned_and_part_of_it_is_still_owed() -> None:
    for amount, danger in ((2 * RENT, "rent_overdue"), (RENT, "petition_possible")):
        facts = household(NOTICE, deed("deposit", MARCH, amount=amount))
        assert codes(assess(facts, TODAY))[:2] == [danger, "rent_deposited"]


def test_a_notice_that_has_lapsed_is_said_and_no_longer_threatens() -> None:
    result = assess(household(NOTICE), D(2027, 3, 17))
    assert codes(result)[:2] == ["rent_overdue", "notice_lapsed"]


# ── Whatever the facts ────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(D(2025, 1, 1), D(2027, 12, 31))


@st.composite
def households(draw: st.DrawFn) -> Facts:
    deeds = st.builds(
        Deed,
        code=st.sampled_from(DeedCode),
        on=DAYS,
        content=st.sampled_from([FULL, frozenset()]),
        ground=st.sampled_from([Ground.UNPAID_RENT, Ground.LEASE_EXPIRED]),
        scheduled_on=st.none() | DAYS,
        amount=st.sampled_from([0, 1, RENT]),
    )
    claims = st.builds(Claim, due_on=DAYS, outstanding=st.integers(1, 10**9))
    listed = draw(DAYS)
    some_day = st.none() | DAYS
    return Facts(
        claims=tuple(draw(st.lists(claims, max_size=3))),
        deeds=tuple(draw(st.lists(deeds, max_size=7))),
        monthly_rent=draw(st.sampled_from([None, 0, 1, RENT])),
        first_listed_on=listed,
        listed_on=listed,
        cleared_on=draw(some_day),
        previous_outstanding=draw(st.none() | st.integers(0, 10**7)),
        relapse_of=draw(some_day),
        children=draw(st.sampled_from([None, 0, 2])),
        lease_to=draw(some_day | st.just(D.max)),
        clause=draw(st.sampled_from([None, True, False])),
        registered=draw(st.booleans()),
        review_on=draw(some_day),
        closed_on=draw(some_day),
    )


def without_turning(result: Assessment) -> Assessment:
    return replace(result, changes_on=None)


@settings(max_examples=300, deadline=None)
@given(households(), DAYS, st.integers(1, 900))
@example(household(), LISTED, 14)
def test_an_assessment_stays_word_for_word_true_until_the_day_it_says(facts: Facts, on: D, days: int) -> None:
    first = assess(facts, on)
    later = on + timedelta(days=days)
    if first.changes_on is not None:
        assert first.changes_on > on
        later = min(later, first.changes_on - timedelta(days=1))
    assert assess(facts, later) == replace(first, changes_on=assess(facts, later).changes_on)
    assert assess(facts, later).changes_on == first.changes_on


@settings(max_examples=300, deadline=None)
@given(households(), DAYS)
def test_nobody_is_without_a_next_step_on_a_working_day_and_a_reason_in_three_languages(facts: Facts, on: D) -> None:
    result = assess(facts, on)
    assert is_working_day(result.next_step.due_on)
    assert result.findings
    for found in (*result.findings, *result.questions, result.next_step.finding):
        assert all(found.text(language) and "{" not in found.text(language) for language in ("nb", "nn", "en"))


@settings(max_examples=100, deadline=None)
@given(households(), DAYS)
def test_the_order_of_the_deeds_as_stored_does_not_matter(facts: Facts, on: D) -> None:
    by_day = tuple(sorted(facts.deeds, key=lambda each: (each.on, each.code)))
    if len({(each.on, each.code) for each in by_day}) == len(by_day):
        assert assess(replace(facts, deeds=facts.deeds[::-1]), on) == assess(facts, on)


def test_every_stage_can_be_assessed_and_names_a_step() -> None:
    reached = {assess(facts, MAY).stage for _, facts in BY_DANGER}
    more = [
        household(NOTICE, PETITION, deed("withdrawal", TODAY)),
        household(*EVICTED, deed("reinstatement", MAY)),
        household(deed("settlement", TODAY), owes=0),
        household(deed("move", TODAY)),
    ]
    reached |= {assess(facts, MAY).stage for facts in more}
    assert reached == set(Stage)
