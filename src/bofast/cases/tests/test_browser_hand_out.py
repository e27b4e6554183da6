"""A list handed out and answered in a real browser, on a phone and on a desk: usable, accessible, nothing refused."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from bofast.access.tests.cast import PASSWORD, gather, social_services_team
from bofast.arrears.models import HandOut
from bofast.cases.tests.factories import on_the_day
from bofast.cases.tests.test_hand_out import town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (375, 1440)


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A browser in which a word in the console is a failure."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    assert not [text for text in said if "422" not in text], said


def sign_in(page: Page, address: str, who: str) -> None:
    page.context.clear_cookies()
    page.goto(address + reverse("access:sign_in"))
    page.locator("[name=username]").first.fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def looked_at(page: Page, axe: Callable[[Page], None]) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, width)


def test_turid_hands_a_list_out_and_siv_answers_it(live_server: Any, quiet: Page, axe: Callable[[Page], None]) -> None:
    page, address = quiet, live_server.url
    with on_the_day():
        gather()
        made = town(date(2026, 11, 23))
        office = social_services_team("Fana")
        seat = made.cast.siv.assignments.get()
        seat.team = office
        seat.save()
        sign_in(page, address, "turid")
        page.goto(address + reverse("arrears:district", args=[made.file.pk, "fana"]))
        page.locator("main .actions a.ds-button").first.click()
        looked_at(page, axe)
        page.locator("[name=told_on]").fill("2026-11-20")
        page.locator("main form[method=get] button").click()
        page.locator("[name^=because]").first.fill("Klausulen er funnet i permen.")
        looked_at(page, axe)
        page.locator("main form[method=post] button").click()
        looked_at(page, axe)
        page.goto(address + reverse("cases:hand_outs"))
        looked_at(page, axe)

        sign_in(page, address, "siv")
        page.goto(address + reverse("cases:screening"))
        looked_at(page, axe)
        page.locator("main table a").first.click()
        page.locator("fieldset input[value=active]").first.check()
        looked_at(page, axe)
        page.locator("main form button[type=submit]").click()
        assert HandOut.objects.get().rows.filter(answers__answer="active").count() == 1
        page.goto(address + reverse("cases:screening_print", args=[HandOut.objects.get().pk]))
        looked_at(page, axe)
