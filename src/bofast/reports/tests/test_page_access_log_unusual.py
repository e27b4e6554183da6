"""What looks unusual in the log: signs without names, and the trace of the auditor's work."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bofast.access.models import AccessAction, AccessEntry, AccessReason, Reviewed, User
from bofast.access.tests.cast import Cast, cast
from bofast.arrears.models import Dwelling, Resident, Shield
from bofast.cases.models import Case
from bofast.cases.tests.factories import household, on_the_day, signed_in, text
from bofast.reports.access_log import unusual
from bofast.reports.access_log.unusual import Sign
from bofast.reports.tests.looking import NOON, looked

__all__ = ["cast"]
UNUSUAL = "/access-log/unusual/"
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with on_the_day():
        yield


def signs(first: date = DAY, last: date = DAY) -> list[tuple[Sign, str, str]]:
    return [(each.sign, each.user.username, each.number) for each in unusual.signs(first, last)]


def lived_in_by(case: Case, name: str, address: str = "") -> Case:
    Resident.objects.filter(tenancy=case.tenancy, role="main").update(name=name)
    if address:
        Dwelling.objects.filter(tenancy=case.tenancy).update(address=address)
    return case


def living_in(user: User, street: str) -> User:
    user.street = street
    user.save()
    return user


@pytest.mark.parametrize(
    ("cases", "reason", "listed"),
    [
        (30, AccessReason.AGENCY, True),
        (29, AccessReason.AGENCY, False),
        (30, AccessReason.SHARED, True),
        (60, AccessReason.HOLDER, False),
        (60, AccessReason.TEAM, False),
    ],
)
def test_many_cases_in_a_day_without_any_bond_are_a_sign(
    cast: Cast, cases: int, reason: AccessReason, listed: bool
) -> None:
    looked(cast.kari, *(f"2026-{n:04}" for n in range(cases)), *(["2026-0001"] * 5), reason=reason)
    assert signs() == ([(Sign.MANY, "kari", "")] if listed else [])


def handed_out(user: User, hand_outs: int, cases_each: int) -> None:
    """The log as handing lists out leaves it: an entry for each household that went."""
    for n in range(hand_outs):
        detail = f"handed out to social_services 1, hand-out {n}"
        looked(user, *(f"{n}-{m:04}" for m in range(cases_each)), action=AccessAction.EXPORT, detail=detail)


def test_a_list_handed_out_is_one_deed_however_many_households_are_on_it(cast: Cast) -> None:
    handed_out(cast.arne, hand_outs=8, cases_each=40)
    assert signs() == []
    looked(cast.arne, *(f"2026-{n:04}" for n in range(22)))
    assert signs() == [(Sign.MANY, "arne", "")]  # eight deeds and twenty-two cases one by one


@pytest.mark.parametrize("action", [AccessAction.SEARCH, AccessAction.EXPORT])
def test_what_was_found_by_searching_or_taken_out_counts_as_seen(cast: Cast, action: AccessAction) -> None:
    looked(cast.kari, *(f"2026-{n:04}" for n in range(30)), action=action)
    assert signs() == [(Sign.MANY, "kari", "")]


def test_a_search_that_finds_somebody_of_the_same_name_is_a_sign_and_one_that_finds_nobody_is_none(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Nordmann")
    looked(cast.kari, case.number, "", action=AccessAction.SEARCH)
    assert signs() == [(Sign.NAME, "kari", case.number)]


@pytest.mark.parametrize(
    ("whom", "role", "listed"),
    [("astrid", "caseworker outreach 1", True), ("astrid", "auditor", False), ("ola", "leader outreach", False)],
)
def test_an_administrator_of_users_who_is_given_a_role_with_cases_is_a_sign(
    cast: Cast, whom: str, role: str, listed: bool
) -> None:
    AccessEntry.objects.create(
        user=cast.asbjorn, action=AccessAction.ADMINISTER, kind="user", object_id=str(getattr(cast, whom).pk), at=NOON,
        reason=AccessReason.DUTY, detail=f"given role {role}",
    )  # fmt: skip
    assert signs() == ([(Sign.ROLE, "astrid", "")] if listed else [])


def test_many_cases_spread_over_two_days_are_none(cast: Cast) -> None:
    looked(cast.kari, *(f"2026-{n:04}" for n in range(20)))
    looked(cast.kari, *(f"2026-{n:04}" for n in range(20, 40)), at=NOON - timedelta(days=1))
    assert signs(DAY - timedelta(days=1), DAY) == []


def test_a_list_that_shows_many_is_no_look_at_each(cast: Cast) -> None:
    looked(cast.kari, *(f"2026-{n:04}" for n in range(60)), action=AccessAction.LIST)
    assert signs() == []


def test_a_tenant_with_the_same_last_name_is_a_sign_also_for_who_has_the_case(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Nordmann")
    looked(cast.kari, case.number, reason=AccessReason.HOLDER)
    looked(cast.turid, case.number)
    assert signs() == [(Sign.NAME, "kari", case.number)]


def test_a_look_at_the_household_itself_counts_as_one_at_its_case(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Nordmann")
    looked(cast.kari, case.tenancy_id, kind="tenancy")
    assert signs() == [(Sign.NAME, "kari", case.number)]


def test_a_home_in_the_street_one_has_said_is_a_sign(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Berg", "Storgt. 4 B")
    looked(living_in(cast.turid, "Storgata"), case.number)
    looked(cast.arne, case.number)
    assert signs() == [(Sign.STREET, "turid", case.number)]


def test_a_protected_address_is_not_compared_for_the_answer_would_tell_it(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Berg", "Storgata 4")
    Shield.objects.create(tenancy=case.tenancy, kind="address", since=DAY)
    looked(living_in(cast.turid, "Storgata"), case.number)
    assert signs() == []


def test_a_look_at_somebody_with_a_colleagues_name_is_a_sign_but_not_for_who_has_the_case(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Utleier, Turid")
    looked(cast.arne, case.number)
    looked(cast.kari, case.number, reason=AccessReason.HOLDER)
    assert signs() == [(Sign.COLLEAGUE, "arne", case.number)]


def test_a_refused_try_is_a_sign(cast: Cast) -> None:
    with on_the_day():
        signed_in(cast.charlie).get("/cases/2026-0001/")
        signed_in(cast.charlie).get("/search/")
    today = date(2026, 11, 23)
    assert [(each.sign, each.user, each.times) for each in unusual.signs(today, today)] == [
        (Sign.REFUSED, cast.charlie, 2)
    ]


def test_the_page_says_that_names_are_the_same_and_never_which_name_or_street(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Hemmelig-Utleier", "Lønngata 4")
    looked(living_in(cast.turid, "Lønngata"), case.number)
    page = text(signed_in(cast.asbjorn), UNUSUAL)
    assert "Same last name" in page and "Same street" in page and case.number in page
    assert "Hemmelig" not in page and "Lønngata" not in page and "Anne" not in page


def test_what_was_looked_into_stays_as_looked_into_and_cannot_be_changed(cast: Cast) -> None:
    case = lived_in_by(household("K1"), "Anne Nordmann")
    looked(cast.kari, case.number)
    client = signed_in(cast.asbjorn)
    url = f"{UNUSUAL}review/?sign=name&user={cast.kari.pk}&day=2026-11-20&case={case.number}"
    assert "Kari Nordmann, 20 November 2026" in text(client, url)
    assert client.post(url, {"outcome": "", "note": "x"}).status_code == 422
    assert client.post(url, {"outcome": "needed", "note": "Spurte Ingrid: ikke i slekt."}).status_code == 302
    page = text(client, UNUSUAL)
    assert "the look was needed in the work" in page and "Spurte Ingrid" in page
    kept = Reviewed.objects.get()
    assert (kept.user, kept.by, kept.object_id, kept.day) == (cast.kari, cast.asbjorn, case.number, DAY)
    assert AccessEntry.objects.filter(user=cast.asbjorn, detail="reviewed name: needed").exists()


@pytest.mark.parametrize(
    "asked", ["", "?sign=name", "?sign=many&user=1&day=2026-11-20", "?sign=name&user=x&day=2026-11-20", "?day=i+dag"]
)
def test_only_what_is_a_sign_can_be_looked_into(cast: Cast, asked: str) -> None:
    assert signed_in(cast.asbjorn).get(f"{UNUSUAL}review/{asked}").status_code == 404


def test_too_many_days_at_once_are_refused(cast: Cast) -> None:
    assert "92 days or fewer" in text(signed_in(cast.asbjorn), f"{UNUSUAL}?first=2026-01-01&last=2026-11-20", 422)


def test_a_month_of_many_looks_is_read_in_a_few_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    household("K1")
    looked(cast.kari, *(f"2026-{n % 900:04}" for n in range(5000)))
    client = signed_in(cast.asbjorn)
    with django_assert_max_num_queries(20):
        text(client, UNUSUAL)
