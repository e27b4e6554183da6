"""Two people, or a person and the nightly run, at the same moment: nothing is lost, and nobody waits for ever.

Each test holds one of the two back in the middle of its work until the other has had the time to do its own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connections, transaction

from bofast.access.tests.cast import kari, turid
from bofast.arrears.actions import ledger, tenancies
from bofast.arrears.models import Claim, ReceivedFile, Tenancy
from bofast.cases.actions import work
from bofast.cases.models import Case, Task
from bofast.cases.tests import sent
from bofast.cases.tests.factories import TODAY, household, on_the_day

pytestmark = pytest.mark.django_db(transaction=True)
A_WHILE = 1.0


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with on_the_day():
        yield


def elsewhere(pool: ThreadPoolExecutor, job: Callable[[], Any]) -> "Future[Any]":
    """Do the job in a thread with a connection of its own."""

    def done() -> Any:
        try:
            return job()
        finally:
            connections.close_all()

    return pool.submit(done)


def held_back(work_of: Callable[..., Any], begun: Signal, other: Signal) -> Callable[..., Any]:
    """The same, but waiting a while for the other first."""

    def slow(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        other.wait(A_WHILE)
        return work_of(*args, **kwargs)

    return slow


def test_an_answer_given_while_a_list_is_taken_in_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    case = household(clause="")
    begun, other = Signal(), Signal()
    monkeypatch.setattr(tenancies, "_fill", held_back(tenancies._fill, begun, other))
    monkeypatch.setattr(sent, "RENT", 6_000)  # news of the tenancy, so that its row is written back
    with ThreadPoolExecutor(2) as pool:
        listing = elsewhere(pool, lambda: sent.arrears_list("2026-11-20", {"K1": 3}))
        assert begun.wait(10)
        landlord = turid()
        answer = elsewhere(pool, lambda: work.set_clause(case_id=case.pk, clause=True, actor=landlord, today=TODAY))
        answer.add_done_callback(lambda _answer: other.set())
        listing.result()
        answer.result()
    told = Tenancy.objects.get(contract_no="K1")
    assert (told.clause, told.monthly_rent) == (True, 600_000)


def test_two_lists_taken_in_at_once_are_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    sent.register({"K1": "0;;ja", "K2": "0;;ja"})
    sent.arrears_list("2026-08-17", {"K1": 1, "K2": 1})
    begun, other = Signal(), Signal()
    monkeypatch.setattr(ledger, "compare", held_back(ledger.compare, begun, other))
    with ThreadPoolExecutor(2) as pool:
        first = elsewhere(pool, lambda: sent.arrears_list("2026-09-16", {"K1": 1, "K2": 1}))
        assert begun.wait(10)
        second = elsewhere(pool, lambda: sent.arrears_list("2026-10-16", {"K2": 1}))
        second.add_done_callback(lambda _second: other.set())
        first.result()
        second.result()
    newest = ReceivedFile.objects.get(as_of=date(2026, 10, 16))
    assert (newest.new, newest.continuing, newest.cleared) == (0, 1, 1)
    assert Claim.objects.get(tenancy__contract_no="K1", due_on=date(2026, 9, 1)).settled_on == date(2026, 10, 16)


def test_a_task_finished_while_the_nightly_run_holds_the_case_waits_its_turn() -> None:
    case = household()
    helper = kari()
    task = work.add_task(
        case_id=case.pk, text="Ring", due_on=TODAY, agency="outreach", owner=None, actor=helper, today=TODAY
    )
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():  # as the run: the case first, then its tasks
            Case.objects.select_for_update().get(pk=case.pk)
            finished = elsewhere(pool, lambda: work.finish_task(task_id=task.pk, actor=helper, today=TODAY))
            Signal().wait(A_WHILE)
            Task.objects.filter(pk=task.pk).update(text="Ring again")
        finished.result()
    task.refresh_from_db()
    assert (task.text, task.done_on) == ("Ring again", TODAY)
