import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.costs import (
    MODEL_DAYS,
    Item,
    Party,
    Reading,
    as_json,
    by_payer,
    collection_cost,
    execution_cost,
    execution_fee,
    petition_cost,
    petition_fee,
    procedure_cost,
    saved_by_stopping,
    total,
)
from bofast.domain.facts import Stage
from bofast.domain.money import as_kroner
from bofast.domain.rates import NoRate

RENT = 500000


def amounts(items: Iterable[Item]) -> dict[str, str]:
    return {item.code: as_kroner(item.amount) for item in items}


@pytest.mark.parametrize(
    ("due_on", "reading", "accumulated"),
    [
        # the known answers of the contract
        ("2006-01-01", "printed", "5000 5000 5275 7941 7941 12267"),
        ("2006-01-01", "act", "5000 5000 5275 7941 7941 10461"),
        ("2024-01-02", "act", "5000 5000 5175 7409.50 7409.50 9132.50"),
        ("2026-01-02", "act", "5000 5000 5189 7542.50 7542.50 9357.50"),
        # printed adds 1.25 R + 1.35 R at execution: 1 596 + 1 723 and 1 681 + 1 815
        ("2024-01-02", "printed", "5000 5000 5175 7409.50 7409.50 10728.50"),
        ("2026-01-02", "printed", "5000 5000 5189 7542.50 7542.50 11038.50"),
        # 2019: R 1 150; fees 70 + 70 + 210; 1 437 + 1 150 at petition; 1 552 at execution
        ("2019-01-02", "act", "5000 5000 5350 7937 7937 9489"),
        ("2019-01-02", "printed", "5000 5000 5350 7937 7937 10926"),
        # 2021: R 1 199; petition on 2 April, so writing is 0.5 R: 1 498 + 599.50; execution 1 618
        ("2021-01-02", "act", "5000 5000 5175 7272.50 7272.50 8890.50"),
        # due 2027: the last known figures, marked
        ("2027-02-01", "act", "5000 5000 5189 7542.50 7542.50 9357.50"),
    ],
)
def test_the_procedure_accumulates_the_known_costs(due_on: str, reading: str, accumulated: str) -> None:
    plan = procedure_cost(rent=RENT, due_on=date.fromisoformat(due_on), reading=Reading(reading))
    assert [Decimal(as_kroner(step.accumulated)) for step in plan.steps] == [Decimal(x) for x in accumulated.split()]


def test_the_steps_stand_on_the_model_days_of_figure_three() -> None:
    plan = procedure_cost(rent=RENT, due_on=date(2006, 1, 1))
    assert [(step.stage.value, step.on.isoformat()) for step in plan.steps] == [
        ("due", "2006-01-01"),
        ("reminded", "2006-02-01"),
        ("demanded", "2006-03-02"),
        ("petitioned", "2006-04-01"),
        ("scheduled", "2006-04-15"),
        ("evicted", "2006-05-01"),
    ]


def test_each_step_of_2006_adds_what_figure_three_prints() -> None:
    plan = procedure_cost(rent=RENT, due_on=date(2006, 1, 1))
    assert [amounts(step.adds) for step in plan.steps] == [
        {"rent": "5000.00"},
        {},
        {"reminder_fee": "55.00", "collection_notice_fee": "55.00", "demand_fee": "165.00"},
        {"petition_fee": "1806.00", "petition_writing": "860.00"},
        {},
        {"execution_fee": "1720.00", "locksmith": "800.00"},
    ]


def test_each_cost_names_who_pays_first_and_to_whom() -> None:
    plan = procedure_cost(rent=RENT, due_on=date(2026, 1, 2))
    assert {(item.code, item.payer.value, item.receiver.value) for item in plan.items} == {
        ("rent", "tenant", "landlord"),
        ("reminder_fee", "tenant", "landlord"),
        ("collection_notice_fee", "tenant", "collector"),
        ("demand_fee", "tenant", "collector"),
        ("petition_fee", "landlord", "state"),
        ("petition_writing", "landlord", "collector"),
        ("execution_fee", "landlord", "state"),
        ("locksmith", "landlord", "locksmith"),
    }
    assert all("§" in item.law for item in plan.items)
    assert by_payer(plan.items) == {Party.TENANT: 518900, Party.LANDLORD: 416850}


