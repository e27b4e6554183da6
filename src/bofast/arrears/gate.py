"""Which of the received files a person opens, as the table of `access` says by kind of file."""

from django.db.models import Q, QuerySet

from bofast.access.models import AccessReason, Assignment
from bofast.access.need_to_know import Viewer
from bofast.arrears import queries
from bofast.arrears.models import ReceivedFile


def files_for(viewer: Viewer) -> QuerySet[ReceivedFile]:
    """The files this person may open: those of the agency's kinds, and what the person handed over.

    An office of the social services opens its own answers, never another office's.
    """
    received = queries.files_received()
    if viewer.operator:
        return received
    if viewer.agency is None:
        return received.none()
    if not viewer.reaches_all:
        office = Assignment.objects.filter(team=viewer.team_id, team__isnull=False).values("user")
        return received.filter(Q(received_by__in=office) | Q(received_by=viewer.user_id), kind__in=viewer.files)
    return received.filter(Q(kind__in=viewer.files) | Q(received_by=viewer.user_id))


def bond(viewer: Viewer) -> AccessReason:
    """What binds the viewer to the households of a list: the agency's own work, or that they were handed out to it."""
    return AccessReason.AGENCY if viewer.reaches_all else AccessReason.SHARED
