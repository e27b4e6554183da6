import pytest
from django.test import Client

from bofast.access.tests.cast import PASSWORD, Cast

HELP = "Kontakten med husstanden"
MONEY = "Hva som er skyldig"


@pytest.mark.parametrize(
    ("name", "money", "help_"),
    [
        ("kari", True, True),
        ("siv", True, True),
        ("turid", True, False),
        ("arne", True, False),
        ("geir", False, False),
        ("astrid", False, False),
        ("charlie", False, False),
    ],
)
def test_the_page_says_what_the_need_to_know_table_gives(
    client: Client, cast: Cast, name: str, money: bool, help_: bool
) -> None:
    client.force_login(getattr(cast, name))
    page = client.get("/me/").content.decode()
    assert (MONEY in page, HELP in page) == (money, help_)


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("kari", ["I dag", "Lister", "Søk", "Regler og satser"]),
        ("siv", ["I dag", "Søk", "Regler og satser"]),
        ("charlie", ["Regler og satser"]),
        ("astrid", ["Regler og satser", "Brukere"]),
    ],
)
def test_the_menu_has_only_what_the_person_may_open(client: Client, cast: Cast, name: str, items: list[str]) -> None:
    client.force_login(getattr(cast, name))
    page = client.get("/me/").content.decode()
    menu = page.partition("<nav")[2].partition("</nav>")[0]
    shown = [item for item in ("I dag", "Lister", "Søk", "Regler og satser", "Brukere") if f">{item}</a>" in menu]
    assert shown == items


def test_a_new_password_takes_effect_and_keeps_the_person_signed_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    new = "fire stille fjorder"
    page = client.post(
        "/me/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}, follow=True
    )
    assert "Passordet ditt er byttet." in page.content.decode()
    cast.kari.refresh_from_db()
    assert cast.kari.check_password(new)


def test_a_wrong_old_password_changes_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    new = "fire stille fjorder"
    client.post("/me/password/", {"old_password": "galt", "new_password1": new, "new_password2": new})
    cast.kari.refresh_from_db()
    assert cast.kari.check_password(PASSWORD)
