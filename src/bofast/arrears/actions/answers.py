"""What an office answers of the rows handed out to it: from the file we gave it, or from its page."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from bofast.access.models import User
from bofast.arrears import queries
from bofast.arrears.exports import as_text, unescaped
from bofast.arrears.models import Answer, HandedRow, ReceivedFile
from bofast.domain.files import Fault, ParsedFile, Row
from bofast.domain.files.answers import HandedOut, held_against

StillShared = Callable[[Collection[int]], Set[int]]
"""Of rows handed out (keys) those whose office may still see the household: the room of the cases knows."""


@dataclass(frozen=True)
class Said:
    """One answer: its code, empty where the question is left open, and a note."""

    answer: str = ""
    note: str = ""


def checked(parsed: ParsedFile, by: User | None, still_shared: StillShared) -> ParsedFile:
    """The file held against what was handed out: a row that was changed, is not the sender's to answer, or not any
    more, has a fault.

    The operator of the installation (`by` None) hands in for any office.
    """
    return replace(parsed, rows=tuple(checked_rows(parsed.rows, by, still_shared)))


def checked_rows(rows: Sequence[Row], by: User | None, still_shared: StillShared) -> list[Row]:
    """The same of some rows."""
    handed = queries.handed_out([row.values["key"] for row in rows if not row.faults])
    ids = [each.pk for each in handed.values()]
    shared, known = still_shared(ids), _known(ids)

    def checked_row(row: Row) -> Row:
        each = handed.get(row.values["key"])
        if each is None:
            return _with_fault(row, held_against(row, None))
        says_nothing_new = _after(known[each.pk], _said(row)) == known[each.pk]
        return _with_fault(row, held_against(row, _as_handed(row, each, by, each.pk in shared or says_nothing_new)))

    return [row if row.faults else checked_row(row) for row in rows]


def _with_fault(row: Row, fault: Fault | None) -> Row:
    return replace(row, faults=(fault,)) if fault else row


def _as_handed(row: Row, handed: HandedRow, by: User | None, counts: bool) -> HandedOut:
    contract = handed.tenancy.contract_no
    shown = as_text(contract)
    return HandedOut(
        contract_no=shown if row.values.get("contract_no") == shown else contract,
        outstanding=handed.outstanding,
        to_sender=by is None or (by.team_id is not None and by.team_id == handed.hand_out.team_id),
        counts=counts,
    )


def enter(file: ReceivedFile, rows: Sequence[Row]) -> None:
    """Each answer of the file that says anything new; the day is the one it came in."""
    handed = queries.handed_out([row.values["key"] for row in rows])
    said = ((handed[row.values["key"]].pk, _said(row)) for row in rows)
    _store(said, on=timezone.localtime(file.received_at).date(), by=file.received_by, file=file)


def _said(row: Row) -> Said:
    return Said(row.values.get("answer") or "", unescaped(row.values.get("note", "")))


@transaction.atomic
def answer_rows(*, said: Mapping[int, Said], by: User, today: date) -> int:
    """What somebody of the office answered on the page, by row; returns how many say anything new."""
    rows = HandedRow.objects.select_for_update(of=("self",)).filter(pk__in=said, sent=True)
    own = set(rows.filter(hand_out__team=by.team_id).order_by("pk").values_list("pk", flat=True))
    return _store([(row, what) for row, what in said.items() if row in own], on=today, by=by)


def _store(said: Iterable[tuple[int, Said]], *, on: date, by: User | None, file: ReceivedFile | None = None) -> int:
    """An answer that says nothing new is not told again, and a blank never takes an answer back."""
    told = list(said)
    known = _known([row for row, _what in told])
    fresh: list[Answer] = []
    for row, what in told:
        before = known.get(row, Said())
        now = _after(before, what)
        if now != before:
            known[row] = now
            code = now.answer if now.answer != before.answer else ""
            fresh.append(_answer(row, Said(code, now.note), on, by, file))
    Answer.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _after(before: Said, what: Said) -> Said:
    """What stands once this is said too: a blank takes nothing back."""
    return Said(what.answer or before.answer, what.note or before.note)


def _answer(row: int, news: Said, on: date, by: User | None, file: ReceivedFile | None) -> Answer:
    """An answer to keep; a note alone is nothing for the case to learn."""
    learned = None if news.answer else timezone.now()
    return Answer(row_id=row, answer=news.answer, note=news.note, on=on, by=by, file=file, taken_in_at=learned)


def _known(rows: Sequence[int]) -> dict[int, Said]:
    answered = queries.with_answers(HandedRow.objects.all())
    return {row.pk: Said(row.answer or "", row.note or "") for row in queries.in_chunks(answered, "pk", rows)}
