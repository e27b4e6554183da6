"""What stands about sharing one case: consents, who gets to see what, who acts for the household, and the ruling."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from bofast.access.models import Assignment, Team
from bofast.access.need_to_know import (
    CEILING,
    HELPERS,
    NEED_TO_KNOW,
    ONLY_BY_CONSENT,
    OUTREACH_ORGANISED,
    Reach,
    Viewer,
)
from bofast.arrears.models import Answer, Resident
from bofast.cases import words
from bofast.cases.models import Case, Consent, Decision, Event, Representative, Sharing
from bofast.cases.queries.facts import facts_for
from bofast.cases.queries.reach import shares_with
from bofast.cases.queries.worklist import neutral_state
from bofast.domain import sharing as rules
from bofast.domain.calendar import shifted_due_day
from bofast.domain.facts import Agency, DeedCode, Facts
from bofast.domain.findings import Finding, Outcome, Part
from bofast.domain.screening import Answer as Screened
from bofast.domain.sharing_facts import Side, side
from bofast.domain.sharing_needs import Crossing

SHARED_WITH = (Agency.HOUSING_BENEFIT, Agency.DEBT_ADVICE, Agency.SOCIAL_SERVICES, Agency.OUTREACH)
"""The agencies one case may be shared with by hand; landlord and collector have their own work on it already."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants to share: these parts with that agency, its one team or all of it.

    `told_on` is the day the household learned, or learns, of it; None when it has not.
    """

    receiver: Agency
    team: Team | None
    parts: frozenset[Part]
    told_on: date | None = None


@dataclass(frozen=True)
class Ruled:
    """What the rules say of a wish, and the consent it would rest on."""

    ruling: rules.Ruling
    consent: Consent | None


def ruled(case: Case, wish: Wish, by: Viewer, on: date) -> Ruled:
    """May `by`'s agency share that on the day? Raises ValueError for somebody without an agency."""
    facts = facts_for([case], max(on, case.opened_on))[case.tenancy_id]
    return ruled_by(facts, consents_of(case), wish, by, on)


def ruled_by(facts: Facts, given: Iterable[Consent], wish: Wish, by: Viewer, on: date) -> Ruled:
    """The same of facts and consents already gathered. Asks the database nothing."""
    if by.agency is None:
        raise ValueError("Only an agency shares a case.")
    consents = [(row, _as_fact(row)) for row in given]
    known = row_facts(facts, wish.told_on, tuple(fact for _row, fact in consents))
    ruling = rules.ruling(
        sender=by.agency, receiver=wish.receiver, parts=wish.parts, ceiling=CEILING[wish.receiver], facts=known,
        organisation=by.organisation, on=on,
    )  # fmt: skip
    crossing = Crossing(
        sender=by.agency, receiver=wish.receiver, parts=wish.parts, facts=known, organisation=by.organisation, on=on
    )
    rests_on = crossing.consent if ruling.basis is rules.Basis.CONSENT else None
    return Ruled(ruling, next((row for row, fact in consents if fact is rests_on), None))


def crossing_to(to: Assignment, by: Viewer) -> Wish | None:
    """What crosses a border when `by` hands a case to that seat: all its team will see; None on one's own side.

    What the social services know of a client is theirs already, and does not cross to them.
    """
    receiver = Agency(to.agency)
    receives = side(receiver, by.organisation)
    if by.agency is not None and side(by.agency, by.organisation) is receives:
        return None
    known = {Part.AID} if receives is Side.SOCIAL else set()
    seen = OUTREACH_ORGANISED[by.organisation.outreach] if receiver is Agency.OUTREACH else NEED_TO_KNOW[receiver]
    return Wish(receiver=receiver, team=to.team, parts=seen.parts - ONLY_BY_CONSENT - known)


def row_facts(facts: Facts, told_on: date | None, consents: tuple[rules.Consent, ...]) -> rules.RowFacts:
    """The household as the rule of sharing needs to know it."""
    return rules.RowFacts(
        outstanding=facts.outstanding,
        oldest_due_on=min((shifted_due_day(claim.due_on) for claim in facts.claims), default=None),
        clause=facts.clause,
        demanded_on=_last(facts, DeedCode.DEMAND),
        notice_on=_last(facts, DeedCode.NOTICE),
        petitioned_on=_last(facts, DeedCode.PETITION),
        opted_out_on=facts.opted_out_on,
        told_on=told_on,
        consents=consents,
    )


