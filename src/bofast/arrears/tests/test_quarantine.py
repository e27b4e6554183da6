"""Rows nobody could read for certain: put right in place, or set aside; what was done stays visible."""

import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import Cast
from bofast.arrears import queries
from bofast.arrears.actions.quarantine import correct_row, set_row_aside
from bofast.arrears.models import Claim, QuarantinedRow, ReceivedFile, Tenancy
from bofast.arrears.tests.conftest import paths, take_in, take_in_rows

pytestmark = pytest.mark.django_db

CURES = {
    "not_an_amount": "4 321,50",
    "negative_amount": "4 321,50",
    "not_above_zero": "4 321,50",
    "no_such_day": "01.08.2026",
    "not_a_day": "01.08.2026",
    "missing": "K2700999",
    "unknown_contract_wrong_identity_number": "",
    "unknown_contract_nobody_named": "Ola Prøve",
}


def cured(row: QuarantinedRow) -> dict[str, str]:
    """What a person writes in the cells at fault."""
    return {fault["column"]: CURES[fault["code"]] for fault in row.faults}


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("with_register", [True, False])
def test_every_kind_of_fault_in_the_messy_lists_can_be_put_right(cast: Cast, place: int, with_register: bool) -> None:
    if with_register:
        take_in(paths("lists-messy", register=True)[0])
    file = take_in(paths("lists-messy")[place])
    rows = list(file.quarantine.all())
    assert len({row.faults[0]["code"] for row in rows}) >= 4
    accepted, outstanding = file.accepted, file.outstanding
    for row in rows:
        assert correct_row(row_id=row.pk, cells=cured(row), by=cast.kari) == [], row.faults
    file.refresh_from_db()
    assert (file.quarantined, file.accepted + file.doubled) == (0, file.rows)
    assert file.rows == file.accepted + file.doubled + file.quarantined
    assert file.accepted > accepted and file.outstanding > outstanding
    assert file.outstanding == queries.comparison(file).outstanding
    assert file.receipt["quarantined"] == len(rows)
    assert file.reconciled_at is None  # asks the cases to take it in again


def test_a_fault_is_shown_again_until_the_row_is_good(cast: Cast) -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;31.02.2026;snart;F1")
    row = file.quarantine.get()
    assert {fault["column"] for fault in row.faults} == {"Forfall", "Restanse"}
    (left,) = correct_row(row_id=row.pk, cells={"Restanse": "5000"}, by=cast.kari)
    assert (left.column, left.code) == ("Forfall", "no_such_day")
    row.refresh_from_db()
    assert (row.state, row.corrected_cells) == ("open", None)
    assert not Claim.objects.exists()


def test_what_was_put_right_stays_beside_what_was_sent_with_who_and_when(cast: Cast) -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1")
    row = file.quarantine.get()
    correct_row(row_id=row.pk, cells={"Restanse": "5000"}, by=cast.turid)
    row.refresh_from_db()
    assert dict(row.cells)["Restanse"] == "snart"
    assert dict(row.corrected_cells)["Restanse"] == "5000"
    assert (row.state, row.settled_by) == ("corrected", cast.turid)
    assert row.settled_at is not None
    assert Claim.objects.get().entries.get().line == row.line


def test_the_columns_stay_in_the_order_they_were_sent(db: None) -> None:
    row = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1").quarantine.get()
    row.refresh_from_db()
    assert [name for name, _text in row.cells] == ["Kontraktsnr", "Navn", "Forfall", "Restanse", "Fakturanr"]


def test_a_row_put_right_into_one_already_there_is_doubled(cast: Cast) -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1", "K1;Ola Prøve;01.08.2026;5000kr!;F1")
    correct_row(row_id=file.quarantine.get().pk, cells={"Restanse": "5000"}, by=cast.kari)
    file.refresh_from_db()
    assert (file.accepted, file.doubled, file.quarantined, file.outstanding) == (1, 1, 0, 500_000)
    assert file.quarantine.get().state == QuarantinedRow.State.DOUBLED


def test_a_row_is_settled_once(cast: Cast) -> None:
    row = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1").quarantine.get()
    assert correct_row(row_id=row.pk, cells={"Restanse": "5000"}, by=cast.kari) == []
    (told,) = correct_row(row_id=row.pk, cells={"Restanse": "6000"}, by=cast.ola)
    assert told.code == "row_already_settled" and told.message("nb")
    with pytest.raises(QuarantinedRow.DoesNotExist):
        set_row_aside(row_id=row.pk, by=cast.ola)


def test_a_row_of_a_superseded_list_is_put_right_in_the_new_one(cast: Cast) -> None:
    first = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1")
    take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    (told,) = correct_row(row_id=first.quarantine.get().pk, cells={"Restanse": "6000"}, by=cast.kari)
    assert told.code == "list_superseded" and told.message("nb")
    assert ReceivedFile.objects.filter(quarantined=1).get() == first


def test_a_row_put_right_changes_the_comparison_of_the_list_after_it(cast: Cast) -> None:
    first = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1")
    second = take_in_rows("2026-10-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    assert (second.new, second.continuing) == (1, 0)
    correct_row(row_id=first.quarantine.get().pk, cells={"Restanse": "5000"}, by=cast.kari)
    second.refresh_from_db()
    assert (second.new, second.continuing) == (0, 1)
    assert second.receipt["new"] == 1


def test_a_register_row_put_right_is_the_register_s_word(cast: Cast) -> None:
    from bofast.arrears.actions.receive import Delivery, receive_file
    from bofast.arrears.tests.conftest import a_list

    data = a_list("K1;Ola Prøve;fem tusen", header="Kontraktsnr;Navn;Månedsleie")
    register = receive_file(Delivery(data=data, name="leietakerregister.csv"))[0]
    assert not Tenancy.objects.exists()
    correct_row(row_id=register.quarantine.get().pk, cells={"Månedsleie": "5000"}, by=cast.kari)
    take_in_rows("2026-09-16", "K1;;01.08.2026;5000;F1")
    tenancy = Tenancy.objects.get()
    assert (tenancy.monthly_rent, tenancy.residents.get().name) == (500_000, "Ola Prøve")


def test_a_row_is_set_aside_with_one_button_and_stays_visible(client: Client, cast: Cast) -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1")
    row = file.quarantine.get()
    client.force_login(cast.kari)
    for _twice in range(2):
        shown = client.post(reverse("arrears:set_aside", args=[row.pk]), follow=True)
        assert "snart" in shown.content.decode()
    row.refresh_from_db()
    file.refresh_from_db()
    assert (row.state, row.settled_by, file.quarantined) == ("set_aside", cast.kari, 1)
