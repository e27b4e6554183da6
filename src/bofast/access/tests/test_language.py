from django.test import Client

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
