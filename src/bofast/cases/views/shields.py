"""Shielding: the leader's page, and the address that only the named see."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, AccessReason, User
from bofast.access.need_to_know import Door
from bofast.access.views import signed_in
from bofast.arrears.actions.shields import NobodyLeft, end_naming, name_person
from bofast.arrears.models import Named, Shield
from bofast.cases.actions.shields import lift_shield, shield_case
from bofast.cases.forms.shields import NameForm, ShieldForm
from bofast.cases.models import Case
from bofast.cases.queries import case_page
from bofast.cases.queries import shields as reads
from bofast.cases.queries.reach import before
from bofast.cases.views.case import allowed_case

NOBODY_LEFT = gettext_lazy(
    "Somebody who helps households must be named: somebody must always be able to work with the case."
)


@require_GET
@opens(Door.CASE)
def address(request: HttpRequest, number: str) -> HttpResponse:
    """Where a household with a protected address lives. Every look is logged."""
    user = signed_in(request)
    case = allowed_case(number, user)
    shielding = reads.shielding_of(case, before(case, user.viewer))
    if not shielding.protected:
        raise Http404
    if not shielding.sees_address:
        raise PermissionDenied(_("The address is protected. Ask %(who)s.") % {"who": shielding.ask or _("your leader")})
    log_access(
        viewer=user.viewer, action=AccessAction.LOOK, kind="case", object_ids=[number], reason=AccessReason.NAMED,
        detail="address",
    )  # fmt: skip
    return render(request, "cases/shields/address.html", {"case": case, "where": reads.whereabouts(case)})


@opens(Door.SHIELDS)
def shield(request: HttpRequest, number: str) -> HttpResponse:
    """What is shielded and who is named; by POST, a new shield."""
    user = signed_in(request)
    case = _case(number, user)
    kinds = reads.settable(case, user.viewer)
    people = reads.may_yet_be_named(case, user.viewer)
    form = ShieldForm(request.POST if request.method == "POST" else None, kinds=kinds, people=people)
    if form.is_valid() and _shielded(case, form, user):
        messages.success(request, _("The household is shielded."))
        return _back(case, user)
    return _page(request, case, user, form if kinds else None)


def _case(number: str, user: User) -> Case:
    """A case the leader may know of, with who lives there."""
    case = allowed_case(number, user)
    if not reads.shielding_of(case, before(case, user.viewer)).decides:
        raise Http404
    return case


def _shielded(case: Case, form: ShieldForm, user: User) -> bool:
    """Whether it could be done; if not, the form says why."""
    kind, named = Shield.Kind(form.cleaned_data["kind"]), list(form.cleaned_data["named"])
    try:
        shield_case(case_id=case.pk, kind=kind, named=named, actor=user, today=timezone.localdate())
    except NobodyLeft:
        form.add_error("named", str(NOBODY_LEFT))
        return False
    return True


def _page(request: HttpRequest, case: Case, user: User, form: ShieldForm | None) -> HttpResponse:
    shielding = reads.shielding_of(case, before(case, user.viewer))
    unnamed = reads.may_yet_be_named(case, user.viewer)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "shielding": shielding,
        "liftable": {standing.kind for standing in shielding.standing if reads.may_lift(standing, user.viewer)},
        "name_form": NameForm(None, people=unnamed) if shielding.standing else None,
    }
    return render(request, "cases/shields/shield.html", context, status=422 if form and form.errors else 200)


def _back(case: Case, user: User) -> HttpResponse:
    """To the shielding of the case; to the worklist when the case has gone out of the person's sight."""
    if case_page.case_of(case.number, user.viewer) is None:
        return redirect("cases:worklist")
    return redirect("cases:shield", number=case.number)


@require_POST
@opens(Door.SHIELDS)
def lift(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Lift one shield."""
    user = signed_in(request)
    case = _case(number, user)
    standing = get_object_or_404(Shield, tenancy=case.tenancy_id, kind=kind, ended_on__isnull=True)
    if not reads.may_lift(standing, user.viewer):
        raise PermissionDenied(_("This shield is lifted by those who set it."))
    lift_shield(case_id=case.pk, kind=Shield.Kind(kind), actor=user, today=timezone.localdate())
    messages.success(request, _("The shield is lifted."))
    return _back(case, user)


@require_POST
@opens(Door.SHIELDS)
def name(request: HttpRequest, number: str) -> HttpResponse:
    """Name one more person."""
    user = signed_in(request)
    case = _case(number, user)
    form = NameForm(request.POST, people=reads.may_yet_be_named(case, user.viewer))
    if reads.shielding_of(case, user.viewer).standing and form.is_valid():
        chosen = form.cleaned_data["user"]
        name_person(tenancy_id=case.tenancy_id, user=chosen, by=user, today=timezone.localdate())
        messages.success(request, _("%(who)s is named.") % {"who": chosen})
    return _back(case, user)


@require_POST
@opens(Door.SHIELDS)
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a naming away."""
    user = signed_in(request)
    case = _case(number, user)
    named = get_object_or_404(reads.named(case, user.viewer), pk=pk)
    try:
        end_naming(tenancy_id=case.tenancy_id, named_id=named.pk, by=user, today=timezone.localdate())
    except NobodyLeft:
        messages.error(request, str(NOBODY_LEFT))
    except Named.DoesNotExist as ended_meanwhile:
        raise Http404 from ended_meanwhile
    else:
        messages.success(request, _("%(who)s is no longer named.") % {"who": named.user})
    return _back(case, user)
