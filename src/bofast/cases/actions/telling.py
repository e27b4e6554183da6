"""How every action on a case begins and ends: the case locked, and an event that tells what was done."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bofast.access.models import User
from bofast.cases.models import Case, Event, Note

DOUBLE_CLICK = timedelta(seconds=15)


def locked(case_id: int) -> Case:
    """The case, for this transaction alone."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("tenancy", "relapse_of")
    return rows.get(pk=case_id)


def tell(
    case: Case, code: str, on: date, actor: User | None, facts: dict[str, Any] | None = None, words: str = ""
) -> Event:
    """One event, its words beside it, and the case marked as changed. The same again by a double click is told once."""
    told, said = {"code": code, "on": on, "actor": actor, "facts": facts or {}}, words.strip()
    if again := _just_told(case, told, said):
        return again
    event = Event.objects.create(case=case, **told)
    if said:
        Note.objects.create(event=event, text=said)
    Case.objects.filter(pk=case.pk).update(stale=True)
    return event


def _just_told(case: Case, told: dict[str, Any], said: str) -> Event | None:
    """The same event with the same words by the same person, if it is the newest of the case and a moment old."""
    newest = case.events.order_by("-id").select_related("note").first()
    if newest is None or newest.recorded_at < timezone.now() - DOUBLE_CLICK:
        return None
    same = all(getattr(newest, name) == value for name, value in told.items())
    return newest if same and said == (newest.note.text if hasattr(newest, "note") else "") else None
