"""The pages of the lists in a real browser, on a phone and on a desk: usable, accessible, nothing refused by CSP."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from bofast.access.tests.cast import PASSWORD, gather
from bofast.arrears.models import ReceivedFile
from bofast.arrears.tests.conftest import a_list, paths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (375, 1440)
PICTURES = os.environ.get("BOFAST_PICTURES")
"""A folder to leave a picture of every page in, for whoever wants to look."""


@pytest.fixture
def kari(live_server: Any, page: Page) -> Iterator[Page]:
    """Kari, signed in; a word in the browser's console is a failure."""
    gather()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(live_server.url + reverse("access:sign_in"))
    page.get_by_label("Brukernavn").or_(page.locator("[name=username]")).first.fill("kari")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.goto(live_server.url + reverse("arrears:lists"))
    yield page
    assert not [text for text in said if "422" not in text], said  # Chromium reports a 422 answer itself


def looked_at(page: Page, axe: Callable[[Page], None], name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is too wide at {width}"
        )


def hand_over(page: Page, *files: Path | dict[str, Any]) -> None:
    page.locator("input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    page.locator("form[enctype] button[type=submit]").click()


def test_a_month_of_lists_from_the_empty_page_to_the_district(kari: Page, axe: Callable[[Page], None]) -> None:
    looked_at(kari, axe, "empty")
    hand_over(kari, *paths("lists-messy", register=True))
    looked_at(kari, axe, "received")
    newest = ReceivedFile.objects.filter(kind="arrears").order_by("as_of").last()
    assert newest is not None
    kari.locator("table tbody a").first.click()
    kari.wait_for_url("**" + reverse("arrears:list", args=[newest.pk]))
    looked_at(kari, axe, "list")
    kari.locator("table tbody a").first.click()
    looked_at(kari, axe, "district")
    with kari.expect_download() as download:
        kari.locator("a[href$='/xlsx/']").click()
    assert download.value.suggested_filename.startswith("restanseliste-2026-10-16-")


def test_a_row_is_put_right_by_keyboard(kari: Page, axe: Callable[[Page], None]) -> None:
    hand_over(kari, paths("lists-messy")[0])
    file = ReceivedFile.objects.get()
    kari.locator(f"a[href='{reverse('arrears:quarantine', args=[file.pk])}']").first.click()
    looked_at(kari, axe, "quarantine")
    row = next(row for row in file.quarantine.all() if row.faults[0]["code"] == "not_an_amount")
    place = [name for name, _text in row.cells].index(row.faults[0]["column"])
    field = kari.locator(f"[name=row{row.pk}-cell{place}]")
    field.fill("fem")
    field.press("Enter")
    looked_at(kari, axe, "still-wrong")
    kari.locator(f"[name=row{row.pk}-cell{place}]").fill("5 000,00")
    kari.locator(f"[name=row{row.pk}-cell{place}]").press("Enter")
    kari.wait_for_url("**" + reverse("arrears:quarantine", args=[file.pk]))
    looked_at(kari, axe, "put-right")
    row.refresh_from_db()
    assert row.state == "corrected"


def test_a_refused_file_offers_to_name_its_columns(kari: Page, axe: Callable[[Page], None]) -> None:
    data = a_list("K1;Ola Prøve;01.08.2026;5000", header="Kontraktsnr;Hvem;Betales innen;Gjenstår")
    hand_over(
        kari,
        {"name": "restanseliste-2026-09-16.csv", "mimeType": "text/csv", "buffer": data},
        {"name": "bilde.csv", "mimeType": "text/csv", "buffer": b""},
    )
    looked_at(kari, axe, "refused")
    for place, key in ((1, "name"), (2, "due_on"), (3, "outstanding")):
        kari.locator(f"[name=profile-column{place}]").select_option(key)
    kari.locator("form[action$='/columns/'] button").click()
    kari.wait_for_url("**" + reverse("arrears:lists"))
    hand_over(kari, {"name": "restanseliste-2026-09-16.csv", "mimeType": "text/csv", "buffer": data})
    assert ReceivedFile.objects.get().outstanding == 500_000
