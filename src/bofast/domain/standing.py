"""How a household stands on a day: what every part of an assessment looks at, worked out once.

Nothing here asks for the day directly. `Today` answers whether a day has come, and remembers the first later day on
which one of its answers would turn: until then the same facts give the same assessment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN
from enum import IntEnum

from bofast.domain.calendar import months_before
from bofast.domain.conditions import Position, deposited_amount
from bofast.domain.facts import DeedCode, Facts, Ground, Stage
from bofast.domain.money import months_of
from bofast.domain.notices import Window, windows
from bofast.domain.procedure import PETITION_RUNS, known_on, position

ONE_DAY = timedelta(days=1)
LEASE_WARNING_MONTHS = 3


class Today:
    """The day of the assessment, asked only through `reached` and `past`."""

    def __init__(self, on: date) -> None:
        self._on = on
        self.turns_on: date | None = None

    def reached(self, day: date) -> bool:
        """The day has come."""
        if day <= self._on:
            return True
        if self.turns_on is None or day < self.turns_on:
            self.turns_on = day
        return False

    def past(self, day: date) -> bool:
        """The day is over."""
        return day < date.max and self.reached(day + ONE_DAY)

    def known(self, facts: Facts) -> Facts:
        """The facts without what lies ahead, in the order of the days."""
        closing = (facts.closed_on,) if facts.closed_on else ()
        for day in (*(deed.on for deed in facts.deeds), *closing):
            self.reached(day)
        return known_on(facts, self._on)


class Danger(IntEnum):
    """How near the household is to losing its home, nearest first."""

    EVICTION_AHEAD = 0
    EVICTION_DAY_PASSED = 1
    PAID_BUT_PETITIONED = 2
    PETITIONED = 3
    EVICTED = 4
    PETITION_POSSIBLE = 5
    NOTICE_RUNNING = 6
    DEMANDED = 7
    REMINDED = 8
    DUE = 9
    CLEARED = 10
    ENDED = 11


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One household on one day. `notice` is the window a petition may use, `lost_notice` one that has lapsed."""

    facts: Facts
    today: Today
    position: Position
    danger: Danger
    notice: Window | None
    lost_notice: Window | None
    contacts: tuple[date, ...]
    tries: tuple[date, ...]

    @property
    def stage(self) -> Stage:
        """The stage of the procedure."""
        return self.position.stage

    @property
    def petition_runs(self) -> bool:
        """A petition is with the enforcement officer."""
        return self.stage in PETITION_RUNS

    @property
    def paid_but_petitioned(self) -> bool:
        """Nothing is owed, and yet a petition for unpaid rent still runs."""
        return self.petition_runs and _paid(self.facts, self.position)

    @property
    def petitioned_on(self) -> date | None:
        """The day of the running petition; that of the date where the petition itself was not recorded."""
        petition = self.position.petition or self.position.date_set
        return petition.on if petition else None

    @property
    def scheduled_on(self) -> date | None:
        """The day set for the eviction."""
        return self.position.date_set.scheduled_on if self.position.date_set else None

    @property
    def new_after_closing(self) -> date | None:
        """Due day of the oldest unpaid claim that fell due after the case was closed."""
        return new_after_closing(self.facts, self.position)

    @property
    def last_contact(self) -> date | None:
        """The last day anybody talked with the household."""
        return max(self.contacts, default=None)

    @property
    def last_attempt(self) -> date | None:
        """The last day anybody reached, or tried to reach, the household."""
        return max((*self.contacts, *self.tries), default=None)

    def attempt_since(self, day: date) -> date | None:
        """The last attempt on or after the day."""
        last = self.last_attempt
        return last if last and last >= day else None

    @property
    def tenths_of_months(self) -> int:
        """Arrears in tenths of a month's rent; while the rent is unknown each unpaid month counts as one."""
        months = months_of(self.facts.outstanding, self.facts.monthly_rent)
        if months is None:
            return 10 * len({(claim.due_on.year, claim.due_on.month) for claim in self.facts.claims})
        return int((months * 10).to_integral_value(ROUND_DOWN))

    @property
    def rising(self) -> bool:
        """More is owed than on the list before."""
        before = self.facts.previous_outstanding
        return before is not None and self.facts.outstanding > before

    @property
    def lease_ends_soon(self) -> bool:
        """The lease is in its last three months."""
        lease_to = self.facts.lease_to
        if lease_to is None or self.today.past(lease_to):
            return False
        return self.today.reached(months_before(lease_to, LEASE_WARNING_MONTHS))

    @property
    def lease_over(self) -> bool:
        """The lease has run out."""
        return self.facts.lease_to is not None and self.today.past(self.facts.lease_to)


