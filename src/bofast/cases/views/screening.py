"""Til svar: an office of the social services answers whether it knows the households handed out to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bofast.access.doors import opens
from bofast.access.models import AccessAction, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.arrears import households
from bofast.arrears.actions.answers import answer_rows
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.gate import files_for
from bofast.arrears.models import FileKind, HandOut, ReceivedFile
from bofast.arrears.views import language
from bofast.cases import words
from bofast.cases.actions.assess import assess
from bofast.cases.forms.hand_out import AnswersFileForm, answers
from bofast.cases.queries import screening as queries
from bofast.cases.queries.hand_out import counted, question
from bofast.cases.views.hand_out import log_households, workbook_of
from bofast.domain.files import Kind, Refused
from bofast.domain.files.reading import MOST_BYTES

ROWS_A_PAGE = 50


@require_GET
@opens(Door.SCREENING)
def screening(request: HttpRequest) -> HttpResponse:
    """The lists handed out to the person's office, those that wait first, and a place to send one back."""
    return _front(request, AnswersFileForm())


def _front(request: HttpRequest, form: AnswersFileForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    viewer, today = signed_in(request).viewer, timezone.localdate()
    asked = [each for each in counted(queries.asked_of(viewer), viewer) if each.gone]
    files = files_for(viewer).filter(kind=FileKind.ANSWERS, quarantined__gt=0)
    context = {
        "form": form, "refusal": refusal, "today": today,
        "quarantined": [file for file in files if getattr(file, "open_rows", 0)],
        "waiting": [(each, question(each, today)) for each in asked if each.waiting],
        "answered": [each for each in reversed(asked) if not each.waiting],
    }  # fmt: skip
    return render(request, "cases/screening/front.html", context, status=status)


@opens(Door.SCREENING)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: a choice and a note for each household, saved a page at a time."""
    user, today = signed_in(request), timezone.localdate()
    made = _asked(pk, user.viewer)
    page = _page(request, made, user.viewer)
    if request.method == "POST":
        sent = answers(request.POST)
        asked = set(queries.rows_to_answer(made, user.viewer).filter(pk__in=sent).values_list("pk", flat=True))
        if answer_rows(said={row: what for row, what in sent.items() if row in asked}, by=user, today=today):
            assess(on=today)
        if len(asked) < len(sent):
            messages.warning(request, _("A household is no longer shared with you. Its answer was not saved."))
        return _saved(request, made, page, user)
    log_households(user.viewer, AccessAction.LIST, page, made)
    context = {
        "made": made, "page": page, "rows": _rows(made, page, user.viewer), "choices": words.ANSWERS, "today": today,
    }  # fmt: skip
    return render(request, "cases/screening/answer.html", context)


def _asked(pk: int, viewer: Viewer) -> Any:
    return get_object_or_404(counted(queries.asked_of(viewer), viewer).filter(gone__gt=0), pk=pk)


def _page(request: HttpRequest, made: HandOut, viewer: Viewer) -> Page[Any]:
    return Paginator(queries.rows_to_answer(made, viewer), ROWS_A_PAGE).get_page(request.GET.get("page"))


def _rows(made: HandOut, rows: Any, viewer: Viewer) -> list[tuple[Any, Any]]:
    """Each row with what the list said of its household."""
    ids = [row.pk for row in rows]
    found = {each.pk: each for each in households.handed_out(made.file, made.rows.filter(pk__in=ids), viewer)}
    return [(row, found[row.tenancy_id]) for row in rows if row.tenancy_id in found]


def _saved(request: HttpRequest, made: HandOut, page: Page[Any], user: User) -> HttpResponse:
    """Onward: to the next page, or to the lists when this one is answered."""
    left = _asked(made.pk, user.viewer).waiting
    if not left:
        messages.success(request, _("The answers are saved. The whole list is answered."))
        return redirect("cases:screening")
    waits = ngettext("%(n)s household still waits.", "%(n)s households still wait.", left) % {"n": left}
    messages.success(request, " ".join((_("The answers are saved."), waits)))
    number = page.next_page_number() if page.has_next() else 1
    return redirect(f"{reverse('cases:screening_list', args=[made.pk])}?page={number}")


@require_GET
@opens(Door.SCREENING)
def screening_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a spreadsheet to fill in and send back, with what is answered so far."""
    viewer = signed_in(request).viewer
    made = _asked(pk, viewer)
    return workbook_of(made, queries.rows_to_answer(made, viewer), viewer, answered=True)


@require_GET
@opens(Door.SCREENING)
def screening_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list on paper, with boxes to tick."""
    viewer = signed_in(request).viewer
    made = _asked(pk, viewer)
    rows = list(queries.rows_to_answer(made, viewer))
    log_households(viewer, AccessAction.EXPORT, rows, made)
    context = {"made": made, "rows": _rows(made, rows, viewer), "choices": words.ANSWERS}
    return render(request, "cases/screening/print.html", context)


@require_POST
@opens(Door.SCREENING)
def receive_answers(request: HttpRequest) -> HttpResponse:
    """Take a filled-in list in; what was changed in it goes to quarantine."""
    user, today = signed_in(request), timezone.localdate()
    form = AnswersFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _front(request, form, status=422)
    upload = form.cleaned_data["upload"]
    delivery = Delivery(data=upload.read(MOST_BYTES + 1), name=upload.name, kind=Kind.ANSWERS)
    try:
        file, known = receive_file(delivery, received_by=user, still_shared=queries.rows_still_shared)
    except Refused as refused:
        return _front(request, AnswersFileForm(), refusal=refused.message(language()), status=422)
    if not known:
        assess(on=today)
    _tell(request, file, known)
    return redirect("cases:screening")


def _tell(request: HttpRequest, file: ReceivedFile, known: bool) -> None:
    if known:
        messages.info(request, _("This file was received before. Nothing is changed."))
        return
    taken = ngettext("%(n)s row is taken in.", "%(n)s rows are taken in.", file.accepted) % {"n": file.accepted}
    messages.success(request, taken)
    if file.quarantined:
        stuck = ngettext("%(n)s row is in quarantine.", "%(n)s rows are in quarantine.", file.quarantined)
        messages.warning(request, " ".join((stuck % {"n": file.quarantined}, _("See why below."))))