@pytest.mark.parametrize(
    ("due_on", "unverified"),
    [
        (date(2006, 1, 1), {"execution_fee", "locksmith"}),
        (date(2004, 1, 2), {"reminder_fee", "collection_notice_fee", "demand_fee", "execution_fee"}),
        (date(2012, 1, 2), {"petition_fee", "execution_fee"}),
        (date(2014, 1, 2), {"reminder_fee", "collection_notice_fee", "demand_fee", "petition_fee", "execution_fee"}),
        (date(2026, 1, 2), set()),
    ],
)
def test_a_mark_on_a_figure_is_carried_into_every_cost_that_uses_it(due_on: date, unverified: set[str]) -> None:
    plan = procedure_cost(rent=RENT, due_on=due_on)
    assert {item.code for item in plan.items if item.unverified} == unverified


def test_the_printed_execution_carries_the_marks_of_the_petition_fee_counted_in_it() -> None:
    assert execution_fee(date(2027, 5, 1), Reading.PRINTED).not_yet_known
    assert execution_fee(date(2010, 5, 1), Reading.PRINTED).unverified
    assert not execution_fee(date(2026, 5, 1), Reading.PRINTED).unverified


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("year", [2006, 2012, 2026])
def test_the_day_that_decides_the_execution_fee_is_unclear_and_no_other(year: int, reading: Reading) -> None:
    plan = procedure_cost(rent=RENT, due_on=date(year, 1, 2), reading=reading)
    assert [item.code for item in plan.items if item.unclear] == ["execution_fee"]


@pytest.mark.parametrize(
    ("due_on", "left_out"),
    [
        (date(2005, 1, 3), ("locksmith",)),  # evicted in 2005, before the report's price
        (date(2006, 1, 1), ()),
        (date(2006, 9, 2), ()),  # evicted on 31 December 2006
        (date(2006, 9, 3), ("locksmith",)),
        (date(2018, 9, 2), ("locksmith",)),
        (date(2018, 9, 3), ()),  # evicted on 1 January 2019: inside the fee
        (date(2026, 1, 2), ()),
    ],
)
def test_a_locksmith_nobody_knows_the_price_of_is_left_out_and_named(due_on: date, left_out: tuple[str, ...]) -> None:
    evicted = procedure_cost(rent=RENT, due_on=due_on).steps[-1]
    assert evicted.left_out == left_out
    assert ("locksmith" in amounts(evicted.adds)) is not bool(left_out)


def test_from_2019_the_locksmith_lies_inside_the_fee() -> None:
    assert amounts(execution_cost(date(2026, 5, 1))) == {"execution_fee": "1815.00", "locksmith": "0.00"}


@pytest.mark.parametrize(
    ("due_on", "not_yet_known"),
    [
        (date(2026, 9, 2), set()),  # evicted on 31 December 2026
        (date(2026, 9, 3), {"execution_fee"}),
        (date(2026, 10, 3), {"petition_fee", "petition_writing", "execution_fee"}),
        (
            date(2027, 1, 2),
            {
                "reminder_fee",
                "collection_notice_fee",
                "demand_fee",
                "petition_fee",
                "petition_writing",
                "execution_fee",
            },
        ),
    ],
)
def test_a_day_past_the_last_known_figure_is_projected_and_marked(due_on: date, not_yet_known: set[str]) -> None:
    plan = procedure_cost(rent=RENT, due_on=due_on)
    assert {item.code for item in plan.items if item.not_yet_known} == not_yet_known
    assert plan.interest.not_yet_known is (plan.interest.to > date(2027, 1, 1))


def test_a_day_before_the_first_figure_is_an_error() -> None:
    with pytest.raises(NoRate):
        procedure_cost(rent=RENT, due_on=date(2001, 1, 2))


