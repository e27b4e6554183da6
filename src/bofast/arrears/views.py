"""HTTP only: authorise, read input, one query or one action, render.

What comes in goes on to the cases, so taking in a file and putting a row right are posted to the room `cases`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, AccessReason
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.arrears import exports, households, queries, senders
from bofast.arrears.actions import quarantine as quarantine_actions
from bofast.arrears.actions.profiles import save_profile
from bofast.arrears.filters import FileFilter, HouseholdFilter
from bofast.arrears.forms import CorrectionForm, ProfileForm, ReceiveForm
from bofast.arrears.gate import bond, files_for
from bofast.arrears.models import FileKind, QuarantinedRow, ReceivedFile
from bofast.arrears.quarantined import SeenRows
from bofast.arrears.receipts import receipt_of, told
from bofast.arrears.tables import DistrictTable, FileTable, HouseholdTable
from bofast.domain.files import Kind

ROWS_A_PAGE = 20
MOST_SHOWN_AT_ONCE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A file that was not taken in: why, and the form that names its columns where that would help."""

    name: str
    reason: str
    sender: str = ""
    profile: ProfileForm | None = None


def language() -> str:
    """The language of the page."""
    return (get_language() or "nb")[:2]


@require_GET
@opens(Door.LISTS)
def lists(request: HttpRequest) -> HttpResponse:
    """The files received, and a place to drop the next."""
    return lists_page(request)


