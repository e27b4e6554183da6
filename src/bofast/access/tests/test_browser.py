"""The room's pages in a real browser: nothing refused or fetched elsewhere, accessible, and fit for phone and desk."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from bofast.access.tests.cast import PASSWORD, gather

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (375, 800), (1440, 900)
PAGES = [
    ("kari", "/me/"),
    ("kari", "/me/password/"),
    ("kari", "/users/"),
    ("kari", "/finnes-ikke/"),
    ("astrid", "/users/"),
    ("astrid", "/users/new/"),
    ("astrid", "/teams/"),
    ("astrid", "/teams/new/"),
]


@pytest.fixture
def complaints(page: Page, live_server: Any) -> list[str]:
    """What the browser refuses by the content security policy, and what it asks another host for."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    own = (live_server.url, "data:")
    page.on("request", lambda asked: None if asked.url.startswith(own) else found.append(asked.url))
    return found


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Brukernavn").fill(name)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_is_accessible_and_keeps_within_the_screen(
    page: Page, live_server: Any, axe: Callable[[Page], None], complaints: list[str], size: tuple[int, int]
) -> None:
    gather()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{live_server.url}/sign-in/")
    axe(page)
    for name in ("kari", "astrid"):
        page.context.clear_cookies()
        sign_in(page, live_server.url, name)
        for _, address in (wanted for wanted in PAGES if wanted[0] == name):
            page.goto(live_server.url + address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert complaints == []


def test_a_refused_form_shows_its_faults_first_and_accessibly(
    page: Page, live_server: Any, axe: Callable[[Page], None], complaints: list[str]
) -> None:
    gather()
    sign_in(page, live_server.url, "astrid")
    page.goto(f"{live_server.url}/users/new/")
    page.get_by_role("button", name="Lagre").click()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    axe(page)
    page.get_by_role("link", name="Fornavn: Fyll ut dette feltet.").click()
    assert page.evaluate("document.activeElement.name") == "first_name"
    assert complaints == []


def test_sorting_fetches_the_table_only_and_keeps_the_place(
    page: Page, live_server: Any, complaints: list[str]
) -> None:
    gather()
    sign_in(page, live_server.url, "astrid")
    page.goto(f"{live_server.url}/users/")
    page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    page.get_by_role("link", name="Brukernavn").click()
    page.wait_for_url("**/users/?sort=username")
    page.get_by_role("columnheader", name="Brukernavn").and_(page.locator("[aria-sort=ascending]")).wait_for()
    assert page.locator("h1[data-same]").count() == 1
    assert page.evaluate("document.activeElement.id") == "sort-username"
    page.go_back()
    page.locator("[aria-sort]", has_text="Navn").first.wait_for()
    assert complaints == []


def test_everything_works_without_javascript(browser: Any, live_server: Any) -> None:
    gather()
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    sign_in(page, live_server.url, "astrid")
    page.get_by_role("link", name="Brukernavn").click()
    assert page.url.endswith("?sort=username")
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", name="Users").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/sign-in/")


def test_the_keys_move_in_a_worklist_only_and_never_while_somebody_types(page: Page, live_server: Any) -> None:
    gather()
    sign_in(page, live_server.url, "astrid")
    page.goto(f"{live_server.url}/users/")
    here = "document.activeElement.textContent"
    first, second = page.locator("tbody a").all_inner_texts()[:2]

    page.keyboard.press("j")
    assert page.evaluate(here) != first  # not a worklist

    page.evaluate("document.querySelector('.table').dataset.worklist = ''")
    page.keyboard.press("j")
    assert page.evaluate(here) == first
    page.keyboard.press("j")
    assert page.evaluate(here) == second
    page.keyboard.press("k")
    assert page.evaluate(here) == first

    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    page.locator("main input").focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.value") == "j"

    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/users/*/")


def test_on_a_phone_the_menu_is_one_button_that_the_keyboard_opens_and_closes(
    page: Page, live_server: Any, axe: Callable[[Page], None], complaints: list[str]
) -> None:
    gather()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    sign_in(page, live_server.url, "kari")
    page.goto(f"{live_server.url}/me/")
    places, button = page.get_by_role("navigation", name="Hovedmeny"), page.locator("[popovertarget]")
    assert page.evaluate("document.querySelector('.top').offsetHeight") < 80
    assert not places.is_visible()

    button.press("Enter")
    assert places.is_visible()
    assert page.locator(".panel-place").is_visible()
    axe(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "English"
    page.keyboard.press("Escape")
    assert not places.is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('popovertarget')")
    assert complaints == []


def test_on_a_desk_all_of_the_menu_stands_in_the_header(page: Page, live_server: Any) -> None:
    gather()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    sign_in(page, live_server.url, "kari")
    page.goto(f"{live_server.url}/me/")
    assert page.get_by_role("navigation", name="Hovedmeny").is_visible()
    assert page.get_by_role("button", name="Logg ut").is_visible()
    assert not page.locator("[popovertarget]").is_visible()


def test_the_menu_of_a_phone_needs_no_javascript(browser: Any, live_server: Any) -> None:
    gather()
    size = {"width": PHONE[0], "height": PHONE[1]}
    page = browser.new_context(java_script_enabled=False, locale="nb-NO", viewport=size).new_page()
    sign_in(page, live_server.url, "kari")
    page.locator("[popovertarget]").click()
    page.get_by_role("button", name="Logg ut").click()
    assert page.url.endswith("/sign-in/")