@pytest.mark.parametrize(
    ("due_on", "reminded_on", "demanded_on", "reminder", "notice", "demand"),
    [
        (date(2006, 1, 1), date(2006, 2, 1), date(2006, 3, 2), "55.00", "55.00", "165.00"),
        # the claim's due day decides the share, however late the letter
        (date(2020, 9, 30), date(2020, 10, 31), date(2020, 11, 29), "70.00", "70.00", "210.00"),
        (date(2020, 10, 1), date(2020, 11, 1), date(2020, 11, 30), "35.00", "35.00", "105.00"),
        # the day of sending decides the rate; 37.50 and 112.50 go to the nearest krone
        (date(2025, 11, 17), date(2025, 12, 18), date(2026, 1, 16), "35.00", "38.00", "113.00"),
        (date(2026, 1, 2), date(2026, 2, 2), date(2026, 3, 3), "38.00", "38.00", "113.00"),
    ],
)
def test_collection_fees_follow_the_day_of_sending_and_the_claims_due_day(
    due_on: date, reminded_on: date, demanded_on: date, reminder: str, notice: str, demand: str
) -> None:
    found = collection_cost(due_on=due_on, reminded_on=reminded_on, demanded_on=demanded_on)
    assert amounts(found) == {"reminder_fee": reminder, "collection_notice_fee": notice, "demand_fee": demand}


@pytest.mark.parametrize(
    ("on", "petition", "execution", "printed"),
    [
        # table 6 of the report; 1.25 R and 1.35 R each rounded down to whole kroner
        (date(2006, 1, 1), "1806.00", "1720.00", "3526.00"),
        (date(2019, 6, 1), "1437.00", "1552.00", "2989.00"),
        (date(2020, 6, 1), "1465.00", "1582.00", "3047.00"),
        (date(2021, 6, 1), "1498.00", "1618.00", "3116.00"),
        (date(2022, 6, 1), "1528.00", "1651.00", "3179.00"),
        (date(2023, 6, 1), "1553.00", "1678.00", "3231.00"),
        (date(2024, 6, 1), "1596.00", "1723.00", "3319.00"),
        (date(2025, 6, 1), "1642.00", "1773.00", "3415.00"),
        (date(2026, 6, 1), "1681.00", "1815.00", "3496.00"),
    ],
)
def test_the_court_fees_of_a_petition_and_an_execution(on: date, petition: str, execution: str, printed: str) -> None:
    assert as_kroner(petition_fee(on).amount) == petition
    assert as_kroner(execution_fee(on).amount) == execution
    assert as_kroner(execution_fee(on, Reading.PRINTED).amount) == printed


@pytest.mark.parametrize(
    ("on", "writing"),
    [(date(2021, 1, 31), "1199.00"), (date(2021, 2, 1), "599.50"), (date(2026, 4, 2), "672.50")],
)
def test_writing_the_petition_costs_one_court_fee_until_february_2021_then_half_of_one(on: date, writing: str) -> None:
    assert amounts(petition_cost(on))["petition_writing"] == writing


@pytest.mark.parametrize(
    ("stage", "saved"),
    [
        (Stage.DUE, "5186.00"),  # 1 806 + 860 + 1 720 + 800
        (Stage.REMINDED, "5186.00"),
        (Stage.DEMANDED, "5186.00"),
        (Stage.PETITIONED, "2520.00"),
        (Stage.SCHEDULED, "2520.00"),
        (Stage.EVICTED, "0.00"),
        (Stage.WITHDRAWN, "0.00"),
        (Stage.SETTLED, "0.00"),
        (Stage.REINSTATED, "0.00"),
        (Stage.MOVED, "0.00"),
        (Stage.CLOSED, "0.00"),
    ],
)
def test_stopping_saves_what_is_not_yet_spent(stage: Stage, saved: str) -> None:
    assert as_kroner(total(saved_by_stopping(stage, date(2006, 4, 1)))) == saved


