from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.calendar import shifted_due_day
from bofast.domain.facts import Claim
from bofast.domain.findings import Outcome
from bofast.domain.ledger import (
    Account,
    Charge,
    Payment,
    account,
    interest,
    settle,
)
from bofast.domain.money import half_up
from bofast.domain.rates import NoRate, rate

MONEY = st.integers(min_value=1, max_value=10**9)
DUE = st.dates(date(2004, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("ore", "due_on", "to", "expected"),
    [
        # figure 3's rent: 119 days at 9.25 % from Monday 2 January, not from New Year's Day
        (500000, date(2006, 1, 1), date(2006, 5, 1), [("9.25", 119, 15079)]),
        # a new half-year's rate hits the running claim
        (1000000, date(2006, 6, 1), date(2006, 8, 1), [("9.25", 30, 7603), ("9.75", 31, 8281)]),
        # a leap year has 366 days, and each counts 1/365
        (
            1000000,
            date(2024, 1, 2),
            date(2025, 1, 2),
            [("12.50", 181, 61986), ("12.50", 184, 63014), ("12.50", 1, 342)],
        ),
        (1000000, date(2026, 6, 1), date(2026, 7, 1), [("12.00", 30, 9863)]),
        (1000000, date(2026, 6, 1), date(2026, 7, 2), [("12.00", 30, 9863), ("12.25", 1, 336)]),
        (1000000, date(2026, 12, 30), date(2027, 1, 3), [("12.25", 2, 671), ("12.25", 2, 671)]),
    ],
)
def test_interest_is_simple_and_cut_at_each_new_rate(
    ore: int, due_on: date, to: date, expected: list[tuple[str, int, int]]
) -> None:
    counted = interest(ore, due_on, to)
    assert [(str(part.rate.value), part.days, part.amount) for part in counted.parts] == expected
    assert counted.amount == sum(amount for _, _, amount in expected)


@pytest.mark.parametrize("to", [date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 5), date(2026, 4, 7)])
def test_no_interest_runs_up_to_the_shifted_due_day(to: date) -> None:
    due_on_maundy_thursday = date(2026, 4, 2)
    counted = interest(500000, due_on_maundy_thursday, to)
    assert (counted.amount, counted.parts, counted.to) == (0, (), to)


def test_the_first_day_of_interest_is_the_one_after_the_shifted_due_day() -> None:
    assert interest(3650000, date(2026, 4, 2), date(2026, 4, 8)).parts[0].days == 1


@pytest.mark.parametrize(
    ("due_on", "to", "unverified", "not_yet_known"),
    [
        (date(2026, 1, 2), date(2026, 7, 1), False, False),
        (date(2026, 1, 2), date(2026, 7, 2), True, False),
        (date(2026, 8, 3), date(2027, 1, 1), True, False),
        (date(2026, 8, 3), date(2027, 1, 2), True, True),
        (date(2027, 3, 1), date(2027, 4, 1), True, True),
    ],
)
def test_a_mark_on_a_rate_is_carried_into_the_interest(
    due_on: date, to: date, unverified: bool, not_yet_known: bool
) -> None:
    counted = interest(500000, due_on, to)
    assert (counted.unverified, counted.not_yet_known) == (unverified, not_yet_known)


def test_a_claim_older_than_every_rate_is_an_error_not_a_guess() -> None:
    with pytest.raises(NoRate, match="late_interest has no value on 2003-06-02"):
        interest(500000, date(2003, 6, 1), date(2006, 1, 1))


@given(MONEY, DUE, st.integers(min_value=0, max_value=3000))
def test_parts_add_up_to_the_exact_sum_rounded_once(ore: int, due_on: date, days: int) -> None:
    first, to = shifted_due_day(due_on), due_on + timedelta(days=days)
    counted = interest(ore, due_on, to)
    by_day = [first + timedelta(days=n) for n in range(max(0, (to - first).days))]
    percents = sum((Fraction(rate("late_interest").projected(day).value) for day in by_day), Fraction(0))
    assert counted.amount == half_up(Fraction(ore, 100) * percents / 100 / 365)
    assert counted.amount == sum(part.amount for part in counted.parts)
    assert all(part.amount >= 0 for part in counted.parts)
    assert sum(part.days for part in counted.parts) == len(by_day)


