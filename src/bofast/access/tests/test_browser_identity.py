"""Signing in with everything a browser can bring: passkeys with a real ceremony, the app, no JavaScript, a phone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from bofast.access.tests.cast import PASSWORD, gather
from bofast.access.tests.municipality import Municipality
from bofast.access.tests.second_factors import code
from bofast.access.tests.test_oidc import there

__all__ = ["there"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 375, "height": 800}, {"width": 1440, "height": 900}


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Nothing may be refused by the content security policy, and no script may fail."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


@pytest.fixture
def key(page: Page, context: BrowserContext, complaints: list[str]) -> Any:
    """An authenticator in the browser that always says yes; `key(False)` makes it say no."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda yes: session.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": yes})


def go(page: Page, server: LiveServer, path: str) -> None:
    page.goto(server.url + path)


def by_password(page: Page, server: LiveServer, name: str = "kari") -> None:
    go(page, server, "/sign-in/")
    page.get_by_label("Brukernavn").fill(name)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))


def sign_out(page: Page) -> None:
    if page.locator("[popovertarget]").is_visible():  # a phone
        page.locator("[popovertarget]").click()
    page.get_by_role("button", name="Logg ut").click()
    page.wait_for_url("**/sign-in/")


def add_passkey(page: Page, server: LiveServer, *, alone: bool) -> None:
    go(page, server, "/me/security/passkeys/new/")
    page.get_by_label("Navn på tilgangsnøkkelen").fill("Blå nøkkel")
    if alone:
        page.get_by_label("uten passord").check()
    page.get_by_role("button", name="Legg til en tilgangsnøkkel").click()
    page.wait_for_url("**/me/security/codes/")


def test_a_passkey_signs_in_alone_is_renamed_and_removed(page: Page, live_server: LiveServer, key: Any) -> None:
    gather()
    by_password(page, live_server)
    add_passkey(page, live_server, alone=True)
    sign_out(page)
    page.get_by_role("button", name="Bruk en tilgangsnøkkel").click()
    page.wait_for_url(f"{live_server.url}/")

    go(page, live_server, "/me/security/passkeys/")
    page.get_by_role("link", name="Gi nytt navn Blå nøkkel").click()
    page.get_by_label("Navn på tilgangsnøkkelen").fill("Jobbtelefon")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("rowheader", name="Jobbtelefon").wait_for()
    page.get_by_role("link", name="Fjern Jobbtelefon").click()
    page.get_by_role("button", name="Fjern tilgangsnøkkelen").click()
    page.get_by_text("Du har ingen tilgangsnøkkel.").wait_for()
    sign_out(page)
    by_password(page, live_server)
    assert page.url == f"{live_server.url}/"


def test_a_passkey_is_a_second_factor_after_the_password(page: Page, live_server: LiveServer, key: Any) -> None:
    gather()
    by_password(page, live_server)
    add_passkey(page, live_server, alone=False)
    sign_out(page)
    by_password(page, live_server)
    assert page.url.endswith("/sign-in/code/")
    page.get_by_role("button", name="Bruk en tilgangsnøkkel").click()
    page.wait_for_url(f"{live_server.url}/")


def test_a_passkey_shows_later_in_the_day_that_it_is_still_the_same_person(
    page: Page, live_server: LiveServer, key: Any, settings: Any
) -> None:
    gather()
    by_password(page, live_server)
    add_passkey(page, live_server, alone=False)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    go(page, live_server, "/me/security/codes/new/")
    assert "/me/confirm/" in page.url
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_role("link", name="Bruk en tilgangsnøkkel").click()
    page.get_by_role("button", name="Bruk en tilgangsnøkkel").click()
    page.wait_for_url("**/me/security/codes/new/")


def test_who_changes_their_mind_is_told_calmly_and_can_take_another_way(
    page: Page, live_server: LiveServer, key: Any, axe: Callable[[Page], None]
) -> None:
    gather()
    by_password(page, live_server)
    add_passkey(page, live_server, alone=True)
    sign_out(page)
    key(False)
    page.get_by_role("button", name="Bruk en tilgangsnøkkel").click()
    page.get_by_text("Tilgangsnøkkelen ble ikke brukt.").wait_for()
    axe(page)


