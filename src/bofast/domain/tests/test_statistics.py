"""Each table and figure from a handful of facts a reader can count on the fingers."""

from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.costs import Reading
from bofast.domain.money import whole_percent
from bofast.domain.statistics import (
    CaseFact,
    Contact,
    Count,
    Counts,
    Gender,
    Income,
    Material,
    NotMaskable,
    Outcome,
    Period,
    Profile,
    Question,
    Resolution,
    cases,
    definitions,
    report,
)
from bofast.domain.statistics.agencies import disagreements, goals, own_and_city, table_5
from bofast.domain.statistics.definitions import LANGUAGES
from bofast.domain.statistics.fees import fees_of, figure_3, table_6
from bofast.domain.statistics.groups import GROUPS

Y2006, Y2005 = Period.of_year(2006), Period.of_year(2005)
PROFILE = Profile(own="Own", city="City", books="Books", withdrawn="Collector")
WOMAN = CaseFact(
    opened_on=date(2006, 3, 1),
    gender=Gender.WOMEN,
    age=30,
    members=2,
    children=1,
    single=True,
    income=Income.SOCIAL_ASSISTANCE,
    monthly_income=800_000,
    arrears=1_000_000,
    contact=Contact.ACTIVE,
    referred_housing_benefit=True,
    outcome=Outcome.STOPPED,
    resolution=Resolution.HOUSING_BENEFIT,
)
MAN = CaseFact(
    opened_on=date(2006, 12, 31),
    gender=Gender.MEN,
    age=41,
    members=7,
    children=0,
    single=False,
    income=Income.WORK,
    monthly_income=799_999,
    arrears=499_999,
    contact=Contact.NOT_ACTIVE,
    outcome=Outcome.EVICTED,
)
UNKNOWN = CaseFact(opened_on=date(2006, 1, 1))
FACTS = (WOMAN, MAN, UNKNOWN)


def counted(*given: tuple[int, str, str, int]) -> Counts:
    return Counts(
        [
            Count(year=year, source=source, indicator=indicator, count=count, as_of=date(2007, 1, 31))
            for year, source, indicator, count in given
        ]
    )


def by_key(rows: list[dict[str, Any]], name: str = "count") -> dict[str, Any]:
    return {row["key"]: row[name] for row in rows if name in row}


def test_table_2_counts_what_is_known_and_says_what_is_not() -> None:
    rows = cases.table_2(FACTS)
    found = by_key(rows)
    assert (found["cases"], found["men"], found["women"], found["gender.unknown"]) == (3, 1, 1, 1)
    assert (found["single"], found["with_children"], found["active_social_contact"]) == (1, 1, 1)
    assert (found["income.work"], found["income.unknown"], found["outcome.unresolved"]) == (1, 1, 1)
    assert by_key(rows, "value") == {"mean_age": "35.5", "mean_arrears": "7500.00", "total_arrears": "14999.99"}
    assert by_key(rows, "percent")["single"] == 33


def test_a_year_without_a_case_has_rows_of_nil_and_no_means() -> None:
    rows = cases.table_2(())
    assert set(by_key(rows).values()) == {0}
    assert by_key(rows, "value") == {"mean_age": None, "mean_arrears": None, "total_arrears": "0.00"}


@pytest.mark.parametrize(
    ("ages", "mean"), [([41, 42, 42, 42], "41.8"), ([41, 41, 41, 42], "41.3"), ([20, 21] * 10, "20.5"), ([35], "35.0")]
)
def test_the_mean_age_has_one_decimal_half_up(ages: list[int], mean: str) -> None:
    assert cases.mean_age([replace(MAN, age=age) for age in ages]) == mean


@pytest.mark.parametrize(
    ("figure", "rows"),
    [
        (cases.figure_1, {"women": 1, "men": 1, "unknown": 1}),
        (cases.figure_4, {"1": 0, "2": 1, "3": 0, "4": 0, "5": 0, "6+": 1, "unknown": 1}),
        (cases.figure_6, {"active": 1, "not_active": 1, "other": 1}),
        (cases.figure_8, {"zero_share_households": 1, "others": 2}),
    ],
)
def test_a_figure_counts_every_case_once(figure: Any, rows: dict[str, int]) -> None:
    assert by_key(figure(FACTS)) == rows


