"""Lists become cases: who is new, who goes on, who is gone, who is back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from bofast.arrears import queries as arrears
from bofast.arrears.actions.rewriting import rewrite
from bofast.arrears.models import ReceivedFile, Tenancy
from bofast.cases.actions.holders import Holders
from bofast.cases.actions.returning import carried, pass_on
from bofast.cases.models import Case, Event
from bofast.cases.queries.facts import lines_of, list_deeds, presence_days
from bofast.domain.episodes import Episode, episodes
from bofast.domain.facts import DeedCode


@dataclass
class Changes:
    """What one list leads to, gathered before anything is written."""

    file: ReceivedFile
    increased: frozenset[int]
    known: dict[int, list[Case]]
    opened: list[Case] = field(default_factory=list)
    changed: dict[int, Case] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    returned: list[tuple[Case, Case]] = field(default_factory=list)

    def touch(self, case: Case) -> None:
        """The case has to be written and assessed again."""
        case.stale = True
        if case.pk:
            self.changed[case.pk] = case

    def tell(self, case: Case, code: str, on: date, **facts: str) -> None:
        """An event on the case, told by the list."""
        self.events.append(Event(case=case, code=code, on=on, file=self.file, facts=facts))


@transaction.atomic
def reconcile(on: date) -> list[Changes]:
    """Take every list with a day at or before `on` that is not taken in yet into the cases, in the lists' own order.

    Doing it again changes nothing: a case is known by its household and the day its episode began.
    """
    waiting = ReceivedFile.objects.select_for_update().filter(kind="arrears", standing=True, reconciled_at__isnull=True)
    return [_take_in(file) for file in waiting.filter(as_of__lte=on).order_by("as_of", "pk")]


def _take_in(file: ReceivedFile) -> Changes:
    running = Case.objects.filter(sender=file.sender, cleared_on__isnull=True).values_list("tenancy", flat=True)
    compared = arrears.comparison(file)
    ids = sorted({*compared.owed, *running})
    changes = Changes(file, compared.increased, _known_cases(ids))
    horizon = _horizon(file)
    days = [day for day in arrears.list_days(file.sender) if day <= horizon]
    presence = presence_days(ids, horizon)
    for tenancy in ids:
        spells = episodes(days, presence[tenancy][file.sender])
        for spell in spells:
            _match(spell, tenancy, changes)
        _let_go(tenancy, spells, changes)
    _write(changes)
    file.reconciled_at = timezone.now()
    file.save(update_fields=["reconciled_at"])
    return changes


def _horizon(file: ReceivedFile) -> date:
    """How far to look: to the newest list already taken in, so that a late list falls into its place."""
    taken_in = arrears.standing_lists(file.sender).filter(reconciled_at__isnull=False).last()
    return max(day for day in (file.as_of, taken_in.as_of if taken_in else None) if day)


def _known_cases(tenancies: Sequence[int]) -> dict[int, list[Case]]:
    found: dict[int, list[Case]] = {tenancy: [] for tenancy in tenancies}
    rows = Case.objects.select_for_update(of=("self",)).select_related("holder", "team").order_by("opened_on", "pk")
    for case in arrears.in_chunks(rows, "tenancy", tenancies):
        found[case.tenancy_id].append(case)
    return found


def _match(spell: Episode, tenancy: int, changes: Changes) -> None:
    """Hold one spell of arrears against the household's cases."""
    cases = changes.known[tenancy]
    until = spell.cleared_on or date.max
    inside = [case for case in cases if spell.started_on <= case.opened_on < until]
    elsewhere = _running_with_another_sender(cases, changes)
    if not inside and elsewhere and spell.cleared_on is None:
        changes.touch(elsewhere)
    elif not inside:
        _open(tenancy, spell, spell.started_on, spell.relapse_of is not None, changes)
    elif _grew_after_closing(inside[-1], spell, changes):
        _open(tenancy, spell, changes.file.as_of or spell.started_on, True, changes)
    else:
        _go_on(inside[-1], spell, changes)


def _running_with_another_sender(cases: Sequence[Case], changes: Changes) -> Case | None:
    """The household's case where another sender named it first: the same household, the same case."""
    running = [case for case in cases if case.cleared_on is None and case.closed_on is None]
    return next((case for case in running if case.sender != changes.file.sender), None)


