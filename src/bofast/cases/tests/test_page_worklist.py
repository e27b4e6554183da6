"""I dag: each agency sees exactly its part, in an order that tells it nothing else."""

from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast
from bofast.cases.actions import work
from bofast.cases.actions.assess import assess
from bofast.cases.models import Task
from bofast.cases.tests import sent
from bofast.cases.tests.factories import (
    FULL,
    TODAY,
    household,
    households,
    petitioned,
    recorded,
    signed_in,
    text,
)
from bofast.domain.facts import DeedCode

pytestmark = pytest.mark.django_db
HELP_WORDS = ("Children", "Nordmann", "Bofast-teamet", "Contact the household", "Last contact", "in touch")


def test_kari_sees_household_reason_step_owner_and_last_contact(cast: Cast) -> None:
    case = household()
    recorded(case, DeedCode.CONTACT, date(2026, 11, 20), by=cast.kari)
    page = text(signed_in(cast.kari), "/?whose=all")
    for words in (
        "Tenant K1",
        "10 000\u00a0kr",
        "2.0 mo.",
        "Fana",
        "A payment demand was sent",
        "20 November",
    ):
        assert words in page.replace("\u202f", "\u00a0").replace("10\u00a0000", "10 000"), words


def test_a_reason_opens_to_its_facts(cast: Cast) -> None:
    household()
    page = text(signed_in(cast.kari), "/?whose=all")
    assert "<dt>Oldest unpaid rent due</dt><dd>1 September 2026</dd>" in page


@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_sees_money_and_procedure_and_no_word_of_household_or_help(cast: Cast, who: str) -> None:
    case = household()
    recorded(case, DeedCode.CONTACT, date(2026, 11, 20), by=cast.kari, words="Ventet på bostøtte")
    page = text(signed_in(getattr(cast, who)), "/")
    assert "Tenant K1" in page
    assert "The case is being followed up." in page
    found = [words for words in (*HELP_WORDS, "Ventet", "20 November") if words in page.partition("<main")[2]]
    assert not found


def test_the_landlords_order_is_not_moved_by_children(cast: Cast) -> None:
    sent.register({"K1": "0;;ja", "K2": "3;;ja"})
    sent.arrears_list("2026-10-30", {"K1": 2, "K2": 2}, demanded="2026-10-15")
    assess(on=TODAY)
    kari, turid = (text(signed_in(user), "/?whose=all") for user in (cast.kari, cast.turid))
    assert kari.index("Tenant K2") < kari.index("Tenant K1")
    assert turid.index("Tenant K1") < turid.index("Tenant K2")


@pytest.mark.parametrize(
    "asked", ["whose=mine", "holder={kari}", "team={team}", "sort=owner", "sort=-step", "show=waiting"]
)
def test_no_filter_or_order_of_the_landlord_asks_about_help(cast: Cast, asked: str) -> None:
    cases = households("K1", "K2", "K3")
    work.hand_over(case_id=cases[2].pk, to=cast.kari.acting, actor=cast.kari, today=TODAY)
    recorded(cases[1], DeedCode.CONTACT, date(2026, 11, 20), by=cast.kari)
    turid = signed_in(cast.turid)
    url = "/?" + asked.format(kari=cast.kari.pk, team=cast.kari.team_id)
    names = [f"Tenant K{n}" for n in (1, 2, 3)]
    if asked == "show=waiting":
        assert not any(name in text(turid, url) for name in names)
    else:
        page = text(turid, url)
        assert sorted(names, key=page.index) == names


def test_a_case_closed_by_a_person_leaves_the_landlords_list_for_good(cast: Cast) -> None:
    case = household()
    work.close_case(
        case_id=case.pk, outcome="covered", on=date(2026, 10, 20), actor=cast.kari, today=TODAY, despite="lån"
    )
    assert "Tenant K1" not in text(signed_in(cast.turid), "/")


