"""A list that was handed out comes back filled in: as Excel saves it, once only, and never for another household."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bofast.access.models import OrganisationSetting, User
from bofast.access.tests.cast import Cast, social_services_team
from bofast.arrears import exports, households
from bofast.arrears.actions.answers import Said, answer_rows
from bofast.arrears.actions.quarantine import correct_row
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.gate import files_for
from bofast.arrears.models import Answer, HandedRow, HandOut, ReceivedFile, Tenancy
from bofast.arrears.tests.conftest import take_in_named
from bofast.domain.files import Kind
from bofast.domain.screening import Answer as Code

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)
HEADER = "Kontraktsnr;Navn;Adresse;Bydel;Telefon;Månedsleie;Forfall;Restanse;Fakturanr"
ROWS = (
    "K1;Ola Prøve;Storgata 1;Årstad;+47 90000001;5000;01.08.2026;7500,50;F1",
    "K2;Kari Prøve;Storgata 2;Årstad;;5000;01.08.2026;4000;F2",
    "-K3;=1+1;Storgata 3;Årstad;;5000;01.08.2026;3000,10;F3",
    "K4;Nils Prøve;Storgata 4;Årstad;;5000;01.08.2026;1000;F4",
)


@pytest.fixture
def made(cast: Cast) -> HandOut:
    """K1, K2 and -K3 handed out to Siv's office, K4 held back."""
    file = take_in_named("restanseliste-2026-10-16.csv", "\r\n".join([HEADER, *ROWS]).encode())
    return handed_out(file, cast.turid, "K1 K2 -K3", held="K4")


def handed_out(file: ReceivedFile, by: User, contracts: str, *, held: str = "", team: Any = None) -> HandOut:
    made = HandOut.objects.create(
        file=file, sender="landlord", receiver="social_services", team=team or social_services_team(), on=DAY,
        answer_by=DAY, by=by,
    )  # fmt: skip
    for contract in [*contracts.split(), *held.split()]:
        tenancy = Tenancy.objects.get(contract_no=contract)
        owed = sum(tenancy.claims.values_list("entries__outstanding", flat=True))
        HandedRow.objects.create(
            hand_out=made, tenancy=tenancy, key=f"key{made.pk}{contract}", outstanding=owed,
            sent=contract not in held.split(), basis="provision",
        )  # fmt: skip
    return made


def workbook(made: HandOut, viewer: User) -> Any:
    rows = households.handed_out(made.file, made.rows.filter(sent=True), viewer.viewer)
    return load_workbook(BytesIO(exports.workbook(rows, exports.handed_columns(), made_on=DAY)))


def places(book: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in next(book.active.iter_rows(max_row=1))}


def line_of(book: Any, contract: str) -> int:
    column = places(book)["Kontraktsnr"]
    (line,) = [row[0].row for row in book.active.iter_rows(min_row=2) if row[column - 1].value == contract]
    return line


def write(book: Any, contract: str, column: str, value: object) -> None:
    book.active.cell(line_of(book, contract), places(book)[column]).value = value