def test_what_is_saved_is_what_the_model_has_not_yet_spent() -> None:
    plan = procedure_cost(rent=RENT, due_on=date(2026, 1, 2))
    for step in plan.steps[2:]:
        rest = plan.steps[-1].accumulated - step.accumulated
        assert total(saved_by_stopping(step.stage, step.on)) == rest


@pytest.mark.parametrize("through", list(MODEL_DAYS))
def test_the_plan_stops_at_the_stage_asked_for_and_its_interest_with_it(through: Stage) -> None:
    whole = procedure_cost(rent=RENT, due_on=date(2026, 1, 2))
    part = procedure_cost(rent=RENT, due_on=date(2026, 1, 2), through=through)
    assert part.steps == whole.steps[: len(part.steps)]
    assert part.steps[-1].stage is through
    assert part.interest.to == part.steps[-1].on


@pytest.mark.parametrize("exit_stage", [stage for stage in Stage if stage not in MODEL_DAYS])
def test_an_exit_is_no_step_of_the_model(exit_stage: Stage) -> None:
    with pytest.raises(ValueError, match="choose one of due, reminded, demanded"):
        procedure_cost(rent=RENT, due_on=date(2026, 1, 2), through=exit_stage)


@pytest.mark.parametrize("rent", [0, -1])
def test_a_rent_not_above_zero_is_refused(rent: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        procedure_cost(rent=rent, due_on=date(2026, 1, 2))


def test_interest_of_figure_three_is_the_first_half_years_rate_not_the_printed_one() -> None:
    counted = procedure_cost(rent=RENT, due_on=date(2006, 1, 1)).interest
    assert [(part.starts_on, part.ends_on, str(part.rate.value)) for part in counted.parts] == [
        (date(2006, 1, 2), date(2006, 5, 1), "9.25")
    ]
    assert as_kroner(counted.amount) == "150.79"


@given(
    st.integers(min_value=1, max_value=10**8),
    st.dates(date(2004, 1, 1), date(2035, 1, 1)),
    st.sampled_from(list(Reading)),
)
def test_the_sums_are_the_sums_of_their_items_and_interest_stands_beside(
    rent: int, due_on: date, reading: Reading
) -> None:
    plan = procedure_cost(rent=rent, due_on=due_on, reading=reading)
    assert len(plan.steps) == 6
    for number, step in enumerate(plan.steps, start=1):
        assert step.accumulated == total(item for earlier in plan.steps[:number] for item in earlier.adds)
    assert plan.steps[-1].accumulated == sum(by_payer(plan.items).values())
    assert plan.interest.to == plan.steps[-1].on == due_on + timedelta(days=120)


def test_the_document_has_the_keys_of_the_contract_and_kroner_as_decimal_strings() -> None:
    document = json.loads(json.dumps(as_json(procedure_cost(rent=RENT, due_on=date(2006, 4, 1)))))
    assert document["reading"] == "act"
    assert document["steps"][3] == {
        "stage": "petitioned",
        "on": "2006-06-30",
        "adds": [
            {
                "code": "petition_fee",
                "amount": "1806.00",
                "payer": "landlord",
                "receiver": "state",
                "law": "rettsgebyrloven § 14",
                "unverified": False,
                "unclear": False,
                "not_yet_known": False,
            },
            {
                "code": "petition_writing",
                "amount": "860.00",
                "payer": "landlord",
                "receiver": "collector",
                "law": "tvangsfullbyrdelsesloven § 3-1",
                "unverified": False,
                "unclear": False,
                "not_yet_known": False,
            },
        ],
        "accumulated": "7941.00",
        "left_out": [],
    }
    assert document["by_payer"] == {"tenant": "5275.00", "landlord": "5186.00"}
    assert document["interest"]["to"] == "2006-07-30"
    assert document["interest"]["amount"] == "151.51"
    keys = ("from", "to", "rate", "days", "amount")
    assert [tuple(part[key] for key in keys) for part in document["interest"]["parts"]] == [
        ("2006-04-03", "2006-07-01", "9.25", 89, "112.77"),
        ("2006-07-01", "2006-07-30", "9.75", 29, "38.74"),
    ]
