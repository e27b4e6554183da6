"""What comes in goes on to the cases at once."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import Cast, gather
from bofast.arrears.models import QuarantinedRow, ReceivedFile
from bofast.arrears.tests.conftest import paths, sent, take_in_rows, truth
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def form_of(row: QuarantinedRow, **changed: str) -> dict[str, str]:
    cells = {**dict(row.cells), **changed}
    return {f"row{row.pk}-cell{place}": text for place, (_name, text) in enumerate(cells.items())}


def post(client: Client, row: QuarantinedRow, **changed: str) -> Any:
    return client.post(reverse("cases:correct", args=[row.pk]), form_of(row, **changed), follow=True)


def test_a_list_dropped_in_the_browser_shows_its_receipt_and_fills_the_worklist(client: Client, cast: Cast) -> None:
    client.force_login(cast.kari)
    path = paths("lists-2026")[0]
    response = sent(client, (path.name, path.read_bytes()))
    file = ReceivedFile.objects.get()
    assert response.redirect_chain == [(reverse("arrears:list", args=[file.pk]), 302)]
    expected = truth("lists-2026")["2026-08-17"]
    shown = response.content.decode().replace("\xa0", " ")
    assert "1 100 975 kr" in shown
    assert file.received_by == cast.kari
    assert Case.objects.count() == expected["households"]
    assert Case.objects.filter(current__isnull=True).count() == 0


def test_a_household_opens_its_case(client: Client, cast: Cast) -> None:
    take_in_rows("2026-10-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    assess(on=date(2026, 11, 22))
    case = Case.objects.filter(tenancy__contract_no="K1").get()
    address = reverse("cases:of_tenancy", args=[case.tenancy_id])
    client.force_login(cast.turid)
    assert client.get(address).headers["Location"] == reverse("cases:case", args=[case.number])
    nowhere = reverse("cases:of_tenancy", args=[99999])
    for stranger, status in ((cast.siv, 404), (cast.charlie, 403), (cast.geir, 403), (cast.astrid, 403)):
        client.force_login(stranger)
        there, not_there = client.get(address), client.get(nowhere)
        assert (there.status_code, not_there.status_code) == (status, status)
        assert case.number not in there.content.decode()


def test_a_row_is_put_right_on_the_page_and_reaches_the_worklist(client: Client, cast: Cast) -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;snart;F1")
    row = file.quarantine.get()
    client.force_login(cast.arne)
    shown = client.get(reverse("arrears:quarantine", args=[file.pk])).content.decode()
    assert "«snart» er ikke et beløp" in shown or "is not an amount" in shown
    again = post(client, row, Restanse="fem")
    assert again.status_code == 422
    assert 'value="fem"' in again.content.decode()
    done = post(client, row, Restanse="5000")
    assert done.redirect_chain == [(reverse("arrears:quarantine", args=[file.pk]), 302)]
    assert "snart" in done.content.decode() and str(cast.arne) in done.content.decode()
    assert Case.objects.get().opened_on == date(2026, 9, 16)
