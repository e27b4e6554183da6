"""Every command that looks in somebody's name, and every kind of file, from every seat."""

import html
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from bofast.access.doors import reason_shut
from bofast.access.models import AccessAction, AccessEntry, User
from bofast.access.need_to_know import FILES, Door, Role
from bofast.access.tests import cast
from bofast.arrears.models import ReceivedFile
from bofast.cases.queries import reach
from bofast.cases.views import intake
from bofast.config.cli import COMMANDS, WITHOUT_DJANGO, main
from bofast.config.tests.visitor import Visitor
from bofast.config.tests.world import FILE_TEXTS, NOWHERE, SEATS, TODAY, World
from bofast.domain.facts import Agency
from bofast.domain.files import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run(*command: str) -> Result:
    """A command in this process; nothing it does stays."""
    with transaction.atomic():
        result = CliRunner().invoke(main, ["--language", "en", *command])
        transaction.set_rollback(True)
    return result


def commands() -> dict[str, Any]:
    """Every command that looks in somebody's name."""
    context: Any = None
    found = {name: main.get_command(context, name) for name in COMMANDS if COMMANDS[name] not in WITHOUT_DJANGO}
    return {
        name: command
        for name, command in found.items()
        if command and any("--as" in option.opts for option in command.params)
    }


ASKED = {
    "worklist": ["--on", TODAY.isoformat()],
    "explain": [NOWHERE, "--on", TODAY.isoformat()],
    "report": ["2006", "--json"],
}
"""How each of these commands is asked."""


def test_every_command_in_somebodys_name_stands_behind_a_door() -> None:
    assert {name for name, command in commands().items() if getattr(command.callback, "door", None)} == set(ASKED)
    assert set(commands()) == set(ASKED)


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("name", ASKED)
def test_a_command_in_that_seats_name_is_refused_where_its_door_is_shut(world: World, name: str, seat: str) -> None:
    user = User.objects.get(pk=world.seats[seat].pk)
    door = commands()[name].callback.door
    result = run(name, *ASKED[name], "--as", user.username)
    with translation.override("en"):
        reason = reason_shut(door)
    if not user.viewer.opens(door):
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{reason}\n")
    else:
        assert reason not in result.output
        assert result.exit_code == (1 if name == "explain" else 0), result.output


@pytest.mark.parametrize("seat", SEATS)
def test_explain_and_the_worklist_know_of_the_cases_in_reach_and_of_no_other(world: World, seat: str) -> None:
    user = User.objects.get(pk=world.seats[seat].pk)
    listed = run("worklist", *ASKED["worklist"], "--as", user.username).output
    unknown = run("explain", NOWHERE, "--on", TODAY.isoformat(), "--as", user.username).output
    for case in (world.own, world.sivs, world.shared, world.shielded):
        told = run("explain", case.number, "--on", TODAY.isoformat(), "--as", user.username)
        knows = user.viewer.opens(Door.CASE) and reach.within_reach(case, user.viewer)
        assert (told.exit_code, told.output != unknown) == ((0, True) if knows else (1, False)), case
        assert knows or case.number not in listed


def test_a_refused_command_is_logged_with_the_seat_it_was_asked_in(world: World) -> None:
    with transaction.atomic():
        CliRunner().invoke(main, ["worklist", *ASKED["worklist"], "--as", "geir", "--role", "steering"])
        entry = AccessEntry.objects.order_by("-pk")[0]
        transaction.set_rollback(True)
    assert (entry.action, entry.kind, entry.object_id) == (AccessAction.REFUSED, "command", "")
    assert entry.detail == "worklist --as geir --role steering"


def test_a_command_acts_in_the_role_asked_for_if_it_is_the_users(world: World) -> None:
    steers = run("worklist", *ASKED["worklist"], "--as", "kari", "--role", "steering")
    assert (steers.exit_code, steers.stdout) == (1, "")
    with transaction.atomic():
        cast.seat(User.objects.get(username="kari"), Role.AUDITOR)
        first, audits = (
            run("worklist", *ASKED["worklist"], "--as", "kari", *role) for role in ((), ("--role", "auditor"))
        )
        transaction.set_rollback(True)
    assert (first.exit_code, audits.exit_code) == (0, 1)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("seat", SEATS)
def test_a_file_is_taken_from_those_whose_kind_it_is(world: World, seat: str, kind: Kind) -> None:
    user = User.objects.get(pk=world.seats[seat].pk)
    name, text = FILE_TEXTS[kind]
    before = ReceivedFile.objects.count()
    upload = {"uploads": SimpleUploadedFile(name, f"{text}\n".encode()), "kind": kind.value}
    with transaction.atomic():
        client = Visitor(user).client
        answer = client.post("/lists/receive/", upload)
        taken = ReceivedFile.objects.count() - before
        transaction.set_rollback(True)
    agency = Agency(user.agency) if user.agency else None
    handles = agency is not None and kind in FILES.get(agency, frozenset())
    with translation.override("en"):
        another = html.unescape(answer.content.decode()).count(str(intake._NOT_YOURS))
    if not user.viewer.opens(Door.RECEIVE):
        assert (answer.status_code, taken, another) == (403, 0, 0)
    else:
        assert (taken, another) == (int(handles), int(not handles)), answer.status_code
