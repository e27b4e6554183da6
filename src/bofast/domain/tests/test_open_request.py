"""A request for help that is not decided: a reason and a question, overdue once its day is over, and then no more."""

from datetime import date

import pytest

from bofast.domain.assessment import assess
from bofast.domain.facts import Claim, Facts
from bofast.domain.findings import Part, catalogue

D = date


def behind(asked_on: date | None) -> Facts:
    claim = Claim(due_on=D(2026, 9, 1), outstanding=500_000)
    listed = D(2026, 10, 1)
    return Facts(claims=(claim,), first_listed_on=listed, listed_on=listed, clause=True, asked_for_help_on=asked_on)


# 16 November 2026 and 28 days: Monday 14 December. 2 December and 28 days: Wednesday 30 December.
@pytest.mark.parametrize(
    ("asked_on", "on", "expected"),
    [
        (None, D(2026, 12, 15), None),
        (D(2026, 11, 16), D(2026, 11, 15), None),
        (D(2026, 11, 16), D(2026, 11, 16), "question_decision"),
        (D(2026, 11, 16), D(2026, 12, 14), "question_decision"),
        (D(2026, 11, 16), D(2026, 12, 15), "decision_overdue"),
        (D(2026, 12, 2), D(2026, 12, 30), "question_decision"),
    ],
)
def test_it_is_asked_for_until_it_is_decided(asked_on: date | None, on: date, expected: str | None) -> None:
    found = assess(behind(asked_on), on)
    codes = {"question_decision", "decision_overdue"}
    assert {reason.code for reason in found.findings} & codes == ({expected} - {None})
    assert {question.code for question in found.questions} & codes == ({expected} - {None})


def test_the_conclusion_holds_until_the_day_after_it_is_due() -> None:
    facts = behind(D(2026, 11, 16))
    day = D(2026, 11, 16)
    while (found := assess(facts, day)).changes_on and found.changes_on <= D(2026, 12, 15):
        day = found.changes_on
    assert day == D(2026, 12, 15)
    assert assess(facts, D(2026, 12, 14)).findings != assess(facts, D(2026, 12, 15)).findings


def test_it_moves_no_order_and_is_part_of_help() -> None:
    asked, silent = assess(behind(D(2026, 11, 16)), D(2026, 12, 15)), assess(behind(None), D(2026, 12, 15))
    assert (asked.order_full, asked.order_neutral) == (silent.order_full, silent.order_neutral)
    assert {catalogue()[code].part for code in ("question_decision", "decision_overdue")} == {Part.HELP}
