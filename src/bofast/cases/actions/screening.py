"""The cases learn what the social services answered, and the answer decides who holds them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from bofast.access.models import OrganisationSetting, Team
from bofast.arrears import queries as arrears
from bofast.arrears.actions.rewriting import rewrite
from bofast.arrears.models import Answer
from bofast.cases.actions.holders import Holders
from bofast.cases.models import Case, Event
from bofast.cases.queries.screening import contacted_by_outreach, newest_cases, rows_still_shared, waiting_answers
from bofast.domain import screening as rules
from bofast.domain.screening import Holder
from bofast.domain.sharing_facts import Organisation, OutreachIs


@dataclass
class _Learned:
    """What is to be written once every answer is looked at."""

    holders: Holders
    contacted: frozenset[int]
    organised: dict[date, Organisation] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def organisation(self, on: date) -> Organisation:
        """How the municipality was organised on the day."""
        if on not in self.organised:
            self.organised[on] = OrganisationSetting.in_force(on)
        return self.organised[on]

    def tell(self, case: Case, code: str, by: Answer, **facts: str | int | None) -> None:
        """An event of the answer's day, by who answered."""
        self.events.append(Event(case=case, code=code, on=by.on, actor_id=by.by_id, facts=facts))


@transaction.atomic
def take_in_answers(on: date) -> list[int]:
    """Let each case learn the newest answer given at or before `on` that it does not know; returns the cases' keys.

    Doing it again changes nothing: an answer that a case has learned is marked so, in the same transaction.
    """
    tenancies = sorted(set(waiting_answers(on).values_list("row__tenancy", flat=True)))
    if not tenancies:
        return []
    cases = _locked(tenancies)
    waiting = list(waiting_answers(on).filter(row__tenancy__in=tenancies).select_related("row__hand_out__team"))
    newest = {answer.row_id: answer for answer in waiting}
    shared = rows_still_shared(newest)  # whoever may not see the household any more has nothing to say of it
    answers = [answer for row, answer in newest.items() if row in shared]
    learned = _Learned(Holders(), contacted_by_outreach(case.pk for case in cases.values()))
    changed = {case.pk: case for case in _learn(answers, cases, learned)}
    rewrite(Case, changed.values(), ["team", "partner_team", "holder", "stale"])
    Event.objects.bulk_create(learned.events, batch_size=500)
    for start in range(0, len(waiting), arrears.CHUNK):
        ids = [answer.pk for answer in waiting[start : start + arrears.CHUNK]]
        Answer.objects.filter(pk__in=ids).update(taken_in_at=timezone.now())
    return list(changed)


def _locked(tenancies: Sequence[int]) -> dict[int, Case]:
    """The newest case of each household, for this transaction alone, before its answers: as erasing locks them."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("team", "partner_team", "tenancy__dwelling")
    return newest_cases(rows, tenancies)


def _learn(answers: Iterable[Answer], cases: dict[int, Case], learned: _Learned) -> Iterator[Case]:
    for answer in answers:
        case = cases.get(answer.row.tenancy_id)
        if case is None:
            continue
        office = answer.row.hand_out.team
        learned.tell(
            case, Event.Code.SCREENED, answer, answer=answer.answer, hand_out=answer.row.hand_out_id, office=office.pk
        )
        if case.closed_on is None:
            _decide(case, office, answer, learned)
        case.stale = True
        yield case


def _decide(case: Case, office: Team, answer: Answer, learned: _Learned) -> None:
    """Whose the case is by this answer, of this office. Another office's case is not taken by a no."""
    organisation = learned.organisation(answer.on)
    whose = rules.holder(rules.Answer(answer.answer), case.pk in learned.contacted, organisation)
    if organisation.outreach is OutreachIs.HOUSING_AGENCY:
        _beside(case, office, active=answer.answer == rules.Answer.ACTIVE)
    elif whose is Holder.SOCIAL_SERVICES and case.team_id != office.pk:
        case.team, case.partner_team, case.holder = office, None, learned.holders.of_team(office)
        _told(case, answer, learned)
    elif whose is Holder.JOINT and office.pk not in (case.team_id, case.partner_team_id):
        case.partner_team = office
        _told(case, answer, learned)
    elif whose is Holder.OUTREACH and office.pk in (case.team_id, case.partner_team_id):
        _give_back(case, office, learned)
        _told(case, answer, learned)


def _beside(case: Case, office: Team, *, active: bool) -> None:
    """A housing agency's outreach team must not learn who is a client, so the case stays with it and no hand-over is
    told; the office works with it beside them, and only the office sees so (sosialtjenesteloven 2009 § 44).
    """
    if active and case.team_id != office.pk:
        case.partner_team = office
    elif not active and case.partner_team_id == office.pk:
        case.partner_team = None


def _give_back(case: Case, office: Team, learned: _Learned) -> None:
    if case.partner_team_id == office.pk:
        case.partner_team = None
    if case.team_id == office.pk:
        case.team, case.holder = learned.holders.choose(case.tenancy)


def _told(case: Case, answer: Answer, learned: _Learned) -> None:
    """No case changes hands in silence."""
    facts = {"holder": case.holder_id, "team": case.team_id, "partner_team": case.partner_team_id}
    jointly = {"jointly_with": str(case.partner_team)} if case.partner_team else {}
    learned.tell(case, Event.Code.HOLDER, answer, **facts, **jointly)
