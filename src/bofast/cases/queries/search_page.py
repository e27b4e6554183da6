"""Search hits as they are shown: who, where, and how far the case has come."""

from dataclasses import dataclass

from django.db.models import Prefetch

from bofast.access.need_to_know import Viewer
from bofast.arrears.models import Resident
from bofast.cases.models import Case
from bofast.cases.queries.reach import before_each
from bofast.cases.queries.search import search
from bofast.domain.findings import Part


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A case that fits, with the name its household is known by, as far as the viewer may see it.

    `stage` is empty for who may not know of the procedure, `owes` False for who may not know what is owed.
    """

    case: Case
    name: str
    stage: str
    owes: bool


def hits(text: str, viewer: Viewer, most: int) -> list[Hit]:
    """The first `most` cases that fit, of those in which the viewer may know who it is."""
    main = Prefetch("tenancy__residents", Resident.objects.filter(role=Resident.Role.MAIN), to_attr="main_tenants")
    found = search(text, viewer).prefetch_related(main)
    cases = list(found[:most] if viewer.reaches_all else found)
    seen = before_each(cases, viewer)
    return [_hit(case, seen[case.pk]) for case in cases if seen[case.pk].sees(Part.IDENTITY)][:most]


def _hit(case: Case, viewer: Viewer) -> Hit:
    stage = case.stage if viewer.sees(Part.PROCEDURE) else ""
    return Hit(case=case, name=_name(case), stage=stage, owes=viewer.sees(Part.MONEY))


def _name(case: Case) -> str:
    main: list[Resident] = getattr(case.tenancy, "main_tenants", [])
    return main[0].name if main else ""
