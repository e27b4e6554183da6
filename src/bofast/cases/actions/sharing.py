"""Share a case with another agency, and end it: by hand, with the consent, with the case."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from bofast.access.actions import log_access
from bofast.access.models import AccessAction, Assignment, User
from bofast.cases.actions.telling import locked, tell
from bofast.cases.models import Case, Event, Sharing
from bofast.cases.queries.reach import reasons
from bofast.cases.queries.sharing import (
    Ruled,
    Wish,
    against_reservation,
    crossing_to,
    handed_to_office,
    not_held,
    ruled,
    standing,
)
from bofast.domain.findings import Finding, Outcome
from bofast.domain.sharing import Ruling


@transaction.atomic
def share(*, case_id: int, wish: Wish, actor: User, today: date, despite: str = "") -> list[Finding]:
    """Share these parts of the case, or return every reason why not and record nothing.

    What is unclear goes when a person says why in writing (`despite`), which is kept with the event.
    """
    case = locked(case_id)
    found = ruled(case, wish, actor.viewer, today)
    if held_back(found.ruling, despite):
        return list(found.ruling.findings)
    if not _shared_already(case, wish):
        _share(case, wish, found, actor, today, despite if found.ruling.releasable else "")
    return []


def held_back(ruling: Ruling, despite: str) -> bool:
    """Whether it may not go, or only with a reason that is not there."""
    return ruling.outcome is not Outcome.YES and not (ruling.releasable and despite.strip())


def _shared_already(case: Case, wish: Wish) -> bool:
    same = standing(case).filter(receiver=wish.receiver, team=wish.team, hand_out__isnull=True)
    return any(wish.parts <= frozenset(sharing.parts) for sharing in same)


def hand_across(case: Case, to: Assignment, *, actor: User, today: date, despite: str) -> list[Finding]:
    """Let the case cross the border to that seat's team, or return why it may not; inside one side nothing is asked.

    What is stored says that it went and on what ground. It has ended when it is made: the team sees the case by having
    it, and no more when it has it no more.
    """
    wish = crossing_to(to, actor.viewer)
    if wish is None:
        return []
    found = ruled(case, wish, actor.viewer, today)
    if held_back(found.ruling, despite):
        return list(found.ruling.findings)
    sharing = _share(case, wish, found, actor, today, despite if found.ruling.releasable else "")
    sharing.ended_on = today
    sharing.save(update_fields=["ended_on"])
    return []


def _share(case: Case, wish: Wish, found: Ruled, actor: User, today: date, despite: str) -> Sharing:
    stored: dict[str, Any] = {
        "receiver": wish.receiver.value,
        "parts": sorted(wish.parts),
        "basis": found.ruling.basis.value if found.ruling.basis else "",
    }
    unclear = [finding.code for finding in found.ruling.findings] if despite else []
    made = Sharing.objects.create(
        case=case, sender=actor.agency, team=wish.team, consent=found.consent, on=today, by=actor,
        findings=[finding.as_json() for finding in found.ruling.findings], **stored,
    )  # fmt: skip
    told = stored | {"team": wish.team.pk if wish.team else None} | ({"despite": unclear} if unclear else {})
    tell(case, Event.Code.SHARED, today, actor, told, despite)
    log_access(
        viewer=actor.viewer, action=AccessAction.EXPORT, kind="case", object_ids=[case.number],
        reason=reasons([case], actor.viewer), detail=f"shared with {wish.receiver}: {', '.join(stored['parts'])}",
    )  # fmt: skip
    return made


@transaction.atomic
def end(*, sharing_id: int, actor: User, today: date) -> None:
    """Stop sharing from now on; what was handed out, with every list that told the same office of the case.

    Raises Sharing.DoesNotExist when it has ended already.
    """
    case = locked(Sharing.objects.values_list("case", flat=True).get(pk=sharing_id))
    sharing = Sharing.objects.select_for_update().get(pk=sharing_id, ended_on__isnull=True)
    for each in handed_to_office(sharing) if sharing.hand_out_id else [sharing]:
        _end(case, each, "hand", actor, today)


def end_each(sharings: Iterable[Sharing], *, because: str, actor: User | None, today: date) -> None:
    """End these from now on, each told on its own case; inside the transaction of whoever asks."""
    for sharing in sharings:
        _end(locked(sharing.case_id), sharing, because, actor, today)


def end_of_closed(cases: Sequence[int], *, today: date, actor: User | None = None) -> None:
    """Whom a closed case was shared with has no more to do with it; a team that has the case keeps it."""
    shared = not_held(Sharing.objects.filter(case__in=cases))
    end_each(shared.order_by("case", "pk"), because="closed", actor=actor, today=today)


def end_by_reservation(case: Case, *, today: date, actor: User | None) -> None:
    """A reservation against telling the social services ends what they, or outreach, were told by a provision."""
    end_each(against_reservation(case).order_by("case", "pk"), because="opted_out", actor=actor, today=today)


def _end(case: Case, sharing: Sharing, because: str, actor: User | None, today: date) -> None:
    sharing.ended_on = today
    sharing.save(update_fields=["ended_on"])
    told = {"sharing": sharing.pk, "receiver": sharing.receiver, "because": because}
    tell(case, Event.Code.SHARING_ENDED, today, actor, told)
