"""The pages of the lists as each of the cast meets them."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.models import AccessAction, AccessEntry, User
from bofast.access.need_to_know import Viewer
from bofast.access.tests.cast import Cast
from bofast.arrears import households, queries
from bofast.arrears.actions.quarantine import correct_row
from bofast.arrears.exports import COLUMNS, as_text, columns_for
from bofast.arrears.models import QuarantinedRow, ReceivedFile, SenderProfile
from bofast.arrears.receipts import receipt_of
from bofast.arrears.tests.conftest import a_list, paths, sent, take_in, take_in_rows

pytestmark = pytest.mark.django_db
ANYBODY = Viewer(name="Whoever looks")

HANDLERS = ("kari", "ola", "turid", "arne")
OTHERS = ("hanne", "didrik", "geir", "astrid", "asbjorn", "charlie")


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(f"arrears:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def every_address(file: ReceivedFile, row: int) -> list[tuple[str, str]]:
    """Method and address of everything the room offers, on what exists and on what does not."""
    return [
        *(
            ("get", reverse(f"arrears:{name}", args=args))
            for name, args in (
                ("lists", []),
                ("list", [file.pk]),
                ("list", [99999]),
                ("quarantine", [file.pk]),
                ("district", [file.pk, "arstad"]),
                ("district_xlsx", [file.pk, "arstad"]),
            )
        ),
        *(
            ("post", address)
            for address in (
                reverse("cases:receive"),
                reverse("cases:correct", args=[row]),
                reverse("arrears:set_aside", args=[row]),
                reverse("arrears:profile"),
            )
        ),
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_others_are_refused_with_the_reason_and_learn_nothing(client: Client, cast: Cast, name: str) -> None:
    file = take_in(paths("lists-messy")[0])
    row = file.quarantine.first()
    assert row is not None
    client.force_login(getattr(cast, name))
    hands_over = reverse("arrears:quarantine", args=[file.pk])  # an office puts its own answers right there
    texts: dict[str, set[str]] = {"get": set(), "post": set()}  # to look, and to hand over: a door and a reason each
    for method, address in every_address(file, row.pk):
        response = getattr(client, method)(address)
        assert response.status_code == 403, address
        said = response.content.decode().split("<main")[1].split("</main>")[0]
        texts["post" if address == hands_over else method].add(said)
    assert [len(said) for said in texts.values()] == [1, 1]  # what exists and what does not look the same
    assert set(AccessEntry.objects.values_list("action", flat=True)) == {"refused"}
    row.refresh_from_db()
    assert row.state == QuarantinedRow.State.OPEN


def test_the_social_services_open_no_list_and_no_row_of_one(client: Client, cast: Cast) -> None:
    file = take_in(paths("lists-messy")[0])
    row = file.quarantine.first()
    assert row is not None
    client.force_login(cast.siv)
    for method, address in every_address(file, row.pk):
        response = getattr(client, method)(address)
        hands_over = address in (reverse("cases:receive"), reverse("arrears:profile"))
        shut = 404 if method == "post" or "quarantine" in address else 403
        assert response.status_code in ((400, 422) if hands_over else (shut,)), address
        assert f"restanseliste-{file.as_of}" not in response.content.decode()
    for name in ("cases:correct", "arrears:set_aside"):
        there, not_there = (client.post(reverse(name, args=[pk])).content.decode() for pk in (row.pk, 99999))
        assert there.split("<main")[1] == not_there.split("<main")[1]
    row.refresh_from_db()
    assert row.state == QuarantinedRow.State.OPEN


def test_an_anonymous_reader_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("arrears:lists")).status_code == 302


@pytest.mark.parametrize("name", HANDLERS)
def test_an_empty_page_says_what_would_fill_it(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert "Ta inn" in page(client, "lists") or "Take in" in page(client, "lists")


def test_several_files_at_once_each_get_a_receipt(client: Client, cast: Cast) -> None:
    client.force_login(cast.turid)
    response = sent(client, *((path.name, path.read_bytes()) for path in paths("lists-messy", register=True)))
    assert response.status_code == 200
    assert len(response.context["receipts"]) == ReceivedFile.objects.count() == 3


def test_a_refused_file_shows_why_and_the_cure_and_changes_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    good = paths("lists-2026")[0]
    response = sent(client, ("restanseliste-2026-09-16.csv", b""), (good.name, good.read_bytes()))
    assert response.status_code == 422
    assert "restanseliste-2026-09-16.csv" in response.content.decode()
    (refusal,) = response.context["refusals"]
    assert refusal.reason.startswith(("Filen er tom", "The file is empty"))
    assert [receipt.file.name for receipt in response.context["receipts"]] == [good.name]
    assert ReceivedFile.objects.count() == 1


def test_a_file_received_before_is_said_to_be(client: Client, cast: Cast) -> None:
    client.force_login(cast.arne)
    path = paths("lists-2026")[0]
    sent(client, (path.name, path.read_bytes()))
    response = sent(client, (path.name, path.read_bytes()))
    (message,) = response.context["messages"]
    assert message.level_tag == "info" and path.name in str(message)
    assert ReceivedFile.objects.count() == 1


def test_a_day_to_come_is_not_accepted_for_a_list(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    response = sent(client, ("liste.csv", a_list("K1;Ola;01.08.2026;5000;F1")), as_of="2999-01-01")
    assert response.status_code == 422
    assert "as_of" in response.context["form"].errors
    assert not ReceivedFile.objects.exists()


def test_kind_day_and_sender_can_be_given(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    given = {"kind": "arrears", "as_of": "2026-09-16", "sender": "landlord"}
    sent(client, ("liste.csv", a_list("K1;Ola;01.08.2026;5000;F1")), **given)
    file = ReceivedFile.objects.get()
    assert (file.kind, file.as_of, file.sender) == ("arrears", date(2026, 9, 16), "landlord")


def test_the_comparison_on_screen_is_the_comparison_counted(two_lists: tuple[ReceivedFile, ReceivedFile]) -> None:
    _september, october = two_lists
    compared = queries.comparison(october)
    rows = {row.contract_no: row for row in households.compared(october, ANYBODY)}
    movements = {number: row.movement for number, row in rows.items()}
    assert movements == {"K1": "increased", "K2": "continuing", "K3": "cleared", "K4": "new"}
    assert {row.pk: row.owed for row in rows.values() if row.owed} == compared.owed
    assert {row.pk: row.owed_before for row in rows.values() if row.owed_before} == compared.owed_before
    assert rows["K1"].change == 250_050 and rows["K3"].change == -300_000


@pytest.mark.parametrize("name", ["lists-2026", "lists-messy"])
def test_the_comparison_on_screen_agrees_on_the_sets_of_the_truth(name: str, db: None) -> None:
    for path in paths(name):
        file = take_in(path)
        compared, rows = queries.comparison(file), list(households.compared(file, ANYBODY))
        for movement in ("new", "cleared"):
            assert {row.pk for row in rows if row.movement == movement} == getattr(compared, movement)
        assert {row.pk for row in rows if row.movement == "increased"} == compared.increased


def test_one_list_shows_receipt_comparison_and_districts(
    client: Client, cast: Cast, two_lists: tuple[ReceivedFile, ReceivedFile]
) -> None:
    client.force_login(cast.kari)
    october = two_lists[1]
    shown = page(client, "list", october.pk)
    assert "Ola Prøve" in shown and "Storgata" not in shown
    gone = page(client, "list", october.pk, movement="cleared")
    assert "K3" in gone and "Ola Prøve" not in gone
    continuing = page(client, "list", october.pk, movement="continuing")
    assert "Ola Prøve" in continuing and "Kari Prøve" in continuing
    assert "Kari Prøve" not in page(client, "list", october.pk, movement="continuing", district="fana")
    assert AccessEntry.objects.filter(action=AccessAction.LIST, kind="tenancy").count() == 4 + 1 + 2


def test_no_address_holds_a_name_or_a_contract_number(
    client: Client, cast: Cast, two_lists: tuple[ReceivedFile, ReceivedFile]
) -> None:
    import re

    client.force_login(cast.kari)
    shown = page(client, "list", two_lists[1].pk) + page(client, "district", two_lists[1].pk, "arstad")
    addresses = re.findall(r'(?:href|action)="([^"]*)"', shown)
    assert not [address for address in addresses if re.search(r"K\d|Ola|Storgata", address)]


def workbook_of(client: Client, file: ReceivedFile, slug: str) -> Any:
    response = client.get(reverse("arrears:district_xlsx", args=[file.pk, slug]))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="restanseliste-2026-10-16-arstad.xlsx"'
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def test_a_district_as_xlsx_has_numbers_as_numbers_days_as_days_and_no_formulas(
    client: Client, cast: Cast, two_lists: tuple[ReceivedFile, ReceivedFile]
) -> None:
    client.force_login(cast.kari)
    sheet = workbook_of(client, two_lists[1], "arstad")
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    by_contract = {row[0]: dict(zip([column.key for column in COLUMNS], row, strict=True)) for row in rows}
    assert by_contract["K1"]["owed"] == 7500.5
    assert by_contract["K1"]["months"] == 1.5
    assert by_contract["K1"]["oldest_due_on"].date() == date(2026, 8, 1)
    assert by_contract["K1"]["phone"] == "'+47 90000001"
    assert by_contract["K4"]["name"] == "'=cmd|' /C calc'!A0"
    assert by_contract["K4"]["address"] == "'-Storgata 4"
    assert by_contract["Sum"]["owed"] == 17000.5
    assert len(head) == len(COLUMNS)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_an_export_is_logged_household_by_household(
    client: Client, cast: Cast, two_lists: tuple[ReceivedFile, ReceivedFile]
) -> None:
    client.force_login(cast.arne)
    workbook_of(client, two_lists[1], "arstad")
    entries = AccessEntry.objects.filter(action=AccessAction.EXPORT, kind="tenancy", user=cast.arne)
    assert entries.count() == 3
    assert not entries.filter(detail__contains="K1").exists()


@pytest.mark.parametrize(("name", "sees"), [("kari", True), ("turid", False), ("arne", False)])
def test_landlord_and_collector_never_see_who_lives_there(
    client: Client, cast: Cast, two_lists: tuple[ReceivedFile, ReceivedFile], name: str, sees: bool
) -> None:
    user: User = getattr(cast, name)
    assert ({"members", "children"} <= {column.key for column in columns_for(user.viewer)}) is sees
    client.force_login(user)
    head = [cell.value for cell in next(workbook_of(client, two_lists[1], "arstad").iter_rows())]
    assert len(head) == len(COLUMNS) - (0 if sees else 2)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_text_that_could_be_a_formula_is_escaped(text: str) -> None:
    assert as_text(text) == f"'{text}"


def test_a_district_nobody_has_is_not_found(
    client: Client, cast: Cast, two_lists: tuple[ReceivedFile, ReceivedFile]
) -> None:
    client.force_login(cast.kari)
    assert client.get(reverse("arrears:district", args=[two_lists[1].pk, "oslo"])).status_code == 404


def test_columns_that_are_not_recognised_can_be_named_and_the_file_sent_again(client: Client, cast: Cast) -> None:
    client.force_login(cast.turid)
    data = a_list("K1;Ola Prøve;01.08.2026;5000", header="Nøkkel;Hvem;Betales innen;Gjenstår")
    given = {"kind": "arrears", "sender": "landlord"}
    response = sent(client, ("restanseliste-2026-09-16.csv", data), **given)
    (refusal,) = response.context["refusals"]
    assert refusal.profile.headers == ["Nøkkel", "Hvem", "Betales innen", "Gjenstår"]
    named = {f"profile-column{place}": key for place, key in enumerate(["contract_no", "name", "due_on", ""])}
    base = {"kind": "arrears", "sender": "landlord", "name": "x.csv", "header": refusal.profile.headers}
    lacking = client.post(reverse("arrears:profile"), base | named)
    assert lacking.status_code == 422 and "Restanse" in lacking.content.decode()
    assert client.post(reverse("arrears:profile"), base | named | {"sender": "standard"}).status_code == 400
    client.post(reverse("arrears:profile"), base | named | {"profile-column3": "outstanding"})
    assert SenderProfile.objects.get().columns["Gjenstår"] == "outstanding"
    sent(client, ("restanseliste-2026-09-16.csv", data), **given)
    assert ReceivedFile.objects.get().outstanding == 500_000


def test_the_columns_form_refuses_nonsense(client: Client, cast: Cast) -> None:
    client.force_login(cast.turid)
    assert client.post(reverse("arrears:profile"), {"kind": "nonsense", "header": "a"}).status_code == 400


def test_pages_ask_no_more_questions_for_more_households(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.kari)
    for path in paths("lists-2026", register=True):
        take_in(path)
    file = queries.standing_lists("standard").last()
    assert file is not None
    for name, args, most in (
        ("lists", [], 9),
        ("list", [file.pk], 16),
        ("quarantine", [file.pk], 10),
        ("district", [file.pk, "arstad"], 10),
        ("district_xlsx", [file.pk, "arstad"], 10),
    ):
        with django_assert_max_num_queries(most):
            client.get(reverse(f"arrears:{name}", args=args))


def test_a_superseded_list_is_marked(client: Client, cast: Cast) -> None:
    first = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;x;F1")
    second = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;4500;F1")
    client.force_login(cast.kari)
    assert reverse("arrears:list", args=[second.pk]) in page(client, "list", first.pk)
    assert reverse("cases:correct", args=[first.quarantine.get().pk]) not in page(client, "quarantine", first.pk)


def test_a_receipt_shows_the_first_numbers_beside_todays(client: Client, cast: Cast) -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1", "K2;Kari Prøve;01.08.2026;4000;F2")
    correct_row(row_id=file.quarantine.get().pk, cells={"Restanse": "5000"}, by=cast.kari)
    receipt = receipt_of(queries.files_received().get(), "nb", ANYBODY)
    changed = [(first, now.replace("\xa0", " ")) for _name, first, now in receipt.changed]
    assert changed == [("1", "2"), ("1", "0"), ("1", "2"), ("4\xa0000\xa0kr", "9 000 kr")]
    client.force_login(cast.kari)
    assert "9\xa0000\xa0kr" in page(client, "list", file.pk)


@pytest.mark.parametrize(("total", "agrees"), [("9000", True), ("9100", False), (None, None)])
def test_the_sum_is_held_against_the_sum_in_the_file(db: None, total: str | None, agrees: bool | None) -> None:
    rows = ["K1;Ola Prøve;01.08.2026;5000;F1", "K2;Kari Prøve;01.08.2026;4000;F2"]
    take_in_rows("2026-09-16", *rows, *([f"Sum;;;{total};"] if total else []))
    assert receipt_of(queries.files_received().get(), "nb", ANYBODY).sum_agrees is agrees


def test_a_link_on_the_page_of_a_refusal_leads_back_to_the_list(client: Client, cast: Cast) -> None:
    row = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1").quarantine.get()
    client.force_login(cast.kari)
    for address in (reverse("cases:receive"), reverse("arrears:profile")):
        assert client.get(address).headers["Location"] == reverse("arrears:lists")
    back = client.get(reverse("cases:correct", args=[row.pk]))
    assert back.headers["Location"] == reverse("arrears:quarantine", args=[row.file_id])


def test_a_long_quarantine_comes_in_pages_and_a_row_tried_is_shown_first(client: Client, cast: Cast) -> None:
    file = take_in_rows("2026-09-16", *(f"K{n};Ola Prøve;01.08.2026;snart{n};F{n}" for n in range(45)))
    client.force_login(cast.kari)
    assert "?page=3" in page(client, "quarantine", file.pk)
    last = file.quarantine.last()
    assert last is not None
    data = {f"row{last.pk}-cell{place}": text for place, (_name, text) in enumerate(last.cells)}
    response = client.post(reverse("cases:correct", args=[last.pk]), data)
    assert response.status_code == 422
    assert response.context["rows"][0].row == last
