"""A year told again outside the case team: published, its own cases are told as they were recorded then."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller, travel

from bofast.access.tests.cast import kari
from bofast.arrears.models import Household
from bofast.cases.actions.assess import assess
from bofast.cases.tests.sent import arrears_list
from bofast.cases.tests.sent import register as tenancies
from bofast.domain.statistics import Period, Question
from bofast.domain.tests.made_years import make
from bofast.reports import actions
from bofast.reports.models import PublishedReport
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


def edition(district: str = "", *, year: int = 2025, compare: int | None = None) -> Document:
    report = begun(kari(), year=year, compare=compare, district=district)
    found: Document = published(report, kari()).content["document"]
    return found


def two_more(year: int = 2025) -> None:
    register([row | {"case_no": f"B{row['case_no']}"} for row in make(year, 2, seed=2)], name=f"mer-{year}.csv")


def of_the_year(document: Document, year: int) -> Document:
    """What the sources say of a year, where they differ."""
    return {row["key"]: row["values"] for row in document["disagreements"] if row["key"].endswith(str(year))}


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
    question = Question(period=period, asked_on=date(2026, 11, 22))
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


def test_the_comparison_year_is_told_among_the_disagreements_as_it_was_published(clock: Traveller) -> None:
    register(make(2024, 150, seed=3))
    register(make(2025, 150), name="2025.csv")
    counts("2024;BBB/kemneren;begjæringer;1;2025-01-31", "2024;BBB/kemneren;utkastelser;1;2025-01-31")
    first = of_the_year(edition(year=2024), 2024)
    clock.move_to("2026-06-01 12:00+02:00")
    register([row | {"case_no": f"B{row['case_no']}"} for row in make(2024, 40, seed=2)], name="mer.csv")
    question = Question(period=Period.of_year(2025), compare=Period.of_year(2024), asked_on=date(2026, 11, 22))
    assert of_the_year(annual_report(question), 2024) == first
    assert of_the_year(reported(2025, 2024), 2024) != first, "the case team sees every case"
    assert of_the_year(edition(compare=2024), 2024) == first


def test_a_year_that_stands_beside_a_published_one_is_published_with_it(clock: Traveller) -> None:
    register(make(2024, 150, seed=3))
    register(make(2025, 150), name="2025.csv")
    before = reported(2024, masked=True)
    edition(compare=2024)
    clock.move_to("2026-06-01 12:00+02:00")
    two_more(2024)
    assert own(reported(2024, masked=True)) == own(before)
    assert own(edition(year=2024)) == own(reported(2024, masked=True, language="nb"))


def cases_opened(how_many: int, on: str) -> None:
    """So many new cases of our own, of a list of that day."""
    arrears_list(on, {f"K{on}-{n}": 1 for n in range(how_many)})
    assess(on=date.fromisoformat(on))


def number_of_cases(**asked: Any) -> int | None:
    count: int | None = reported(2026, **asked)["tables"]["2"]["rows"][0]["count"]
    return count


def test_a_year_that_runs_is_told_outside_the_case_team_as_it_was_when_the_last_quarter_ended(
    clock: Traveller,
) -> None:
    counts("2025;BBB/kemneren;begjæringer;70;2026-01-31")
    clock.move_to("2026-06-30 23:00+02:00")
    cases_opened(40, "2026-06-16")
    assert number_of_cases(masked=True) == 0, "nothing was recorded in the first quarter"
    clock.move_to("2026-07-01 08:00+02:00")
    cases_opened(1, "2026-07-01")
    assert (number_of_cases(masked=True), number_of_cases()) == (40, 41)
    assert "30 June 2026" in "".join(reported(2026, masked=True)["notes"])
    clock.move_to("2026-09-30 23:00+02:00")
    assert number_of_cases(masked=True) == 40
    clock.move_to("2027-01-02 08:00+01:00")
    assert number_of_cases(masked=True) == 41


def test_in_its_first_quarter_a_municipality_is_told_what_came_on_its_first_day(clock: Traveller) -> None:
    cases_opened(20, "2026-01-16")
    clock.move_to("2026-02-16 08:00+01:00")
    cases_opened(1, "2026-02-16")
    assert (number_of_cases(masked=True), number_of_cases()) == (20, 21)


def test_the_first_report_of_a_year_that_runs_is_refused_with_the_reason(clock: Traveller, client: Client) -> None:
    writer = kari()
    report = begun(writer, year=2026, compare=None)
    with pytest.raises(actions.YearNotOver):
        actions.publish(report_id=report.pk, by=writer, today=date(2026, 12, 31))
    client.force_login(writer)
    address = reverse("reports:annual_publish", args=[report.pk])
    for answer in (client.get(address), client.post(address)):
        page = answer.content.decode()
        assert "2026 er ikke over" in page
        assert 'type="submit">Publiser' not in page
    assert not PublishedReport.objects.exists()
    assert actions.publish(report_id=report.pk, by=writer, today=date(2027, 1, 1)).edition == 1
