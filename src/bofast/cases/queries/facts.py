"""What is known of households on a day, gathered for many cases at once and handed to the rules."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, Sum
from pydantic import TypeAdapter

from bofast.arrears import queries as arrears
from bofast.arrears.models import Household, LedgerEntry, ReceivedFile, Tenancy
from bofast.cases.models import Case, Event, HelpRequest
from bofast.domain.episodes import episodes
from bofast.domain.facts import Channel, Claim, Deed, DeedCode, Facts, Ground, NoticeContent

_STORED = TypeAdapter(Facts)
LIST_DEEDS = {
    DeedCode.REMINDER: "reminded_on",
    DeedCode.DEMAND: "demanded_on",
    DeedCode.PETITION: "petitioned_on",
}


def as_json(facts: Facts) -> dict[str, Any]:
    """The stored form of facts; `from_json` gives them back whole."""
    stored: dict[str, Any] = _STORED.dump_python(facts, mode="json")
    return stored


def from_json(stored: dict[str, Any]) -> Facts:
    """Facts out of their stored form, so that a past day's reasons can be rebuilt."""
    return _STORED.validate_python(stored)


def facts_for(cases: Sequence[Case], on: date) -> dict[int, Facts]:
    """Facts of each case as they stood on `on`, by tenancy id: for one case of each household."""
    return {case.tenancy_id: facts for case, facts in zip(cases, facts_each(cases, on), strict=True)}


def facts_each(cases: Sequence[Case], on: date) -> list[Facts]:
    """Facts of each case as they stood on `on`, in their order. A handful of questions, however many cases."""
    ids = [case.tenancy_id for case in cases]
    lists = arrears.newest_lists(on)
    lines = lines_of(lists, ids)
    before = _outstanding_before(lists, ids)
    events = _deeds(cases, on)
    children = _children(ids)
    asked = _asked_for_help(cases, on)
    return [
        _facts(
            case,
            on,
            lines[case.tenancy_id] if _on_list(case, on) else [],
            before.get(case.tenancy_id),
            events[case.pk],
            children.get(case.tenancy_id),
            asked.get(case.pk),
        )
        for case in cases
    ]


def _on_list(case: Case, on: date) -> bool:
    return case.cleared_on is None or case.cleared_on > on


class Line(NamedTuple):
    """What one line of a list says of one claim; a plain row, since a full list has many thousands."""

    tenancy: int
    listed_on: date | None
    due_on: date
    amount: int | None
    outstanding: int
    fees: int
    interest: int
    reminded_on: date | None
    demanded_on: date | None
    petitioned_on: date | None


_COLUMNS = (
    *("claim__tenancy", "file__as_of", "claim__due_on", "claim__amount"),
    *("outstanding", "fees", "interest", "reminded_on", "demanded_on", "petitioned_on"),
)


def lines_of(lists: Sequence[ReceivedFile], tenancies: Sequence[int]) -> dict[int, list[Line]]:
    """What these lists say, by tenancy, the oldest claim first."""
    found: dict[int, list[Line]] = defaultdict(list)
    rows = LedgerEntry.objects.filter(file__in=lists).order_by("claim__due_on", "line").values_list(*_COLUMNS)
    for start in range(0, len(tenancies), arrears.CHUNK):
        for row in rows.filter(claim__tenancy__in=tenancies[start : start + arrears.CHUNK]):
            found[row[0]].append(Line._make(row))
    return found


def _outstanding_before(lists: Sequence[ReceivedFile], ids: Sequence[int]) -> dict[int, int]:
    """What each household owed on the list before the newest of each sender."""
    former = [before for file in lists if (before := arrears.list_before(file))]
    owed: dict[int, int] = {}
    rows = (
        LedgerEntry.objects.filter(file__in=former).values_list("claim__tenancy", "file").annotate(Sum("outstanding"))
    )
    for start in range(0, len(ids) if former else 0, arrears.CHUNK):
        found = rows.filter(claim__tenancy__in=ids[start : start + arrears.CHUNK]).order_by("file__as_of")
        owed |= {tenancy: sum_of_list for tenancy, _file, sum_of_list in found}
    return owed


def _deeds(cases: Sequence[Case], on: date) -> dict[int | None, list[Deed]]:
    found: dict[int | None, list[Deed]] = defaultdict(list)
    rows = Event.objects.filter(on__lte=on, code__in=[code.value for code in DeedCode]).order_by("on", "id")
    for event in arrears.in_chunks(rows, "case", [case.pk for case in cases if case.pk]):
        found[event.case_id].append(deed_of(event))
    return found


