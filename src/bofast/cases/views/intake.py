"""What comes in goes on to the cases: files taken in, rows put right, the door from a tenancy to its case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bofast.access.doors import opens
from bofast.access.models import User
from bofast.access.need_to_know import Door
from bofast.access.templatetags.written import day
from bofast.access.views import signed_in
from bofast.arrears import senders
from bofast.arrears.actions import waiting
from bofast.arrears.actions.quarantine import correct_row
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.forms import ProfileForm, ReceiveForm
from bofast.arrears.gate import files_for
from bofast.arrears.headers import NAMEABLE, likely_header
from bofast.arrears.models import ReceivedFile
from bofast.arrears.queries import stored_fault, waiting_files
from bofast.arrears.views import Refusal, correction_of, language, lists_page, quarantine_page, seen_row
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case
from bofast.cases.queries.reach import visible
from bofast.cases.queries.screening import rows_still_shared
from bofast.domain.files import Kind, Refused, guess_kind
from bofast.domain.files.reading import MOST_BYTES

_NOT_YOURS = gettext_lazy(
    "A file of this kind is handed over by another agency. Ask them to send it. Nothing is changed."
)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file that was taken in, now or (`known`) before."""

    file: ReceivedFile
    known: bool


@opens(Door.RECEIVE)
def receive(request: HttpRequest) -> HttpResponse:
    """Take files in, assess what can have changed, and show the receipts at once."""
    if request.method != "POST":  # a link on the page of a refusal, such as the other language
        return redirect("arrears:lists")
    today, by = timezone.localdate(), signed_in(request)
    form = ReceiveForm(request.POST, request.FILES, today=today, viewer=by.viewer)
    if not form.is_valid():
        return lists_page(request, form, status=422)
    results = [_take_in(upload, form, by) for upload in form.cleaned_data["uploads"]]
    taken = [result for result in results if isinstance(result, Taken)]
    _go_on(taken, today)
    _tell(request, taken)
    ids = [result.file.pk for result in taken]
    if refusals := [result for result in results if isinstance(result, Refusal)]:
        return lists_page(request, refusals=refusals, received=ids, status=422)
    if len(ids) == 1:
        return redirect("arrears:list", ids[0])
    return redirect(f"{reverse('arrears:lists')}?{urlencode({'received': ids}, doseq=True)}")


def _take_in(upload: "UploadedFile[Any]", form: ReceiveForm, by: User) -> Taken | Refusal:
    data, name = upload.read(MOST_BYTES + 1), upload.name or ""
    kind = form.chosen_kind or guess_kind(name, data)
    sender = senders.of_kind(form.cleaned_data["sender"], kind)
    delivery = Delivery(data=data, name=name, kind=form.chosen_kind, as_of=form.cleaned_data["as_of"], sender=sender)
    if kind and not by.viewer.handles(kind):
        return Refusal(name=name, reason=str(_NOT_YOURS), sender=sender, profile=None)
    try:
        file, known = receive_file(delivery, received_by=by, still_shared=rows_still_shared, sure=False)
    except Refused as refused:
        return _refusal(delivery, refused)
    return Taken(file=file, known=known)


def _refusal(delivery: Delivery, refused: Refused) -> Refusal:
    """Why a file was refused; where its columns were not recognised, with the form that names them."""
    reason = refused.message(language())
    kind = delivery.kind or guess_kind(delivery.name, delivery.data)
    headers = likely_header(delivery.data, kind) if kind and refused.code in NAMEABLE else []
    profile = ProfileForm(headers, kind) if kind and headers else None
    return Refusal(name=delivery.name, reason=reason, sender=delivery.sender, profile=profile)


def _go_on(taken: list[Taken], today: date) -> None:
    """Let the cases know; a file received before has told them already, and one that waits tells them nothing."""
    if not all(result.known or result.file.waits for result in taken):
        assess(on=today)


def _tell(request: HttpRequest, taken: list[Taken]) -> None:
    taken = [result for result in taken if not result.file.waits]  # says so itself on the page
    new = [result.file.name for result in taken if not result.known]
    if len(new) == 1:
        messages.success(request, _("%(file)s is taken in, and the worklist is up to date.") % {"file": new[0]})
    elif new:
        messages.success(request, _("%(n)s files are taken in, and the worklist is up to date.") % {"n": len(new)})
    said = _("%(file)s was received before, on %(day)s. Nothing is changed.")
    for file in (result.file for result in taken if result.known):
        received = timezone.localtime(file.received_at).date()
        messages.info(request, said % {"file": file.name, "day": day(received)})


@require_POST
@opens(Door.RECEIVE)
def use_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a list that was kept because it raised doubts."""
    by, kept = signed_in(request), _waiting(request, pk)
    try:
        file = waiting.use(file_id=pk, by=by)
    except Refused as refused:
        messages.error(request, refused.message(language()))
        return redirect("arrears:list", pk)
    except ReceivedFile.DoesNotExist:
        return _settled_meanwhile(request, kept)
    taken = [Taken(file=file, known=False)]
    _go_on(taken, timezone.localdate())
    _tell(request, taken)
    return redirect("arrears:list", file.pk)


@require_POST
@opens(Door.RECEIVE)
def discard_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a list go that was kept and never used."""
    kept = _waiting(request, pk)
    try:
        waiting.discard(file_id=pk, by=signed_in(request))
    except ReceivedFile.DoesNotExist:
        return _settled_meanwhile(request, kept)
    messages.success(request, _("%(file)s is discarded. Nothing is changed.") % {"file": kept.name})
    return redirect("arrears:lists")


def _waiting(request: HttpRequest, pk: int) -> ReceivedFile:
    """A list that waits, of a sender the person hands over lists for. 404 where there is none."""
    viewer = signed_in(request).viewer
    file = get_object_or_404(files_for(viewer).filter(pk__in=waiting_files()), pk=pk)
    if not senders.may_send(viewer, file.sender, Kind(file.kind)):
        raise Http404
    return file


def _settled_meanwhile(request: HttpRequest, file: ReceivedFile) -> HttpResponse:
    messages.warning(request, _("%(file)s was settled by somebody else meanwhile.") % {"file": file.name})
    return redirect("arrears:lists")


@opens(Door.RECEIVE)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a quarantined row in as put right; what is still wrong is shown again beside it."""
    by = signed_in(request)
    row = seen_row(pk, by.viewer)
    if request.method != "POST":
        return redirect("arrears:quarantine", row.file_id)
    form = correction_of(row, request.POST, by.viewer)
    if not form.is_valid():
        return quarantine_page(request, row.file, form)
    if faults := correct_row(row_id=pk, cells=form.cells, by=by, still_shared=rows_still_shared):
        return quarantine_page(request, row.file, form.still_wrong([stored_fault(fault) for fault in faults]))
    assess(on=timezone.localdate())
    messages.success(request, _("Line %(line)s is put right and taken in.") % {"line": row.line})
    return redirect("arrears:quarantine", row.file_id)


@require_GET
@opens(Door.CASE)
def of_tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """The household's newest case. 404 where there is none, or none the viewer may know of."""
    found = visible(Case.objects.filter(tenancy=pk), signed_in(request).viewer).order_by("-opened_on", "-pk").first()
    if found is None:
        raise Http404
    return redirect("cases:case", found.number)