def _let_go(tenancy: int, spells: Sequence[Episode], changes: Changes) -> None:
    """A corrected list no longer names a household that got its case from the first one: gone from the same day."""
    for case in changes.known[tenancy]:
        named = any(spell.started_on <= case.opened_on < (spell.cleared_on or date.max) for spell in spells)
        if named or case.pk is None or case.cleared_on or case.sender != changes.file.sender:
            continue
        if case.closed_on is None:
            changes.tell(case, Event.Code.CLEARED, case.opened_on)
        case.cleared_on = case.opened_on
        changes.touch(case)


def _grew_after_closing(case: Case, spell: Episode, changes: Changes) -> bool:
    """Closed by a person, still on the list, and now owing more: whatever was agreed did not hold."""
    if case.closed_on is None or spell.cleared_on or changes.file.as_of is None:
        return False
    return case.tenancy_id in changes.increased and case.closed_on < changes.file.as_of


def _go_on(case: Case, spell: Episode, changes: Changes) -> None:
    if case.cleared_on is None and spell.cleared_on and case.closed_on is None:
        changes.tell(case, Event.Code.CLEARED, spell.cleared_on)
    case.cleared_on, case.last_listed_on = spell.cleared_on, spell.last_listed_on
    changes.touch(case)


def _open(tenancy: int, spell: Episode, opened_on: date, relapse: bool, changes: Changes) -> None:
    former = next((case for case in reversed(changes.known[tenancy]) if case.opened_on < opened_on), None)
    case = Case(
        tenancy_id=tenancy,
        sender=changes.file.sender,
        opened_on=opened_on,
        last_listed_on=spell.last_listed_on,
        cleared_on=spell.cleared_on,
        relapse_of=former if relapse else None,
    )
    changes.opened.append(case)
    changes.known[tenancy].append(case)
    if former:
        changes.returned.append((former, case))
    if former and former.closed_on is None:
        _close_as_returned(former, opened_on, changes)


def _close_as_returned(case: Case, on: date, changes: Changes) -> None:
    """The household is back before anybody found out why it had gone: the new case carries the question on."""
    case.closed_on, case.outcome = on, Case.Outcome.RETURNED
    changes.tell(case, DeedCode.CLOSURE, on, outcome=Case.Outcome.RETURNED.value)
    changes.touch(case)


def _write(changes: Changes) -> None:
    holders = Holders()
    tenancies = {row.pk: row for row in _with_dwelling([case.tenancy_id for case in changes.opened])}
    taken: dict[int, int] = {}
    for case in changes.opened:
        year = case.opened_on.year
        if year not in taken:
            taken[year] = Case.objects.filter(number__startswith=f"{year}-").count()
        taken[year] += 1
        case.number = f"{year}-{taken[year]:04d}"
        case.team, case.holder = holders.choose(tenancies[case.tenancy_id], case.relapse_of)
    fields = ["last_listed_on", "cleared_on", "closed_on", "outcome", "stale"]
    rewrite(Case, changes.changed.values(), fields)
    Case.objects.bulk_create(changes.opened, batch_size=500)
    for case in changes.opened:
        changes.tell(case, Event.Code.OPENED, case.opened_on)
        if case.cleared_on:
            changes.tell(case, Event.Code.CLEARED, case.cleared_on)
    told = [*changes.events, *carried(changes.returned), *_told_by_list(changes)]
    Event.objects.bulk_create(told, ignore_conflicts=True, batch_size=1000)
    pass_on(changes.returned)


def _with_dwelling(tenancies: Sequence[int]) -> list[Tenancy]:
    return list(arrears.in_chunks(Tenancy.objects.select_related("dwelling"), "pk", tenancies))


def _told_by_list(changes: Changes) -> list[Event]:
    """Reminders, demands and petitions the list itself tells of, each once a case and day."""
    newest = {tenancy: cases[-1] for tenancy, cases in changes.known.items() if cases}
    lines = lines_of([changes.file], list(newest))
    told = {(tenancy, *deed) for tenancy, said in lines.items() for line in said for deed in list_deeds(line)}
    return [Event(case=newest[tenancy], code=code, on=day, file=changes.file) for tenancy, code, day in sorted(told)]
