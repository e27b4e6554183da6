"""What is known of one household on one day: the whole input of every rule.

Amounts are whole øre, days are dates. Nothing here names a person: a rule that needs a name is the wrong rule.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Agency(StrEnum):
    """Those who take part in a case; what each may see is the table in `access`."""

    LANDLORD = "landlord"
    COLLECTOR = "collector"
    OUTREACH = "outreach"
    SOCIAL_SERVICES = "social_services"
    HOUSING_BENEFIT = "housing_benefit"
    DEBT_ADVICE = "debt_advice"
    ENFORCEMENT_OFFICER = "enforcement_officer"
    STEERING = "steering"


class Stage(StrEnum):
    """How far the eviction procedure has come; the exits are the last five."""

    DUE = "due"
    REMINDED = "reminded"
    DEMANDED = "demanded"
    PETITIONED = "petitioned"
    SCHEDULED = "scheduled"
    EVICTED = "evicted"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    REINSTATED = "reinstated"
    MOVED = "moved"
    CLOSED = "closed"


class DeedCode(StrEnum):
    """What somebody did, on a day. Only some deeds move the stage; the notice of § 4-18 does not."""

    REMINDER = "reminder"
    DEMAND = "demand"
    NOTICE = "notice"
    SOCIAL_NOTICE = "social_notice"
    PETITION = "petition"
    DATE_SET = "date_set"
    EVICTION = "eviction"
    WITHDRAWAL = "withdrawal"
    REINSTATEMENT = "reinstatement"
    SETTLEMENT = "settlement"
    MOVE = "move"
    CLOSURE = "closure"
    OPT_OUT = "opt_out"
    OPT_OUT_ENDED = "opt_out_ended"
    DEPOSIT = "deposit"
    CONTACT_TRIED = "contact_tried"
    CONTACT = "contact"


class Channel(StrEnum):
    """How a written notice was sent."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


class Ground(StrEnum):
    """Special grounds for eviction, tvangsfullbyrdelsesloven § 13-2 third paragraph."""

    UNPAID_RENT = "a"
    LEASE_EXPIRED = "b"
    TERMINATED = "c"
    RESCINDED = "d"
    OTHER = "e"


class NoticeContent(StrEnum):
    """What a written notice is recorded to say (tvangsfullbyrdelsesloven §§ 4-18, 13-2)."""

    WILL_PETITION = "will_petition"
    AVOIDED_BY_PAYMENT = "avoided_by_payment"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One unpaid claim as the newest list states it.

    `outstanding` is principal in øre, above 0; `fees` and `interest` are what the sender states beside it.
    """

    due_on: date
    outstanding: int
    amount: int | None = None
    fees: int = 0
    interest: int = 0


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed on a day. The fields after `code` and `on` are used by the deeds that need them.

    `content`: what a notice or a demand says. `ground`: what a petition (and its notice) rests on.
    `scheduled_on`: the day of eviction a DATE_SET names. `amount`: øre deposited because rent is disputed.
    `from_list`: learned from a sender's list, not recorded here.
    """

    code: DeedCode
    on: date
    channel: Channel = Channel.PAPER
    content: frozenset[NoticeContent] = frozenset()
    ground: Ground = Ground.UNPAID_RENT
    scheduled_on: date | None = None
    amount: int = 0
    from_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything the rules may look at for one household (one contract) in one arrears episode.

    `claims` is empty when the household is not on the newest list. `previous_outstanding` is the sum on the list
    before, None when it was not there. `listed_on` is the day of the newest list that has the household,
    `first_listed_on` the day its episode began, `cleared_on` the day of the first list without it.
    `relapse_of` is the day its former episode was cleared, when that is within 12 months before this one began.
    `children`, `clause`, `monthly_rent` are None when unknown, `lease_to` also when the lease has no end.
    `review_on` is a day a person has set for looking again, `closed_on` the day a person closed the case with an
    outcome. `asked_for_help_on` is the day the oldest request for help came that is neither decided nor withdrawn.
    """

    claims: tuple[Claim, ...] = ()
    deeds: tuple[Deed, ...] = field(default=())
    monthly_rent: int | None = None
    first_listed_on: date
    listed_on: date
    cleared_on: date | None = None
    previous_outstanding: int | None = None
    relapse_of: date | None = None
    children: int | None = None
    lease_from: date | None = None
    lease_to: date | None = None
    clause: bool | None = None
    registered: bool = True
    review_on: date | None = None
    closed_on: date | None = None
    asked_for_help_on: date | None = None

    @cached_property
    def opted_out_on(self) -> date | None:
        """Day of the tenant's reservation against notice to the social services; None without one, or taken back."""
        said = [deed for deed in self.deeds if deed.code in (DeedCode.OPT_OUT, DeedCode.OPT_OUT_ENDED)]
        last = sorted(said, key=lambda deed: deed.on)[-1:]
        return next((deed.on for deed in last if deed.code is DeedCode.OPT_OUT), None)

    @cached_property
    def outstanding(self) -> int:
        """Unpaid principal in øre, fees and interest not included."""
        return sum(claim.outstanding for claim in self.claims)

    @cached_property
    def oldest_due_on(self) -> date | None:
        """Due day of the oldest unpaid claim, as printed on it (not shifted)."""
        return min((claim.due_on for claim in self.claims), default=None)