def _children(ids: Sequence[int]) -> dict[int, int | None]:
    rows = arrears.in_chunks(Household.objects.all(), "tenancy_id", ids)
    return {household.tenancy_id: household.children for household in rows}


def _asked_for_help(cases: Sequence[Case], on: date) -> dict[int, date]:
    """Of each case, the day of the oldest request for help that was open on the day."""
    rows = HelpRequest.objects.filter(received_on__lte=on).filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
        Q(decision__isnull=True) | Q(decision__decided_on__gt=on),
    )
    found: dict[int, date] = {}
    for request in arrears.in_chunks(rows, "case", [case.pk for case in cases if case.pk]):
        found[request.case_id] = min(request.received_on, found.get(request.case_id, request.received_on))
    return found


def deed_of(event: Event) -> Deed:
    """The deed an event records."""
    facts = event.facts
    scheduled = facts.get("scheduled_on")
    return Deed(
        code=DeedCode(event.code),
        on=event.on,
        channel=Channel(facts.get("channel", Channel.PAPER)),
        content=frozenset(NoticeContent(content) for content in facts.get("content", ())),
        ground=Ground(facts.get("ground", Ground.UNPAID_RENT)),
        scheduled_on=date.fromisoformat(scheduled) if scheduled else None,
        amount=facts.get("amount", 0),
        from_list=event.file_id is not None,
    )


def list_deeds(line: Line) -> list[tuple[DeedCode, date]]:
    """What the list itself tells was done about a claim, and when."""
    told = ((code, getattr(line, column)) for code, column in LIST_DEEDS.items())
    return [(code, day) for code, day in told if day]


def _facts(
    case: Case,
    on: date,
    lines: Sequence[Line],
    before: int | None,
    events: list[Deed],
    children: int | None,
    asked: date | None,
) -> Facts:
    tenancy = case.tenancy
    told = {(code, day) for line in lines for code, day in list_deeds(line) if day <= on}
    news = sorted(told - {(deed.code, deed.on) for deed in events})
    return Facts(
        claims=tuple(_claim(line) for line in lines),
        deeds=(*events, *(Deed(code=code, on=day, from_list=True) for code, day in news)),
        monthly_rent=tenancy.monthly_rent,
        first_listed_on=case.opened_on,
        listed_on=max((line.listed_on for line in lines if line.listed_on), default=min(case.last_listed_on, on)),
        cleared_on=None if _on_list(case, on) else case.cleared_on,
        previous_outstanding=before,
        relapse_of=_ended_on(case.relapse_of) if case.relapse_of_id else None,
        children=children,
        lease_from=tenancy.lease_from,
        lease_to=tenancy.lease_to,
        clause=tenancy.clause,
        registered=tenancy.register_file_id is not None,
        review_on=case.review_on,
        closed_on=case.closed_on if case.closed_on and case.closed_on <= on else None,
        asked_for_help_on=asked,
    )


def _ended_on(case: Case | None) -> date | None:
    return (case.cleared_on or case.closed_on) if case else None


def _claim(line: Line) -> Claim:
    return Claim(
        due_on=line.due_on, outstanding=line.outstanding, amount=line.amount, fees=line.fees, interest=line.interest
    )


def case_on(tenancy: Tenancy, on: date) -> Case | None:
    """The household's case as of a day; before the nightly run has opened one, an unsaved case of its episode."""
    saved = tenancy.cases.select_related("tenancy", "relapse_of", "team", "holder").filter(opened_on__lte=on).last()
    if saved:
        return saved
    presence = presence_days([tenancy.pk], on).get(tenancy.pk, {})
    for sender, days in presence.items():
        spell = episodes([day for day in arrears.list_days(sender) if day <= on], days)[-1]
        return Case(
            tenancy=tenancy,
            sender=sender,
            opened_on=spell.started_on,
            last_listed_on=spell.last_listed_on,
            cleared_on=spell.cleared_on,
        )
    return None


def presence_days(tenancies: Sequence[int], on: date) -> dict[int, dict[str, set[date]]]:
    """Of each tenancy, the days of each sender's standing lists it was on, at or before `on`."""
    found: dict[int, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    rows = LedgerEntry.objects.filter(file__standing=True, file__as_of__lte=on).values_list(
        "claim__tenancy", "file__sender", "file__as_of"
    )
    for start in range(0, len(tenancies), arrears.CHUNK):
        chunk = tenancies[start : start + arrears.CHUNK]
        for tenancy, sender, day in rows.filter(claim__tenancy__in=chunk).distinct():
            if day:
                found[tenancy][sender].add(day)
    return found
