"""What an office of the social services has been asked, and what it has answered."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bofast.access.need_to_know import Viewer
from bofast.arrears import queries as arrears
from bofast.arrears.models import Answer, HandedRow, HandOut
from bofast.arrears.shielding import closed_to
from bofast.cases.models import Case, Event
from bofast.cases.queries.hand_out import still_shared
from bofast.domain.facts import Agency, DeedCode


def asked_of(viewer: Viewer) -> QuerySet[HandOut]:
    """The hand-outs to the viewer's own office, the nearest day for an answer first."""
    found = HandOut.objects.select_related("file", "team", "by").order_by("answer_by", "pk")
    if viewer.operator:
        return found
    return found.filter(team=viewer.team_id) if viewer.team_id is not None else found.none()


def rows_to_answer(hand_out: HandOut, viewer: Viewer) -> QuerySet[Any]:
    """The rows of a hand-out as their office sees them, the largest arrears first: saving must not move them."""
    rows = still_shared(HandedRow.objects.exclude(closed_to(viewer)).filter(hand_out=hand_out, sent=True))
    return arrears.with_answers(rows).order_by("-outstanding", "pk")


def waiting_answers(on: date) -> QuerySet[Answer]:
    """Answers that no case has learned yet, oldest first."""
    return Answer.objects.filter(taken_in_at__isnull=True, on__lte=on).exclude(answer="").order_by("pk")


def rows_still_shared(rows: Collection[int]) -> set[int]:
    """Those of these rows (keys) whose office may still see the household."""
    found = arrears.in_chunks(still_shared(HandedRow.objects.all()), "pk", list(rows))
    return {row.pk for row in found}


def newest_cases(rows: QuerySet[Case], tenancies: Sequence[int]) -> dict[int, Case]:
    """The newest case of each household."""
    found = arrears.in_chunks(rows.order_by("opened_on", "pk"), "tenancy", tenancies)
    return {case.tenancy_id: case for case in found}


def contacted_by_outreach(cases: Iterable[int]) -> frozenset[int]:
    """Those of these cases in which somebody of outreach has talked with the household."""
    talks = Event.objects.filter(code=DeedCode.CONTACT, actor__assignments__agency=Agency.OUTREACH)
    return frozenset(event.case_id for event in arrears.in_chunks(talks.distinct(), "case", list(cases)))
