from types import ModuleType

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from bofast.access.tests.cast import Cast
from bofast.config import urls


def _breaks(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Anna Prøve, 23906398699")


def _refuses(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("Anna Prøve, 23906398699")


@pytest.fixture
def broken() -> ModuleType:
    module = ModuleType("broken")
    module.urlpatterns = [path("breaks/", _breaks), path("refuses/", _refuses), *urls.urlpatterns]  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(
    ("address", "status", "said"), [("/breaks/", 500, "hos oss"), ("/refuses/", 400, "forstod ikke")]
)
def test_an_error_page_says_what_to_do_and_nothing_about_anybody(
    client: Client, cast: Cast, broken: ModuleType, address: str, status: int, said: str
) -> None:
    client.force_login(cast.kari)
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=broken):
        response = client.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert said in page and "prøv igjen" in page.lower()
    assert "Anna" not in page and "Kari" not in page


def test_an_unknown_address_is_answered_plainly_and_not_repeated(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    response = client.get("/anna-prove/")
    assert response.status_code == 404
    assert "Vi finner ikke siden" in response.content.decode()
    assert "anna-prove" not in response.content.decode().partition("<main")[2]


def test_an_unknown_address_is_answered_for_a_visitor_too(client: Client, db: None) -> None:
    assert client.get("/finnes-ikke/").status_code == 404


def test_a_form_without_its_token_changes_nothing_and_says_so(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.kari)
    response = strict.post("/sign-out/")
    assert response.status_code == 403
    assert "Siden har vært åpen for lenge" in response.content.decode()
    assert "_auth_user_id" in strict.session
