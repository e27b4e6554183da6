"""Behandlingsprotokoll: HTTP only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bofast.access.doors import opens
from bofast.access.need_to_know import Door
from bofast.reports.document import as_markdown, as_pdf
from bofast.reports.privacy_record.record import LANGUAGE, document

TYPES = {"pdf": "application/pdf", "md": "text/markdown; charset=utf-8"}


@require_GET
@never_cache
@opens(Door.RECORD)
def record(request: HttpRequest) -> HttpResponse:
    """The record and the draft, as of today."""
    found = document(on=timezone.localdate(), municipality=settings.MUNICIPALITY)
    return render(request, "reports/privacy_record/record.html", {"document": found})


@require_GET
@never_cache
@opens(Door.RECORD)
def download(_request: HttpRequest, shape: str) -> HttpResponse:
    """The same as a file. It tells of no person, so nothing is logged."""
    if shape not in TYPES:
        raise Http404
    today = timezone.localdate()
    found = document(on=today, municipality=settings.MUNICIPALITY)
    content = as_pdf(found, LANGUAGE, made_on=today) if shape == "pdf" else as_markdown(found).encode()
    header = {"Content-Disposition": f'attachment; filename="behandlingsprotokoll-{today}.{shape}"'}
    return HttpResponse(content, content_type=TYPES[shape], headers=header)
