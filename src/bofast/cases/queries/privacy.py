"""Whose data it is about, and what has been done with it."""

from typing import Any

from django.db.models import Q, QuerySet

from bofast.access.models import Proof
from bofast.access.need_to_know import Door, Viewer
from bofast.arrears.models import Tenancy
from bofast.arrears.shielding import known_to
from bofast.cases.models import Case
from bofast.cases.queries.reach import before, visible, works_on


def found_by(number: str, viewer: Viewer) -> Tenancy | None:
    """The tenancy of that contract or case number, if the viewer may know of it."""
    wanted = number.strip()
    by_case = Tenancy.objects.filter(cases__number__iexact=wanted)
    tenancy = Tenancy.objects.filter(contract_no__iexact=wanted).first() or by_case.first()
    return tenancy if tenancy and within_reach(tenancy, viewer) else None


def within_reach(tenancy: Tenancy, viewer: Viewer) -> bool:
    """Whether the household is the viewer's to work on, by its newest case; where it has none, by reaching all."""
    newest = newest_case(tenancy)
    if newest is None:
        return viewer.reaches_all and known_to(viewer).filter(pk=tenancy.pk).exists()
    return works_on(newest, viewer) and visible(Case.objects.filter(pk=newest.pk), viewer).exists()


def newest_case(tenancy: Tenancy) -> Case | None:
    """The case of the household that was opened last, if it ever had one."""
    return Case.objects.filter(tenancy=tenancy).order_by("-opened_on", "-pk").first()


def standing(tenancy: Tenancy, viewer: Viewer) -> Viewer:
    """The viewer as they stand before the household: with the parts they see of its newest case."""
    newest = newest_case(tenancy)
    return before(newest, viewer) if newest else viewer


def proofs_of(tenancy: Tenancy) -> QuerySet[Proof]:
    """What was erased, corrected, restricted and handed out of this household's data, newest first."""
    return Proof.objects.filter(Q(kind="tenancy", object_id=str(tenancy.pk))).select_related("by")


def context(case: Case, viewer: Viewer) -> dict[str, Any]:
    """What the case page shows: the way to the person's rights, for whom it opens to."""
    opens = viewer.opens(Door.PRIVACY) and within_reach(case.tenancy, viewer)
    return {"privacy_of": case.tenancy_id if opens else None}
