"""What a border needs before anything may cross it: one function a need, yielding what stands in the way.

A hard finding cannot be passed; a soft one is for a person, who may release it with a reason. Judged by the law of the
day, and only by what our reading of the law bears.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bofast.domain.facts import Agency
from bofast.domain.findings import Finding, Outcome, Part, finding
from bofast.domain.sharing_facts import Consent, Organisation, RowFacts, Side, side, standing

OPT_OUT_CONCERNS = frozenset({Side.SOCIAL, Side.OUTREACH, Side.HOUSING})
"""The receivers a tenant's reservation speaks of, or may be meant to."""


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Parts of one household's case on their way from one agency to another on a day."""

    sender: Agency
    receiver: Agency
    parts: frozenset[Part]
    facts: RowFacts
    organisation: Organisation
    on: date

    @property
    def of(self) -> Side:
        """The side it leaves."""
        return side(self.sender, self.organisation)

    @property
    def to(self) -> Side:
        """The side it comes to."""
        return side(self.receiver, self.organisation)

    @property
    def opted_out(self) -> bool:
        """The tenant has reserved in writing, no later than this day."""
        return _happened(self.facts.opted_out_on, self.on)

    @property
    def consent(self) -> Consent | None:
        """The consent it may go by. A reservation of the same day or later is the newer word, and stands."""
        after = self.facts.opted_out_on if self.opted_out and self._reservation_concerns else None
        valid = (consent for consent in self.facts.consents if after is None or consent.given_on > after)
        return standing(valid, self.sender, self.receiver, self.parts, self.on)

    @property
    def _reservation_concerns(self) -> bool:
        return self.of is not Side.SOCIAL and self.to in OPT_OUT_CONCERNS


Need = Callable[[Crossing], Iterator[Finding]]


