import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import PASSWORD, Cast

SIGN_IN = "/sign-in/"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("kari", "/"),
        ("turid", "/"),
        ("arne", "/"),
        ("siv", "/"),
        ("astrid", "/users/"),
        ("geir", "/statistics/"),
        ("charlie", "/me/"),
    ],
)
def test_everybody_lands_on_the_first_page_of_use_to_them(client: Client, cast: Cast, name: str, page: str) -> None:
    response = client.post(SIGN_IN, {"username": name, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, page)


def test_a_wanted_page_is_opened_after_signing_in(client: Client, cast: Cast) -> None:
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
    response = client.post(SIGN_IN, {"username": "kari", "password": PASSWORD, "next": "/me/"})
    assert response["Location"] == "/me/"


def test_signing_in_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    response = client.post(SIGN_IN, {"username": "kari", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_a_refusal_does_not_tell_whether_the_user_exists_or_is_inactive(client: Client, cast: Cast) -> None:
    cast.ola.is_active = False
    cast.ola.save()
    tries = [("kari", "feil passord"), ("nobody", PASSWORD), ("ola", PASSWORD)]
    pages = [client.post(SIGN_IN, {"username": name, "password": word}) for name, word in tries]
    assert all("Feil brukernavn eller passord" in page.content.decode() for page in pages)
    assert "_auth_user_id" not in client.session


def test_signing_out_is_a_button_not_a_link(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    assert client.get(reverse("access:sign_out")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("access:sign_out"))["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_the_page_asks_the_browser_for_nothing_that_the_policy_refuses(client: Client, db: None) -> None:
    response = client.get(SIGN_IN)
    page = response.content.decode()
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "style=" not in page and "<style" not in page and "onclick" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('type="application/json"')
    assert "http://" not in page and "https://" not in page


def test_the_key_of_the_session_is_a_new_one_after_signing_in(client: Client, cast: Cast) -> None:
    before = client.session
    before["anything"] = True
    before.save()
    client.cookies["sessionid"] = before.session_key
    client.post(SIGN_IN, {"username": "kari", "password": PASSWORD})
    assert "_auth_user_id" in client.session
    assert client.session.session_key != before.session_key
    assert not client.session.exists(before.session_key)


def test_the_cookie_of_the_session_is_gone_when_the_browser_is_closed(client: Client, cast: Cast) -> None:
    client.post(SIGN_IN, {"username": "kari", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_the_log_tells_of_signing_in_by_number_and_never_by_name(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    client.post(SIGN_IN, {"username": "kari", "password": "min hemmelighet"})
    client.post(SIGN_IN, {"username": "min hemmelighet", "password": "x"})
    client.post(SIGN_IN, {"username": "kari", "password": PASSWORD})
    noted = [record.msg for record in caplog.records if record.name == "bofast.sign_in"]
    assert [(line["event"], line.get("user")) for line in noted] == [
        ("sign-in failed", None),
        ("sign-in failed", None),
        ("signed in", cast.kari.pk),
    ]
    assert "kari" not in caplog.text and "hemmelighet" not in caplog.text
