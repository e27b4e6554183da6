from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.findings import Outcome, Part, catalogue
from bofast.domain.screening import (
    Answer,
    Holder,
    NotAnAnswer,
    Screening,
    answer_due_on,
    chase_on,
    holder,
    open_question,
    read_answer,
)
from bofast.domain.sharing import LandlordIs, Organisation, OutreachIs

D = date
UNSAID = Organisation()
OWN = Organisation(outreach=OutreachIs.OWN_UNIT, landlord=LandlordIs.MUNICIPAL)
SOCIAL_TEAM = Organisation(outreach=OutreachIs.SOCIAL_SERVICES, landlord=LandlordIs.MUNICIPAL)
HOUSING_TEAM = Organisation(outreach=OutreachIs.HOUSING_AGENCY, landlord=LandlordIs.MUNICIPAL)


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (("aktiv", "Aktiv", " AKTIV ", "ja", "Ja.", "aktiv sak", "yes", "active"), Answer.ACTIVE),
        (
            (
                "kjent",
                "kjent, men ikke aktiv",
                "kjent,men ikke aktiv",
                "Kjend, men ikkje aktiv",
                "ikke aktiv",
                "ikkje aktiv",
                "known, but not active",
                "not active",
            ),
            Answer.KNOWN,
        ),
        (("ikke kjent", "ikkje kjend", "ukjent", "nei", "Nei!", "no", "not known"), Answer.UNKNOWN),
        (("vet ikke", "Veit ikkje", "usikker", "don't know", "don’t know", "?", "", "  "), None),
    ],
)
def test_what_people_write_is_read_as_an_answer_in_three_languages(
    texts: tuple[str, ...], answer: Answer | None
) -> None:
    assert {read_answer(text) for text in texts} == {answer}


@pytest.mark.parametrize("text", ["kanskje", "ja, men", "aktiv nei", "1", "x", "får økonomisk hjelp"])
def test_what_is_no_answer_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotAnAnswer):
        read_answer(text)


@given(st.text())
def test_no_text_gives_anything_but_an_answer_or_a_refusal(text: str) -> None:
    try:
        assert read_answer(text) in {None, *Answer}
    except NotAnAnswer as refused:
        assert str(refused) == text


@pytest.mark.parametrize(
    ("answer", "in_contact", "organisation", "expected"),
    [
        (Answer.ACTIVE, False, OWN, Holder.SOCIAL_SERVICES),
        (Answer.ACTIVE, True, OWN, Holder.JOINT),
        (Answer.ACTIVE, True, SOCIAL_TEAM, Holder.JOINT),
        (Answer.ACTIVE, True, UNSAID, Holder.JOINT),
        (Answer.ACTIVE, False, HOUSING_TEAM, Holder.SOCIAL_SERVICES),
        (Answer.ACTIVE, True, HOUSING_TEAM, Holder.OUTREACH),  # or the team would learn who is a client
        (Answer.KNOWN, False, OWN, Holder.OUTREACH),
        (Answer.KNOWN, True, SOCIAL_TEAM, Holder.OUTREACH),
        (Answer.UNKNOWN, False, OWN, Holder.OUTREACH),
        (None, False, OWN, Holder.OUTREACH),
        (None, True, UNSAID, Holder.OUTREACH),
    ],
)
def test_the_social_services_hold_what_is_active_and_outreach_the_rest(
    answer: Answer | None, in_contact: bool, organisation: Organisation, expected: Holder
) -> None:
    assert holder(answer, in_contact, organisation) is expected


@given(st.sampled_from([None, *Answer]), st.sampled_from([None, *OutreachIs]))
def test_a_housing_agencys_team_cannot_tell_an_active_household_from_others_it_is_in_contact_with(
    answer: Answer | None, outreach: OutreachIs | None
) -> None:
    held = holder(answer, True, Organisation(outreach=outreach))
    assert held is Holder.OUTREACH or (outreach is not OutreachIs.HOUSING_AGENCY and answer is Answer.ACTIVE)


@pytest.mark.parametrize(
    ("asked", "due", "chased"),
    [
        (D(2026, 11, 16), D(2026, 11, 23), D(2026, 11, 24)),
        (D(2026, 11, 20), D(2026, 11, 27), D(2026, 11, 30)),  # due on a Friday, chased on Monday
        (D(2026, 3, 26), D(2026, 4, 7), D(2026, 4, 8)),  # seven days on is Maundy Thursday
        (D(2006, 10, 2), D(2006, 10, 9), D(2006, 10, 10)),
    ],
)
def test_an_answer_is_due_on_a_working_day_and_chased_on_the_next(asked: D, due: D, chased: D) -> None:
    assert (answer_due_on(asked), chase_on(Screening(asked_on=asked))) == (due, chased)


@pytest.mark.parametrize(
    ("on", "chased_on", "answered", "code"),
    [
        (D(2026, 11, 15), None, False, None),
        (D(2026, 11, 16), None, False, "question_screening"),
        (D(2026, 11, 23), None, False, "question_screening"),
        (D(2026, 11, 24), None, False, "chase_screening"),
        (D(2026, 12, 24), None, False, "chase_screening"),
        (D(2026, 11, 24), None, True, None),
        (D(2026, 11, 30), D(2026, 11, 24), False, "question_screening"),
        (D(2026, 12, 1), D(2026, 11, 24), False, "chase_screening"),
    ],
)
def test_the_question_stands_until_it_is_answered_and_is_chased_when_the_time_is_out(
    on: D, chased_on: D | None, answered: bool, code: str | None
) -> None:
    found = open_question(Screening(asked_on=D(2026, 11, 16), answered=answered, chased_on=chased_on), on)
    assert (found and found.code) == code
    if found:
        assert (found.outcome, found.facts["due_on"]) == (Outcome.UNCLEAR, "2026-11-23")


def test_screening_speaks_of_aid_and_asks_those_who_can_answer_and_those_who_chase() -> None:
    question, chase = catalogue()["question_screening"], catalogue()["chase_screening"]
    assert {question.part, chase.part} == {Part.AID}
    assert (question.asks, chase.asks) == ("social_services", "outreach")
