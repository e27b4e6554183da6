"""The annual report in a real browser: accessible, fits the screen, and nothing refused by the security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from bofast.access.tests.cast import PASSWORD, Cast, gather
from bofast.reports import actions
from bofast.reports.tests.received import reference_year
from bofast.reports.tests.writing import begun, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return gather()


def sign_in(page: Any, server: LiveServer, who: str) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_is_accessible_and_fits_the_screen(
    page: Any, live_server: LiveServer, cast: Cast, axe: Callable[[Any], None], width: int
) -> None:
    reference_year()
    actions.put_caveat(year=2006, source="Namsfogden", text="Fire kontorer ble slått sammen")
    actions.put_programme_year(year=2006, cost=50_000_000, hours=3400, after_eviction=10_000_000, note="")
    report = begun(cast.kari)
    edition = published(report, cast.kari)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, "kari")
    home = f"/annual/{report.pk}/"
    for path in (
        "/annual/", home, f"{home}preview/", f"{home}publish/", f"/annual/published/{edition.pk}/",
        "/annual/years/?year=2006", "/annual/sources/",
    ):  # fmt: skip
        page.goto(live_server.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert not said
