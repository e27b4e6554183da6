"""Pages of the annual report: what is published, writing, preview, publishing, caveats and costs."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, AccessReason
from bofast.access.need_to_know import Door
from bofast.access.views import signed_in
from bofast.domain.calendar import format_day
from bofast.reports import actions
from bofast.reports import sources as source_profiles
from bofast.reports.annual import forms, queries
from bofast.reports.annual.files import TYPES, written
from bofast.reports.annual.written import draft_status, readable
from bofast.reports.choices import districts_told
from bofast.reports.models import AnnualReport, Caveat, ProgrammeYear, PublishedReport
from bofast.reports.queries import agency_counts
from bofast.reports.rights import may_unmask
from bofast.reports.work import work_told


@require_GET
@never_cache
@opens(Door.ANNUAL)
def reports(request: HttpRequest) -> HttpResponse:
    """What is published; for those who write, what is being written too."""
    return _reports_page(request)


def _reports_page(request: HttpRequest, form: forms.BeginForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {"published": queries.published()}
    if signed_in(request).viewer.opens(Door.ANNUAL_WRITE):
        blank = forms.BeginForm(today=timezone.localdate(), districts=districts_told())
        context |= {"writes": True, "drafts": queries.drafts(), "form": form or blank}
    return render(request, "reports/annual/reports.html", context, status=422 if form else 200)


@opens(Door.ANNUAL_WRITE)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the report of a year, or go on with the one begun before."""
    if request.method != "POST":
        return redirect("reports:annual")
    form = forms.BeginForm(request.POST, today=timezone.localdate(), districts=districts_told())
    if not form.is_valid():
        return _reports_page(request, form)
    report = actions.begin_report(by=signed_in(request), **form.cleaned_data)
    return redirect("reports:annual_write", report.pk)


