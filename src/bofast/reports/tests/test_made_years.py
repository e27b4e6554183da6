"""Years and files nobody has seen before, counted once more in the plainest way."""

from datetime import date

import pytest

from bofast.domain.statistics import Period, Profile, Question
from bofast.domain.tests.made_years import DISTRICTS, Row, how_many, make, percent
from bofast.reports.queries import annual_report
from bofast.reports.tests.received import counts, register, reported

pytestmark = pytest.mark.django_db

TABLE_2 = {
    "men": {"gender": "mann"},
    "women": {"gender": "kvinne"},
    "single": {"single": "ja"},
    "active_social_contact": {"social_services_contact": "aktiv"},
    "income.benefit": {"income_type": "trygd"},
    "income.social_assistance": {"income_type": "sosialhjelp"},
    "income.unknown": {"income_type": "ukjent"},
    "outcome.evicted": {"outcome": "utkastet"},
    "outcome.stopped": {"outcome": "stoppet"},
    "outcome.reinstated": {"outcome": "gjeninnsatt"},
    "outcome.moved": {"outcome": "flyttet"},
    "outcome.unresolved": {"outcome": "uavklart"},
}


def counted(year: int, **asked: str) -> dict[str, tuple[object, object]]:
    rows = reported(year, **asked)["tables"]["2"]["rows"]
    return {row["key"]: (row.get("count", row.get("value")), row.get("percent")) for row in rows}


@pytest.mark.parametrize(("year", "cases"), [(2007, 300), (2013, 57), (2025, 1)])
def test_table_2_of_a_made_year_is_what_a_plain_count_gives(year: int, cases: int) -> None:
    rows = make(year, cases)
    register([*rows, *make(year - 1, 40), *make(year + 1, 40)])
    found = counted(year)
    assert found["cases"] == (cases, 100)
    for key, wanted in TABLE_2.items():
        count = how_many(rows, **wanted)
        assert found[key] == (count, percent(count, cases)), key
    with_children = sum(row["children"] > 0 for row in rows)
    assert found["with_children"] == (with_children, percent(with_children, cases))
    assert found["total_arrears"][0] == f"{sum(row['arrears_at_opening'] for row in rows)}.00"


@pytest.mark.parametrize("district", DISTRICTS)
def test_a_districts_cases_are_counted_alone(district: str) -> None:
    rows = make(2019, 200)
    register(rows)
    mine = [row for row in rows if row["district"] == district]
    found = counted(2019, district=district)
    for key, wanted in TABLE_2.items():
        assert found[key][0] == how_many(mine, **wanted), key


def test_figures_of_a_made_year_are_what_a_plain_count_gives() -> None:
    rows = make(2016, 250)
    register(rows)
    found = reported(2016)
    figures = {key: {row["key"]: row for row in figure.get("rows", ())} for key, figure in found["figures"].items()}
    assert figures["2"]["work"]["moved"] == how_many(rows, income_type="arbeid", outcome="flyttet")
    assert figures["4"]["6+"]["count"] == sum(row["household_members"] >= 6 for row in rows)
    assert figures["5"]["6000-8000"]["men"] == how_many(rows, gender="mann", monthly_income=6000)
    assert figures["5"]["unknown"]["women"] == how_many(rows, gender="kvinne", monthly_income=None)
    assert figures["7"]["5000-10000"]["count"] == how_many(rows, arrears_at_opening=5000)
    zero_share = how_many(rows, income_type="sosialhjelp", referred_housing_benefit="ja")
    assert figures["8"]["zero_share_households"]["count"] == zero_share
    paid = how_many(rows, outcome="stoppet", resolution="betalt selv")
    assert found["resolutions"][0] == {"key": "paid_self", "count": paid}
    assert found["gender_by_outcome"]["evicted"]["men"] == how_many(rows, gender="mann", outcome="utkastet")


def test_without_agency_counts_table_6_counts_events_in_the_year_they_happened_and_says_so() -> None:
    rows = [*make(2021, 150), *make(2022, 150)]
    register(rows)
    table = reported(2022)["tables"]["6"]
    assert table["petitions"] == in_year(rows, "petitioned_on", 2022)
    assert table["withdrawn"] == in_year(rows, "withdrawn_on", 2022)
    assert table["executed"] == in_year(rows, "evicted_on", 2022)
    assert set(table["sources"].values()) == {"cases"}
    assert "our own cases" in table["note"]


def in_year(rows: list[Row], key: str, year: int) -> int:
    return sum(row.get(key) is not None and date(year, 1, 1) <= row[key] <= date(year, 12, 31) for row in rows)


def test_one_agency_count_replaces_one_number_of_our_own_cases_and_no_other() -> None:
    rows = make(2022, 150)
    register(rows)
    counts("2022;BBB/kemneren;begjæringer;999;2023-01-31")
    found = reported(2022)
    assert (found["tables"]["6"]["petitions"], found["tables"]["6"]["sources"]["petitions"]) == (999, "BBB/kemneren")
    assert found["tables"]["6"]["withdrawn"] == in_year(rows, "withdrawn_on", 2022)
    (row,) = found["disagreements"]
    assert row["values"] == {"BBB/kemneren": 999, "cases": in_year(rows, "petitioned_on", 2022)}


def test_another_municipality_names_its_own_sources() -> None:
    counts(
        "2022;Boligforetaket;begjæringer;40;2023-01-31",
        "2022;Namsmannen;begjæringer;80;2023-01-31",
        "2022;Kommunekassen;begjæringer trukket;12;2023-01-31",
        "2022;Boligforetaket;utkastet;8;2023-01-31",
    )
    profile = Profile(own="Boligforetaket", city="Namsmannen", books="Boligforetaket", withdrawn="Kommunekassen")
    found = annual_report(Question(period=Period.of_year(2022), masked=False), profile)
    (row,) = found["tables"]["3"]["rows"]
    assert row == {"year": 2022, "own": 40, "city": 80, "own_share_percent": 50}
    assert found["tables"]["6"]["without_status"] == 20
    assert found["tables"]["5"]["rows"][0]["executed"] == 8


def test_a_later_register_takes_over_the_cases_it_names() -> None:
    rows = make(2019, 20)
    register(rows)
    register([row | {"district": "Åsane"} for row in rows])
    assert counted(2019)["cases"] == (20, 100)
    assert counted(2019, district="Åsane")["cases"] == (20, 100)


def test_a_year_nobody_has_told_of_is_a_report_of_nil_and_of_unknown_numbers() -> None:
    register(make(2019, 20))
    found = reported(1999, 1998)
    assert found["tables"]["2"]["rows"][0] == {"key": "cases", "count": 0, "percent": 0}
    assert found["tables"]["3"]["rows"][1] == {"year": 1999, "own": None, "city": None, "own_share_percent": None}
    table = found["tables"]["6"]
    assert (table["petitions"], table["withdrawn"], table["readings"], table["sources"]) == (None, None, None, {})
    assert found["goals"] == found["disagreements"] == []
