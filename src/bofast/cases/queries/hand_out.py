"""A list on its way to an office of the social services: what may go of it, what is held back, what has gone before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bofast.access.models import OrganisationSetting, Team
from bofast.access.need_to_know import LEDGER_AGENCIES, Viewer
from bofast.arrears import households
from bofast.arrears import queries as arrears
from bofast.arrears.models import HandedRow, HandOut, ReceivedFile
from bofast.arrears.shielding import WHOLE, closed_to
from bofast.cases.models import Case, Consent, Sharing
from bofast.cases.queries.facts import facts_for
from bofast.cases.queries.reach import visible
from bofast.cases.queries.sharing import Wish, ruled_by
from bofast.domain.facts import Agency, Deed, DeedCode, Facts
from bofast.domain.findings import Finding, Outcome, Part, finding
from bofast.domain.procedure import obstacles
from bofast.domain.screening import Screening, open_question
from bofast.domain.sharing import BREACH, Basis, Ruling, border_between, side
from bofast.domain.sharing_facts import OutreachIs

NOTICE = "share_notice_of_breach"
"""The ground that is a notice of § 9-11, and so makes its two weeks run."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody is about to hand out: these districts of a list, to an office.

    `told_on` is the day the tenants were told; `untold` are the cases (keys) of those who were not.
    """

    file: ReceivedFile
    districts: tuple[str, ...]
    team: Team
    told_on: date | None = None
    untold: frozenset[int] = frozenset()

    @property
    def receiver(self) -> Agency:
        """The agency of the office."""
        return Agency(self.team.agency)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One household as it stands before it is handed out. `owed` is øre, as the list says.

    `notice`: that it goes is a notice of § 9-11, and none has been given in this case yet.
    """

    case: Case
    name: str
    owed: int
    ruling: Ruling
    consent: Consent | None
    notice: bool


def receiving_teams(viewer: Viewer, on: date) -> QuerySet[Team]:
    """The offices a list may be handed to: the social services', and an outreach team that is part of them."""
    agencies = {Agency.SOCIAL_SERVICES}
    if OrganisationSetting.in_force(on).outreach is OutreachIs.SOCIAL_SERVICES:
        agencies.add(Agency.OUTREACH)
    return Team.objects.filter(agency__in=agencies - {viewer.agency}).order_by("agency", "name")


def proposed(teams: Sequence[Team], district: str) -> Team | None:
    """The district's own office."""
    return next((team for team in teams if district and team.district == district), None)


def is_newest(file: ReceivedFile, on: date) -> bool:
    """Whether the list is the newest its sender has sent, and the cases have taken it in: no other is handed out."""
    return file.reconciled_at is not None and file in arrears.newest_lists(on)


def drawn_up(plan: Plan, by: Viewer, on: date) -> list[Drawn]:
    """Every household of the plan that has not gone to that office from this list, with the ruling of that day.

    By the organisation in force that day. Households the viewer may not know of are left out. A handful of questions,
    however many households.
    """
    sender = replace(by, organisation=OrganisationSetting.in_force(on))
    found = {row.pk: row for row in _not_gone(plan, sender)}
    cases = _cases(list(found), sender, on)
    facts = facts_for(list(cases.values()), on)
    consents, shields = _consents(list(found)), arrears.shielded(list(found))
    drawn = []
    for tenancy, case in cases.items():
        wish = Wish(
            receiver=plan.receiver, team=plan.team, parts=BREACH,
            told_on=None if case.pk in plan.untold else plan.told_on,
        )  # fmt: skip
        in_the_way = [*_shielded(shields.get(tenancy, frozenset())), *_closed(case)]
        drawn.append(_drawn(found[tenancy], case, facts[tenancy], consents[tenancy], wish, in_the_way, sender, on))
    return drawn


def _not_gone(plan: Plan, viewer: Viewer) -> QuerySet[Any]:
    gone = HandedRow.objects.filter(hand_out__file=plan.file, hand_out__team=plan.team, sent=True)
    on_list = households.of_district(plan.file, plan.districts, viewer)
    return on_list.exclude(Exists(gone.filter(tenancy=OuterRef("pk"))))


def _cases(tenancies: Sequence[int], viewer: Viewer, on: date) -> dict[int, Case]:
    """The newest case of each household, in the order of the households."""
    rows = visible(Case.objects.filter(opened_on__lte=on), viewer).select_related("tenancy", "relapse_of")
    newest = {case.tenancy_id: case for case in arrears.in_chunks(rows.order_by("opened_on"), "tenancy", tenancies)}
    return {tenancy: newest[tenancy] for tenancy in tenancies if tenancy in newest}


def _consents(tenancies: Sequence[int]) -> dict[int, list[Consent]]:
    found: dict[int, list[Consent]] = defaultdict(list)
    for consent in arrears.in_chunks(Consent.objects.all(), "tenancy", tenancies):
        found[consent.tenancy_id].append(consent)
    return found


def _shielded(kinds: frozenset[str]) -> Iterator[Finding]:
    if kinds & set(WHOLE):
        yield finding("share_shielded", outcome=Outcome.NO, hard=True)


def _closed(case: Case) -> Iterator[Finding]:
    """Somebody has closed the case and said why: a list that still names it may be behind."""
    if case.closed_on is not None:
        yield finding("share_case_closed", outcome=Outcome.UNCLEAR, closed_on=case.closed_on)


