"""Addresses of identity, under the names allauth knows them by. allauth's other pages have none.

The names without a room are allauth's; `access:sign_in` and its like stand in `access/urls.py` for everybody else.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import authenticate
from allauth.mfa.base.views import reauthenticate as reauthenticate_by_code
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from bofast.access.doors import opens
from bofast.access.identity import oidc, views
from bofast.access.need_to_know import Door

own = opens(Door.OWN)
fixed = {"provider_id": oidc.PROVIDER_ID}

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/municipality/", oidc.leave, name="outside"),
    path("sign-in/municipality/back/", oidc.callback, name="openid_connect_callback", kwargs=fixed),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("me/confirm/", own(reauthenticate), name="account_reauthenticate"),
    path("me/confirm/code/", own(reauthenticate_by_code), name="mfa_reauthenticate"),
    path("me/confirm/passkey/", own(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("me/security/", own(views.Security.as_view()), name="mfa_index"),
    path("me/security/app/new/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("me/security/app/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/security/codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("me/security/codes/new/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("me/security/codes/file/", own(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("me/security/passkeys/", own(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("me/security/passkeys/new/", own(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("me/security/passkeys/<int:pk>/name/", own(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("me/security/passkeys/<int:pk>/remove/", own(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
