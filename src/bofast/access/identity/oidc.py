"""Signing in at the municipality (OpenID Connect): PKCE, state and nonce, and only for whom the administrator knows.

The first time somebody is known by their verified e-mail, if exactly one active user has it; from then on by the
provider's stable subject alone, so that an address passed on to a colleague opens nothing. Of the provider's claims
nothing is kept but a fingerprint of issuer and subject, and how strong the sign-in was.
"""

import secrets
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from requests import RequestException

from bofast.access.identity.notes import Happened, note_sign_in
from bofast.access.models import User

PROVIDER_ID = "municipality"
STRENGTH = ("acr", "amr")


class NotAdmittedError(Exception):
    """The person has proved who they are, and there is no user for them."""


class MunicipalityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider of the settings. Nothing in the address of a request changes what it is asked for."""

    def redirect(self, request: HttpRequest, *_args: Any, next_url: str | None = None, **_kwargs: Any) -> HttpResponse:
        """Send the browser to the provider, with a nonce that its answer must carry."""
        nonce = secrets.token_urlsafe()
        asked = {**self.get_auth_params(), "nonce": nonce}
        known = {"auth_params": asked, "scope": self.get_scope(), "nonce": nonce}
        response: HttpResponse = super().redirect(request, AuthProcess.LOGIN, next_url, **known)
        return response

    def extract_uid(self, data: dict[str, Any]) -> str:
        """A fingerprint of issuer and subject. Raises ProviderException when the answers are about two people."""
        proof = data.get("id_token", {})
        if not proof.get("sub") or data.get("userinfo", proof).get("sub") != proof["sub"]:
            raise ProviderException("No id_token, or userinfo about another subject")
        return sha256(f"{proof['iss']} {proof['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept: how strong the sign-in was, and the nonce, which is of no use afterwards."""
        return {key: data["id_token"][key] for key in ("nonce", *STRENGTH) if key in data["id_token"]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 (allauth's signature)
        """Nothing: users are made by the administrator."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """The address, if the provider says outright that it is verified."""
        claims = data["userinfo"] if data.get("userinfo", {}).get("email") else data["id_token"]
        verified = claims.get("email_verified") is True
        return [EmailAddress(email=claims["email"], verified=True)] if verified and claims.get("email") else []


def admit(login: Any) -> User:
    """The user who signs in. Raises NotAdmittedError when the administrator has made none for this person."""
    nonce = login.state.get("nonce")
    if not nonce or nonce != login.account.extra_data.get("nonce"):
        raise NotAdmittedError
    user = login.user if login.is_existing else _by_address(login)
    if not user.is_active:
        raise NotAdmittedError
    return user


def tie(login: Any, user: User) -> None:
    """From now on the person is known by the provider's subject."""
    login.user = login.account.user = user
    login.account.save()


def _by_address(login: Any) -> User:
    addresses = [address.email for address in login.email_addresses if address.verified]
    found = list(User.objects.filter(email__iexact=addresses[0], is_active=True)[:2]) if addresses else []
    if len(found) != 1 or SocialAccount.objects.filter(user=found[0]).exists():
        raise NotAdmittedError
    return found[0]


def is_strong(signal_kwargs: dict[str, Any] | None) -> bool:
    """Whether the sign-in came from the municipality with a second factor seen to there, by acr or amr as set."""
    login = (signal_kwargs or {}).get("sociallogin")
    if not isinstance(login, SocialLogin):
        return False
    said = login.account.extra_data
    methods = said.get("amr", [])
    values = [said.get("acr"), *(methods if isinstance(methods, list) else [methods])]
    return not settings.OIDC_STRONG or any(value in settings.OIDC_STRONG for value in values)


def refused(request: HttpRequest) -> HttpResponse:
    """One page for every refusal: nothing in it tells why, or who has a user here."""
    return render(request, "socialaccount/authentication_error.html", {"municipality": settings.OIDC_NAME}, status=403)


@require_POST
@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the provider by a page of our own: the policy lets no form lead to another host, by redirect neither."""
    try:
        response = _provider(request).redirect_from_request(request)
    except (RequestException, KeyError):
        note_sign_in(Happened.OUTSIDE_FAILED)
        return refused(request)
    context = {"address": response["Location"], "municipality": settings.OIDC_NAME}
    return render(request, "socialaccount/login.html", context)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The person comes back from the provider. allauth knows this address by the provider's id: we have one."""
    _provider(request)
    adapter = OpenIDConnectOAuth2Adapter(request, provider_id)
    response: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    return response


def _provider(request: HttpRequest) -> Any:
    if not settings.OIDC_ISSUER:
        raise Http404
    return OpenIDConnectOAuth2Adapter(request, PROVIDER_ID).get_provider()