def _drawn(
    household: Any, case: Case, facts: Facts, consents: Sequence[Consent], wish: Wish,
    in_the_way: Sequence[Finding], sender: Viewer, on: date,
) -> Drawn:  # fmt: skip
    found = ruled_by(facts, consents, wish, sender, on)
    notice = found.ruling.basis is Basis.PROVISION and _is_notice(sender, wish.receiver, on)
    barred = obstacles(Deed(code=DeedCode.SOCIAL_NOTICE, on=on), facts) if notice else ()
    hard = [obstacle for obstacle in barred if obstacle.hard]
    given = any(deed.code is DeedCode.SOCIAL_NOTICE for deed in facts.deeds)
    return Drawn(
        case=case,
        name=household.name or "",
        owed=household.owed,
        ruling=_with(found.ruling, [*in_the_way, *hard]),
        consent=found.consent,
        notice=notice and not given,
    )


def _is_notice(sender: Viewer, receiver: Agency, on: date) -> bool:
    if sender.agency is None:
        return False
    organisation = sender.organisation
    return border_between(side(sender.agency, organisation), side(receiver, organisation), on).ground == NOTICE


def _with(ruling: Ruling, in_the_way: Sequence[Finding]) -> Ruling:
    """The ruling once what the case itself says is counted in."""
    if not in_the_way:
        return ruling
    said = {found.code: found for found in (*ruling.findings, *in_the_way)}.values()
    stops = tuple(found for found in said if is_obstacle(found))
    if any(found.hard for found in stops):
        return Ruling(outcome=Outcome.NO, basis=None, findings=stops)
    return Ruling(outcome=Outcome.UNCLEAR, basis=ruling.basis, findings=tuple(said))


def is_obstacle(found: Finding) -> bool:
    """Whether a finding of a ruling speaks against, and is no ground."""
    return found.hard or found.outcome is not Outcome.YES


def handed_by(viewer: Viewer) -> QuerySet[HandOut]:
    """The hand-outs this viewer may know of: landlord and collector those of their side, outreach all."""
    found = HandOut.objects.select_related("file", "team", "by")
    if viewer.operator or viewer.agency is Agency.OUTREACH:
        return found
    return found.filter(sender__in=LEDGER_AGENCIES) if viewer.agency in LEDGER_AGENCIES else found.none()


def counted(hand_outs: QuerySet[HandOut], viewer: Viewer) -> QuerySet[Any]:
    """With how many `gone` and `held`, and how many are `waiting` for an answer; shielded households count for nobody.

    `waiting` is None for those who may not know what the social services know.
    """
    rows = rows_of(viewer)
    found: QuerySet[Any] = hand_outs.annotate(
        gone=_number(rows.filter(sent=True)),
        held=_number(rows.filter(sent=False)),
        waiting=_number(unanswered(rows)) if viewer.sees(Part.AID) else Value(None, output_field=IntegerField()),
    )
    return found


def rows_of(viewer: Viewer) -> QuerySet[HandedRow]:
    """The rows this viewer may know of, as far as shields and reach decide."""
    rows = HandedRow.objects.exclude(closed_to(viewer))
    return rows if viewer.reaches_all else still_shared(rows.filter(sent=True))


def still_shared(rows: QuerySet[HandedRow]) -> QuerySet[HandedRow]:
    """Those of these rows that the office may still see: nobody has ended the sharing."""
    standing = Sharing.objects.filter(case__tenancy=OuterRef("tenancy"), hand_out=OuterRef("hand_out"))
    return rows.filter(Exists(standing.filter(ended_on__isnull=True)))


def unanswered(rows: QuerySet[HandedRow]) -> QuerySet[HandedRow]:
    """Rows that wait for an answer: they went, nothing was answered, and the household still has a case that runs."""
    running = Case.objects.filter(tenancy=OuterRef("tenancy"), closed_on__isnull=True, cleared_on__isnull=True)
    waiting: QuerySet[HandedRow] = arrears.with_answers(still_shared(rows.filter(sent=True))).filter(
        Exists(running), answer__isnull=True
    )
    return waiting


def _number(rows: QuerySet[HandedRow]) -> Any:
    counted = rows.filter(hand_out=OuterRef("pk")).order_by().values("hand_out").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def question(hand_out: Any, on: date) -> Finding | None:
    """What stands open of a hand-out that was `counted`: the office's question, or that it is to be asked again."""
    asked = Screening(asked_on=hand_out.on, answered=not hand_out.waiting, chased_on=hand_out.chased_on)
    return open_question(asked, on)


def overdue(viewer: Viewer, on: date) -> list[Any]:
    """The hand-outs to be asked for again, the oldest first; none for those who may not know of answers."""
    if not viewer.sees(Part.AID):
        return []
    late = counted(handed_by(viewer).filter(answer_by__lt=on), viewer).filter(waiting__gt=0).order_by("answer_by", "pk")
    return [each for each in late if (asked := question(each, on)) and asked.code == "chase_screening"]


def shown_rows(hand_out: HandOut, viewer: Viewer) -> QuerySet[Any]:
    """The rows of a hand-out, those held back first, with the tenant's name; with answers where they may be known."""
    rows = rows_of(viewer).filter(hand_out=hand_out).select_related("tenancy")
    named = arrears.with_names(rows).order_by("sent", "-outstanding", "pk")
    return arrears.with_answers(named) if viewer.sees(Part.AID) else named.annotate(answer=Value(""), note=Value(""))
