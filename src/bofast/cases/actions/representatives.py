"""Somebody is given power to act for a household, and it ends. The name is in a row of its own, never in an event."""

from datetime import date

from django.db import transaction

from bofast.access.models import User
from bofast.cases.actions.telling import locked, tell
from bofast.cases.models import Event, Representative


@transaction.atomic
def add(*, case_id: int, power: Representative, actor: User, today: date) -> Representative:
    """Record a power of attorney or a guardian, given as a row not yet saved; a double click records it once."""
    case = locked(case_id)
    same = {name: getattr(power, name) for name in ("kind", "name", "phone", "scope", "since", "until")}
    if known := Representative.objects.filter(tenancy=case.tenancy_id, **same).first():
        return known
    power.tenancy, power.recorded_by = case.tenancy, actor
    power.save()
    tell(case, Event.Code.REPRESENTATIVE, today, actor, {"representative": power.pk, "kind": power.kind})
    return power


@transaction.atomic
def end(*, case_id: int, representative_id: int, on: date, actor: User, today: date) -> None:
    """It was revoked, or ran out, on the day. Raises Representative.DoesNotExist when the household has none such."""
    case = locked(case_id)
    power = Representative.objects.select_for_update().get(pk=representative_id, tenancy=case.tenancy_id)
    power.until = on
    power.save(update_fields=["until"])
    told = {"representative": power.pk, "kind": power.kind, "until": on.isoformat()}
    tell(case, Event.Code.REPRESENTATIVE, today, actor, told)