def test_the_passkey_of_somebody_made_inactive_opens_nothing(page: Page, live_server: LiveServer, key: Any) -> None:
    cast = gather()
    by_password(page, live_server)
    add_passkey(page, live_server, alone=True)
    sign_out(page)
    cast.kari.is_active = False
    cast.kari.save()
    page.get_by_role("button", name="Bruk en tilgangsnøkkel").click()
    page.get_by_text("Du kunne ikke logges inn.").wait_for()
    go(page, live_server, "/me/")
    assert "/sign-in/" in page.url


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_identity_is_accessible_and_keeps_within_the_screen(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], key: Any, there: Municipality, size: Any
) -> None:
    cast = gather()

    def look() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    page.set_viewport_size(size)
    go(page, live_server, "/sign-in/")
    look()
    by_password(page, live_server)
    go(page, live_server, "/me/security/")
    look()
    go(page, live_server, "/me/security/app/new/")
    look()
    page.get_by_label("Kode fra appen").fill("000000")
    page.get_by_role("button", name="Sett opp appen").click()
    page.get_by_role("alert").wait_for()
    look()
    shown = page.locator("code.key").inner_text()
    page.get_by_label("Kode fra appen").fill(code(shown))
    page.get_by_role("button", name="Sett opp appen").click()
    page.wait_for_url("**/codes/")
    look()
    go(page, live_server, "/me/security/passkeys/")
    look()
    go(page, live_server, "/me/security/passkeys/new/")
    look()
    page.get_by_role("button", name="Legg til en tilgangsnøkkel").click()
    page.wait_for_url("**/me/security/")
    for path in ("", "passkeys/", "codes/", "codes/new/", "app/remove/"):
        go(page, live_server, f"/me/security/{path}")
        look()
    for path in ("", "code/", "passkey/"):
        go(page, live_server, f"/me/confirm/{path}")
        look()
    go(page, live_server, "/me/security/passkeys/")
    for name in ("Gi nytt navn", "Fjern"):
        page.get_by_role("link", name=re.compile(f"^{name}")).click()
        look()
        page.go_back()
    sign_out(page)
    by_password(page, live_server)
    look()
    page.get_by_role("button", name="Avbryt").click()
    page.wait_for_url("**/sign-in/")
    go(page, live_server, "/sign-in/municipality/back/?error=access_denied")
    look()
    by_password(page, live_server, "astrid")
    go(page, live_server, f"/users/{cast.kari.pk}/factors/")
    look()


def test_the_policy_lets_the_browser_go_to_the_municipality_and_come_back(
    page: Page, live_server: LiveServer, there: Municipality, complaints: list[str]
) -> None:
    gather()
    go(page, live_server, "/me/")
    page.get_by_role("button", name="Logg inn med Prøve kommune").click()
    page.wait_for_url(f"{live_server.url}/me/")
    assert "Kari Nordmann" in page.get_by_role("main").inner_text()
    assert len(there.exchanged) == 1


def test_signing_in_works_without_javascript(browser: Any, live_server: LiveServer, there: Municipality) -> None:
    gather()
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    by_password(page, live_server)
    go(page, live_server, "/me/security/app/new/")
    shown = page.locator("code.key").inner_text()
    page.get_by_label("Kode fra appen").fill(code(shown))
    page.get_by_role("button", name="Sett opp appen").click()
    codes = page.locator("li code").all_inner_texts()
    go(page, live_server, "/me/security/passkeys/new/")
    assert page.get_by_text("Tilgangsnøkler krever JavaScript").is_visible()
    assert not page.get_by_role("button", name="Legg til en tilgangsnøkkel").is_visible()
    sign_out(page)
    assert not page.get_by_role("button", name="tilgangsnøkkel").is_visible()
    by_password(page, live_server)
    page.get_by_label("Kode").fill(codes[0])
    page.get_by_role("main").get_by_role("button", name="Logg inn", exact=True).click()
    assert page.url == f"{live_server.url}/"
    sign_out(page)
    page.get_by_role("button", name="Logg inn med Prøve kommune").click()
    page.wait_for_url(f"{live_server.url}/")