def standing(facts: Facts, today: Today) -> Standing:
    """Work out how the household stands."""
    known = today.known(facts)
    now = position(known)
    notice, lost = _notice(known, now, today)
    return Standing(
        facts=known,
        today=today,
        position=now,
        danger=_danger(known, now, notice, today),
        notice=notice,
        lost_notice=lost,
        contacts=_days(known, DeedCode.CONTACT),
        tries=_days(known, DeedCode.CONTACT_TRIED),
    )


def new_after_closing(facts: Facts, now: Position) -> date | None:
    """Due day of the oldest unpaid claim that fell due after the case was closed."""
    if now.stage is not Stage.CLOSED or now.since is None:
        return None
    return min((claim.due_on for claim in facts.claims if claim.due_on > now.since), default=None)


def _days(facts: Facts, code: DeedCode) -> tuple[date, ...]:
    return tuple(deed.on for deed in facts.deeds if deed.code is code)


_NO_PETITION_TO_COME = (*PETITION_RUNS, Stage.EVICTED, Stage.MOVED, Stage.CLOSED)


def _paid(facts: Facts, now: Position) -> bool:
    ground = now.petition.ground if now.petition else Ground.UNPAID_RENT
    return ground is Ground.UNPAID_RENT and not facts.outstanding


def _notice(facts: Facts, now: Position, today: Today) -> tuple[Window | None, Window | None]:
    """The window open first and longest, and the latest one that has lapsed when none is left."""
    if now.stage in _NO_PETITION_TO_COME or facts.clause is False or deposited_amount(facts) >= facts.outstanding:
        return None, None
    found = windows(facts, Ground.UNPAID_RENT)
    alive = [each for each in found if not today.past(each.closes_on)]
    if alive:
        return _joined(alive), None
    return None, max(found, key=lambda each: each.closes_on, default=None)


def _joined(alive: Iterable[Window]) -> Window:
    by_opening = sorted(alive, key=lambda each: each.opens_on)
    return Window(by_opening[0].sent_on, by_opening[0].opens_on, by_opening[-1].closes_on)


def _danger(facts: Facts, now: Position, notice: Window | None, today: Today) -> Danger:
    if now.stage in PETITION_RUNS:
        return _danger_of_petition(facts, now, today)
    if now.stage is Stage.EVICTED:
        return Danger.EVICTED
    if now.stage is Stage.CLOSED:
        return Danger.DUE if new_after_closing(facts, now) else Danger.ENDED
    if not facts.claims or now.stage is Stage.MOVED:
        return Danger.CLEARED
    if notice is not None:
        return Danger.PETITION_POSSIBLE if today.reached(notice.opens_on) else Danger.NOTICE_RUNNING
    return _DANGER_OF_STAGE[now.stage]


_DANGER_OF_STAGE = {
    Stage.DUE: Danger.DUE,
    Stage.REMINDED: Danger.REMINDED,
    Stage.DEMANDED: Danger.DEMANDED,
    Stage.WITHDRAWN: Danger.DEMANDED,
    Stage.REINSTATED: Danger.DEMANDED,
    Stage.SETTLED: Danger.DUE,
}


def _danger_of_petition(facts: Facts, now: Position, today: Today) -> Danger:
    scheduled_on = now.date_set.scheduled_on if now.date_set else None
    if scheduled_on:
        return Danger.EVICTION_DAY_PASSED if today.past(scheduled_on) else Danger.EVICTION_AHEAD
    return Danger.PAID_BUT_PETITIONED if _paid(facts, now) else Danger.PETITIONED
