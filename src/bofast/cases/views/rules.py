"""Regler og satser: what the program goes by on a chosen day. Nothing here is about a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bofast.access.doors import opens
from bofast.access.need_to_know import Door
from bofast.cases.forms import DayForm
from bofast.cases.queries import rules_page


@require_GET
@opens(Door.RULES)
def rules(request: HttpRequest) -> HttpResponse:
    """Every figure, the procedure and the catalogue of findings, on today's or another day's law."""
    today = timezone.localdate()
    form = DayForm(request.GET if "on" in request.GET else {"on": today.isoformat()})
    on = form.cleaned_data["on"] if form.is_valid() else today
    context = {
        "form": form,
        "on": on,
        "figures": rules_page.figures_on(on),
        "steps": rules_page.steps_on(on),
        "sayings": rules_page.sayings(),
    }
    return render(request, "cases/rules.html", context, status=422 if form.errors else 200)
