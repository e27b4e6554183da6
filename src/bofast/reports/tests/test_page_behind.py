"""A number opens to the cases behind it, for those who may know of them."""

import html
import re

import pytest

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast, cast
from bofast.cases.actions import work
from bofast.cases.tests.factories import TODAY, households, on_the_day, petitioned, signed_in, text
from bofast.reports.tests.received import reference_year, reported

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
EVICTED = "/statistics/cases/?key=outcome.evicted&year=2006"


@pytest.mark.parametrize(
    ("key", "cases"),
    [
        ("cases", 407),
        ("outcome.evicted", 30),
        ("outcome.reinstated", 3),
        ("gender.women", 211),
        ("contact.active", 141),
        ("single.single", 235),
        ("children.with_children", 128),
        ("income.work,outcome.evicted", 6),
        ("monthly_income.15000%2B,gender.men", 12),
        ("members.6%2B", 5),
        ("arrears.50000%2B", 20),
        ("zero_share.zero_share", 53),
        ("outcome.stopped,resolution.paid_self", 71),
        ("petitions", 110),
    ],
)
def test_as_many_cases_are_behind_a_number_as_it_says(cast: Cast, key: str, cases: int) -> None:
    reference_year()
    assert f"{cases} cases." in text(signed_in(cast.kari), f"/statistics/cases/?key={key}&year=2006")


def test_every_link_of_the_page_opens_to_the_number_it_stands_on(cast: Cast) -> None:
    """Each link's own text is held against a count of the list it opens."""
    reference_year()
    client = signed_in(cast.kari)
    found = text(client, "/statistics/?year=2006&compare=")
    links = re.findall(r'<a href="(/statistics/cases/[^"]+)">([\d\u00a0]+)<', found)
    assert len(links) > 80
    for href, number in links[:: max(1, len(links) // 25)]:
        assert re.search(rf"\b{number} cases?\.", text(client, html.unescape(href))), (href, number)


@pytest.mark.parametrize(
    ("block", "row", "cases"),
    [
        ("disagreements", "Evictions 2006", 30),
        ("costs", "Public fees of stopped cases", 260),
        ("costs", "Petition fees of zero-share households", 53),
        ("figure-8", "Others", 354),
    ],
)
def test_numbers_our_cases_give_and_amounts_open_to_the_cases_they_are_of(
    cast: Cast, block: str, row: str, cases: int
) -> None:
    reference_year()
    client = signed_in(cast.kari)
    section = text(client, "/statistics/?year=2006&compare=2005").split(f'id="{block}"', 1)[1].split("</section>", 1)[0]
    line = section.split(f'<th scope="row">{row}</th>', 1)[1].split("</tr>", 1)[0]
    for href in re.findall(r'<a href="(/statistics/cases/[^"]+)">', line) or ["/none"]:
        assert f"{cases} cases." in text(client, html.unescape(href))


def test_what_was_spent_opens_to_the_cases_it_was_spent_in(cast: Cast) -> None:
    with on_the_day():
        one, _other = households("K1", "K2")
        petitioned(one, by=cast.kari)
        client = signed_in(cast.kari)
        found = text(client, "/statistics/?year=2026")
        (href,) = re.findall(r'href="(/statistics/cases/[^"]*payers%2Ftotal%2Fpetitioned[^"]*)"', found)
        opened = text(client, html.unescape(href))
    assert "1 case." in opened
    assert one.number in opened
    assert "Eviction petitioned" in opened


def test_a_registers_case_has_no_page_and_is_logged(cast: Cast) -> None:
    reference_year()
    found = text(signed_in(cast.kari), EVICTED)
    assert 'href="/cases/' not in found
    entries = AccessEntry.objects.filter(kind="registered_case", user=cast.kari)
    assert entries.count() == 30
    assert {entry.detail for entry in entries} == {"statistics outcome.evicted"}


@pytest.mark.parametrize("who", ["turid", "arne", "geir"])
def test_what_rests_on_help_or_household_opens_to_nobody_on_the_landlords_side(cast: Cast, who: str) -> None:
    reference_year()
    client = signed_in(getattr(cast, who))
    for key in ("outcome.evicted", "income.social_assistance", "gender.women", "resolution.guarantee", "members.1"):
        refused = text(client, f"/statistics/cases/?key={key}&year=2006", 403)
        assert not re.search(r">\s*\d+\s*<|\d+ cases?\b", refused)
    assert not AccessEntry.objects.exclude(action="refused").exists()


@pytest.mark.parametrize("who", ["turid", "arne", "siv", "geir"])
def test_no_link_of_a_masked_page_leads_to_a_refusal(cast: Cast, who: str) -> None:
    reference_year()
    client = signed_in(getattr(cast, who))
    links = set(re.findall(r'href="(/statistics/cases/[^"]+)"', text(client, "/statistics/?year=2006")))
    assert bool(links) is (who != "geir"), "the steering group opens no number, the others some"
    for href in links:
        assert client.get(html.unescape(href)).status_code == 200


@pytest.mark.parametrize("who", ["turid", "arne", "siv"])
def test_a_hidden_number_of_the_register_does_not_come_back_as_a_list(cast: Cast, who: str) -> None:
    reference_year()
    client = signed_in(getattr(cast, who))
    for key in ("cases", "petitions", "arrears.0-5000"):
        assert "No cases here" in text(client, f"/statistics/cases/?key={key}&year=2006")


def test_ones_own_cases_have_links_and_others_stay_unknown(cast: Cast) -> None:
    with on_the_day():
        mine, other = households("K1", "K2")
        work.hand_over(case_id=mine.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
        url = "/statistics/cases/?key=outcome.unresolved&year=2026"
        found = text(signed_in(cast.siv), url)
        assert f'href="/cases/{mine.number}/"' in found
        assert other.number not in found
        assert "2 cases." in text(signed_in(cast.kari), url)
        assert reported(2026)["tables"]["2"]["rows"][0]["count"] == 2


def test_events_of_our_own_cases_open_from_table_6(cast: Cast) -> None:
    with on_the_day():
        case = households("K1", "K2")[0]
        petitioned(case, by=cast.kari)
        found = text(signed_in(cast.kari), "/statistics/?year=2026")
        assert '<a href="/statistics/cases/?key=petitions&amp;year=2026">1<' in found
        behind = text(signed_in(cast.kari), "/statistics/cases/?key=petitions&year=2026")
        assert f'href="/cases/{case.number}/"' in behind
        assert "1 case." in behind


@pytest.mark.parametrize("key", ["", "nothing", "outcome", "outcome.evicted,", "gender.men;drop"])
def test_a_key_that_names_no_number_is_not_found_or_empty(cast: Cast, key: str) -> None:
    reference_year()
    answer = signed_in(cast.kari).get("/statistics/cases/", {"key": key, "year": "2006"})
    assert answer.status_code == 404 or "No cases here" in answer.content.decode()


def test_the_list_asks_the_database_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: object) -> None:
    reference_year()
    client = signed_in(cast.kari)
    client.get(EVICTED)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(EVICTED)
