"""Pages of the room: signing in and out, one's own access, and for the administrator users and teams."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.i18n import set_language
from django_tables2 import RequestConfig

from bofast.access import actions, queries
from bofast.access.forms import SignInForm, TeamForm, UserForm
from bofast.access.models import User
from bofast.access.tables import TeamTable, UserTable
from bofast.domain.facts import Agency

language = login_not_required(set_language)


def signed_in(request: HttpRequest) -> User:
    """The person who is signed in. Refuses an anonymous request, should one ever pass the middleware."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def administrator_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse everybody but the administrator before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not signed_in(request).viewer.administrator:
            raise PermissionDenied(_("Only the person who administers users can open this page."))
        return view(request, *args, **kwargs)

    return guarded


class SignIn(LoginView):
    """Sign in, and go on to the first page that is of use to the person."""

    authentication_form = SignInForm
    template_name = "access/sign_in.html"

    def get_default_redirect_url(self) -> str:
        """The worklist for those who see cases, statistics for the steering group, users for the administrator."""
        viewer = signed_in(self.request).viewer
        if viewer.sees_cases:
            return str(super().get_default_redirect_url())
        if viewer.administrator:
            return reverse("access:users")
        return reverse("reports:statistics" if viewer.agency is Agency.STEERING else "access:me")


class ChangePassword(PasswordChangeView):
    """Change one's own password."""

    template_name = "access/form.html"
    success_url = reverse_lazy("access:me")
    extra_context = {
        "heading": gettext_lazy("Change password"),
        "save": gettext_lazy("Change password"),
        "back": reverse_lazy("access:me"),
    }

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, stay signed in, and say so."""
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


@require_GET
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, otherwise 503. Says nothing else."""
    answers = queries.database_answers()
    return HttpResponse("ok\n" if answers else "database\n", status=200 if answers else 503, content_type="text/plain")


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Who one is here and what one may see."""
    user = signed_in(request)
    who = (
        (_("Name"), str(user)),
        (_("Username"), user.username),
        (_("Agency"), user.get_agency_display()),
        (_("Team"), user.team),
    )
    return render(request, "access/me.html", {"who": who, "parts": queries.visible_parts(user.viewer)})


@require_GET
@administrator_only
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in."""
    table = RequestConfig(request).configure(UserTable(queries.users()))
    return render(request, "access/users.html", {"table": table})


@administrator_only
def user_new(request: HttpRequest) -> HttpResponse:
    """Create a user."""
    return _user_page(request, User(), _("New user"))


@administrator_only
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a user."""
    user = get_object_or_404(User, pk=pk)
    return _user_page(request, user, str(user))


def _user_page(request: HttpRequest, user: User, heading: str) -> HttpResponse:
    form = UserForm(request.POST or None, instance=user, by=signed_in(request))
    if form.is_valid():
        saved = actions.save_user(user=form.save(commit=False), password=form.cleaned_data["password"])
        if saved == request.user:
            update_session_auth_hash(request, saved)
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect("access:users")
    return _form_page(request, form, heading, back="access:users")


@require_GET
@administrator_only
def teams(request: HttpRequest) -> HttpResponse:
    """All teams."""
    table = RequestConfig(request).configure(TeamTable(queries.teams()))
    return render(request, "access/teams.html", {"table": table})


@administrator_only
def team_new(request: HttpRequest) -> HttpResponse:
    """Create a team."""
    form = TeamForm(request.POST or None)
    if form.is_valid():
        team = actions.create_team(team=form.save(commit=False))
        messages.success(request, _("%(name)s is saved.") % {"name": team})
        return redirect("access:teams")
    return _form_page(request, form, _("New team"), back="access:teams")


def _form_page(request: HttpRequest, form: UserForm | TeamForm, heading: str, *, back: str) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "heading": heading, "save": _("Save"), "back": reverse(back)}
    return render(request, "access/form.html", context, status=status)
