"""The page of whose numbers play which part in the statistics, and from which year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bofast.access.doors import opens
from bofast.access.need_to_know import Door
from bofast.reports import actions
from bofast.reports import sources as known
from bofast.reports.annual.forms import SourceForm
from bofast.reports.queries import agency_counts


@never_cache
@opens(Door.ANNUAL_WRITE)
def sources(request: HttpRequest) -> HttpResponse:
    """Who plays each part in which years, and a form for a new line."""
    counted = [count.source for count in agency_counts().all]
    form = SourceForm(request.POST or None, today=timezone.localdate(), sources=known.known_sources(counted))
    if form.is_valid():
        actions.put_source(**form.cleaned_data)
        messages.success(request, _("Saved. The statistics use it from now on; published reports keep their numbers."))
        return redirect("reports:annual_sources")
    context = {"form": form, "playing": known.playing(), "counted": set(counted)}
    return render(request, "reports/annual/sources.html", context, status=422 if form.errors else 200)


@require_POST
@opens(Door.ANNUAL_WRITE)
def remove_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line away; what held before holds on."""
    actions.remove_source(line_id=pk)
    messages.success(request, _("The line is removed. What held before it holds on."))
    return redirect("reports:annual_sources")
