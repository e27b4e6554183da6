"""Who acts for a household: recorded, ended, shown with scope, and gone when the person is erased."""

from datetime import date

import pytest

from bofast.access.tests.cast import Cast
from bofast.arrears.models import Resident
from bofast.cases.models import Case, Event, Representative
from bofast.cases.tests.factories import signed_in, text

pytestmark = pytest.mark.django_db
POWER = {
    "kind": "attorney", "name": "Berit Hjelper", "phone": "900 00 000", "scope": "talk about the rent",
    "since": "2026-11-01", "until": "",
}  # fmt: skip


def add(cast: Cast, case: Case, **changes: str) -> Representative:
    answer = signed_in(cast.kari).post(f"/cases/{case.number}/add_representative/", POWER | changes)
    assert answer.status_code == 302
    return Representative.objects.latest("pk")


def test_a_power_of_attorney_is_shown_with_its_scope(cast: Cast, case: Case) -> None:
    power = add(cast, case)
    assert (power.tenancy, power.recorded_by, power.until) == (case.tenancy, cast.kari, None)
    page = text(signed_in(cast.ola), f"/cases/{case.number}/")
    assert "Berit Hjelper" in page
    assert "talk about the rent" in page


def test_the_event_names_nobody(cast: Cast, case: Case) -> None:
    power = add(cast, case)
    event = case.events.get(code=Event.Code.REPRESENTATIVE)
    assert event.facts == {"representative": power.pk, "kind": "attorney"}
    assert not hasattr(event, "note")


def test_a_power_is_revoked_on_a_day_and_then_marked_as_ended(cast: Cast, case: Case) -> None:
    power, kari = add(cast, case), signed_in(cast.kari)
    url = f"/cases/{case.number}/end_representative/{power.pk}/"
    assert kari.post(url, {"on": "2026-10-31"}).status_code == 422
    assert kari.post(url, {"on": "2026-11-20"}).status_code == 302
    power.refresh_from_db()
    assert power.until == date(2026, 11, 20)
    page = text(kari, f"/cases/{case.number}/")
    assert "Has ended" in page
    assert url not in page


def test_one_that_has_run_out_by_itself_is_marked_too(cast: Cast, case: Case) -> None:
    add(cast, case, until="2026-11-22")
    assert "Has ended" in text(signed_in(cast.kari), f"/cases/{case.number}/")


def test_one_that_runs_out_today_still_holds(cast: Cast, case: Case) -> None:
    add(cast, case, until="2026-11-23")
    assert "Has ended" not in text(signed_in(cast.kari), f"/cases/{case.number}/")


def test_it_does_not_end_before_it_begins(cast: Cast, case: Case) -> None:
    answer = signed_in(cast.kari).post(f"/cases/{case.number}/add_representative/", POWER | {"until": "2026-10-31"})
    assert answer.status_code == 422
    assert not Representative.objects.exists()


def test_a_double_click_records_it_once(cast: Cast, case: Case) -> None:
    assert add(cast, case) == add(cast, case)
    assert case.events.filter(code=Event.Code.REPRESENTATIVE).count() == 1


def test_a_guardian_of_the_register_stands_beside_them(cast: Cast, case: Case) -> None:
    Resident.objects.create(tenancy=case.tenancy, role=Resident.Role.GUARDIAN, name="Verge Vergesen")
    page = text(signed_in(cast.kari), f"/cases/{case.number}/")
    assert "guardian, as the tenancy register says" in page


@pytest.mark.parametrize("who", ["turid", "arne"])
def test_the_landlords_side_sees_nobody_who_acts_for_the_household(cast: Cast, case: Case, who: str) -> None:
    add(cast, case)
    client = signed_in(getattr(cast, who))
    page = text(client, f"/cases/{case.number}/")
    assert "Berit Hjelper" not in page
    assert "acts for the household" not in page
    text(client, f"/cases/{case.number}/add_representative/", status=403)
