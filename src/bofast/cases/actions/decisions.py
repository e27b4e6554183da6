"""Requests for help and decisions: registered as people made them. Nothing here decides anything."""

from datetime import date

from django.db import transaction

from bofast.access.models import User
from bofast.cases.actions.assess import assess_cases
from bofast.cases.actions.telling import locked, tell
from bofast.cases.models import Case, Decision, DecisionWords, Event, HelpRequest
from bofast.cases.queries.decisions import open_requests, regarding
from bofast.domain.decisions import Draft, Regarding, decision_due_on, obstacles, provision
from bofast.domain.findings import Finding
from bofast.domain.procedure import is_barred


@transaction.atomic
def request_help(*, case_id: int, received_on: date, actor: User, today: date) -> HelpRequest:
    """The household asks for help: it must end in a decision, by a day. A double click asks once."""
    case = locked(case_id)
    if known := open_requests(case).filter(received_on=received_on).first():
        return known
    asked = HelpRequest.objects.create(
        case=case, received_on=received_on, answer_by=decision_due_on(received_on), received_by=actor
    )
    told = {"request": asked.pk, "agency": actor.agency, "answer_by": asked.answer_by.isoformat()}
    tell(case, Event.Code.REQUESTED, received_on, actor, told)
    assess_cases([case.pk], on=today)
    return asked


@transaction.atomic
def withdraw_request(*, case_id: int, request_id: int, on: date, actor: User, today: date) -> None:
    """The household does not ask any more. Raises HelpRequest.DoesNotExist when it is not open."""
    case = locked(case_id)
    asked = open_requests(case).get(pk=request_id)
    asked.withdrawn_on = on
    asked.save(update_fields=["withdrawn_on"])
    tell(case, Event.Code.REQUESTED, on, actor, {"request": asked.pk, "agency": actor.agency, "withdrawn": True})
    assess_cases([case.pk], on=today)


@transaction.atomic
def decide(
    *,
    case_id: int,
    draft: Draft,
    told_on: date,
    actor: User,
    today: date,
    request_id: int | None = None,
    despite: str = "",
) -> list[Finding]:
    """Record a decision on that request, or one on aid without, or return what it lacks and record nothing.

    Raises HelpRequest.DoesNotExist when the request is not open.
    """
    case = locked(case_id)
    asked = open_requests(case).get(pk=request_id) if request_id else None
    lacking = list(obstacles(draft))
    if is_barred(lacking) or (lacking and not despite.strip()):
        return lacking
    decision = _decided(case, draft, asked, actor, told_on)
    told = {"decision": decision.pk, "regarding": regarding(decision).value, "verdict": decision.outcome}
    soft = {"despite": [finding.code for finding in lacking]} if lacking else {}
    tell(case, Event.Code.DECIDED, decision.decided_on, actor, told | soft, despite if lacking else "")
    assess_cases([case.pk], on=today)
    return []


def _decided(case: Case, draft: Draft, asked: HelpRequest | None, actor: User, told_on: date) -> Decision:
    about = Regarding.HELP if asked else Regarding.AID
    decision = Decision.objects.create(
        case=case,
        request=asked,
        provision=provision(about, draft.decided_on).law,
        outcome=draft.outcome or "",
        decided_on=draft.decided_on,
        told_on=told_on,
        complain_by=draft.complain_by,
        decided_by=actor,
    )
    DecisionWords.objects.create(
        decision=decision, content=draft.content, reasons=draft.reasons, complaint_text=draft.complaint_text
    )
    return decision


@transaction.atomic
def complain(*, case_id: int, decision_id: int, on: date, actor: User) -> None:
    """The household complains. Raises Decision.DoesNotExist when it has already."""
    case = locked(case_id)
    decision = case.decisions.get(pk=decision_id, complaint=Decision.Complaint.NONE)
    decision.complained_on, decision.complaint = on, Decision.Complaint.WAITING
    decision.save(update_fields=["complained_on", "complaint"])
    _told_of_complaint(case, decision, on, actor)


@transaction.atomic
def answer_complaint(*, case_id: int, decision_id: int, complaint: str, on: date, actor: User) -> None:
    """What came of the complaint. Raises Decision.DoesNotExist when none waits."""
    case = locked(case_id)
    decision = case.decisions.get(pk=decision_id, complaint=Decision.Complaint.WAITING)
    decision.complaint = complaint
    decision.save(update_fields=["complaint"])
    _told_of_complaint(case, decision, on, actor)


def _told_of_complaint(case: Case, decision: Decision, on: date, actor: User) -> None:
    told = {"decision": decision.pk, "regarding": regarding(decision).value, "complaint": decision.complaint}
    tell(case, Event.Code.COMPLAINED, on, actor, told)
