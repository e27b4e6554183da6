"""The work with others in numbers: what was handed out, on what ground, who answered, what was decided, what held.

Counted from what the casework records. Like `work`, for the case team alone; each table has its definition in
`work.yaml`, and says there what it does not know.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bofast.domain.calendar import years_after
from bofast.domain.episodes import RELAPSE_YEARS
from bofast.domain.facts import Agency
from bofast.domain.statistics.facts import Period
from bofast.domain.statistics.numbers import Number, none, tally
from bofast.domain.statistics.work import Row, counted, ends_of, median_of, median_row, shares
from bofast.domain.statistics.work_facts import WorkFact


class Handed(NamedTuple):
    """A household on a list for an office. `grounds`: what it went on; `against`: what spoke against it.

    One that went though something spoke against it was released by a person. `answered_on`: the first answer's day;
    `office` is "" where the reader may not know who answered.
    """

    case: str
    on: date
    office: str
    answer_by: date
    sent: bool
    grounds: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    answered_on: date | None = None


class Requested(NamedTuple):
    """A request for help, which must end in a decision by a day."""

    case: str
    on: date
    answer_by: date
    decided_on: date | None = None
    withdrawn_on: date | None = None


class Decided(NamedTuple):
    """A decision by its outcome, and what came of a complaint; "" for none."""

    case: str
    on: date
    outcome: str
    complaint: str = ""


class Reserved(NamedTuple):
    """A tenant opted out of notice to others, or took it back."""

    case: str
    on: date
    taken_back: bool = False


class Ended(NamedTuple):
    """A case closed because something solved it: `by`, the closing word; `gone_on`, the day the arrears were gone.

    `back_on`: the day the household came back on the list within 12 months of that.
    """

    case: str
    on: date
    by: str
    gone_on: date
    back_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Helping:
    """All there is to count."""

    handed: Sequence[Handed] = ()
    requests: Sequence[Requested] = ()
    decisions: Sequence[Decided] = ()
    reservations: Sequence[Reserved] = ()
    ended: Sequence[Ended] = ()

    def of(self, cases: Collection[str]) -> "Helping":
        """What of it concerns these cases."""
        return Helping(**{name: [each for each in rows if each.case in cases] for name, rows in vars(self).items()})


def helping_of(found: Helping, period: Period, on: date) -> dict[str, list[Row]]:
    """Every table of the period as known on a day, by name; a table with nothing to count is left out."""
    handed = [each for each in found.handed if each.on in period]
    tables = {
        "hand_outs": hand_outs(handed),
        "held_back": held_back(handed),
        "answers": answers(handed, on),
        "requests": requests([each for each in found.requests if each.on in period], on),
        "decisions": decisions([each for each in found.decisions if each.on in period]),
        "opt_outs": opt_outs([each for each in found.reservations if each.on in period]),
        "held": held([each for each in found.ended if each.on in period], on),
    }
    return {name: rows for name, rows in tables.items() if rows}


def hand_outs(handed: Sequence[Handed]) -> list[Row]:
    """Households by the ground they went on, those a person released, those held back."""
    grounds = tally((ground, each.case) for each in handed if each.sent for ground in each.grounds)
    parts = {
        "handed": _cases(handed),
        "sent": _cases(each for each in handed if each.sent),
        **dict(sorted(grounds.items())),
        "released": _cases(each for each in handed if each.sent and each.against),
        "held_back": _cases(each for each in handed if not each.sent),
    }
    return shares(parts, of="handed")


def held_back(handed: Iterable[Handed]) -> list[Row]:
    """Why households were held back; one may have more than one reason, so they do not add up."""
    kept = [each for each in handed if not each.sent]
    why = tally((reason, each.case) for each in kept for reason in each.against)
    return shares({"held_back": _cases(kept), **dict(sorted(why.items()))}, of="held_back")


def answers(handed: Iterable[Handed], on: date) -> list[Row]:
    """Households handed out by the office that was asked: answered, not answered, past the day, days it took."""
    sent = [each for each in handed if each.sent]
    offices = sorted({each.office for each in sent} - {""})
    return [_answered(office, [each for each in sent if each.office == office], on) for office in offices]


def _answered(office: str, sent: Sequence[Handed], on: date) -> Row:
    waiting = [each for each in sent if each.answered_on is None]
    return {
        "key": office,
        "asked": _cases(sent),
        "answered": _cases(each for each in sent if each.answered_on),
        "unanswered": _cases(waiting),
        "overdue": _cases(each for each in waiting if each.answer_by < on),
        "median_days": median_of((each.answered_on - each.on).days for each in sent if each.answered_on),
    }


def referrals(facts: Sequence[WorkFact], period: Period) -> list[Row]:
    """Cases shared one by one in the period, by the agency they went to, and how each case ended."""
    went = [(agency, [fact for fact in facts if _went_to(agency, fact, period)]) for agency in Agency]
    return [{"key": f"agency.{agency.value}", "count": counted(mine), **ends_of(mine)} for agency, mine in went if mine]


def _went_to(agency: Agency, fact: WorkFact, period: Period) -> bool:
    return any(each.agency is agency and each.on in period for each in fact.referrals)


def requests(asked: Sequence[Requested], on: date) -> list[Row]:
    """Requests by how they stand: decided in time, decided late, withdrawn, waiting, waiting past their day."""
    ways: dict[str, Callable[[Requested], bool]] = {
        "in_time": lambda each: bool(each.decided_on and each.decided_on <= each.answer_by),
        "late": lambda each: bool(each.decided_on and each.decided_on > each.answer_by),
        "withdrawn_request": lambda each: bool(not each.decided_on and each.withdrawn_on),
        "waiting": lambda each: _waits(each) and each.answer_by >= on,
        "overdue": lambda each: _waits(each) and each.answer_by < on,
    }
    parts = {"requested": _cases(asked)} | {key: _cases(e for e in asked if holds(e)) for key, holds in ways.items()}
    days = ((each.decided_on - each.on).days for each in asked if each.decided_on)
    return [*shares(parts, of="requested"), *median_row(days)]


def _waits(request: Requested) -> bool:
    return not (request.decided_on or request.withdrawn_on)


OUTCOMES = ("granted", "partly", "refused")
COMPLAINTS = ("waiting", "upheld", "dismissed")


def decisions(made: Sequence[Decided]) -> list[Row]:
    """Decisions by their outcome, and those complained of by what came of it."""
    outcomes, complaints = (tally((getattr(each, name), each.case) for each in made) for name in Decided._fields[2:])
    parts = {
        "decided": _cases(made),
        **{key: outcomes.get(key, none()) for key in OUTCOMES},
        "complained": _cases(each for each in made if each.complaint),
        **{f"complaint.{key}": complaints.get(key, none()) for key in COMPLAINTS},
    }
    return shares(parts, of="decided")


def opt_outs(said: Sequence[Reserved]) -> list[Row]:
    """Tenants who opted out of notice to the social services, and who took it back."""
    groups = {"opted_out": False, "taken_back": True}
    rows = [{"key": key, "count": _cases(e for e in said if e.taken_back is back)} for key, back in groups.items()]
    return rows if said else []


def held(ended: Sequence[Ended], on: date) -> list[Row]:
    """Cases something solved, by what it was: held for 12 months, back on the list before that, too early to say."""
    words = list(dict.fromkeys(each.by for each in ended))
    return [_held(f"closed.{by}", [each for each in ended if each.by == by], on) for by in sorted(words)]


def _held(key: str, ended: Sequence[Ended], on: date) -> Row:
    alone = [each for each in ended if each.back_on is None]
    return {
        "key": key,
        "count": _cases(ended),
        "held": _cases(each for each in alone if _is_over(each, on)),
        "back": _cases(each for each in ended if each.back_on is not None),
        "too_early": _cases(each for each in alone if not _is_over(each, on)),
    }


def _is_over(ended: Ended, on: date) -> bool:
    """Whether the 12 months are over, that last day included."""
    return years_after(ended.gone_on, RELAPSE_YEARS) < on


def _cases(found: Iterable[Handed | Requested | Decided | Reserved | Ended]) -> Number:
    """A case once for each time something happened in it."""
    return Number.of(each.case for each in found)
