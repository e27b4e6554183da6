"""What the routines cost, with every assumption a field; nothing that could be narrowed down to a household."""

import pytest

from bofast.access.tests.cast import Cast, cast
from bofast.cases.tests.factories import signed_in, text
from bofast.domain.tests.made_years import make
from bofast.reports.tests.received import reference_year, register
from bofast.reports.tests.test_page_statistics import page

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
PAGE = "/statistics/routines/?year=2006"


@pytest.mark.parametrize("who", ["kari", "turid", "arne", "siv", "geir"])
def test_zero_share_households_times_the_petition_fee(cast: Cast, who: str) -> None:
    reference_year()
    assert "53 households × 1 806 kr for a petition = 95 718 kr" in page(getattr(cast, who), PAGE)


def test_the_routes_by_payer_and_in_days(cast: Cast) -> None:
    reference_year()
    found = page(cast.kari, f"{PAGE}&petitions=110&debt=5000")
    assert "Through the collector 90 Directly 45" in found
    assert "The landlord Through the collector 293 260 kr Directly 198 660 kr Less 94 600 kr" in found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("households=10", "10 households × 1 806 kr for a petition = 18 060 kr"),
        ("notice_after=0", "Directly 14 "),
        ("petitioned=104", "Through the collector 104 Directly 45"),
        ("reminded=14&demanded=30&petitioned=44", "Through the collector 44 Directly 45"),
        ("petitions=10&debt=5000&writing=500", "Of this for writing the petition Through the collector 5 000 kr"),
        ("on=2026-01-02&households=10", "10 households × 1 681 kr for a petition = 16 810 kr"),
        ("means=100", "more"),
        ("days=0", ": 0 more"),
        ("other_monthly=1000&other_months=12", ": 0 more"),
    ],
)
def test_each_assumption_can_be_changed(cast: Cast, change: str, said: str) -> None:
    reference_year()
    assert said in page(cast.kari, f"{PAGE}&{change}")


def test_the_list_earlier_counts_the_years_petitions(cast: Cast) -> None:
    reference_year()
    assert "Of 110 petitions with a known list" in page(cast.kari, PAGE)


@pytest.mark.parametrize("who", ["turid", "arne", "siv", "geir"])
def test_answers_that_could_be_narrowed_down_to_one_household_are_the_teams_alone(cast: Cast, who: str) -> None:
    reference_year()
    found = page(getattr(cast, who), PAGE)
    assert found.count("This answer is shown to the case team only") == 2
    assert "could have a plan" not in found
    assert "petitions with a known list" not in found


def test_a_hidden_number_is_not_filled_in(cast: Cast) -> None:
    rows = make(2019, 60)
    for place, row in enumerate(rows):
        row["income_type"] = "sosialhjelp" if place < 30 else "trygd"
        row["referred_housing_benefit"] = "ja" if place < 3 else "nei"
    register(rows)
    assert 'name="households" value="3"' in text(signed_in(cast.kari), "/statistics/routines/?year=2019")
    field = text(signed_in(cast.geir), "/statistics/routines/?year=2019").partition('name="households"')[2]
    assert "value=" not in field.partition(">")[0]


NOTHING = "Fill in the empty numbers to get the answer."


def test_where_a_number_is_not_filled_in_there_is_no_answer_of_nought(cast: Cast) -> None:
    register(make(2019, 60))
    empty = page(cast.kari, "/statistics/routines/?year=2019&households=&petitions=&debt=")
    assert empty.count(NOTHING) == 2
    assert "= 0 kr" not in empty and "All together" not in empty
    filled = page(cast.kari, "/statistics/routines/?year=2019&households=10&petitions=2&debt=5000")
    assert NOTHING not in filled and "All together" in filled


def test_what_no_case_tells_is_left_to_the_reader(cast: Cast) -> None:
    register([{**row, "income_type": "ukjent"} for row in make(2019, 60)])
    assert page(cast.kari, "/statistics/routines/?year=2019").count(NOTHING) == 1


@pytest.mark.parametrize(
    ("assumed", "said"),
    [
        ("means=21&other_months=13", "10 more . None of them lost their home. For 61 "),
        ("means=10", "of them lost their home. For 61 "),
        ("other_monthly=1000&other_months=12", "0 more . For 61 "),
    ],
)
def test_how_it_went_for_those_another_policy_would_have_reached_is_told_in_words(
    cast: Cast, assumed: str, said: str
) -> None:
    reference_year()
    assert said in page(cast.kari, f"{PAGE}&{assumed}")


@pytest.mark.parametrize(
    "wrong",
    ["households=-1", "debt=mye", "means=101", "months=0", "stopped=", "demanded=10", "petitioned=59", "on=i+fjor"],
)
def test_what_cannot_be_assumed_is_told_at_the_field(cast: Cast, wrong: str) -> None:
    reference_year()
    found = text(signed_in(cast.kari), f"{PAGE}&{wrong}", 422)
    assert f'href="#id_{wrong.partition("=")[0]}"' in found
    assert "hypothetical sum" not in found


def test_a_year_before_the_known_fees_says_so(cast: Cast) -> None:
    register(make(1991, 20))
    found = page(cast.kari, "/statistics/routines/?year=1991")
    assert "The fees of that time are not known" in found or "hypothetical sum" in found


def test_the_number_of_queries_is_fixed(cast: Cast, django_assert_max_num_queries: object) -> None:
    reference_year()
    client = signed_in(cast.kari)
    client.get(PAGE)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        client.get(PAGE)
