"""Settings, access log and record of processing in a real browser: accessible, on a phone too, nothing refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from bofast.access.models import AccessAction, OrganisationSetting, Retention, Reviewed, ReviewNote
from bofast.access.tests.cast import PASSWORD, Cast, gather
from bofast.arrears.models import Resident
from bofast.cases.tests.factories import household
from bofast.reports.tests.looking import looked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return gather()


def filled(cast: Cast) -> int:
    """A log with signs in it, decisions with a history; returns the household everybody looked at."""
    case, now = household("K1"), timezone.now()
    Resident.objects.filter(tenancy=case.tenancy).update(name="Anne Nordmann")
    looked(cast.kari, *[case.number] * 60, at=now)
    looked(cast.charlie, "case", kind="door", action=AccessAction.REFUSED, at=now)
    review = {"sign": "name", "user": cast.kari, "day": timezone.localdate(), "object_id": case.number}
    ReviewNote.objects.create(
        reviewed=Reviewed.objects.create(**review, outcome="needed", by=cast.asbjorn), text="Ikke i slekt."
    )
    for year, landlord in ((2025, "municipal"), (2026, "company")):
        OrganisationSetting.objects.create(valid_from=date(year, 1, 1), outreach="own_unit", landlord=landlord)
        Retention.objects.create(kind="notes", valid_from=date(year, 1, 1), months=60, ground="Planen")
    return int(case.tenancy_id)


def sign_in(page: Any, server: LiveServer, who: str) -> None:
    page.goto(f"{server.url}/sign-in/")
    page.fill("[name=login], [name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("who", ["asbjorn", "ingrid"])
def test_every_page_is_accessible_and_fits_the_screen(
    page: Any, live_server: LiveServer, cast: Cast, axe: Callable[[Any], None], who: str, width: int
) -> None:
    home = filled(cast)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, who)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    pages = {
        "asbjorn": ("/access-log/", "/access-log/person/", f"/access-log/person/{home}/", "/access-log/unusual/"),
        "ingrid": ("/settings/", "/settings/organisation/", "/settings/retention/notes/", "/me/street/"),
    }
    for path in (*pages[who], "/record/"):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert not said


def test_the_auditor_goes_from_a_sign_to_its_review_and_to_the_print_by_keyboard_and_links(
    page: Any, live_server: LiveServer, cast: Cast, axe: Callable[[Any], None]
) -> None:
    filled(cast)
    sign_in(page, live_server, "asbjorn")
    assert page.url.endswith("/access-log/")
    page.goto(f"{live_server.url}/access-log/unusual/")
    page.locator("tbody a[href*=review]").first.click()
    axe(page)
    page.locator("input[type=radio]").first.check()
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    assert "/access-log/unusual/?first=" in page.url
    page.goto(f"{live_server.url}/access-log/person/")
    page.fill("[name=number]", "K1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/access-log/person/*/")
    with page.expect_download() as download:
        page.locator("main form button").click()
    assert download.value.suggested_filename.startswith("innsyn-")
