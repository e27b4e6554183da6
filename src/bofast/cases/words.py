"""What codes are called on a screen: deeds, events, agencies, payers and the facts a reason rests on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bofast.access.models import AGENCY_CHOICES, Team
from bofast.access.words import PARTS as PARTS
from bofast.access.words import language as language
from bofast.access.words import parts as parts
from bofast.cases.models import Consent, Decision, Event, Task
from bofast.cases.queries.worklist import NEUTRAL_OWNER
from bofast.domain.casework import ContactBy, MovedTo
from bofast.domain.consents import consent_texts
from bofast.domain.costs import Party
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.findings import Finding, Part, written
from bofast.domain.screening import Answer

DEEDS: Mapping[str, Promise] = {
    DeedCode.REMINDER: _("Reminder sent"),
    DeedCode.DEMAND: _("Payment demand sent"),
    DeedCode.NOTICE: _("Notice of eviction sent"),
    DeedCode.SOCIAL_NOTICE: _("Notice to the social services sent"),
    DeedCode.PETITION: _("Petition for eviction filed"),
    DeedCode.DATE_SET: _("Day set for the eviction"),
    DeedCode.EVICTION: _("Eviction carried out"),
    DeedCode.WITHDRAWAL: _("Petition withdrawn"),
    DeedCode.REINSTATEMENT: _("Household let in again"),
    DeedCode.SETTLEMENT: _("Debt settled"),
    DeedCode.MOVE: _("Household moved out"),
    DeedCode.CLOSURE: _("Case closed"),
    DeedCode.OPT_OUT: _("Tenant opted out of notice to the social services"),
    DeedCode.OPT_OUT_ENDED: _("Tenant took back the opt-out"),
    DeedCode.DEPOSIT: _("Disputed rent deposited"),
    DeedCode.CONTACT_TRIED: _("Contact tried"),
    DeedCode.CONTACT: _("Talk with the household"),
}
"""A deed as something done."""

RECORDING: Mapping[str, Promise] = {
    DeedCode.CONTACT: _("Record a talk with the household"),
    DeedCode.WITHDRAWAL: _("Record that the petition is withdrawn"),
    DeedCode.EVICTION: _("Record that the eviction is carried out"),
}
"""The deeds a next step usually ends in, as something to do."""

DEED_GROUPS: Sequence[tuple[Promise, tuple[DeedCode, ...]]] = (
    (_("Contact"), (DeedCode.CONTACT, DeedCode.CONTACT_TRIED)),
    (_("Letters and notices"), (DeedCode.REMINDER, DeedCode.DEMAND, DeedCode.NOTICE, DeedCode.SOCIAL_NOTICE)),
    (
        _("Petition and eviction"),
        (DeedCode.PETITION, DeedCode.DATE_SET, DeedCode.EVICTION, DeedCode.WITHDRAWAL, DeedCode.REINSTATEMENT),
    ),
    (_("The end"), (DeedCode.SETTLEMENT, DeedCode.MOVE, DeedCode.CLOSURE)),
    (_("Opt-out and deposit"), (DeedCode.OPT_OUT, DeedCode.OPT_OUT_ENDED, DeedCode.DEPOSIT)),
)
"""Deeds as one chooses among them."""

EVENTS: Mapping[str, Promise] = {
    **DEEDS,
    Event.Code.OPENED: _("The household came on the arrears list"),
    Event.Code.CLEARED: _("The household was no longer on the arrears list"),
    Event.Code.NOTE: _("Note"),
    Event.Code.HOLDER: _("Case handed over"),
    Event.Code.TASK_ADDED: _("Task added"),
    Event.Code.TASK_DONE: _("Task done"),
    Event.Code.CLAUSE: _("The landlord has answered whether the lease has the eviction clause"),
    Event.Code.REVIEW_SET: _("Review day set"),
    Event.Code.SCREENED: _("The social services have answered whether they know the household"),
    Event.Code.SHARED: _("Shared with another agency"),
    Event.Code.SHARING_ENDED: _("No longer shared with another agency"),
    Event.Code.CONSENT: _("Consent given"),
    Event.Code.CONSENT_WITHDRAWN: _("Consent withdrawn"),
    Event.Code.REPRESENTATIVE: _("Somebody acts for the household"),
    Event.Code.REQUESTED: _("Help asked for"),
    Event.Code.DECIDED: _("Decision on help"),
    Event.Code.COMPLAINED: _("Complaint on a decision"),
    Event.Code.SHIELDED: _("Shielding changed"),
    Event.Code.CORRECTED: _("Information about the household corrected"),
}

SHARING: Mapping[str, Promise] = {
    Event.Code.SHARED: _("Shared with %(agency)s"),
    Event.Code.SHARING_ENDED: _("No longer shared with %(agency)s"),
}
"""What an event of sharing is called where it says with whom."""

EVENT_PARTS: Mapping[str, Part] = {
    DeedCode.CONTACT: Part.HELP,
    DeedCode.CONTACT_TRIED: Part.HELP,
    Event.Code.OPENED: Part.MONEY,
    Event.Code.CLEARED: Part.MONEY,
    Event.Code.NOTE: Part.HELP,
    Event.Code.HOLDER: Part.HELP,
    Event.Code.TASK_ADDED: Part.HELP,
    Event.Code.TASK_DONE: Part.HELP,
    Event.Code.CLAUSE: Part.PROCEDURE,
    Event.Code.REVIEW_SET: Part.HELP,
    Event.Code.SCREENED: Part.AID,
    Event.Code.SHARED: Part.HELP,
    Event.Code.SHARING_ENDED: Part.HELP,
    Event.Code.CONSENT: Part.HELP,
    Event.Code.CONSENT_WITHDRAWN: Part.HELP,
    Event.Code.REPRESENTATIVE: Part.HELP,
    Event.Code.REQUESTED: Part.HELP,
    Event.Code.DECIDED: Part.AID,
    Event.Code.COMPLAINED: Part.AID,
    Event.Code.SHIELDED: Part.HELP,
    Event.Code.CORRECTED: Part.IDENTITY,
}
"""Which part of a case an event speaks of; every other deed is part of the procedure. See `event_part`."""

AGENCIES: Mapping[str, Promise] = {
    **dict(AGENCY_CHOICES),
    Agency.ENFORCEMENT_OFFICER: _("Enforcement officer"),
    NEUTRAL_OWNER: _("The municipality"),
}

VERBS: Mapping[str, Promise] = {
    "write_note": _("Write a note"),
    "add_task": _("Add a task"),
    "set_review": _("Set a review day"),
    "hand_over": _("Hand over the case"),
    "close": _("Close the case"),
    "give_consent": _("Record a consent"),
    "withdraw_consent": _("Withdraw the consent"),
    "share": _("Share the case"),
    "add_representative": _("Record a power of attorney or a guardian"),
    "end_representative": _("End the power"),
    "request_help": _("New request for help"),
    "withdraw_request": _("The request is withdrawn"),
    "decide": _("Record the decision"),
    "decide_aid": _("Record a decision on social assistance"),
    "complain": _("Record a complaint"),
    "answer_complaint": _("Record what came of the complaint"),
}
"""What a person does to a case beside its deeds."""

ENDED: Mapping[str, Promise] = {
    "consent": _("The consent was withdrawn."),
    "closed": _("The case was closed."),
    "opted_out": _("The tenant opted out."),
}
"""Why a sharing ended, where nobody ended it by hand."""

CONTACT_BY: Mapping[str, Promise] = {
    ContactBy.PHONE: _("By telephone"),
    ContactBy.TEXT_MESSAGE: _("By text message"),
    ContactBy.LETTER: _("By letter or brochure"),
    ContactBy.HOME_VISIT: _("On a home visit"),
    ContactBy.INTERCOM: _("By the door intercom"),
    ContactBy.MEETING: _("In a meeting, or they dropped in"),
    ContactBy.REPRESENTATIVE: _("Through somebody who acts for the household"),
}
"""How a household was sought or talked with."""

MOVED_TO: Mapping[str, Promise] = {
    MovedTo.MUNICIPAL: _("Another municipal dwelling"),
    MovedTo.PRIVATE_RENTAL: _("A dwelling rented privately"),
    MovedTo.OWN_HOME: _("A dwelling of their own"),
    MovedTo.FAMILY: _("With family or friends"),
    MovedTo.INSTITUTION: _("An institution"),
    MovedTo.TEMPORARY: _("Temporary housing"),
    MovedTo.NO_HOME: _("Without a home"),
}
"""Where a household went that moved."""

WEAK = Finding(code="consent_weak")

ANSWERS: Mapping[str, Promise] = {
    Answer.ACTIVE: _("Active contact"),
    Answer.KNOWN: _("Known, but not active"),
    Answer.UNKNOWN: _("Not known"),
}
"""What the social services can answer about a household."""

PARTIES: Mapping[Party, Promise] = {
    Party.TENANT: _("Tenant"),
    Party.LANDLORD: _("Landlord"),
    Party.COLLECTOR: _("Collector"),
    Party.STATE: _("The state"),
    Party.LOCKSMITH: _("Locksmith"),
}

FACTS: Mapping[str, Promise] = {
    "asked_on": _("Asked"),
    "case": _("Case"),
    "children": _("Children"),
    "claims": _("Claims"),
    "cleared_on": _("Gone from the list"),
    "closed_on": _("Closed"),
    "complain_by_on": _("Last day for a complaint"),
    "contact_on": _("Last talk"),
    "deadline_on": _("Deadline"),
    "demanded_on": _("Demand sent"),
    "deposited_ore": _("Deposited"),
    "due_on": _("Due day"),
    "earliest_on": _("Possible from"),
    "ended_on": _("Ended"),
    "figure": _("Figure"),
    "first_listed_on": _("First on the list"),
    "former_cleared_on": _("Former arrears gone"),
    "given_on": _("Given"),
    "lease_to_on": _("Lease runs to"),
    "listed_on": _("On the list"),
    "monthly_rent_ore": _("Monthly rent"),
    "months": _("Months"),
    "oldest_due_on": _("Oldest unpaid rent due"),
    "on": _("Day"),
    "open_ended_on": _("Becomes open-ended"),
    "opted_out_on": _("Opted out"),
    "ours_ore": _("Our sum"),
    "outstanding_ore": _("Unpaid"),
    "petitioned_on": _("Petition filed"),
    "previous_ore": _("On the list before"),
    "received_on": _("Received"),
    "scheduled_on": _("Day of eviction"),
    "sent_on": _("Sent"),
    "since_on": _("Since"),
    "stated_ore": _("Sum stated"),
    "step_on": _("Day of the step"),
    "tried_on": _("Last attempt"),
    "until_on": _("Until"),
    "valid_from_on": _("Valid from"),
    "void_on": _("Lasts until"),
}
"""What each fact of a finding is called."""


def facts(finding: Finding) -> list[tuple[str, str]]:
    """What a finding rests on: each fact's name and value in words."""
    return [(str(FACTS.get(name, name)), value) for name, value in written(finding.facts, language()).items()]


