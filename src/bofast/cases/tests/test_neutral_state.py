"""What landlord and collector see instead of help: followed up, on hold until a day, closed. Nothing tells them why."""

from datetime import date
from typing import Any

import pytest

from bofast.access.tests.cast import Cast
from bofast.cases.actions import decisions, work
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case
from bofast.cases.queries.worklist import Item, as_json, items, neutral_state, worklist
from bofast.cases.tests.factories import TODAY, households, recorded, signed_in, text
from bofast.domain.facts import DeedCode

pytestmark = pytest.mark.django_db
D = date
LEDGER = pytest.mark.parametrize("who", ["turid", "arne"])


def shown(cast: Cast, who: str, on: date = TODAY) -> list[Item]:
    viewer = getattr(cast, who).viewer
    return items(list(worklist(viewer, on)), viewer)


@pytest.mark.parametrize(
    ("review_on", "closed_on", "state"),
    [
        (None, None, "step_followed_up"),
        (D(2026, 11, 22), None, "step_followed_up"),
        (D(2026, 11, 23), None, "step_followed_up"),
        (D(2026, 11, 24), None, "step_on_hold"),
        (D(2026, 12, 24), D(2026, 11, 23), "step_closed"),
        (D(2026, 12, 24), D(2026, 11, 24), "step_on_hold"),
    ],
)
def test_the_three_states(review_on: date | None, closed_on: date | None, state: str) -> None:
    assert neutral_state(Case(review_on=review_on, closed_on=closed_on), TODAY).code == state


def do_nothing(case: Case, cast: Cast) -> None: ...


def contact(case: Case, cast: Cast) -> None:
    recorded(case, DeedCode.CONTACT, D(2026, 11, 20), by=cast.kari, words="Skyldner fordi hun mistet jobben")


def note(case: Case, cast: Cast) -> None:
    work.write_note(case_id=case.pk, text="Får sosialhjelp", actor=cast.kari, today=TODAY)


def ask(case: Case, cast: Cast) -> None:
    decisions.request_help(case_id=case.pk, received_on=D(2026, 10, 1), actor=cast.kari, today=TODAY)


def give_to_siv(case: Case, cast: Cast) -> None:
    work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")


def review(case: Case, cast: Cast) -> None:
    work.set_review(case_id=case.pk, review_on=D(2026, 12, 7), actor=cast.kari, today=TODAY, words="sykehus")


HELP = pytest.mark.parametrize("helped", [do_nothing, contact, note, ask, give_to_siv])


@LEDGER
@HELP
def test_whatever_is_done_to_help_the_state_is_the_same(cast: Cast, case: Case, who: str, helped: Any) -> None:
    helped(case, cast)
    (item,) = shown(cast, who)
    assert (item.step.code, item.step_due_on, item.owner) == ("step_followed_up", None, "kommunen")
    assert item.last_contact_on is None
    assert item.children is None


@LEDGER
@HELP
def test_a_hold_tells_its_day_and_nothing_else_whatever_was_done(cast: Cast, case: Case, who: str, helped: Any) -> None:
    review(case, cast)
    held = [as_json(item, "en") for item in shown(cast, who)]
    helped(case, cast)
    assert [as_json(item, "en") for item in shown(cast, who)] == held
    assert held[0]["next_step"] == {
        "code": "on_hold", "text": "The case is being followed up. On hold until 7 December 2026.", "due_on": None,
        "owner": "kommunen",
    }  # fmt: skip


@LEDGER
def test_on_the_day_itself_the_hold_is_over(cast: Cast, case: Case, who: str) -> None:
    review(case, cast)
    assess(on=D(2026, 12, 7))
    assert [item.step.code for item in shown(cast, who, D(2026, 12, 6))] == ["step_on_hold"]
    assert [item.step.code for item in shown(cast, who, D(2026, 12, 7))] == ["step_followed_up"]


@LEDGER
def test_no_order_tells_who_is_helped(cast: Cast, who: str) -> None:
    first, second, third = households("K1", "K2", "K3")
    before = [item.case.number for item in shown(cast, who)]
    contact(third, cast)
    ask(second, cast)
    review(first, cast)
    assert [item.case.number for item in shown(cast, who)] == before


@LEDGER
def test_no_count_above_the_list_tells_who_is_helped(cast: Cast, case: Case, who: str) -> None:
    client = signed_in(getattr(cast, who))
    before = [figure["value"] for figure in client.get("/").context["figures"]]
    for helped in (contact, ask, review):
        helped(case, cast)
    assert [figure["value"] for figure in client.get("/").context["figures"]] == before


@LEDGER
@pytest.mark.parametrize("outcome", ["covered", "housing_benefit", "guarantee", "plan", "paid"])
def test_of_a_closed_case_they_see_that_it_is_closed_and_not_how(
    cast: Cast, case: Case, who: str, outcome: str
) -> None:
    assert not work.close_case(
        case_id=case.pk, outcome=outcome, on=TODAY, actor=cast.kari, today=TODAY, words="lån", despite="avklart"
    )
    page = text(signed_in(getattr(cast, who)), f"/cases/{case.number}/")
    assert "The case is closed." in page
    assert str(Case.Outcome(outcome).label) not in page.casefold()
    assert "lån" not in page
    assert "follow-up" not in page.casefold()


@LEDGER
def test_the_case_page_says_the_same_as_the_list(cast: Cast, case: Case, who: str) -> None:
    review(case, cast)
    page = text(signed_in(getattr(cast, who)), f"/cases/{case.number}/")
    assert "On hold until 7 December 2026." in page
    assert "sykehus" not in page
    assert "Kari" not in page


def test_whoever_sets_the_day_is_told_who_sees_it(cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.kari), f"/cases/{case.number}/set_review/")
    assert "Landlord and collector see that the case is on hold until then and nothing more." in page


def test_those_who_help_see_the_step_itself(cast: Cast, case: Case) -> None:
    review(case, cast)
    (item,) = shown(cast, "kari")
    assert item.step.code == "step_first_contact"
    assert item.owner == str(case.holder)
