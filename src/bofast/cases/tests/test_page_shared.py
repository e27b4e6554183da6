"""A case shared in part: nothing of a hidden part anywhere on its page, in a list, in a search or in a command."""

from datetime import date

import pytest
from click.testing import CliRunner

from bofast.access.models import AccessEntry, User
from bofast.access.tests.cast import Cast
from bofast.cases.actions import work
from bofast.cases.models import Case, Sharing, Task
from bofast.cases.tests.factories import TODAY, household, petitioned, recorded, signed_in, text
from bofast.config.cli import main
from bofast.domain.facts import DeedCode
from bofast.domain.findings import Part

pytestmark = pytest.mark.django_db
WORDS = {
    Part.IDENTITY: ("Tenant K1", "Gate 1", "Fana", ">K1<"),
    Part.MONEY: ("Owed today", "10 000", "months", "Monthly rent", "came on the arrears list", "KID", "Fees so far"),
    Part.PROCEDURE: (
        "etition", "The procedure", "Legal steps", "legal step", "Lease runs to", "Clause on eviction", "clause",
        "Notice of eviction", "Notified",
    ),
    Part.HOUSEHOLD: ("Children", "Members", "child"),
    Part.HELP: (
        "Nordmann", "Who has the case", "Bofast-teamet", "Talk with", "wants a loan", "Ring the bank", "Review day",
    ),
}  # fmt: skip
"""What would tell of each part on the page of a case."""


@pytest.fixture
def case(cast: Cast) -> Case:
    """A household with children, a petition, a talk, a note and tasks."""
    found = household(clause="")
    found.tenancy.clause = True
    found.tenancy.save()
    petitioned(found, by=cast.turid)
    recorded(found, DeedCode.CONTACT, date(2026, 11, 20), by=cast.kari, words="wants a loan")
    for agency in ("outreach", "housing_benefit"):
        said = {"text": f"Ring the bank, {agency}", "due_on": TODAY, "agency": agency, "owner": None}
        work.add_task(case_id=found.pk, actor=cast.kari, today=TODAY, **said)  # type: ignore[arg-type]
    found.refresh_from_db()
    return found


def share(case: Case, receiver: str, *parts: Part) -> None:
    Sharing.objects.create(
        case=case, sender="outreach", receiver=receiver, parts=[part.value for part in parts], basis="consent", on=TODAY
    )


def page_of(user: User, path: str, data: dict[str, str] | None = None) -> str:
    client = signed_in(user)
    answer = client.post(path, data) if data else client.get(path)
    assert answer.status_code == 200
    said = answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    title, box = said.partition("<title>")[2].partition("</title>")[0], said.partition("<main")[2]
    before, _box, after = box.partition('aria-labelledby="seers"')  # the box names the parts that were shared
    return title + before + after.partition("</section>")[2]


def told(page: str) -> set[Part]:
    return {part for part, words in WORDS.items() if any(word in page for word in words)}


SHARES = [
    ("hanne", "housing_benefit", {Part.IDENTITY}),
    ("hanne", "housing_benefit", {Part.MONEY}),
    ("hanne", "housing_benefit", {Part.IDENTITY, Part.MONEY}),
    ("hanne", "housing_benefit", {Part.IDENTITY, Part.MONEY, Part.HOUSEHOLD}),
    ("didrik", "debt_advice", {Part.PROCEDURE}),
    ("didrik", "debt_advice", {Part.IDENTITY, Part.PROCEDURE}),
    ("didrik", "debt_advice", {Part.IDENTITY, Part.MONEY, Part.PROCEDURE}),
]


@pytest.mark.parametrize(("who", "receiver", "parts"), SHARES)
def test_the_page_tells_of_the_parts_shared_and_of_no_other(
    cast: Cast, case: Case, who: str, receiver: str, parts: set[Part]
) -> None:
    Task.objects.filter(agency=receiver).delete()
    share(case, receiver, *parts)
    assert told(page_of(getattr(cast, who), f"/cases/{case.number}/")) == parts


@pytest.mark.parametrize(("who", "receiver", "parts"), SHARES)
def test_the_list_and_the_search_tell_no_more_than_the_page(
    cast: Cast, case: Case, who: str, receiver: str, parts: set[Part]
) -> None:
    share(case, receiver, *parts)
    rows = page_of(getattr(cast, who), "/").partition("<tbody>")[2]
    assert case.number in rows
    assert told(rows) <= parts
    hits = page_of(getattr(cast, who), "/search/", {"text": "tenant k1"}).partition("<tbody>")[2]
    assert (case.number in hits) is (Part.IDENTITY in parts)
    assert told(hits) <= parts


