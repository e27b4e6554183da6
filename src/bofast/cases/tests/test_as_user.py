"""`--as` shows exactly what a user may see, whatever else is asked for."""

import pytest
from click.testing import CliRunner, Result

from bofast.access.models import User
from bofast.access.tests.cast import Cast
from bofast.cases.actions import work
from bofast.cases.models import Case, Event
from bofast.cases.queries.explain import find_case
from bofast.cases.tests.factories import TODAY, household, households, signed_in, text
from bofast.config.cli import main

pytestmark = pytest.mark.django_db


def run(*command: str) -> Result:
    return CliRunner().invoke(main, [*command, "--on", TODAY.isoformat()])


@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_cannot_ask_which_team_has_a_case(cast: Cast, who: str) -> None:
    mine, _other = households("K1", "K2")
    work.hand_over(case_id=mine.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    asked = run("worklist", "--team", "Sosialtjenesten Årstad", "--as", who)
    assert asked.exit_code == 1
    assert "K1" not in asked.output
    assert "K1" in run("worklist", "--team", "Sosialtjenesten Årstad", "--as", "siv").output


def test_without_a_team_the_social_services_know_of_no_case(cast: Cast) -> None:
    case = household()
    Case.objects.update(team=None, holder=None)
    cast.siv.assignments.update(team=None)
    vars(cast.siv).pop("seats", None)
    for key in (case.number, "K1"):
        assert find_case(key, cast.siv.viewer, TODAY) is None
    assert run("explain", "K1", "--as", "siv").exit_code == 1


def test_siv_is_not_led_to_a_former_case_of_another_team(cast: Cast) -> None:
    former, newest = households("K1", "K2")
    Case.objects.filter(pk=newest.pk).update(relapse_of=former)
    work.hand_over(case_id=newest.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    assert former.number in text(signed_in(cast.kari), f"/cases/{newest.number}/")
    assert former.number not in text(signed_in(cast.siv), f"/cases/{newest.number}/")


def test_a_helper_who_has_left_is_not_named_to_the_landlord(cast: Cast) -> None:
    case = household()
    Event.objects.create(case=case, code="opt_out", on=TODAY, actor=cast.ola)
    cast.ola.assignments.update(ended_on=TODAY)
    User.objects.filter(pk=cast.ola.pk).update(is_active=False)
    assert "Ola Nordmann" in text(signed_in(cast.kari), f"/cases/{case.number}/")
    assert "Ola Nordmann" not in text(signed_in(cast.turid), f"/cases/{case.number}/")
