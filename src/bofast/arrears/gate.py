"""Who may receive lists, see them whole and put rows right: those who send, own or follow up the claims."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bofast.access.need_to_know import Viewer
from bofast.access.views import signed_in
from bofast.domain.facts import Agency

HANDLERS = frozenset({Agency.LANDLORD, Agency.COLLECTOR, Agency.OUTREACH})

View = Callable[..., HttpResponse]


def handles_lists(viewer: Viewer) -> bool:
    """Whether the lists are this person's work."""
    return viewer.agency in HANDLERS


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