def deed(code: str) -> str:
    """What a deed is called."""
    return str(DEEDS[code])


def owner(name: str) -> str:
    """Whose a step is: a person or team by name, an agency in words."""
    return str(AGENCIES.get(name, name))


def task(asked: Task, questions: Mapping[str, Finding]) -> str:
    """What a task asks: a person's own words, or the question behind its code (`questions`: with its facts)."""
    return asked.text or questions.get(asked.code, Finding(code=asked.code)).text(language())


def event_part(event: Event) -> Part:
    """Which part of the case this event speaks of; a decision says itself what it is about."""
    if about := event.facts.get("regarding"):
        return Part(about)
    return EVENT_PARTS.get(event.code, Part.PROCEDURE)


def event(told: Event) -> str:
    """What an event is called."""
    if told.code in SHARING and "receiver" in told.facts:
        agency = owner(told.facts["receiver"])
        return str(SHARING[told.code]) % {"agency": agency[:1].lower() + agency[1:]}
    return str(EVENTS[told.code])


def receiver(agency: str, team: Team | None) -> str:
    """With whom a case is shared: the agency and its office, once where the office is named after the agency."""
    name = owner(agency)
    if team is None:
        return name
    return str(team) if name.lower() in str(team).lower() else f"{name}, {team}"


