"""Something one of the demo's people did on a day, done again through the ordinary actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bofast.access.models import User
from bofast.cases.actions import work
from bofast.cases.models import Case
from bofast.domain.facts import Deed, DeedCode
from bofast.domain.findings import Finding
from bofast.domain.notices import FULL_CONTENT

CLOSE = "close"


@dataclass(frozen=True, kw_only=True)
class Doing:
    """`does` is a code of `DeedCode`, or note, review (`scheduled_on`), hand_over (`to`) or close (`outcome`).

    `how`: the way of a contact.
    """

    on: date
    contract_no: str
    by: str
    does: str
    words: str = ""
    how: str = ""
    to: str = ""
    outcome: str = ""
    scheduled_on: date | None = None
    despite: str = ""


def do(doing: Doing, people: Mapping[str, User]) -> list[Finding]:
    """Do it as of its day, or return what stands in the way; the household's newest case of that day is meant."""
    cases = Case.objects.filter(tenancy__contract_no=doing.contract_no, opened_on__lte=doing.on)
    case = cases.order_by("opened_on").values_list("pk", flat=True).last()
    if case is None:
        raise LookupError(f"{doing.contract_no} has no case on {doing.on}")
    by, on = people[doing.by], doing.on
    match doing.does:
        case "note":
            work.write_note(case_id=case, text=doing.words, actor=by, today=on)
        case "review" if doing.scheduled_on:
            work.set_review(case_id=case, review_on=doing.scheduled_on, actor=by, today=on, words=doing.words)
        case "hand_over":
            seat = people[doing.to].seats[0]
            return work.hand_over(case_id=case, to=seat, actor=by, today=on, despite=doing.despite)
        case "close":
            return work.close_case(
                case_id=case, outcome=doing.outcome, on=on, actor=by, today=on, words=doing.words, despite=doing.despite
            )
        case _:
            return work.record_deed(
                case_id=case, deed=_deed(doing), actor=by, today=on, words=doing.words, despite=doing.despite,
                contact_by=doing.how,
            )  # fmt: skip
    return []


def _deed(doing: Doing) -> Deed:
    code = DeedCode(doing.does)
    content = FULL_CONTENT if code is DeedCode.NOTICE else frozenset()
    return Deed(code=code, on=doing.on, content=content, scheduled_on=doing.scheduled_on)
