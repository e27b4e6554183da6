"""The cast of every test: who they are, where they work, and nothing about any case.

Kari has the case, Ola is on her team, Turid works for the landlord, Arne for the collector, Siv in the social services
of Årstad, Geir is in the steering group, Astrid administers users and sees no case, Charlie has no access to anything.

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

from bofast.access.models import Team, User
from bofast.domain.facts import Agency

PASSWORD = "tre rolige fjell"
NAMES = ("kari", "ola", "turid", "arne", "siv", "geir", "astrid", "charlie")


@dataclass(frozen=True)
class Cast:
    kari: User
    ola: User
    turid: User
    arne: User
    siv: User
    geir: User
    astrid: User
    charlie: User


def gather() -> Cast:
    return Cast(**{name: PEOPLE[name]() for name in NAMES})


def outreach_team() -> Team:
    return _team("Bofast-teamet", Agency.OUTREACH)


def social_services_team(district: str = "Årstad") -> Team:
    return _team(f"Sosialtjenesten {district}", Agency.SOCIAL_SERVICES, district)


def kari() -> User:
    return _person("kari", "Kari", "Nordmann", Agency.OUTREACH, outreach_team())


def ola() -> User:
    return _person("ola", "Ola", "Nordmann", Agency.OUTREACH, outreach_team())


def turid() -> User:
    return _person("turid", "Turid", "Utleier", Agency.LANDLORD)


def arne() -> User:
    return _person("arne", "Arne", "Innkrever", Agency.COLLECTOR)


def siv() -> User:
    return _person("siv", "Siv", "Sosialtjenesten", Agency.SOCIAL_SERVICES, social_services_team())


def geir() -> User:
    return _person("geir", "Geir", "Styringsgruppen", Agency.STEERING)


def astrid() -> User:
    return _person("astrid", "Astrid", "Administrator", None, administrator=True)


def charlie() -> User:
    return _person("charlie", "Charlie", "Utenfor", None)


def _team(name: str, agency: Agency, district: str = "") -> Team:
    return Team.objects.get_or_create(name=name, defaults={"agency": agency.value, "district": district})[0]


def _person(
    username: str,
    first_name: str,
    last_name: str,
    agency: Agency | None,
    team: Team | None = None,
    *,
    administrator: bool = False,
) -> User:
    known = {
        "first_name": first_name,
        "last_name": last_name,
        "email": f"{username}@example.test",
        "agency": agency.value if agency else "",
        "team": team,
        "is_superuser": administrator,
        "password": _hashed(),
    }
    return User.objects.get_or_create(username=username, defaults=known)[0]


@cache
def _hashed() -> str:
    """Hashed once: a real hash is slow on purpose."""
    return make_password(PASSWORD)


PEOPLE = {person.__name__: person for person in (kari, ola, turid, arne, siv, geir, astrid, charlie)}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()
