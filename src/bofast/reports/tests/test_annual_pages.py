"""Pages of the annual report: who writes, who reads, and what each page costs the database."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast, gather
from bofast.reports import actions
from bofast.reports.models import AnnualReport, Caveat, ProgrammeYear, PublishedReport
from bofast.reports.tests.received import reference_year
from bofast.reports.tests.writing import begun, published

pytestmark = pytest.mark.django_db
WRITERS, READERS, OUTSIDE = ("kari", "ola"), ("turid", "arne", "siv", "geir"), ("astrid", "charlie")
FILES = ("pdf", "xlsx", "csv", "html")


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield gather()


@pytest.fixture
def report(cast: Cast) -> AnnualReport:
    reference_year()
    return begun(cast.kari)


@pytest.fixture
def edition(cast: Cast, report: AnnualReport) -> PublishedReport:
    return published(report, cast.kari)


def opened(client: Client, who: Any, name: str, *args: Any) -> Any:
    client.force_login(who)
    return client.get(reverse(f"reports:{name}", args=args))


@pytest.mark.parametrize("who", [*WRITERS, *READERS])
def test_everybody_with_an_agency_reads_what_is_published(
    client: Client, cast: Cast, edition: PublishedReport, who: str
) -> None:
    page = opened(client, getattr(cast, who), "annual")
    assert reverse("reports:annual_published", args=[edition.pk]) in page.content.decode()
    assert opened(client, getattr(cast, who), "annual_published", edition.pk).status_code == 200
    for shape in FILES:
        assert opened(client, getattr(cast, who), "annual_file", edition.pk, shape).status_code == 200


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_sees_a_report(client: Client, cast: Cast, edition: PublishedReport, who: str) -> None:
    assert opened(client, getattr(cast, who), "annual").status_code == 403
    assert opened(client, getattr(cast, who), "annual_published", edition.pk).status_code == 403
    assert opened(client, getattr(cast, who), "annual_file", edition.pk, "pdf").status_code == 403


@pytest.mark.parametrize("who", [*READERS, *OUTSIDE])
@pytest.mark.parametrize("name", ["annual_write", "annual_preview", "annual_publish"])
def test_only_the_outreach_team_writes(client: Client, cast: Cast, report: AnnualReport, who: str, name: str) -> None:
    assert opened(client, getattr(cast, who), name, report.pk).status_code == 403
    assert client.post(reverse(f"reports:{name}", args=[report.pk]), {"who": "x"}).status_code in (403, 405)
    assert not PublishedReport.objects.exists()
    report.refresh_from_db()
    assert report.comments == {}


@pytest.mark.parametrize("who", READERS)
def test_others_learn_nothing_of_what_is_being_written(
    client: Client, cast: Cast, report: AnnualReport, who: str
) -> None:
    page = opened(client, getattr(cast, who), "annual").content.decode()
    assert "2006" not in page
    assert opened(client, getattr(cast, who), "annual_preview_file", report.pk, "pdf").status_code == 403
    assert opened(client, getattr(cast, who), "annual_years").status_code == 403


def test_a_report_is_begun_written_previewed_and_published(client: Client, cast: Cast) -> None:
    reference_year()
    client.force_login(cast.kari)
    begin = client.post(reverse("reports:annual_begin"), {"year": 2006, "compare": 2005, "district": ""})
    report = AnnualReport.objects.get()
    assert begin.url == reverse("reports:annual_write", args=[report.pk])
    saved = client.post(begin.url, {"causes": "Kemneren ble <b>omorganisert</b>.\r\n\r\nNy lov.", "preview": "1"})
    preview = client.get(saved.url).content.decode()
    assert '<p class="written">Kemneren ble &lt;b&gt;omorganisert&lt;/b&gt;.</p>' in preview
    assert '<p class="written">Ny lov.</p>' in preview
    page = client.post(reverse("reports:annual_publish", args=[report.pk]), follow=True).content.decode()
    assert "Ny lov." in page
    assert PublishedReport.objects.get().published_by == cast.kari


def test_beginning_it_twice_goes_on_with_the_same(client: Client, cast: Cast, report: AnnualReport) -> None:
    client.force_login(cast.ola)
    again = client.post(reverse("reports:annual_begin"), {"year": 2006, "compare": 2004, "district": ""})
    assert again.url == reverse("reports:annual_write", args=[report.pk])
    report.refresh_from_db()
    assert (report.compare, report.begun_by) == (2004, cast.kari)


@pytest.mark.parametrize(
    "said",
    [
        {"year": 2006, "compare": 2006},
        {"year": 2006, "compare": 2007},
        {"year": 2027},
        {"year": 1066},
        {"year": "i fjor"},
        {},
        {"year": 2006, "district": "Ukjent"},
    ],
)
def test_a_year_that_cannot_be_reported_is_refused(client: Client, cast: Cast, said: dict[str, Any]) -> None:
    client.force_login(cast.kari)
    assert client.post(reverse("reports:annual_begin"), said).status_code == 422
    assert not AnnualReport.objects.exists()


def test_words_of_one_section_leave_the_others_alone(cast: Cast, report: AnnualReport) -> None:
    actions.write_comments(report_id=report.pk, comments={"who": "En", "causes": "To"})
    actions.write_comments(report_id=report.pk, comments={"who": "Tre", "no such section": "x"})
    report.refresh_from_db()
    assert report.comments == {"who": "Tre", "causes": "To"}


def test_taking_a_report_out_is_recorded(client: Client, cast: Cast, edition: PublishedReport) -> None:
    answer = opened(client, cast.geir, "annual_file", edition.pk, "pdf")
    assert 'filename="arsrapport-2006.pdf"' in answer.headers["Content-Disposition"]
    entry = AccessEntry.objects.get()
    assert (entry.user, entry.kind, entry.action) == (cast.geir, "annual_report", "export")


def test_a_file_of_a_kind_there_is_not_is_not_found(client: Client, cast: Cast, edition: PublishedReport) -> None:
    assert opened(client, cast.kari, "annual_file", edition.pk, "docx").status_code == 404
    assert opened(client, cast.kari, "annual_published", 999).status_code == 404
    assert not AccessEntry.objects.exists()


def test_an_earlier_edition_points_to_the_newer_one(
    client: Client, cast: Cast, report: AnnualReport, edition: PublishedReport
) -> None:
    newer = published(report, cast.kari)
    link = f'href="{reverse("reports:annual_published", args=[newer.pk])}"'
    assert link in opened(client, cast.geir, "annual_published", edition.pk).content.decode()
    assert link not in opened(client, cast.geir, "annual_published", newer.pk).content.decode()


def test_caveats_and_costs_are_entered_changed_and_removed(client: Client, cast: Cast) -> None:
    reference_year()
    client.force_login(cast.kari)
    address = reverse("reports:annual_years")
    for text in ("omorganisert", "slått sammen"):
        said = {"caveat": "1", "year": 2006, "source": "Namsfogden", "text": text}
        assert client.post(address, said).status_code == 302
    caveat = Caveat.objects.get()
    assert (caveat.year, caveat.source, caveat.text) == (2006, "Namsfogden", "slått sammen")
    client.post(reverse("reports:annual_remove_caveat", args=[caveat.pk]))
    assert not Caveat.objects.exists()
    for cost, øre in (("500 000", 50_000_000), ("", None)):
        said = {
            "programme": "1",
            "year": 2006,
            "cost": cost,
            "hours": "3400",
            "after_eviction": "100 000,50",
            "note": "",
        }
        assert client.post(address, said).status_code == 302
        year = ProgrammeYear.objects.get()
        assert (year.cost, year.hours, year.after_eviction) == (øre, 3400, 10_000_050)


@pytest.mark.parametrize(
    "said",
    [
        {"caveat": "1", "year": 2006, "source": "Ukjent", "text": "x"},
        {"caveat": "1", "year": 2006, "source": "cases", "text": ""},
        {"programme": "1", "year": 2006, "cost": "mye"},
        {"programme": "1", "year": 2006, "hours": -1},
        {"programme": "1", "cost": "1000"},
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, cast: Cast, said: dict[str, Any]) -> None:
    client.force_login(cast.kari)
    assert client.post(reverse("reports:annual_years"), said).status_code == 422
    assert not Caveat.objects.exists()
    assert not ProgrammeYear.objects.exists()


def test_what_is_entered_comes_up_again_to_be_changed(client: Client, cast: Cast) -> None:
    actions.put_programme_year(year=2006, cost=50_000_000, hours=10, after_eviction=None, note="")
    client.force_login(cast.kari)
    address = reverse("reports:annual_years")
    assert '500\u00a0000\u00a0kr"' in client.get(f"{address}?year=2006").content.decode()
    for odd in ("", "2007", "x", "²"):
        assert '500\u00a0000\u00a0kr"' not in client.get(f"{address}?year={odd}").content.decode()


@pytest.mark.parametrize(
    ("name", "most"), [("annual", 8), ("annual_write", 6), ("annual_preview", 38), ("annual_publish", 6)]
)
def test_pages_ask_the_database_little(
    client: Client, cast: Cast, report: AnnualReport, django_assert_max_num_queries: Any, name: str, most: int
) -> None:
    for year in (2003, 2004, 2005):
        published(begun(cast.kari, year=year, compare=None), cast.kari)
    client.force_login(cast.kari)
    with django_assert_max_num_queries(most):
        client.get(reverse(f"reports:{name}", args=[] if name == "annual" else [report.pk]))


def test_a_published_page_counts_nothing(
    client: Client, cast: Cast, edition: PublishedReport, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.geir)
    with django_assert_max_num_queries(6):
        client.get(reverse("reports:annual_published", args=[edition.pk]))