@never_cache
@opens(Door.ANNUAL_WRITE)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The team's words, a field for each section."""
    report = get_object_or_404(queries.drafts(), pk=pk)
    form = forms.CommentsForm(request.POST or None, comments=report.comments)
    if form.is_valid():
        actions.write_comments(report_id=pk, comments=form.cleaned_data)
        messages.success(request, _("Your words are saved."))
        return redirect("reports:annual_preview" if "preview" in request.POST else "reports:annual_write", pk)
    context = {"report": report, "form": form, "newest": queries.newest_edition(report)}
    return render(request, "reports/annual/write.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@opens(Door.ANNUAL_WRITE)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it would be published now."""
    report = get_object_or_404(queries.drafts(), pk=pk)
    content = _composed(report)
    context = {
        "draft": report,
        "report": readable(content, status=draft_status(content)),
        "team": may_unmask(signed_in(request).viewer),
    }
    return render(request, "reports/annual/preview.html", context)


@require_GET
@never_cache
@opens(Door.ANNUAL_WRITE)
def preview_file(request: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """The report as it would be published now, as a file."""
    report = get_object_or_404(queries.drafts(), pk=pk)
    content = _composed(report)
    return _file(request, report, content, shape, draft_status(content))


@require_GET
@never_cache
@opens(Door.ANNUAL_WRITE)
def team_file(request: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """The case team's own copy: small numbers are told, and the work of the year."""
    viewer = signed_in(request).viewer
    if not may_unmask(viewer):
        raise PermissionDenied(_("Small numbers are for the case team alone."))
    report = get_object_or_404(queries.drafts(), pk=pk)
    question, today = queries.question_of(report, told_to=viewer), timezone.localdate()
    content = queries.compose(question, as_of=today, comments=report.comments, work=work_told(question, viewer))
    return _file(request, report, content, shape, draft_status(content))


def _composed(report: AnnualReport) -> queries.Content:
    return queries.compose(queries.question_of(report), as_of=timezone.localdate(), comments=report.comments)


@never_cache
@opens(Door.ANNUAL_WRITE)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say once more what publishing means, or why it cannot be done yet; then do it."""
    report, today = get_object_or_404(queries.drafts(), pk=pk), timezone.localdate()
    early, asked = actions.is_too_early(report, today), request.method == "POST"
    if early or not asked:
        context = {"report": report, "newest": queries.newest_edition(report), "early": early}
        return render(request, "reports/annual/publish.html", context, status=422 if asked else 200)
    edition = actions.publish(report_id=pk, by=signed_in(request), today=today)
    messages.success(request, _("The report is published. Everybody with an agency can read it now."))
    return redirect("reports:annual_published", edition.pk)


@require_GET
@opens(Door.ANNUAL)
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it was published."""
    edition = _edition(pk)
    newest = queries.newest_edition(edition.report)
    context = {
        "edition": edition,
        "newer": newest if newest and newest.pk != pk else None,
        "report": readable(edition.content, status=_published_status(edition)),
    }
    return render(request, "reports/annual/published.html", context)


@require_GET
@opens(Door.ANNUAL)
def published_file(request: HttpRequest, pk: int, shape: str) -> HttpResponse:
    """A published report as a file."""
    edition = _edition(pk)
    return _file(request, edition.report, edition.content, shape, _published_status(edition))


def _edition(pk: int) -> PublishedReport:
    return get_object_or_404(PublishedReport.objects.select_related("report", "published_by"), pk=pk)


def _published_status(edition: PublishedReport) -> str:
    """In the report's own language: when it was published, and which edition it is."""
    language = edition.content["language"]
    said = {"day": format_day(edition.as_of, language), "edition": edition.edition}
    with override(language):
        return _("Published %(day)s, edition %(edition)s") % said


def _file(request: HttpRequest, report: AnnualReport, content: Any, shape: str, status: str) -> HttpResponse:
    if shape not in TYPES:
        raise Http404
    log_access(
        viewer=signed_in(request).viewer, action=AccessAction.EXPORT, kind="annual_report",
        object_ids=[str(report.pk)], reason=AccessReason.DUTY,
    )  # fmt: skip
    place = f"-{report.district.lower()}" if report.district else ""
    place += "" if content["document"]["masked"] else "-bare-for-teamet"
    answer = HttpResponse(written(content, shape, status=status), content_type=TYPES[shape])
    answer.headers["Content-Disposition"] = _attachment(f"arsrapport-{report.year}{place}.{shape}")
    return answer


def _attachment(name: str) -> str:
    return str(content_disposition_header(as_attachment=True, filename=name))


@never_cache
@opens(Door.ANNUAL_WRITE)
def years(request: HttpRequest) -> HttpResponse:
    """What is entered of each year: caveats, and what the work cost. A form for each, told apart by its button."""
    today = timezone.localdate()
    asked = ProgrammeYear.objects.filter(year=request.GET["year"]).first() if _is_year(request) else None
    caveat = forms.CaveatForm(
        request.POST if "caveat" in request.POST else None, today=today, sources=queries.sources()
    )
    programme = forms.ProgrammeForm(request.POST if "programme" in request.POST else None, today=today, said=asked)
    if caveat.is_valid():
        actions.put_caveat(**caveat.cleaned_data)
    elif programme.is_valid():
        actions.put_programme_year(**programme.cleaned_data)
    else:
        context = {"caveat": caveat, "programme": programme, **_entered()}
        faulty = caveat.errors or programme.errors
        return render(request, "reports/annual/years.html", context, status=422 if faulty else 200)
    messages.success(request, _("Saved. It is printed in the report beside the numbers."))
    return redirect("reports:annual_years")


def _is_year(request: HttpRequest) -> bool:
    return request.GET.get("year", "").isascii() and request.GET.get("year", "").isdigit()


def _entered() -> dict[str, Any]:
    names = dict(queries.sources())
    caveats = [(each, names.get(each.source, each.source)) for each in Caveat.objects.all()]
    return {"caveats": caveats, "programme_years": ProgrammeYear.objects.all()}


@require_POST
@opens(Door.ANNUAL_WRITE)
def remove_caveat(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a caveat away; published reports keep it."""
    actions.remove_caveat(caveat_id=pk)
    messages.success(request, _("The caveat is removed. Published reports keep it."))
    return redirect("reports:annual_years")


@never_cache
@opens(Door.ANNUAL_WRITE)
def sources(request: HttpRequest) -> HttpResponse:
    """Who plays each part in which years, and a form for a new line."""
    counted = [count.source for count in agency_counts().all]
    form = forms.SourceForm(
        request.POST or None, today=timezone.localdate(), sources=source_profiles.known_sources(counted)
    )
    if form.is_valid():
        actions.put_source(**form.cleaned_data)
        messages.success(request, _("Saved. The statistics use it from now on; published reports keep their numbers."))
        return redirect("reports:annual_sources")
    context = {"form": form, "playing": source_profiles.playing(), "counted": set(counted)}
    return render(request, "reports/annual/sources.html", context, status=422 if form.errors else 200)


@require_POST
@opens(Door.ANNUAL_WRITE)
def remove_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line away; what held before holds on."""
    actions.remove_source(line_id=pk)
    messages.success(request, _("The line is removed. What held before it holds on."))
    return redirect("reports:annual_sources")
