from dataclasses import replace
from datetime import date, timedelta

import pytest

from bofast.domain.facts import Channel, Claim, Deed, Ground, NoticeContent
from bofast.domain.procedure import obstacles
from bofast.domain.tests.procedure_cases import (
    AVOID,
    FULL,
    MARCH,
    PETITIONED,
    RENT,
    SCHEDULED,
    WILL,
    deed,
    hard,
    notice,
    owing,
    soft,
)

D = date


# ── The notice before petition ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent", "petition", "expected"),
    [
        (D(2026, 3, 2), D(2026, 3, 15), {"notice_too_recent"}),  # § 4-18: sent on a Monday, the 14th day is a Monday
        (D(2026, 3, 2), D(2026, 3, 16), set()),
        (D(2026, 3, 19), D(2026, 4, 2), {"notice_too_recent"}),  # ends on Maundy Thursday: domstolloven § 149
        (D(2026, 3, 19), D(2026, 4, 6), {"notice_too_recent"}),
        (D(2026, 3, 19), D(2026, 4, 7), set()),
        (D(2026, 3, 2), D(2027, 3, 16), set()),  # § 4-19: one year after it became possible
        (D(2026, 3, 2), D(2027, 3, 17), {"notice_void"}),
        (D(2026, 3, 6), D(2027, 3, 22), set()),  # the year ends on a Saturday: Monday is in time
        (D(2026, 3, 6), D(2027, 3, 23), {"notice_void"}),
        (D(2004, 2, 16), D(2005, 3, 1), set()),  # possible 1 March 2004
        (D(2004, 2, 16), D(2005, 3, 2), {"notice_void"}),
    ],
)
def test_a_petition_comes_two_weeks_after_sending_and_within_the_year_that_follows(
    sent: D, petition: D, expected: set[str]
) -> None:
    facts = owing(sent - timedelta(days=30), deeds=(notice(sent),))
    assert hard(deed("petition", petition), facts) == expected


def test_without_a_notice_there_is_no_petition() -> None:
    assert hard(deed("petition", MARCH), owing(D(2026, 1, 2))) == {"notice_missing"}


def test_a_payment_demand_is_no_notice_unless_recorded_to_carry_its_content() -> None:
    step = deed("petition", D(2026, 3, 16))
    for content in (frozenset(), frozenset({WILL}), frozenset({AVOID})):
        facts = owing(D(2026, 1, 2), deeds=(deed("demand", MARCH, content=content),))
        assert hard(step, facts) == {"notice_missing", "demand_is_no_notice"}
    assert hard(step, owing(D(2026, 1, 2), deeds=(deed("demand", MARCH, content=FULL),))) == set()


@pytest.mark.parametrize(
    ("sent", "content", "expected"),
    [
        (D(2026, 3, 2), {AVOID}, {"notice_lacks_petition"}),  # § 4-18
        (D(2026, 3, 2), {WILL}, {"notice_lacks_payment"}),  # § 13-2 a, from 4 May 2001
        (D(2026, 3, 2), set(), {"notice_lacks_petition", "notice_lacks_payment"}),
        (D(2006, 3, 2), {WILL}, {"notice_lacks_payment"}),  # the same content for 2006
        (D(2001, 5, 4), {WILL}, {"notice_lacks_payment"}),
        (D(2001, 5, 3), {WILL}, set()),
    ],
)
def test_a_notice_says_that_eviction_will_be_petitioned_and_is_avoided_by_paying(
    sent: D, content: set[NoticeContent], expected: set[str]
) -> None:
    letter = notice(sent, content=frozenset(content))
    facts = owing(sent - timedelta(days=30))
    assert hard(letter, facts) == expected
    step = deed("petition", sent + timedelta(days=30))
    assert hard(step, replace(facts, deeds=(letter,))) == expected


@pytest.mark.parametrize(
    ("sent", "expected"), [(D(2017, 4, 17), {"notice_electronic"}), (D(2017, 4, 18), set()), (D(2026, 3, 2), set())]
)
def test_an_electronic_notice_is_valid_from_18_april_2017(sent: D, expected: set[str]) -> None:
    letter = notice(sent, channel=Channel.ELECTRONIC)
    facts = owing(sent - timedelta(days=30), deeds=(letter,))
    assert hard(deed("petition", sent + timedelta(days=30)), facts) == expected


def test_a_later_change_of_the_law_never_touches_a_notice_sent_before() -> None:
    old = notice(D(2017, 4, 10), channel=Channel.ELECTRONIC)
    facts = owing(D(2017, 3, 1), deeds=(old,))
    assert hard(deed("petition", D(2017, 5, 20)), facts) == {"notice_electronic"}