def lists_page(
    request: HttpRequest,
    form: ReceiveForm | None = None,
    *,
    refusals: Sequence[Refusal] = (),
    received: Sequence[int] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of lists with what came of the files just handed over; `received` are ids of files taken in."""
    viewer = signed_in(request).viewer
    files = files_for(viewer)
    shown = list(received) or _numbers(request.GET.getlist("received"))
    filtered = FileFilter(request.GET, files)
    context = {
        "form": form or ReceiveForm(today=timezone.localdate(), viewer=viewer),
        "refusals": refusals,
        "receipts": [
            receipt_of(file, language(), viewer)
            for file in files.filter(pk__in=shown[:MOST_SHOWN_AT_ONCE])
            if not file.waits
        ],
        "waiting": files.filter(pk__in=queries.waiting_files()),
        "filter": filtered,
        "table": RequestConfig(request).configure(FileTable(filtered.qs)),
        "any": files.exists(),
    }
    return render(request, "arrears/lists.html", context, status=status)


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


@require_GET
@opens(Door.LISTS)
def one_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its receipt, and for an arrears list its households held against the list before."""
    viewer = signed_in(request).viewer
    files = files_for(viewer)
    file = get_object_or_404(files.select_related("received_by", "superseded_by"), pk=pk)
    context: dict[str, Any] = {"file": file, "sender": senders.label(file.sender)}
    if file.waits:
        return render(request, "arrears/waiting.html", context | _waiting(file, viewer))
    context["receipt"] = receipt_of(file, language(), viewer)
    if file.kind == FileKind.ARREARS:
        filtered = HouseholdFilter(
            request.GET, households.compared(file, viewer), districts=households.places(file, viewer)
        )
        table = RequestConfig(request).configure(HouseholdTable(filtered.qs))
        _log_rows(request, table)
        context |= {"districts": households.districts(file, viewer), "filter": filtered, "table": table}
    return render(request, "arrears/list.html", context)


def _waiting(file: ReceivedFile, viewer: Viewer) -> dict[str, Any]:
    """Why a list is not used yet, which it would take over from, and whether the viewer may say so."""
    return {
        "doubts": [told(fault, language()) for fault in file.warnings],
        "replaces": queries.standing_lists(file.sender).filter(as_of=file.as_of).first(),
        "may_use": senders.may_send(viewer, file.sender, Kind(file.kind)),
    }


def _log_rows(request: HttpRequest, table: Any) -> None:
    """Log the households on the page shown."""
    ids = [str(row.record.pk) for row in table.paginated_rows]
    viewer = signed_in(request).viewer
    log_access(viewer=viewer, action=AccessAction.LIST, kind="tenancy", object_ids=ids, reason=bond(viewer))


@require_GET
@opens(Door.RECEIVE)
def quarantine(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of a file that wait for somebody, and what became of the others."""
    return quarantine_page(request, get_object_or_404(files_for(signed_in(request).viewer), pk=pk))


def quarantine_page(request: HttpRequest, file: ReceivedFile, tried: CorrectionForm | None = None) -> HttpResponse:
    """The quarantine of a file; `tried` is a correction that is not good yet, shown first instead of its row."""
    viewer = signed_in(request).viewer
    seen = SeenRows(file, viewer)
    page = Paginator(seen.all(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    hidden = seen.hidden(list(page))
    others = [CorrectionForm(row, hidden=hidden[row.pk]) for row in page if not (tried and tried.row == row)]
    ids = [str(row.pk) for row in page]
    log_access(viewer=viewer, action=AccessAction.LIST, kind="quarantined_row", object_ids=ids, reason=bond(viewer))
    context = {
        "file": file,
        "page": page,
        "pages": _pages(page),
        "rows": [tried, *others] if tried else others,
        "tried": tried,
        "any_hidden": any(hidden.values()),
    }
    return render(request, "arrears/quarantine.html", context, status=422 if tried else 200)


def seen_row(pk: int, viewer: Viewer) -> QuarantinedRow:
    """A quarantined row the viewer may know of, with its file, or a page not found."""
    rows = QuarantinedRow.objects.filter(file__in=files_for(viewer)).select_related("file")
    row = get_object_or_404(rows, pk=pk)
    return get_object_or_404(SeenRows(row.file, viewer).all(), pk=pk)


def correction_of(row: QuarantinedRow, data: Any, viewer: Viewer) -> CorrectionForm:
    """The form a person sends to put the row right, with what they may not see of it kept."""
    return CorrectionForm(row, data, hidden=SeenRows(row.file, viewer).hidden([row])[row.pk])


def _pages(page: Page[QuarantinedRow]) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number)) if page.has_other_pages() else []


@require_POST
@opens(Door.RECEIVE)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a quarantined row is not to be taken in."""
    by = signed_in(request)
    row = seen_row(pk, by.viewer)
    try:
        quarantine_actions.set_row_aside(row_id=pk, by=by)
    except QuarantinedRow.DoesNotExist:
        messages.warning(request, _("Line %(line)s was settled by somebody else meanwhile.") % {"line": row.line})
    else:
        messages.success(request, _("Line %(line)s is set aside. It is kept as sent.") % {"line": row.line})
    return redirect("arrears:quarantine", row.file_id)


@require_GET
@opens(Door.LISTS)
def district(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A district's part of a list, with what the viewer's agency may see."""
    viewer = signed_in(request).viewer
    file, parts = _district(pk, slug, viewer)
    rows = households.of_district(file, [part.name for part in parts], viewer)
    table = RequestConfig(request).configure(DistrictTable(rows, viewer=viewer))
    _log_rows(request, table)
    context = {
        "file": file,
        "slug": slug,
        "district": parts[0].name,
        "households": sum(part.households for part in parts),
        "owed": sum(part.owed for part in parts),
        "table": table,
    }
    return render(request, "arrears/district.html", context)


@require_GET
@opens(Door.LISTS)
def district_xlsx(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The same as a spreadsheet; every household in it is logged as taken out."""
    viewer = signed_in(request).viewer
    file, parts = _district(pk, slug, viewer)
    rows = list(households.of_district(file, [part.name for part in parts], viewer))
    ids = [str(row.pk) for row in rows]
    log_access(
        viewer=viewer, action=AccessAction.EXPORT, kind="tenancy", object_ids=ids, reason=bond(viewer),
        detail=f"list {file.pk} {slug} xlsx",
    )  # fmt: skip
    book = exports.workbook(rows, exports.columns_for(viewer), made_on=timezone.localdate())
    name = f"restanseliste-{file.as_of}-{slug}.xlsx"
    return HttpResponse(book, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _district(pk: int, slug: str, viewer: Viewer) -> tuple[ReceivedFile, list[households.District]]:
    """A list the viewer opens, and its districts of that address. 404 where there is none."""
    file = get_object_or_404(files_for(viewer), pk=pk, kind=FileKind.ARREARS)
    parts = [part for part in households.districts(file, viewer) if part.slug == slug]
    if not parts:
        raise Http404
    return file, parts


@opens(Door.RECEIVE)
def profile(request: HttpRequest) -> HttpResponse:
    """Remember which columns a sender's headers are, so that its file can be sent again."""
    if request.method != "POST":
        return redirect("arrears:lists")
    sender, headers = request.POST.get("sender", ""), request.POST.getlist("header")
    kind = request.POST.get("kind", "")
    viewer = signed_in(request).viewer
    if kind not in list(Kind) or not headers or not senders.may_send(viewer, sender, Kind(kind)):
        raise BadRequest
    if not viewer.handles(Kind(kind)):
        raise Http404
    form = ProfileForm(headers, Kind(kind), request.POST)
    if form.is_valid():
        saved = save_profile(sender=sender, kind=Kind(kind), columns=form.columns)
        log_access(
            viewer=viewer, action=AccessAction.ADMINISTER, kind="profile", object_ids=[str(saved.pk)],
            reason=AccessReason.DUTY, detail=f"columns of {kind} files",
        )  # fmt: skip
        messages.success(request, _("The columns are remembered for this sender. Send the file again."))
        return redirect("arrears:lists")
    refusal = Refusal(name=request.POST.get("name", ""), reason="", sender=sender, profile=form)
    return lists_page(request, refusals=[refusal], status=422)
