"""Search hits as they are shown: who, where, and how far the case has come."""

from dataclasses import dataclass

from django.db.models import Prefetch

from bofast.access.need_to_know import Viewer
from bofast.arrears.models import Resident
from bofast.cases.models import Case
from bofast.cases.queries.search import search


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A case that fits, with the name its household is known by."""

    case: Case
    name: str


def hits(text: str, viewer: Viewer, most: int) -> list[Hit]:
    """The first `most` cases that fit."""
    main = Prefetch("tenancy__residents", Resident.objects.filter(role=Resident.Role.MAIN), to_attr="main_tenants")
    found = search(text, viewer).prefetch_related(main)[:most]
    return [Hit(case=case, name=_name(case)) for case in found]


def _name(case: Case) -> str:
    main: list[Resident] = getattr(case.tenancy, "main_tenants", [])
    return main[0].name if main else ""
