"""Households in arrears as the lists and the nightly run make them, for the tests of the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import time_machine
from django.conf import settings
from django.test import Client

from bofast.access.models import User
from bofast.cases.actions import work
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case
from bofast.cases.tests import sent
from bofast.domain.facts import Deed, DeedCode, NoticeContent

TODAY = date(2026, 11, 23)
LISTED = "2026-10-30"
FULL = frozenset(NoticeContent)


@contextmanager
def on_the_day() -> Iterator[None]:
    """Nine o'clock on TODAY, a Monday."""
    with time_machine.travel("2026-11-23 09:00+01:00", tick=True):
        yield


def households(*contracts: str, children: int = 3, clause: str = "ja", demanded: str = "2026-10-15") -> list[Case]:
    """Households two months behind, demanded, on one list of LISTED and assessed for TODAY."""
    sent.register(dict.fromkeys(contracts, f"{children};;{clause}"))
    sent.arrears_list(LISTED, dict.fromkeys(contracts, 2), demanded=demanded)
    assess(on=TODAY)
    return list(Case.objects.filter(tenancy__contract_no__in=contracts).order_by("number"))


def household(contract: str = "K1", *, children: int = 3, clause: str = "ja", demanded: str = "2026-10-15") -> Case:
    """One household."""
    return households(contract, children=children, clause=clause, demanded=demanded)[0]


def recorded(
    case: Case, code: DeedCode, day: date, *, by: User, words: str = "", contact_by: str = "", **details: object
) -> None:
    """A deed recorded on the case, despite anything soft."""
    deed = Deed(code=code, on=day, **details)  # type: ignore[arg-type]
    barred = work.record_deed(
        case_id=case.pk, deed=deed, actor=by, today=TODAY, words=words, despite="avklart", contact_by=contact_by
    )
    assert not barred, [finding.code for finding in barred]
    case.refresh_from_db()


def petitioned(case: Case, *, by: User) -> None:
    """Notice on 2 November and a petition on the first day it allows."""
    recorded(case, DeedCode.NOTICE, date(2026, 11, 2), by=by, content=FULL)
    recorded(case, DeedCode.PETITION, date(2026, 11, 16), by=by)


def signed_in(user: User) -> Client:
    """A browser with that person signed in, who reads English: so do the tests."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(user)
    return client


def text(client: Client, url: str, status: int = 200) -> str:
    """The page at the address."""
    answer = client.get(url)
    assert answer.status_code == status, f"{url}: {answer.status_code}"
    return answer.content.decode()