def _last(facts: Facts, code: DeedCode) -> date | None:
    return max((deed.on for deed in facts.deeds if deed.code is code), default=None)


def _as_fact(row: Consent) -> rules.Consent:
    return rules.Consent(
        sender=Agency(row.sender),
        receivers=frozenset(map(Agency, row.receivers)),
        parts=frozenset(map(Part, row.parts)),
        given_on=row.given_on,
        withdrawn_on=row.withdrawn_on,
        weak=row.weak,
    )


def consents_of(case: Case) -> QuerySet[Consent]:
    """What the household has agreed to, newest first; also what it has withdrawn."""
    return Consent.objects.filter(tenancy=case.tenancy_id)


def opted_out_on(case: Case, on: date) -> date | None:
    """The day of the household's standing reservation."""
    return facts_for([case], max(on, case.opened_on))[case.tenancy_id].opted_out_on


def asked_for_help_at(case: Case) -> frozenset[Agency]:
    """The agencies the household is known to have asked for help: consent to them is weak."""
    return frozenset(_asked_at(case))


def _asked_at(case: Case) -> Iterator[Agency]:
    asked = Event.objects.filter(case__tenancy=case.tenancy_id, code=Event.Code.REQUESTED)
    for agency in asked.values_list("facts__agency", flat=True):
        yield Agency(agency)
    aided = Decision.objects.filter(case__tenancy=case.tenancy_id, request__isnull=True).exists()
    newest = Answer.objects.filter(row__tenancy=case.tenancy_id).order_by("pk").last()
    if aided or (newest and newest.answer == Screened.ACTIVE):
        yield Agency.SOCIAL_SERVICES


def standing(case: Case) -> QuerySet[Sharing]:
    """What is shared of the case now."""
    return case.sharings.filter(ended_on__isnull=True).select_related("team", "by")


def not_held(sharings: QuerySet[Sharing]) -> QuerySet[Sharing]:
    """Of these what still stands, save with a team that has the case."""
    held = Q(team__isnull=False) & (Q(team=F("case__team")) | Q(team=F("case__partner_team")))
    holding = sharings.filter(held).values("pk")
    return sharings.filter(ended_on__isnull=True).exclude(pk__in=holding)


def against_reservation(case: Case) -> QuerySet[Sharing]:
    """What others than the social services told those who help by a provision, of every case of the household."""
    told = Sharing.objects.filter(case__tenancy=case.tenancy_id, receiver__in=HELPERS, basis=rules.Basis.PROVISION)
    return not_held(told.exclude(sender=Agency.SOCIAL_SERVICES))


def handed_to_office(sharing: Sharing) -> QuerySet[Sharing]:
    """Every list that told the same office of the same case, and still stands."""
    return standing(sharing.case).filter(hand_out__isnull=False, receiver=sharing.receiver, team=sharing.team_id)


def resting_on(consent: Consent) -> QuerySet[Sharing]:
    """What is shared by that consent, of every case of the household."""
    return consent.sharings.filter(ended_on__isnull=True).order_by("case", "pk")


@dataclass(frozen=True, kw_only=True)
class Seer:
    """One line of who gets to see what: an agency or team by name, the parts in words, on what ground, since when.

    `neutral` is what is said in place of help to those who may not know of it. `sharing` can be ended by hand. `ask` is
    whoever shared it.
    """

    who: str
    parts: tuple[str, ...]
    since: date
    grounds: tuple[str, ...] = ()
    neutral: Finding | None = None
    sharing: int | None = None
    ask: str = ""


def seers(case: Case, viewer: Viewer, on: date) -> list[Seer]:
    """Everybody who gets to see the case: who has it, the ledger's side, and whom it is shared with."""
    shared = [_share_seer(sharing, viewer) for sharing in _told_once(case, viewer)]
    return [*_own_work(case, viewer, on), *shared]


def _teams(case: Case, viewer: Viewer) -> Sequence[Team]:
    """The teams that have the case, as far as the viewer may know: an office beside them tells of aid."""
    partner = case.partner_team if viewer.sees(Part.AID) else None
    return [team for team in (case.team, partner) if team]


