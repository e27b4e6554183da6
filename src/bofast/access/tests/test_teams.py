from django.test import Client

from bofast.access.models import Assignment, Team
from bofast.access.tests.cast import Cast


def test_a_team_is_listed_with_its_active_members(client: Client, cast: Cast) -> None:
    cast.ola.is_active = False
    cast.ola.save()
    client.force_login(cast.astrid)
    page = client.get("/teams/").content.decode()
    row = page.partition("Bofast-teamet")[2].partition("</tr>")[0]
    assert "Oppsøkende team" in row
    assert "<div>2</div>" in row


def test_a_created_team_is_listed(client: Client, cast: Cast) -> None:
    client.force_login(cast.astrid)
    new = {"name": "Sosialtjenesten Fana", "agency": "social_services", "district": "Fana"}
    page = client.post("/teams/new/", new, follow=True).content.decode()
    assert "Sosialtjenesten Fana er lagret." in page
    assert Team.objects.get(name="Sosialtjenesten Fana").district == "Fana"


def test_two_teams_cannot_have_one_name(client: Client, cast: Cast) -> None:
    client.force_login(cast.astrid)
    response = client.post("/teams/new/", {"name": "Bofast-teamet", "agency": "outreach", "district": ""})
    assert response.status_code == 422
    assert Team.objects.filter(name="Bofast-teamet").count() == 1


def test_without_teams_the_page_says_what_a_team_is_for(client: Client, cast: Cast) -> None:
    Assignment.objects.update(team=None)
    Team.objects.all().delete()
    client.force_login(cast.astrid)
    assert "Ingen team ennå" in client.get("/teams/").content.decode()
