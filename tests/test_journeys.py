"""Journeys across the rooms: from the list that arrives to the home that is kept, each person at their own screen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bofast.access.models import AccessEntry, User
from bofast.access.tests.cast import Cast, gather
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case

pytestmark = pytest.mark.django_db
HEADER = "Kontraktsnr;Navn;Adresse;Bydel;Månedsleie;Fakturanr;Forfall;Restanse;Betalingsvarsel sendt"
REGISTER = (
    "Kontraktsnr;Navn;Adresse;Bydel;Månedsleie;Husstand;Barn;Utkastelsesklausul\nK1;Marit Eng;Gate 1;Fana;5000;3;2;ja"
)
NOTICE = {"channel": "paper", "content": ["will_petition", "avoided_by_payment"], "ground": "a"}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-09-16 09:00+02:00", tick=False) as coordinates:
        yield coordinates


def at(clock: Any, day: str) -> None:
    """The morning of a day, after the nightly run."""
    clock.move_to(f"{day}T08:00:00+00:00")
    assess(on=date.fromisoformat(day))


def as_(user: User) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(user)
    return client


def send(user: User, name: str, text: str) -> str:
    upload = SimpleUploadedFile(name, text.encode())
    return as_(user).post("/lists/receive/", {"uploads": [upload]}, follow=True).content.decode()


def owing(*rows: str) -> str:
    return "\n".join([HEADER, *rows])


def record(user: User, case: Case, step: str, on: str, status: int, **said: object) -> str:
    answer = as_(user).post(f"/cases/{case.number}/step/?step={step}", {"on": on, **said})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_from_the_list_to_the_home_that_is_kept(cast: Cast, clock: Any) -> None:
    # The landlord sends the register, the collector the list; the household stands on Kari's screen at once.
    send(cast.turid, "register.csv", REGISTER)
    rent = "K1;Marit Eng;Gate 1;Fana;5000"
    send(
        cast.arne,
        "restanseliste-2026-09-16.csv",
        owing(f"{rent};F7;01.07.2026;5000;02.09.2026", f"{rent};F8;01.08.2026;5000;"),
    )
    case = Case.objects.get(tenancy__contract_no="K1")
    page = as_(cast.kari).get("/?whose=all").content.decode()
    assert "Marit Eng" in page and "Contact the household" in page

    # A petition without a notice is barred with its provision; nothing is recorded.
    refused = record(cast.arne, case, "petition", "2026-09-16", 422, ground="a")
    assert "§ 4-18" in refused
    assert not case.events.filter(code="petition").exists()

    # Notice; two weeks must pass from sending. Kari talks with the household meanwhile.
    record(cast.arne, case, "notice", "2026-09-16", 302, **NOTICE)
    at(clock, "2026-09-21")
    record(cast.kari, case, "contact", "2026-09-21", 302, contact_by="phone", words="Spurte hvordan det går.")
    too_early = record(cast.arne, case, "petition", "2026-09-21", 422, ground="a")
    assert "30 September 2026" in too_early
    at(clock, "2026-09-30")
    assert "reason" in record(cast.arne, case, "petition", "2026-09-30", 422, ground="a").lower()
    record(cast.arne, case, "petition", "2026-09-30", 302, ground="a", despite="Sosialtjenesten er ringt.")

    # Paid in full before the next list: the petition is to be withdrawn the same working day.
    at(clock, "2026-10-16")
    send(cast.arne, "restanseliste-2026-10-16.csv", owing("K9;En Annen;Gate 9;Fana;5000;F9;01.09.2026;5000;"))
    case.refresh_from_db()
    assert case.current is not None and (case.current.step_code, case.current.step_due_on) == (
        "withdraw_petition",
        date(2026, 10, 16),
    )
    record(cast.arne, case, "withdrawal", "2026-10-16", 302)

    # Kari finds out why, closes, and is reminded to look again.
    record(cast.kari, case, "contact", "2026-10-16", 302, contact_by="phone", words="Fikk lån av familien.")
    close = {"outcome": "paid", "on": "2026-10-16", "words": "Betalt i sin helhet."}
    assert as_(cast.kari).post(f"/cases/{case.number}/close/", close).status_code == 302
    at(clock, "2026-11-17")
    assert "Marit Eng" in as_(cast.kari).get("/?whose=all").content.decode()
    assert "Marit Eng" not in as_(cast.turid).get("/").content.decode()

    # Back within the year: a relapse, with Kari again, linked to what was done before.
    send(cast.arne, "restanseliste-2026-11-17.csv", owing(f"{rent};F11;01.11.2026;5000;"))
    again = Case.objects.get(tenancy__contract_no="K1", opened_on=date(2026, 11, 17))
    assert (again.relapse_of, again.holder, again.stage) == (case, case.holder, "due")


def test_every_look_at_a_household_leaves_a_trace_and_charlie_sees_nothing(cast: Cast, clock: Any) -> None:
    send(cast.arne, "restanseliste-2026-09-16.csv", owing("K1;Marit Eng;Gate 1;Fana;5000;F7;01.07.2026;5000;"))
    number = Case.objects.get().number
    for user in (cast.kari, cast.turid):
        assert as_(user).get(f"/cases/{number}/").status_code == 200
    assert as_(cast.kari).post("/search/", {"text": "marit"}).status_code == 200
    looks = AccessEntry.objects.filter(kind="case", object_id=number).values_list("user__username", "action")
    assert {("kari", "look"), ("turid", "look"), ("kari", "search")} <= set(looks)
    for path in ("/", f"/cases/{number}/", "/lists/", "/search/", "/users/", f"/cases/{number}/step/"):
        answer = as_(cast.charlie).get(path)
        assert answer.status_code in (302, 403, 404)
        assert "Marit" not in answer.content.decode()
