"""What a person is here: given and ended by the administrator, chosen by the person, and one at a time."""

import pytest
from django.test import Client

from bofast.access.models import AccessAction, AccessEntry, AccessReason, Assignment, User
from bofast.access.need_to_know import ROLES, Role
from bofast.access.tests.cast import Cast, seat, social_services_team
from bofast.domain.facts import Agency


def of(user: User) -> list[tuple[str, str, str]]:
    running = user.assignments.filter(ended_on__isnull=True).select_related("team")
    return [(seat.agency, seat.role, str(seat.team or "")) for seat in running]


def last_logged() -> tuple[str, str, str, str]:
    entry = AccessEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry.action, entry.reason, entry.object_id, entry.detail


def test_a_new_user_is_given_a_role_next(astrid: Client) -> None:
    new = {
        "first_name": "Nora",
        "last_name": "Ny",
        "username": "nora",
        "is_active": "on",
        "password": "fem lange bruer",
    }
    answer = astrid.post("/users/new/", new)
    nora = User.objects.get(username="nora")
    assert answer["Location"] == f"/users/{nora.pk}/roles/new/"
    assert of(nora) == []
    assert last_logged() == (AccessAction.ADMINISTER, AccessReason.DUTY, str(nora.pk), "made")


def test_a_role_is_given_listed_and_logged(astrid: Client, cast: Cast) -> None:
    team = social_services_team("Fana")
    posted = {"agency": "social_services", "role": "adviser", "team": str(team.pk)}
    page = astrid.post(f"/users/{cast.charlie.pk}/roles/new/", posted, follow=True).content.decode()
    assert of(cast.charlie) == [("social_services", "adviser", "Sosialtjenesten Fana")]
    assert "Sosialtjenesten Fana" in page
    action, reason, whom, detail = last_logged()
    assert (action, reason, whom) == (AccessAction.ADMINISTER, AccessReason.DUTY, str(cast.charlie.pk))
    assert detail == f"given role adviser social_services {team.pk}"


@pytest.mark.parametrize(
    ("agency", "role", "team", "said"),
    [
        ("", "caseworker", "", "Den rollen finnes ikke der."),
        ("", "leader", "", "Den rollen finnes ikke der."),
        ("landlord", "administrator", "", "Den rollen finnes ikke der."),
        ("outreach", "auditor", "", "Den rollen finnes ikke der."),
        ("steering", "leader", "", "Den rollen finnes ikke der."),
        ("landlord", "clerk", "KARIS", "hører til en annen etat"),
        ("", "auditor", "KARIS", "hører til en annen etat"),
        ("outreach", "caseworker", "KARIS", "Personen har denne rollen fra før."),
    ],
)
def test_a_role_that_cannot_be_is_refused_with_the_cure(
    astrid: Client, cast: Cast, agency: str, role: str, team: str, said: str
) -> None:
    posted = {"agency": agency, "role": role, "team": str(cast.kari.team_id) if team else ""}
    answer = astrid.post(f"/users/{cast.kari.pk}/roles/new/", posted)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert of(cast.kari) == [("outreach", "caseworker", "Bofast-teamet")]


@pytest.mark.parametrize("agency", [agency for agency in ROLES if agency is not None])
def test_every_role_of_every_agency_can_be_given(astrid: Client, cast: Cast, agency: Agency) -> None:
    for role in ROLES[agency]:
        posted = {"agency": agency.value, "role": role.value, "team": ""}
        assert astrid.post(f"/users/{cast.charlie.pk}/roles/new/", posted).status_code == 302
    assert {(Agency(where), Role(role)) for where, role, _team in of(cast.charlie)} == {
        (agency, role) for role in ROLES[agency]
    }


def test_a_role_is_ended_never_deleted_and_logged(astrid: Client, cast: Cast) -> None:
    ended = cast.ola.acting
    assert ended is not None
    astrid.post(f"/users/roles/{ended.pk}/end/")
    assert of(cast.ola) == []
    assert Assignment.objects.filter(pk=ended.pk, ended_on__isnull=False).exists()
    assert last_logged() == (
        AccessAction.ADMINISTER, AccessReason.DUTY, str(cast.ola.pk), "ended role caseworker outreach"
    )  # fmt: skip
    assert astrid.post(f"/users/roles/{ended.pk}/end/").status_code == 404


