"""Every seat at every door: each address answers as the one table says, and no more.

The addresses are those of the project's own URLs, found by walking them; what is listed here is only which objects an
address is about, and who may know of each. A new address about an object of a new kind fails until that is said.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from bofast.access.doors import reason_shut
from bofast.access.models import AccessAction, OrganisationSetting, User
from bofast.access.need_to_know import Door
from bofast.arrears.gate import files_for
from bofast.cases import rights
from bofast.cases.queries import reach
from bofast.config.tests.visitor import Visitor
from bofast.config.tests.world import SEATS, TODAY, Thing, World
from bofast.domain.sharing_facts import OutreachIs
from bofast.reports.rights import may_unmask

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OPEN_TO_ALL = {
    "account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn", "outside", "openid_connect_callback",
    "access:sign_in", "access:sign_out", "access:language", "access:health",
}  # fmt: skip
"""Addresses without a door: signing in and out, the language, and whether the program answers."""

QUERY = {"reports:cases": "?year=2006&key=cases", "reports:download": "?year=2006", "reports:routines": "?year=2006"}
ALSO_NEEDS: dict[str, Callable[[User, Thing], bool]] = {
    "cases:answer_clause": lambda user, thing: rights.may(user, "answer_clause", thing.case),
    "cases:consent": lambda user, thing: rights.may(user, "give_consent", thing.case),
    "cases:share": lambda user, thing: rights.may(user, "share", thing.case),
    "cases:end_sharing": lambda user, thing: rights.may(user, "end_sharing", thing.case),
    "cases:step": lambda user, thing: bool(rights.recordable(user, thing.case)),
    "cases:do": lambda user, thing: rights.may(user, thing.path["verb"], thing.case),
    "cases:do_on": lambda user, thing: rights.may(user, thing.path["verb"], thing.case),
}
"""Doors behind which the table of who does what on a case decides too: who may not, is told so of a known case."""

FOR_THE_CASE_TEAM = {"reports:annual_team_file"}
"""Files with small numbers: behind their door only those who may see them (`reports.rights`)."""

MAY_BE_NOTHING = {
    "cases:address", "cases:lift_shield", "cases:end_naming", "cases:shield", "cases:name_person",  # no such shield
    "cases:finish_task",  # another agency's task
    "cases:do_on",  # an aid decision is another's
    "mfa_deactivate_totp",
    "reports:access_log_review", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
"""Addresses that may be of nothing although the object they begin with is known."""


GONE = {
    "mfa_edit_webauthn": (302,), "mfa_remove_webauthn": (302,),  # to confirm who one is, before anything is looked up
    "reports:annual_remove_caveat": (302,), "reports:annual_remove_source": (302,),  # gone is gone
}  # fmt: skip
"""What else than not found is said of what does not exist."""


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Any

    @property
    def door(self) -> Door | None:
        return getattr(self.view, "door", None)

    def of(self, thing: Thing) -> str:
        """The address of that thing: each place in the route filled from its path."""
        filled = re.sub(r"<\w+:(\w+)>", lambda place: str(thing.path[place.group(1)]), self.route)
        return f"/{filled}{QUERY.get(self.name, '')}"


def addresses(resolver: URLResolver, before: str = "", room: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(f"{room}:{entry.name}".lstrip(":"), route, entry.callback)
        else:
            yield from addresses(entry, route, entry.namespace or room)


EVERY = list(addresses(get_resolver()))
BEHIND_DOORS = [address for address in EVERY if address.door is not None]


def test_every_address_has_a_door_or_is_one_of_those_before_the_sign_in() -> None:
    without = {address.name for address in EVERY if address.door is None}
    assert without == OPEN_TO_ALL
    assert all(getattr(address.view, "login_required", True) is False for address in EVERY if address.door is None)


def test_who_is_not_signed_in_is_sent_to_the_sign_in_from_everywhere(world: World) -> None:
    visitor = Visitor(None)
    for address in BEHIND_DOORS:
        for thing in world.about(address.route, address.name):
            for method in ("get", "post"):
                answer, page, logged = visitor.asks(method, address.of(thing))
                assert (answer.status_code, page, logged) == (302, "", set()), (method, address.of(thing))
                assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("seat", SEATS)
def test_every_address_answers_that_seat_as_the_table_says(world: World, seat: str) -> None:
    user = User.objects.get(pk=world.seats[seat].pk)
    visitor = Visitor(user)
    wrong = [fault for address in BEHIND_DOORS for fault in faults(world, address, user, visitor)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("outreach", [OutreachIs.SOCIAL_SERVICES, OutreachIs.HOUSING_AGENCY])
def test_outreach_meets_the_doors_as_the_municipality_is_organised(world: World, outreach: OutreachIs) -> None:
    with transaction.atomic():
        OrganisationSetting.objects.create(valid_from=TODAY, outreach=outreach, landlord="municipal")
        user = User.objects.get(pk=world.seats["outreach-caseworker"].pk)
        all_cases = outreach is OutreachIs.HOUSING_AGENCY
        assert [user.viewer.reaches_all, files_for(user.viewer).filter(pk=world.list.pk).exists()] == [all_cases] * 2
        wrong = [fault for address in BEHIND_DOORS for fault in faults(world, address, user, Visitor(user))]
        transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@dataclass(frozen=True)
class Visit:
    """One answer to one seat."""

    address: Address
    user: User
    thing: Thing
    method: str
    answer: HttpResponse
    page: str
    logged: set[str]

    @property
    def shut(self) -> bool:
        assert self.address.door is not None
        return not self.user.viewer.opens(self.address.door)

    @property
    def unknown(self) -> bool:
        """Whether the person may not even learn that there is such a thing."""
        case = self.thing.case
        known = self.thing.knows is not None and self.thing.knows(self.user)
        return self.shut or not (known or (case is not None and reach.within_reach(case, self.user.viewer)))

    def fault(self) -> str:
        """What is wrong with the answer, empty for nothing."""
        said = self._of_shut_door() if self.shut else self._of_open_door()
        if self.unknown and self.logged - {AccessAction.REFUSED}:
            said = f"logged as {self.logged}"
        return said and f"{self.method} {self.address.of(self.thing)} ({self.address.name}): {said}"

    def _of_shut_door(self) -> str:
        assert self.address.door is not None
        with translation.override("en"):
            reason = reason_shut(self.address.door)
        right = self.answer.status_code == 403 and reason in html.unescape(self.page)
        return "" if right else f"{self.answer.status_code} where the door is shut"

    def _of_open_door(self) -> str:
        status, expected = self.answer.status_code, self._expected()
        return "" if status in expected else f"{status}, not one of {expected}"

    def _expected(self) -> tuple[int, ...]:
        known, needs = self.thing.knows is not None and self.thing.knows(self.user), ALSO_NEEDS.get(self.address.name)
        if self.address.name in FOR_THE_CASE_TEAM and not may_unmask(self.user.viewer):
            return (403,)
        if needs and self.thing.case is not None and not self.unknown and not needs(self.user, self.thing):
            return (403,)
        if not known:
            return (404, *GONE.get(self.address.name, ())) if self.thing.knows is None else (404,)
        return (200, 302, 400, 422, *((404,) if self.address.name in MAY_BE_NOTHING else ()))


def visits(world: World, address: Address, user: User, visitor: Visitor, method: str) -> list[Visit]:
    """The answers about all things the address may be about; none, where it does not answer that method."""
    things = world.about(address.route, address.name)
    assert address.door is not None
    shut = not user.viewer.opens(address.door)
    asked = [things[0], things[-1]] if shut else things
    found = [Visit(address, user, thing, method, *visitor.asks(method, address.of(thing))) for thing in asked]
    return [visit for visit in found if visit.answer.status_code != 405]


def faults(world: World, address: Address, user: User, visitor: Visitor) -> Iterator[str]:
    answers = {method: visits(world, address, user, visitor, method) for method in ("get", "post")}
    if not any(answers.values()):
        yield f"{address.route} answers neither GET nor POST"
    for method, found in answers.items():
        yield from filter(None, (visit.fault() for visit in found))
        if len({visit.page for visit in found if visit.unknown}) > 1:
            yield f"{method} {address.route}: what exists and what does not are told apart"