def test_a_band_includes_its_lower_bound_to_the_øre() -> None:
    sizes = by_key(cases.figure_7([replace(MAN, arrears=ore) for ore in (0, 499_999, 500_000, 5_000_000)]))
    assert {key: count for key, count in sizes.items() if count} == {"0-5000": 2, "5000-10000": 1, "50000+": 1}
    incomes = {row["key"]: (row["men"], row["women"]) for row in cases.figure_5(FACTS)}
    assert (incomes["6000-8000"], incomes["8000-10000"]) == ((1, 0), (0, 1))


def test_income_by_outcome_has_a_row_for_every_income_and_a_number_for_every_outcome() -> None:
    rows = {row["key"]: row for row in cases.figure_2(FACTS)}
    assert rows["work"] == {"key": "work", "evicted": 1, "stopped": 0, "reinstated": 0, "moved": 0, "unresolved": 0}
    assert rows["benefit"]["evicted"] == 0


def test_only_stopped_cases_have_a_resolution() -> None:
    facts = [WOMAN, replace(WOMAN, outcome=Outcome.MOVED), replace(WOMAN, resolution=Resolution.UNKNOWN)]
    found = by_key(cases.resolutions(facts))
    assert (found["housing_benefit"], found["unknown"], sum(found.values())) == (1, 1, 2)


def test_gender_by_outcome_is_told_of_the_evicted_and_the_stopped() -> None:
    assert cases.gender_by_outcome(FACTS) == {"evicted": {"men": 1, "women": 0}, "stopped": {"men": 0, "women": 1}}


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_percent_is_never_more_than_half_a_percent_off_and_half_goes_up(part: int, whole: int) -> None:
    off = 200 * part - 2 * whole * whole_percent(part, whole)
    assert -whole <= off < whole


facts_of_any_kind = st.builds(
    CaseFact,
    opened_on=st.dates(date(2006, 1, 1), date(2006, 12, 31)),
    gender=st.sampled_from(Gender),
    age=st.none() | st.integers(0, 110),
    members=st.none() | st.integers(0, 12),
    children=st.none() | st.integers(0, 11),
    single=st.none() | st.booleans(),
    income=st.sampled_from(Income),
    arrears=st.none() | st.integers(0, 10**8),
    contact=st.sampled_from(Contact),
    outcome=st.sampled_from(Outcome),
)


@given(st.lists(facts_of_any_kind, max_size=20))
def test_the_parts_of_every_division_add_up_to_the_cases(facts: list[CaseFact]) -> None:
    for group in GROUPS.values():
        assert sum(group.tally(facts).values()) == len(facts)


def test_tables_3_and_4_set_the_sources_side_by_side_with_the_change() -> None:
    counts = counted(
        (2005, "Own", "begjæringer", 224), (2006, "Own", "begjæringer", 110), (2006, "City", "begjæringer", 445)
    )
    table = own_and_city(counts, "petitions", [2005, 2006], PROFILE)
    assert table["rows"][0] == {"year": 2005, "own": 224, "city": None, "own_share_percent": None}
    assert table["rows"][1] == {"year": 2006, "own": 110, "city": 445, "own_share_percent": 25}
    assert table["change"] == {"own": -114, "own_percent": -51, "city": None, "city_percent": None}


def test_a_change_from_nil_has_no_percent() -> None:
    counts = counted((2005, "Own", "utkastelser", 0), (2006, "Own", "utkastelser", 3))
    assert own_and_city(counts, "evictions", [2005, 2006], PROFILE)["change"]["own_percent"] is None


