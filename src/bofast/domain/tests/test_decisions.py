from dataclasses import replace
from datetime import date

import pytest

from bofast.domain.decisions import (
    Draft,
    Regarding,
    Request,
    Verdict,
    decision_due_on,
    obstacles,
    open_question,
    provision,
)
from bofast.domain.findings import Outcome

D = date
WHOLE = Draft(
    outcome=Verdict.GRANTED,
    content="Hjelp med søknad om bostøtte.",
    reasons="Husstanden trenger hjelp med søknaden.",
    complaint_text="Du kan klage til statsforvalteren.",
    decided_on=D(2026, 11, 20),
    complain_by=D(2026, 12, 14),
)


@pytest.mark.parametrize(
    ("regarding", "on", "law", "complaint_to"),
    [
        (Regarding.HELP, D(2006, 10, 1), "sosialtjenesteloven 1991", ""),
        (Regarding.HELP, D(2009, 12, 31), "sosialtjenesteloven 1991", ""),
        (Regarding.HELP, D(2010, 1, 1), "sosialtjenesteloven 2009 § 41", ""),
        (Regarding.HELP, D(2023, 6, 30), "sosialtjenesteloven 2009 § 41", ""),
        (Regarding.HELP, D(2023, 7, 1), "boligsosialloven § 7", "statsforvalteren"),
        (Regarding.HELP, D(2026, 11, 22), "boligsosialloven § 7", "statsforvalteren"),
        (Regarding.AID, D(2008, 3, 1), "sosialtjenesteloven 1991", ""),
        (Regarding.AID, D(2026, 11, 22), "sosialtjenesteloven 2009 § 41", ""),
    ],
)
def test_a_decision_rests_on_the_law_of_its_day(regarding: Regarding, on: D, law: str, complaint_to: str) -> None:
    found = provision(regarding, on)
    assert (found.law, found.complaint_to) == (law, complaint_to)
    assert found.verified is (on >= D(2010, 1, 1))  # the sections of the act of 1991 were not seen


@pytest.mark.parametrize(
    ("change", "hard", "soft"),
    [
        ({}, set(), set()),
        ({"outcome": None}, {"decision_outcome_missing"}, set()),
        ({"content": " "}, {"decision_content_missing"}, set()),
        ({"complaint_text": ""}, {"complaint_information_missing"}, set()),
        ({"reasons": " \n"}, set(), {"decision_reasons_missing"}),
        ({"reasons": "", "outcome": Verdict.PARTLY}, {"decision_reasons_missing"}, set()),
        ({"reasons": "", "outcome": Verdict.REFUSED}, {"decision_reasons_missing"}, set()),
        ({"reasons": "", "outcome": None}, {"decision_outcome_missing", "decision_reasons_missing"}, set()),
        ({"outcome": Verdict.REFUSED}, set(), set()),
        ({"complain_by": None}, set(), {"complaint_deadline_missing"}),
        ({"complain_by": D(2026, 11, 20)}, {"complaint_deadline_past"}, set()),
        ({"complain_by": D(2026, 11, 21)}, set(), set()),
        ({"content": "", "complaint_text": ""}, {"decision_content_missing", "complaint_information_missing"}, set()),
    ],
)
def test_a_decision_is_recorded_only_when_it_says_what_it_must(
    change: dict[str, object], hard: set[str], soft: set[str]
) -> None:
    found = obstacles(replace(WHOLE, **change))
    assert {one.code for one in found if one.hard} == hard
    assert {one.code for one in found if not one.hard} == soft
    assert all(one.outcome is not Outcome.YES and one.text() for one in found)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (D(2026, 11, 2), D(2026, 11, 30)),
        (D(2026, 3, 7), D(2026, 4, 7)),  # 28 days on is Holy Saturday
    ],
)
def test_a_request_is_to_be_decided_on_a_working_day(received: D, due: D) -> None:
    assert decision_due_on(received) == due


@pytest.mark.parametrize(
    ("on", "ended_on", "code"),
    [
        (D(2026, 11, 1), None, None),
        (D(2026, 11, 2), None, "question_decision"),
        (D(2026, 11, 30), None, "question_decision"),
        (D(2026, 12, 1), None, "decision_overdue"),
        (D(2026, 12, 1), D(2026, 12, 1), None),
        (D(2026, 11, 20), D(2026, 11, 21), "question_decision"),
    ],
)
def test_a_request_waits_for_its_decision_and_is_shown_when_it_is_late(
    on: D, ended_on: D | None, code: str | None
) -> None:
    found = open_question(Request(received_on=D(2026, 11, 2), ended_on=ended_on), on)
    assert (found and found.code) == code
