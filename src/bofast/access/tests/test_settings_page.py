"""Innstillinger: what the municipality decides holds from a day on, and is never changed afterwards."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from bofast.access.models import AccessEntry, OrganisationSetting, RecordKind, Retention, User
from bofast.access.tests.cast import Cast

ORGANISED = {"valid_from": "2026-01-01", "outreach": "own_unit", "landlord": "municipal"}
KEPT = {"valid_from": "2026-01-01", "months": "60", "ground": "Bevaringsplanen av 1. desember 2025"}


def signed_in(user: User) -> Client:
    """A browser with that person signed in, who reads English."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(user)
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ingrid", 200), ("astrid", 200), ("kari", 403), ("turid", 403), ("geir", 403), ("asbjorn", 403)],
)
def test_only_the_leader_of_outreach_and_the_administrator_set_anything(cast: Cast, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    for url in ("/settings/", "/settings/organisation/", "/settings/retention/notes/"):
        assert client.get(url).status_code == status
        assert client.post(url, {}).status_code in (status, 422, 405)
    assert not OrganisationSetting.objects.exists()


def test_it_says_that_nothing_is_decided_until_it_is(cast: Cast) -> None:
    page = text(signed_in(cast.ingrid), "/settings/")
    assert "Nobody has said how the municipality is organised" in page
    assert page.count("The municipality has not decided; nothing is erased by time.") == len(RecordKind)


def test_the_organisation_holds_from_its_day_and_is_logged(cast: Cast) -> None:
    client = signed_in(cast.ingrid)
    assert client.post("/settings/organisation/", ORGANISED).status_code == 302
    later = ORGANISED | {"valid_from": "2026-06-01", "landlord": "company", "relies_on_social_housing_act": "on"}
    client.post("/settings/organisation/", later)
    before, after = (OrganisationSetting.in_force(date(2026, *day)) for day in ((5, 31), (6, 1)))
    assert (before.landlord, after.landlord) == ("municipal", "company")
    assert after.relies_on_social_housing_act and not before.relies_on_social_housing_act
    assert {row.set_by for row in OrganisationSetting.objects.all()} == {cast.ingrid}
    assert AccessEntry.objects.filter(kind="organisation", user=cast.ingrid).count() == 2
    assert "Nobody has said" not in text(client, "/settings/")
    assert text(client, "/settings/").count("<li>From") == 2


def test_what_each_choice_changes_stands_beside_it(cast: Cast) -> None:
    page = text(signed_in(cast.ingrid), "/settings/organisation/")
    assert page.count('<span class="quiet">') >= 5
    assert "not what the social services know" in page


def test_a_retention_time_needs_months_and_a_ground(cast: Cast) -> None:
    client = signed_in(cast.astrid)
    for wrong in ({"months": "0"}, {"months": ""}, {"ground": ""}, {"valid_from": "snart"}):
        assert client.post("/settings/retention/notes/", KEPT | wrong).status_code == 422
    assert client.get("/settings/retention/dreams/").status_code == 404
    assert not Retention.objects.exists()


def test_a_new_decision_takes_over_and_the_former_is_still_shown(cast: Cast) -> None:
    client = signed_in(cast.ingrid)
    client.post("/settings/retention/notes/", KEPT)
    client.post("/settings/retention/notes/", KEPT | {"months": "36", "valid_from": "2026-02-01"})
    page = text(client, "/settings/")
    assert "36 months" in page
    assert "60 months." in page
    assert "Decide anew" in page


def test_a_decision_that_begins_later_changes_nothing_yet(cast: Cast) -> None:
    client = signed_in(cast.ingrid)
    client.post("/settings/retention/notes/", KEPT | {"valid_from": "2099-01-01"})
    page = text(client, "/settings/")
    assert page.count("The municipality has not decided; nothing is erased by time.") == len(RecordKind)
    assert "1 January 2099" in page


def test_a_user_says_which_street_they_live_in_and_the_log_does_not(cast: Cast) -> None:
    client = signed_in(cast.kari)
    assert client.post("/me/street/", {"street": "Storgata"}).status_code == 302
    cast.kari.refresh_from_db()
    assert cast.kari.street == "Storgata"
    assert not AccessEntry.objects.filter(detail__contains="Storgata").exists()
    client.post("/me/street/", {"street": ""})
    cast.kari.refresh_from_db()
    assert cast.kari.street == ""


def test_the_menu_has_at_most_eight_items_for_anybody(cast: Cast) -> None:
    for who in vars(cast).values():
        page = text(signed_in(who), "/rules/")
        menu = page.partition('class="menu"')[2].partition("</nav>")[0]
        assert 1 <= menu.count("<li>") <= 8, who
