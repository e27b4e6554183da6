"""A person's rights to their own data, and time: what is erased, corrected, restricted; each with its proof.

Personal content sits in rows of its own, so erasing leaves the skeleton: days, codes and amounts that the ledger, the
statistics and the trace of every deed rest on.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from bofast.access.actions import prove
from bofast.access.models import Proof, User
from bofast.access.need_to_know import Viewer
from bofast.arrears.actions import corrections
from bofast.arrears.actions.erasure import erase_households, hold_files
from bofast.arrears.actions.shields import lift, shield
from bofast.arrears.models import Shield, Tenancy
from bofast.cases.models import Case, Decision, DecisionWords, Event, Note, Representative, Task
from bofast.domain.findings import Finding, finding

KIND = "tenancy"


@transaction.atomic
def erase(*, tenancy_id: int, ground: Proof.Ground, archivist_decided: bool, by: Viewer) -> list[Finding]:
    """Erase who a household was, everywhere but in backups, or return what stands in the way and erase nothing.

    Its cases, claims and figures stay as numbers nobody can be found by.
    """
    hold_files()
    cases = Case.objects.select_for_update().filter(tenancy=tenancy_id)
    if barred := obstacles(tenancy_id, cases, ground=ground, archivist_decided=archivist_decided):
        return barred
    counts = erase_everything([tenancy_id])
    prove(by=by, verb=Proof.Verb.ERASED, ground=ground, kind=KIND, object_id=str(tenancy_id), counts=counts)
    return []


def obstacles(
    tenancy_id: int, cases: QuerySet[Case], *, ground: Proof.Ground, archivist_decided: bool
) -> list[Finding]:
    """What stands in the way of erasing a household: what is unsettled, and what the archives act may want kept."""
    barred = [] if ground is Proof.Ground.ORDER else _unsettled(tenancy_id, cases)
    return barred if archivist_decided else [*barred, finding("erase_archive_first", hard=True)]


def _unsettled(tenancy_id: int, cases: QuerySet[Case]) -> list[Finding]:
    """Cases that run, a restriction that stands (GDPR art. 18), complaints that wait for an answer."""
    found = [finding("erase_case_runs", case=case.number, hard=True) for case in cases if case.closed_on is None]
    if Shield.objects.filter(tenancy=tenancy_id, kind=Shield.Kind.RESTRICTED, ended_on__isnull=True).exists():
        found.append(finding("erase_restricted", hard=True))
    disputed = Decision.objects.filter(case__tenancy=tenancy_id, complaint=Decision.Complaint.WAITING)
    numbers = disputed.order_by("case__number").values_list("case__number", flat=True).distinct()
    return found + [finding("erase_complaint_waits", case=number, hard=True) for number in numbers]


def erase_everything(tenancy_ids: Sequence[int]) -> Counter[str]:
    """Erase all that tells who these households were; returns how much of each kind."""
    words = erase_words(Case.objects.filter(tenancy__in=tenancy_ids))
    people = Counter(representatives=Representative.objects.filter(tenancy__in=tenancy_ids).delete()[0])
    return words + people + erase_households(tenancy_ids=tenancy_ids)


def erase_words(cases: QuerySet[Case]) -> Counter[str]:
    """Erase every word written about these cases; what happened, and when, stays."""
    ids = list(cases.values_list("pk", flat=True))
    return Counter(
        {
            "notes": Note.objects.filter(event__case__in=ids).delete()[0],
            "task_texts": Task.objects.filter(case__in=ids).exclude(text="").update(text=""),
            "decision_words": DecisionWords.objects.filter(decision__case__in=ids).delete()[0],
        }
    )


@transaction.atomic
def correct(*, tenancy_id: int, changes: Mapping[str, str], actor: User, today: date) -> None:
    """Put right what is wrong about the tenant (GDPR art. 16); the wrong value does not come back with a list."""
    corrections.correct_resident(tenancy_id=tenancy_id, changes=changes)
    newest = Case.objects.filter(tenancy=tenancy_id).order_by("-opened_on", "-pk").first()
    if newest:
        Event.objects.create(
            case=newest, code=Event.Code.CORRECTED, on=today, actor=actor, facts={"fields": sorted(changes)}
        )
    prove(
        by=actor.viewer, verb=Proof.Verb.CORRECTED, ground=Proof.Ground.WRONG, kind=KIND, object_id=str(tenancy_id),
        counts=dict.fromkeys(changes, 1),
    )  # fmt: skip


@transaction.atomic
def restrict(*, tenancy_id: int, actor: User, today: date) -> None:
    """Stop all use but keeping (GDPR art. 18): nobody but who restricted it sees the household until it is lifted."""
    shield(tenancy_id=tenancy_id, kind=Shield.Kind.RESTRICTED, named=[actor], by=actor, today=today)
    _prove_restriction(Proof.Verb.RESTRICTED, tenancy_id, actor)


@transaction.atomic
def release(*, tenancy_id: int, actor: User, today: date) -> None:
    """Lift the restriction."""
    lift(tenancy_id=tenancy_id, kind=Shield.Kind.RESTRICTED, by=actor, today=today)
    _prove_restriction(Proof.Verb.RELEASED, tenancy_id, actor)


def _prove_restriction(verb: Proof.Verb, tenancy_id: int, actor: User) -> None:
    prove(by=actor.viewer, verb=verb, ground=Proof.Ground.REQUEST, kind=KIND, object_id=str(tenancy_id), counts={})


def is_erased(tenancy: Tenancy) -> bool:
    """Whether nobody can be found by this tenancy any more."""
    return tenancy.contract_no == f"erased-{tenancy.pk}"
