"""The cast of every test: who they are, where they work, and nothing about any case.

Kari has the case, Ola is on her team and Ingrid leads it, Turid works for the landlord, Arne for the collector, Siv in
the social services of Årstad, Hanne in the housing benefit office, Didrik in debt advice, Geir steers, Astrid
administers users and sees no case, Asbjørn reads the access log and sees no case, Charlie has no access at all.

    @pytest.fixture
    def cast(db: None) -> Cast:
        return gather()

    client.force_login(cast.kari)      # or client.login(username="kari", password=PASSWORD)

Each is also there alone (`kari()`, `charlie()`); calling twice gives the same person.
"""

from dataclasses import dataclass
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password

from bofast.access.models import Assignment, Team, User
from bofast.access.need_to_know import Role
from bofast.domain.facts import Agency

PASSWORD = "tre rolige fjell"
NAMES = (
    "kari", "ola", "ingrid", "turid", "arne", "siv", "hanne", "didrik", "geir", "astrid", "asbjorn", "charlie",
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    kari: User
    ola: User
    ingrid: User
    turid: User
    arne: User
    siv: User
    hanne: User
    didrik: User
    geir: User
    astrid: User
    asbjorn: User
    charlie: User


def gather() -> Cast:
    return Cast(**{name: PEOPLE[name]() for name in NAMES})


def outreach_team() -> Team:
    return _team("Bofast-teamet", Agency.OUTREACH)


def social_services_team(district: str = "Årstad") -> Team:
    return _team(f"Sosialtjenesten {district}", Agency.SOCIAL_SERVICES, district)


def kari() -> User:
    return _person("kari", "Kari", "Nordmann", Role.CASEWORKER, Agency.OUTREACH, outreach_team())


def ola() -> User:
    return _person("ola", "Ola", "Nordmann", Role.CASEWORKER, Agency.OUTREACH, outreach_team())


def ingrid() -> User:
    return _person("ingrid", "Ingrid", "Teamleder", Role.LEADER, Agency.OUTREACH, outreach_team())


def turid() -> User:
    return _person("turid", "Turid", "Utleier", Role.CLERK, Agency.LANDLORD)


def arne() -> User:
    return _person("arne", "Arne", "Innkrever", Role.CLERK, Agency.COLLECTOR)


def siv() -> User:
    return _person("siv", "Siv", "Sosialtjenesten", Role.ADVISER, Agency.SOCIAL_SERVICES, social_services_team())


def hanne() -> User:
    return _person("hanne", "Hanne", "Bostøtte", Role.CASEWORKER, Agency.HOUSING_BENEFIT)


def didrik() -> User:
    return _person("didrik", "Didrik", "Gjeldsrådgiver", Role.ADVISER, Agency.DEBT_ADVICE)


def geir() -> User:
    return _person("geir", "Geir", "Styringsgruppen", Role.STEERING, Agency.STEERING)


def astrid() -> User:
    return _person("astrid", "Astrid", "Administrator", Role.ADMINISTRATOR)


def asbjorn() -> User:
    return _person("asbjorn", "Asbjørn", "Revisor", Role.AUDITOR)


def charlie() -> User:
    return _person("charlie", "Charlie", "Utenfor")


def _team(name: str, agency: Agency, district: str = "") -> Team:
    return Team.objects.get_or_create(name=name, defaults={"agency": agency.value, "district": district})[0]


def _person(
    username: str,
    first_name: str,
    last_name: str,
    role: Role | None = None,
    agency: Agency | None = None,
    team: Team | None = None,
) -> User:
    known = {
        "first_name": first_name,
        "last_name": last_name,
        "email": f"{username}@example.test",
        "password": _hashed(),
    }
    user, new = User.objects.get_or_create(username=username, defaults=known)
    if new and role:
        seat(user, role, agency, team)
    return user


def seat(user: User, role: Role, agency: Agency | None = None, team: Team | None = None) -> Assignment:
    """One more thing for a person to be; who has been asked already what they may see is asked anew."""
    given = Assignment.objects.create(user=user, role=role, agency=agency or "", team=team)
    for known in ("seats", "viewer"):
        vars(user).pop(known, None)
    return given


@cache
def _hashed() -> str:
    """Hashed once: a real hash is slow on purpose."""
    return make_password(PASSWORD)


PEOPLE = {
    person.__name__: person
    for person in (kari, ola, ingrid, turid, arne, siv, hanne, didrik, geir, astrid, asbjorn, charlie)
}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()
