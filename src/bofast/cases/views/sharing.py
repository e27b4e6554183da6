"""Share a case with another agency, and the box that says who gets to see what."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bofast.access.doors import opens
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.cases import words
from bofast.cases.actions import sharing
from bofast.cases.forms.sharing import ShareForm
from bofast.cases.models import Sharing
from bofast.cases.queries import reach
from bofast.cases.queries import sharing as queries
from bofast.cases.views.verbs import case_to, finished, form_page
from bofast.domain.findings import Outcome
from bofast.domain.sharing import Ruling


@opens(Door.CASE)
def share(request: HttpRequest, number: str) -> HttpResponse:
    """Choose whom and what; see what the rules say; then share, or see every reason why not."""
    user, today = signed_in(request), timezone.localdate()
    case = case_to("share", number, user)
    viewer = reach.before(case, user.viewer)
    form = ShareForm(request.POST or None, case=case, user=user, today=today, viewer=viewer)
    title = str(words.VERBS["share"])
    if not form.is_valid():
        return form_page(request, case, form, title, template="cases/share.html")
    ruling = queries.ruled(case, form.wish(), user.viewer, today).ruling
    asked = form.confirmed and not sharing.share(
        case_id=case.pk, wish=form.wish(), actor=user, today=today, despite=form.cleaned_data["despite"]
    )
    if asked:
        return finished(request, case, user, _("The case is shared."))
    return form_page(request, case, form, title, template="cases/share.html", **_said(ruling, form, viewer))


def _said(ruling: Ruling, form: ShareForm, viewer: Viewer) -> dict[str, Any]:
    """The ruling as the sharer may know it."""
    grounds = queries.shown_grounds(ruling.findings, viewer) if ruling.outcome is Outcome.YES else list(ruling.findings)
    refused = () if ruling.outcome is Outcome.YES else ruling.findings
    return {"outcome": ruling.outcome.value, "grounds": grounds, "choice": form.choice, "obstacles": refused}


@require_POST
@opens(Door.CASE)
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Stop sharing."""
    user = signed_in(request)
    case = case_to("end_sharing", number, user)
    found = get_object_or_404(queries.standing(case), pk=pk)
    try:
        sharing.end(sharing_id=found.pk, actor=user, today=timezone.localdate())
    except Sharing.DoesNotExist as ended_meanwhile:
        raise Http404 from ended_meanwhile
    return finished(request, case, user, _("The case is not shared with them any more."))
