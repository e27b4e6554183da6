"""Claims and payments → balance, oldest unpaid claim, months of rent, interest to a day.

Amounts are whole øre. What a sender states is checked against what follows, and the difference is a finding: neither
figure is ever written over the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bofast.domain.calendar import shifted_due_day
from bofast.domain.facts import Claim
from bofast.domain.findings import Finding, Outcome, finding
from bofast.domain.money import ORE_PER_KRONE, half_up, months_of
from bofast.domain.rates import NoRate, Value, rate

DAYS_PER_YEAR = 365
"""The act names no day count; actual days over 365 is the convention used here, in leap years too."""

LATE_INTEREST = "late_interest"


@dataclass(frozen=True, kw_only=True)
class InterestPart:
    """Interest at one rate from the night after `starts_on` to `ends_on`: `amount` in øre."""

    starts_on: date
    ends_on: date
    rate: Value
    amount: int

    @property
    def days(self) -> int:
        """Days that bear this rate."""
        return (self.ends_on - self.starts_on).days


@dataclass(frozen=True, kw_only=True)
class Interest:
    """Interest up to the day `to`. `amount` is rounded once; the parts are cut so that they add up to it."""

    to: date
    amount: int = 0
    parts: tuple[InterestPart, ...] = ()

    @property
    def unverified(self) -> bool:
        """A rate used has not been read in its source."""
        return any(not part.rate.verified for part in self.parts)

    @property
    def not_yet_known(self) -> bool:
        """A rate used is the last known one, carried past the day it is known for."""
        return any(part.rate.not_yet_known for part in self.parts)


def interest(outstanding: int, due_on: date, to: date) -> Interest:
    """Simple interest on `outstanding` øre from the shifted due day to `to` (forsinkelsesrenteloven §§ 2, 3).

    The day from d to d+1 bears the rate in force at d, so a new half-year's rate hits running claims. Nothing before
    the shifted due day (husleieloven § 3-2). Raises NoRate when the claim is older than the oldest known rate.
    """
    first = shifted_due_day(due_on)
    if to <= first:
        return Interest(to=to)
    parts = tuple(_parts(Fraction(outstanding, ORE_PER_KRONE), first, to))
    return Interest(to=to, amount=sum(part.amount for part in parts), parts=parts)


def _parts(kroner: Fraction, first: date, to: date) -> Iterator[InterestPart]:
    """The pieces; each øre falls where the running sum passes it, so the pieces add up to the sum rounded once."""
    exact = Fraction(0)
    for start, end, value in rate(LATE_INTEREST).spans(first, to):
        before = half_up(exact)
        exact += kroner * Fraction(value.value) / 100 * (end - start).days / DAYS_PER_YEAR
        yield InterestPart(starts_on=start, ends_on=end, rate=value, amount=half_up(exact) - before)


@dataclass(frozen=True, kw_only=True)
class ClaimAccount:
    """A claim with our interest on it; None when it is older than every rate we know."""

    claim: Claim
    interest: Interest | None


@dataclass(frozen=True, kw_only=True)
class Account:
    """What a household owes on a day, in øre. `fees` are as the list states them, `interest` is ours."""

    on: date
    claims: tuple[ClaimAccount, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def principal(self) -> int:
        """Unpaid rent, without fees and interest."""
        return sum(line.claim.outstanding for line in self.claims)

    @property
    def interest(self) -> int:
        """Our interest on all claims for which a rate is known."""
        return sum(line.interest.amount for line in self.claims if line.interest)

    @property
    def fees(self) -> int:
        """Fees as the list states them."""
        return sum(line.claim.fees for line in self.claims)

    @property
    def total(self) -> int:
        """Principal, interest and fees."""
        return self.principal + self.interest + self.fees

    def months_of_rent(self, monthly_rent: int | None) -> Decimal | None:
        """Principal in months of the current rent, one decimal; None when the rent is unknown."""
        return months_of(self.principal, monthly_rent)


def account(claims: Sequence[Claim], on: date, *, listed_on: date | None = None) -> Account:
    """The claims as they stand on `on`, with our interest, and what a person should know about the figures.

    `listed_on` is the day the sender counted its stated interest to; without it, `on`.
    """
    lines = tuple(ClaimAccount(claim=claim, interest=_known_interest(claim, on)) for claim in claims)
    findings = (
        *_rate_findings(lines),
        *_earlier_interest(claims),
        *_stated_interest(claims, listed_on or on),
    )
    return Account(on=on, claims=lines, findings=findings)


def _known_interest(claim: Claim, on: date) -> Interest | None:
    try:
        return interest(claim.outstanding, claim.due_on, on)
    except NoRate:
        return None


def _rate_findings(lines: Sequence[ClaimAccount]) -> Iterator[Finding]:
    """One finding for each rate with a mark, however many claims it touches."""
    parts = [part for line in lines if line.interest for part in line.interest.parts]
    missing = [line.claim.due_on for line in lines if line.interest is None]
    unverified = {part.rate.starts_on for part in parts if not part.rate.verified}
    projected = [part.starts_on for part in parts if part.rate.not_yet_known]
    yield from (_unclear_figure("figure_missing", day) for day in sorted(missing)[:1])
    yield from (_unclear_figure("figure_unverified", day) for day in sorted(unverified))
    yield from (_unclear_figure("figure_not_yet_known", day) for day in sorted(projected)[:1])


def _unclear_figure(code: str, on: date) -> Finding:
    return finding(code, outcome=Outcome.UNCLEAR, figure=LATE_INTEREST, on=on)


def _earlier_interest(claims: Iterable[Claim]) -> Iterator[Finding]:
    """A part was paid on a day we do not know, and bore interest until then."""
    part_paid = sum(1 for claim in claims if claim.amount is not None and claim.outstanding < claim.amount)
    if part_paid:
        yield finding("earlier_interest_unclear", outcome=Outcome.UNCLEAR, claims=part_paid)


def _stated_interest(claims: Iterable[Claim], counted_to: date) -> Iterator[Finding]:
    """Claims that state interest, against ours on the same claims to the same day."""
    stated = [(claim.interest, _known_interest(claim, counted_to)) for claim in claims if claim.interest]
    theirs = sum(interest for interest, known in stated if known)
    ours = sum(known.amount for _, known in stated if known)
    if theirs != ours:
        yield finding("stated_interest_differs", stated_ore=theirs, ours_ore=ours)


@dataclass(frozen=True, kw_only=True, order=True)
class Charge:
    """Something to be paid, in øre above 0, on a due day."""

    due_on: date
    reference: str
    amount: int


@dataclass(frozen=True, kw_only=True, order=True)
class Payment:
    """Money received, or a credit, in øre above 0, on a day."""

    on: date
    reference: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class Settled:
    """So much of a payment went to a charge, on the day when both were there."""

    charge: Charge
    payment: Payment
    amount: int

    @property
    def on(self) -> date:
        """The later of due day and day of payment: a payment in advance waits for its charge."""
        return max(self.charge.due_on, self.payment.on)


@dataclass(frozen=True, kw_only=True)
class OpenCharge:
    """A charge with what is left of it in øre, above 0."""

    charge: Charge
    outstanding: int


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What settled what up to a day, what is still open, and what is left over as credit, in øre."""

    on: date
    settled: tuple[Settled, ...]
    open: tuple[OpenCharge, ...]
    credit: int

    @property
    def outstanding(self) -> int:
        """Everything still open."""
        return sum(line.outstanding for line in self.open)

    @property
    def oldest_due_on(self) -> date | None:
        """Due day of the oldest open charge; None when all are paid."""
        return min((line.charge.due_on for line in self.open), default=None)


