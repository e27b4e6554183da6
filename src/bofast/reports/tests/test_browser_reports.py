"""The statistics in a real browser: accessible, fitting the screen, and refused nothing by the security policy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from bofast.access.tests.cast import PASSWORD, Cast, gather
from bofast.cases.tests.factories import on_the_day
from bofast.domain.tests.made_years import make
from bofast.reports.tests.received import reference_year, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Any], None]
PATHS = (
    "/statistics/?year=2006&compare=2005",
    "/statistics/?year=2007&compare=2006",
    "/statistics/?year=2006&compare=2005&district=Fana&fees=act",
    "/statistics/cases/?key=arrears.0-5000&year=2006",
    "/statistics/routines/?year=2006",
)


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with on_the_day():
        yield gather()


def sign_in(page: Any, server: LiveServer, who: str) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("who", ["kari", "geir"])
@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_accessible_and_fits_the_screen(
    page: Any, live_server: LiveServer, cast: Cast, axe: Check, width: int, who: str
) -> None:
    reference_year()
    register(make(2007, 80))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, who)
    for path in PATHS if who == "kari" else (PATHS[0], PATHS[-1]):
        page.goto(live_server.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert not said


def test_the_steering_group_lands_on_the_results_and_no_hidden_bar_is_drawn(
    page: Any, live_server: LiveServer, cast: Cast
) -> None:
    reference_year()
    sign_in(page, live_server, "geir")
    assert page.url.startswith(f"{live_server.url}/statistics/")
    page.goto(f"{live_server.url}/statistics/?year=2006")
    drawn = page.locator("#figure-9 svg")
    assert drawn.locator("text", has_text="skjult").count() == 2
    assert drawn.locator(":scope > rect").count() == 3


def test_a_number_opens_to_its_cases_by_keyboard(page: Any, live_server: LiveServer, cast: Cast) -> None:
    reference_year()
    sign_in(page, live_server, "kari")
    page.goto(f"{live_server.url}/statistics/?year=2006")
    page.locator("#figure-9 a", has_text="260").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/cases/**")
    assert page.locator(".case-numbers li").count() == 200
