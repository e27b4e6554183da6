"""Lists become cases: the sentences a caseworker would say."""

from datetime import date

import pytest

from bofast.access.tests.cast import gather
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case, Event, Task
from bofast.cases.tests.sent import arrears_list, register

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = "2026-09-16", "2026-10-16", "2026-11-16", "2026-12-16"


def on(day: str) -> date:
    return date.fromisoformat(day)


def cases(contract: str) -> list[Case]:
    return list(Case.objects.filter(tenancy__contract_no=contract).order_by("opened_on"))


def test_a_new_household_gets_a_case_from_the_day_of_the_list() -> None:
    arrears_list(SEPTEMBER, {"K1": 2})
    assess(on=on("2026-09-20"))
    (case,) = cases("K1")
    assert (case.number, case.opened_on, case.cleared_on, case.closed_on) == ("2026-0001", on(SEPTEMBER), None, None)
    assert [event.code for event in case.events.all()] == ["opened"]


def test_a_continuing_household_keeps_its_case() -> None:
    arrears_list(SEPTEMBER, {"K1": 2})
    assess(on=on("2026-09-20"))
    arrears_list(OCTOBER, {"K1": 3})
    assess(on=on("2026-10-20"))
    (case,) = cases("K1")
    assert (case.opened_on, case.last_listed_on) == (on(SEPTEMBER), on(OCTOBER))
    assert case.current is not None and case.current.outstanding == 15_000_00


def test_a_cleared_household_is_not_closed_but_asked_about() -> None:
    arrears_list(SEPTEMBER, {"K1": 2, "K2": 1})
    arrears_list(OCTOBER, {"K2": 2})
    assess(on=on("2026-10-16"))
    (case,) = cases("K1")
    assert (case.cleared_on, case.closed_on) == (on(OCTOBER), None)
    assert case.current is not None and case.current.step_code == "find_out_why"
    assert Task.objects.get(case=case, code="step_find_out_why").due_on == on("2026-10-30")


@pytest.mark.parametrize(
    ("back_on", "relapse"), [(NOVEMBER, True), ("2027-10-15", True), ("2027-10-16", True), ("2027-10-18", False)]
)
def test_a_return_within_twelve_months_is_a_relapse_and_linked(back_on: str, relapse: bool) -> None:
    arrears_list(SEPTEMBER, {"K1": 2})
    arrears_list(OCTOBER, {"K2": 1})
    arrears_list(back_on, {"K1": 1})
    assess(on=on(back_on))
    former, case = cases("K1")
    assert case.opened_on == on(back_on)
    assert (case.relapse_of == former) is relapse


def test_the_former_case_is_closed_as_returned_and_its_history_stands() -> None:
    arrears_list(SEPTEMBER, {"K1": 2})
    arrears_list(OCTOBER, {"K2": 1})
    arrears_list(NOVEMBER, {"K1": 3})
    assess(on=on(NOVEMBER))
    former, case = cases("K1")
    assert (former.outcome, former.closed_on) == (Case.Outcome.RETURNED, on(NOVEMBER))
    assert [event.code for event in former.events.all()] == ["opened", "cleared", "closure"]
    assert case.current is not None and "relapse" in [finding["code"] for finding in case.current.findings]


def test_what_the_list_tells_was_done_is_an_event_told_once() -> None:
    arrears_list(SEPTEMBER, {"K1": 3}, reminded="2026-08-03", demanded="2026-09-01")
    arrears_list(OCTOBER, {"K1": 4}, reminded="2026-08-03", demanded="2026-09-01")
    assess(on=on(OCTOBER))
    (case,) = cases("K1")
    told = [(event.code, event.on.isoformat()) for event in case.events.all() if event.is_deed]
    assert told == [("reminder", "2026-08-03"), ("demand", "2026-09-01")]
    assert case.stage == "demanded"


def test_running_twice_on_the_same_day_changes_nothing() -> None:
    register({"K1": "2;;ja"})
    arrears_list(SEPTEMBER, {"K1": 2, "K9": 1})
    arrears_list(OCTOBER, {"K1": 3})
    first = assess(on=on("2026-10-20"))
    before = (Case.objects.count(), Event.objects.count(), Task.objects.count())
    again = assess(on=on("2026-10-20"))
    assert first.opened == 2
    assert (again.lists, again.opened, again.assessed, again.changed, again.tasks) == (0, 0, 0, 0, 0)
    assert (Case.objects.count(), Event.objects.count(), Task.objects.count()) == before


def test_lists_received_together_make_the_same_cases_as_lists_received_month_by_month() -> None:
    months = [(SEPTEMBER, {"K1": 2, "K2": 1}), (OCTOBER, {"K1": 3}), (NOVEMBER, {"K1": 4, "K2": 1})]
    for day, owing in months:
        arrears_list(day, owing)
    assess(on=on(NOVEMBER))
    assert spells("K1") == [(SEPTEMBER, None)]
    assert spells("K2") == [(SEPTEMBER, OCTOBER), (NOVEMBER, None)]


def spells(contract: str) -> list[tuple[str, str | None]]:
    return [
        (case.opened_on.isoformat(), case.cleared_on.isoformat() if case.cleared_on else None)
        for case in cases(contract)
    ]


def test_a_list_that_comes_late_falls_into_its_place() -> None:
    arrears_list(SEPTEMBER, {"K1": 2, "K2": 1})
    arrears_list(NOVEMBER, {"K1": 4, "K2": 1})
    assess(on=on(NOVEMBER))
    arrears_list(OCTOBER, {"K1": 3, "K3": 1})
    assess(on=on(NOVEMBER))
    assert spells("K1") == [(SEPTEMBER, None)]
    assert spells("K2") == [(SEPTEMBER, OCTOBER), (NOVEMBER, None)]
    assert spells("K3") == [(OCTOBER, NOVEMBER)]


