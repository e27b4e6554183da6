"""What still holds when a household comes back: the new case begins with it, or it would be lost from sight."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from bofast.cases.actions.sharing import end_of_closed
from bofast.cases.models import Case, Event, HelpRequest
from bofast.cases.queries.facts import deed_of
from bofast.domain.facts import Deed, DeedCode, Facts, Stage
from bofast.domain.procedure import stage

PROCEDURE = frozenset(
    {
        *(DeedCode.REMINDER, DeedCode.DEMAND, DeedCode.NOTICE, DeedCode.SOCIAL_NOTICE),
        *(DeedCode.PETITION, DeedCode.DATE_SET, DeedCode.EVICTION, DeedCode.DEPOSIT),
    }
)
STILL_RUNS = (Stage.PETITIONED, Stage.SCHEDULED, Stage.EVICTED)


def carried(returned: Sequence[tuple[Case, Case]]) -> Iterator[Event]:
    """Events for each new case out of the former: the tenant's reservation always, the procedure while a petition runs.

    A petition, a date or an eviction does not end because a household was missing from one list.
    """
    events: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(case__in=[former for former, _ in returned], code__in=list(DeedCode)):
        events[event.case_id].append(event)
    for former, case in returned:
        kept = _kept(events[former.pk], case)
        for event in events[former.pk]:
            if event.code in kept:
                yield _again(event, case, former)


def pass_on(returned: Sequence[tuple[Case, Case]]) -> None:
    """An open request goes with the household to its new case; whom the former case was referred to see it no more."""
    heirs = {former.pk: case for former, case in returned}
    for asked in HelpRequest.objects.filter(case__in=heirs, withdrawn_on__isnull=True, decision__isnull=True):
        asked.case = heirs[asked.case_id]
        asked.save(update_fields=["case"])
    formers: dict[date, list[int]] = defaultdict(list)
    for former, case in returned:
        formers[case.opened_on].append(former.pk)
    for day, closed in sorted(formers.items()):
        end_of_closed(closed, today=day)


def _kept(events: Sequence[Event], case: Case) -> frozenset[str]:
    deeds: tuple[Deed, ...] = tuple(deed_of(event) for event in events if event.code != DeedCode.CLOSURE)
    facts = Facts(deeds=deeds, first_listed_on=case.opened_on, listed_on=case.opened_on)
    runs = stage(facts, case.opened_on) in STILL_RUNS
    return frozenset({DeedCode.OPT_OUT, DeedCode.OPT_OUT_ENDED, *(PROCEDURE if runs else ())})


def _again(event: Event, case: Case, former: Case) -> Event:
    return Event(
        case=case,
        code=event.code,
        on=event.on,
        actor_id=event.actor_id,
        file_id=event.file_id,
        facts=event.facts | {"carried_from": former.number},
    )
