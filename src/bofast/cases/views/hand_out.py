"""Gi listen videre: a district's list handed out to an office, row by row, and what has been handed out before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.arrears import exports, households
from bofast.arrears.gate import bond, files_for
from bofast.arrears.models import FileKind, HandedRow, HandOut, ReceivedFile
from bofast.arrears.views import XLSX
from bofast.cases import words
from bofast.cases.actions import hand_out as actions
from bofast.cases.forms.hand_out import HandOutForm, reasons
from bofast.cases.queries import hand_out as queries
from bofast.cases.queries.reach import reasons as bonds
from bofast.domain.findings import Finding, Outcome, Part

ROWS_A_PAGE = 50
MOST_ASKED_AT_ONCE = 200
"""Unclear rows with a field for a reason; the rest are held back this time and come with the next hand-out."""


@opens(Door.HAND_OUT)
def hand_out(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """To whom, and what may go; then hand it out."""
    user, today = signed_in(request), timezone.localdate()
    file, names = _district(pk, slug, user.viewer)
    form = _form(request, names[0], user.viewer, today)
    plan = _plan(request, form, file, names) if form.is_bound and form.is_valid() else None
    if request.method == "POST" and plan and queries.is_newest(file, today):
        made = actions.hand_out(plan=plan, because=reasons(request.POST), actor=user, today=today)
        if made:
            messages.success(request, _told(made, user.viewer))
            return redirect("cases:handed_out", made.pk)
        messages.error(request, _("Nothing could be handed out. The reasons stand beside each household."))
    status = 422 if form.errors or request.method == "POST" else 200
    return _draw(request, form, plan, file, names[0], slug, status=status)


def _district(pk: int, slug: str, viewer: Viewer) -> tuple[ReceivedFile, tuple[str, ...]]:
    """A standing list, and its districts of that address. 404 where there is none."""
    file = get_object_or_404(files_for(viewer), pk=pk, kind=FileKind.ARREARS, standing=True)
    names = tuple(part.name for part in households.districts(file, viewer) if part.slug == slug)
    if not names:
        raise Http404
    return file, names


def _form(request: HttpRequest, district: str, viewer: Viewer, today: date) -> HandOutForm:
    teams = queries.receiving_teams(viewer, today)
    given = request.POST if request.method == "POST" else request.GET if "team" in request.GET else None
    own = queries.proposed(list(teams), district)
    return HandOutForm(given, teams=teams, today=today, initial={"team": own})


def _plan(request: HttpRequest, form: HandOutForm, file: ReceivedFile, names: tuple[str, ...]) -> queries.Plan:
    untold = frozenset(int(key) for key in request.POST.getlist("untold") if key.isascii() and key.isdigit())
    return queries.Plan(file=file, districts=names, untold=untold, **form.cleaned_data)


def _draw(
    request: HttpRequest, form: HandOutForm, plan: queries.Plan | None, file: ReceivedFile, district: str, slug: str,
    *, status: int,
) -> HttpResponse:  # fmt: skip
    """The page before it is handed out: what may go, what asks for a reason, what is held back."""
    user, today = signed_in(request), timezone.localdate()
    newest = queries.is_newest(file, today)
    drawn = queries.drawn_up(plan, user.viewer, today) if plan and newest else []
    _log_cases(user, drawn)
    by_outcome = {outcome: [each for each in drawn if each.ruling.outcome is outcome] for outcome in Outcome}
    unclear, because = by_outcome[Outcome.UNCLEAR], reasons(request.POST)
    context = {
        "form": form, "plan": plan, "file": file, "slug": slug, "district": district, "newest": newest,
        "drawn": drawn, "going": by_outcome[Outcome.YES], "grounds": _grounds(by_outcome[Outcome.YES], user.viewer),
        "unclear": [
            (each, _seen(each, user.viewer), because.get(each.case.pk, "")) for each in unclear[:MOST_ASKED_AT_ONCE]
        ],
        "unasked": len(unclear[MOST_ASKED_AT_ONCE:]),
        "held": [(each, _seen(each, user.viewer)) for each in by_outcome[Outcome.NO]],
    }  # fmt: skip
    return render(request, "cases/hand_out/draw.html", context, status=status)


def _grounds(going: Iterable[queries.Drawn], viewer: Viewer) -> list[tuple[Finding, int]]:
    """Each ground that rows go on, with how many go on it."""
    found: dict[str, tuple[Finding, int]] = {}
    for each in going:
        for ground in _seen(each, viewer):
            found[ground.code] = (ground, found.get(ground.code, (ground, 0))[1] + 1)
    return list(found.values())


def _seen(drawn: queries.Drawn, viewer: Viewer) -> list[Finding]:
    """The findings of a row, as far as the viewer may know what they speak of."""
    return [found for found in drawn.ruling.findings if viewer.sees(found.part)]


def _log_cases(user: User, drawn: Sequence[queries.Drawn]) -> None:
    why = bonds([each.case for each in drawn], user.viewer)
    log_access(viewer=user.viewer, action=AccessAction.LIST, kind="case", object_ids=list(why), reason=why)


def _told(made: HandOut, viewer: Viewer) -> str:
    counted = queries.counted(HandOut.objects.filter(pk=made.pk), viewer).get()
    went = ngettext(
        "%(n)s household is handed out to %(team)s", "%(n)s households are handed out to %(team)s", counted.gone
    )
    stayed = ngettext("%(n)s is held back", "%(n)s are held back", counted.held) % {"n": counted.held}
    return f"{went % {'n': counted.gone, 'team': made.team}}. {stayed if counted.held else ''}".strip()


@require_GET
@opens(Door.HAND_OUT)
def hand_outs(request: HttpRequest) -> HttpResponse:
    """Gitt videre: every hand-out, to whom, when, how much of it went, and for those who may know: what waits."""
    viewer, today = signed_in(request).viewer, timezone.localdate()
    page = Paginator(queries.counted(queries.handed_by(viewer), viewer), ROWS_A_PAGE).get_page(request.GET.get("page"))
    late = {each.pk for each in queries.overdue(viewer, today)}
    context = {
        "page": page, "today": today, "knows_answers": viewer.sees(Part.AID),
        "rows": [(each, each.pk in late and each.chased_on != today) for each in page],
    }  # fmt: skip
    return render(request, "cases/hand_out/list.html", context)


@require_GET
@opens(Door.HAND_OUT)
def handed_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One hand-out: each household with the ground it went on, or why it was held back."""
    viewer = signed_in(request).viewer
    made = get_object_or_404(queries.counted(queries.handed_by(viewer), viewer), pk=pk)
    page = Paginator(queries.shown_rows(made, viewer), ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_households(viewer, AccessAction.LIST, page, made)
    context = {
        "made": made, "page": page, "rows": [_line(row, viewer) for row in page],
        "knows_answers": viewer.sees(Part.AID), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "cases/hand_out/one.html", context)


def _line(row: Any, viewer: Viewer) -> Mapping[str, Any]:
    findings = [Finding.from_json(stored) for stored in row.findings]
    answer = words.ANSWERS[row.answer] if row.answer else ""
    return {"row": row, "findings": [found for found in findings if viewer.sees(found.part)], "answer": answer}


def log_households(viewer: Viewer, action: AccessAction, rows: Iterable[HandedRow], made: HandOut) -> None:
    """Who saw, or took out, which households of a hand-out."""
    ids = [str(row.tenancy_id) for row in rows]
    log_access(
        viewer=viewer, action=action, kind="tenancy", object_ids=ids, reason=bond(viewer), detail=f"hand-out {made.pk}"
    )


@require_GET
@opens(Door.HAND_OUT)
def handed_out_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it went, to be filled in; without the answers, which are the office's own."""
    viewer = signed_in(request).viewer
    made = get_object_or_404(queries.handed_by(viewer), pk=pk)
    unanswered = HandedRow.objects.filter(pk__in=queries.rows_of(viewer).filter(hand_out=made, sent=True))
    return workbook_of(made, unanswered, viewer, answered=False)


def workbook_of(made: HandOut, rows: Any, viewer: Viewer, *, answered: bool) -> HttpResponse:
    """The workbook of these rows of a hand-out; every household in it is logged as taken out."""
    told = list(households.handed_out(made.file, rows, viewer))
    if not answered:
        for household in told:
            household.answer = household.note = ""
    log_access(
        viewer=viewer, action=AccessAction.EXPORT, kind="tenancy", object_ids=[str(each.pk) for each in told],
        reason=bond(viewer), detail=f"hand-out {made.pk} xlsx",
    )  # fmt: skip
    book = exports.workbook(told, exports.handed_columns(), made_on=made.on)
    name = f"utlevert-liste-{made.pk}-{made.on}.xlsx"
    return HttpResponse(book, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@opens(Door.HAND_OUT)
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the office again."""
    user = signed_in(request)
    made = get_object_or_404(queries.handed_by(user.viewer), pk=pk)
    if actions.chase(hand_out_id=pk, actor=user, today=timezone.localdate()):
        messages.success(request, _("%(team)s is asked again, and sees so on its page.") % {"team": made.team})
    return redirect("cases:hand_outs")
