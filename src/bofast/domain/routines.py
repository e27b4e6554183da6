"""What the routines cost, and what others would: arithmetic with every assumption stated as an argument.

Chapters 4 and 5 of the Bergen report of 2006. Nothing here says that it would have happened: who would have been
helped by a routine nobody tried is not known. Amounts are whole øre.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from bofast.domain import costs
from bofast.domain.costs import MODEL_DAYS, Item
from bofast.domain.facts import Stage
from bofast.domain.ledger import interest
from bofast.domain.notices import NOTICE_DAYS
from bofast.domain.statistics import CaseFact, Period


def zero_share_cost(*, households: int, petition_fee: int) -> int:
    """Øre of petition fees, one for each household that was entitled to pay no share of its rent (chapter 4.1)."""
    return households * petition_fee


def percent_of(amount: int, percent: int) -> int:
    """So many percent of an amount or a number, half up."""
    return int(Fraction(amount * percent, 100) + Fraction(1, 2))


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way to a petition: days from the due day, what each case costs, and the interest meanwhile."""

    days: int
    items: tuple[Item, ...]
    interest: int

    @property
    def a_case(self) -> int:
        """Øre a case: fees and interest."""
        return costs.total(self.items) + self.interest

    @property
    def writing(self) -> int:
        """Øre a case for writing the petition."""
        return sum(item.amount for item in self.items if item.code == "petition_writing")

    @property
    def collection(self) -> int:
        """Øre a case of collection fees and interest, which the tenant is asked for first."""
        return self.a_case - sum(item.amount for item in self.items if item.receiver is costs.Party.STATE)


@dataclass(frozen=True, kw_only=True)
class CollectorDays:
    """Days after the due day on which the collector takes its steps; by default those of figure 3."""

    reminded: int = MODEL_DAYS[Stage.REMINDED]
    demanded: int = MODEL_DAYS[Stage.DEMANDED]
    petitioned: int = MODEL_DAYS[Stage.PETITIONED]


FIGURE_3 = CollectorDays()


def through_collector(*, debt: int, due_on: date, days: CollectorDays = FIGURE_3, writing: int | None = None) -> Route:
    """The route of figure 3: reminder, the collector's notice and demand, then the petition (chapter 5.2).

    `writing`: øre for writing the petition, where it is not what the rules of the day allow at most. Raises NoRate for
    days before the first known figures.
    """
    petitioned_on = due_on + timedelta(days=days.petitioned)
    fees = costs.collection_cost(
        due_on=due_on,
        reminded_on=due_on + timedelta(days=days.reminded),
        demanded_on=due_on + timedelta(days=days.demanded),
    )
    court_fee, allowed = costs.petition_cost(petitioned_on)
    written = allowed if writing is None else replace(allowed, amount=writing)
    return _route(debt, due_on, petitioned_on, (*fees, court_fee, written))


def directly(*, debt: int, due_on: date, notice_after: int) -> Route:
    """The landlord sends the notice of § 4-18 so many days after the due day, and petitions two weeks later itself.

    Without collection fees, and without pay for writing the petition: the landlord writes it in its own time.
    """
    petitioned_on = due_on + timedelta(days=notice_after + NOTICE_DAYS)
    return _route(debt, due_on, petitioned_on, (costs.petition_fee(petitioned_on),))


def _route(debt: int, due_on: date, petitioned_on: date, items: tuple[Item, ...]) -> Route:
    return Route(days=(petitioned_on - due_on).days, items=items, interest=interest(debt, due_on, petitioned_on).amount)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a payment plan must be: at least so many øre a month, and at most so many months."""

    monthly: int
    months: int

    def allows(self, debt: int, means: int) -> bool:
        """Whether a household that can pay `means` øre a month may have a plan for the debt."""
        instalment = max(min(self.monthly, debt), -(-debt // self.months))
        return instalment <= means


@dataclass(frozen=True, kw_only=True)
class PlanEffect:
    """How many households a policy lets have a plan, and how many another would.

    `evicted`: of those only the other policy helps, so many were evicted. `unknown`: without known income or debt.
    """

    now: int
    then: int
    evicted: int
    unknown: int

    @property
    def more(self) -> int:
        """How many more."""
        return self.then - self.now


def plans_under(facts: Iterable[CaseFact], *, policy: Policy, other: Policy, means_percent: int) -> PlanEffect:
    """Households that could have a plan if each can pay so many percent of its income a month (chapter 5.3)."""
    may: list[tuple[bool, bool, CaseFact]] = []
    unknown = 0
    for fact in facts:
        if fact.arrears and fact.monthly_income is not None:
            means = percent_of(fact.monthly_income, means_percent)
            may.append((policy.allows(fact.arrears, means), other.allows(fact.arrears, means), fact))
        else:
            unknown += 1
    return PlanEffect(
        now=sum(now for now, _, _ in may),
        then=sum(then for _, then, _ in may),
        evicted=sum(then and not now and bool(fact.evictions) for now, then, fact in may),
        unknown=unknown,
    )


@dataclass(frozen=True, kw_only=True)
class EarlierList:
    """Petitions for which there was time between the list and the petition, as it was and with the list earlier.

    `saved`: øre of petition fees if the assumed percent of the additional ones were stopped.
    """

    petitions: int
    now: int
    then: int
    saved: int

    @property
    def more(self) -> int:
        """How many more could have been helped in time."""
        return self.then - self.now


def list_earlier(
    facts: Sequence[CaseFact], period: Period, *, days: int, needed: int, stopped_percent: int, petition_fee: int
) -> EarlierList:
    """What a list so many days earlier gives, if help needs so many days from list to effect (chapter 4.3)."""
    waits = [
        (filed - fact.opened_on).days
        for fact in facts
        for filed in fact.petitions
        if filed in period and filed >= fact.opened_on
    ]
    now, then = (sum(wait + earlier >= needed for wait in waits) for earlier in (0, days))
    return EarlierList(
        petitions=len(waits), now=now, then=then, saved=percent_of((then - now) * petition_fee, stopped_percent)
    )