def test_siv_sees_only_what_her_team_holds(cast: Cast) -> None:
    mine, _other = households("K1", "K2")
    work.hand_over(case_id=mine.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    page = text(signed_in(cast.siv), "/?whose=all")
    assert "Tenant K1" in page
    assert "Tenant K2" not in page
    assert "1 household" in page


def test_the_steering_group_is_led_to_the_results(cast: Cast) -> None:
    household()
    answer = signed_in(cast.geir).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/statistics/")


@pytest.mark.parametrize(("who", "begins"), [("charlie", "/me/"), ("astrid", "/users/"), ("asbjorn", "/access-log/")])
def test_without_an_agency_one_begins_with_what_there_is(cast: Cast, who: str, begins: str) -> None:
    household()
    answer = signed_in(getattr(cast, who)).get("/")
    assert (answer.status_code, answer["Location"], answer.content) == (302, begins, b"")


def test_the_figures_count_and_filter(cast: Cast) -> None:
    first, second = households("K1", "K2", clause="")
    recorded(first, DeedCode.NOTICE, date(2026, 11, 12), by=cast.kari, content=FULL)
    kari = signed_in(cast.kari)
    answer = kari.get("/?whose=all")
    assert [figure["value"] for figure in answer.context["figures"]] == [2, 1, 2, 0]
    narrowed = text(kari, "/?whose=all&show=deadline")
    assert "Tenant K1" in narrowed
    assert "Tenant K2" not in narrowed
    assert second.number in text(kari, "/?whose=all&show=new")


def test_an_eviction_with_a_date_is_counted_and_stands_first(cast: Cast) -> None:
    _first, second = households("K1", "K2")
    petitioned(second, by=cast.kari)
    recorded(second, DeedCode.DATE_SET, date(2026, 11, 20), by=cast.kari, scheduled_on=date(2026, 12, 1))
    answer = signed_in(cast.kari).get("/?whose=all")
    page = answer.content.decode()
    assert answer.context["figures"][3]["value"] == 1
    assert page.index("Tenant K2") < page.index("Tenant K1")


def test_a_step_past_its_day_is_said_in_words(cast: Cast) -> None:
    case = household()
    recorded(case, DeedCode.CONTACT_TRIED, date(2026, 11, 10), by=cast.kari)
    assert "Was due 17 November, 6 days overdue" in text(signed_in(cast.kari), "/?whose=all")


def test_an_empty_list_says_what_would_fill_it(cast: Cast) -> None:
    assert "No list is taken in yet" in text(signed_in(cast.kari), "/")
    household()
    assert "Nobody fits what you chose" in text(signed_in(cast.kari), "/?whose=all&show=eviction")


def test_the_arrears_sort_both_ways_and_the_url_keeps_it(cast: Cast) -> None:
    sent.register({"K1": "0;;ja", "K2": "0;;ja"})
    sent.arrears_list("2026-10-30", {"K1": 1, "K2": 3})
    assess(on=TODAY)
    kari = signed_in(cast.kari)
    up, down = text(kari, "/?whose=all&sort=arrears"), text(kari, "/?whose=all&sort=-arrears")
    assert up.index("Tenant K1") < up.index("Tenant K2")
    assert down.index("Tenant K2") < down.index("Tenant K1")
    assert "whose=all" in down.partition('id="sort-arrears"')[2][:120]


def test_twenty_five_households_a_page_and_the_same_number_of_questions_for_any_number(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    households(*(f"K{n}" for n in range(60)))
    kari = signed_in(cast.kari)
    with django_assert_max_num_queries(20):
        page = text(kari, "/?whose=all")
    assert page.count('<th scope="row">') == 25
    assert text(kari, "/?whose=all&page=3").count('<th scope="row">') == 10


@pytest.mark.parametrize(
    ("asked", "stands_open"), [("", False), ("?whose=all", False), ("?stage=due", True), ("?district=Fana", True)]
)
def test_the_filters_are_folded_until_one_is_set(cast: Cast, asked: str, stands_open: bool) -> None:
    household()
    assert ('<details class="fold" open>' in text(signed_in(cast.kari), f"/{asked}")) is stands_open


def test_who_has_paid_is_not_said_to_owe_months_of_rent(cast: Cast) -> None:
    case = household()
    petitioned(case, by=cast.turid)
    sent.arrears_list("2026-11-20", {"K2": 1})
    assess(on=TODAY)
    page = text(signed_in(cast.kari), "/?whose=all")
    row = page.partition("Tenant K1")[2].partition("</tr>")[0]
    assert "Withdraw the petition now" in row
    assert "mo." not in row


def test_when_there_is_nothing_to_do_the_day_to_look_again_is_said_once(cast: Cast) -> None:
    case = household()
    for day in (date(2026, 11, 18), date(2026, 11, 20)):
        recorded(case, DeedCode.CONTACT, day, by=cast.kari)
    work.set_review(case_id=case.pk, review_on=date(2026, 12, 7), actor=cast.kari, today=TODAY)
    kari = signed_in(cast.kari)
    row = text(kari, "/?whose=all").partition("Tenant K1")[2].partition("</tr>")[0]
    assert "Nothing to do now. Look at the case again on 7 December 2026." in row
    assert "By 7 December" not in row
    assert "By 7 December" not in text(kari, f"/cases/{case.number}/")


def test_what_was_seen_in_the_list_is_logged_by_case_number(cast: Cast) -> None:
    case = household()
    text(signed_in(cast.kari), "/?whose=all")
    entry = AccessEntry.objects.get(action="list")
    assert (entry.user, entry.kind, entry.object_id) == (cast.kari, "case", case.number)


def test_the_landlords_questions_are_counted_for_the_landlord_only(cast: Cast) -> None:
    household(clause="")
    assert Task.objects.get(code="question_clause").agency == "landlord"
    assert signed_in(cast.turid).get("/").context["figures"][2]["value"] == 1
    assert signed_in(cast.arne).get("/").context["figures"][2]["value"] == 0


def test_a_case_assessed_for_a_later_day_does_not_close_the_page(cast: Cast) -> None:
    """As after a nightly run for a day that the server has not reached."""
    household("K1")
    with time_machine.travel("2026-11-20 09:00+01:00", tick=True):
        assess(on=date(2026, 11, 20))
        assert "Waiting for an answer" in text(signed_in(cast.kari), "/")
