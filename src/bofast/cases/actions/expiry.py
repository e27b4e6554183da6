"""Erase what has been kept as long as the municipality has decided, kind by kind, each with its proof."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction

from bofast.access.actions import expire_log, prove
from bofast.access.models import Proof, RecordKind
from bofast.access.need_to_know import Viewer
from bofast.arrears.actions.erasure import empty_rows, erase_file, hold_files, leave_nothing_behind
from bofast.arrears.models import Answer, HandedRow
from bofast.cases.actions.erasing import erase_everything, erase_words
from bofast.cases.models import Case
from bofast.cases.queries.expiry import PAST, due


def expire(*, on: date, by: Viewer) -> dict[str, Counter[str]]:
    """Erase everything whose time is up on the day; returns what was erased by kind of record.

    One transaction a kind: a run that is cut off is simply run again. Of kinds the municipality has not decided on,
    nothing is erased.
    """
    done = {}
    for found in due(on):
        if found.before and found.number:
            done[found.kind.value] = _expire(found.kind, found.before, by)
    return done


@transaction.atomic
def _expire(kind: RecordKind, before: date, by: Viewer) -> Counter[str]:
    if kind is RecordKind.ACCESS_LOG:
        transaction.on_commit(leave_nothing_behind)
        return expire_log(before=before, by=by)
    hold_files()
    counts = +ERASE[kind](before)
    prove(
        by=by, verb=Proof.Verb.EXPIRED, ground=Proof.Ground.TIME, kind=kind.value, object_id=before.isoformat(),
        counts=counts,
    )  # fmt: skip
    return counts


def _files(kind: RecordKind) -> Callable[[date], Counter[str]]:
    def erase(before: date) -> Counter[str]:
        counts: Counter[str] = Counter()
        for pk in list(PAST[kind](before).values_list("pk", flat=True)):
            counts += erase_file(file_id=pk)
        return counts

    return erase


def _quarantine(before: date) -> Counter[str]:
    return empty_rows(PAST[RecordKind.QUARANTINE](before))


def _hand_outs(before: date) -> Counter[str]:
    old = list(PAST[RecordKind.HAND_OUTS](before).values_list("pk", flat=True))
    notes = Answer.objects.filter(row__hand_out__in=old).exclude(note="").update(note="")
    reasons = HandedRow.objects.filter(hand_out__in=old).exclude(released_because="").update(released_because="")
    return Counter(answers=notes, released_because=reasons)


def _notes(before: date) -> Counter[str]:
    cases = list(PAST[RecordKind.NOTES](before).values_list("pk", flat=True))
    return erase_words(Case.objects.filter(pk__in=cases))


def _persons(before: date) -> Counter[str]:
    return erase_everything(list(PAST[RecordKind.PERSONS](before).values_list("pk", flat=True)))


def _consents(before: date) -> Counter[str]:
    return Counter(representatives=PAST[RecordKind.CONSENTS](before).delete()[0])


ERASE: Mapping[RecordKind, Callable[[date], Counter[str]]] = {
    RecordKind.ARREARS_FILES: _files(RecordKind.ARREARS_FILES),
    RecordKind.REGISTER_FILES: _files(RecordKind.REGISTER_FILES),
    RecordKind.OTHER_FILES: _files(RecordKind.OTHER_FILES),
    RecordKind.QUARANTINE: _quarantine,
    RecordKind.HAND_OUTS: _hand_outs,
    RecordKind.NOTES: _notes,
    RecordKind.PERSONS: _persons,
    RecordKind.CONSENTS: _consents,
}
"""How each kind of record is erased; the access log is its own room's, and wants its proof first."""
