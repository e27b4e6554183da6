"""The pages of the room in a real browser: accessible, movable by keyboard, and working without a mouse."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from bofast.access.tests.cast import PASSWORD, Cast, gather
from bofast.cases.models import Case, Sharing
from bofast.cases.tests.factories import FULL, TODAY, households, on_the_day, recorded
from bofast.domain.facts import DeedCode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Any], None]


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with on_the_day():
        yield gather()


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    found = households("K1", "K2", clause="")
    recorded(found[0], DeedCode.NOTICE, date(2026, 11, 2), by=cast.turid, content=FULL)
    recorded(found[0], DeedCode.CONTACT, date(2026, 11, 20), by=cast.kari, words="Snakket sammen")
    return found


def sign_in(page: Any, server: LiveServer, who: str) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def paths(case: Case) -> list[str]:
    home = f"/cases/{case.number}/"
    return [
        "/?whose=all", "/?whose=all&show=eviction", home, f"{home}step/", f"{home}step/?step=notice", f"{home}close/",
        f"{home}add_task/", f"{home}hand_over/", "/search/", "/rules/",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [375, 1440])
def test_a_case_shared_in_part_is_accessible_and_fits_the_screen(
    page: Any, live_server: LiveServer, cases: list[Case], axe: Check, width: int
) -> None:
    Sharing.objects.create(
        case=cases[0], sender="outreach", receiver="housing_benefit", parts=["money"], basis="consent", on=TODAY
    )
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, "hanne")
    for path in ("/", f"/cases/{cases[0].number}/"):
        page.goto(live_server.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_accessible_and_fits_the_screen(
    page: Any, live_server: LiveServer, cases: list[Case], axe: Check, width: int
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, "kari")
    for path in paths(cases[0]):
        page.goto(live_server.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert not said


def test_no_page_is_wider_than_a_phone_whatever_is_folded_out(
    page: Any, live_server: LiveServer, cases: list[Case], cast: Cast
) -> None:
    recorded(cases[0], DeedCode.PETITION, date(2026, 11, 16), by=cast.turid)
    Sharing.objects.create(
        case=cases[0], sender="outreach", receiver="housing_benefit", parts=["identity", "money", "procedure"],
        basis="consent", on=TODAY, by=cast.kari,
    )  # fmt: skip
    page.set_viewport_size({"width": 375, "height": 900})
    for who in ("kari", "turid", "hanne"):
        page.context.clear_cookies()
        sign_in(page, live_server, who)
        for path in ("/", f"/cases/{cases[0].number}/", f"/cases/{cases[1].number}/"):
            page.goto(live_server.url + path)
            page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true })")
            assert page.evaluate("document.documentElement.scrollWidth") <= 375, f"{who} {path}"


def test_the_landlords_pages_are_accessible(page: Any, live_server: LiveServer, cases: list[Case], axe: Check) -> None:
    sign_in(page, live_server, "turid")
    for path in ("/", f"/cases/{cases[0].number}/", f"/cases/{cases[0].number}/step/?step=notice"):
        page.goto(live_server.url + path)
        axe(page)


def test_a_refusal_takes_focus_and_is_accessible(
    page: Any, live_server: LiveServer, cases: list[Case], axe: Check
) -> None:
    sign_in(page, live_server, "arne")
    page.goto(f"{live_server.url}/cases/{cases[1].number}/step/?step=petition")
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    axe(page)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_j_moves_down_and_enter_opens_the_household(page: Any, live_server: LiveServer, cases: list[Case]) -> None:
    sign_in(page, live_server, "kari")
    page.goto(f"{live_server.url}/?whose=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + second)
    assert second in {f"/cases/{case.number}/" for case in cases}


def test_a_search_finds_with_the_keyboard_alone(
    page: Any, live_server: LiveServer, cases: list[Case], axe: Check
) -> None:
    sign_in(page, live_server, "kari")
    page.goto(f"{live_server.url}/search/")
    page.focus("[name=text]")
    page.keyboard.type("tenant k2")
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr")
    axe(page)
    assert page.locator("tbody a").get_attribute("href") == f"/cases/{cases[1].number}/"
    assert page.url == f"{live_server.url}/search/"
