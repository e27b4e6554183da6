import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from bofast.access.language import chosen_language
from bofast.access.tests.cast import Cast


def test_norwegian_comes_first_and_english_can_be_chosen_and_left(client: Client, cast: Cast) -> None:
    client.force_login(cast.charlie)
    assert "Din tilgang" in client.get("/me/").content.decode()

    assert client.post("/language/", {"language": "en", "next": "/me/"})["Location"] == "/me/"
    page = client.get("/me/").content.decode()
    assert "Your access" in page and '<html lang="en"' in page

    client.post("/language/", {"language": "nb", "next": "/me/"})
    assert '<html lang="nb"' in client.get("/me/").content.decode()


def test_the_language_can_be_chosen_before_signing_in(client: Client, db: None) -> None:
    assert client.post("/language/", {"language": "en", "next": "/sign-in/"})["Location"] == "/sign-in/"
    assert "Sign in" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(("cookie", "language"), [("", "nb"), ("en", "en"), ("nb", "nb"), ("fr", "nb"), ("../x", "nb")])
def test_the_browsers_own_language_decides_nothing(cookie: str, language: str) -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_language())

    request = RequestFactory().get("/", headers={"accept-language": "en-US,en;q=0.9"})
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = chosen_language(page)(request)
    assert (response.content.decode(), response["Content-Language"]) == (language, language)
