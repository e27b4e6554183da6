"""May this go over this border, on this day, on what ground: one table of borders, and the ruling by it.

Consent that covers all that is shared is a ground at every border but two: the steering group sees counts only, and
nothing goes to the enforcement officer on this road. Without consent the table decides, by the law of the day. What
the law, as we have read it, does not settle is unclear, and goes to a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bofast.domain import sharing_needs as needs
from bofast.domain.conditions import SOCIAL_NOTICE_FROM
from bofast.domain.facts import Agency
from bofast.domain.findings import Finding, Outcome, Part, finding
from bofast.domain.sharing_facts import (
    Consent,
    LandlordIs,
    Organisation,
    OutreachIs,
    RowFacts,
    Side,
    is_weak,
    side,
    standing,
)
from bofast.domain.sharing_needs import Crossing, Need

__all__ = [
    "BORDERS", "Basis", "Border", "Consent", "LandlordIs", "Organisation", "OutreachIs", "RowFacts", "Ruling", "Side",
    "border_between", "is_weak", "ruling", "side", "standing",
]  # fmt: skip


class Basis(StrEnum):
    """What a sharing rests on."""

    SAME_BODY = "same_body"
    PROVISION = "provision"
    CONSENT = "consent"
    ANONYMOUS = "anonymous"


FIRST_DAY = date.min
SOCIAL_SERVICES_ACT_FROM = date(2010, 1, 1)
BENEFIT_ACT_FROM = date(2013, 1, 1)
DATA_PROTECTION_FROM = date(2018, 7, 20)
SOCIAL_HOUSING_ACT_FROM = date(2023, 7, 1)

BREACH = frozenset({Part.IDENTITY, Part.MONEY, Part.PROCEDURE})
"""What a notice of breach holds: who and where, what is owed, how far it has come (§ 9-11, and no more than needed)."""

HOUSING_WORK = BREACH | {Part.HOUSEHOLD, Part.HELP}
KNOWN_TO_SOCIAL = frozenset(Part) - {Part.HEALTH}
KNOWN_TO_LANDLORD = KNOWN_TO_SOCIAL - {Part.AID}

OWED = frozenset({Side.LANDLORD, Side.COLLECTOR})
LANDLORDS = OWED | {Side.HOUSING}
APART = frozenset({Side.OUTREACH, Side.HOUSING})
SOCIAL = frozenset({Side.SOCIAL})
REFERRED_TO = frozenset({Side.BENEFIT, Side.DEBT_ADVICE})
OUTSIDE = frozenset({Side.STEERING, Side.ENFORCEMENT})
EVERYBODY = frozenset(Side)
CASE_SIDES = EVERYBODY - OUTSIDE


@dataclass(frozen=True, kw_only=True)
class Border:
    """One line: from any of `senders` to any of `receivers`, from a day until a later line of the same border.

    `ground` is the finding that says why it may go when nothing in `needs` stands in the way; `parts` is the most the
    ground covers. `inside`: True for what stays on one side, False for what changes sides, None for both.
    """

    senders: frozenset[Side]
    receivers: frozenset[Side]
    starts_on: date = FIRST_DAY
    basis: Basis = Basis.PROVISION
    ground: str = ""
    parts: frozenset[Part] = KNOWN_TO_SOCIAL
    needs: tuple[Need, ...] = ()
    inside: bool | None = False
    consent_opens: bool = True

    def lies_between(self, sender: Side, receiver: Side) -> bool:
        """Whether this is a line of that border."""
        fits = self.inside is None or self.inside is (sender is receiver)
        return fits and sender in self.senders and receiver in self.receivers


BORDERS = (
    # Inside one body nothing is shared with anybody: who is on which side is for the municipality to say.
    Border(
        senders=LANDLORDS, receivers=LANDLORDS, inside=True,
        basis=Basis.SAME_BODY, ground="share_same_body", parts=KNOWN_TO_LANDLORD,
    ),
    Border(
        senders=CASE_SIDES - LANDLORDS - SOCIAL, receivers=CASE_SIDES - LANDLORDS - SOCIAL, inside=True,
        basis=Basis.SAME_BODY, ground="share_same_body",
    ),
    Border(
        senders=SOCIAL, receivers=SOCIAL, inside=True,
        basis=Basis.SAME_BODY, ground="share_same_body", needs=(needs.no_opt_out_on_the_way,),
    ),
    # Landlord and collector: one claim.
    Border(
        senders=OWED, receivers=OWED,
        ground="share_collects_for_landlord_2000", parts=BREACH,
    ),
    Border(
        senders=OWED, receivers=OWED, starts_on=DATA_PROTECTION_FROM,
        ground="share_collects_for_landlord", parts=BREACH,
    ),
    # The landlord's side tells the social services: information and no objection, then § 9-11.
    Border(
        senders=LANDLORDS | APART, receivers=SOCIAL,
        ground="share_informed_2000", parts=BREACH, needs=needs.AS_UNDER_THE_ACT_OF_2000,
    ),
    Border(
        senders=LANDLORDS, receivers=SOCIAL, starts_on=SOCIAL_NOTICE_FROM,
        ground="share_notice_of_breach", parts=BREACH, needs=needs.AS_SECTION_9_11,
    ),
    # An outreach team of its own tells the social services: as one authorised to send the notice, then by the act.
    Border(
        senders=frozenset({Side.OUTREACH}), receivers=SOCIAL, starts_on=SOCIAL_NOTICE_FROM,
        ground="share_notice_of_breach", parts=BREACH,
        needs=(*needs.AS_SECTION_9_11, needs.sender_authorised),
    ),
    Border(
        senders=frozenset({Side.OUTREACH}), receivers=SOCIAL, starts_on=SOCIAL_HOUSING_ACT_FROM,
        ground="share_social_housing_act", parts=HOUSING_WORK,
        needs=(needs.act_relied_on, needs.tenant_knows, needs.no_opt_out),
    ),
    # Landlord and collector tell an outreach team that is not one body with the landlord.
    Border(
        senders=OWED, receivers=APART,
        ground="share_informed_2000", parts=BREACH, needs=needs.AS_UNDER_THE_ACT_OF_2000,
    ),
    Border(
        senders=OWED, receivers=APART, starts_on=SOCIAL_NOTICE_FROM,
        parts=BREACH, needs=(needs.provision_named, needs.no_wider_opt_out),
    ),
    Border(
        senders=OWED, receivers=APART, starts_on=SOCIAL_HOUSING_ACT_FROM,
        ground="share_social_housing_act", parts=BREACH | {Part.HOUSEHOLD},
        needs=(needs.breach, needs.act_relied_on, needs.tenant_knows, needs.no_wider_opt_out),
    ),
    # An outreach team that is not one body with the landlord tells landlord and collector.
    Border(senders=APART, receivers=OWED, parts=BREACH, needs=(needs.task_of_sender,)),
    # The social services tell the landlord's side: by consent, always.
    Border(senders=SOCIAL, receivers=LANDLORDS, needs=(needs.consent_before_2010,)),
    Border(
        senders=SOCIAL, receivers=LANDLORDS, starts_on=SOCIAL_SERVICES_ACT_FROM, needs=(needs.consent_since_2010,),
    ),
    # The social services tell other helpers: as their own tasks need it, which a person says.
    Border(
        senders=SOCIAL, receivers=REFERRED_TO | {Side.OUTREACH},
        needs=(needs.own_task_before_2010, needs.outreach_placed),
    ),
    Border(
        senders=SOCIAL, receivers=REFERRED_TO | {Side.OUTREACH}, starts_on=SOCIAL_SERVICES_ACT_FROM,
        needs=(needs.own_task_since_2010, needs.outreach_placed),
    ),
    # To and from housing benefit and debt advice.
    Border(senders=LANDLORDS | APART, receivers=REFERRED_TO, parts=HOUSING_WORK, needs=(needs.task_of_sender,)),
    Border(
        senders=REFERRED_TO, receivers=CASE_SIDES, parts=HOUSING_WORK,
        needs=(needs.provision_named, needs.no_wider_opt_out),
    ),
    Border(
        senders=frozenset({Side.BENEFIT}), receivers=CASE_SIDES, starts_on=BENEFIT_ACT_FROM, parts=HOUSING_WORK,
        needs=(needs.needed_by_receiver, needs.no_wider_opt_out),
    ),
    # Those outside the cases.
    Border(
        senders=EVERYBODY, receivers=frozenset({Side.STEERING}), inside=None, consent_opens=False,
        basis=Basis.ANONYMOUS, ground="share_anonymous", parts=frozenset(), needs=(needs.nothing_of_persons,),
    ),
    Border(
        senders=EVERYBODY, receivers=frozenset({Side.ENFORCEMENT}), inside=None, consent_opens=False,
        needs=(needs.another_road,),
    ),
    Border(senders=OUTSIDE, receivers=CASE_SIDES, consent_opens=False, needs=(needs.another_road,)),
)  # fmt: skip
"""Every border there is. The newest line that has begun decides."""


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """Whether it may go. `findings` say the ground when it may, and every reason when it may not.

    `basis` is what it goes by, or would go by if a person released what is unclear; None when it may not go. Whoever
    releases it on a provision that no finding names must name it.
    """

    outcome: Outcome
    basis: Basis | None
    findings: tuple[Finding, ...]

    @property
    def releasable(self) -> bool:
        """Whether a person may let it go, with a reason."""
        return self.outcome is Outcome.UNCLEAR


def border_between(sender: Side, receiver: Side, on: date) -> Border:
    """The line of the table that decides that day."""
    lines = [line for line in BORDERS if line.lies_between(sender, receiver) and line.starts_on <= on]
    return max(lines, key=lambda line: line.starts_on)


def ruling(
    *,
    sender: Agency,
    receiver: Agency,
    parts: frozenset[Part],
    ceiling: frozenset[Part],
    facts: RowFacts,
    organisation: Organisation,
    on: date,
) -> Ruling:
    """May these parts of one household's case go from sender to receiver on that day.

    `ceiling` is the most the receiver may ever be shown (`access.need_to_know.CEILING`); nothing lifts it.
    """
    crossing = Crossing(sender=sender, receiver=receiver, parts=parts, facts=facts, organisation=organisation, on=on)
    border = border_between(crossing.of, crossing.to, on)
    consent = crossing.consent if border.consent_opens else None
    obstacles = (*_over_ceiling(parts, ceiling), *(() if consent else _without_consent(border, crossing)))
    if obstacles:
        return _held_back(border, obstacles)
    if consent:
        return Ruling(outcome=Outcome.YES, basis=Basis.CONSENT, findings=tuple(_by_consent(consent)))
    return Ruling(outcome=Outcome.YES, basis=border.basis, findings=(finding(border.ground),))


def _held_back(border: Border, obstacles: tuple[Finding, ...]) -> Ruling:
    if any(obstacle.hard for obstacle in obstacles):
        return Ruling(outcome=Outcome.NO, basis=None, findings=obstacles)
    return Ruling(outcome=Outcome.UNCLEAR, basis=border.basis, findings=obstacles)


def _over_ceiling(parts: frozenset[Part], ceiling: frozenset[Part]) -> Iterator[Finding]:
    if not parts <= ceiling:
        yield finding("share_beyond_need_to_know", outcome=Outcome.NO, hard=True)


def _without_consent(border: Border, crossing: Crossing) -> Iterator[Finding]:
    """What the law asks for where no consent is the ground; health never goes by the law alone."""
    if Part.HEALTH in crossing.parts:
        yield finding("share_health_by_consent", outcome=Outcome.NO, hard=True)
    if crossing.parts - border.parts - {Part.HEALTH} and border.basis is not Basis.ANONYMOUS:
        yield finding("share_beyond_provision", outcome=Outcome.NO, hard=True)
    for need in border.needs:
        yield from need(crossing)


def _by_consent(consent: Consent) -> Iterator[Finding]:
    yield finding("share_by_consent", given_on=consent.given_on)
    if consent.weak:
        yield finding("consent_weak", given_on=consent.given_on)