def test_both_words_for_evictions_mean_evictions() -> None:
    counts = counted((2006, "Books", "utkastet", 31), (2006, "Books", "gjeninnsatt", 8))
    assert table_5(counts, [2006], PROFILE)["net"] == [{"year": 2006, "count": 23}]


def test_a_goal_is_told_with_source_and_base_year_for_every_earlier_year_that_was_counted() -> None:
    counts = counted(
        (2004, "Other", "begjæringer", 116),
        (2004, "City", "begjæringer", 900),
        (2005, "Own", "begjæringer", 224),
        (2006, "Own", "begjæringer", 110),
        (2007, "Own", "begjæringer", 1),
    )
    rows = goals(counts, 2006, 2005, PROFILE)
    assert [(row["key"], row["source"], row["reached_percent"]) for row in rows] == [
        ("petitions", "Own", -51),
        ("petitions.2004", "Other", -5),
    ]


@pytest.mark.parametrize(
    ("values", "cases_say", "told"),
    [
        ([("Own", 29), ("Books", 31)], {}, {"Own": 29, "Books": 31}),
        ([("Own", 29), ("Books", 29)], {}, None),
        ([("Own", 29)], {"evictions": 30}, {"Own": 29, "cases": 30}),
        ([("Own", 29)], {"evictions": 29}, None),
        ([("Own", 29), ("City", 116)], {}, None),
        ([], {"evictions": 30}, None),
    ],
)
def test_disagreements_are_of_our_own_tenants_and_only_where_sources_differ(
    values: list[tuple[str, int]], cases_say: dict[str, int], told: dict[str, int] | None
) -> None:
    counts = counted(*((2006, source, "utkastelser", count) for source, count in values))
    rows = disagreements(counts, {2006: cases_say}, PROFILE)
    assert [row["values"] for row in rows] == ([told] if told else [])


def test_a_source_that_gives_two_numbers_for_evictions_disagrees_with_itself() -> None:
    counts = counted((2006, "Own", "utkastelser", 29), (2006, "Own", "utkastet", 31))
    (row,) = disagreements(counts, {2006: {}}, PROFILE)
    assert row["values"] == {"Own: utkastelser": 29, "Own: utkastet": 31}


@pytest.mark.parametrize(
    ("reading", "amounts"),
    [
        ("printed", {"all": "586520.00", "saved": "200982.00", "as_it_happened": "300914.00"}),
        ("act", {"all": "387860.00", "saved": "98040.00", "as_it_happened": "248540.00"}),
    ],
)
def test_table_6_is_counted_by_the_act_and_as_printed(reading: str, amounts: dict[str, str]) -> None:
    counts = counted(
        (2006, "Own", "begjæringer", 110),
        (2006, "Collector", "begjæringer trukket", 57),
        (2006, "Own", "utkastelser", 29),
    )
    table = table_6(counts, FACTS, Y2006, PROFILE, fees_of(Y2006))
    assert table["without_status"] == 24
    assert table["readings"][reading].items() >= amounts.items()
    assert table["sources"] == {"petitions": "Own", "withdrawn": "Collector", "executed": "Own"}


def test_where_no_agency_has_counted_the_events_of_our_own_cases_count_in_the_period_they_happened() -> None:
    old = replace(MAN, opened_on=date(2005, 12, 1), petitions=(date(2005, 12, 20),), evictions=(date(2006, 1, 9),))
    new = replace(MAN, petitions=(date(2006, 5, 1), date(2006, 9, 1)), withdrawals=(date(2006, 6, 1),))
    table = table_6(Counts([]), (old, new), Y2006, PROFILE, fees_of(Y2006))
    assert (table["petitions"], table["withdrawn"], table["executed"], table["without_status"]) == (2, 1, 1, 0)
    assert set(table["sources"].values()) == {"cases"}


def test_more_ended_than_begun_leaves_nothing_to_say_of_the_rest() -> None:
    table = table_6(Counts([]), (replace(MAN, evictions=(date(2006, 1, 9),)),), Y2006, PROFILE, fees_of(Y2006))
    assert table["without_status"] is None


