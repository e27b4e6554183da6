"""The choice of period on the statistics page: what it leads to, what is refused, and what travels in the address."""

from datetime import date

import pytest
from django.utils import timezone

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast, cast
from bofast.cases.tests.factories import signed_in, text
from bofast.domain.tests.made_years import how_many, make
from bofast.reports.tests.received import reference_year, register
from bofast.reports.tests.test_page_statistics import page, row

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
URL = "/statistics/?"
SPRING = "year=2019&from=2019-03-01&to=2019-05-31"
REASON = "could be subtracted from these, and would tell of single households."
REFUSED = (
    SPRING, "year=2019&as_of=2020-01-01", "year=2019&agency=outreach", "year=2019&half=1&district=Fana",
    "year=2019&district=Fana&compare=2018-1",
)  # fmt: skip


@pytest.fixture
def made(cast: Cast) -> list[dict[str, object]]:
    rows = [*make(2018, 80), *make(2019, 90)]
    register(rows)
    return rows


def opened(rows: list[dict[str, object]], first: date, last: date, **wanted: object) -> str:
    """How many cases of the made register were opened from one day to another."""
    return str(how_many([row for row in rows if first <= row["opened_on"] <= last], **wanted))  # type: ignore[operator]


def test_a_half_year_stands_beside_the_same_half_of_the_year_before(cast: Cast, made: list[dict[str, object]]) -> None:
    url = f"{URL}year=2019&half=2"
    first, last = (opened(made, date(year, 7, 1), date(year, 12, 31)) for year in (2018, 2019))
    assert row(cast.kari, "table-2", "All cases", url)[:2] == [last, first]
    found = page(cast.kari, url)
    assert "Statistics second half of 2019" in found
    assert "Count second half of 2018" in found


def test_a_half_year_can_stand_beside_any_earlier_half(cast: Cast, made: list[dict[str, object]]) -> None:
    found = row(cast.kari, "table-2", "All cases", f"{URL}year=2019&half=2&compare=2019-1")
    assert found[:2] == [opened(made, date(2019, 7, 1), date(2019, 12, 31)),
                         opened(made, date(2019, 1, 1), date(2019, 6, 30))]  # fmt: skip


def test_the_case_team_chooses_any_two_days_and_any_two_to_compare_with(
    cast: Cast, made: list[dict[str, object]]
) -> None:
    url = f"{URL}{SPRING}&compare_from=2018-01-01&compare_to=2018-02-28"
    assert row(cast.kari, "table-2", "Women", url)[:2] == [
        opened(made, date(2019, 3, 1), date(2019, 5, 31), gender="kvinne"),
        opened(made, date(2018, 1, 1), date(2018, 2, 28), gender="kvinne"),
    ]
    assert "Statistics 1 March 2019 to 31 May 2019" in page(cast.kari, url)


def test_what_counts_in_a_period_is_said_on_the_page(cast: Cast, made: list[dict[str, object]]) -> None:
    said = "A case counts in the period it was opened, an event in the period it happened."
    assert said in page(cast.kari, URL + SPRING)


def test_another_period_than_a_year_says_that_agencies_count_years(cast: Cast) -> None:
    reference_year()
    found = page(cast.kari, f"{URL}year=2006&half=1")
    assert found.lower().count("the agencies count whole calendar years") == 6, "tables 3 to 6, goals and disagreements"
    assert " 445 " not in found, "the enforcement office's number of the year"


@pytest.mark.parametrize("query", REFUSED)
@pytest.mark.parametrize("who", ["geir", "turid", "siv"])
def test_what_could_be_subtracted_is_refused_outside_the_case_team_with_the_reason(
    cast: Cast, made: list[dict[str, object]], who: str, query: str
) -> None:
    user = getattr(cast, who)
    assert REASON in text(signed_in(user), URL + query, 422)
    assert signed_in(user).get(f"/statistics/file.csv?{query}").status_code == 404
    assert REASON not in text(signed_in(cast.kari), URL + query)


def test_only_the_case_team_is_offered_days_of_its_own(cast: Cast, made: list[dict[str, object]]) -> None:
    assert 'name="as_of"' in text(signed_in(cast.kari), URL)
    for user in (cast.geir, cast.siv):
        found = text(signed_in(user), f"{URL}year=2019&half=1")
        assert 'name="as_of"' not in found
        assert 'name="half"' in found


@pytest.mark.parametrize(
    "query",
    [
        "year=2019&half=3",
        "year=2019&from=2019-03-01",
        "year=2019&from=2019-03-02&to=2019-03-01",
        "year=2019&from=x&to=2019-03-01",
        "year=2019&compare=2019-1",
        "year=2019&compare_from=2019-01-01&compare_to=2019-01-31",
        "year=2019&compare_to=2018-01-31",
        "year=2019&as_of=2999-01-01",
        "year=2019&agency=landlord",
    ],
)
def test_a_period_that_makes_no_sense_is_answered_with_the_form(
    cast: Cast, made: list[dict[str, object]], query: str
) -> None:
    assert 'aria-invalid="true"' in text(signed_in(cast.kari), URL + query, 422)


def test_a_number_of_a_period_opens_to_its_own_cases(cast: Cast, made: list[dict[str, object]]) -> None:
    found = text(signed_in(cast.kari), f"{URL}{SPRING}&district=Fana")
    link = "/statistics/cases/?key=cases&amp;year=2019&amp;from=2019-03-01&amp;to=2019-05-31&amp;district=Fana"
    assert f'href="{link}"' in found
    behind = page(cast.kari, link.replace("&amp;", "&"))
    assert "1 March 2019 to 31 May 2019, Fana" in behind
    assert f"{opened(made, date(2019, 3, 1), date(2019, 5, 31), district='Fana')} case" in behind


def test_a_number_of_one_agency_opens_to_the_cases_it_handles(cast: Cast) -> None:
    reference_year()
    found = text(signed_in(cast.kari), f"{URL}year=2006&agency=outreach")
    assert "/statistics/cases/?key=cases&amp;year=2006&amp;agency=outreach" in found
    count = row(cast.kari, "table-2", "All cases", f"{URL}year=2006&agency=outreach")[0]
    assert f"{count} cases." in page(cast.kari, "/statistics/cases/?key=cases&year=2006&agency=outreach")


def test_numbers_as_of_an_earlier_day_open_to_no_cases(cast: Cast, made: list[dict[str, object]]) -> None:
    found = text(signed_in(cast.kari), f"{URL}year=2019&as_of={timezone.localdate()}")
    assert "counted as recorded on" in found.lower()
    assert "/statistics/cases/" not in found


def test_a_file_is_named_after_its_period_and_logged_with_it(cast: Cast, made: list[dict[str, object]]) -> None:
    answer = signed_in(cast.kari).get(f"/statistics/file.csv?{SPRING}&agency=social_services")
    assert answer["Content-Disposition"].endswith('"statistikk-2019-03-01-2019-05-31-social_services.csv"')
    assert AccessEntry.objects.latest("pk").object_id == "2019-03-01-2019-05-31"


def test_the_number_of_queries_is_small_outside_the_case_team_too(
    cast: Cast, made: list[dict[str, object]], django_assert_max_num_queries: object
) -> None:
    client = signed_in(cast.geir)
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        client.get(f"{URL}year=2019&half=1")
