"""Which of allauth's pages can be reached: those we have made ours, and no other."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.exceptions import Resolver404

from bofast.access.identity.urls import urlpatterns as ours
from bofast.access.need_to_know import Door
from bofast.access.tests.cast import Cast

UNWANTED = (
    "signup",
    "email",
    "confirm",
    "connections",
    "password_reset",
    "password/reset",
    "password_set",
    "phone",
    "login_code",
    "inactive",
    "trust",
)
REAUTHENTICATION = {"me/confirm/", "me/confirm/code/", "me/confirm/passkey/"}
OPEN_TO_ANYBODY = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "outside",
    "openid_connect_callback",
}


def walked(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        address = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from walked(part, address)
        else:
            yield address, part


def test_no_page_for_e_mail_signing_up_or_connections_has_an_address() -> None:
    found = [
        address
        for address, pattern in walked(get_resolver())
        if address not in REAUTHENTICATION
        and any(word in f"{address} {pattern.name} {pattern.lookup_str}".lower() for word in UNWANTED)
    ]
    assert found == []


def test_every_page_of_allauth_that_has_an_address_is_in_our_one_list() -> None:
    mine = {id(pattern) for pattern in ours}
    foreign = [
        address
        for address, pattern in walked(get_resolver())
        if pattern.lookup_str.startswith("allauth.") and id(pattern) not in mine
    ]
    assert foreign == []
    assert any(pattern.lookup_str.startswith("allauth.") for _, pattern in walked(get_resolver()))


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/3rdparty/",
        "/signup/",
        "/email/",
        "/oidc/municipality/login/",
        "/2fa/",
    ],
)
def test_allauths_own_addresses_are_not_found(client: Client, cast: Cast, path: str) -> None:
    client.force_login(cast.kari)
    assert client.get(path).status_code == 404
    with pytest.raises(Resolver404):
        get_resolver().resolve(path)


@pytest.mark.parametrize("pattern", ours, ids=lambda pattern: str(pattern.name))
def test_without_signing_in_only_the_pages_for_signing_in_open(client: Client, db: None, pattern: URLPattern) -> None:
    open_to_anybody = not getattr(pattern.callback, "login_required", True)
    assert open_to_anybody == (pattern.name in OPEN_TO_ANYBODY)
    if not open_to_anybody:
        path = "/" + str(pattern.pattern).replace("<int:pk>", "1")
        assert client.get(path)["Location"].startswith("/sign-in/?next=")


def test_every_page_of_ones_own_stands_behind_that_door() -> None:
    password = get_resolver().resolve("/me/password/").func
    behind = [pattern.callback for pattern in ours if pattern.name not in OPEN_TO_ANYBODY] + [password]
    assert {getattr(callback, "door", None) for callback in behind} == {Door.OWN}