def _happened(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _no(code: str, **facts: date | None) -> Finding:
    return finding(code, outcome=Outcome.NO, hard=True, **facts)


def _unclear(code: str, **facts: date | None) -> Finding:
    return finding(code, outcome=Outcome.UNCLEAR, hard=False, **facts)


def breach(crossing: Crossing) -> Iterator[Finding]:
    """Something is owed, and its shifted due day is over (husleieloven §§ 3-2, 9-11)."""
    due_on = crossing.facts.oldest_due_on
    if not crossing.facts.outstanding:
        yield _no("claim_paid")
    elif due_on is None:
        yield _unclear("share_due_day_unknown")
    elif crossing.on <= due_on:
        yield _no("share_no_breach_yet", due_on=due_on)


def ground_to_petition(crossing: Crossing) -> Iterator[Finding]:
    """Ground a needs the clause (tvangsfullbyrdelsesloven § 13-2 a). Without it there may be another: for a person."""
    if crossing.facts.clause is None:
        yield _unclear("clause_unknown")
    elif not crossing.facts.clause:
        yield _unclear("share_no_clause")


def reason_to_petition(crossing: Crossing) -> Iterator[Finding]:
    """A ground is not enough, there must be reason to (§ 9-11): a demand, a notice or a petition has gone out."""
    facts = crossing.facts
    if not any(_happened(day, crossing.on) for day in (facts.demanded_on, facts.notice_on, facts.petitioned_on)):
        yield _unclear("share_no_reason_yet")


def no_opt_out(crossing: Crossing) -> Iterator[Finding]:
    """The tenant has not reserved in writing (husleieloven § 9-11)."""
    if crossing.opted_out:
        yield _no("opted_out", opted_out_on=crossing.facts.opted_out_on)


def no_objection(crossing: Crossing) -> Iterator[Finding]:
    """The tenant could say no, and has not: the condition of the practice accepted under the act of 2000."""
    if crossing.opted_out:
        yield _no("share_objected", opted_out_on=crossing.facts.opted_out_on)


def no_wider_opt_out(crossing: Crossing) -> Iterator[Finding]:
    """A reservation against § 9-11 may be meant for others too; the law does not say, so a person does."""
    if crossing.opted_out:
        yield _unclear("share_opted_out_elsewhere", opted_out_on=crossing.facts.opted_out_on)


def no_opt_out_on_the_way(crossing: Crossing) -> Iterator[Finding]:
    """What an outreach team brings in to its own social services, when the tenant reserved against their being told."""
    if crossing.sender is Agency.OUTREACH:
        yield from no_wider_opt_out(crossing)


def tenant_told(crossing: Crossing) -> Iterator[Finding]:
    """The tenant has the copy, or knows its content, no later than the receiver (husleieloven § 9-11)."""
    if not _happened(crossing.facts.told_on, crossing.on):
        yield _no("share_copy_not_sent")


def tenant_informed(crossing: Crossing) -> Iterator[Finding]:
    """The tenant was informed, as the practice accepted under the act of 2000 demands."""
    if not _happened(crossing.facts.told_on, crossing.on):
        yield _no("share_not_informed")


def tenant_knows(crossing: Crossing) -> Iterator[Finding]:
    """Information is gathered with the person's knowledge (housing-social act § 9); how, a person judges."""
    if not _happened(crossing.facts.told_on, crossing.on):
        yield _unclear("share_tenant_does_not_know")


def act_relied_on(crossing: Crossing) -> Iterator[Finding]:
    """The housing-social act § 8 as a ground is our proposal; the municipality must have made it its own."""
    if not crossing.organisation.relies_on_social_housing_act:
        yield _unclear("share_act_not_relied_on")


def sender_authorised(_: Crossing) -> Iterator[Finding]:
    """Others than the landlord may send the notice when authorised (§ 9-11); whether they are is not known here."""
    yield _unclear("share_sender_not_authorised")


def consent_before_2010(_: Crossing) -> Iterator[Finding]:
    """What the social services know goes to the landlord's side by consent only (act of 1991 § 8-8)."""
    yield _no("share_secrecy_1991")


def consent_since_2010(_: Crossing) -> Iterator[Finding]:
    """What the social services know goes to the landlord's side by consent only (act of 2009 § 44)."""
    yield _no("share_secrecy_2009")


def own_task_before_2010(_: Crossing) -> Iterator[Finding]:
    """The text of § 8-8 of the act of 1991 was not seen, so a person judges."""
    yield _unclear("share_own_task_1991")


def own_task_since_2010(_: Crossing) -> Iterator[Finding]:
    """To other bodies only as the social services' own tasks need it (act of 2009 § 44): a person says whether."""
    yield _unclear("share_own_task_2009")


def outreach_placed(crossing: Crossing) -> Iterator[Finding]:
    """Where the outreach team belongs decides what it may be told."""
    if crossing.to is Side.OUTREACH and crossing.organisation.outreach is None:
        yield _unclear("share_outreach_not_placed")


def task_of_sender(_: Crossing) -> Iterator[Finding]:
    """To another public body as the sender's own tasks need it (forvaltningsloven § 13 b nr 5): a person says."""
    yield _unclear("share_task_of_sender")


def needed_by_receiver(_: Crossing) -> Iterator[Finding]:
    """Housing-benefit data may go to municipal units that need it (regulation of 2012 § 12): a person says whether."""
    yield _unclear("share_benefit_need")


def provision_named(_: Crossing) -> Iterator[Finding]:
    """No provision was found; consent, or a person who names one."""
    yield _unclear("share_no_provision")


def nothing_of_persons(crossing: Crossing) -> Iterator[Finding]:
    """Counts only: nothing that can be traced to a household (forvaltningsloven § 13 a nr 2)."""
    if crossing.parts:
        yield _no("share_counts_only")


def another_road(_: Crossing) -> Iterator[Finding]:
    """The enforcement officer gets a petition, not a list; nothing is shared on this road."""
    yield _no("share_not_by_this_road")


AS_UNDER_THE_ACT_OF_2000 = (breach, tenant_informed, no_objection)
"""What the older privacy act's § 8 f was taken to ask of a landlord until 2007-07-01."""

AS_SECTION_9_11 = (breach, ground_to_petition, reason_to_petition, no_opt_out, tenant_told)
"""What husleieloven § 9-11 asks."""
