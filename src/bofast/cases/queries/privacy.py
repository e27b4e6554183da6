"""Whose data it is about, and what has been done with it."""

from typing import Any

from django.db.models import Q, QuerySet

from bofast.access.models import Proof
from bofast.access.need_to_know import Door, Viewer
from bofast.arrears.models import Tenancy
from bofast.cases.models import Case
from bofast.cases.queries.reach import visible


def found_by(number: str, viewer: Viewer) -> Tenancy | None:
    """The tenancy of that contract or case number, if the viewer may know of it."""
    wanted = number.strip()
    by_case = Tenancy.objects.filter(cases__number__iexact=wanted)
    tenancy = Tenancy.objects.filter(contract_no__iexact=wanted).first() or by_case.first()
    return tenancy if tenancy and within_reach(tenancy, viewer) else None


def within_reach(tenancy: Tenancy, viewer: Viewer) -> bool:
    """Whether the viewer may know of the household: of any of its cases, or where it has none and all are theirs."""
    cases = Case.objects.filter(tenancy=tenancy)
    return visible(cases, viewer).exists() if cases.exists() else viewer.reaches_all


def proofs_of(tenancy: Tenancy) -> QuerySet[Proof]:
    """What was erased, corrected, restricted and handed out of this household's data, newest first."""
    return Proof.objects.filter(Q(kind="tenancy", object_id=str(tenancy.pk))).select_related("by")


def context(case: Case, viewer: Viewer) -> dict[str, Any]:
    """What the case page shows: the way to the person's rights, for whom it opens to."""
    return {"privacy_of": case.tenancy_id if viewer.opens(Door.PRIVACY) else None}
