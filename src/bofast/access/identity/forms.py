"""allauth's forms in our words. Their rules, limits and checks are allauth's."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bofast.access.identity.notes import Happened, note_sign_in

NUMERIC = {"inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


class InOurWords:
    """Labels and hints by field name; no placeholders, which vanish when one begins to write."""

    labels: ClassVar[Mapping[str, Promise]] = {}
    hints: ClassVar[Mapping[str, Promise]] = {}
    extra: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.extra.get(name, {}))
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(InOurWords, LoginForm):  # type: ignore[misc]
    """Username and password; a refusal never tells which of them was wrong, nor whether the user exists."""

    labels = {"login": _("Username"), "password": _("Password")}
    extra = {"login": {"autocapitalize": "none", "spellcheck": "false"}}

    def add_prefix(self, field_name: str) -> str:
        """allauth's `login` is a `username` in the page: so browsers and password managers know it."""
        return str(super().add_prefix("username" if field_name == "login" else field_name))


class PasswordAgainForm(InOurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password once more before something that matters."""

    labels = {"password": _("Password")}


class CodeNoted(InOurWords, BaseAuthenticateForm):  # type: ignore[misc]
    """A code from the app, or one of the recovery codes. A wrong one is noted."""

    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from the app on your phone, or one of your recovery codes.")}
    extra = {"code": NUMERIC}

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        note_sign_in(Happened.CODE_FAILED, user_id=self.user.pk)
        super()._emit_authentication_failed(authenticator)


class CodeForm(CodeNoted, AuthenticateForm):  # type: ignore[misc]
    """The code when signing in."""


class CodeAgain(CodeNoted, CodeAgainForm):  # type: ignore[misc]
    """The code once more before something that matters."""


class AppForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app is set up."""

    labels = {"code": _("Code from the app")}
    hints = {"code": _("Six digits. A new code comes every half minute.")}
    extra = {"code": NUMERIC}


class NewPasskeyForm(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: a name, and whether it is to do without the password."""

    labels = {"name": _("Name of the passkey"), "passwordless": _("Sign in with this passkey alone, without password")}
    hints = {
        "name": _("So that you know it again, such as “Work phone” or “Blue key”."),
        "passwordless": _("The device must then ask for your finger, your face or a PIN."),
    }


class PasskeyNameForm(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels = {"name": _("Name of the passkey")}
