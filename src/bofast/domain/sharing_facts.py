"""What the question of sharing rests on: how the municipality is organised, one household's facts, and consents.

Days are dates, amounts whole øre, and nothing here names a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bofast.domain.facts import Agency
from bofast.domain.findings import Part


class OutreachIs(StrEnum):
    """Where the municipality has placed its outreach team."""

    SOCIAL_SERVICES = "social_services"
    HOUSING_AGENCY = "housing_agency"
    OWN_UNIT = "own_unit"


class LandlordIs(StrEnum):
    """Whether the landlord is the municipality itself or a company of its own."""

    MUNICIPAL = "municipal"
    COMPANY = "company"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """The municipality as it has described itself; None is what it has not said.

    `relies_on_social_housing_act`: it has decided to share on the housing-social act § 8, which is our proposal and not
    settled practice.
    """

    outreach: OutreachIs | None = None
    landlord: LandlordIs | None = None
    relies_on_social_housing_act: bool = False


class Side(StrEnum):
    """Which body an agency is part of once the organisation is known: borders run between sides.

    HOUSING is an outreach team of a housing agency that is not known to be one body with the landlord. COLLECTOR is the
    collector of a landlord that is not known to be the municipality itself.
    """

    LANDLORD = "landlord"
    COLLECTOR = "collector"
    HOUSING = "housing"
    OUTREACH = "outreach"
    SOCIAL = "social"
    BENEFIT = "benefit"
    DEBT_ADVICE = "debt_advice"
    STEERING = "steering"
    ENFORCEMENT = "enforcement"


_OF_AGENCY = {
    Agency.LANDLORD: Side.LANDLORD,
    Agency.COLLECTOR: Side.COLLECTOR,
    Agency.OUTREACH: Side.OUTREACH,
    Agency.SOCIAL_SERVICES: Side.SOCIAL,
    Agency.HOUSING_BENEFIT: Side.BENEFIT,
    Agency.DEBT_ADVICE: Side.DEBT_ADVICE,
    Agency.STEERING: Side.STEERING,
    Agency.ENFORCEMENT_OFFICER: Side.ENFORCEMENT,
}


def side(agency: Agency, organisation: Organisation) -> Side:
    """The side an agency is on in this municipality."""
    municipal = organisation.landlord is LandlordIs.MUNICIPAL
    if agency is Agency.COLLECTOR and municipal:
        return Side.LANDLORD
    if agency is Agency.OUTREACH and organisation.outreach is OutreachIs.SOCIAL_SERVICES:
        return Side.SOCIAL
    if agency is Agency.OUTREACH and organisation.outreach is OutreachIs.HOUSING_AGENCY:
        return Side.LANDLORD if municipal else Side.HOUSING
    return _OF_AGENCY[agency]


@dataclass(frozen=True, kw_only=True)
class Consent:
    """One agency may tell others these parts of the case, from a day until it is withdrawn.

    `weak`: the person depended on a receiver when it was given; see `is_weak`.
    """

    sender: Agency
    receivers: frozenset[Agency]
    parts: frozenset[Part]
    given_on: date
    withdrawn_on: date | None = None
    weak: bool = False

    def stands(self, on: date) -> bool:
        """Whether it is given and not withdrawn; on the day of withdrawal it stands no more."""
        return self.given_on <= on and (self.withdrawn_on is None or on < self.withdrawn_on)


def standing(
    consents: Iterable[Consent], sender: Agency, receiver: Agency, parts: frozenset[Part], on: date
) -> Consent | None:
    """The consent that alone lets all these parts go that day: a free one before a weak one, then the newest."""
    fitting = [
        consent
        for consent in consents
        if consent.sender is sender and receiver in consent.receivers and parts <= consent.parts and consent.stands(on)
    ]
    return max(fitting, key=lambda consent: (not consent.weak, consent.given_on), default=None)


def is_weak(receiver: Agency, applied_at: frozenset[Agency]) -> bool:
    """Consent is weak where the person depends on the receiver: `applied_at` are the agencies asked for help."""
    return receiver in applied_at


@dataclass(frozen=True, kw_only=True)
class RowFacts:
    """What the rule needs to know of one household. None is what is not known or has not happened.

    `oldest_due_on` is the due day of the oldest unpaid claim, shifted as husleieloven § 3-2 does. `demanded_on` and
    `notice_on` are the payment demand and the notice of tvangsfullbyrdelsesloven § 4-18: reason to petition.
    `told_on` is the day the tenant was informed or sent the copy. `opted_out_on` is a reservation in writing.
    """

    outstanding: int
    oldest_due_on: date | None = None
    clause: bool | None = None
    demanded_on: date | None = None
    notice_on: date | None = None
    petitioned_on: date | None = None
    opted_out_on: date | None = None
    told_on: date | None = None
    consents: tuple[Consent, ...] = ()