def saved(book: Any) -> bytes:
    """As a spreadsheet program saves it again."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sent_back(book: Any, by: User | None) -> ReceivedFile:
    return receive_file(Delivery(data=saved(book), name="svar.xlsx"), received_by=by)[0]


def newest() -> dict[str, tuple[str, str]]:
    answers = Answer.objects.select_related("row__tenancy").order_by("pk")
    return {answer.row.tenancy.contract_no: (answer.answer, answer.note) for answer in answers}


def codes(file: ReceivedFile) -> list[str]:
    return [fault["code"] for row in file.quarantine.order_by("line") for fault in row.faults]


def test_the_round_trip_gives_one_answer_a_household(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    write(book, "K1", "Aktiv kontakt?", "aktiv")
    write(book, "K1", "Merknad", "Har time torsdag.")
    write(book, "K2", "Aktiv kontakt?", "kjent men ikke aktiv")
    write(book, "'-K3", "Aktiv kontakt?", "Ikke kjent")
    file = sent_back(book, cast.siv)
    assert (file.kind, file.rows, file.accepted, file.quarantined, file.warnings) == ("answers", 3, 3, 0, [])
    assert newest() == {"K1": ("active", "Har time torsdag."), "K2": ("known", ""), "-K3": ("unknown", "")}
    assert set(Answer.objects.values_list("by__username", "file")) == {("siv", file.pk)}


def test_the_same_file_twice_changes_nothing_and_saved_anew_it_says_nothing_new(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    write(book, "K1", "Aktiv kontakt?", "aktiv")
    data = saved(book)
    first = receive_file(Delivery(data=data, name="svar.xlsx"), received_by=cast.siv)
    assert receive_file(Delivery(data=data, name="svar.xlsx"), received_by=cast.siv) == (first[0], True)
    book.active["A30"].value = None
    book.properties.title = "lagret på nytt"
    again = sent_back(book, cast.siv)
    assert again != first[0]
    assert Answer.objects.count() == 1


def test_blank_and_do_not_know_leave_the_question_open_and_take_nothing_back(cast: Cast, made: HandOut) -> None:
    row = made.rows.get(tenancy__contract_no="K1")
    answer_rows(said={row.pk: Said(Code.ACTIVE)}, by=cast.siv, today=DAY)
    book = workbook(made, cast.siv)
    write(book, "K1", "Aktiv kontakt?", None)
    write(book, "K2", "Aktiv kontakt?", "vet ikke")
    assert sent_back(book, cast.siv).accepted == 3
    assert newest() == {"K1": ("active", "")}


def test_what_is_answered_stands_in_the_workbook_that_is_fetched_afterwards(cast: Cast, made: HandOut) -> None:
    row = made.rows.get(tenancy__contract_no="K1")
    answer_rows(said={row.pk: Said(Code.KNOWN, "=1+1")}, by=cast.siv, today=DAY)
    book = workbook(made, cast.siv)
    line = line_of(book, "K1")
    assert book.active.cell(line, places(book)["Aktiv kontakt?"]).value == "kjent men ikke aktiv"
    assert book.active.cell(line, places(book)["Merknad"]).value == "'=1+1"
    sent_back(book, cast.siv)
    assert Answer.objects.count() == 1, "nothing new was said"


CHANGES: dict[str, Callable[[Any], None]] = {
    "answer_changed": lambda book: write(book, "K1", "Restanse", 10),
    "answer_key_unknown": lambda book: write(book, "K1", "Nøkkel", "noeannet"),
    "missing": lambda book: write(book, "K1", "Nøkkel", None),
    "not_an_answer": lambda book: write(book, "K1", "Aktiv kontakt?", "kanskje"),
}


@pytest.mark.parametrize("code", CHANGES)
def test_a_row_changed_on_the_way_is_quarantined_and_takes_no_good_row_with_it(
    cast: Cast, made: HandOut, code: str
) -> None:
    book = workbook(made, cast.siv)
    for contract in ("K1", "K2"):
        write(book, contract, "Aktiv kontakt?", "aktiv")
    CHANGES[code](book)
    file = sent_back(book, cast.siv)
    assert codes(file) == [code]
    assert (file.rows, file.accepted, file.quarantined) == (3, 2, 1)
    assert newest() == {"K2": ("active", "")}


def test_a_key_moved_to_another_household_answers_for_nobody(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    other = made.rows.get(tenancy__contract_no="K2").key
    write(book, "K1", "Aktiv kontakt?", "aktiv")
    write(book, "K1", "Nøkkel", other)
    assert codes(sent_back(book, cast.siv)) == ["answer_changed"]
    assert newest() == {}


def test_a_row_that_was_held_back_has_no_key_to_answer_with(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    write(book, "K1", "Nøkkel", made.rows.get(tenancy__contract_no="K4").key)
    assert codes(sent_back(book, cast.siv)) == ["answer_key_unknown"]


def test_only_the_office_that_was_asked_answers_and_the_operator_for_any(cast: Cast, made: HandOut) -> None:
    elsewhere = handed_out(made.file, cast.turid, "K1", team=social_services_team("Fana"))
    book = workbook(elsewhere, cast.siv)
    write(book, "K1", "Aktiv kontakt?", "aktiv")
    for by in (cast.siv, cast.kari, cast.turid):
        book.properties.title = by.username
        assert codes(sent_back(book, by)) == ["answer_not_yours"], by
    book.properties.title = "operator"
    assert sent_back(book, None).accepted == 1
    assert Answer.objects.get().by is None


def test_an_equal_row_is_doubled_and_a_contradiction_is_said(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    write(book, "K1", "Aktiv kontakt?", "aktiv")
    sheet, line = book.active, line_of(book, "K1")
    for _copy in range(2):
        sheet.append([cell.value for cell in sheet[line]])
    sheet.cell(sheet.max_row, places(book)["Aktiv kontakt?"]).value = "ikke kjent"
    file = sent_back(book, cast.siv)
    assert (file.rows, file.accepted, file.doubled) == (5, 4, 1)
    assert [fault["code"] for fault in file.warnings] == ["given_twice"]
    assert newest()["K1"] == ("unknown", ""), "the last word counts"


def test_a_quarantined_row_is_put_right_on_the_page_and_held_against_the_list_again(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    write(book, "K1", "Aktiv kontakt?", "kanskje")
    file = sent_back(book, cast.siv)
    row = file.quarantine.get()
    faults = correct_row(row_id=row.pk, cells={"Aktiv kontakt?": "aktiv", "Restanse": "1"}, by=cast.siv)
    assert [fault.code for fault in faults] == ["answer_changed"]
    assert correct_row(row_id=row.pk, cells={"Aktiv kontakt?": "aktiv"}, by=cast.siv) == []
    assert newest() == {"K1": ("active", "")}
    file.refresh_from_db()
    assert (file.accepted, file.quarantined) == (3, 0)


def test_only_the_cells_to_fill_in_are_open_and_the_answer_is_chosen_from_a_list(cast: Cast, made: HandOut) -> None:
    book = workbook(made, cast.siv)
    sheet = book.active
    assert sheet.protection.sheet
    open_columns = {name for name, place in places(book).items() if not sheet.cell(2, place).protection.locked}
    assert open_columns == {"Aktiv kontakt?", "Merknad"}
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"aktiv,kjent men ikke aktiv,ikke kjent"'
    assert "Barn" not in places(book)
    assert "Children" not in places(book)


def test_an_office_never_opens_what_another_office_sent(cast: Cast, made: HandOut) -> None:
    file = sent_back(workbook(made, cast.siv), cast.siv)
    assert file in files_for(cast.siv.viewer)
    assert file not in files_for(cast.turid.viewer)
    assert file not in files_for(cast.arne.viewer)


def test_the_kind_is_seen_by_itself(cast: Cast, made: HandOut) -> None:
    assert sent_back(workbook(made, cast.siv), cast.siv).kind == Kind.ANSWERS


def test_on_the_page_only_rows_of_the_own_office_are_answered(cast: Cast, made: HandOut) -> None:
    row = made.rows.get(tenancy__contract_no="K1")
    held = made.rows.get(tenancy__contract_no="K4")
    said = {row.pk: Said(Code.ACTIVE), held.pk: Said(Code.ACTIVE)}
    assert answer_rows(said=said, by=cast.kari, today=DAY) == 0
    assert answer_rows(said=said, by=cast.siv, today=DAY) == 1


def test_who_may_not_know_what_the_social_services_know_opens_no_answers(cast: Cast, made: HandOut) -> None:
    file = sent_back(workbook(made, cast.siv), cast.siv)
    assert file in files_for(cast.kari.viewer)
    OrganisationSetting.objects.create(valid_from=DAY, outreach="housing_agency", landlord="municipal")
    kari = User.objects.get(username="kari").viewer
    assert file not in files_for(kari)
    assert not kari.handles(Kind.ANSWERS)
