"""How often one may try: the limits bite, count for all workers together, and tell nothing of who exists."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from bofast.access.tests.cast import PASSWORD, Cast
from bofast.access.tests.second_factors import code, sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TOO_MANY = "Too many attempts. Wait five minutes"
WRONG = "Wrong username or password"
TRIES_AT_A_NAME = 5
TRIES_FROM_A_PLACE = 20
POSTS_FROM_A_PLACE = 60


def attempt(client: Client, name: str, password: str = "feil", **more: Any) -> str:
    return client.post("/sign-in/", {"username": name, "password": password}, **more).content.decode()


@pytest.mark.parametrize("name", ["kari", "KARI", "finnes-ikke", "sluttet"])
def test_five_failures_at_a_name_are_enough_whether_it_exists_or_not(client: Client, cast: Cast, name: str) -> None:
    cast.ola.username, cast.ola.is_active = "sluttet", False
    cast.ola.save()
    assert all(WRONG in attempt(client, name) for _ in range(TRIES_AT_A_NAME))
    page = attempt(client, name, PASSWORD)
    assert TOO_MANY in page and WRONG not in page
    assert "_auth_user_id" not in client.session


def test_the_refusal_is_the_same_to_the_letter_for_who_exists_and_who_does_not(client: Client, cast: Cast) -> None:
    pages = {}
    for name in ("kari", "inge"):
        for _ in range(TRIES_AT_A_NAME):
            attempt(client, name)
        pages[name] = attempt(client, name, PASSWORD).replace(name, "")
    tokenless = {
        name: [line for line in page.splitlines() if "csrf" not in line.lower()] for name, page in pages.items()
    }
    assert tokenless["kari"] == tokenless["inge"]


def test_after_five_minutes_one_may_try_again(client: Client, cast: Cast) -> None:
    with time_machine.travel("2026-11-22 09:00+01:00", tick=False) as clock:
        for _ in range(TRIES_AT_A_NAME):
            attempt(client, "kari")
        clock.shift(timedelta(minutes=4, seconds=59))
        assert TOO_MANY in attempt(client, "kari", PASSWORD)
        clock.shift(timedelta(seconds=2))
        assert sign_in(client) == "/"


def test_signing_in_counts_as_no_failure(client: Client, cast: Cast) -> None:
    for _ in range(TRIES_AT_A_NAME + 1):
        assert sign_in(client) == "/"
        client.post("/sign-out/")


def test_from_one_place_so_many_names_can_be_tried_and_no_more(client: Client, cast: Cast) -> None:
    assert all(WRONG in attempt(client, f"navn{number}") for number in range(TRIES_FROM_A_PLACE))
    assert TOO_MANY in attempt(client, "kari", PASSWORD)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2")) == "/"


def test_a_flood_of_posts_gets_a_calm_page_with_429(client: Client, cast: Cast) -> None:
    answers = [client.post("/sign-in/", {}) for _ in range(POSTS_FROM_A_PLACE + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert "Too many attempts" in answers[-1].content.decode()


def test_codes_cannot_be_guessed(client: Client, cast: Cast) -> None:
    with time_machine.travel("2026-11-22 09:00+01:00", tick=False):
        key = with_app(client)
        client.post("/sign-out/")
        sign_in(client)
        for _ in range(TRIES_AT_A_NAME):
            client.post("/sign-in/code/", {"code": "000000"})
        answer = client.post("/sign-in/code/", {"code": code(key)})
        assert TOO_MANY in answer.content.decode()
        assert "_auth_user_id" not in client.session


def test_the_old_password_cannot_be_guessed_from_an_open_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    wrong = {"old_password": "feil", "new_password1": "fire stille fjorder", "new_password2": "fire stille fjorder"}
    answers = [client.post("/me/password/", wrong).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_what_a_client_says_of_its_address_counts_only_behind_the_proxy(
    client: Client, cast: Cast, settings: Any
) -> None:
    for number in range(TRIES_FROM_A_PLACE):
        attempt(client, f"navn{number}", headers={"x-forwarded-for": f"10.1.1.{number}"})
    assert TOO_MANY in attempt(client, "kari"), "no proxy: the header is the client's own word"

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = {"x-forwarded-for": "10.9.9.9, 10.2.2.2"}
    assert WRONG in attempt(client, "ola", headers=behind)
    for number in range(TRIES_FROM_A_PLACE):
        lie = {"x-forwarded-for": f"10.3.3.{number}, 10.2.2.2"}
        attempt(client, f"annet{number}", headers=lie)
    assert TOO_MANY in attempt(client, "turid", headers=behind), "the proxy's own word is the last"


def test_the_count_lies_in_the_database_where_all_workers_see_it_and_names_nobody(client: Client, cast: Cast) -> None:
    attempt(client, "kari")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM identity_shared_cache")
        rows = cursor.fetchall()
    assert any("login_failed" in key for key, _ in rows)
    assert "kari" not in str(rows)
    assert cache.__class__.__name__ and cache._connections["default"].__class__.__name__ == "DatabaseCache"
