"""Each agency opens the files it may know of: a register tells of households, a case register of help."""

import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, seat
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import QuarantinedRow, ReceivedFile
from bofast.arrears.tests.conftest import a_list, sent
from bofast.domain.facts import Agency
from bofast.domain.files import Kind

pytestmark = pytest.mark.django_db
BROKEN = {
    Kind.ARREARS: a_list("K1;Ola;01.08.2026;noe;F1"),
    Kind.REGISTER: b"Kontraktsnr;Navn;Husstand;Barn\nK1;Ola;mange;5",
    Kind.CASES: "Saksnr;Opprettet;Utfall\nS1;i fjor;lån av sosialtjenesten".encode(),
    Kind.COUNTS: "År;Kilde;Indikator;Antall;Per dato\ni fjor;BBB;utkastelser;5;2006-12-31".encode(),
}
OPENS = {
    "kari": {Kind.ARREARS, Kind.REGISTER, Kind.CASES, Kind.COUNTS},
    "turid": {Kind.ARREARS, Kind.REGISTER, Kind.COUNTS},
    "arne": {Kind.ARREARS, Kind.COUNTS},
}


@pytest.fixture
def rows(cast: Cast) -> dict[Kind, QuarantinedRow]:
    """One row in quarantine of each kind of file, sent on the command line."""
    names = {kind: f"{kind.value}-2026-09-16.csv" for kind in BROKEN}
    files = {kind: receive_file(Delivery(data=BROKEN[kind], name=names[kind], kind=kind))[0] for kind in BROKEN}
    return {kind: QuarantinedRow.objects.get(file=file) for kind, file in files.items()}


@pytest.mark.parametrize("who", OPENS)
@pytest.mark.parametrize("kind", BROKEN)
def test_an_agency_opens_and_mends_only_files_of_its_kinds(
    client: Client, cast: Cast, rows: dict[Kind, QuarantinedRow], who: str, kind: Kind
) -> None:
    row, opens = rows[kind], kind in OPENS[who]
    client.force_login(getattr(cast, who))
    read = [client.get(reverse(f"arrears:{page}", args=[row.file_id])).status_code for page in ("list", "quarantine")]
    assert read == [200 if opens else 404] * 2
    receipt = client.get(reverse("arrears:lists"), {"received": row.file_id})
    assert len(receipt.context["receipts"]) == int(opens)
    mended = client.post(reverse("cases:correct", args=[row.pk]), {}).status_code
    assert (mended == 404) is not opens
    assert client.post(reverse("arrears:set_aside", args=[row.pk])).status_code == (302 if opens else 404)
    row.refresh_from_db()
    assert (row.state == QuarantinedRow.State.SET_ASIDE) is opens


def test_a_file_opens_to_the_seats_it_is_for_whoever_handed_it_over(client: Client, cast: Cast) -> None:
    delivery = Delivery(data=BROKEN[Kind.REGISTER], name="register.csv", kind=Kind.REGISTER)
    file, _known = receive_file(delivery, received_by=cast.arne)
    for name, status in (("arne", 404), ("turid", 200)):
        client.force_login(getattr(cast, name))
        assert client.get(reverse("arrears:quarantine", args=[file.pk])).status_code == status, name


def test_an_administrator_who_is_a_clerk_too_handles_lists_in_that_role_alone(client: Client, cast: Cast) -> None:
    clerk = seat(cast.astrid, Role.CLERK, Agency.LANDLORD)
    assert not cast.astrid.viewer.handles(Kind.ARREARS)
    client.force_login(cast.astrid)
    assert client.get(reverse("arrears:lists")).status_code == 403
    client.post(reverse("access:act_as", args=[clerk.pk]))
    assert client.get(reverse("arrears:lists")).status_code == 200
    assert client.get(reverse("access:users")).status_code == 403


def test_a_collector_cannot_replace_the_landlords_register(cast: Cast, client: Client) -> None:
    client.force_login(cast.arne)
    register = a_list("K1;Ola Prøve;3", header="Kontraktsnr;Navn;Barn")
    page = sent(client, ("leietakerregister.csv", register))
    assert page.status_code == 422
    assert "another agency" in page.content.decode() or "en annen etat" in page.content.decode()
    assert not ReceivedFile.objects.exists()
