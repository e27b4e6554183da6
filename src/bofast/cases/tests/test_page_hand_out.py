"""Gi listen videre, and Gitt videre: the pages of those who hand out."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from bofast.access.models import AccessAction, AccessEntry
from bofast.access.tests.cast import Cast, social_services_team
from bofast.arrears.actions.answers import Said, answer_rows
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import HandOut, ReceivedFile, Shield
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.actions.screening import take_in_answers
from bofast.cases.models import Case
from bofast.cases.queries.hand_out import Plan
from bofast.cases.tests.factories import signed_in, text
from bofast.cases.tests.test_hand_out import listed, town
from bofast.domain.screening import Answer as Code

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def page_of(file: ReceivedFile) -> str:
    return reverse("cases:hand_out", args=[file.pk, "fana"])


def handed(cast: Cast, *contracts: str, on: date = TODAY) -> HandOut:
    plan = Plan(file=listed(on, list(contracts)), districts=("Fana",), team=social_services_team("Fana"), told_on=on)
    made = hand_out(plan=plan, because={}, actor=cast.arne, today=on)
    assert made is not None
    return made


def test_the_districts_page_leads_to_handing_it_out_and_its_own_office_is_proposed(cast: Cast) -> None:
    social_services_team("Bergenhus")
    office = social_services_team("Fana")
    file = listed(TODAY, ["K1"])
    browser = signed_in(cast.arne)
    assert page_of(file) in text(browser, reverse("arrears:district", args=[file.pk, "fana"]))
    page = text(browser, page_of(file))
    assert f'<option value="{office.pk}" selected>Sosialtjenesten Fana</option>' in page
    assert "Tenant" not in page
    assert "Leier K1" not in page, "nobody is shown before it is said to whom"


def test_what_may_go_what_asks_and_what_is_held_back_are_shown_with_their_reasons(cast: Cast) -> None:
    made = town(TODAY)
    office = social_services_team("Fana")
    page = text(signed_in(cast.turid), f"{page_of(made.file)}?team={office.pk}&told_on=2026-11-20")
    assert "4 households may go" in page  # K3 is only held back once it is said that it was not told
    assert "4 households ask for your judgement" in page
    assert "3 households are held back" in page
    assert "husleieloven" in page and "§ 9-11" in page
    assert page.count("It goes all the same, because") == 4


def test_arne_hands_out_with_a_reason_and_one_who_was_not_told(cast: Cast) -> None:
    made = town(TODAY)
    office, browser = social_services_team("Fana"), signed_in(cast.arne)
    given = {
        "team": office.pk, "told_on": "2026-11-20", "untold": [made.case("not told").pk],
        f"because-{made.case('clause unknown').pk}": "Klausulen er funnet.",
        f"because-{made.case('opted out').pk}": "Vil likevel.",
    }  # fmt: skip
    answer = browser.post(page_of(made.file), given, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][1] == 302
    assert "3 households are handed out to Sosialtjenesten Fana. 8 are held back" in page
    assert "Klausulen er funnet." in page
    assert "Vil likevel." not in page
    out = HandOut.objects.get()
    assert set(out.rows.filter(sent=True).values_list("tenancy__contract_no", flat=True)) == {"K1", "K4", "K9"}
    assert out.by == cast.arne


def test_when_nothing_may_go_the_page_says_so_and_nothing_is_kept(cast: Cast) -> None:
    file = listed(TODAY, ["K1"])
    office = social_services_team("Fana")
    answer = signed_in(cast.arne).post(page_of(file), {"team": office.pk, "told_on": ""})
    assert answer.status_code == 422
    assert "Nothing could be handed out" in answer.content.decode()
    assert not HandOut.objects.exists()


def test_a_day_to_come_is_no_day_the_tenants_were_told(cast: Cast) -> None:
    file = listed(TODAY, ["K1"])
    office = social_services_team("Fana")
    answer = signed_in(cast.arne).post(page_of(file), {"team": office.pk, "told_on": "2026-12-01"})
    assert answer.status_code == 422
    assert "no later than the office" in answer.content.decode()
    assert not HandOut.objects.exists()


def test_an_older_list_is_not_handed_out(cast: Cast) -> None:
    older = listed(TODAY - timedelta(days=30), ["K1"])
    listed(TODAY, ["K1"])
    office = social_services_team("Fana")
    answer = signed_in(cast.arne).post(page_of(older), {"team": office.pk, "told_on": "2026-11-20"})
    assert "Only the newest list is handed out" in answer.content.decode()
    assert not HandOut.objects.exists()


@pytest.mark.parametrize("who", ["siv", "hanne", "geir", "astrid", "charlie"])
def test_others_hand_nothing_out(cast: Cast, who: str) -> None:
    file = listed(TODAY, ["K1"])
    made = handed(cast, "K1")
    browser = signed_in(getattr(cast, who))
    for address in (page_of(file), reverse("cases:hand_outs"), reverse("cases:handed_out", args=[made.pk])):
        assert "Leier" not in text(browser, address, 403)


def test_a_household_shielded_as_a_whole_is_in_no_hand_out_and_no_count(cast: Cast) -> None:
    file = listed(TODAY, ["K1", "K2"])
    hidden = Case.objects.get(tenancy__contract_no="K2")
    shield(tenancy_id=hidden.tenancy_id, kind=Shield.Kind.CASE, named=[cast.kari], by=cast.ingrid, today=TODAY)
    office, browser = social_services_team("Fana"), signed_in(cast.arne)
    page = text(browser, f"{page_of(file)}?team={office.pk}&told_on=2026-11-20")
    assert "1 household may go" in page
    assert "held back" not in page.split("may go")[1].split("<form")[0]
    assert "K2" not in page


def test_shielded_afterwards_it_is_gone_from_the_hand_out_too(cast: Cast) -> None:
    made = handed(cast, "K1", "K2")
    hidden = Case.objects.get(tenancy__contract_no="K2")
    shield(tenancy_id=hidden.tenancy_id, kind=Shield.Kind.CASE, named=[cast.kari], by=cast.ingrid, today=TODAY)
    page = text(signed_in(cast.arne), reverse("cases:handed_out", args=[made.pk]))
    assert "K2" not in page
    assert "<dt>Went</dt><dd>1</dd>" in page


def answered(cast: Cast, made: HandOut, code: Code) -> None:
    seat = cast.siv.assignments.get()
    seat.team = made.team
    seat.save()
    cast.siv.__dict__.pop("seats", None)
    said = {row.pk: Said(code, "Kjent her fra før.") for row in made.rows.filter(sent=True)}
    answer_rows(said=said, by=cast.siv, today=TODAY)
    take_in_answers(TODAY)


@pytest.mark.parametrize("who", ["arne", "turid"])
def test_the_landlords_side_sees_the_same_page_before_and_after_the_answers(cast: Cast, who: str) -> None:
    made = handed(cast, "K1", "K2", on=date(2026, 11, 2))
    browser = signed_in(getattr(cast, who))
    addresses = [reverse("cases:hand_outs"), reverse("cases:handed_out", args=[made.pk])]

    def seen() -> list[str]:
        return [text(browser, address).split("<main")[1] for address in addresses]

    before = seen()
    answered(cast, made, Code.ACTIVE)
    assert seen() == before
    assert "wait" not in before[0]
    assert "Ask again" not in before[0]


def test_kari_sees_the_answers_what_is_late_and_asks_again(cast: Cast) -> None:
    made = handed(cast, "K1", "K2", on=date(2026, 11, 2))
    browser = signed_in(cast.kari)
    page = text(browser, reverse("cases:hand_outs"))
    assert "2 wait" in page
    assert "14 days over" in page
    told = browser.post(reverse("cases:chase", args=[made.pk]), follow=True).content.decode()
    assert "Sosialtjenesten Fana is asked again" in told
    assert "asked again 23 November 2026" in told
    answered(cast, made, Code.KNOWN)
    page = text(browser, reverse("cases:handed_out", args=[made.pk]))
    assert "Known, but not active" in page
    assert "Kjent her fra før." in page


def test_lists_that_are_late_stand_above_karis_worklist_and_not_above_turids(cast: Cast) -> None:
    handed(cast, "K1", on=date(2026, 11, 2))
    late = "1 list waits for answers from Sosialtjenesten Fana"
    assert late in text(signed_in(cast.kari), "/")
    for who in (cast.turid, cast.arne, cast.siv):
        assert "waits for answers" not in text(signed_in(who), "/")


def test_the_workbook_the_sender_fetches_has_no_answers_and_a_name_that_names_nobody(cast: Cast) -> None:
    made = handed(cast, "K1", "K2")
    answered(cast, made, Code.ACTIVE)
    answer = signed_in(cast.arne).get(reverse("cases:handed_out_xlsx", args=[made.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="utlevert-liste-{made.pk}-2026-11-23.xlsx"'
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"K1", "K2"} <= cells
    assert not {"aktiv", "Kjent her fra før."} & cells
    logged = AccessEntry.objects.filter(action=AccessAction.EXPORT, detail=f"hand-out {made.pk} xlsx")
    assert logged.count() == 2


def test_the_pages_ask_no_more_for_many_than_for_few(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    file = listed(TODAY, [f"K{number}" for number in range(60)])
    office, browser = social_services_team("Fana"), signed_in(cast.arne)
    with django_assert_max_num_queries(40):
        text(browser, f"{page_of(file)}?team={office.pk}&told_on=2026-11-20")
    made = hand_out(
        plan=Plan(file=file, districts=("Fana",), team=office, told_on=TODAY), because={}, actor=cast.arne, today=TODAY
    )
    assert made is not None
    with django_assert_max_num_queries(20):
        text(browser, reverse("cases:handed_out", args=[made.pk]))
    with django_assert_max_num_queries(20):
        text(browser, reverse("cases:hand_outs"))
