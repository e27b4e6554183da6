"""Innsyn: HTTP only. For the auditor, whose own reading is logged as everybody's is."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bofast.access.actions import log_access, prove, review
from bofast.access.doors import opens
from bofast.access.models import AccessAction, AccessReason, Proof, Reviewed, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.arrears.exports import as_text
from bofast.arrears.models import Tenancy
from bofast.arrears.views import XLSX, language
from bofast.reports.access_log import person, queries, unusual, written
from bofast.reports.access_log.forms import DaysForm, LogForm, PersonForm, ReviewForm
from bofast.reports.document import as_pdf
from bofast.reports.exports import BOM, workbook
from bofast.reports.sheets import Sheet

KIND, HOUSEHOLD = "access_log", "tenancy"
SHAPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


def _log(viewer: Viewer, action: AccessAction, *, kind: str = KIND, object_id: str = "", detail: str = "") -> None:
    log_access(viewer=viewer, action=action, kind=kind, object_ids=[object_id], reason=AccessReason.DUTY, detail=detail)


def _form(request: HttpRequest) -> LogForm:
    return LogForm(request.GET, users=User.objects.all())


def _query(form: LogForm) -> str:
    return urlencode({name: form.data[name] for name in form.fields if form.data.get(name)})


@require_GET
@never_cache
@opens(Door.ACCESS_LOG)
def access_log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, a page at a time."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "reports/access_log/log.html", {"form": form}, status=422)
    before = request.GET.get("before", "")
    shown = queries.page(form.asked, int(before) if before.isascii() and before.isdigit() else None)
    _log(signed_in(request).viewer, AccessAction.LOOK)
    context = {
        "form": form,
        "head": written.header(),
        "rows": [written.row(entry, number) for entry, number in shown.rows],
        "older": shown.older,
        "later": bool(before),
        "query": _query(form),
    }
    return render(request, "reports/access_log/log.html", context)


@require_GET
@never_cache
@opens(Door.ACCESS_LOG)
def download(request: HttpRequest, shape: str) -> HttpResponse:
    """The same part of the log as a spreadsheet or as CSV."""
    form = _form(request)
    if shape not in SHAPES or not form.is_valid():
        raise Http404
    _log(signed_in(request).viewer, AccessAction.EXPORT, detail=shape)
    found = written.sheet(queries.entries(form.asked))
    content = _csv(found) if shape == "csv" else workbook([found], made_on=timezone.localdate())
    header = {"Content-Disposition": f'attachment; filename="innsynslogg-{timezone.localdate()}.{shape}"'}
    return HttpResponse(content, content_type=SHAPES[shape], headers=header)


def _csv(found: Sheet) -> str:
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([as_text(cell) for cell in line] for line in written.lines(found))
    return BOM + file.getvalue()


@never_cache
@opens(Door.ACCESS_LOG)
def find(request: HttpRequest) -> HttpResponse:
    """Whose looks are to be printed: asked by POST, so that no contract number stands in an address."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        if tenancy := queries.household(form.cleaned_data["number"]):
            return redirect("reports:access_log_person", tenancy.pk)
        form.add_error("number", _("No household has that number. Check it against the letter or the case."))
    context = {
        "form": form,
        "heading": _("Print for the person"),
        "intro": _("Everybody may know who has looked at what is held about them. Find the household by its number."),
        "save": _("Find"),
        "back": reverse("reports:access_log"),
    }
    return render(request, "access/form.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@opens(Door.ACCESS_LOG)
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Every look at one household, as it will be printed."""
    tenancy = get_object_or_404(Tenancy, pk=pk)
    _log(signed_in(request).viewer, AccessAction.LOOK, kind=HOUSEHOLD, object_id=str(pk))
    found = person.printed(tenancy, today=timezone.localdate())
    return render(request, "reports/access_log/person.html", {"document": found, "pk": pk})


@require_POST
@opens(Door.ACCESS_LOG)
def print_of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a PDF to hand over: logged as taken out, with a proof that the person got it."""
    tenancy, viewer, today = get_object_or_404(Tenancy, pk=pk), signed_in(request).viewer, timezone.localdate()
    _log(viewer, AccessAction.EXPORT, kind=HOUSEHOLD, object_id=str(pk), detail="access log pdf")
    found = person.printed(tenancy, today=today)
    prove(
        by=viewer,
        verb=Proof.Verb.EXTRACTED,
        ground=Proof.Ground.REQUEST,
        kind=HOUSEHOLD,
        object_id=str(pk),
        counts={"looks": len(person.looks(tenancy))},
    )
    header = {"Content-Disposition": f'attachment; filename="innsyn-{today}.pdf"'}
    return HttpResponse(as_pdf(found, language(), made_on=today), content_type="application/pdf", headers=header)


@require_GET
@never_cache
@opens(Door.ACCESS_LOG)
def unusual_looks(request: HttpRequest) -> HttpResponse:
    """What looks unusual in some days, and what has been looked into."""
    form = DaysForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "reports/access_log/unusual.html", {"form": form}, status=422)
    _log(signed_in(request).viewer, AccessAction.LOOK, detail="unusual")
    found = unusual.signs(form.cleaned_data["first"], form.cleaned_data["last"])
    context = {"form": form, "found": found, "meanings": unusual.meanings(timezone.localdate())}
    return render(request, "reports/access_log/unusual.html", context)


@never_cache
@opens(Door.ACCESS_LOG)
def review_look(request: HttpRequest) -> HttpResponse:
    """Say what came of looking into one of them."""
    asked = _asked_about(request)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        asked.outcome = form.cleaned_data["outcome"]
        review(reviewed=asked, note=form.cleaned_data["note"], by=signed_in(request))
        messages.success(request, _("Saved. It stays in the list as looked into."))
        days = urlencode({"first": asked.day, "last": asked.day})
        return redirect(f"{reverse('reports:access_log_unusual')}?{days}")
    context: dict[str, Any] = {
        "form": form,
        "heading": unusual.SIGNS[unusual.Sign(asked.sign)],
        "intro": unusual.described(asked),
        "save": _("Save"),
        "back": reverse("reports:access_log_unusual"),
    }
    return render(request, "access/form.html", context, status=422 if form.errors else 200)


def _asked_about(request: HttpRequest) -> Reviewed:
    """What the address points at; 404 where that is nothing unusual."""
    asked, day = request.GET, parse_date(request.GET.get("day", ""))
    user = User.objects.filter(pk=asked["user"]).first() if asked.get("user", "").isdigit() else None
    found = unusual.signs(day, day) if day and user else ()
    for each in found:
        if (each.sign, each.user, each.number) == (asked.get("sign"), user, asked.get("case", "")):
            return Reviewed(sign=each.sign, user=each.user, day=each.day, object_id=each.number)
    raise Http404