def test_a_year_before_the_first_known_fee_has_numbers_without_amounts() -> None:
    period = Period.of_year(1990)
    assert fees_of(period) is None
    assert table_6(Counts([]), FACTS, period, PROFILE, None)["readings"] is None
    assert figure_3(period.first)["readings"] is None


@pytest.mark.parametrize(
    ("due", "reading", "last"),
    [(2006, Reading.PRINTED, "12267.00"), (2006, Reading.ACT, "10461.00"), (2026, Reading.ACT, "9357.50")],
)
def test_figure_3_follows_the_rates_of_its_days(due: int, reading: Reading, last: str) -> None:
    day = date(due, 1, 1 if due == 2006 else 2)
    assert figure_3(day, [reading])["readings"][reading][-1] == last


def test_hypothetical_sums_count_the_stopped_and_the_zero_share_households() -> None:
    found = cases.hypothetical_costs(FACTS, {"printed": (180_600, 352_600)})
    assert found["public_fees_of_stopped"] == {"printed": "5332.00"}
    assert found["petition_fees_of_zero_share"] == {"printed": "1806.00"}


def test_a_period_may_be_any_two_dates_when_nothing_is_hidden() -> None:
    half = Period(date(2006, 7, 1), date(2006, 12, 31))
    found = report(Material(FACTS, Counts([]), PROFILE), Question(period=half, masked=False))
    assert by_key(found["tables"]["2"]["rows"])["cases"] == 1


def test_small_numbers_are_not_told_of_periods_that_could_be_subtracted_from_each_other() -> None:
    with pytest.raises(NotMaskable):
        report(Material(FACTS, Counts([]), PROFILE), Question(period=Period(date(2006, 1, 1), date(2006, 12, 30))))


def test_a_period_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Period(date(2006, 2, 1), date(2006, 1, 1))


def test_every_number_of_tables_and_costs_has_a_definition_and_a_source_in_three_languages() -> None:
    found = report(Material(FACTS, Counts([]), PROFILE), Question(period=Y2006, masked=False))
    keys = {row["key"] for row in found["tables"]["2"]["rows"] if not row["key"].startswith("income.")}
    keys |= {f"table.{key}" for key in found["tables"]} | {f"figure.{key}" for key in found["figures"]}
    keys |= set(found["costs"])
    assert keys <= set(definitions.defined())
    for language in definitions.LANGUAGES:
        for said in definitions.all_definitions(language).values():
            assert all(said.values())


def test_both_ways_of_counting_are_said() -> None:
    assert "åpnet" in definitions.source("cases", "nb")
    assert "hendelser i egne saker i perioden" in definitions.definition("table.6", "nb")


def test_under_a_district_numbers_of_the_whole_city_say_so() -> None:
    counts = counted(
        (2005, "Own", "begjæringer", 9), (2006, "Own", "begjæringer", 8), (2006, "Books", "begjæringer", 7)
    )
    facts = [replace(WOMAN, district="Fana"), MAN]
    asked = Question(period=Y2006, compare=Y2005, district="Fana", masked=False)
    found = report(Material(facts, counts, PROFILE), asked)
    assert by_key(found["tables"]["2"]["rows"])["cases"] == 1
    for key in "3456":
        assert "whole city" in found["tables"][key]["note"]
    assert all("whole city" in row["note"] for row in (*found["goals"], *found["disagreements"]))
    assert len(found["goals"]) == len(found["disagreements"]) == 1


@pytest.mark.parametrize("sheet", ["definitions.yaml", "work.yaml"])
def test_no_comma_has_cut_a_text_of_the_catalogues_in_two(sheet: str) -> None:
    told = yaml.safe_load(files("bofast.domain.statistics").joinpath(sheet).read_text("utf-8"))
    cut = [(key, each) for key, said in told["texts"].items() for each in LANGUAGES if len(said[each]) != 2]
    assert cut + [key for key, words in told["words"].items() if len(words) != len(LANGUAGES)] == []
