"""How a case is shielded, as far as the viewer may know it, and who may be named to see past it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from bofast.access.models import Assignment, User
from bofast.access.need_to_know import HELPERS, LIST_AGENCIES, Door, Role, Viewer
from bofast.arrears.models import Named, Resident, Shield, ShieldedAddress
from bofast.arrears.shielding import is_named
from bofast.cases.models import Case, Sharing
from bofast.domain.facts import Agency
from bofast.domain.findings import Part

ADDRESS, CASE = Shield.Kind.ADDRESS, Shield.Kind.CASE
SET_BY: Mapping[Agency, tuple[Shield.Kind, ...]] = {
    Agency.OUTREACH: (ADDRESS, CASE),
    Agency.SOCIAL_SERVICES: (ADDRESS, CASE),
    Agency.LANDLORD: (ADDRESS,),
    Agency.COLLECTOR: (ADDRESS,),
}
"""Which shields the leaders of each agency set and lift. A restriction is set among the person's rights."""


@dataclass(frozen=True, kw_only=True)
class Shielding:
    """The shields of one case before one viewer. `named` is empty for who may not know who helps; `ask`: names."""

    standing: Sequence[Shield]
    protected: bool
    sees_address: bool
    named: Sequence[Named]
    ask: str
    decides: bool


def shielding_of(case: Case, viewer: Viewer) -> Shielding:
    """What the page of a case says of its shields; one question where there are none."""
    standing = list(_standing(case).select_related("set_by"))
    protected = any(shield.kind == ADDRESS for shield in standing)
    sees_address = protected and is_named(case.tenancy_id, viewer)
    return Shielding(
        standing=standing,
        protected=protected,
        sees_address=sees_address,
        named=list(named(case, viewer)) if standing else [],
        ask=whom_to_ask(viewer) if protected and not sees_address else "",
        decides=viewer.opens(Door.SHIELDS) and viewer.sees(Part.IDENTITY),
    )


def context(case: Case, viewer: Viewer) -> dict[str, Any]:
    """For the page of a case."""
    return {"shielding": shielding_of(case, viewer)}


def _standing(case: Case) -> QuerySet[Shield]:
    return Shield.objects.filter(tenancy=case.tenancy_id, ended_on__isnull=True).order_by("pk")


def named(case: Case, viewer: Viewer) -> QuerySet[Named]:
    """Those named for the household: all of them, or those of the viewer's own agency for who may not know of help."""
    standing = Named.objects.filter(tenancy=case.tenancy_id, ended_on__isnull=True)
    if not viewer.sees(Part.HELP):
        standing = standing.filter(user__in=_seats(Q(agency=viewer.agency)).values("user"))
    return standing.select_related("user").order_by("user__first_name", "pk")


def whom_to_ask(viewer: Viewer) -> str:
    """The leaders of the viewer's own team, or else of the agency: they can name the viewer, and tell of no other."""
    leaders = list(_seats(Q(agency=viewer.agency, role=Role.LEADER)).select_related("user").order_by("pk"))
    own = [seat for seat in leaders if seat.team_id == viewer.team_id]
    return ", ".join(dict.fromkeys(str(seat.user) for seat in own or leaders))


def may_yet_be_named(case: Case, viewer: Viewer) -> QuerySet[User]:
    """Those whose work the case can be and who are not named yet, with their seats as `running`.

    Who may not know who helps names people of the own agency alone.
    """
    fits = Q(agency=viewer.agency)
    if viewer.sees(Part.HELP):
        shared = Sharing.objects.filter(case=case, ended_on__isnull=True).values("receiver")
        beside = case.partner_team_id if viewer.sees(Part.AID) else None
        teams = [team for team in (case.team_id, beside) if team]
        fits = Q(agency__in=LIST_AGENCIES) | Q(team__in=teams) | Q(agency__in=shared, team__isnull=True)
    running = Prefetch("assignments", _seats(fits).select_related("team"), to_attr="running")
    people = User.objects.filter(pk__in=_seats(fits).values("user")).prefetch_related(running)
    already = Named.objects.filter(tenancy=case.tenancy_id, ended_on__isnull=True)
    return people.exclude(pk__in=already.values("user"))


def _seats(fits: Q) -> QuerySet[Assignment]:
    return Assignment.objects.filter(fits, ended_on__isnull=True, user__is_active=True)


def settable(case: Case, viewer: Viewer) -> list[Shield.Kind]:
    """The shields the viewer may set now."""
    stand = {shield.kind for shield in _standing(case)}
    return [kind for kind in SET_BY.get(viewer.agency, ()) if kind not in stand] if viewer.agency else []


def may_lift(shield: Shield, viewer: Viewer) -> bool:
    """Whether the viewer lifts it: landlord and collector only what the register or they themselves have set."""
    if viewer.agency is None or shield.kind not in SET_BY.get(viewer.agency, ()):
        return False
    own = shield.from_register or (shield.set_by is not None and shield.set_by.works_for(viewer.agency))
    return viewer.agency in HELPERS or own


@dataclass(frozen=True)
class Whereabouts:
    """Where a household with a protected address lives and how to ring; `place` is None while no file has told."""

    place: ShieldedAddress | None
    residents: Sequence[Resident]


def whereabouts(case: Case) -> Whereabouts:
    """For the named only: the caller has asked."""
    residents = Resident.objects.filter(tenancy=case.tenancy_id).exclude(phone="").order_by("-role", "pk")
    return Whereabouts(ShieldedAddress.objects.filter(tenancy=case.tenancy_id).first(), list(residents))
