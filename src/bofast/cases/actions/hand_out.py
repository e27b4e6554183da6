"""Hand a district's list out to an office: each row on its own ground, the rest held back with its reasons."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bofast.access.actions import log_access
from bofast.access.models import AccessAction, User
from bofast.arrears.models import Claim, HandedRow, HandOut, ReceivedFile
from bofast.cases.actions.assess import PORTION, assess_cases
from bofast.cases.models import Case, Event, Sharing
from bofast.cases.queries.hand_out import Drawn, Plan, counted, drawn_up, handed_by, is_newest, is_obstacle, question
from bofast.cases.queries.reach import reasons
from bofast.domain.facts import DeedCode, Ground
from bofast.domain.findings import Outcome
from bofast.domain.screening import answer_due_on
from bofast.domain.sharing import BREACH

LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""No figures in a key: a spreadsheet would take 12e4 for a number."""
KEY_LENGTH = 14


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A household with what becomes of it. `released`: a person's reason for letting it go, or empty."""

    drawn: Drawn
    released: str

    @property
    def goes(self) -> bool:
        """Whether it is handed out."""
        return self.drawn.ruling.outcome is Outcome.YES or bool(self.released)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The ruling's findings as they are kept."""
        return [found.as_json() for found in self.drawn.ruling.findings]

    @property
    def basis(self) -> str:
        """What it goes by, empty when it stays."""
        return str(self.drawn.ruling.basis) if self.goes and self.drawn.ruling.basis else ""


@transaction.atomic
def hand_out(*, plan: Plan, because: Mapping[int, str], actor: User, today: date) -> HandOut | None:
    """Hand out what may go, keep what is held back and why; None, and nothing is recorded, when nothing may go.

    `because` is a reason in writing for a case (by key) whose ruling is unclear; what may not go, no reason releases.
    What went to that office from this list before does not go again, so a double click hands out once; and only the
    sender's newest list goes.
    """
    if not is_newest(_hold(plan.file), today):
        return None
    rows = [_decided(drawn, because) for drawn in drawn_up(plan, actor.viewer, today)]
    going = [row for row in rows if row.goes]
    if not going:
        return None
    made = _made(plan, actor, today)
    HandedRow.objects.bulk_create((_handed(made, row) for row in rows), batch_size=500)
    Sharing.objects.bulk_create((_shared(made, row, actor) for row in going), batch_size=500)
    Event.objects.bulk_create((event for row in going for event in _told(made, row, actor)), batch_size=500)
    _log(made, going, actor)
    _assess([row.drawn.case.pk for row in going], today)
    return made


def _hold(file: ReceivedFile) -> ReceivedFile:
    """The list and its cases, for this transaction alone: nobody opts out, or hands out the same, meanwhile."""
    held = ReceivedFile.objects.select_for_update().get(pk=file.pk)
    on_list = Claim.objects.filter(entries__file=file).values("tenancy")
    list(Case.objects.select_for_update(of=("self",)).filter(tenancy__in=on_list).order_by("pk").values_list("pk"))
    return held


def _decided(drawn: Drawn, because: Mapping[int, str]) -> _Row:
    reason = because.get(drawn.case.pk, "").strip()
    return _Row(drawn=drawn, released=reason if drawn.ruling.releasable else "")


def _made(plan: Plan, actor: User, today: date) -> HandOut:
    return HandOut.objects.create(
        file=plan.file,
        sender=actor.agency,
        receiver=plan.receiver.value,
        team=plan.team,
        district=plan.districts[0] if plan.districts else "",
        on=today,
        told_on=plan.told_on,
        answer_by=answer_due_on(today),
        by=actor,
    )


def _handed(made: HandOut, row: _Row) -> HandedRow:
    return HandedRow(
        hand_out=made,
        tenancy_id=row.drawn.case.tenancy_id,
        key="".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH)),
        outstanding=row.drawn.owed,
        sent=row.goes,
        basis=row.basis,
        findings=row.findings,
        released_because=row.released,
    )


def _shared(made: HandOut, row: _Row, actor: User) -> Sharing:
    return Sharing(
        case=row.drawn.case,
        sender=made.sender,
        receiver=made.receiver,
        team=made.team,
        parts=sorted(BREACH),
        basis=row.basis,
        findings=row.findings,
        consent=row.drawn.consent,
        hand_out=made,
        on=made.on,
        by=actor,
    )


def _told(made: HandOut, row: _Row, actor: User) -> Iterator[Event]:
    """That it was shared; and the notice to the social services where it is one, whose two weeks run from here."""
    case = row.drawn.case
    unclear = [found.code for found in row.drawn.ruling.findings if is_obstacle(found)] if row.released else []
    facts = {
        "receiver": made.receiver, "parts": sorted(BREACH), "basis": row.basis, "team": made.team_id,
        "hand_out": made.pk,
    }  # fmt: skip
    yield Event(
        case=case, code=Event.Code.SHARED, on=made.on, actor=actor,
        facts=facts | ({"despite": unclear} if unclear else {}),
    )  # fmt: skip
    if row.drawn.notice:
        said = {"ground": Ground.UNPAID_RENT.value, "hand_out": made.pk}
        yield Event(case=case, code=DeedCode.SOCIAL_NOTICE, on=made.on, actor=actor, facts=said)


def _log(made: HandOut, going: Sequence[_Row], actor: User) -> None:
    why = reasons([row.drawn.case for row in going], actor.viewer)
    log_access(
        viewer=actor.viewer, action=AccessAction.EXPORT, kind="case", object_ids=list(why), reason=why,
        detail=f"handed out to {made.receiver} {made.team_id}, hand-out {made.pk}",
    )  # fmt: skip


def _assess(ids: Sequence[int], today: date) -> None:
    """What may follow from a notice to the social services, follows at once."""
    Case.objects.filter(pk__in=ids).update(stale=True)
    for start in range(0, len(ids), PORTION):
        assess_cases(ids[start : start + PORTION], on=today)


@transaction.atomic
def chase(*, hand_out_id: int, actor: User, today: date) -> bool:
    """Ask the office again; the office sees the day. Nothing to ask, or asked already today: nothing is changed."""
    made = HandOut.objects.select_for_update().get(pk=hand_out_id)
    asked = counted(handed_by(actor.viewer).filter(pk=made.pk), actor.viewer).first()
    if asked is None or question(asked, today) is None or made.chased_on == today:
        return False
    made.chased_on = today
    made.save(update_fields=["chased_on"])
    log_access(
        viewer=actor.viewer, action=AccessAction.LIST, kind="hand_out", object_ids=[str(made.pk)], detail="asked again"
    )
    return True
