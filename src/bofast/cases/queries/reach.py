"""Which cases a viewer may know of, which parts of each, and what binds the viewer to it."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from bofast.access.models import AccessReason
from bofast.access.need_to_know import CEILING, Reach, Viewer
from bofast.arrears.shielding import closed_to, known_to
from bofast.cases.models import Case, Sharing
from bofast.domain.facts import Agency
from bofast.domain.findings import Part
from bofast.domain.sharing_facts import OutreachIs


def visible(cases: QuerySet[Case], viewer: Viewer) -> QuerySet[Case]:
    """Only the cases this viewer may know of."""
    if viewer.operator:
        return cases
    if not viewer.sees_cases:
        return cases.none()
    unshielded = cases.exclude(closed_to(viewer))
    return unshielded if viewer.reaches_all else unshielded.filter(_within(viewer))


def within_reach(case: Case, viewer: Viewer) -> bool:
    """Whether `visible` would let that one case through; one not stored yet is nobody's, and shared with nobody."""
    if case.pk is None:
        return viewer.operator or (viewer.reaches_all and known_to(viewer).filter(pk=case.tenancy_id).exists())
    return visible(Case.objects.filter(pk=case.pk), viewer).exists()


def _within(viewer: Viewer) -> Q:
    within = Q(Exists(shares_with(viewer).filter(case=OuterRef("pk"))))
    return within | held_by(viewer) if Reach.HELD in viewer.sight.reach else within


def held_by(viewer: Viewer) -> Q:
    """Cases the viewer's own team has, alone or jointly."""
    if viewer.team_id is None:
        return Q(pk__in=[])
    return Q(team=viewer.team_id) | Q(partner_team=viewer.team_id)


def shares_with(viewer: Viewer) -> QuerySet[Sharing]:
    """What has been shared with the viewer's agency and office, and still stands."""
    receivers = {viewer.agency}
    if viewer.agency is Agency.OUTREACH and viewer.organisation.outreach is OutreachIs.SOCIAL_SERVICES:
        return Sharing.objects.filter(ended_on__isnull=True, receiver__in={*receivers, Agency.SOCIAL_SERVICES})
    own = Q(team__isnull=True) | Q(team=viewer.team_id)
    return Sharing.objects.filter(own, ended_on__isnull=True, receiver__in=receivers)


def on_worklist(cases: QuerySet[Case], viewer: Viewer, *, shared: bool = False) -> QuerySet[Case]:
    """Of the visible cases those the viewer works with: what is only handed out for an answer has its own page.

    `shared`: those shared with the viewer's agency one by one, apart from its own.
    """
    seen = visible(cases, viewer)
    if shared or only_shared(viewer):
        return seen.filter(referred_to(viewer))
    return seen if viewer.operator or viewer.reaches_all else seen.filter(held_by(viewer))


def referred_to(viewer: Viewer) -> Q:
    """Cases somebody shared with the viewer's agency one by one."""
    return Q(Exists(shares_with(viewer).filter(case=OuterRef("pk"), hand_out__isnull=True)))


def only_shared(viewer: Viewer) -> bool:
    """Whether every case the viewer sees was shared with their agency: it has none of its own."""
    return not (viewer.operator or viewer.reaches_all or holds(viewer))


def works_on(case: Case, viewer: Viewer) -> bool:
    """Whether a case the viewer may know of is also theirs to work on: any for some, their own team's for others."""
    own = holds(viewer) and viewer.team_id is not None and viewer.team_id in (case.team_id, case.partner_team_id)
    return viewer.reaches_all or own


def holds(viewer: Viewer) -> bool:
    """Whether the viewer's agency ever has cases of its own, and so sees those of its team whole."""
    return viewer.agency in (Agency.OUTREACH, Agency.SOCIAL_SERVICES)


def before(case: Case, viewer: Viewer) -> Viewer:
    """The viewer as they stand before that case: with the parts their agency sees of it, and what was shared of it."""
    return before_each([case], viewer)[case.pk]


def before_each(cases: Sequence[Case], viewer: Viewer) -> Mapping[int, Viewer]:
    """`before` for many cases, in one question."""
    if viewer.operator or viewer.agency is None or (viewer.parts == CEILING[viewer.agency] and viewer.reaches_all):
        return {case.pk: viewer for case in cases}
    shared = _shared_parts(cases, viewer)
    return {case.pk: viewer.only(_own(case, viewer) | shared.get(case.pk, frozenset())) for case in cases}


def _own(case: Case, viewer: Viewer) -> frozenset[Part]:
    """What the viewer sees of the case by the agency's own work."""
    return viewer.sight.parts if works_on(case, viewer) else frozenset()


def _shared_parts(cases: Iterable[Case], viewer: Viewer) -> dict[int, frozenset[Part]]:
    found: dict[int, frozenset[Part]] = {}
    if viewer.agency is None:
        return found
    rows = shares_with(viewer).filter(case__in=[case.pk for case in cases]).values_list("case", "parts")
    for case_id, parts in rows:
        found[case_id] = found.get(case_id, frozenset()) | (frozenset(map(Part, parts)) & CEILING[viewer.agency])
    return found


def reasons(cases: Iterable[Case], viewer: Viewer) -> dict[str, AccessReason]:
    """What binds the viewer to each of these cases, by case number, for the access log."""
    return {case.number: _reason(case, viewer) for case in cases}


def _reason(case: Case, viewer: Viewer) -> AccessReason:
    if case.holder_id is not None and case.holder_id == viewer.user_id:
        return AccessReason.HOLDER
    if viewer.team_id and viewer.team_id in (case.team_id, case.partner_team_id):
        return AccessReason.TEAM
    return AccessReason.AGENCY if viewer.reaches_all else AccessReason.SHARED
