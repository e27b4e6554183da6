"""The second factor: set up, asked for, lost, demanded. RFC 6238's own numbers first, so that the app here is right."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import PASSWORD, Cast
from bofast.access.tests.second_factors import code, recovery_codes, sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
WRONG_CODE = "The code is wrong or has been used already"


@pytest.mark.parametrize(("at", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_the_app_gives_the_codes_of_rfc_6238(at: int, expected: str) -> None:
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == expected


def test_without_a_second_factor_the_password_is_enough(client: Client, cast: Cast) -> None:
    assert sign_in(client) == "/"
    assert "_auth_user_id" in client.session


def test_who_has_set_up_the_app_is_signed_in_by_password_and_code_only(client: Client, cast: Cast) -> None:
    with time_machine.travel("2026-11-22 09:00+01:00", tick=False) as clock:
        key = with_app(client)
        client.post("/sign-out/")
        assert sign_in(client, next="/me/") == "/sign-in/code/"
        assert "_auth_user_id" not in client.session
        assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
        assert client.get("/sign-in/code/").status_code == 200
        wrong = client.post("/sign-in/code/", {"code": "000000"})
        assert WRONG_CODE in wrong.content.decode()
        assert client.post("/sign-in/code/", {"code": code(key)})["Location"] == "/me/"
        assert "_auth_user_id" in client.session
        client.post("/sign-out/")

        sign_in(client)
        used = client.post("/sign-in/code/", {"code": code(key)})
        assert WRONG_CODE in used.content.decode(), "a code opens once"
        clock.shift(timedelta(seconds=60))
        assert client.post("/sign-in/code/", {"code": code(key)})["Location"] == "/"


def test_leaving_the_page_for_the_code_leads_back_to_the_beginning(client: Client, cast: Cast) -> None:
    with_app(client)
    client.post("/sign-out/")
    sign_in(client)
    assert client.get("/sign-in/")["Location"] == "/sign-in/code/"
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/sign-in/").status_code == 200
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_a_recovery_code_opens_once(client: Client, cast: Cast) -> None:
    with_app(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    assert client.get("/me/security/codes/file/").content.decode().split() == codes
    client.post("/sign-out/")
    sign_in(client)
    assert client.post("/sign-in/code/", {"code": codes[0]})["Location"] == "/"
    client.post("/sign-out/")
    sign_in(client)
    assert WRONG_CODE in client.post("/sign-in/code/", {"code": codes[0]}).content.decode()


def test_new_recovery_codes_put_the_old_out_of_use(client: Client, cast: Cast) -> None:
    with_app(client)
    old = recovery_codes(client)
    client.post("/me/security/codes/new/")
    assert not set(old) & set(recovery_codes(client))


def test_the_secrets_lie_encrypted_in_the_database(client: Client, cast: Cast) -> None:
    key = with_app(client).replace(" ", "")
    codes = recovery_codes(client)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert "secret" in kept
    assert key not in kept and not any(each in kept for each in codes)


def test_an_app_is_removed_with_its_recovery_codes(client: Client, cast: Cast) -> None:
    with_app(client)
    assert client.get("/me/security/app/remove/").status_code == 200
    client.post("/me/security/app/remove/")
    assert not Authenticator.objects.exists()
    client.post("/sign-out/")
    assert sign_in(client) == "/"


@pytest.mark.parametrize("path", ["app/new/", "passkeys/new/"])
def test_later_in_the_day_the_password_is_asked_for_again_before_anything_changes(
    client: Client, cast: Cast, path: str
) -> None:
    with time_machine.travel("2026-11-22 09:00+01:00", tick=False) as clock:
        sign_in(client)
        assert client.get(f"/me/security/{path}").status_code == 200
        clock.shift(timedelta(minutes=6))
        asked = client.get(f"/me/security/{path}")["Location"]
        assert asked == "/me/confirm/?" + urlencode({"next": f"/me/security/{path}"})
        wrong = client.post(asked, {"password": "feil"})
        assert "The password is wrong" in wrong.content.decode()
        assert client.post(asked, {"password": PASSWORD})["Location"] == f"/me/security/{path}"
        assert client.get(f"/me/security/{path}").status_code == 200


def test_a_session_that_nobody_signed_in_to_lately_cannot_set_anything_up(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    assert client.get("/me/security/app/new/")["Location"].startswith("/me/confirm/")


def test_the_codes_of_another_are_not_found(client: Client, cast: Cast) -> None:
    with_app(client)
    kept = Authenticator.objects.get(type="totp")
    other = Client()
    sign_in(other, "turid")
    for path in ("codes/", "codes/file/", f"passkeys/{kept.pk}/name/", f"passkeys/{kept.pk}/remove/", "app/remove/"):
        assert other.get(f"/me/security/{path}").status_code == 404, path
    other.post("/me/security/app/remove/")
    assert Authenticator.objects.filter(pk=kept.pk).exists()


def test_where_a_second_factor_is_demanded_nothing_opens_before_it_is_set_up(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert sign_in(client) == "/"
    for path in ("/", "/me/", "/search/", "/rules/"):
        assert client.get(path)["Location"] == "/me/security/", path
    page = client.get("/me/security/").content.decode()
    assert "Before you go on" in page
    assert client.get("/me/password/").status_code == 200
    assert client.post("/language/", {"language": "nb", "next": "/me/security/"})["Location"] == "/me/security/"
    client.post("/sign-out/")

    client.cookies["django_language"] = "en"
    with_app(client)
    assert client.get("/").status_code == 200
    assert "Before you go on" not in client.get("/me/security/").content.decode()
    client.post("/me/security/app/remove/")
    assert client.get("/")["Location"] == "/me/security/"


def test_demanding_a_second_factor_costs_one_query_a_page(client: Client, cast: Cast, settings: Any) -> None:
    with_app(client)
    client.get("/me/")
    with CaptureQueriesContext(connection) as free:
        client.get("/me/")
    settings.REQUIRE_SECOND_FACTOR = True
    with CaptureQueriesContext(connection) as dear:
        client.get("/me/")
    assert len(dear) == len(free) + 1


def test_the_administrator_helps_who_has_lost_their_phone(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with_app(client)
    client.post("/sign-out/")
    helper = Client()
    helper.cookies["django_language"] = "en"
    helper.force_login(cast.astrid)
    page = f"/users/{cast.kari.pk}/factors/"
    assert "The app is set up." in helper.get(page).content.decode()
    assert helper.post(page)["Location"] == f"/users/{cast.kari.pk}/"
    assert "No app." in helper.get(page).content.decode()
    assert sign_in(client) == "/"

    entry = AccessEntry.objects.latest("pk")
    assert (entry.user, entry.action, entry.kind, entry.object_id) == (
        cast.astrid,
        "administer",
        "user",
        str(cast.kari.pk),
    )
    noted = [record.msg for record in caplog.records if record.name == "bofast.sign_in"]
    assert {"event": "second factors taken away by administrator", "user": cast.kari.pk}.items() <= noted[-2].items()


@pytest.mark.parametrize("name", ["kari", "ingrid", "turid", "geir", "asbjorn", "charlie"])
def test_nobody_but_the_administrator_can_take_away_a_factor(client: Client, cast: Cast, name: str) -> None:
    with_app(client, "ola")
    other = Client()
    other.force_login(getattr(cast, name))
    for answer in (other.get(f"/users/{cast.ola.pk}/factors/"), other.post(f"/users/{cast.ola.pk}/factors/")):
        assert answer.status_code == 403
    assert Authenticator.objects.filter(user=cast.ola).count() == 2


def test_setting_up_and_removing_is_noted_by_number(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with_app(client)
        client.post("/me/security/app/remove/")
    noted = [(record.msg["event"], record.msg["user"]) for record in caplog.records if record.name == "bofast.sign_in"]
    events = {event for event, _ in noted}
    assert {"signed in", "second factor added", "second factor removed"} <= events
    assert {user for _, user in noted} == {cast.kari.pk}
    assert "kari" not in caplog.text
