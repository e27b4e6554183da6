"""What is published is frozen: cases, counts, caveats and costs change, the report does not. Nobody can edit it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bofast.access.tests.cast import kari
from bofast.arrears.models import AgencyCount, RegisteredCase
from bofast.domain.assessment import RULE_VERSION
from bofast.domain.tests.made_years import make
from bofast.reports import actions
from bofast.reports.annual.files import written
from bofast.reports.annual.queries import compose, question_of
from bofast.reports.models import AnnualReport, PublishedReport
from bofast.reports.tests.received import counts, reference_year, register
from bofast.reports.tests.writing import TODAY, begun, cells, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> AnnualReport:
    reference_year()
    return begun(kari())


def test_a_published_report_keeps_its_numbers_when_everything_changes(report: AnnualReport) -> None:
    actions.put_caveat(year=2006, source="Namsfogden", text="slått sammen")
    edition = published(report, kari())
    before, pdf = json.dumps(edition.content, sort_keys=True), written(edition.content, "pdf", status="")
    RegisteredCase.objects.all().delete()
    register(make(2006, 40), name="nytt-register.csv")
    counts("2006;BBB/kemneren;begjæringer;999;2008-01-31")
    actions.put_caveat(year=2006, source="Namsfogden", text="noe annet")
    actions.put_programme_year(year=2006, cost=1, hours=1, after_eviction=1, note="")
    actions.write_comments(report_id=report.pk, comments={"who": "Noe nytt"})
    kept = PublishedReport.objects.get(pk=edition.pk)
    assert json.dumps(kept.content, sort_keys=True) == before
    assert written(kept.content, "pdf", status="") == pdf
    now = compose(replace(question_of(report), masked=False), as_of=TODAY)  # masked it is told as published
    assert cells(now, "table.2")[0][1] == 40
    assert cells(now, "table.3")[1][1] == 999
    assert cells(kept.content, "table.3")[1][1] == 110


def test_a_published_report_keeps_the_numbers_of_the_year_beside_it_too() -> None:
    register([*make(2018, 80), *make(2019, 90)])
    edition = published(begun(kari(), year=2019, compare=2018), kari())
    before = [row[2] for row in cells(edition.content, "table.2")]
    assert before[0] == 80
    RegisteredCase.objects.all().delete()
    edition.refresh_from_db()
    assert [row[2] for row in cells(edition.content, "table.2")] == before
    assert edition.content["compared"]["masked"] is True


@pytest.mark.parametrize("attempt", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_it(report: AnnualReport, attempt: str) -> None:
    edition = published(report, kari())
    found = PublishedReport.objects.filter(pk=edition.pk)
    attempts: dict[str, Any] = {"update": lambda: found.update(content={}), "delete": found.delete}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempts[attempt]()


def test_published_again_it_is_a_new_edition_and_the_first_stays(report: AnnualReport) -> None:
    first = published(report, kari())
    AgencyCount.objects.filter(indicator="begjæringer", year=2006, source="BBB/kemneren").update(count=111)
    second = published(report, kari())
    assert [edition.edition for edition in (first, second)] == [1, 2]
    first.refresh_from_db()
    assert [cells(each.content, "table.3")[1][1] for each in (first, second)] == [110, 111]


def test_it_says_when_it_was_counted_and_by_which_rules(report: AnnualReport) -> None:
    edition = published(report, kari())
    assert (edition.as_of, edition.rule_version) == (TODAY, RULE_VERSION)
    assert edition.content["as_of"] == "2026-11-22"
    assert edition.content["definitions"] and edition.content["document"]["definitions"]


def test_no_small_number_of_our_own_cases_is_in_it(report: AnnualReport) -> None:
    """Not even in the document behind the tables: reinstated are 3, other income is 4."""
    document = published(report, kari()).content["document"]
    assert document["masked"] is True
    rows = {row["key"]: row["count"] for row in document["tables"]["2"]["rows"] if "count" in row}
    assert rows["outcome.reinstated"] is rows["income.other"] is None
    assert not [key for key, count in rows.items() if count is not None and 1 <= count <= 4]
