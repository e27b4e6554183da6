"""Pages of the room: one's own access, and for the administrator users and teams."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language
from django_tables2 import RequestConfig

from bofast.access import actions, queries
from bofast.access.acting import SESSION_KEY
from bofast.access.doors import opens
from bofast.access.forms import RoleForm, TeamForm, UserForm
from bofast.access.models import Assignment, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.tables import TeamTable, UserTable
from bofast.access.words import parts

language = login_not_required(set_language)


def signed_in(request: HttpRequest) -> User:
    """The person who is signed in. Refuses an anonymous request, should one ever pass the middleware."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def front_page(viewer: Viewer) -> str:
    """Where a person begins: the worklist, or what there is for those who see no cases."""
    if viewer.opens(Door.WORKLIST):
        return reverse("cases:worklist")
    if viewer.opens(Door.USERS):
        return reverse("access:users")
    if viewer.opens(Door.ACCESS_LOG):
        return reverse("reports:access_log")
    return reverse("reports:statistics" if viewer.opens(Door.STATISTICS) else "access:me")


@require_GET
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, otherwise 503. Says nothing else."""
    answers = queries.database_answers()
    return HttpResponse("ok\n" if answers else "database\n", status=200 if answers else 503, content_type="text/plain")


@require_GET
@opens(Door.OWN)
def me(request: HttpRequest) -> HttpResponse:
    """Who one is here, what one may see, and which other role one may act in."""
    user = signed_in(request)
    who = ((_("Name"), str(user)), (_("Username"), user.username), (_("Acting as"), user.acting))
    others = [seat for seat in user.seats if seat != user.acting]
    return render(request, "access/me.html", {"who": who, "parts": parts(user.viewer.parts), "others": others})


@require_POST
@opens(Door.OWN)
def act_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Act in another of one's own roles from now on, in this session."""
    user = signed_in(request)
    seat = next((seat for seat in user.seats if seat.pk == pk), None)
    if seat is None:
        raise Http404
    request.session[SESSION_KEY] = seat.pk
    messages.success(request, _("You now act as: %(role)s.") % {"role": seat})
    return redirect("access:me")


@require_GET
@opens(Door.USERS)
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in."""
    table = RequestConfig(request).configure(UserTable(queries.users()))
    return render(request, "access/users.html", {"table": table})


@opens(Door.USERS)
def user_new(request: HttpRequest) -> HttpResponse:
    """Create a user; what the person is to be here is said next."""
    return _user_page(request, User(), _("New user"))


@opens(Door.USERS)
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a user, and see and end the person's roles."""
    user = get_object_or_404(User, pk=pk)
    return _user_page(request, user, str(user))


def _user_page(request: HttpRequest, user: User, heading: str) -> HttpResponse:
    by, new = signed_in(request), user.pk is None
    form = UserForm(request.POST or None, instance=user, by=by)
    if form.is_valid():
        saved = actions.save_user(user=form.save(commit=False), password=form.cleaned_data["password"], by=by.viewer)
        if saved == request.user:
            update_session_auth_hash(request, saved)
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect("access:role_new", pk=saved.pk) if new else redirect("access:users")
    template = "access/form.html" if new else "access/user.html"
    return form_page(request, form, heading, back=reverse("access:users"), template=template, person=user)


@opens(Door.USERS)
def role_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a user one more role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, user=user, by=signed_in(request))
    if form.is_valid():
        given = actions.give_role(assignment=form.save(commit=False), by=signed_in(request).viewer)
        messages.success(request, _("%(name)s is now: %(role)s.") % {"name": user, "role": given})
        return redirect("access:user_edit", pk=pk)
    heading = _("New role for %(name)s") % {"name": user}
    return form_page(request, form, heading, back=reverse("access:user_edit", args=[pk]))


@require_POST
@opens(Door.USERS)
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role; nobody ends the one they administer users in."""
    by = signed_in(request)
    seat = get_object_or_404(Assignment, pk=pk, ended_on__isnull=True)
    if seat == by.acting:
        messages.warning(request, _("You cannot take this away from yourself. Ask another administrator."))
    else:
        actions.end_role(assignment_id=pk, on=timezone.localdate(), by=by.viewer)
        messages.success(request, _("The role is ended. What was done in it stays."))
    return redirect("access:user_edit", pk=seat.user_id)


@require_GET
@opens(Door.USERS)
def teams(request: HttpRequest) -> HttpResponse:
    """All teams."""
    table = RequestConfig(request).configure(TeamTable(queries.teams()))
    return render(request, "access/teams.html", {"table": table})


@opens(Door.USERS)
def team_new(request: HttpRequest) -> HttpResponse:
    """Create a team."""
    form = TeamForm(request.POST or None)
    if form.is_valid():
        team = actions.create_team(team=form.save(commit=False), by=signed_in(request).viewer)
        messages.success(request, _("%(name)s is saved.") % {"name": team})
        return redirect("access:teams")
    return form_page(request, form, _("New team"), back=reverse("access:teams"))


def form_page(
    request: HttpRequest, form: BaseForm, heading: str, *, back: str, template: str = "access/form.html", **more: object
) -> HttpResponse:
    """The page of one form, `more` beside it; status 422 when something in the form is wrong."""
    context = {"form": form, "heading": heading, "save": _("Save"), "back": back, **more}
    return render(request, template, context, status=422 if form.errors else 200)