def test_a_closed_case_whose_arrears_grow_is_taken_up_as_a_relapse() -> None:
    arrears_list(SEPTEMBER, {"K1": 2})
    assess(on=on("2026-09-20"))
    Case.objects.update(closed_on=on("2026-09-25"), outcome=Case.Outcome.PLAN, stale=True)
    arrears_list(OCTOBER, {"K1": 2})
    assess(on=on("2026-10-20"))
    assert len(cases("K1")) == 1
    arrears_list(NOVEMBER, {"K1": 3})
    assess(on=on("2026-11-20"))
    closed, case = cases("K1")
    assert (case.opened_on, case.relapse_of) == (on(NOVEMBER), closed)


def test_a_household_the_register_does_not_know_is_a_question_to_the_landlord() -> None:
    register({"K1": "0;;ja"})
    arrears_list(SEPTEMBER, {"K1": 1, "K9": 1})
    assess(on=on("2026-09-16"))
    assert list(Task.objects.values_list("case__tenancy__contract_no", "code", "agency")) == [
        ("K9", "question_register", "landlord")
    ]
    register({"K1": "0;;ja", "K9": "0;;ja"})
    assess(on=on("2026-09-17"))
    assert Task.objects.get(code="question_register").withdrawn


def test_cases_are_numbered_by_the_year_they_began() -> None:
    arrears_list("2026-12-16", {"K1": 1})
    arrears_list("2027-01-18", {"K1": 2, "K2": 1})
    assess(on=on("2027-01-18"))
    assert [case.number for case in Case.objects.order_by("number")] == ["2026-0001", "2027-0001"]


def tell(case: Case, code: str, day: str, **facts: str) -> None:
    Event.objects.create(case=case, code=code, on=on(day), facts=facts)
    Case.objects.filter(pk=case.pk).update(stale=True)


def test_an_eviction_date_is_not_lost_because_a_household_was_missing_from_one_list() -> None:
    arrears_list(SEPTEMBER, {"K1": 3}, petitioned="2026-09-10")
    assess(on=on(SEPTEMBER))
    tell(cases("K1")[0], "date_set", "2026-10-01", scheduled_on="2026-12-01")
    arrears_list(OCTOBER, {"K2": 1})
    arrears_list(NOVEMBER, {"K1": 1})
    assess(on=on(NOVEMBER))
    former, case = cases("K1")
    assert (case.stage, former.outcome) == ("scheduled", Case.Outcome.RETURNED)
    assert case.current is not None and case.current.deadline_on == on("2026-12-01")


def test_an_old_reminder_does_not_follow_a_household_that_comes_back_but_its_opt_out_does() -> None:
    arrears_list(SEPTEMBER, {"K1": 3}, reminded="2026-08-03", demanded="2026-09-01")
    assess(on=on(SEPTEMBER))
    tell(cases("K1")[0], "opt_out", "2026-09-20")
    arrears_list(OCTOBER, {"K2": 1})
    arrears_list(NOVEMBER, {"K1": 1})
    assess(on=on(NOVEMBER))
    _, case = cases("K1")
    assert (case.stage, [event.code for event in case.events.all() if event.is_deed]) == ("due", ["opt_out"])


def test_a_relapse_goes_to_the_person_who_had_the_household_before() -> None:
    cast = gather()
    arrears_list(SEPTEMBER, {"K1": 1, "K2": 1})
    assess(on=on(SEPTEMBER))
    Case.objects.update(holder=cast.ola)
    arrears_list(OCTOBER, {"K2": 1})
    arrears_list(NOVEMBER, {"K1": 1, "K2": 1})
    assess(on=on(NOVEMBER))
    assert cases("K1")[-1].holder == cast.ola


def test_a_household_the_corrected_list_no_longer_names_owes_nothing_from_that_day() -> None:
    arrears_list(SEPTEMBER, {"K1": 2, "K2": 1})
    assess(on=on(SEPTEMBER))
    arrears_list(SEPTEMBER, {"K1": 2})
    assess(on=on(SEPTEMBER))
    (case,) = cases("K2")
    assert (case.cleared_on, case.closed_on) == (on(SEPTEMBER), None)
    assert case.current is not None
    assert (case.current.outstanding, case.current.step_code) == (0, "find_out_why")


def test_a_household_that_only_the_next_list_names_after_a_correction_has_one_open_case() -> None:
    arrears_list(SEPTEMBER, {"K1": 2, "K2": 1})
    assess(on=on(SEPTEMBER))
    arrears_list(SEPTEMBER, {"K1": 2})
    arrears_list(OCTOBER, {"K1": 3, "K2": 2})
    assess(on=on(OCTOBER))
    mistaken, case = cases("K2")
    assert mistaken.closed_on is not None
    assert (case.opened_on, case.closed_on) == (on(OCTOBER), None)
    assert case.current is not None and case.current.outstanding == 10_000_00


def test_a_household_on_two_senders_lists_has_one_case() -> None:
    arrears_list(SEPTEMBER, {"K1": 2})
    assess(on=on(SEPTEMBER))
    other = b"Kontraktsnr;Navn;Forfall;Restanse;Fakturanr\nK1;Tenant K1;2026-08-01;900;X1"
    receive_file(Delivery(data=other, name="restanseliste-2026-09-20.csv", sender="kommunekassen"))
    assess(on=on("2026-09-20"))
    (case,) = cases("K1")
    assert case.current is not None and case.current.outstanding == 10_900_00
