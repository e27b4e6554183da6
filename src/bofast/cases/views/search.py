"""Søk: by POST, so that what is searched for stands in no address, and no log."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bofast.access.actions import log_access
from bofast.access.models import AccessAction
from bofast.access.views import signed_in
from bofast.cases.forms import SearchForm
from bofast.cases.queries import search_page

MOST = 50


def search(request: HttpRequest) -> HttpResponse:
    """Find a household. The hits are logged, never what was asked for."""
    viewer = signed_in(request).viewer
    if not viewer.sees_cases:
        raise PermissionDenied(_("Your user has no access to cases."))
    form = SearchForm(request.POST or None)
    if not form.is_valid():
        return render(request, "cases/search.html", {"form": form}, status=422 if form.errors else 200)
    hits = search_page.hits(form.cleaned_data["text"], viewer, MOST + 1)
    shown = hits[:MOST]
    log_access(
        viewer=viewer, action=AccessAction.SEARCH, kind="case", object_ids=[hit.case.number for hit in shown] or [""]
    )
    return render(request, "cases/search.html", {"form": form, "hits": shown, "more": len(hits) > MOST})
