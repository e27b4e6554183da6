from typing import Any

import pytest
from django.test import Client

from bofast.access.models import User
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import PASSWORD, Cast, seat
from bofast.domain.facts import Agency

NEW: dict[str, Any] = {
    "first_name": "Nora",
    "last_name": "Ny",
    "username": "nora",
    "email": "nora@example.test",
    "street": "",
    "is_active": "on",
    "password": "fem lange bruer",
}
OTHERS = ("kari", "ingrid", "turid", "arne", "siv", "hanne", "didrik", "geir", "asbjorn", "charlie")


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("address", ["/users/", "/users/new/", "/users/1/", "/users/99999/", "/teams/", "/teams/new/"])
def test_nobody_else_gets_in_or_learns_who_exists(client: Client, cast: Cast, name: str, address: str) -> None:
    client.force_login(getattr(cast, name))
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Bare den som administrerer brukere, kan åpne denne siden." in page
    assert "Astrid" not in page


def test_nobody_else_can_write(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    assert client.post("/users/new/", NEW).status_code == 403
    assert client.post(f"/users/{cast.kari.pk}/", NEW | {"is_superuser": "on"}).status_code == 403
    assert not User.objects.filter(username="nora").exists()
    cast.kari.refresh_from_db()
    assert not cast.kari.is_superuser
    role = {"agency": "", "role": "administrator", "team": ""}
    assert client.post(f"/users/{cast.kari.pk}/roles/new/", role).status_code == 403
    assert client.post(f"/users/roles/{cast.geir.acting.pk}/end/").status_code == 403
    assert {seat.role for seat in cast.kari.assignments.all()} == {"caseworker"}


def test_an_anonymous_visitor_is_sent_to_the_sign_in(client: Client, db: None) -> None:
    assert client.get("/users/")["Location"] == "/sign-in/?next=/users/"


def test_the_list_says_who_works_where(astrid: Client) -> None:
    page = astrid.get("/users/").content.decode()
    for text in ("Kari Nordmann", "Bofast-teamet", "Sosialtjenesten Årstad", "Charlie Utenfor", "Utleier"):
        assert text in page


def test_the_list_is_sorted_through_its_address(astrid: Client) -> None:
    page = astrid.get("/users/?sort=-username").content.decode()
    assert 'aria-sort="descending"' in page
    assert page.index("turid") < page.index("siv") < page.index("arne")


def test_the_list_takes_few_queries_however_many_users(
    astrid: Client, django_assert_max_num_queries: Any, cast: Cast
) -> None:
    for number in range(20):
        seat(User.objects.create(username=f"extra{number}"), Role.CASEWORKER, Agency.OUTREACH, cast.kari.team)
    with django_assert_max_num_queries(7):
        astrid.get("/users/")


def test_a_created_user_can_sign_in(astrid: Client) -> None:
    page = astrid.post("/users/new/", NEW, follow=True).content.decode()
    assert "Nora Ny er lagret." in page
    assert Client().login(username="nora", password="fem lange bruer")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first_name": ""}, "Fyll ut dette feltet."),
        ({"username": "kari"}, "allerede en bruker med dette brukernavnet"),
        ({"email": "nora"}, "gyldig e-postadresse"),
        ({"password": ""}, "Fyll ut dette feltet."),
        ({"password": "kort"}, "Det må ha minst 12 tegn."),
        ({"password": "noraexampletest"}, "for likt"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_the_cure(astrid: Client, change: dict[str, str], said: str) -> None:
    posted = NEW | change
    response = astrid.post("/users/new/", posted)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert 'role="alert"' in page
    assert not posted["password"] or f'value="{posted["password"]}"' not in page
    assert not User.objects.filter(username="nora").exists()


def _as_posted(user: User, **changes: str) -> dict[str, str]:
    shown = {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
        "email": user.email,
        "street": user.street,
        "is_active": "on",
        "password": "",
    }
    return shown | changes


def test_a_change_keeps_the_password_when_none_is_written(astrid: Client, cast: Cast) -> None:
    changed = _as_posted(cast.ola, last_name="Normann")
    assert astrid.post(f"/users/{cast.ola.pk}/", changed).status_code == 302
    cast.ola.refresh_from_db()
    assert (cast.ola.last_name, cast.ola.agency) == ("Normann", "outreach")
    assert cast.ola.check_password(PASSWORD)


def test_a_new_password_replaces_the_old_and_ends_the_persons_sessions(astrid: Client, cast: Cast) -> None:
    ola = Client()
    ola.force_login(cast.ola)
    astrid.post(f"/users/{cast.ola.pk}/", _as_posted(cast.ola, password="seks blanke vann"))
    cast.ola.refresh_from_db()
    assert cast.ola.check_password("seks blanke vann")
    assert ola.get("/me/").status_code == 302


def test_a_person_made_inactive_is_out_at_once(astrid: Client, cast: Cast) -> None:
    ola = Client()
    ola.force_login(cast.ola)
    posted = _as_posted(cast.ola)
    del posted["is_active"]
    astrid.post(f"/users/{cast.ola.pk}/", posted)
    assert ola.get("/me/").status_code == 302


def test_the_administrator_cannot_lock_herself_out(astrid: Client, cast: Cast) -> None:
    posted = _as_posted(cast.astrid)
    del posted["is_active"]
    said = "Du kan ikke stenge deg selv ute."
    assert said in astrid.post(f"/users/{cast.astrid.pk}/", posted).content.decode()
    cast.astrid.refresh_from_db()
    assert cast.astrid.is_active


def test_the_administrator_stays_signed_in_after_changing_her_own_password(astrid: Client, cast: Cast) -> None:
    astrid.post(f"/users/{cast.astrid.pk}/", _as_posted(cast.astrid, password="sju blå fjell her"))
    assert astrid.get("/users/").status_code == 200


@pytest.mark.parametrize(("whose", "offered"), [("kari", True), ("asbjorn", True), ("astrid", False)])
def test_a_role_is_offered_for_others_and_for_herself_she_is_told_whom_to_ask(
    astrid: Client, cast: Cast, whose: str, offered: bool
) -> None:
    page = astrid.get(f"/users/{getattr(cast, whose).pk}/").content.decode()
    assert ("/roles/new/" in page) is offered
    assert ("Du kan ikke gi deg selv en rolle. Spør en annen administrator." in page) is not offered


def test_an_unknown_user_is_not_found(astrid: Client) -> None:
    assert astrid.get("/users/99999/").status_code == 404
