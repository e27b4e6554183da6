"""Two hand out the same list at the same moment, and a run is cut off while cases learn answers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from bofast.access.models import User
from bofast.access.tests.cast import gather, social_services_team
from bofast.arrears.actions.answers import Said, answer_rows
from bofast.arrears.models import Answer, HandedRow, HandOut
from bofast.cases.actions import screening
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.actions.screening import take_in_answers
from bofast.cases.models import Case, Event
from bofast.cases.queries.hand_out import Plan
from bofast.cases.tests.test_hand_out import DAYS, listed

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = DAYS[2]


def with_a_connection_of_its_own(job: Callable[[], Any]) -> Any:
    try:
        return job()
    finally:
        connections.close_all()


def test_two_who_hand_out_at_once_ask_each_household_once() -> None:
    cast = gather()
    file = listed(TODAY, ["K1", "K2", "K3"])
    plan = Plan(file=file, districts=("Fana",), team=social_services_team("Fana"), told_on=TODAY)

    def by(user: User) -> Callable[[], HandOut | None]:
        return lambda: hand_out(plan=plan, because={}, actor=user, today=TODAY)

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(with_a_connection_of_its_own, [by(cast.turid), by(cast.arne)]))
    assert [each is None for each in made].count(True) == 1
    assert HandedRow.objects.filter(sent=True).count() == 3
    assert Event.objects.filter(code=Event.Code.SHARED).count() == 3


def test_a_run_cut_off_while_cases_learn_answers_is_simply_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = gather()
    file = listed(TODAY, ["K1", "K2"])
    plan = Plan(file=file, districts=("Fana",), team=social_services_team(), told_on=TODAY)
    made = hand_out(plan=plan, because={}, actor=cast.turid, today=TODAY)
    assert made is not None
    answer_rows(said={row.pk: Said("active") for row in made.rows.all()}, by=cast.siv, today=TODAY)
    rewrite = screening.rewrite

    def cut_off(*args: Any) -> None:
        rewrite(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(screening, "rewrite", cut_off)
        with pytest.raises(KeyboardInterrupt):
            take_in_answers(TODAY)
    assert not Case.objects.filter(team=social_services_team()).exists()
    assert Answer.objects.filter(taken_in_at__isnull=True).count() == 2
    take_in_answers(TODAY)
    assert Case.objects.filter(team=social_services_team()).count() == 2
    assert Event.objects.filter(code=Event.Code.SCREENED).count() == 2