def consent_title(key: str) -> str:
    """What a consent is for; the key itself where the text is gone from the file."""
    text = consent_texts().get(key)
    return text.title[language()] if text else key


def told(facts: Mapping[str, Any]) -> Iterator[str]:
    """What an event of sharing, consents, requests or decisions tells beside its name, without any name of a person."""
    if "text" in facts:
        yield consent_title(facts["text"])
    yield from _labels(facts)
    if facts.get("withdrawn"):
        yield str(_("Withdrawn"))
    if facts.get("because") in ENDED:
        yield str(ENDED[facts["because"]])
    if facts.get("contact_by") in CONTACT_BY:
        yield str(CONTACT_BY[facts["contact_by"]])
    if facts.get("moved_to") in MOVED_TO:
        yield str(MOVED_TO[facts["moved_to"]])
    if facts.get("given_by"):
        yield str(Consent.GivenBy(facts["given_by"]).label).capitalize()


def _labels(facts: Mapping[str, Any]) -> Iterator[str]:
    """What was answered, decided or complained of, in words."""
    if facts.get("answer") in ANSWERS:
        yield str(ANSWERS[facts["answer"]])
    if facts.get("jointly_with"):
        yield str(_("Held jointly with %(team)s") % {"team": facts["jointly_with"]})
    if "verdict" in facts:
        yield str(Decision.Outcome(facts["verdict"]).label).capitalize()
    if "complaint" in facts:
        yield str(Decision.Complaint(facts["complaint"]).label).capitalize()