@pytest.mark.parametrize(
    ("due", "sent", "expected"),
    [
        (D(2026, 5, 1), D(2026, 5, 1), {"notice_before_due"}),  # 1 May is a Friday: due Monday 4 May, § 3-2
        (D(2026, 5, 1), D(2026, 5, 3), {"notice_before_due"}),
        (D(2026, 5, 1), D(2026, 5, 4), set()),
        (D(2026, 6, 1), D(2026, 5, 31), {"notice_before_due"}),
        (D(2026, 6, 1), D(2026, 6, 1), set()),
    ],
)
def test_a_notice_goes_no_earlier_than_the_shifted_due_day(due: D, sent: D, expected: set[str]) -> None:
    assert hard(notice(sent), owing(due)) == expected
    assert hard(deed("petition", sent + timedelta(days=30)), owing(due, deeds=(notice(sent),))) == expected


def test_a_notice_whose_claims_are_all_paid_bears_no_petition_for_later_rent() -> None:
    facts = owing(D(2026, 5, 4), deeds=(notice(MARCH),), first_listed_on=D(2026, 2, 16))
    assert hard(deed("petition", D(2026, 6, 1)), facts) == {"notice_claims_paid"}


def test_one_covered_claim_still_unpaid_keeps_the_notice_alive() -> None:
    facts = owing(D(2026, 2, 2), D(2026, 5, 4), deeds=(notice(MARCH),), first_listed_on=D(2026, 2, 16))
    assert hard(deed("petition", D(2026, 6, 1)), facts) == set()


def test_a_second_notice_does_not_spoil_a_first_that_has_matured() -> None:
    facts = owing(D(2026, 2, 2), deeds=(notice(MARCH), notice(D(2026, 3, 30))))
    assert hard(deed("petition", D(2026, 4, 1)), facts) == set()


# ── Paid, disputed, deposited ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("deeds", "step"),
    [
        ((), deed("reminder", D(2026, 3, 2))),
        ((), deed("demand", D(2026, 3, 2))),
        ((), notice(D(2026, 3, 2))),
        ((notice(MARCH),), deed("petition", D(2026, 3, 16))),
        (PETITIONED, deed("date_set", D(2026, 3, 30), scheduled_on=D(2026, 4, 27))),
        (SCHEDULED, deed("eviction", D(2026, 4, 27))),
    ],
)
def test_nothing_is_demanded_petitioned_or_executed_for_rent_that_is_paid(deeds: tuple[Deed, ...], step: Deed) -> None:
    paid = owing(deeds=deeds, first_listed_on=D(2026, 2, 16), listed_on=D(2026, 2, 16))
    assert "claim_paid" in hard(step, paid)


def test_one_ore_left_is_still_owed() -> None:
    facts = replace(owing(D(2026, 2, 2), deeds=(notice(MARCH),)), claims=(Claim(due_on=D(2026, 2, 2), outstanding=1),))
    assert hard(deed("petition", D(2026, 3, 16)), facts) == set()


def test_payment_does_not_cure_a_lease_that_has_run_out() -> None:
    b = Ground.LEASE_EXPIRED
    deeds = (notice(D(2026, 3, 2), ground=b), deed("petition", D(2026, 3, 16), ground=b))
    scheduled = (*deeds, deed("date_set", D(2026, 3, 30), scheduled_on=D(2026, 4, 27)))
    paid = owing(deeds=scheduled, lease_to=D(2026, 2, 28))
    assert hard(deed("eviction", D(2026, 4, 27)), paid) == set()


@pytest.mark.parametrize(
    ("deposited", "barred", "noted"),
    [
        (RENT, {"dispute_deposited"}, set()),
        (RENT - 1, set(), {"dispute_part_deposited"}),
        (1, set(), {"dispute_part_deposited"}),
        (0, set(), set()),
    ],
)
def test_disputed_and_deposited_rent_bears_no_eviction(deposited: int, barred: set[str], noted: set[str]) -> None:
    """husleieloven § 3-8."""
    deeds = (notice(MARCH), deed("deposit", D(2026, 3, 5), amount=deposited))
    facts = owing(D(2026, 2, 2), deeds=deeds)
    step = deed("petition", D(2026, 3, 16))
    assert hard(step, facts) == barred
    assert soft(step, facts) - {"social_notice_not_sent"} == noted


