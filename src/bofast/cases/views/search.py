"""Søk: by POST, so that what is searched for stands in no address, and no log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction
from bofast.access.need_to_know import Door
from bofast.access.views import signed_in
from bofast.cases.forms import SearchForm
from bofast.cases.queries import search_page
from bofast.cases.queries.reach import reasons

MOST = 50


@opens(Door.SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Find a household. The hits are logged, never what was asked for."""
    viewer = signed_in(request).viewer
    form = SearchForm(request.POST or None)
    if not form.is_valid():
        return render(request, "cases/search.html", {"form": form}, status=422 if form.errors else 200)
    hits = search_page.hits(form.cleaned_data["text"], viewer, MOST + 1)
    shown = hits[:MOST]
    why = reasons([hit.case for hit in shown], viewer)
    log_access(viewer=viewer, action=AccessAction.SEARCH, kind="case", object_ids=list(why) or [""], reason=why)
    return render(request, "cases/search.html", {"form": form, "hits": shown, "more": len(hits) > MOST})
