"""Requests for help, decisions and complaints: recorded as people made them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from bofast.access.models import User
from bofast.access.need_to_know import Viewer
from bofast.cases.actions import decisions
from bofast.cases.forms.decisions import (
    ComplaintAnswerForm,
    ComplaintForm,
    DecisionForm,
    RequestEndForm,
    RequestForm,
)
from bofast.cases.forms.fields import AboutForm
from bofast.cases.models import Case, Decision, HelpRequest
from bofast.cases.queries import decisions as queries
from bofast.cases.views.verbs import Did, Verb, VerbOnOne
from bofast.domain.facts import Agency


def _asked(case: Case, form: RequestForm, user: User, today: date) -> Did:
    decisions.request_help(case_id=case.pk, received_on=form.cleaned_data["on"], actor=user, today=today)
    return ()


def _not_asked(case: Case, asked: HelpRequest, form: AboutForm, user: User, today: date) -> Did:
    on: date = form.cleaned_data["on"]
    decisions.withdraw_request(case_id=case.pk, request_id=asked.pk, on=on, actor=user, today=today)
    return ()


def _decided(case: Case, asked: HelpRequest, form: AboutForm, user: User, today: date) -> Did:
    return _recorded(case, form, user, today, asked.pk)


def _decided_aid(case: Case, form: AboutForm, user: User, today: date) -> Did:
    return _recorded(case, form, user, today)


def _recorded(case: Case, form: Any, user: User, today: date, request_id: int | None = None) -> Did:
    said = form.cleaned_data
    return decisions.decide(
        case_id=case.pk, draft=form.as_draft(), told_on=said["told_on"], despite=said["despite"], actor=user,
        today=today, request_id=request_id,
    )  # fmt: skip


def _complained(case: Case, decision: Decision, form: AboutForm, user: User, _today: date) -> Did:
    on: date = form.cleaned_data["on"]
    decisions.complain(case_id=case.pk, decision_id=decision.pk, on=on, actor=user)
    return ()


def _answered(case: Case, decision: Decision, form: AboutForm, user: User, _today: date) -> Did:
    decisions.answer_complaint(case_id=case.pk, decision_id=decision.pk, actor=user, **form.cleaned_data)
    return ()


def _open(case: Case, _viewer: Viewer) -> QuerySet[HelpRequest]:
    return queries.open_requests(case)


def _own(case: Case, viewer: Viewer) -> QuerySet[Decision]:
    """Decisions whose complaints this viewer records: the social services' own are theirs."""
    known = queries.decisions_of(case, viewer)
    return known if viewer.agency is Agency.SOCIAL_SERVICES else known.filter(request__isnull=False)


def _not_complained_of(case: Case, viewer: Viewer) -> QuerySet[Decision]:
    return _own(case, viewer).filter(complaint=Decision.Complaint.NONE)


def _waiting(case: Case, viewer: Viewer) -> QuerySet[Decision]:
    return _own(case, viewer).filter(complaint=Decision.Complaint.WAITING)


VERBS: Mapping[str, Verb] = {
    "request_help": Verb(
        RequestForm, _asked, gettext_lazy("The request is saved. It must end in a decision with reasons.")
    ),
    "decide_aid": Verb(DecisionForm, _decided_aid, gettext_lazy("The decision is saved.")),
}
ON_ONE: Mapping[str, VerbOnOne] = {
    "withdraw_request": VerbOnOne(
        _open, RequestEndForm, _not_asked, gettext_lazy("Saved. The request is withdrawn.")
    ),
    "decide": VerbOnOne(_open, DecisionForm, _decided, gettext_lazy("The decision is saved.")),
    "complain": VerbOnOne(_not_complained_of, ComplaintForm, _complained, gettext_lazy("The complaint is saved.")),
    "answer_complaint": VerbOnOne(_waiting, ComplaintAnswerForm, _answered, gettext_lazy("The answer is saved.")),
}  # fmt: skip
