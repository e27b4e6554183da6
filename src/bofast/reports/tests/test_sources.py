"""Whose numbers play which part, and from which year."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import Cast, cast
from bofast.cases.tests.factories import signed_in, text
from bofast.reports import actions
from bofast.reports.models import SourceProfile
from bofast.reports.sources import default_profile, profile_in_force
from bofast.reports.tests.received import counts, reference_year, reported

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
PAGE = "/annual/sources/"


def line(part: str, since: int, source: str, *words: str) -> SourceProfile:
    return actions.put_source(part=part, since=since, source=source, indicators=words)


def test_with_nothing_entered_the_packaged_sources_play_every_year() -> None:
    assert profile_in_force() == default_profile()
    assert profile_in_force().of(1999).city == "Namsfogden"


@pytest.mark.parametrize(
    ("year", "own", "withdrawn"),
    [
        (2019, "BBB/kemneren", "kemneren"),
        (2020, "Boligforetaket", "kemneren"),
        (2021, "Boligforetaket", "kemneren"),
        (2022, "Boligforetaket", "Innkreving"),
        (2025, "Etat for bolig", "Innkreving"),
    ],
)
def test_a_line_holds_from_its_year_until_a_later_one_of_the_same_part(year: int, own: str, withdrawn: str) -> None:
    line("own", 2025, "Etat for bolig")
    line("own", 2020, "Boligforetaket")
    line("withdrawn", 2022, "Innkreving")
    then = profile_in_force().of(year)
    assert (then.own, then.withdrawn, then.city) == (own, withdrawn, "Namsfogden")


def test_a_table_over_two_years_takes_each_year_from_its_own_source() -> None:
    counts(
        "2021;Kemneren;begjæringer;50;2023-01-31",
        "2022;Kemneren;begjæringer;1;2023-01-31",
        "2021;Innkreving;begjæringer;2;2023-01-31",
        "2022;Innkreving;begjæringer;40;2023-01-31",
    )
    line("own", 2000, "Kemneren")
    line("own", 2022, "Innkreving")
    found = reported(2022, 2021)
    assert [row["own"] for row in found["tables"]["3"]["rows"]] == [50, 40]
    assert found["tables"]["3"]["change"]["own_percent"] == -20
    assert [(row["source"], row["reached_percent"]) for row in found["goals"]] == [("Kemneren", -20)]
    assert (found["tables"]["6"]["petitions"], found["tables"]["6"]["sources"]["petitions"]) == (40, "Innkreving")


@pytest.mark.parametrize(("words", "executed"), [((), 9), (("utkastelser",), 9), (("utkastet", "gjeninnsatt"), 7)])
def test_of_two_numbers_that_mean_the_same_the_one_chosen_counts(words: tuple[str, ...], executed: int) -> None:
    counts("2022;Regnskapet;utkastelser;9;2023-01-31", "2022;Regnskapet;utkastet;7;2023-01-31")
    line("books", 2022, "Regnskapet", *words)
    assert reported(2022)["tables"]["5"]["rows"][0]["executed"] == executed


def told(cast: Cast, own: str) -> str:
    """Table 3 of 2006 on the page, with that source playing our own tenants."""
    if own:
        line("own", 2006, own)
    page = text(signed_in(cast.kari), "/statistics/?year=2006&compare=")
    return page.split('id="table-3"', 1)[1].split("</section>", 1)[0]


def test_the_pages_tell_the_caveats_of_who_plays_the_part(cast: Cast) -> None:
    reference_year()
    counts("2006;BBB/kemneren;begjæringer;110;2007-06-30;talt på nytt")
    before, after = (told(cast, then) for then in ("", "Namsfogden"))
    assert "talt på nytt" in before
    assert "talt på nytt" not in after


def test_the_team_enters_changes_and_removes_a_line(cast: Cast) -> None:
    counts("2022;Boligforetaket;begjæringer;40;2023-01-31")
    client = signed_in(cast.kari)
    said: dict[str, Any] = {"part": "own", "since": 2022, "source": "Boligforetaket", "indicators": ["begjæringer"]}
    assert client.post(PAGE, said).status_code == 302
    assert client.post(PAGE, said | {"indicators": []}).status_code == 302
    entered = SourceProfile.objects.get()
    assert (entered.source, entered.indicators) == ("Boligforetaket", [])
    found = text(client, PAGE)
    assert found.index("Boligforetaket") < found.index("BBB/kemneren"), "the newest line stands over the default"
    client.post(reverse("reports:annual_remove_source", args=[entered.pk]))
    assert profile_in_force() == default_profile()


@pytest.mark.parametrize(
    "said",
    [
        {"source": "Ukjent"},
        {"part": "landlord"},
        {"since": 2027},
        {"since": ""},
        {"indicators": ["gjeninnsatt"]},
        {"indicators": ["noe annet"]},
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, said: dict[str, Any]) -> None:
    counts("2022;Boligforetaket;begjæringer;40;2023-01-31")
    whole = {"part": "own", "since": 2022, "source": "Boligforetaket"}
    assert signed_in(cast.kari).post(PAGE, whole | said).status_code == 422
    assert not SourceProfile.objects.exists()


@pytest.mark.parametrize("who", ["turid", "arne", "siv", "geir", "astrid"])
def test_the_page_is_for_the_team_that_writes_the_report(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"part": "own", "since": 2022, "source": "Namsfogden"}).status_code == 403
    assert not SourceProfile.objects.exists()


def test_the_page_asks_no_more_often_for_more_lines(cast: Cast, django_assert_max_num_queries: Any) -> None:
    reference_year()
    for year in range(2000, 2020):
        line("own", year, "Namsfogden")
    client = signed_in(cast.kari)
    with django_assert_max_num_queries(14):
        client.get(PAGE)