@pytest.mark.parametrize(("who", "receiver", "parts"), SHARES)
@pytest.mark.parametrize("json", [(), ("--json",)])
def test_explain_tells_no_more_than_the_page(
    cast: Cast, case: Case, who: str, receiver: str, parts: set[Part], json: tuple[str, ...]
) -> None:
    share(case, receiver, *parts)
    for command in (("explain", case.number), ("worklist",)):
        asked = ["--language", "en", *command, "--on", TODAY.isoformat(), "--as", who, *json]
        answer = CliRunner().invoke(main, asked)
        assert answer.exit_code == 0, answer.output
        said = answer.stdout.replace("\u00a0", " ").replace("10000.00", "10 000")
        assert case.number in said
        hidden = [
            word for part in set(WORDS) - parts for word in WORDS[part] if word not in ("months", "clause", "child")
        ]  # keys of the contract
        assert not [word for word in hidden if word in said]


@pytest.mark.parametrize(
    ("parts", "columns"),
    [
        ({Part.IDENTITY}, ["Household", "Shared by", "Shared on", "Next date", "Next step"]),
        (
            {Part.IDENTITY, Part.MONEY},
            ["Household", "Shared by", "Shared on", "Arrears", "Next date", "Why now", "Next step"],
        ),
        (
            {Part.IDENTITY, Part.PROCEDURE},
            ["Household", "Shared by", "Shared on", "Stage", "Next date", "Why now", "Next step"],
        ),
    ],
)
def test_the_list_has_no_column_for_what_was_never_shared(
    cast: Cast, case: Case, parts: set[Part], columns: list[str]
) -> None:
    share(case, "debt_advice", *parts)
    page = text(signed_in(cast.didrik), "/")
    head = page.partition("<thead")[2].partition("</thead>")[0]
    assert [cell.rpartition(">")[2].strip() for cell in head.split("</th>")[:-1]] == columns
    row = page.partition("<tbody>")[2]
    assert row.count("<td") == len(columns) - 1
    assert "Outreach team" in row and "23 November 2026" in row


def test_the_list_names_the_day_the_agency_is_asked_to_be_done_by(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY)
    assert "Task to be done by 23 November 2026" in text(signed_in(cast.hanne), "/")


def test_the_case_says_what_the_reader_can_do_and_whom_to_ask(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY)
    Sharing.objects.update(by=cast.ola)
    page = text(signed_in(cast.hanne), f"/cases/{case.number}/")
    assert "Get in touch with Ola Nordmann, Outreach team." in page
    assert "You can read what is shared, and do what you are asked to." in page


def test_no_order_filter_or_figure_speaks_of_a_part_some_case_was_shared_without(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY)
    rows = page_of(cast.hanne, "/")
    for query in (
        "?district=Elsewhere",
        "?stage=due",
        "?stage=petitioned",
        "?show=deadline",
        "?show=eviction",
        "?sort=-arrears",
    ):
        assert case.number in page_of(cast.hanne, f"/{query}")
    assert "Legal date within a week" not in rows
    assert 'name="stage"' not in rows and 'name="district"' not in rows


def test_who_sees_a_shared_case_does_no_work_on_it(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY, Part.MONEY)
    hanne = signed_in(cast.hanne)
    for path in ("step/", "step/?step=contact", "write_note/", "close/", "share/", "consent/"):
        text(hanne, f"/cases/{case.number}/{path}", status=403)
    page = text(hanne, f"/cases/{case.number}/")
    assert f"/cases/{case.number}/step/" not in page


def test_an_agency_asked_to_do_something_sees_and_finishes_that_task_alone(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY, Part.MONEY)
    hanne = signed_in(cast.hanne)
    own, other = (Task.objects.get(code="manual", agency=agency) for agency in ("housing_benefit", "outreach"))
    page = text(hanne, f"/cases/{case.number}/")
    assert (own.text in page, other.text in page) == (True, False)
    assert hanne.post(f"/cases/{case.number}/tasks/{other.pk}/done/").status_code == 404
    assert hanne.post(f"/cases/{case.number}/tasks/{own.pk}/done/").status_code == 302


def test_a_look_at_a_shared_case_is_logged_as_such(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY)
    page_of(cast.hanne, f"/cases/{case.number}/")
    page_of(cast.hanne, "/search/", {"text": "tenant k1"})
    assert set(AccessEntry.objects.filter(user=cast.hanne).values_list("action", "reason")) == {
        ("look", "shared"), ("search", "shared"),
    }  # fmt: skip


def test_what_is_no_longer_shared_is_no_longer_there(cast: Cast, case: Case) -> None:
    share(case, "housing_benefit", Part.IDENTITY)
    Sharing.objects.update(ended_on=TODAY)
    text(signed_in(cast.hanne), f"/cases/{case.number}/", status=404)
