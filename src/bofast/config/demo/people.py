"""The demo's people: who signs in, for whom they work, and what they see."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password

from bofast.access.actions import create_team, give_role, save_user
from bofast.access.models import Assignment, Team, User
from bofast.access.need_to_know import Role
from bofast.domain.facts import Agency

OUTREACH_TEAM = "Oppsøkende team"
PASSWORD_FILE = "demo_password"  # noqa: S105 (a file's name)
WORDS = (
    "bekk", "berg", "bre", "bris", "bukt", "dal", "elv", "fjell", "fjord", "furu", "gran", "hei", "holme", "kyst",
    "lyng", "mose", "myr", "nes", "odde", "regn", "sjø", "skog", "snø", "sol", "strand", "sund", "tind", "vidde",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody who signs in, and what they are here. `also`: a second role to act in, one at a time."""

    username: str
    first_name: str
    last_name: str
    role: Role
    agency: Agency | None = None
    team: str = ""
    district: str = ""
    also: Role | None = None


PEOPLE = (
    Person("kari", "Kari", "Nordmann", Role.CASEWORKER, Agency.OUTREACH, OUTREACH_TEAM),
    Person("ola", "Ola", "Nordmann", Role.CASEWORKER, Agency.OUTREACH, OUTREACH_TEAM),
    Person("ingrid", "Ingrid", "Teamleder", Role.LEADER, Agency.OUTREACH, OUTREACH_TEAM),
    Person("turid", "Turid", "Utleier", Role.CLERK, Agency.LANDLORD),
    Person("arne", "Arne", "Innkrever", Role.CLERK, Agency.COLLECTOR),
    Person("siv", "Siv", "Sosialtjenesten", Role.ADVISER, Agency.SOCIAL_SERVICES, "Sosialtjenesten Årstad", "Årstad"),
    Person("berit", "Berit", "Sosialtjenesten", Role.LEADER, Agency.SOCIAL_SERVICES, "Sosialtjenesten Fana", "Fana"),
    Person("hanne", "Hanne", "Bostøtte", Role.CASEWORKER, Agency.HOUSING_BENEFIT, "Bostøttekontoret"),
    Person("didrik", "Didrik", "Gjeldsrådgiver", Role.ADVISER, Agency.DEBT_ADVICE, "Gjeldsrådgivningen"),
    Person("geir", "Geir", "Styringsgruppen", Role.STEERING, Agency.STEERING),
    Person("asbjorn", "Asbjørn", "Revisor", Role.AUDITOR),
    Person("astrid", "Astrid", "Administrator", Role.ADMINISTRATOR, also=Role.AUDITOR),
)


def password(home: Path) -> str:
    """The one password of this installation's demo users, made at the first start and kept in BOFAST_HOME."""
    path = home / PASSWORD_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(" ".join(secrets.choice(WORDS) for _ in range(4)), "utf-8")
    return path.read_text("utf-8")


def move_in(secret: str) -> dict[str, User]:
    """Make teams and users; returns them by user name."""
    hashed = make_password(secret)  # slow on purpose, so once
    teams: dict[str, Team] = {}
    for person in PEOPLE:
        if person.team and person.team not in teams:
            teams[person.team] = _team(person)
    return {each.username: _user(each, teams.get(each.team), hashed) for each in PEOPLE}


def _team(person: Person) -> Team:
    return create_team(team=Team(name=person.team, agency=person.agency or "", district=person.district))


def _user(person: Person, team: Team | None, hashed: str) -> User:
    made = User(
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        email=f"{person.username}@example.test",
        password=hashed,
    )
    user = save_user(user=made, password="")
    give_role(assignment=Assignment(user=user, role=person.role, agency=person.agency or "", team=team))
    if person.also:
        give_role(assignment=Assignment(user=user, role=person.also))
    return user
