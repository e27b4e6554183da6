"""A case shielded, or its shield lifted, by a leader; the case tells that it happened."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from bofast.access.models import User
from bofast.arrears.actions import shields
from bofast.arrears.models import Shield
from bofast.cases.actions.telling import locked, tell
from bofast.cases.models import Event


@transaction.atomic
def shield_case(*, case_id: int, kind: Shield.Kind, named: Sequence[User], actor: User, today: date) -> None:
    """Shield the case's household. Raises NobodyLeft where nobody who helps would be left who may know of it."""
    case = locked(case_id)
    shields.shield(tenancy_id=case.tenancy_id, kind=kind, named=named, by=actor, today=today)
    tell(case, Event.Code.SHIELDED, today, actor, {"shield": kind})


@transaction.atomic
def lift_shield(*, case_id: int, kind: Shield.Kind, actor: User, today: date) -> None:
    """Lift it again. Raises Shield.DoesNotExist where none stands."""
    case = locked(case_id)
    shields.lift(tenancy_id=case.tenancy_id, kind=kind, by=actor, today=today)
    tell(case, Event.Code.SHIELDED, today, actor, {"shield_lifted": kind})
