"""The cases worked here as facts of the work done, in a handful of queries however many cases."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from bofast.access.need_to_know import Viewer
from bofast.arrears.models import LedgerEntry
from bofast.cases.models import Case, Event, Sharing, Task
from bofast.domain.casework import ContactBy, MovedTo
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.findings import Part, catalogue
from bofast.domain.statistics import Outcome, Period, Question
from bofast.domain.statistics.helping import Helping, helping_of, referrals
from bofast.domain.statistics.tried import Trying, tried_of
from bofast.domain.statistics.work import Row, work_of
from bofast.domain.statistics.work_facts import Asked, Attempt, Demand, Moved, Referral, WorkFact
from bofast.reports import queries
from bofast.reports.work_helping import helping

ATTEMPTS: Mapping[str, bool] = {DeedCode.CONTACT: True, DeedCode.CONTACT_TRIED: False}
"""Whether a deed reached the household."""
COUNTED = (DeedCode.REMINDER, DeedCode.DEMAND, *queries.EVENTS, DeedCode.SETTLEMENT, DeedCode.MOVE)
"""Deeds whose days count."""
RUN_ON = (DeedCode.PETITION, DeedCode.EVICTION)
"""Deeds that a new case begins with when the petition of the former one still runs (`cases.actions.returning`)."""
FORMER = ("relapse_of__cleared_on", "relapse_of__closed_on")
COLUMNS = ("pk", "number", "tenancy_id", "opened_on", "closed_on", "outcome", "oldest", *FORMER)
LIVING_THERE = ("tenancy__dwelling__district", "tenancy__household__children")


@dataclass
class _Done:
    """What was done in one case, while it is being gathered: days by deed, and attempts to reach the household."""

    days: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    attempts: list[Attempt] = field(default_factory=list)
    former_attempts: list[Attempt] = field(default_factory=list)
    moved_to: str = ""

    def goes_on_with(self, former: "_Done") -> bool:
        """Whether a petition of the case before runs on in this one: both know of it."""
        return any(self.days[code] & former.days[code] for code in RUN_ON)

    def take_over(self, former: "_Done") -> None:
        """A petition that runs on counts once: with the case that goes on with it, and all that led to it."""
        for code, days in former.days.items():
            self.days[code] |= days
        self.former_attempts = [*former.former_attempts, *former.attempts]
        former.days.clear()

    def first(self, code: DeedCode) -> date | None:
        """The first day of a deed."""
        return min(self.days[code], default=None)

    def on(self, *codes: DeedCode) -> tuple[date, ...]:
        """The days of some deeds, in order."""
        return tuple(sorted(set().union(*(self.days[code] for code in codes))))


@dataclass(frozen=True, kw_only=True)
class Work:
    """All that was done here, as facts to count. Measures, plans and stays come when the casework records them."""

    facts: Sequence[WorkFact]
    helping: Helping
    trying: Trying = field(default_factory=Trying)

    def tables(self, period: Period, on: date) -> dict[str, list[Row]]:
        """Every table of a period as known on a day, by name; one with nothing to count is left out."""
        shared = {"referrals": went} if (went := referrals(self.facts, period)) else {}
        tried = tried_of(self.facts, self.trying, period, on)
        return work_of(self.facts, period, on) | tried | shared | helping_of(self.helping, period, on)


def work_done(
    district: str | None = None, parts: Collection[Part] = frozenset(Part), *, agency: str | None = None
) -> Work:
    """The work in one district, of one agency, or all of it, as far as it speaks of those parts of a case."""
    every, found = work_facts(parts), helping(parts)
    if not district and not agency:
        return Work(facts=every, helping=found)
    facts = [fact for fact in every if district in (None, fact.district) and agency in (None, *fact.handled_by)]
    return Work(facts=facts, helping=found.of({fact.case for fact in facts}))


def work_told(question: Question, viewer: Viewer) -> Work | None:
    """The work that may be told beside an answer to the question; None where none may.

    Its small numbers are never masked, so it goes with answers that are not; and it is told as it stands today, so it
    stays away from an earlier day's answer.
    """
    if question.masked or question.as_of:
        return None
    return work_done(question.district, viewer.parts, agency=question.agency)


def work_facts(parts: Collection[Part] = frozenset(Part)) -> list[WorkFact]:
    """Every case worked here, with the questions that speak of those parts of it."""
    rows = Case.objects.annotate(oldest=Subquery(_oldest_due())).order_by("opened_on", "pk")
    known = [
        row | {"handled_by": queries.handlers(row, aid=Part.AID in parts)}
        for row in rows.values(*COLUMNS, *LIVING_THERE, *queries.TEAMS)
    ]
    done, asked, referred = _done(), _asked(parts), _referred()
    # As the report counts it: from each case's own events, before any of them moves to a later case.
    outcomes = {row["pk"]: _outcome(row["outcome"], done[row["pk"]]) for row in known}
    _join(known, done)
    found = (_fact(row, done[row["pk"]], tuple(asked[row["pk"]]), outcomes[row["pk"]]) for row in known)
    return [replace(fact, referrals=tuple(referred[row["pk"]])) for row, fact in zip(known, found, strict=True)]


def _oldest_due() -> QuerySet[LedgerEntry, Any]:
    """The due day of the oldest claim on the list that opened a case."""
    opening = LedgerEntry.objects.filter(
        claim__tenancy=OuterRef("tenancy"),
        file__sender=OuterRef("sender"),
        file__as_of=OuterRef("opened_on"),
        file__standing=True,
    )
    return opening.values("claim__tenancy").annotate(due=Min("claim__due_on")).values("due")


def _done() -> dict[int, _Done]:
    found: dict[int, _Done] = defaultdict(_Done)
    told = Event.objects.filter(code__in=[*ATTEMPTS, *COUNTED, DeedCode.CLOSURE]).order_by("on", "id")
    rows = told.values_list("case", "code", "on", "facts__contact_by", "facts__moved_to")
    for case, code, on, by, moved_to in rows.iterator(chunk_size=queries.READ_AT_ONCE):
        if code in ATTEMPTS:
            found[case].attempts.append(Attempt(on=on, reached=ATTEMPTS[code], by=ContactBy(by) if by else None))
        elif code == DeedCode.CLOSURE:
            found[case].moved_to = moved_to or ""
        else:
            found[case].days[code].add(on)
    return found


def _asked(parts: Collection[Part]) -> dict[int, list[Asked]]:
    """The program's questions; those taken back because they no longer arise were nobody's to answer."""
    found: dict[int, list[Asked]] = defaultdict(list)
    unseen = [code for code, known in catalogue().items() if known.part not in parts]
    rows = Task.objects.filter(withdrawn=False).exclude(code__in=[Task.MANUAL, *unseen])
    columns = rows.values_list("case", "agency", "created_on", "due_on", "done_on")
    for case, agency, on, due_on, done_on in columns.iterator(chunk_size=queries.READ_AT_ONCE):
        found[case].append(Asked(Agency(agency), on, due_on, done_on))
    return found


def _referred() -> dict[int, list[Referral]]:
    """What was shared case by case; a hand-out of a list is told of for itself."""
    found: dict[int, list[Referral]] = defaultdict(list)
    rows = Sharing.objects.filter(hand_out__isnull=True).values_list("case", "on", "receiver")
    for case, on, receiver in rows.iterator(chunk_size=queries.READ_AT_ONCE):
        found[case].append(Referral(on, Agency(receiver)))
    return found


def _join(known: Iterable[Mapping[str, Any]], done: Mapping[int, _Done]) -> None:
    """Lay together the cases of a household, in their order, that one petition runs through."""
    newest: dict[int, _Done] = {}
    for row in known:
        this, former = done[row["pk"]], newest.get(row["tenancy_id"])
        if former and this.goes_on_with(former):
            this.take_over(former)
        newest[row["tenancy_id"]] = this


def _outcome(closed_as: str, done: _Done) -> Outcome:
    days = {name: sorted(done.days[code]) for code, name in queries.EVENTS.items()}
    return queries.ended(closed_as, days)[0]


def _fact(row: Mapping[str, Any], done: _Done, asked: tuple[Asked, ...], outcome: Outcome) -> WorkFact:
    ended = (row["closed_on"],) if row["closed_on"] else ()
    return WorkFact(
        household=row["tenancy_id"],
        case=row["number"],
        opened_on=row["opened_on"],
        district=row["tenancy__dwelling__district"] or "",
        handled_by=row["handled_by"],
        children=row["tenancy__household__children"],
        attempts=tuple(done.attempts),
        former_attempts=tuple(done.former_attempts),
        demand=_demand(row, done),
        petitions=done.on(DeedCode.PETITION),
        withdrawals=done.on(DeedCode.WITHDRAWAL),
        evictions=done.on(DeedCode.EVICTION),
        other_ends=(*done.on(DeedCode.SETTLEMENT, DeedCode.MOVE), *ended),
        outcome=outcome,
        moved=_moved(row, done),
        relapse_after=_relapse_after(row),
        questions=asked,
    )


def _demand(row: Mapping[str, Any], done: _Done) -> Demand | None:
    """The first demand, a month's rent at a time: the oldest claim says which rules hold for its fees."""
    on, reminded_on = done.first(DeedCode.DEMAND), done.first(DeedCode.REMINDER)
    if on is None:
        return None
    return Demand(on=on, due_on=row["oldest"] or row["opened_on"], reminded_on=reminded_on)


def _moved(row: Mapping[str, Any], done: _Done) -> Moved | None:
    if row["outcome"] != Case.Outcome.MOVED:
        return None
    return Moved(row["closed_on"], MovedTo(done.moved_to) if done.moved_to else None)


def _relapse_after(row: Mapping[str, Any]) -> int | None:
    """Days from the day the former arrears were gone, or the former case was closed."""
    gone_on = next((row[name] for name in FORMER if row[name]), None)
    return (row["opened_on"] - gone_on).days if gone_on else None
