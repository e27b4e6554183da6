"""The cases worked here as facts of the work done, in a handful of queries however many cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from bofast.arrears.models import LedgerEntry
from bofast.cases.models import Case, Event, Task
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.statistics import Outcome, Period
from bofast.domain.statistics.work import Asked, Attempt, Demand, WorkFact
from bofast.reports import queries

ATTEMPTS: Mapping[str, bool] = {DeedCode.CONTACT: True, DeedCode.CONTACT_TRIED: False}
"""Whether a deed reached the household."""
COUNTED = (DeedCode.REMINDER, DeedCode.DEMAND, *queries.EVENTS, DeedCode.SETTLEMENT, DeedCode.MOVE)
"""Deeds whose days count."""
RUN_ON = (DeedCode.PETITION, DeedCode.EVICTION)
"""Deeds that a new case begins with when the petition of the former one still runs (`cases.actions.returning`)."""
FORMER = ("relapse_of__cleared_on", "relapse_of__closed_on")
COLUMNS = ("pk", "tenancy_id", "opened_on", "closed_on", "outcome", "oldest", *FORMER)
LIVING_THERE = ("tenancy__dwelling__district", "tenancy__household__children")


@dataclass
class _Done:
    """What was done in one case, while it is being gathered: days by deed, and attempts to reach the household."""

    days: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    attempts: list[Attempt] = field(default_factory=list)
    former_attempts: list[Attempt] = field(default_factory=list)

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


def work_facts(district: str | None = None) -> list[WorkFact]:
    """Every case worked here, of one district or of all."""
    rows = Case.objects.annotate(oldest=Subquery(_oldest_due())).order_by("opened_on", "pk")
    wanted = rows.filter(tenancy__dwelling__district=district) if district else rows
    known = list(wanted.values(*COLUMNS, *LIVING_THERE))
    done, asked = _done(), _asked()
    # As the report counts it: from each case's own events, before any of them moves to a later case.
    outcomes = {row["pk"]: _outcome(row["outcome"], done[row["pk"]]) for row in known}
    _join(known, done)
    return [_fact(row, done[row["pk"]], tuple(asked[row["pk"]]), outcomes[row["pk"]]) for row in known]


def has_work(facts: Iterable[WorkFact], period: Period) -> bool:
    """Whether a case worked here was opened in the period."""
    return any(fact.opened_on in period for fact in facts)


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
    rows = Event.objects.filter(code__in=[*ATTEMPTS, *COUNTED]).order_by("on", "id").values_list("case", "code", "on")
    for case, code, on in rows.iterator(chunk_size=queries.READ_AT_ONCE):
        if code in ATTEMPTS:
            found[case].attempts.append(Attempt(on=on, reached=ATTEMPTS[code]))
        else:
            found[case].days[code].add(on)
    return found


def _asked() -> dict[int, list[Asked]]:
    """The program's questions; those taken back because they no longer arise were nobody's to answer."""
    found: dict[int, list[Asked]] = defaultdict(list)
    rows = Task.objects.filter(withdrawn=False).exclude(code=Task.MANUAL)
    columns = rows.values_list("case", "agency", "created_on", "due_on", "done_on")
    for case, agency, on, due_on, done_on in columns.iterator(chunk_size=queries.READ_AT_ONCE):
        found[case].append(Asked(Agency(agency), on, due_on, done_on))
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
        opened_on=row["opened_on"],
        district=row["tenancy__dwelling__district"] or "",
        children=row["tenancy__household__children"],
        attempts=tuple(done.attempts),
        former_attempts=tuple(done.former_attempts),
        demand=_demand(row, done),
        petitions=done.on(DeedCode.PETITION),
        withdrawals=done.on(DeedCode.WITHDRAWAL),
        evictions=done.on(DeedCode.EVICTION),
        other_ends=(*done.on(DeedCode.SETTLEMENT, DeedCode.MOVE), *ended),
        outcome=outcome,
        relapse_after=_relapse_after(row),
        questions=asked,
    )


def _demand(row: Mapping[str, Any], done: _Done) -> Demand | None:
    """The first demand, a month's rent at a time: the oldest claim says which rules hold for its fees."""
    on, reminded_on = done.first(DeedCode.DEMAND), done.first(DeedCode.REMINDER)
    if on is None:
        return None
    return Demand(on=on, due_on=row["oldest"] or row["opened_on"], reminded_on=reminded_on)


def _relapse_after(row: Mapping[str, Any]) -> int | None:
    """Days from the day the former arrears were gone, or the former case was closed."""
    gone_on = next((row[name] for name in FORMER if row[name]), None)
    return (row["opened_on"] - gone_on).days if gone_on else None
