"""Who may say how a sender's columns are called, what no profile can hide, and whose files follow a seat."""

from datetime import date

import pytest
from django.test import Client

from bofast.access.models import AccessEntry, Assignment
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, gather, seat, social_services_team
from bofast.arrears.actions.profiles import save_profile
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.gate import files_for
from bofast.arrears.models import ReceivedFile, SenderProfile, Shield
from bofast.cases.tests import sent
from bofast.domain.facts import Agency
from bofast.domain.files import Kind

pytestmark = pytest.mark.django_db
SAID = {"sender": "standard", "kind": "register", "header": ["Adressesperre", "Kontraktsnr"]}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.mark.parametrize(("name", "status"), [("siv", 404), ("arne", 404), ("geir", 403), ("turid", 302)])
def test_columns_are_named_by_those_whose_files_they_are(cast: Cast, name: str, status: int) -> None:
    client = Client()
    client.force_login(getattr(cast, name))
    answer = client.post("/lists/columns/", SAID | {"profile-column0": "", "profile-column1": "contract_no"})
    assert answer.status_code == status
    assert SenderProfile.objects.exists() is (status == 302)
    assert AccessEntry.objects.filter(kind="profile").exists() is (status == 302)


def test_no_profile_leaves_a_protected_address_unread(cast: Cast) -> None:
    save_profile(sender="standard", kind=Kind.REGISTER, columns={"Adressesperre": ""})
    sent.arrears_list("2026-10-30", {"K1": 1})
    text = "Kontraktsnr;Navn;Adresse;Adressesperre\nK1;Tenant K1;Gate 1;ja"
    receive_file(Delivery(data=text.encode(), name="leietakerregister.csv", kind=Kind.REGISTER))
    assert Shield.objects.filter(tenancy__contract_no="K1", kind="address").exists()


def test_a_file_handed_over_in_another_seat_does_not_open_in_this(cast: Cast) -> None:
    seat(cast.turid, Role.CASEWORKER, Agency.OUTREACH)
    received = sent.arrears_list("2026-10-30", {"K1": 1})
    assert received in files_for(cast.turid.viewer)
    ReceivedFile.objects.filter(pk=received.pk).update(kind="cases", received_by=cast.turid)
    assert received not in files_for(cast.turid.viewer)


def test_an_office_does_not_open_the_files_of_somebody_who_has_left_it(cast: Cast) -> None:
    berit = cast.ola
    left = seat(berit, Role.ADVISER, Agency.SOCIAL_SERVICES, social_services_team())
    Assignment.objects.filter(pk=left.pk).update(ended_on=date(2026, 1, 1))
    sent_in = sent.arrears_list("2026-10-30", {"K1": 1})
    ReceivedFile.objects.filter(pk=sent_in.pk).update(kind="answers", received_by=berit)
    assert sent_in not in files_for(cast.siv.viewer)