def settle(charges: Iterable[Charge], payments: Iterable[Payment], on: date) -> Balance:
    """The oldest money pays the oldest charge; what is due or paid after `on` does not count yet.

    On the same day a charge comes before a payment, and references decide the order, never the order of input.
    Raises ValueError when an amount is not above 0.
    """
    due = sorted(charge for charge in charges if charge.due_on <= on)
    paid = sorted(payment for payment in payments if payment.on <= on)
    owing, money = [charge.amount for charge in due], [payment.amount for payment in paid]
    if any(amount <= 0 for amount in owing + money):
        raise ValueError("a charge or a payment is above 0; write a reversal as its opposite")
    settled = tuple(_settled(due, paid, owing, money))
    still_open = tuple(OpenCharge(charge=one, outstanding=left) for one, left in zip(due, owing, strict=True) if left)
    return Balance(on=on, settled=settled, open=still_open, credit=sum(money))


def _settled(due: list[Charge], paid: list[Payment], owing: list[int], money: list[int]) -> Iterator[Settled]:
    """Two queues met at their heads; `owing` and `money` are drawn down to what is left."""
    i = j = 0
    while i < len(due) and j < len(paid):
        amount = min(owing[i], money[j])
        owing[i] -= amount
        money[j] -= amount
        yield Settled(charge=due[i], payment=paid[j], amount=amount)
        i, j = i + (not owing[i]), j + (not money[j])
