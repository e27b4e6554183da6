"""Who may receive lists, see them whole and put rows right: those who send, own or follow up the claims."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bofast.access.need_to_know import Viewer
from bofast.access.views import signed_in
from bofast.arrears import queries
from bofast.arrears.models import FileKind, ReceivedFile
from bofast.domain.facts import Agency

KINDS: Mapping[Agency, frozenset[FileKind]] = {
    Agency.LANDLORD: frozenset({FileKind.ARREARS, FileKind.REGISTER, FileKind.COUNTS}),
    Agency.COLLECTOR: frozenset({FileKind.ARREARS, FileKind.COUNTS}),
    Agency.OUTREACH: frozenset(FileKind),
}
"""Which files each agency opens, with their rows in quarantine: a register tells of the household, cases of help."""

View = Callable[..., HttpResponse]


def handles_lists(viewer: Viewer) -> bool:
    """Whether the lists are this person's work."""
    return viewer.sees_cases and viewer.agency in KINDS


def may_send(viewer: Viewer, kind: FileKind) -> bool:
    """Whether files of this kind are this person's to hand over: the same that the agency opens."""
    return handles_lists(viewer) and viewer.agency is not None and kind in KINDS[viewer.agency]


def files_for(viewer: Viewer) -> QuerySet[ReceivedFile]:
    """The files this person may open: those of the agency's kinds, and what the person handed over."""
    kinds = KINDS[viewer.agency] if viewer.agency and handles_lists(viewer) else ()
    return queries.files_received().filter(Q(kind__in=kinds) | Q(received_by=viewer.user_id))


def list_handlers_only(view: View) -> View:
    """Refuse everybody else before anything is looked up, with the reason and nothing besides."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = signed_in(request).viewer
        if not handles_lists(viewer):
            raise PermissionDenied(_reason(viewer))
        return view(request, *args, **kwargs)

    return guarded


def _reason(viewer: Viewer) -> str:
    match viewer.agency:
        case Agency.SOCIAL_SERVICES:
            return _(
                "The social services see the cases their own team has, not whole lists. Handing out a list needs its "
                "own legal basis, and Bofast cannot do that yet. You find your own cases under Today."
            )
        case Agency.STEERING:
            return _("The steering group follows goals and results. The lists name people, and are not shown here.")
        case _:
            return _(
                "The lists are for those who follow up unpaid rent: the landlord, the collector, the outreach team."
            )