def test_the_administrator_cannot_end_the_role_she_administers_in(astrid: Client, cast: Cast) -> None:
    acting = cast.astrid.acting
    assert acting is not None
    page = astrid.post(f"/users/roles/{acting.pk}/end/", follow=True).content.decode()
    assert "ta dette fra deg selv" in page
    assert of(cast.astrid) == [("", "administrator", "")]


def test_a_persons_own_page_is_the_only_one_that_changes_roles_and_only_by_post(astrid: Client, cast: Cast) -> None:
    assert cast.ola.acting is not None
    assert astrid.get(f"/users/roles/{cast.ola.acting.pk}/end/").status_code == 405
    assert astrid.get(f"/me/role/{cast.ola.acting.pk}/").status_code == 405


def test_an_ended_role_opens_nothing_from_the_next_page_on(client: Client, cast: Cast, astrid: Client) -> None:
    ola = Client()
    ola.force_login(cast.ola)
    assert ola.get("/lists/").status_code == 200
    assert cast.ola.acting is not None
    astrid.post(f"/users/roles/{cast.ola.acting.pk}/end/")
    assert ola.get("/lists/").status_code == 403


@pytest.fixture
def double(cast: Cast) -> User:
    """Kari, who is the auditor too."""
    seat(cast.kari, Role.AUDITOR)
    return cast.kari


def test_whoever_has_two_roles_acts_in_one_at_a_time(client: Client, double: User) -> None:
    client.force_login(double)
    caseworker, auditor = double.assignments.order_by("pk")
    doors = ("/lists/", "/access-log/")
    assert [client.get(door).status_code for door in doors] == [200, 403]
    answer = client.post(f"/me/role/{auditor.pk}/")
    assert answer["Location"] == "/me/"
    assert [client.get(door).status_code for door in doors] == [403, 200]
    client.post(f"/me/role/{caseworker.pk}/")
    assert [client.get(door).status_code for door in doors] == [200, 403]


def test_the_role_chosen_holds_for_that_session_alone(client: Client, double: User) -> None:
    client.force_login(double)
    other = Client()
    other.force_login(double)
    client.post(f"/me/role/{double.assignments.get(role='auditor').pk}/")
    assert client.get("/lists/").status_code == 403
    assert other.get("/lists/").status_code == 200


@pytest.mark.parametrize("whose", ["somebody elses", "ended", "nobodys"])
def test_nobody_acts_in_a_role_that_is_not_theirs(client: Client, cast: Cast, double: User, whose: str) -> None:
    auditor = double.assignments.get(role="auditor")
    Assignment.objects.filter(pk=auditor.pk).update(ended_on="2026-11-01" if whose == "ended" else None)
    assert cast.astrid.acting is not None
    asked = {"somebody elses": cast.astrid.acting.pk, "ended": auditor.pk, "nobodys": 99999}[whose]
    client.force_login(double)
    assert client.post(f"/me/role/{asked}/").status_code == 404
    assert client.get("/lists/").status_code == 200


def test_a_role_ended_while_it_is_acted_in_falls_back_to_the_first_that_runs(client: Client, double: User) -> None:
    auditor = double.assignments.get(role="auditor")
    client.force_login(double)
    client.post(f"/me/role/{auditor.pk}/")
    Assignment.objects.filter(pk=auditor.pk).update(ended_on="2026-11-01")
    assert [client.get(door).status_code for door in ("/lists/", "/access-log/")] == [200, 403]


def test_no_parameter_says_who_one_is(client: Client, cast: Cast) -> None:
    client.force_login(cast.charlie)
    assert cast.kari.acting is not None
    for query in (f"acting={cast.kari.acting.pk}", f"user={cast.kari.pk}", "agency=outreach&role=leader"):
        assert client.get(f"/lists/?{query}").status_code == 403
        assert client.get("/lists/", headers={"X-Remote-User": "kari", "Remote-User": "kari"}).status_code == 403


def test_nobody_gives_a_role_to_themselves(astrid: Client, cast: Cast) -> None:
    answer = astrid.post(f"/users/{cast.astrid.pk}/roles/new/", {"agency": "", "role": "auditor", "team": ""})
    assert answer.status_code == 422
    assert "Du kan ikke gi deg selv en rolle." in answer.content.decode()
    assert of(cast.astrid) == [("", "administrator", "")]
