"""Consents, sharing, those who act for a household, and decisions in a real browser: accessible, at both widths."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from bofast.access.tests.cast import Cast, gather
from bofast.cases.actions import consents, decisions
from bofast.cases.models import Case, Decision, Representative
from bofast.cases.tests.factories import TODAY, household, on_the_day
from bofast.domain.consents import text_on
from bofast.domain.facts import Agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Any], None]


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with on_the_day():
        yield gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    found, text = household(), text_on("case_to_benefit", TODAY)
    assert text
    consents.give(
        case_id=found.pk, text=text, on=date(2026, 11, 20), given_by="tenant", actor=cast.kari,
        asked=frozenset({Agency.HOUSING_BENEFIT}),
    )  # fmt: skip
    decisions.request_help(case_id=found.pk, received_on=date(2026, 11, 16), actor=cast.kari, today=TODAY)
    Representative.objects.create(
        tenancy=found.tenancy, kind="attorney", name="Berit Hjelper", scope="snakke om husleien",
        since=date(2026, 10, 1), until=date(2026, 11, 1), recorded_by=cast.kari,
    )  # fmt: skip
    return found


def sign_in(page: Any, server: LiveServer, who: Any) -> None:
    """As somebody who has signed in: the pages of signing in have tests of their own."""
    from django.test import Client

    client = Client()
    client.force_login(who)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])


def see(page: Any, server: LiveServer, path: str, axe: Check) -> None:
    page.goto(server.url + path)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("width", [375, 1440])
def test_every_page_of_sharing_and_deciding_is_accessible(
    page: Any, live_server: LiveServer, cast: Cast, case: Case, axe: Check, width: int
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, cast.kari)
    home, asked = f"/cases/{case.number}/", case.requests.get().pk
    for path in (
        home, f"{home}consent/", f"{home}consent/?text=case_to_debt_advice", f"{home}share/",
        f"{home}add_representative/", f"{home}decide/{asked}/", f"{home}request_help/", f"{home}step/?step=opt_out",
    ):  # fmt: skip
        see(page, live_server, path, axe)
    assert not said


def test_a_case_is_shared_after_the_ruling_and_seen_by_who_got_it(
    page: Any, live_server: LiveServer, cast: Cast, case: Case, axe: Check
) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto(f"{live_server.url}/cases/{case.number}/share/")
    page.select_option("[name=receiver]", "housing_benefit")
    page.check("[name=parts][value=money]")
    page.locator("main button[type=submit]").click()
    page.wait_for_selector("[role=alert]")
    axe(page)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{live_server.url}/cases/{case.number}/")
    axe(page)
    sign_in(page, live_server, cast.hanne)
    see(page, live_server, "/", axe)
    page.locator("tbody a").click()
    page.wait_for_url(f"{live_server.url}/cases/{case.number}/")
    axe(page)


def test_a_decision_is_recorded_with_the_keyboard_and_can_be_complained_of(
    page: Any, live_server: LiveServer, cast: Cast, case: Case, axe: Check
) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto(f"{live_server.url}/cases/{case.number}/decide/{case.requests.get().pk}/")
    page.check("[name=outcome][value=granted]")
    for name in ("content", "reasons", "complaint_text"):
        page.fill(f"[name={name}]", "Slik er det")
    page.fill("[name=complain_by]", "2026-12-14")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{live_server.url}/cases/{case.number}/")
    axe(page)
    see(page, live_server, f"/cases/{case.number}/complain/{Decision.objects.get().pk}/", axe)
