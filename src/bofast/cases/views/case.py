"""Saken: everything known of one case, as far as the viewer may know it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.cases import rights, words
from bofast.cases.models import Case
from bofast.cases.queries import case_page, privacy, procedure_page, reach, shields
from bofast.cases.queries.explain import Explanation, explain
from bofast.cases.queries.worklist import deadline_of, step_for
from bofast.cases.views import side
from bofast.domain.facts import DeedCode
from bofast.domain.findings import Part

PRIMARY = {
    "first_contact": DeedCode.CONTACT,
    "try_again": DeedCode.CONTACT,
    "follow_up": DeedCode.CONTACT,
    "solve_before_eviction": DeedCode.CONTACT,
    "after_eviction": DeedCode.CONTACT,
    "reopen_case": DeedCode.CONTACT,
    "withdraw_petition": DeedCode.WITHDRAWAL,
    "ask_eviction_result": DeedCode.EVICTION,
}
"""The deed that the next step usually ends in."""

CLOSES = ("find_out_why", "close_case")
MENU = ("write_note", "add_task", "set_review", "hand_over", "close")
"""What else is done to the case; sharing, consents, requests and decisions are done from their own boxes."""


def allowed_case(number: str, user: User) -> Case:
    """The case, or a page not found: whoever may not know of a case does not learn whether it exists."""
    found = case_page.case_of(number, user.viewer)
    if found is None:
        raise Http404
    return found


@require_GET
@opens(Door.CASE)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case. Every look is logged."""
    user = signed_in(request)
    found = allowed_case(number, user)
    viewer = reach.before(found, user.viewer)
    _log_look(found, viewer)
    today = timezone.localdate()
    explanation = explain(found, today)
    tasks = case_page.open_tasks(found, viewer, today)
    context = {
        "case": found,
        "today": today,
        "sees": {part.value: viewer.sees(part) for part in Part},
        "home": case_page.home(found, viewer),
        "former": _former(found, user),
        "tasks": tasks,
        "clause_asked": any(task.code == "question_clause" for task in tasks),
        "timeline": case_page.timeline(found, viewer),
        **_money(explanation, viewer),
        **_procedure(explanation, viewer, today),
        **_next(explanation, viewer, today),
        **shields.context(found, viewer),
        **privacy.context(found, viewer),
        **_doors(found, user),
        **side.context(found, viewer, user, today, explanation.facts),
    }
    return render(request, "cases/case.html", context)


def _log_look(found: Case, viewer: Viewer) -> None:
    """Who looked, and what binds them to the case."""
    why = reach.reasons([found], viewer)
    log_access(viewer=viewer, action=AccessAction.LOOK, kind="case", object_ids=[found.number], reason=why)


def _former(found: Case, user: User) -> Case | None:
    """The household's case before this one; another team's is not for everybody to know of."""
    former = found.relapse_of
    return former if former and reach.within_reach(former, user.viewer) else None


def _money(explanation: Explanation, viewer: Viewer) -> dict[str, Any]:
    if not viewer.sees(Part.MONEY):
        return {}
    account = explanation.account
    return {
        "account": account,
        "months": account.months_of_rent(explanation.facts.monthly_rent),
        "marks": [finding.text(words.language()) for finding in account.findings],
    }


def _procedure(explanation: Explanation, viewer: Viewer, today: date) -> dict[str, Any]:
    if not viewer.sees(Part.PROCEDURE):
        return {}
    stage = explanation.concluded.stage
    ladder = procedure_page.ladder(explanation.facts, stage, today)
    return {
        "stage": stage,
        "ladder": ladder if viewer.sees(Part.MONEY) else procedure_page.without_money(ladder),
        "savings": procedure_page.savings(stage, today),
        "legal_step": case_page.next_legal_step(explanation, viewer),
        "other_steps": explanation.steps_for(viewer),
    }


def _next(explanation: Explanation, viewer: Viewer, today: date) -> dict[str, Any]:
    """The next step and the next legal date from the newest assessment, as far as the viewer may know them."""
    current = explanation.case.current
    if current is None:
        return {}
    step, due_on, owner = step_for(current, explanation.case, viewer, today)
    deadline = deadline_of(current, viewer)
    return {
        "step": step,
        "step_due_on": due_on,
        "step_days": (due_on - today).days if due_on else None,
        "step_owner": words.owner(owner),
        "deadline": deadline,
        "deadline_days": (deadline.on - today).days if deadline else None,
        "reasons": [finding for finding in explanation.concluded.findings if viewer.sees(finding.part)],
    }


def _doors(found: Case, user: User) -> dict[str, Any]:
    """What the person may do here: one thing first, the rest in a menu."""
    deeds = rights.recordable(user, found)
    code = found.current.step_code if found.current else ""
    primary = PRIMARY.get(code)
    return {
        "primary_deed": primary if primary in deeds else None,
        "primary_close": code in CLOSES and rights.may(user, "close", found),
        "deeds": deeds,
        "verbs": [verb for verb in MENU if rights.may(user, verb, found)],
        "answers_clause": found.tenancy.clause is None and rights.may(user, "answer_clause", found),
    }
