"""The pages of shielding in a real browser: accessible, on a narrow screen and a wide one, without scripts too."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from bofast.access.tests.cast import Cast, gather
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import Named, Shield
from bofast.cases.models import Case
from bofast.cases.tests.factories import TODAY, on_the_day
from bofast.cases.tests.test_browser_cases import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with on_the_day():
        yield gather()


@pytest.mark.parametrize("width", [375, 1440])
def test_the_pages_of_a_shielded_household_are_accessible_and_fit_the_screen(
    page: Any, live_server: LiveServer, cast: Cast, case: Case, axe: Callable[[Any], None], width: int
) -> None:
    shield(
        tenancy_id=case.tenancy_id, kind=Shield.Kind.ADDRESS, named=[cast.ingrid, cast.kari], by=cast.ingrid,
        today=TODAY,
    )  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, "ingrid")
    for rest in ("", "shield/", "address/"):
        page.goto(f"{live_server.url}/cases/{case.number}/{rest}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, rest


def test_a_household_is_shielded_without_scripts(browser: Any, live_server: LiveServer, cast: Cast, case: Case) -> None:
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    sign_in(page, live_server, "ingrid")
    page.goto(f"{live_server.url}/cases/{case.number}/shield/")
    page.check("input[value=address]")
    page.check(f"input[name=named][value='{cast.kari.pk}']")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    assert Shield.objects.get().kind == Shield.Kind.ADDRESS
    assert Named.objects.get().user == cast.kari
