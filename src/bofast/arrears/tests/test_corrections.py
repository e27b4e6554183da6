"""What a person puts right stays right, whatever old files still say."""

import pytest
from django.test import override_settings

from bofast.arrears.actions.corrections import correct_resident
from bofast.arrears.actions.erasure import erase_household
from bofast.arrears.models import Resident, Tenancy
from bofast.arrears.tests import traces
from bofast.arrears.tests.conftest import a_list, take_in_named

pytestmark = pytest.mark.django_db


def listed(day: str, name: str, phone: str) -> None:
    header = "Kontraktsnr;Navn;Telefon;Forfall;Restanse"
    data = a_list(f"K1;{name};{phone};01.08.2026;5000", header=header)
    take_in_named(f"restanseliste-{day}.csv", data)


def registered(name: str, phone: str, email: str = "", *, more: str = "") -> None:
    header = f"Kontraktsnr;Navn;Telefon;E-post;Språk{more}"
    take_in_named("leietakerregister.csv", a_list(f"K1;{name};{phone};{email};norsk", header=header))


def held() -> tuple[str, str]:
    resident = Resident.objects.get()
    return resident.name, resident.phone


@pytest.fixture
def wrong(db: None) -> Tenancy:
    listed("2026-09-16", "Ola Feil", "+47 900 00 001")
    return Tenancy.objects.get()


def test_a_list_that_says_the_old_wrong_value_again_does_not_undo_the_correction(wrong: Tenancy) -> None:
    assert correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett", "phone": "90000009"}) == ["name", "phone"]
    listed("2026-10-16", "OLA  Feil", "90000001")
    assert held() == ("Ola Rett", "90000009")


def test_a_register_that_says_the_old_wrong_value_does_not_undo_it_either(wrong: Tenancy) -> None:
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett"})
    registered("Ola Feil", "90000001", "ola@example.no")
    assert held()[0] == "Ola Rett"
    assert Resident.objects.get().email == "ola@example.no"


def test_a_list_that_says_something_else_is_news(wrong: Tenancy) -> None:
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett", "phone": "90000009"})
    listed("2026-10-16", "Ola Nygift", "90000007")
    assert held() == ("Ola Nygift", "90000007")
    listed("2026-11-16", "Ola Feil", "90000001")
    assert held() == ("Ola Nygift", "90000007")


def test_a_correction_that_was_itself_wrong_can_be_taken_back(wrong: Tenancy) -> None:
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett"})
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Feil"})
    listed("2026-10-16", "Ola Rett", "90000001")
    assert held()[0] == "Ola Feil"
    listed("2026-11-16", "Ola Feil", "90000001")
    assert held()[0] == "Ola Feil"


def test_what_is_already_so_is_no_correction(wrong: Tenancy) -> None:
    assert correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Feil"}) == []
    assert Resident.objects.get().corrected == {}


def test_a_field_is_blanked_and_the_wrong_value_stays_away(wrong: Tenancy) -> None:
    correct_resident(tenancy_id=wrong.pk, changes={"phone": ""})
    listed("2026-10-16", "Ola Feil", "900 00 001")
    assert held() == ("Ola Feil", "")


def test_the_main_tenant_is_made_where_nobody_is_known_yet(wrong: Tenancy) -> None:
    Resident.objects.all().delete()
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett"})
    assert (Resident.objects.get().role, held()[0]) == ("main", "Ola Rett")


def test_another_adult_is_put_right_without_touching_the_main_tenant(wrong: Tenancy) -> None:
    adult = Resident.objects.create(tenancy=wrong, role=Resident.Role.ADULT, name="Kari Feil")
    assert correct_resident(tenancy_id=wrong.pk, resident_id=adult.pk, changes={"name": "Kari Rett"}) == ["name"]
    adult.refresh_from_db()
    assert (adult.name, Resident.objects.get(role="main").name) == ("Kari Rett", "Ola Feil")


def test_a_resident_of_another_household_cannot_be_put_right_through_this_one(wrong: Tenancy) -> None:
    other = Tenancy.objects.create(contract_no="K2")
    stranger = Resident.objects.create(tenancy=other, name="Per")
    with pytest.raises(Resident.DoesNotExist):
        correct_resident(tenancy_id=wrong.pk, resident_id=stranger.pk, changes={"name": "Pål"})


def test_an_identity_number_is_not_put_right_by_hand(wrong: Tenancy) -> None:
    with pytest.raises(KeyError, match="national_id"):
        correct_resident(tenancy_id=wrong.pk, changes={"national_id": "01018012345"})


def test_the_wrong_value_itself_is_kept_nowhere_but_in_the_files_and_goes_with_the_household(wrong: Tenancy) -> None:
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett"})
    assert traces.in_tables("Ola Feil") == ["arrears_filecontent.data: Ola Feil"]
    erase_household(tenancy_id=wrong.pk)
    assert traces.in_tables("Ola Feil", "Ola Rett", "900 00 001") == []
    assert not Resident.objects.exists()


def test_without_the_key_nobody_can_try_values_against_a_correction(wrong: Tenancy) -> None:
    correct_resident(tenancy_id=wrong.pk, changes={"name": "Ola Rett"})
    with override_settings(SECRET_KEY="another"):
        listed("2026-10-16", "Ola Feil", "90000001")
    assert held()[0] == "Ola Feil"
