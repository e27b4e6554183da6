"""The work of a year, from a handful of made cases a reader can count on the fingers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.costs import execution_cost, petition_cost, total
from bofast.domain.facts import Agency
from bofast.domain.statistics import Outcome, Period, work_words
from bofast.domain.statistics.definitions import LANGUAGES, defined
from bofast.domain.statistics.work import (
    End,
    attempts,
    children_touched,
    districts,
    ends,
    payers,
    petition_contact,
    petition_ends,
    questions,
    relapse,
    speed,
    work_of,
)
from bofast.domain.statistics.work_facts import Asked, Attempt, Demand, WorkFact

YEAR = Period.of_year(2026)
LISTED = date(2026, 3, 2)
TODAY = date(2026, 11, 22)


def after(days: int) -> date:
    return LISTED + timedelta(days)


def a_case(*tried: tuple[int, bool], **known: object) -> WorkFact:
    """A case opened on LISTED, with attempts so many days after it."""
    told = tuple(Attempt(after(days), reached) for days, reached in tried)
    return WorkFact(**({"household": 1, "opened_on": LISTED, "attempts": told} | known))  # type: ignore[arg-type]


def row(rows: list[dict[str, object]], key: str) -> list[object]:
    """The numbers of a row, its key left out."""
    return next([value for name, value in row.items() if name != "key"] for row in rows if row["key"] == key)


TRY, TALK = False, True


@pytest.mark.parametrize(
    ("tried", "needed", "reached"),
    [
        ([], "0", False),
        ([(3, TALK)], "1", True),
        ([(3, TRY)], "1", False),
        ([(3, TRY), (5, TALK)], "2", True),
        ([(3, TRY), (5, TALK), (9, TRY), (20, TALK)], "2", True),
        ([(1, TRY), (2, TRY), (3, TALK)], "3+", True),
        ([(1, TRY), (2, TRY), (3, TRY), (4, TRY)], "3+", False),
    ],
)
def test_a_case_counts_by_its_attempts_until_the_first_talk(
    tried: list[tuple[int, bool]], needed: str, reached: bool
) -> None:
    rows = attempts([a_case(*tried)])
    assert row(rows, needed) == [1, int(reached), int(not reached), 100 if reached else 0]
    assert row(rows, "all") == row(rows, needed)


@given(st.lists(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=6), min_size=1, max_size=8))
def test_the_cases_by_attempts_add_up_to_all_of_them(tried: list[list[tuple[int, bool]]]) -> None:
    whole, *parts = attempts([a_case(*each) for each in tried])
    for column in ("count", "reached", "not_reached"):
        assert whole[column] == sum(part[column] for part in parts)
    assert whole["count"] == len(tried)


@pytest.mark.parametrize(
    ("first_talks", "middle"),
    [([4], 4), ([4, 9], Decimal("6.5")), ([4, 8], 6), ([2, 30, 3], 3), ([-2], 0)],
)
def test_the_median_is_of_the_cases_that_were_talked_with(first_talks: list[int], middle: object) -> None:
    facts = [a_case(), *(a_case((days, TALK)) for days in first_talks)]
    assert row(speed(facts, TODAY), "median_days") == [middle]
    assert row(speed(facts, TODAY), "talked") == [len(first_talks)]


def test_there_is_no_median_of_nothing() -> None:
    assert "median_days" not in {each["key"] for each in (*speed([a_case()], TODAY), *relapse([a_case()]))}


@pytest.mark.parametrize(
    ("talk", "on", "within", "percent", "too_early"),
    [
        (14, after(15), 1, 100, 0),
        (15, after(15), 0, 0, 0),
        (None, after(15), 0, 0, 0),
        (None, after(14), 0, None, 1),
        (2, after(14), 0, None, 1),
    ],
)
def test_a_case_is_judged_when_its_fourteen_days_are_over(
    talk: int | None, on: date, within: int, percent: int | None, too_early: int
) -> None:
    rows = speed([a_case(*([(talk, TALK)] if talk else []))], on)
    assert row(rows, "within_14_days") == [within, percent]
    assert row(rows, "too_early") == [too_early]


def test_relapses_are_told_of_all_cases_opened_with_the_days_between() -> None:
    rows = relapse([a_case(), a_case(relapse_after=40), a_case(relapse_after=61), a_case()])
    assert [row(rows, key) for key in ("all", "relapsed", "median_days")] == [[4], [2, 50], [Decimal("50.5")]]


def test_questions_are_told_by_the_agency_that_is_to_answer() -> None:
    late = Asked(Agency.LANDLORD, after(0), TODAY - timedelta(1))
    put = (late, late._replace(due_on=TODAY), late._replace(answered_on=after(5)), late._replace(on=date(2025, 12, 31)))
    rows = questions([a_case(questions=put), a_case(questions=(late._replace(agency=Agency.COLLECTOR),))], YEAR, TODAY)
    assert [each["key"] for each in rows] == ["agency.landlord", "agency.collector"], "nobody else was asked"
    assert row(rows, "agency.landlord") == [3, 1, 2, 1]
    assert row(rows, "agency.collector") == [1, 0, 1, 1]


@pytest.mark.parametrize(
    ("petitions", "then", "ended"),
    [
        ([10], {}, [End.RUNNING]),
        ([10], {"evictions": [40]}, [End.EXECUTED]),
        ([10], {"withdrawals": [10]}, [End.WITHDRAWN]),
        ([10], {"other_ends": [50]}, [End.OTHERWISE]),
        ([10], {"withdrawals": [20], "other_ends": [50]}, [End.WITHDRAWN]),
        ([10], {"withdrawals": [40], "evictions": [40]}, [End.EXECUTED]),
        ([10], {"withdrawals": [9]}, [End.RUNNING]),
        ([10, 30], {}, [End.ANEW, End.RUNNING]),
        ([10, 30], {"withdrawals": [30]}, [End.WITHDRAWN, End.RUNNING]),
        ([10, 30], {"withdrawals": [20], "evictions": [60]}, [End.WITHDRAWN, End.EXECUTED]),
    ],
)
def test_a_petition_ends_by_the_first_thing_that_ended_it(
    petitions: list[int], then: dict[str, list[int]], ended: list[End]
) -> None:
    days = {name: tuple(map(after, each)) for name, each in ({"petitions": petitions} | then).items()}
    assert [end for _day, end in ends(a_case(**days))] == ended


@pytest.mark.parametrize(
    ("outcome", "evictions", "ended"),
    [
        (Outcome.EVICTED, (), End.EXECUTED),
        (Outcome.STOPPED, (), End.OTHERWISE),
        (Outcome.EVICTED, (after(2),), End.OTHERWISE),
    ],
)
def test_a_case_closed_as_evicted_tells_of_an_execution_nobody_recorded(
    outcome: Outcome, evictions: tuple[date, ...], ended: End
) -> None:
    fact = a_case(petitions=(after(10),), other_ends=(after(60),), evictions=evictions, outcome=outcome)
    assert [end for _day, end in ends(fact)] == [ended]


def test_petitions_without_execution_are_told_together_and_apart() -> None:
    filed = a_case(petitions=(after(10),))
    facts = [filed, *(a_case(petitions=(after(10),), **{how: (after(40),)})
                      for how in ("evictions", "withdrawals", "withdrawals", "other_ends"))]  # fmt: skip
    rows = petition_ends([*facts, a_case(petitions=(date(2025, 12, 31),))], YEAR)
    assert row(rows, "petitions") == [5, 100]
    assert row(rows, "without_execution") == [3, 60]
    assert [row(rows, end.value) for end in End] == [[1, 20], [2, 40], [1, 20], [0, 0], [1, 20]]


@pytest.mark.parametrize(
    ("tried", "former", "key"),
    [
        ([], [], "none_before"),
        ([(11, TALK)], [], "none_before"),
        ([(10, TRY)], [], "tried_before"),
        ([(2, TRY), (10, TALK)], [], "talk_before"),
        ([], [Attempt(date(2025, 12, 1), TALK)], "talk_before"),
    ],
)
def test_what_was_tried_by_the_day_of_the_petition(
    tried: list[tuple[int, bool]], former: list[Attempt], key: str
) -> None:
    rows = petition_contact([a_case(*tried, petitions=(after(10),), former_attempts=tuple(former))], YEAR)
    assert [each["key"] for each in rows if each["count"]] == ["petitions", key]


def test_districts_stand_side_by_side_the_unknown_one_last() -> None:
    facts = [
        a_case((4, TALK), district="Fana", outcome=Outcome.STOPPED),
        a_case((20, TALK), district="Fana", outcome=Outcome.REINSTATED),
        a_case(outcome=Outcome.MOVED),
        a_case(district="Arna"),
    ]
    rows = districts(facts, TODAY)
    assert [each["key"] for each in rows] == ["Arna", "Fana", "unknown"]
    assert row(rows, "Fana") == [2, 100, 12, 50, 1, 1, 0, 0]
    assert row(rows, "unknown") == [1, 0, None, 0, 0, 0, 1, 0]
    assert districts(facts[:2], TODAY) == [], "one district alone is compared with nothing"


def test_a_household_and_its_children_count_once_however_many_petitions() -> None:
    days = {"petitions": (after(10), after(90))}
    facts = [
        a_case(household=1, children=2, evictions=(after(120),), **days),
        a_case(household=1, children=2, **days),
        a_case(household=2, children=0, **days),
        a_case(household=3, **days),
        a_case(household=4, children=5, petitions=(date(2025, 12, 31),)),
    ]
    rows = children_touched(facts, YEAR)
    assert row(rows, "petitioned") == [3, 1, 2, 1]
    assert row(rows, "evicted") == [1, 1, 2, 0]


def test_the_steps_of_the_year_cost_what_the_fees_of_their_days_say() -> None:
    demand = Demand(on=after(5), due_on=date(2026, 1, 1), reminded_on=date(2026, 2, 1))
    fact = a_case(demand=demand, petitions=(after(10), date(2025, 12, 31)), evictions=(after(60),))
    paid = payers([fact], YEAR)
    rows = {each["key"]: each for each in paid.rows}
    assert list(rows) == ["tenant", "landlord", "total"]
    assert rows["total"]["petitioned"] * 100 == total(petition_cost(after(10)))
    assert rows["landlord"]["evicted"] * 100 == total(execution_cost(after(60)))
    assert rows["tenant"]["demanded"] == rows["tenant"]["sum"] > 0
    for column in ("demanded", "petitioned", "evicted", "sum"):
        assert rows["total"][column] == rows["tenant"][column] + rows["landlord"][column]
    assert "unclear" in paid.marks, "which day's fee an eviction follows is not settled"


def test_a_reminder_nobody_knows_of_costs_nothing() -> None:
    known = Demand(on=after(5), due_on=date(2026, 1, 1), reminded_on=after(5))
    with_it, without = (payers([a_case(demand=each)], YEAR).rows for each in (known, known._replace(reminded_on=None)))
    assert with_it[-1]["sum"] > without[-1]["sum"] > 0


def test_a_step_of_a_day_without_known_fees_is_left_out_and_counted() -> None:
    long_ago = date(1950, 1, 1)
    paid = payers([a_case(petitions=(long_ago,))], Period.of_year(1950))
    assert (paid.rows, paid.left_out) == ([], 1)


FULL = a_case(
    (4, TALK),
    district="Fana",
    petitions=(after(10),),
    questions=(Asked(Agency.LANDLORD, after(0), after(3)),),
    relapse_after=30,
    demand=Demand(on=after(5), due_on=date(2026, 1, 1)),
)
EVERY = work_of([FULL, a_case(district="Arna")], YEAR, TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_every_table_row_and_column_has_words(name: str, language: str) -> None:
    assert len({work_words.title(name, language), work_words.definition(name, language)}) == 2
    keys = {key for row in EVERY[name] for key in (*row, row["key"])} - {"Fana", "Arna"}
    assert [key for key in keys if work_words.word(key, language) == key] == []


def test_the_definitions_of_the_published_report_stay_its_own() -> None:
    assert len(EVERY) == 9
    assert not EVERY.keys() & set(defined())


def test_there_is_no_table_where_nothing_was_done() -> None:
    assert work_of([], YEAR, TODAY) == {}
    assert list(work_of([a_case()], YEAR, TODAY)) == ["attempts", "speed", "relapse"]
