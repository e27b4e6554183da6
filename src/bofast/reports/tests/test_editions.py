"""A year told again outside the case team: published, its own cases are told as they were recorded then."""

from datetime import date
from typing import Any

import pytest
from time_machine import Traveller, travel

from bofast.access.tests.cast import kari
from bofast.arrears.models import Household
from bofast.cases.actions.assess import assess
from bofast.cases.tests.sent import arrears_list
from bofast.cases.tests.sent import register as tenancies
from bofast.domain.statistics import Period, Question
from bofast.domain.tests.made_years import make
from bofast.reports.queries import annual_report
from bofast.reports.tests.received import counts, register, reported
from bofast.reports.tests.writing import begun, published

pytestmark = pytest.mark.django_db
Document = dict[str, Any]
OWN = ("figures", "resolutions", "gender_by_outcome")


@pytest.fixture
def clock() -> Any:
    with travel("2026-02-15 12:00+01:00") as traveller:
        yield traveller


def own(document: Document) -> list[Any]:
    """What a document tells of our own cases."""
    return [document["tables"]["2"], *(document[key] for key in OWN)]


def edition(district: str = "") -> Document:
    report = begun(kari(), year=2025, compare=None, district=district)
    found: Document = published(report, kari()).content["document"]
    return found


def two_more() -> None:
    register([row | {"case_no": f"B{row['case_no']}"} for row in make(2025, 2, seed=2)], name="mer.csv")


def test_a_second_edition_tells_of_the_cases_what_the_first_told_and_the_newest_of_the_agencies(
    clock: Traveller,
) -> None:
    register(make(2025, 150))
    first = edition()
    clock.move_to("2026-06-01 12:00+02:00")
    two_more()
    counts("2025;BBB/kemneren;begjæringer;70;2026-05-31")
    second = edition()
    assert own(second) == own(first)
    assert second["tables"]["3"]["rows"][0]["own"] == 70
    assert "15. februar 2026" in "".join(second["notes"])
    assert reported(2025)["tables"]["2"]["rows"][0]["count"] == 152, "the case team sees every case"


def test_the_first_report_of_a_district_is_of_the_day_the_city_was_published(clock: Traveller) -> None:
    register(make(2025, 150))
    before = reported(2025, masked=True, district="Fana", language="nb")
    edition()
    clock.move_to("2026-06-01 12:00+02:00")
    two_more()
    assert own(edition("Fana")) == own(before)


@pytest.mark.parametrize("period", [Period.of_year(2025), Period.of_half(2025, 1), Period.of_half(2025, 2)])
def test_the_page_outside_the_case_team_tells_a_published_year_as_of_that_day_too(
    clock: Traveller, period: Period
) -> None:
    register(make(2025, 150))
    question = Question(period=period)
    before = annual_report(question)
    edition()
    clock.move_to("2026-06-01 12:00+02:00")
    two_more()
    assert own(annual_report(question)) == own(before)


def test_a_year_published_before_its_cases_came_is_told_when_they_have(clock: Traveller) -> None:
    counts("2025;BBB/kemneren;begjæringer;70;2026-01-31")
    edition()
    clock.move_to("2026-06-01 12:00+02:00")
    register(make(2025, 150))
    assert edition()["tables"]["2"]["rows"][0]["count"] == 150


def test_what_is_not_kept_as_it_was_is_hidden_when_it_has_changed(clock: Traveller) -> None:
    """How many children a household has is written over: the second edition hides the number that has changed."""
    tenancies({f"K{n}": f"{n % 2};;ja" for n in range(20)})
    arrears_list("2025-01-16", {f"K{n}": 1 for n in range(20)})
    assess(on=date(2025, 1, 16))
    first = edition()
    childless = Household.objects.filter(children=0)[0]
    Household.objects.filter(pk=childless.pk).update(children=1)
    clock.move_to("2026-06-01 12:00+02:00")
    second = edition()
    told = [{row["key"]: row.get("count") for row in found["tables"]["2"]["rows"]} for found in (first, second)]
    assert [rows["with_children"] for rows in told] == [10, None]
    assert [rows["cases"] for rows in told] == [20, 20]
