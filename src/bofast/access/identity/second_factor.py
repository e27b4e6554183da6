"""The second factor: where it is demanded nobody goes on without; who has lost theirs asks the administrator."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch

from bofast.access.actions import administered
from bofast.access.identity.notes import Happened, note_sign_in
from bofast.access.models import User
from bofast.access.need_to_know import Viewer

STRONG_OUTSIDE = "strong_outside"
"""Session key: the municipality's own sign-in has seen to a second factor."""

OPEN_WITHOUT = frozenset({"sign_out", "language", "password", "health", "account_reauthenticate"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user: User) -> bool:
    """Whether the user has an app or a passkey. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def factors_of(user: User) -> dict[str, int]:
    """How many of each the user has: `app`, `passkeys`, and `outside`, the tie to the municipality's sign-in."""
    types = list(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return {
        "app": types.count(Authenticator.Type.TOTP),
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "outside": SocialAccount.objects.filter(user_id=user.pk).count(),
    }


def lacks_factor(request: HttpRequest) -> bool:
    """Whether a second factor is demanded of who is signed in, and not there."""
    user = request.user
    if not settings.REQUIRE_SECOND_FACTOR or not isinstance(user, User) or request.session.get(STRONG_OUTSIDE):
        return False
    return not has_factor(user)


@transaction.atomic
def take_away_factors(*, user: User, by: Viewer) -> None:
    """Remove a person's lost app, passkeys and codes, and the tie to the municipality's sign-in: all begins anew."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    SocialAccount.objects.filter(user_id=user.pk).delete()
    administered(by, "user", user.pk, "second factors taken away")
    note_sign_in(Happened.FACTORS_TAKEN, user_id=user.pk)


class SecondFactorDemanded:
    """Middleware: leads who must have a second factor and has none to where it is set up, before any other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: the page asked for is not known yet."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Lead away from the page, or let it be opened."""
        if _open_without(request.resolver_match) or not lacks_factor(request):
            return None
        return redirect("mfa_index")


def _open_without(match: ResolverMatch | None) -> bool:
    name = match.url_name or "" if match else ""
    return name in OPEN_WITHOUT or name.startswith("mfa_")
