"""Pages of identity that are not allauth's as they stand: sign-in, sign-out, password, the administrator's help."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.core.internal.ratelimit import decorator as rate_limit
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bofast.access.doors import opens
from bofast.access.identity.second_factor import factors_of, lacks_factor, take_away_factors
from bofast.access.models import User
from bofast.access.need_to_know import Door
from bofast.access.views import signed_in


class SignIn(account.LoginView):  # type: ignore[misc]
    """Sign in with username and password, with a passkey, or at the municipality if it is set up."""

    template_name = "access/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What allauth gives, and the name of the municipality's own sign-in."""
        return {**super().get_context_data(**kwargs), "municipality": settings.OIDC_ISSUER and settings.OIDC_NAME}


class SignOut(account.LogoutView):  # type: ignore[misc]
    """Sign out, or leave the page that asks for the second factor. A button, never a link."""

    http_method_names = ["post"]


@method_decorator(opens(Door.OWN), name="dispatch")  # type: ignore[arg-type]
@method_decorator(rate_limit(app="allauth.account", action="change_password"), name="dispatch")
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
        """Change it, stay signed in here and nowhere else, and say so."""
        finalize_password_change(self.request, form.save())
        messages.success(self.request, _("Your password is changed."))
        return HttpResponseRedirect(str(self.success_url))


class Security(mfa.IndexView):  # type: ignore[misc]
    """What one signs in with besides the password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What allauth gives, and whether the person must set something up before going on."""
        return {**super().get_context_data(**kwargs), "demanded": lacks_factor(self.request)}


@opens(Door.USERS)
def user_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """What a user signs in with besides the password, and the help for who has lost it."""
    user = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        take_away_factors(user=user, by=signed_in(request).viewer)
        messages.success(request, _("%(name)s has no second step now, and sets up a new one.") % {"name": user})
        return redirect("access:user_edit", pk=pk)
    return render(request, "access/user_factors.html", {"person": user, "factors": factors_of(user)})