@given(MONEY, DUE, st.integers(0, 2000), st.integers(0, 2000))
def test_interest_never_falls_as_time_passes(ore: int, due_on: date, some: int, more: int) -> None:
    sooner, later = (due_on + timedelta(days=days) for days in sorted((some, more)))
    assert interest(ore, due_on, sooner).amount <= interest(ore, due_on, later).amount


ON = date(2026, 6, 15)
MARCH = Claim(due_on=date(2026, 3, 2), outstanding=500000, amount=500000, fees=3800)
APRIL = Claim(due_on=date(2026, 4, 1), outstanding=500000, amount=500000)


def codes(found: Account) -> list[str]:
    return [finding.code for finding in found.findings]


def test_an_account_is_principal_interest_and_fees() -> None:
    found = account([APRIL, MARCH], ON)
    assert [line.claim for line in found.claims] == [APRIL, MARCH]
    # 105 and 75 days at 12 % on 5 000 each
    assert [line.interest and line.interest.amount for line in found.claims] == [12329, 17260]
    assert (found.principal, found.interest, found.fees) == (1000000, 29589, 3800)
    assert found.total == 1033389
    assert found.months_of_rent(500000) == Decimal("2.0")
    assert found.months_of_rent(None) is None
    assert found.findings == ()


def test_nothing_owed_is_an_account_of_zero() -> None:
    found = account([], ON)
    assert (found.total, found.findings) == (0, ())


def test_a_rate_nobody_has_read_is_told_once_however_many_claims_it_touches() -> None:
    found = account([MARCH, APRIL], date(2026, 11, 22))
    assert codes(found) == ["figure_unverified"]
    assert found.findings[0].facts == {"figure": "late_interest", "on": "2026-07-01"}
    assert found.findings[0].outcome is Outcome.UNCLEAR


def test_a_rate_not_yet_known_is_told_with_the_first_day_it_is_missing() -> None:
    found = account([MARCH, APRIL], date(2027, 2, 1))
    assert codes(found) == ["figure_unverified", "figure_not_yet_known"]
    assert found.findings[1].facts == {"figure": "late_interest", "on": "2027-01-01"}


def test_one_claim_older_than_every_rate_does_not_stop_the_others() -> None:
    ancient = Claim(due_on=date(1998, 5, 4), outstanding=100000)
    found = account([ancient, MARCH], ON)
    assert found.claims[0].interest is None
    assert (found.principal, found.interest) == (600000, 17260)
    assert found.findings[0].code == "figure_missing"
    assert found.findings[0].facts == {"figure": "late_interest", "on": "1998-05-04"}


def test_a_part_paid_on_an_unknown_day_leaves_its_earlier_interest_unclear() -> None:
    part_paid = Claim(due_on=date(2026, 5, 4), outstanding=405000, amount=810000)
    found = account([part_paid, MARCH, part_paid], ON)
    assert codes(found) == ["earlier_interest_unclear"]
    assert found.findings[0].facts == {"claims": 2}
    assert found.findings[0].outcome is Outcome.UNCLEAR


def test_an_original_amount_that_is_not_stated_raises_no_question() -> None:
    assert account([Claim(due_on=date(2026, 5, 4), outstanding=405000)], ON).findings == ()


def test_stated_interest_that_is_ours_passes_and_any_other_is_told_and_not_taken_over() -> None:
    right = Claim(due_on=date(2026, 3, 2), outstanding=500000, interest=17260)
    wrong = Claim(due_on=date(2026, 3, 2), outstanding=500000, interest=17261)
    assert account([right, right], ON).findings == ()
    found = account([right, wrong, APRIL], ON)
    assert codes(found) == ["stated_interest_differs"]
    assert found.findings[0].facts == {"stated_ore": 34521, "ours_ore": 34520}
    assert found.interest == 2 * 17260 + 12329


def test_stated_interest_is_checked_on_the_day_of_the_list_not_the_day_of_the_question() -> None:
    stated = Claim(due_on=date(2026, 3, 2), outstanding=500000, interest=17260)
    assert account([stated], ON + timedelta(days=5), listed_on=ON).findings == ()
    assert codes(account([stated], ON + timedelta(days=5))) == ["stated_interest_differs"]


