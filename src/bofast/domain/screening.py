"""Screening: the social services say whether they know a household, and the answer decides who holds the case.

The answers are theirs, and speak of the part `aid`: they go no further than the borders let them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bofast.domain.calendar import next_working_day
from bofast.domain.findings import Finding, Outcome, finding
from bofast.domain.rates import rate
from bofast.domain.sharing_facts import Organisation, OutreachIs


class Answer(StrEnum):
    """What the social services can answer: an active case; known, but none active; not known."""

    ACTIVE = "active"
    KNOWN = "known"
    UNKNOWN = "unknown"


class Holder(StrEnum):
    """Who holds a case."""

    SOCIAL_SERVICES = "social_services"
    OUTREACH = "outreach"
    JOINT = "joint"


class NotAnAnswer(ValueError):  # noqa: N818  (it reads as what it says)
    """A word that is none of the answers."""


_WORDS = {
    Answer.ACTIVE: "aktiv|aktivt|aktiv sak|aktiv kontakt|ja|j|active|active case|yes|y",
    Answer.KNOWN: (
        "kjent|kjent men ikke aktiv|ikke aktiv|kjend|kjent men ikkje aktiv|kjend men ikkje aktiv|ikkje aktiv"
        "|known|known but not active|not active"
    ),
    Answer.UNKNOWN: "ikke kjent|ukjent|nei|n|ikkje kjent|ikkje kjend|ukjend|not known|unknown|no",
    None: "vet ikke|veit ikkje|usikker|do not know|don't know|dont know|not sure|?",
}
_READ = {word: answer for answer, words in _WORDS.items() for word in words.split("|")}


def read_answer(text: str) -> Answer | None:
    """The answer in a cell or a form, in bokmål, nynorsk or English; None when they do not know or nothing is there.

    Asked "active contact?", *ja* is active. *Nei* is read as not known: it says that nothing is active and no more, and
    of the two answers without an active case that is the one which tells least. *Vet ikke* leaves the question open.
    Raises NotAnAnswer for anything else.
    """
    word = " ".join(text.casefold().replace(",", " ").replace("’", "'").split()).rstrip(".!")
    if not word:
        return None
    if word not in _READ:
        raise NotAnAnswer(text)
    return _READ[word]


def holder(answer: Answer | None, outreach_in_contact: bool, organisation: Organisation) -> Holder:
    """Who holds the case: the social services what is active, outreach the rest, jointly where both are in contact.

    A housing agency's outreach team is not to learn who is a client (sosialtjenesteloven 2009 § 44), so it never holds
    a case jointly: what it is in contact with it keeps, whatever the answer is.
    """
    if answer is not Answer.ACTIVE:
        return Holder.OUTREACH
    if not outreach_in_contact:
        return Holder.SOCIAL_SERVICES
    return Holder.OUTREACH if organisation.outreach is OutreachIs.HOUSING_AGENCY else Holder.JOINT


@dataclass(frozen=True, kw_only=True)
class Screening:
    """A household put to the social services on a day; `answered` once an answer stands, `chased_on` the last time."""

    asked_on: date
    answered: bool = False
    chased_on: date | None = None


def answer_due_on(asked_on: date) -> date:
    """The last day of the time to answer, moved to a working day."""
    return next_working_day(asked_on + _days(asked_on))


def chase_on(screening: Screening) -> date:
    """The next day an answer is asked for again: the working day after the time is out, then as many days apart."""
    if screening.chased_on:
        return next_working_day(screening.chased_on + _days(screening.asked_on))
    return next_working_day(answer_due_on(screening.asked_on) + timedelta(days=1))


def open_question(screening: Screening, on: date) -> Finding | None:
    """The question that stands on that day: to the social services to answer, or to outreach to chase."""
    if screening.answered or on < screening.asked_on:
        return None
    code = "chase_screening" if on >= chase_on(screening) else "question_screening"
    due_on = answer_due_on(screening.asked_on)
    return finding(code, outcome=Outcome.UNCLEAR, asked_on=screening.asked_on, due_on=due_on)


def _days(asked_on: date) -> timedelta:
    return timedelta(days=int(rate("screening_answer_days").on(asked_on).value))
