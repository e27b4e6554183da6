"""Which of the received files a person opens, as the table of `access` says by kind of file."""

from django.db.models import Q, QuerySet

from bofast.access.models import AccessReason, Assignment
from bofast.access.need_to_know import Viewer
from bofast.arrears import queries
from bofast.arrears.models import Answer, ReceivedFile


def files_for(viewer: Viewer) -> QuerySet[ReceivedFile]:
    """The files this person may open in the seat they act in: those of the agency's kinds.

    An office of the social services opens its own answers, never another office's.
    """
    received = queries.files_received()
    if viewer.operator:
        return received
    if viewer.agency is None:
        return received.none()
    if not viewer.reaches_all:
        seats = Assignment.objects.filter(team=viewer.team_id, team__isnull=False, ended_on__isnull=True)
        ours = Answer.objects.filter(row__hand_out__team=viewer.team_id, file__isnull=False)
        office = Q(received_by__in=seats.values("user")) | Q(received_by=viewer.user_id) | Q(pk__in=ours.values("file"))
        return received.filter(office, kind__in=viewer.files)
    return received.filter(kind__in=viewer.files)


def bond(viewer: Viewer) -> AccessReason:
    """What binds the viewer to the households of a list: the agency's own work, or that they were handed out to it."""
    return AccessReason.AGENCY if viewer.reaches_all else AccessReason.SHARED
