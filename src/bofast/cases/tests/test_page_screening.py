"""Til svar: the pages of an office of the social services."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from bofast.access.models import AccessAction, AccessEntry
from bofast.access.tests.cast import Cast, social_services_team
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import Answer, HandOut, ReceivedFile, Shield
from bofast.cases.actions import sharing
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.models import Case, Sharing
from bofast.cases.queries.hand_out import Plan
from bofast.cases.tests.factories import signed_in, text
from bofast.cases.tests.test_hand_out import listed, organised
from bofast.domain.screening import Answer as Code

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FRONT = "/screening/"


def put(cast: Cast, *contracts: str, team: str = "Årstad") -> HandOut:
    """Households handed out to Siv's office."""
    file = listed(TODAY, list(contracts))
    plan = Plan(file=file, districts=("Fana",), team=social_services_team(team), told_on=TODAY)
    made = hand_out(plan=plan, because={}, actor=cast.turid, today=TODAY)
    assert made is not None
    return made


def key(made: HandOut, contract: str) -> int:
    return made.rows.get(tenancy__contract_no=contract).pk


def one(made: HandOut) -> str:
    return reverse("cases:screening_list", args=[made.pk])


def test_siv_sees_her_lists_their_day_and_how_many_wait(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    browser = signed_in(cast.siv)
    page = text(browser, FRONT)
    assert f'<a class="ds-link" href="{one(made)}">Fana, 23 November 2026</a>' in page
    assert "30 November</time> – 7 days" in page
    assert f'href="{FRONT}" aria-current="page">To answer' in page


def test_she_answers_without_javascript_and_what_is_left_open_waits(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    browser = signed_in(cast.siv)
    said = {f"answer-{key(made, 'K1')}": "active", f"note-{key(made, 'K1')}": "Har time torsdag."}
    page = browser.post(one(made), said, follow=True).content.decode()
    assert "The answers are saved. 1 household still waits." in page
    assert f'value="active" checked><label class="ds-label" for="answer-{key(made, "K1")}-active">' in page
    assert "Har time torsdag." in page
    assert Case.objects.get(tenancy__contract_no="K1").holder == cast.siv
    done = browser.post(one(made), {f"answer-{key(made, 'K2')}": "unknown"}, follow=True).content.decode()
    assert "The whole list is answered" in done
    assert "Nothing waits for your answer" in done
    assert "1 list is answered" in done


@pytest.mark.parametrize("answer", ["<script>", "ja", "", "held"])
def test_what_is_no_answer_is_left_open(cast: Cast, answer: str) -> None:
    made = put(cast, "K1")
    said = {f"answer-{key(made, 'K1')}": answer, "answer-x": "active", "answer-": "active"}
    signed_in(cast.siv).post(one(made), said)
    assert not made.rows.get().answers.exists()


def test_a_row_of_another_offices_list_is_not_answered_through_ones_own(cast: Cast) -> None:
    made, other = put(cast, "K1"), put(cast, "K1", "K2", team="Fana")
    signed_in(cast.siv).post(one(made), {f"answer-{key(other, 'K2')}": "active"})
    assert not other.rows.get(tenancy__contract_no="K2").answers.exists()


def test_another_offices_list_is_not_found(cast: Cast) -> None:
    other = put(cast, "K1", team="Fana")
    browser = signed_in(cast.siv)
    for name in ("screening_list", "screening_xlsx", "screening_print"):
        text(browser, reverse(f"cases:{name}", args=[other.pk]), 404)
    assert "K1" not in text(browser, FRONT)


@pytest.mark.parametrize("who", ["turid", "arne", "hanne", "geir", "astrid", "charlie"])
def test_others_answer_nothing(cast: Cast, who: str) -> None:
    made = put(cast, "K1")
    browser = signed_in(getattr(cast, who))
    for address in (FRONT, one(made), reverse("cases:screening_xlsx", args=[made.pk])):
        assert "Leier" not in text(browser, address, 403)
    assert FRONT not in text(browser, reverse("cases:rules"))


def test_a_protected_address_is_neither_on_the_page_nor_in_the_workbook_nor_on_paper(cast: Cast) -> None:
    file = listed(TODAY, ["K1"])
    case = Case.objects.get()
    shield(tenancy_id=case.tenancy_id, kind=Shield.Kind.ADDRESS, named=[cast.kari], by=cast.ingrid, today=TODAY)
    plan = Plan(file=file, districts=("",), team=social_services_team(), told_on=TODAY)
    made = hand_out(plan=plan, because={}, actor=cast.turid, today=TODAY)
    assert made is not None
    browser = signed_in(cast.siv)
    for address in (one(made), reverse("cases:screening_print", args=[made.pk])):
        page = text(browser, address)
        assert "Leier K1" in page
        assert "Gate 1" not in page
        assert "Fana" not in page
    assert not {"Gate 1", "Fana"} & cells(browser, made)


def test_a_household_shielded_as_a_whole_after_it_went_is_seen_no_more(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    case = Case.objects.get(tenancy__contract_no="K2")
    shield(tenancy_id=case.tenancy_id, kind=Shield.Kind.CASE, named=[cast.kari], by=cast.ingrid, today=TODAY)
    browser = signed_in(cast.siv)
    for address in (one(made), reverse("cases:screening_print", args=[made.pk])):
        assert "K2" not in text(browser, address)
    assert "K2" not in cells(browser, made)
    assert "1 household waits for an answer" in text(browser, one(made))


def fetched(browser: Client, made: HandOut) -> bytes:
    return browser.get(reverse("cases:screening_xlsx", args=[made.pk])).content


def cells(browser: Client, made: HandOut) -> set[str]:
    sheet = load_workbook(BytesIO(fetched(browser, made))).active
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}


def filled(browser: Client, made: HandOut, **answers: object) -> bytes:
    """The workbook as fetched, with these columns written in every row, saved again."""
    book = load_workbook(BytesIO(fetched(browser, made)))
    sheet = book.active
    places = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        for name, value in answers.items():
            sheet.cell(line, places[{"answer": "Aktiv kontakt?", "owed": "Restanse"}[name]]).value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sent(browser: Client, data: bytes) -> str:
    upload = SimpleUploadedFile("svar.xlsx", data)
    return browser.post(reverse("cases:receive_answers"), {"upload": upload}, follow=True).content.decode()


def test_the_workbook_goes_out_and_comes_back(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    browser = signed_in(cast.siv)
    data = filled(browser, made, answer="aktiv")
    page = sent(browser, data)
    assert "2 rows are taken in" in page
    assert "Nothing waits for your answer" in page
    assert set(Case.objects.values_list("team__name", flat=True)) == {"Sosialtjenesten Årstad"}
    assert "received before" in sent(browser, data)


def test_what_was_changed_waits_in_her_own_quarantine_and_is_put_right_there(cast: Cast) -> None:
    made = put(cast, "K1")
    browser = signed_in(cast.siv)
    page = sent(browser, filled(browser, made, answer="aktiv", owed=1))
    assert "1 row is in quarantine" in page
    file = ReceivedFile.objects.get(kind="answers")
    address = reverse("arrears:quarantine", args=[file.pk])
    assert address in page
    row = file.quarantine.get()
    shown = text(browser, address)
    assert "K1" in shown
    assert reverse("cases:screening") in shown
    fields = {f"row{row.pk}-cell{number}": value for number, (_header, value) in enumerate(row.cells)}
    place = [header for header, _value in row.cells].index("Restanse")
    fields[f"row{row.pk}-cell{place}"] = "9000"
    browser.post(reverse("cases:correct", args=[row.pk]), fields)
    assert made.rows.get().answers.get().answer == Code.ACTIVE
    for who in (cast.turid, cast.arne):
        assert signed_in(who).get(address).status_code == 404


def test_a_file_that_is_no_list_is_refused_with_the_reason(cast: Cast) -> None:
    put(cast, "K1")
    answer = signed_in(cast.siv).post(
        reverse("cases:receive_answers"), {"upload": SimpleUploadedFile("svar.csv", b"hei;du\n1;2\n")}
    )
    assert answer.status_code == 422
    assert "The file was not taken in" in answer.content.decode()
    assert signed_in(cast.siv).post(reverse("cases:receive_answers"), {}).status_code == 422
    assert not ReceivedFile.objects.filter(kind="answers").exists()


def test_looking_fetching_and_printing_are_logged_household_by_household(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    browser = signed_in(cast.siv)
    text(browser, one(made))
    fetched(browser, made)
    text(browser, reverse("cases:screening_print", args=[made.pk]))
    logged = AccessEntry.objects.filter(user=cast.siv, kind="tenancy", agency="social_services")
    assert sorted(logged.values_list("action", flat=True)) == [AccessAction.EXPORT] * 4 + [AccessAction.LIST] * 2
    assert set(logged.values_list("reason", flat=True)) == {"shared"}


def test_a_page_of_fifty_asks_no_more_than_a_page_of_few(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = put(cast, *(f"K{number}" for number in range(60)))
    browser = signed_in(cast.siv)
    with django_assert_max_num_queries(20):
        page = text(browser, one(made))
    assert page.count("<fieldset") == 50
    assert "Save and go to the next page" in page
    with django_assert_max_num_queries(16):
        text(browser, FRONT)
    first = {f"answer-{row.pk}": "known" for row in list(made.rows.order_by("-outstanding", "pk"))[:50]}
    page = browser.post(one(made), first, follow=True).content.decode()
    assert "10 households still wait." in page
    assert page.count("<fieldset") == 10


@pytest.mark.parametrize(("outreach", "shown"), [("own_unit", False), ("social_services", True)])
def test_outreach_has_the_page_in_its_menu_where_it_is_part_of_the_social_services(
    cast: Cast, outreach: str, shown: bool
) -> None:
    organised(outreach)
    assert (f'href="{FRONT}"' in text(signed_in(cast.kari), reverse("cases:rules"))) is shown


def test_an_answer_from_another_page_than_the_first_is_not_lost_when_a_row_has_gone(cast: Cast) -> None:
    made = put(cast, *(f"K{number}" for number in range(60)))
    rows = list(made.rows.order_by("-outstanding", "pk"))
    gone = Sharing.objects.get(hand_out=made, case__tenancy=rows[0].tenancy)
    sharing.end(sharing_id=gone.pk, actor=cast.kari, today=TODAY)
    answered = {f"answer-{rows[50].pk}": "known", f"answer-{rows[51].pk}": "known", f"answer-{rows[0].pk}": "known"}
    page = signed_in(cast.siv).post(f"{one(made)}?page=2", answered, follow=True).content.decode()
    assert set(Answer.objects.values_list("row", flat=True)) == {rows[50].pk, rows[51].pk}
    assert "no longer shared with you" in page


def ended(cast: Cast, made: HandOut, contract: str) -> None:
    share = Sharing.objects.get(hand_out=made, case__tenancy__contract_no=contract)
    sharing.end(sharing_id=share.pk, actor=cast.kari, today=TODAY)


def filled_in(data: bytes, answers: dict[str, str]) -> bytes:
    """The workbook with an answer for each of these contracts, saved again."""
    book = load_workbook(BytesIO(data))
    sheet = book.active
    places = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        if answer := answers.get(str(sheet.cell(line, places["Kontraktsnr"]).value)):
            sheet.cell(line, places["Aktiv kontakt?"]).value = answer
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sent_back(cast: Cast, data: bytes) -> ReceivedFile:
    upload = SimpleUploadedFile("svar.xlsx", data)
    assert signed_in(cast.siv).post(reverse("cases:receive_answers"), {"upload": upload}).status_code == 302
    return ReceivedFile.objects.filter(kind="answers").latest("pk")


def faults(file: ReceivedFile) -> list[str]:
    return [fault["code"] for row in file.quarantine.order_by("line") for fault in row.faults]


def test_an_answer_sent_after_the_sharing_ended_waits_in_quarantine_and_says_why(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    data = filled_in(fetched(signed_in(cast.siv), made), {"K1": "aktiv", "K2": "aktiv"})
    ended(cast, made, "K1")
    file = sent_back(cast, data)
    assert (file.accepted, file.quarantined, faults(file)) == (1, 1, ["answer_no_longer_shared"])
    assert set(Answer.objects.values_list("row", flat=True)) == {key(made, "K2")}
    browser = signed_in(cast.siv)
    assert "1 row you sent was not taken in. See why" in text(browser, FRONT)
    assert "the household is no longer shared with the office" in text(
        browser, reverse("arrears:quarantine", args=[file.pk])
    )


def test_saving_the_row_again_does_not_let_it_in_and_setting_it_aside_settles_it(cast: Cast) -> None:
    made = put(cast, "K1", "K2")
    data = filled_in(fetched(signed_in(cast.siv), made), {"K1": "aktiv"})
    ended(cast, made, "K1")
    (row,) = sent_back(cast, data).quarantine.all()
    browser = signed_in(cast.siv)
    cells = {f"row{row.pk}-cell{n}": value for n, (_header, value) in enumerate(row.cells)}
    assert browser.post(reverse("cases:correct", args=[row.pk]), cells).status_code == 422
    assert not Answer.objects.exists()
    browser.post(reverse("arrears:set_aside", args=[row.pk]))
    assert "was not taken in" not in text(browser, FRONT)


@pytest.mark.parametrize("said", ["", "aktiv"])
def test_a_row_that_says_nothing_new_of_a_household_no_longer_shared_bothers_nobody(cast: Cast, said: str) -> None:
    made = put(cast, "K1", "K2")
    browser = signed_in(cast.siv)
    if said:
        browser.post(one(made), {f"answer-{key(made, 'K1')}": Code.ACTIVE})
    data = filled_in(fetched(browser, made), {"K1": said, "K2": "ikke kjent"})
    ended(cast, made, "K1")
    assert (sent_back(cast, data).quarantined, Answer.objects.count()) == (0, 1 + bool(said))
