"""How long one stays signed in: half an hour without use, eight hours at most, and not a moment longer than allowed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bofast.access.tests.cast import Cast
from bofast.access.tests.second_factors import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TOLD = "You have been signed out to keep the information safe."


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-11-22 08:00+01:00", tick=False) as traveller:
        yield traveller


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize(("minutes", "still_in"), [(29, True), (31, False)])
def test_a_session_ends_after_half_an_hour_without_use(
    client: Client, cast: Cast, clock: Any, minutes: int, still_in: bool
) -> None:
    sign_in(client)
    clock.shift(timedelta(minutes=minutes))
    assert is_in(client) is still_in


def test_use_keeps_a_session_going_but_no_longer_than_eight_hours(client: Client, cast: Cast, clock: Any) -> None:
    sign_in(client)
    for _ in range(8 * 4 - 1):
        clock.shift(timedelta(minutes=15))
        assert is_in(client)
    clock.shift(timedelta(minutes=15, seconds=1))
    assert not is_in(client)


def test_saving_something_in_the_session_does_not_lengthen_its_eight_hours(
    client: Client, cast: Cast, clock: Any
) -> None:
    sign_in(client)
    for _ in range(8 * 4 - 1):
        clock.shift(timedelta(minutes=15))
        session = client.session
        session["looked"] = str(session.get("looked"))
        session.save()
    assert is_in(client)
    clock.shift(timedelta(minutes=15, seconds=1))
    assert not is_in(client)


def test_how_long_can_be_set(client: Client, cast: Cast, clock: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10 * 60
    sign_in(client)
    clock.shift(timedelta(minutes=9))
    assert is_in(client)
    clock.shift(timedelta(minutes=11))
    assert not is_in(client)


def test_who_was_signed_out_is_told_calmly_and_comes_back_to_the_page_asked_for(
    client: Client, cast: Cast, clock: Any
) -> None:
    sign_in(client)
    clock.shift(timedelta(minutes=31))
    answer = client.get("/me/")
    assert answer["Location"] == "/sign-in/?next=/me/"
    page = client.get(answer["Location"]).content.decode()
    assert page.count(TOLD) == 1
    assert '<input type="hidden" name="next" value="/me/">' in page
    assert sign_in(client, next="/me/") == "/me/"
    assert TOLD not in client.get("/me/").content.decode()


def test_a_first_visit_and_a_sign_out_of_ones_own_are_not_called_a_time_out(client: Client, cast: Cast) -> None:
    assert TOLD not in client.get("/sign-in/").content.decode()
    sign_in(client)
    client.post("/sign-out/")
    assert TOLD not in client.get("/sign-in/").content.decode()


def test_the_session_of_somebody_made_inactive_ends_at_the_next_page(client: Client, cast: Cast) -> None:
    sign_in(client)
    cast.kari.is_active = False
    cast.kari.save()
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
    assert not Session.objects.exists()
    cast.kari.is_active = True
    cast.kari.save()
    assert not is_in(client), "the old session is no more"


def test_a_new_password_ends_the_sessions_elsewhere_and_keeps_this_one(client: Client, cast: Cast) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "fire stille fjorder"
    client.post("/me/password/", {"old_password": "tre rolige fjell", "new_password1": new, "new_password2": new})
    assert is_in(client)
    assert not is_in(other)


def test_a_page_writes_to_the_session_once_a_minute_and_with_one_query(client: Client, cast: Cast, clock: Any) -> None:
    sign_in(client)
    client.get("/me/")
    with CaptureQueriesContext(connection) as at_once:
        client.get("/me/")
    clock.shift(timedelta(seconds=61))
    with CaptureQueriesContext(connection) as later:
        client.get("/me/")
    assert not [query for query in at_once.captured_queries if "UPDATE" in query["sql"]]
    assert [query["sql"][:24] for query in later.captured_queries if "UPDATE" in query["sql"]] == [
        'UPDATE "django_session" '
    ]
    assert len(later) == len(at_once) + 1
