"""A person's rights to their own data: extract, correction, restriction, erasing; and what is erased by time."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bofast.access.actions import log_access, prove
from bofast.access.doors import opens
from bofast.access.models import AccessAction, AccessReason, Proof, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.arrears.models import Resident, Shield, Tenancy
from bofast.arrears.shielding import hides_address
from bofast.cases.actions import erasing
from bofast.cases.actions.expiry import expire
from bofast.cases.forms.privacy import CorrectForm, EraseForm, FindForm
from bofast.cases.models import Case
from bofast.cases.queries import expiry, extract
from bofast.cases.queries.privacy import found_by, proofs_of, standing, within_reach
from bofast.domain.findings import Part

KIND = erasing.KIND


@opens(Door.PRIVACY)
def find(request: HttpRequest) -> HttpResponse:
    """Whose data it is about, and what is erased by time."""
    form = FindForm(request.POST or None)
    if form.is_valid():
        tenancy = found_by(form.cleaned_data["number"], signed_in(request).viewer)
        if tenancy:
            return redirect("cases:privacy", tenancy.pk)
        form.add_error("number", _("Nothing is held under that number. Check it against the lease or the letter."))
    due = expiry.due(timezone.localdate())
    context = {"form": form, "due": due, "can_erase": any(each.number for each in due)}
    return render(request, "cases/privacy/find.html", context, status=422 if form.errors else 200)


@require_GET
@opens(Door.PRIVACY)
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done for one household, and what has been done."""
    user = signed_in(request)
    tenancy = _tenancy(pk, user.viewer)
    _log(user.viewer, tenancy, AccessAction.LOOK)
    context = {
        "tenancy": tenancy,
        "erased": erasing.is_erased(tenancy),
        "restricted": tenancy.shields.filter(kind=Shield.Kind.RESTRICTED, ended_on__isnull=True).first(),
        "cases": Case.objects.filter(tenancy=tenancy),
        "proofs": proofs_of(tenancy),
    }
    return render(request, "cases/privacy/household.html", context)


def _tenancy(pk: int, viewer: Viewer) -> Tenancy:
    """The tenancy, or a page not found where the viewer may not know of it."""
    tenancy = get_object_or_404(Tenancy.objects.select_related("dwelling", "household"), pk=pk)
    if not within_reach(tenancy, viewer):
        raise Http404
    return tenancy


def _with_address(tenancy: Tenancy, viewer: Viewer) -> Tenancy:
    """The tenancy; refused to who is not named where its address is protected, since the page tells of it."""
    if hides_address(tenancy.pk, viewer):
        raise PermissionDenied(_("The address is protected. Only those named for the household may do this."))
    return tenancy


def _log(viewer: Viewer, tenancy: Tenancy, action: AccessAction) -> None:
    log_access(viewer=viewer, action=action, kind=KIND, object_ids=[str(tenancy.pk)], reason=AccessReason.DUTY)


@require_POST
@opens(Door.PRIVACY)
def hand_extract(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held and the leader sees of the household, to be handed to the person; proof of it is kept."""
    user = signed_in(request)
    tenancy = _with_address(_tenancy(pk, user.viewer), user.viewer)
    _log(user.viewer, tenancy, AccessAction.EXPORT)
    viewer = standing(tenancy, user.viewer)
    chapters = extract.chapters(tenancy, viewer)
    prove(
        by=user.viewer, verb=Proof.Verb.EXTRACTED, ground=Proof.Ground.REQUEST, kind=KIND, object_id=str(pk),
        counts={"chapters": len(chapters), "rows": sum(len(chapter.rows) for chapter in chapters)},
    )  # fmt: skip
    whole = viewer.sees(Part.AID) and viewer.sees(Part.HELP)
    context = {"chapters": chapters, "today": timezone.localdate(), "whole": whole}
    return render(request, "cases/privacy/extract.html", context)


@opens(Door.PRIVACY)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is wrong about the main tenant."""
    user = signed_in(request)
    tenancy = _with_address(_tenancy(pk, user.viewer), user.viewer)
    resident = get_object_or_404(Resident, tenancy=tenancy, role=Resident.Role.MAIN)
    form = CorrectForm(request.POST or None, resident=resident)
    if form.is_valid():
        if form.changes:
            erasing.correct(tenancy_id=pk, changes=form.changes, actor=user, today=timezone.localdate())
        messages.success(request, _("It is put right, and does not come back with the next list."))
        return redirect("cases:privacy", pk)
    _log(user.viewer, tenancy, AccessAction.LOOK)
    return _form_page(request, tenancy, form, _("Put right"), _("Put right what is wrong"))


@require_POST
@opens(Door.PRIVACY)
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop or allow again all use but keeping."""
    user, today = signed_in(request), timezone.localdate()
    tenancy = _tenancy(pk, user.viewer)
    if request.POST.get("lift"):
        erasing.release(tenancy_id=tenancy.pk, actor=user, today=today)
        messages.success(request, _("The restriction is lifted. Those who have the case see it again."))
    else:
        erasing.restrict(tenancy_id=tenancy.pk, actor=user, today=today)
        messages.success(request, _("Use is restricted. Nobody but you sees the household until you lift it."))
    return redirect("cases:privacy", pk)


@opens(Door.PRIVACY)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase who the household was; what stands in the way is said in full."""
    user = signed_in(request)
    tenancy = _tenancy(pk, user.viewer)
    form = EraseForm(request.POST or None)
    barred = _erased(tenancy, form, user) if form.is_valid() else None
    if barred is not None and not barred:
        messages.success(request, _("The household is erased. What remains is numbers nobody can be found by."))
        return redirect("cases:privacy", pk)
    return _form_page(request, tenancy, form, _("Erase for good"), _("Erase the household"), barred or ())


def _erased(tenancy: Tenancy, form: EraseForm, user: User) -> Any:
    return erasing.erase(
        tenancy_id=tenancy.pk,
        ground=Proof.Ground(form.cleaned_data["ground"]),
        archivist_decided=form.cleaned_data["archivist_decided"],
        by=user.viewer,
    )


def _form_page(
    request: HttpRequest, tenancy: Tenancy, form: Any, save: str, heading: str, obstacles: Any = ()
) -> HttpResponse:
    context = {"tenancy": tenancy, "form": form, "save": save, "heading": heading, "obstacles": obstacles}
    return render(request, "cases/privacy/form.html", context, status=422 if form.errors or obstacles else 200)


@require_POST
@opens(Door.PRIVACY)
def run_expiry(request: HttpRequest) -> HttpResponse:
    """Erase what has been kept as long as the municipality has decided."""
    done = expire(on=timezone.localdate(), by=signed_in(request).viewer)
    erased = sum(sum(counts.values()) for counts in done.values())
    messages.success(request, _("%(n)s records whose time was up are erased.") % {"n": erased})
    return redirect("cases:privacy_find")
