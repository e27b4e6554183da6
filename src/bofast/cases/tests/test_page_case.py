"""Saken: what each agency finds on the page of one case, and that every look is logged."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast
from bofast.cases.actions import work
from bofast.cases.models import Case, Event
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
HELP_WORDS = (
    "Children", "Members", "Nordmann", "Sosialtjenesten", "Bofast-teamet", "Who has the case", "Review day", "Note",
    "Talk with", "Contact tried", "handed over", "Write a note", "Hand over", "Close the case", "loan",
    "Contact the household", "covered",
)  # fmt: skip


@pytest.fixture
def case(cast: Cast) -> Case:
    """A household with a petition, a talk, a note and a task of the helpers."""
    found = household()
    petitioned(found, by=cast.turid)
    recorded(found, DeedCode.CONTACT, date(2026, 11, 20), by=cast.kari, words="Applied for a loan")
    work.write_note(case_id=found.pk, text="Wants a loan", actor=cast.ola, today=TODAY)
    work.add_task(
        case_id=found.pk, text="Ring about the loan", due_on=TODAY, agency="outreach", owner=None, actor=cast.kari,
        today=TODAY,
    )  # fmt: skip
    work.set_review(case_id=found.pk, review_on=date(2026, 12, 1), actor=cast.kari, today=TODAY)
    found.refresh_from_db()
    return found


def main(page: str) -> str:
    return page.partition("<main")[2]


def test_kari_sees_the_case_whole(cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.kari), f"/cases/{case.number}/")
    for words in (
        "Tenant K1", "Gate 1", "Children", "<dd>3</dd>", "Wants a loan", "Applied for a loan", "Ring about the loan",
        "1 December 2026", "Petition for eviction filed", "Turid Utleier", "Who has the case",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_reads_no_word_of_household_or_help(cast: Cast, case: Case, who: str) -> None:
    page = main(text(signed_in(getattr(cast, who)), f"/cases/{case.number}/"))
    assert "Tenant K1" in page
    assert "Petition for eviction filed" in page
    found = [words for words in HELP_WORDS if words in page]
    assert not found


def test_what_a_helper_recorded_is_the_municipalitys_to_the_landlord(cast: Cast) -> None:
    found = household()
    recorded(found, DeedCode.REMINDER, date(2026, 11, 20), by=cast.kari)
    page = main(text(signed_in(cast.turid), f"/cases/{found.number}/"))
    assert "Reminder sent" in page
    assert "The municipality" in page
    assert "Kari" not in page


def test_how_a_case_ended_is_not_told_to_the_landlord(cast: Cast) -> None:
    found = household()
    work.close_case(case_id=found.pk, outcome="covered", on=TODAY, actor=cast.kari, today=TODAY, despite="lån")
    assert "overed by social services" in text(signed_in(cast.kari), f"/cases/{found.number}/")
    page = main(text(signed_in(cast.turid), f"/cases/{found.number}/"))
    assert "Case closed" in page
    assert "overed" not in page


@pytest.mark.parametrize("who", ["charlie", "geir", "astrid", "asbjorn"])
@pytest.mark.parametrize("path", ["", "step/", "step/?step=contact", "close/", "write_note/"])
def test_outsiders_learn_not_even_that_a_case_exists(cast: Cast, case: Case, who: str, path: str) -> None:
    client = signed_in(getattr(cast, who))
    there, not_there = (
        main(text(client, f"/cases/{number}/{path}", status=403)) for number in (case.number, "2026-9999")
    )
    assert there == not_there


def test_siv_opens_only_the_cases_of_her_team(cast: Cast) -> None:
    mine, other = households("K1", "K2")
    work.hand_over(case_id=mine.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    siv = signed_in(cast.siv)
    assert "Children" in text(siv, f"/cases/{mine.number}/")
    text(siv, f"/cases/{other.number}/", status=404)


def test_every_look_is_logged_and_nothing_else(cast: Cast, case: Case) -> None:
    text(signed_in(cast.arne), f"/cases/{case.number}/")
    entry = AccessEntry.objects.get(action="look")
    assert (entry.user, entry.kind, entry.object_id, entry.detail) == (cast.arne, "case", case.number, "")
    text(signed_in(cast.charlie), f"/cases/{case.number}/", status=403)
    assert AccessEntry.objects.filter(action="look").count() == 1


def test_the_page_asks_the_database_the_same_for_a_long_history(
    cast: Cast, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(30):
        work.write_note(case_id=case.pk, text=f"note {n}", actor=cast.ola, today=TODAY)
    kari = signed_in(cast.kari)
    with django_assert_max_num_queries(26):
        text(kari, f"/cases/{case.number}/")


def test_the_procedure_shows_done_now_and_next_with_the_fees_it_has_added(cast: Cast, case: Case) -> None:
    rungs = signed_in(cast.kari).get(f"/cases/{case.number}/").context["ladder"]
    assert [rung.state for rung in rungs] == ["done", "done", "done", "now", "next", "later"]
    assert rungs[3].on == date(2026, 11, 16)
    assert [rung.fees for rung in rungs[:2]] == [None, None]  # a letter adds nothing before the demand
    fees = [rung.fees or 0 for rung in rungs]
    assert fees == sorted(fees)
    assert fees[3] - fees[2] == 168_100 + 67_250  # 1.25 R down to whole kroner, and 0.5 R, R = 1,345


@pytest.mark.parametrize(
    ("sent_on", "beneath"),
    [
        ([], None),
        ([date(2026, 11, 2)], ("Payment demanded", "Notice of eviction sent 2 November 2026")),
        ([date(2026, 11, 2), date(2026, 11, 16)], ("Payment demanded", "Notice of eviction sent 2 November 2026")),
        ([date(2026, 10, 15)], None),  # the day of the demand stands there already
    ],
)
def test_the_notice_the_two_weeks_run_from_stands_beneath_its_stage(
    cast: Cast, sent_on: list[date], beneath: tuple[str, str] | None
) -> None:
    found = household()
    for day in sent_on:
        recorded(found, DeedCode.NOTICE, day, by=cast.turid, content=FULL)
    rungs = signed_in(cast.turid).get(f"/cases/{found.number}/").context["ladder"]
    assert [(rung.title, rung.note) for rung in rungs if rung.note] == ([beneath] if beneath else [])


def test_stopping_before_the_eviction_saves_the_fee_of_executing_it(cast: Cast, case: Case) -> None:
    saved = signed_in(cast.kari).get(f"/cases/{case.number}/").context["savings"]
    assert saved.amount == 181_500  # 1.35 R, R = 1,345, down to whole kroner
    assert saved.payers == ("Landlord",)


def test_what_is_owed_is_principal_interest_and_fees_with_their_marks(cast: Cast, case: Case) -> None:
    answer = signed_in(cast.kari).get(f"/cases/{case.number}/")
    account = answer.context["account"]
    assert account.principal == 1_000_000
    assert account.total == account.principal + account.interest + account.fees
    assert account.interest > 0
    assert len(account.claims) == 2


def test_what_stands_in_the_way_is_said_with_provision_and_earliest_day(cast: Cast) -> None:
    found = household(clause="")
    recorded(found, DeedCode.NOTICE, date(2026, 11, 20), by=cast.turid, content=FULL)
    page = text(signed_in(cast.turid), f"/cases/{found.number}/")
    assert "What stands in the way of the next legal step: Petition for eviction filed" in page
    assert "The notice was sent on 20 November 2026. Eviction can be petitioned from 4 December 2026." in page
    assert "§ 4-18" in page
    assert "Possible from 4 December 2026 if nothing else happens." in page
    assert "Ask the landlord" in page


def test_the_landlord_answers_whether_the_lease_has_the_clause(cast: Cast) -> None:
    found = household(clause="")
    recorded(found, DeedCode.NOTICE, date(2026, 11, 20), by=cast.turid, content=FULL)
    turid = signed_in(cast.turid)
    assert "Does the lease have the eviction clause?" in text(turid, f"/cases/{found.number}/")
    turid.post(f"/cases/{found.number}/clause/", {"clause": "yes"})
    found.tenancy.refresh_from_db()
    assert found.tenancy.clause is True
    assert "Does the lease have the eviction clause?" not in text(turid, f"/cases/{found.number}/")


def test_the_lists_that_told_one_office_the_same_each_month_stand_as_one(cast: Cast) -> None:
    found = household()
    told = {"receiver": "social_services", "team": cast.siv.team_id, "parts": ["identity", "money"]}
    for n, day in enumerate((date(2026, 9, 19), date(2026, 10, 19), date(2026, 11, 19))):
        Event.objects.create(case=found, code="shared", on=day, actor=cast.arne, facts=told | {"hand_out": n})
    released = told | {"hand_out": 9, "despite": ["share_no_clause"]}
    Event.objects.create(case=found, code="shared", on=date(2026, 8, 19), actor=cast.arne, facts=released)
    entries = signed_in(cast.kari).get(f"/cases/{found.number}/").context["timeline"]
    shared = [(entry.on, entry.more[2:]) for entry in entries if entry.title == "Shared with social services"]
    assert shared == [
        (date(2026, 11, 19), ("Also shared 19 October 2026, 19 September 2026",)),
        (date(2026, 8, 19), ()),  # released by a person, with a reason of its own
    ]


def test_a_task_is_finished_with_a_word(cast: Cast, case: Case) -> None:
    task = case.tasks.get(code="manual")
    signed_in(cast.kari).post(f"/cases/{case.number}/tasks/{task.pk}/done/", {"words": "They answered"})
    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (TODAY, cast.kari)
    assert "They answered" in text(signed_in(cast.ola), f"/cases/{case.number}/")


def test_the_landlord_cannot_finish_the_helpers_task(cast: Cast, case: Case) -> None:
    task = case.tasks.get(code="manual")
    answer = signed_in(cast.turid).post(f"/cases/{case.number}/tasks/{task.pk}/done/", {"words": "x"})
    assert answer.status_code == 404
    task.refresh_from_db()
    assert task.done_on is None


def test_a_relapse_leads_back_to_the_former_case(cast: Cast) -> None:
    sent.register({"K1": "0;;ja", "K2": "0;;ja"})
    sent.arrears_list("2026-08-17", {"K1": 1, "K2": 1})
    sent.arrears_list("2026-09-16", {"K2": 1})
    found = household("K1")
    former = Case.objects.get(tenancy__contract_no="K1", opened_on=date(2026, 8, 17))
    newest = Case.objects.get(tenancy__contract_no="K1", opened_on=date(2026, 10, 30))
    assert found == former
    assert f'href="/cases/{former.number}/"' in text(signed_in(cast.kari), f"/cases/{newest.number}/")


@pytest.mark.parametrize(
    ("deed", "button"),
    [(None, "Record a talk with the household"), (DeedCode.CONTACT, "Record a talk with the household")],
)
def test_one_thing_stands_first(cast: Cast, deed: DeedCode | None, button: str) -> None:
    found = household()
    if deed:
        recorded(found, deed, date(2026, 11, 20), by=cast.kari)
    page = main(text(signed_in(cast.kari), f"/cases/{found.number}/"))
    assert button in page
    assert page.count('class="ds-button" href=') == 1
