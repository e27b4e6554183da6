"""Who writes and publishes the annual report. Everybody with an agency reads what is published."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bofast.access.need_to_know import Viewer
from bofast.access.views import signed_in
from bofast.domain.facts import Agency
from bofast.reports.rights import may_see_reports

WRITERS = frozenset({Agency.OUTREACH})
View = Callable[..., HttpResponse]


def may_write(viewer: Viewer) -> bool:
    """Whether the report is this person's work: writing, entering caveats and costs, publishing."""
    return viewer.agency in WRITERS and not viewer.administrator


def writers_only(view: View) -> View:
    """Refuse everybody else before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_write(signed_in(request).viewer):
            raise PermissionDenied(_("The outreach team writes the report. You can read it when it is published."))
        return view(request, *args, **kwargs)

    return guarded


def readers_only(view: View) -> View:
    """Refuse those without an agency, and the administrator of users."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_reports(signed_in(request).viewer):
            raise PermissionDenied(_("The reports are for those who work in one of the agencies."))
        return view(request, *args, **kwargs)

    return guarded
