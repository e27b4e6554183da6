"""Where allauth asks us: three adapters, each with no more than what differs here."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bofast.access.identity import oidc
from bofast.access.identity.notes import Happened, note_sign_in
from bofast.access.identity.second_factor import STRONG_OUTSIDE
from bofast.access.models import User
from bofast.access.views import front_page

WRONG = _("Wrong username or password. Check that Caps Lock is off, and try again.")
TOO_MANY = _("Too many attempts. Wait five minutes, and try again.")
WRONG_CODE = _("The code is wrong or has been used already. Wait for a new one, and try again.")
NOTED = {
    "account/email/password_changed": Happened.PASSWORD_CHANGED,
    "mfa/email/totp_activated": Happened.FACTOR_ADDED,
    "mfa/email/totp_deactivated": Happened.FACTOR_REMOVED,
    "mfa/email/webauthn_added": Happened.FACTOR_ADDED,
    "mfa/email/webauthn_removed": Happened.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": Happened.CODES_MADE,
}
"""What allauth would write an e-mail about, and we write to the log."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in: users are made by the administrator only, and no e-mail is ever sent."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": _("The password is wrong. Check that Caps Lock is off, and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password a second factor, and nothing else."""
        return [f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page that is of use to the person."""
        return front_page(request.user.viewer) if isinstance(request.user, User) else settings.LOGIN_URL

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who these are, if anybody. Raises ValidationError after too many failures, whoever it was tried for."""
        try:
            found: User | None = super().authenticate(request, **credentials)
        except ValidationError:
            note_sign_in(Happened.TOO_MANY)
            raise
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002 (allauth's)
        """Noted without what was typed: people type their password into the wrong field."""
        note_sign_in(Happened.FAILED)

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session; Django gives it a new key."""
        super().login(request, user)
        request.session.begin()  # type: ignore[attr-defined]
        note_sign_in(Happened.SIGNED_IN, user_id=user.pk)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember whether the municipality saw to a second factor."""
        if oidc.is_strong(kwargs.get("signal_kwargs")):
            request.session[STRONG_OUTSIDE] = True
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The same words as for a wrong password: nobody learns that the user was there once."""
        clear_login(request)
        note_sign_in(Happened.SHUT_OUT, user_id=user.pk)
        messages.error(request, gettext("You could not be signed in. Ask the person who administers users."))
        return redirect(settings.LOGIN_URL)

    def send_notification_mail(self, template_prefix: str, user: User, *_args: Any, **_kwargs: Any) -> None:
        """A line in the log instead of an e-mail."""
        if template_prefix in NOTED:
            note_sign_in(NOTED[template_prefix], user_id=user.pk)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago need not do it again to set up a second factor."""
        fresh = self.request.session.age() < timedelta(seconds=app_settings.REAUTHENTICATION_TIMEOUT)
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """allauth's ways, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """allauth's stage, left out when the municipality has already seen to a second factor."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """A page to show first, if any, and whether to go on."""
        if oidc.is_strong(self.login.signal_kwargs):
            return None, True
        result: tuple[HttpResponse | None, bool] = super().handle()
        return result


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets lie encrypted in the database, under a key made from the secret key."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database. Raises InvalidToken when the secret key is another."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the app calls us."""
        return f"Bofast {settings.MUNICIPALITY}".strip()

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: ARG002 (allauth's signature)
        """What a new passkey is called until the person renames it."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom the browser shows as asking."""
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def _get_user_identifier(self, user: User) -> str:
        return user.username


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The municipality's own sign-in: admits those the administrator has made a user for, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Admit or refuse. A refusal is answered at once, with the one page there is for it."""
        try:
            user = oidc.admit(sociallogin)
        except oidc.NotAdmittedError:
            note_sign_in(Happened.OUTSIDE_REFUSED)
            raise ImmediateHttpResponse(oidc.refused(request)) from None
        if not sociallogin.is_existing:
            oidc.tie(sociallogin, user)
            note_sign_in(Happened.OUTSIDE_KNOWN, user_id=user.pk)

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Cancelled, wrong state, wrong answer: the same page as a refusal."""
        note_sign_in(Happened.OUTSIDE_FAILED)
        raise ImmediateHttpResponse(oidc.refused(request))


@cache
def _cipher(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"second factors " + secret.encode()).digest()))