# ── Grounds ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ground", "barred", "noted"),
    [
        (Ground.UNPAID_RENT, set(), set()),
        (Ground.TERMINATED, set(), {"termination_unclear"}),
        (Ground.RESCINDED, {"ground_goes_to_court"}, set()),  # § 13-3
        (Ground.OTHER, {"ground_goes_to_court"}, set()),
    ],
)
def test_each_ground_has_its_authority(ground: Ground, barred: set[str], noted: set[str]) -> None:
    facts = owing(D(2026, 2, 2), deeds=(notice(MARCH, ground=ground),))
    step = deed("petition", D(2026, 3, 16), ground=ground)
    assert hard(step, facts) == barred
    assert soft(step, facts) - {"social_notice_not_sent"} == noted


def test_a_notice_for_unpaid_rent_bears_no_petition_on_another_ground() -> None:
    facts = owing(D(2026, 2, 2), deeds=(notice(MARCH),), lease_to=D(2026, 2, 28))
    assert hard(deed("petition", D(2026, 3, 16), ground=Ground.LEASE_EXPIRED), facts) == {"notice_missing"}


@pytest.mark.parametrize(
    ("clause", "barred", "noted"),
    [(True, set(), set()), (None, set(), {"clause_unknown"}), (False, {"clause_missing"}, set())],
)
def test_ground_a_needs_the_eviction_clause(clause: bool | None, barred: set[str], noted: set[str]) -> None:
    """§ 13-2 third paragraph a."""
    facts = owing(D(2026, 2, 2), deeds=(notice(MARCH),), clause=clause)
    step = deed("petition", D(2026, 3, 16))
    assert hard(step, facts) == barred
    assert soft(step, facts) - {"social_notice_not_sent"} == noted


@pytest.mark.parametrize(
    ("lease_to", "on", "code"),
    [
        (None, D(2026, 3, 16), ("lease_end_unknown", True)),
        (D(2026, 12, 31), D(2026, 3, 16), ("lease_not_over", True)),
        (D(2026, 2, 28), D(2026, 5, 28), None),  # husleieloven § 9-2: three months
        (D(2026, 2, 28), D(2026, 5, 29), ("lease_may_be_open_ended", False)),
    ],
)
def test_ground_b_needs_a_lease_that_has_run_out_lately(
    lease_to: D | None, on: D, code: tuple[str, bool] | None
) -> None:
    facts = owing(lease_to=lease_to, deeds=(notice(D(2026, 3, 2), ground=Ground.LEASE_EXPIRED),))
    found = obstacles(deed("petition", on, ground=Ground.LEASE_EXPIRED), facts)
    about = {(each.code, each.hard) for each in found if each.code.startswith("lease")}
    assert about == ({code} if code else set())


# ── The social services ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_notice_to_the_social_services_does_not_exist_before_1_july_2007() -> None:
    facts = owing(D(2007, 5, 2))
    assert hard(deed("social_notice", D(2007, 6, 30)), facts) == {"step_not_yet_law"}
    assert hard(deed("social_notice", D(2007, 7, 1)), facts) == set()


def test_an_opt_out_stops_the_notice_to_the_social_services_but_not_the_petition() -> None:
    """husleieloven § 9-11."""
    facts = owing(D(2026, 2, 2), deeds=(notice(MARCH), deed("opt_out", D(2026, 3, 3))))
    assert hard(deed("social_notice", D(2026, 3, 4)), facts) == {"opted_out"}
    assert obstacles(deed("petition", D(2026, 3, 16)), facts) == []


@pytest.mark.parametrize(
    ("sent", "petition", "expected"),
    [
        (None, D(2026, 3, 23), {"social_notice_not_sent"}),  # may, not must
        (D(2026, 3, 9), D(2026, 3, 22), {"social_notice_too_recent"}),
        (D(2026, 3, 9), D(2026, 3, 23), set()),
    ],
)
def test_the_petition_should_wait_two_weeks_for_the_social_services(
    sent: D | None, petition: D, expected: set[str]
) -> None:
    told = (deed("social_notice", sent),) if sent else ()
    facts = owing(D(2026, 2, 2), deeds=(notice(MARCH), *told))
    assert hard(deed("petition", petition), facts) == set()
    assert soft(deed("petition", petition), facts) == expected


def test_a_petition_of_2006_asks_for_no_notice_to_the_social_services() -> None:
    facts = owing(D(2006, 1, 2), deeds=(notice(D(2006, 3, 2)),))
    assert obstacles(deed("petition", D(2006, 4, 3)), facts) == []
