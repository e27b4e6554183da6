"""HTTP only: authorise, read input, one query, render. Who may see a number is decided in `rights` and `behind`."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as PageOfCases
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, AccessReason
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.arrears.views import XLSX, language
from bofast.cases.models import Case
from bofast.cases.queries.reach import reasons
from bofast.domain.findings import Part
from bofast.domain.statistics import Question
from bofast.domain.statistics.periods import code, written
from bofast.reports import behind, choices, compared, exports, queries, routines_page, statistics_page, work, work_page
from bofast.reports.forms import RoutinesForm, StatisticsForm
from bofast.reports.rights import may_unmask
from bofast.reports.sheets import Sheet, anything
from bofast.reports.shown import Section
from bofast.reports.told import sheets_told

CASES_A_PAGE = 200
WHICH_CASES = ("year", "half", "from", "to", "district", "agency")
"""Fields that say which cases of the work are told."""
SHAPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


def _form(request: HttpRequest) -> StatisticsForm:
    return StatisticsForm(
        request.GET,
        years=choices.years_told(),
        districts=choices.districts_told(),
        today=timezone.localdate(),
        unmasked=may_unmask(signed_in(request).viewer),
    )


def _question(form: StatisticsForm, viewer: Viewer) -> Question:
    """What a valid form asks, masked for everybody outside the case team."""
    masked = not may_unmask(viewer)
    return Question(
        period=form.period,
        compare=form.compared,
        district=form.cleaned_data["district"] or None,
        agency=form.cleaned_data.get("agency") or None,
        as_of=form.cleaned_data.get("as_of"),
        asked_on=timezone.localdate(),
        readings=form.readings,
        masked=masked,
        aid=masked or viewer.sees(Part.AID),
        language=language(),
    )


@require_GET
@never_cache
@opens(Door.STATISTICS)
def statistics(request: HttpRequest) -> HttpResponse:
    """All tables and figures of a period, beside the comparison and the goals."""
    viewer = signed_in(request).viewer
    form = _form(request)
    if not form.is_valid():
        return render(request, "reports/statistics.html", {"form": form}, status=422)
    question = _question(form, viewer)
    document = queries.annual_report(question)
    if not anything(document):
        said = statistics_page.sentence(document["notes"][0]) if document.get("nothing_received") else ""
        return render(request, "reports/statistics.html", {"form": form, "empty": _called(form), "said": said})
    page = statistics_page.Page(
        document=document,
        other=compared.document_beside(question),
        counts=queries.agency_counts().all,
        viewer=viewer,
        language=question.language,
        today=timezone.localdate(),
    )
    sections = [*page.sections(), *_work(question, viewer, form)]
    context = {"form": form, "page": page, "query": _query(form), "sections": sections, "notes": page.notes()}
    return render(request, "reports/statistics.html", context)


def _work(question: Question, viewer: Viewer, form: StatisticsForm) -> list[Section]:
    """The work of the period, where it may be told."""
    done = work.work_told(question, viewer)
    asked = {name: form.data[name] for name in WHICH_CASES if form.data.get(name)}
    return work_page.section(done, question.period, timezone.localdate(), question.language, asked) if done else []


def _work_sheets(question: Question, viewer: Viewer) -> Iterable[Sheet]:
    """The same for the files."""
    done = work.work_told(question, viewer)
    return work_page.sheets(done, question.period, timezone.localdate(), question.language).values() if done else ()


def _called(form: StatisticsForm) -> str:
    return written(form.period, language())


def _query(form: StatisticsForm) -> str:
    """The form as an address asks it, so that a file holds what the page shows."""
    return urlencode({name: form.data[name] for name in form.fields if form.data.get(name)})


@require_GET
@never_cache
@opens(Door.STATISTICS)
def download(request: HttpRequest, shape: str) -> HttpResponse:
    """The report as a spreadsheet or as CSV, masked as the page is; logged as taken out."""
    form = _form(request)
    if shape not in SHAPES or not form.is_valid():
        raise Http404
    viewer = signed_in(request).viewer
    question = _question(form, viewer)
    found = [
        *sheets_told(question, queries.annual_report(question), timezone.localdate()),
        *_work_sheets(question, viewer),
    ]
    narrowed = (code(question.period), question.district, question.agency)
    name = slugify("-".join(["statistikk", *filter(None, narrowed)]))
    log_access(
        viewer=viewer,
        action=AccessAction.EXPORT,
        kind="report",
        object_ids=[code(question.period)],
        reason=AccessReason.DUTY,
        detail=f"{name} {shape}",
    )
    content: bytes | str
    if shape == "csv":
        content = exports.comma_file(found, question.language)
    else:
        content = exports.workbook(found, made_on=timezone.localdate())
    header = {"Content-Disposition": f'attachment; filename="{name}.{shape}"'}
    return HttpResponse(content, content_type=SHAPES[shape], headers=header)


@require_GET
@never_cache
@opens(Door.BEHIND)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number, those the viewer may know of; every one shown is logged."""
    viewer = signed_in(request).viewer
    key, form = request.GET.get("key", ""), _form(request)
    if not behind.may_open(key, viewer):
        raise PermissionDenied(_("The cases behind this number are open to those who work with them."))
    if not form.is_valid():
        raise Http404
    try:
        found = _behind(key, form, viewer)
    except behind.UnknownKey as error:
        raise Http404 from error
    own = [(number, True) for number in found.own]
    pages = Paginator([*own, *((number, False) for number in found.registered)], CASES_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    _log_cases(viewer, shown, detail=f"statistics {key}")
    numbers = [number for number, is_own in shown if is_own]
    context = {
        "form": form,
        "own": Case.objects.filter(number__in=numbers).order_by("number"),
        "what": work_page.described(key, language()),
        "period": _called(form),
        "found": found,
        "shown": shown,
        "pages": pages.get_elided_page_range(shown.number) if shown.has_other_pages() else (),
        "all_seen": may_unmask(viewer),
        "query": _query(form),
        "key": key,
    }
    return render(request, "reports/cases.html", context)


def _behind(key: str, form: StatisticsForm, viewer: Viewer) -> behind.Behind:
    district, agency = form.cleaned_data["district"] or None, form.cleaned_data.get("agency") or None
    if key.startswith(behind.WORK):
        return behind.behind_work(key, form.period, district, viewer, timezone.localdate(), agency=agency)
    return behind.cases_behind(key, form.period, district, viewer, agency=agency)


def _log_cases(viewer: Viewer, shown: PageOfCases[tuple[str, bool]], *, detail: str) -> None:
    for kind, own in (("case", True), ("registered_case", False)):
        ids = [number for number, is_own in shown if is_own is own]
        why = reasons(Case.objects.filter(number__in=ids if own else ()), viewer)
        log_access(viewer=viewer, action=AccessAction.LIST, kind=kind, object_ids=ids, reason=why, detail=detail[:250])


@require_GET
@never_cache
@opens(Door.ROUTINES)
def routines(request: HttpRequest) -> HttpResponse:
    """What the routines cost, and what others would: arithmetic whose assumptions the reader may change."""
    viewer = signed_in(request).viewer
    asked = _form(request)
    if not asked.is_valid():
        raise Http404
    question = _question(asked, viewer)
    document = queries.annual_report(question)
    form = RoutinesForm(request.GET, known=routines_page.known(document))
    context: Mapping[str, Any] = {"form": form, "asked": asked, "year": asked.cleaned_data["year"]}
    if form.is_valid():
        facts = queries.material().facts if may_unmask(viewer) else None
        answers = routines_page.answers(form, question, facts)
        return render(request, "reports/routines.html", {**context, "answers": answers})
    return render(request, "reports/routines.html", context, status=422)