JANUARY_RENT = Charge(due_on=date(2026, 1, 2), reference="K1", amount=500000)
FEBRUARY_RENT = Charge(due_on=date(2026, 2, 2), reference="K2", amount=500000)


def test_the_oldest_charge_is_paid_first() -> None:
    paid = Payment(on=date(2026, 2, 10), reference="B1", amount=600000)
    found = settle([FEBRUARY_RENT, JANUARY_RENT], [paid], date(2026, 2, 28))
    assert [(line.charge.reference, line.payment.reference, line.amount) for line in found.settled] == [
        ("K1", "B1", 500000),
        ("K2", "B1", 100000),
    ]
    assert [(line.charge.reference, line.outstanding) for line in found.open] == [("K2", 400000)]
    assert (found.outstanding, found.credit, found.oldest_due_on) == (400000, 0, date(2026, 2, 2))


def test_a_payment_in_advance_waits_as_credit_and_settles_on_the_due_day() -> None:
    early = Payment(on=date(2025, 12, 20), reference="B1", amount=550000)
    before = settle([JANUARY_RENT], [early], date(2026, 1, 1))
    assert (before.settled, before.open, before.credit) == ((), (), 550000)
    after = settle([JANUARY_RENT], [early], date(2026, 1, 2))
    assert (after.settled[0].on, after.open, after.credit) == (date(2026, 1, 2), (), 50000)


def test_a_payment_on_the_due_day_settles_it_that_day() -> None:
    same_day = Payment(on=date(2026, 1, 2), reference="B1", amount=500000)
    found = settle([JANUARY_RENT], [same_day], date(2026, 1, 2))
    assert (found.settled[0].on, found.outstanding, found.credit) == (date(2026, 1, 2), 0, 0)


def test_a_late_payment_settles_on_the_day_it_came() -> None:
    late = Payment(on=date(2026, 3, 1), reference="B1", amount=500000)
    assert settle([JANUARY_RENT], [late], date(2026, 3, 31)).settled[0].on == date(2026, 3, 1)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_not_above_zero_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        settle([Charge(due_on=date(2026, 1, 2), reference="K", amount=amount)], [], date(2026, 1, 2))
    with pytest.raises(ValueError, match="above 0"):
        settle([], [Payment(on=date(2026, 1, 2), reference="B", amount=amount)], date(2026, 1, 2))


FEW_DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 10))
REFERENCES = st.sampled_from("ABC")
CHARGES = st.lists(st.builds(Charge, due_on=FEW_DAYS, reference=REFERENCES, amount=st.integers(1, 1000)), max_size=12)
PAYMENTS = st.lists(st.builds(Payment, on=FEW_DAYS, reference=REFERENCES, amount=st.integers(1, 1000)), max_size=12)


@given(CHARGES, PAYMENTS, FEW_DAYS)
def test_every_ore_is_somewhere_and_nothing_is_below_zero(
    charges: list[Charge], payments: list[Payment], on: date
) -> None:
    found = settle(charges, payments, on)
    settled = sum(line.amount for line in found.settled)
    assert settled + found.outstanding == sum(charge.amount for charge in charges if charge.due_on <= on)
    assert settled + found.credit == sum(payment.amount for payment in payments if payment.on <= on)
    assert all(0 < line.outstanding <= line.charge.amount for line in found.open)
    assert all(line.amount > 0 and line.on <= on for line in found.settled)
    assert found.credit >= 0
    assert not (found.credit and found.open)


@given(CHARGES, PAYMENTS, FEW_DAYS)
def test_no_charge_is_open_while_a_younger_one_is_paid(
    charges: list[Charge], payments: list[Payment], on: date
) -> None:
    found = settle(charges, payments, on)
    youngest_paid = max((line.charge.due_on for line in found.settled), default=date.min)
    assert all(line.charge.due_on >= youngest_paid for line in found.open)


@given(CHARGES, PAYMENTS, FEW_DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(
    charges: list[Charge], payments: list[Payment], on: date, random: Random
) -> None:
    shuffled = random.sample(charges, len(charges)), random.sample(payments, len(payments))
    assert settle(*shuffled, on) == settle(charges, payments, on)
