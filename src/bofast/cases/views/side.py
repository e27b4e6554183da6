"""What stands beside a case: who gets to see what, consents, who acts for the household, requests and decisions."""

from datetime import date
from typing import Any

from bofast.access.models import User
from bofast.access.need_to_know import Viewer
from bofast.cases import rights, words
from bofast.cases.models import Case, Consent, Decision, Representative
from bofast.cases.queries import decisions, reach, sharing
from bofast.domain.decisions import Regarding
from bofast.domain.facts import Agency, DeedCode, Facts
from bofast.domain.findings import Part


def context(case: Case, viewer: Viewer, user: User, today: date, facts: Facts) -> dict[str, Any]:
    """The boxes of the page. The whole of them is for those who work on the case and know of help.

    An agency the case was shared with sees its own share; a decision on aid is there for whoever sees that part.
    `viewer` is the person as they stand before the case, `facts` what is known of the household today.
    """
    decided = [_decision(decision, viewer, user) for decision in decisions.decisions_of(case, viewer)]
    if not (viewer.sees(Part.HELP) and reach.works_on(case, user.viewer)):
        return {"shared_with_us": sharing.shared_with(case, viewer), "decisions": decided}
    return {
        "works": True,
        "seers": sharing.seers(case, viewer, today),
        "consents": [_consent(consent, viewer) for consent in sharing.consents_of(case)],
        "opted_out_on": facts.opted_out_on,
        "reserves": rights.may_record(user, DeedCode.OPT_OUT, case),
        "powers": [_power(power, today) for power in sharing.representatives(case)],
        "guardians": sharing.guardians(case),
        "requests": [(asked, decisions.days_left(asked, today)) for asked in decisions.open_requests(case)],
        "decisions": decided,
        "decides_aid": rights.may(user, "decide_aid", case),
    }


def _consent(consent: Consent, viewer: Viewer) -> dict[str, Any]:
    """A consent in words; that it is weak tells where the household has asked for help."""
    return {
        "row": consent,
        "title": words.consent_title(consent.text_version),
        "weak": consent.weak and viewer.sees(words.WEAK.part),
        "sender": words.owner(consent.sender),
        "receivers": ", ".join(map(words.owner, consent.receivers)),
    }


def _power(power: Representative, today: date) -> dict[str, Any]:
    return {"row": power, "over": power.until is not None and power.until < today, "ahead": power.since > today}


def _decision(decision: Decision, viewer: Viewer, user: User) -> dict[str, Any]:
    """A decision with its words, and whether a complaint on it is this person's to record."""
    aid = decisions.regarding(decision) is Regarding.AID
    own = not aid or viewer.agency is Agency.SOCIAL_SERVICES
    return {
        "row": decision,
        "words": getattr(decision, "words", None),
        "records": own and rights.may(user, "complain", decision.case),
    }
