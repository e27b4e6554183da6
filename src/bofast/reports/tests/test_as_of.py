"""As of an earlier day: what came later, was put right later or was recorded later is not in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from time_machine import Traveller, travel

from bofast.access.tests.cast import kari
from bofast.arrears.actions.quarantine import correct_row
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import FormerRegisteredCase, QuarantinedRow, RegisteredCase
from bofast.cases.actions.assess import assess
from bofast.cases.actions.work import close_case
from bofast.cases.models import Case, Event
from bofast.cases.tests.sent import arrears_list
from bofast.cases.tests.sent import register as tenancies
from bofast.domain.facts import DeedCode
from bofast.domain.tests.made_years import Row, make
from bofast.reports.tests.received import counts, register, reported

pytestmark = pytest.mark.django_db
THEN, LATER = date(2026, 3, 31), "2026-11-22 12:00+01:00"
NO_STEPS = dict.fromkeys(("petitioned_on", "withdrawn_on", "evicted_on", "reinstated_on"))
Document = dict[str, Any]


@pytest.fixture
def clock() -> Any:
    with travel("2026-03-31 12:00+02:00") as traveller:
        yield traveller


def figures(document: Document) -> Document:
    """All of a document but the words on which day it is of."""
    return {key: value for key, value in document.items() if key not in ("notes", "as_of", "counted_on")}


def rows() -> list[Row]:
    return make(2025, 60)


def more_cases() -> None:
    register([row | {"case_no": f"B{row['case_no']}"} for row in make(2025, 30, seed=2)], name="mer.csv")


def corrected_cases() -> None:
    register([row | {"district": "Fana", "outcome": "uavklart"} | NO_STEPS for row in rows()], name="rettet.csv")


def corrected_twice() -> None:
    corrected_cases()
    register([row | {"gender": "kvinne"} for row in rows()], name="rettet-igjen.csv")


def newer_counts() -> None:
    counts("2025;BBB/kemneren;begjæringer;99;2026-02-28")


def a_row_put_right() -> None:
    waiting = QuarantinedRow.objects.get()
    assert not correct_row(row_id=waiting.pk, cells={"opened_on": "2025-02-28"}, by=None)


@pytest.mark.parametrize("later", [more_cases, corrected_cases, corrected_twice, newer_counts, a_row_put_right])
def test_what_comes_later_changes_the_report_and_not_the_one_as_of_the_day(
    clock: Traveller, later: Callable[[], None]
) -> None:
    register(rows())
    counts("2025;BBB/kemneren;begjæringer;70;2026-01-31")
    lame = b"case_no;opened_on;outcome\r\nX1;2025-02-30;flyttet\r\n"
    receive_file(Delivery(data=lame, name="saksregister-x.csv"))
    then = reported(2025)
    clock.move_to(LATER)
    later()
    assert figures(reported(2025)) != figures(then)
    assert figures(reported(2025, as_of=THEN)) == figures(then)
    assert figures(reported(2025, as_of=date(2026, 11, 22))) == figures(reported(2025))


def test_a_report_as_of_a_day_says_so_and_what_is_of_today_all_the_same(clock: Traveller) -> None:
    register(rows())
    found = reported(2025, as_of=THEN)
    assert found["notes"][-1].startswith("counted as recorded on 31 March 2026; who lives in a household")


def test_before_anything_of_the_period_had_come_that_is_said_first(clock: Traveller) -> None:
    register(rows())
    found = reported(2025, as_of=date(2026, 3, 30))
    assert found["nothing_received"] is True
    assert found["notes"][0] == "nothing of the period had been received or recorded by 30 March 2026"
    assert "nothing_received" not in reported(2025, as_of=THEN)
    assert "nothing_received" not in reported(2024), "today nothing is all there is"


def test_the_first_moment_that_counts_no_more_is_that_of_the_next_day(clock: Traveller) -> None:
    clock.move_to("2026-03-31 23:59+02:00")
    register(rows())
    clock.move_to("2026-04-01 00:01+02:00")
    more_cases()
    told = [reported(2025, as_of=day) for day in (THEN, date(2026, 4, 1))]
    assert [found["tables"]["2"]["rows"][0]["count"] for found in told] == [60, 90]


def test_a_register_that_takes_over_a_case_keeps_what_was_said_before() -> None:
    register(rows())
    assert not FormerRegisteredCase.objects.exists()
    corrected_cases()
    assert (RegisteredCase.objects.count(), FormerRegisteredCase.objects.count()) == (60, 60)
    told = FormerRegisteredCase.objects.order_by("case_no").values_list("values__outcome", flat=True)
    assert list(told) == [row["outcome"] for row in rows()]


def test_what_is_recorded_in_a_case_later_is_not_in_the_report_as_of_the_day(clock: Traveller) -> None:
    tenancies({"K1": "2;;ja"})
    arrears_list("2026-01-16", {"K1": 3})
    assess(on=date(2026, 1, 16))
    case = Case.objects.get()
    Event.objects.create(case=case, code=DeedCode.PETITION, on=date(2026, 2, 1))
    then = reported(2026)
    assert (then["tables"]["6"]["petitions"], then["tables"]["2"]["rows"][0]["count"]) == (1, 1)
    clock.move_to(LATER)
    Event.objects.create(case=case, code=DeedCode.WITHDRAWAL, on=date(2026, 2, 20))  # of before, recorded now
    close_case(case_id=case.pk, outcome=Case.Outcome.PAID, on=date(2026, 11, 20), actor=kari(),
               today=date(2026, 11, 22), despite="betalt")  # fmt: skip
    arrears_list("2026-02-16", {"K1": 3, "K2": 1})
    assess(on=date(2026, 2, 16))
    now = reported(2026)
    assert (now["tables"]["6"]["withdrawn"], now["tables"]["2"]["rows"][0]["count"]) == (1, 2)
    assert next(row["count"] for row in now["resolutions"] if row["key"] == "paid_self") == 1
    assert figures(reported(2026, as_of=THEN)) == figures(then)


def test_the_arrears_of_a_case_are_those_of_the_list_as_it_stood_then(clock: Traveller) -> None:
    arrears_list("2026-01-16", {"K1": 3})
    assess(on=date(2026, 1, 16))
    then = reported(2026)
    clock.move_to(LATER)
    arrears_list("2026-01-16", {"K1": 2})
    arrears = [next(row["value"] for row in found["tables"]["2"]["rows"] if row["key"] == "total_arrears")
               for found in (then, reported(2026), reported(2026, as_of=THEN))]  # fmt: skip
    assert arrears == ["15000.00", "10000.00", "15000.00"]
