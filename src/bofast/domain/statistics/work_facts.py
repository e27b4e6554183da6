"""What was done in one case worked here, as facts to count."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bofast.domain.casework import ContactBy, MovedTo
from bofast.domain.facts import Agency
from bofast.domain.statistics.facts import Outcome


class Attempt(NamedTuple):
    """One attempt to reach the household; `reached` when somebody talked with it, `by` None where nobody wrote how."""

    on: date
    reached: bool
    by: ContactBy | None = None


class Asked(NamedTuple):
    """A question put to an agency, with the day an answer was due; `answered_on` None while nobody has answered."""

    agency: Agency
    on: date
    due_on: date
    answered_on: date | None = None


class Referral(NamedTuple):
    """The case shared with an agency by itself, apart from any list: a measure tried."""

    on: date
    agency: Agency


class Moved(NamedTuple):
    """The case was closed because the household had moved; `to` None where nobody wrote where."""

    on: date
    to: MovedTo | None = None


class Demand(NamedTuple):
    """The first payment demand of a case, for a rent due on `due_on`; `reminded_on` None when no reminder is known."""

    on: date
    due_on: date
    reminded_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WorkFact:
    """What was done in one case worked here. `household` tells households apart and names none; `case` is its
    number, which every count remembers.

    `opened_on` is the day of the first list. `former_attempts` are those of the case before, when this one goes on with
    its petition. `other_ends`: days the case or the claim ended in another way than by withdrawal or eviction.
    `relapse_after`: days since the arrears before were gone, when that is within 12 months; None for no relapse.
    """

    household: int
    opened_on: date
    case: str = ""
    district: str = ""
    handled_by: tuple[str, ...] = ()
    children: int | None = None
    attempts: tuple[Attempt, ...] = ()
    former_attempts: tuple[Attempt, ...] = ()
    demand: Demand | None = None
    petitions: tuple[date, ...] = ()
    withdrawals: tuple[date, ...] = ()
    evictions: tuple[date, ...] = ()
    other_ends: tuple[date, ...] = ()
    outcome: Outcome = Outcome.UNRESOLVED
    relapse_after: int | None = None
    questions: tuple[Asked, ...] = ()
    referrals: tuple[Referral, ...] = ()
    moved: Moved | None = None

    @property
    def first_talk(self) -> Attempt | None:
        """The first talk in this case; of several on a day the one recorded first."""
        return min((attempt for attempt in self.attempts if attempt.reached), key=lambda talk: talk.on, default=None)

    @property
    def talked_on(self) -> date | None:
        """The day of the first talk in this case."""
        return self.first_talk.on if self.first_talk else None

    @property
    def days_to_talk(self) -> int | None:
        """Days from the first list to the first talk, 0 when they had talked already; None while nobody has."""
        return None if self.talked_on is None else max(0, (self.talked_on - self.opened_on).days)

    @property
    def needed(self) -> int:
        """Attempts until the first talk, the talk included; all of them where there was none."""
        tries = [attempt for attempt in self.attempts if not attempt.reached]
        before = [attempt for attempt in tries if self.talked_on is None or attempt.on <= self.talked_on]
        return len(before) + (self.talked_on is not None)
