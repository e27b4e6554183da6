"""Innstillinger: what the municipality decides, shown with its history; and a user's own street."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bofast.access import actions
from bofast.access.doors import opens
from bofast.access.models import RecordKind
from bofast.access.municipality import queries
from bofast.access.municipality.forms import OrganisationForm, RetentionForm, StreetForm
from bofast.access.need_to_know import Door
from bofast.access.views import form_page, signed_in


@require_GET
@opens(Door.SETTINGS)
def settings(request: HttpRequest) -> HttpResponse:
    """What is in force, what was, and what nobody has decided."""
    today = timezone.localdate()
    context = {
        "today": today,
        "organised": queries.organisation_row(today),
        "organisations": queries.organisations(),
        "kept": queries.kept(today),
    }
    return render(request, "access/municipality/settings.html", context)


@opens(Door.SETTINGS)
def organisation(request: HttpRequest) -> HttpResponse:
    """Say how the municipality is organised from a day on."""
    form = OrganisationForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if form.is_valid():
        actions.set_organisation(setting=form.save(commit=False), by=signed_in(request).viewer)
        messages.success(request, _("Saved. What was said before still holds for the days before."))
        return redirect("access:settings")
    intro = _("It decides what each agency sees, and what may be shared with whom. Choose the day it begins to hold.")
    heading = _("How the municipality is organised")
    return form_page(request, form, heading, back=reverse("access:settings"), intro=intro)


@opens(Door.SETTINGS)
def retention(request: HttpRequest, kind: str) -> HttpResponse:
    """Say how long one kind of record is kept from a day on."""
    if kind not in RecordKind.values:
        raise Http404
    form = RetentionForm(request.POST or None, kind=kind, initial={"valid_from": timezone.localdate()})
    if form.is_valid():
        actions.set_retention(rule=form.save(commit=False), by=signed_in(request).viewer)
        messages.success(request, _("Saved. What was decided before still holds for the days before."))
        return redirect("access:settings")
    heading = _("How long: %(kind)s") % {"kind": RecordKind(kind).label}
    intro = _("The law gives no number of months, so the municipality decides. Ask your archivist first.")
    return form_page(request, form, heading, back=reverse("access:settings"), intro=intro)


@opens(Door.OWN)
def street(request: HttpRequest) -> HttpResponse:
    """Say, change or take away the street one lives in."""
    user = signed_in(request)
    form = StreetForm(request.POST or None, instance=user)
    if form.is_valid():
        actions.set_street(user=user, street=form.cleaned_data["street"])
        messages.success(request, _("Your street is saved.") if user.street else _("Your street is taken away."))
        return redirect("access:me")
    return form_page(request, form, _("The street you live in"), back=reverse("access:me"))
