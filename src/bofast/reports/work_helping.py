"""What was handed out, answered, requested and decided here, as facts to count: a handful of queries, whatever comes.

Nothing is gathered that speaks of a part of a case the reader may not see: answers and decisions on aid are what the
social services know.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db.models import Min, Q

from bofast.arrears.models import HandedRow
from bofast.cases.models import Case, Decision, Event, HelpRequest
from bofast.domain.facts import DeedCode
from bofast.domain.findings import Finding, Outcome, Part
from bofast.domain.statistics.helping import Decided, Ended, Handed, Helping, Requested, Reserved

SOLVED = (
    Case.Outcome.PAID,
    Case.Outcome.COVERED,
    Case.Outcome.HOUSING_BENEFIT,
    Case.Outcome.PLAN,
    Case.Outcome.GUARANTEE,
    Case.Outcome.WRITTEN_OFF,
    Case.Outcome.OTHER,
)
"""Closing words that say what solved the case; to move, to be evicted or to come back solved nothing."""


def helping(parts: Collection[Part] = frozenset(Part)) -> Helping:
    """All there is, as far as it speaks of those parts of a case."""
    return Helping(
        handed=list(_handed(with_answers=Part.AID in parts)),
        requests=list(_requests()),
        decisions=list(_decisions(on_aid=Part.AID in parts)),
        reservations=list(_reservations()),
        ended=list(_ended()),
    )


def _handed(*, with_answers: bool) -> Iterator[Handed]:
    """Rows of the hand-outs, each with the case of its day."""
    cases = _cases()
    rows = HandedRow.objects.annotate(first=Min("answers__on", filter=~Q(answers__answer=""))).order_by("pk")
    columns = ("tenancy", "hand_out__on", "hand_out__team__name", "hand_out__answer_by", "sent", "findings", "first")
    for tenancy, on, office, answer_by, sent, findings, first in rows.values_list(*columns):
        found = [Finding.from_json(each) for each in findings]
        grounds, against = (tuple(f.code for f in found if _speaks_for(f) is side) for side in (True, False))
        yield Handed(
            _case_on(cases[tenancy], on), on, office if with_answers else "", answer_by, sent, grounds, against,
            first if with_answers else None,
        )  # fmt: skip


def _speaks_for(found: Finding) -> bool:
    return found.outcome is Outcome.YES and not found.hard


def _cases() -> Mapping[int, list[tuple[date, str]]]:
    """The cases of each household that ever was on a hand-out, in their order."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = Case.objects.filter(tenancy__handed_rows__isnull=False).distinct().order_by("opened_on")
    for tenancy, opened_on, number in rows.values_list("tenancy", "opened_on", "number"):
        found[tenancy].append((opened_on, number))
    return found


def _case_on(cases: list[tuple[date, str]], on: date) -> str:
    """The newest case opened by that day; of one opened later from an earlier list, the first."""
    place = bisect_right([opened_on for opened_on, _number in cases], on)
    return cases[max(0, place - 1)][1] if cases else ""


def _requests() -> Iterator[Requested]:
    columns = ("case__number", "received_on", "answer_by", "decision__decided_on", "withdrawn_on")
    return (Requested(*row) for row in HelpRequest.objects.values_list(*columns))


def _decisions(*, on_aid: bool) -> Iterator[Decided]:
    rows = Decision.objects.filter(Q() if on_aid else Q(request__isnull=False))
    return (Decided(*row) for row in rows.values_list("case__number", "decided_on", "outcome", "complaint"))


def _reservations() -> Iterator[Reserved]:
    """As they were said: one that followed a household into its next case was said once."""
    codes = {DeedCode.OPT_OUT: False, DeedCode.OPT_OUT_ENDED: True}
    said = Event.objects.filter(code__in=list(codes))
    rows = said.exclude(facts__has_key="carried_from").values_list("case__number", "on", "code")
    return (Reserved(case, on, codes[DeedCode(code)]) for case, on, code in rows)


def _ended() -> Iterator[Ended]:
    rows = Case.objects.filter(outcome__in=SOLVED, closed_on__isnull=False)
    columns = ("number", "closed_on", "outcome", "cleared_on", "back_on")
    for number, on, by, cleared_on, back_on in rows.annotate(back_on=Min("relapses__opened_on")).values_list(*columns):
        assert on is not None
        yield Ended(number, on, by, cleared_on or on, back_on)