def _told_once(case: Case, viewer: Viewer) -> Iterator[Sharing]:
    """Of the lists that named the household the newest to each office, and none to an office that has the case."""
    told = {team.pk for team in _teams(case, viewer)}
    for sharing in standing(case):
        if sharing.hand_out_id is None or sharing.team_id not in told:
            told |= {sharing.team_id} if sharing.hand_out_id and sharing.team_id else set()
            yield sharing


def _own_work(case: Case, viewer: Viewer, on: date) -> Iterator[Seer]:
    outreach = OUTREACH_ORGANISED[viewer.organisation.outreach]
    if Reach.ALL in outreach.reach:
        yield _seer(words.owner(Agency.OUTREACH), outreach.parts, case.opened_on)
    for team in _teams(case, viewer):
        if Reach.ALL not in outreach.reach or team.agency != Agency.OUTREACH:
            yield _seer(str(team), NEED_TO_KNOW[Agency(team.agency)].parts, case.opened_on)
    for agency in (Agency.LANDLORD, Agency.COLLECTOR):
        parts = NEED_TO_KNOW[agency].parts
        yield _seer(words.owner(agency), parts, case.opened_on, neutral=neutral_state(case, on))


def _seer(who: str, parts: frozenset[Part], since: date, **more: Any) -> Seer:
    return Seer(who=who, parts=words.parts(parts), since=since, **more)


def _share_seer(sharing: Sharing, viewer: Viewer) -> Seer:
    return _of_share(sharing, viewer, words.receiver(sharing.receiver, sharing.team))


def _of_share(sharing: Sharing, viewer: Viewer, who: str) -> Seer:
    return _seer(
        who,
        frozenset(map(Part, sharing.parts)),
        sharing.on,
        grounds=tuple(_grounds(sharing, viewer)),
        sharing=sharing.pk,
        ask=str(sharing.by or ""),
    )


def _grounds(sharing: Sharing, viewer: Viewer) -> Iterator[str]:
    """Why it was let go; what was unclear was released by a person, whose reason stands with the event."""
    found = [Finding.from_json(stored) for stored in sharing.findings]
    if any(finding.outcome is Outcome.UNCLEAR for finding in found):
        yield _("Released by %(who)s, with a reason that stands under what has happened.") % {"who": sharing.by}
    else:
        yield from (finding.text(words.language()) for finding in shown_grounds(found, viewer))


def shared_with(case: Case, viewer: Viewer) -> list[Seer]:
    """What the viewer's own agency was given of the case, and by whom; as the viewer stands before the case."""
    shares = shares_with(viewer).filter(case=case).select_related("team", "by") if viewer.agency else ()
    return [_of_share(sharing, viewer, words.owner(sharing.sender)) for sharing in shares]


def receivers(viewer: Viewer) -> list[tuple[Agency, Team | None]]:
    """Whom the viewer may share a case with: each team, and an agency without teams as a whole; not one's own."""
    others = [agency for agency in SHARED_WITH if agency != viewer.agency]
    teams = Team.objects.filter(agency__in=others).order_by("name")
    by_agency = {agency: [team for team in teams if team.agency == agency] for agency in others}
    return [(agency, team) for agency, found in by_agency.items() for team in found or _whole(agency)]


def _whole(agency: Agency) -> Sequence[Team | None]:
    """An agency that holds cases holds them by team, so it is only shared with by team."""
    return () if agency in HELPERS else (None,)


def shareable(receiver: Agency, viewer: Viewer) -> frozenset[Part]:
    """The parts the viewer, as they stand before the case, can share with that agency at most."""
    return CEILING[receiver] & viewer.parts


def representatives(case: Case) -> QuerySet[Representative]:
    """Who acts, or has acted, for the household, as recorded here."""
    return Representative.objects.filter(tenancy=case.tenancy_id)


def guardians(case: Case) -> QuerySet[Resident]:
    """Guardians the tenancy register tells of."""
    return Resident.objects.filter(tenancy=case.tenancy_id, role=Resident.Role.GUARDIAN)


def shown_grounds(findings: Sequence[Finding], viewer: Viewer) -> list[Finding]:
    """Of the grounds of a sharing, those the viewer may know: that a consent is weak tells who was asked for help."""
    return [found for found in findings if found.code != words.WEAK.code or viewer.sees(found.part)]
