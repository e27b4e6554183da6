"""What somebody may not know, they cannot work out: every page they can reach is the same whether it is so or not.

The same few households are looked at before and after things have happened that the reader may not know of. Every page
within reach is fetched both times; not a byte may differ, whether by order, count, colour, empty column or error text.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from bofast.access.models import User
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, gather, seat
from bofast.arrears.actions import answers
from bofast.arrears.models import HandedRow, Household
from bofast.cases.actions import consents, decisions, representatives, sharing, work
from bofast.cases.actions.assess import assess
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.models import Case, Representative
from bofast.cases.queries.hand_out import Plan
from bofast.cases.queries.sharing import Wish
from bofast.cases.tests.factories import TODAY, households, on_the_day, recorded, signed_in
from bofast.domain.consents import texts_on
from bofast.domain.decisions import Draft, Verdict
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.findings import Part

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

CONTRACTS = ("K1", "K2", "K3", "K4", "K5", "K6")
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
OF_THE_MOMENT = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-csrf="[^"]*"|X-CSRFToken[^}]*')
NOT_FOLLOWED = ("/static/", "/sign-out", "/language", "/me/", "/rules/", "/statistics/", "/annual/")
"""Pages without households. The statistics are counts, masked, and attacked in tests of their own."""
MOST_PAGES = 60


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def cases(cast: Cast) -> Iterator[list[Case]]:
    with on_the_day():
        yield households(*CONTRACTS, children=0)


def everything(user: User) -> dict[str, str]:
    """Every page the person can reach by links, and every spreadsheet's size, without what differs by the moment."""
    client = signed_in(user)
    waiting, seen = ["/", "/lists/"], dict[str, str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith(NOT_FOLLOWED):
            continue
        seen[path] = page = _fetched(client, path)
        waiting += dict.fromkeys(LINK.findall(page))
    seen["search"] = OF_THE_MOMENT.sub("", client.post("/search/", {"text": "Tenant"}).content.decode())
    return seen


def _fetched(client: Client, path: str) -> str:
    answer = client.get(path.replace("&amp;", "&"))
    if not answer["Content-Type"].startswith("text/html"):
        return str(answer.status_code)
    return f"{answer.status_code} {OF_THE_MOMENT.sub('', answer.content.decode())}"


# ── What happens without the landlord's side knowing ──────────────────────────────────────────────────────────────


def talked(cases: list[Case], cast: Cast) -> None:
    recorded(cases[4], DeedCode.CONTACT, TODAY, by=cast.kari, words="De ble enige.")
    recorded(cases[5], DeedCode.CONTACT_TRIED, TODAY, by=cast.ola)


def wrote(cases: list[Case], cast: Cast) -> None:
    work.write_note(case_id=cases[0].pk, text="Syk siden våren.", actor=cast.kari, today=TODAY)
    work.add_task(
        case_id=cases[1].pk, text="Ring legen", due_on=TODAY, agency="outreach", owner=None, actor=cast.kari,
        today=TODAY,
    )  # fmt: skip


def handed_over(cases: list[Case], cast: Cast) -> None:
    work.hand_over(case_id=cases[3].pk, to=cast.siv.seats[0], actor=cast.kari, today=TODAY, despite="avtalt")


def have_children(cases: list[Case], cast: Cast) -> None:
    Household.objects.filter(tenancy=cases[5].tenancy).update(children=4)
    Case.objects.update(stale=True)
    assess(on=TODAY)


def agreed_and_shared(cases: list[Case], cast: Cast) -> None:
    text = next(text for text in texts_on(TODAY) if Agency.DEBT_ADVICE in text.receivers)
    consents.give(case_id=cases[2].pk, text=text, on=TODAY, given_by="tenant", actor=cast.kari)
    wish = Wish(receiver=Agency.DEBT_ADVICE, team=None, parts=frozenset({Part.IDENTITY, Part.MONEY}))
    sharing.share(case_id=cases[2].pk, wish=wish, actor=cast.kari, today=TODAY, despite="avtalt")
    power = Representative(kind="attorney", name="Mor", scope="alt", since=TODAY)
    representatives.add(case_id=cases[2].pk, power=power, actor=cast.kari, today=TODAY)


def asked_for_help(cases: list[Case], cast: Cast) -> None:
    asked = decisions.request_help(case_id=cases[1].pk, received_on=TODAY, actor=cast.kari, today=TODAY)
    decisions.request_help(case_id=cases[4].pk, received_on=TODAY, actor=cast.kari, today=TODAY)
    draft = Draft(
        outcome=Verdict.REFUSED, content="Avslag", reasons="Over normen", complaint_text="Klag til statsforvalteren",
        decided_on=TODAY,
    )  # fmt: skip
    decisions.decide(
        case_id=cases[1].pk, draft=draft, told_on=TODAY, actor=cast.kari, today=TODAY, request_id=asked.pk,
        despite="avklart",
    )  # fmt: skip


def answered(cases: list[Case], cast: Cast) -> None:
    """The social services know one of the households that were handed out to them, and not the others."""
    rows = list(HandedRow.objects.filter(sent=True).order_by("pk"))
    assert len(rows) > 1, "nothing was handed out"
    said = {row.pk: answers.Said(answer="active" if row == rows[0] else "unknown", note="") for row in rows}
    answers.answer_rows(said=said, by=cast.siv, today=TODAY)
    assess(on=TODAY)


HAPPENINGS = (talked, wrote, handed_over, have_children, agreed_and_shared, asked_for_help)


@pytest.mark.parametrize("reader", ["turid", "arne"])
def test_the_landlords_side_sees_the_same_whatever_help_is_given(cases: list[Case], cast: Cast, reader: str) -> None:
    before = everything(getattr(cast, reader))
    for happened in HAPPENINGS:
        happened(cases, cast)
    assert_same(before, everything(getattr(cast, reader)))


@pytest.mark.parametrize("reader", ["turid", "arne"])
def test_what_the_social_services_answer_is_not_learned_by_who_handed_the_list_out(
    cases: list[Case], cast: Cast, reader: str
) -> None:
    file = cases[0].tenancy.claims.first().entries.first().file  # type: ignore[union-attr]
    plan = Plan(file=file, districts=("Fana",), team=cast.siv.team, told_on=TODAY)  # type: ignore[arg-type]
    hand_out(plan=plan, because=dict.fromkeys([case.pk for case in cases], "avklart"), actor=cast.arne, today=TODAY)
    before = everything(getattr(cast, reader))
    answered(cases, cast)
    assert_same(before, everything(getattr(cast, reader)))


def test_an_office_learns_nothing_of_another_offices_households(cases: list[Case], cast: Cast) -> None:
    before = everything(cast.siv)
    for happened in (talked, wrote, have_children, asked_for_help):
        happened(cases, cast)
    assert_same(before, everything(cast.siv))


def test_those_a_case_is_shared_with_learn_nothing_of_the_parts_that_were_not(cases: list[Case], cast: Cast) -> None:
    agreed_and_shared(cases, cast)
    before = everything(cast.didrik)
    assert any(path.startswith(f"/cases/{cases[2].number}/") for path in before), "the case was not shared"
    for happened in (talked, wrote, asked_for_help):
        happened([cases[2]] * 6, cast)
    have_children([cases[2]] * 6, cast)
    assert_same(before, everything(cast.didrik))


def test_in_another_role_nothing_of_the_first_is_seen(cases: list[Case], cast: Cast) -> None:
    alone = everything(cast.turid)
    seat(cast.turid, Role.CASEWORKER, Agency.OUTREACH, cast.kari.team)
    assert_same(alone, everything(cast.turid))


def test_the_walk_sees_what_the_reader_may_know(cases: list[Case], cast: Cast) -> None:
    """Otherwise the tests above could not fail."""
    before = everything(cast.turid)
    assert len(before) > 10
    recorded(cases[0], DeedCode.REMINDER, TODAY, by=cast.turid)
    assert everything(cast.turid) != before
    helper = everything(cast.kari)
    talked(cases, cast)
    assert everything(cast.kari) != helper


def assert_same(before: dict[str, str], after: dict[str, str]) -> None:
    differing = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    shown = [f"{path}\n{first_difference(before.get(path, ''), after.get(path, ''))}" for path in sorted(differing)[:3]]
    assert not differing, f"{len(differing)} pages tell it:\n" + "\n".join(shown)


def first_difference(one: str, other: str) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"  before: …{one[max(0, at - 60) : at + 120]!r}\n  after:  …{other[max(0, at - 60) : at + 120]!r}"
