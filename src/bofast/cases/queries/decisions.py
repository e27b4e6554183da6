"""Requests for help and decisions of a case, as far as the viewer may see them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from bofast.access.need_to_know import Viewer
from bofast.cases.models import Case, Decision, HelpRequest
from bofast.domain.decisions import Regarding
from bofast.domain.findings import Finding, Part, finding

PARTS = {Regarding.HELP: Part.HELP, Regarding.AID: Part.AID}
"""Which part of a case a decision speaks of."""


def regarding(decision: Decision) -> Regarding:
    """A decision on a request is on help; one without is the social services' own, on aid."""
    return Regarding.HELP if decision.request_id else Regarding.AID


def requests_of(case: Case) -> QuerySet[HelpRequest]:
    """The requests of a case, the oldest first."""
    return case.requests.select_related("received_by")


def open_requests(case: Case) -> QuerySet[HelpRequest]:
    """Those neither decided nor withdrawn."""
    return requests_of(case).filter(withdrawn_on__isnull=True, decision__isnull=True)


def decisions_of(case: Case, viewer: Viewer) -> QuerySet[Decision]:
    """The decisions the viewer may know of, as they stand before the case: newest first."""
    known = Q(pk__in=[])
    if viewer.sees(Part.HELP):
        known |= Q(request__isnull=False)
    if viewer.sees(Part.AID):
        known |= Q(request__isnull=True)
    return case.decisions.filter(known).select_related("words", "decided_by")


def undecided(case: Case) -> Iterator[Finding]:
    """What keeps a case from being closed: a request that has not been decided."""
    if first := open_requests(case).first():
        yield finding("request_undecided", hard=True, received_on=first.received_on)


def days_left(request: HelpRequest, on: date) -> int:
    """Whole days to the day the request is to be answered by, below 0 when it is past."""
    return (request.answer_by - on).days
