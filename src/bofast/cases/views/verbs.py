"""What one can do on a case, as pages: a form, an action, and back to the case. Shared by the room's views on work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bofast.access.models import User
from bofast.access.need_to_know import Viewer
from bofast.cases import rights
from bofast.cases.forms.fields import AboutForm, WorkForm
from bofast.cases.models import Case
from bofast.cases.queries import case_page
from bofast.cases.views.case import allowed_case
from bofast.domain.findings import Finding
from bofast.domain.procedure import is_barred

Did = Sequence[Finding]


@dataclass(frozen=True)
class Verb:
    """One thing to do to a case: its form, its action, and what is said when it is done."""

    form: type[WorkForm]
    act: Callable[[Case, Any, User, date], Did]
    done: Promise


@dataclass(frozen=True)
class VerbOnOne:
    """One thing to do to one thing of a case: which there are to do it to, its form, its action, what is said."""

    of: Callable[[Case, Viewer], QuerySet[Any]]
    form: type[AboutForm]
    act: Callable[[Case, Any, AboutForm, User, date], Did]
    done: Promise


def case_to(verb: str, number: str, user: User) -> Case:
    """The case to do that on. Raises Http404 where it may not be known of, PermissionDenied where it is another's."""
    case = allowed_case(number, user)
    if not rights.may(user, verb, case):
        raise PermissionDenied(_("This is done by those who help the household."))
    return case


def finished(request: HttpRequest, case: Case, user: User, said: str) -> HttpResponse:
    """Say that it is done, and go on to the case."""
    messages.success(request, said)
    return back(case, user)


def back(case: Case, user: User) -> HttpResponse:
    """To the case; to the worklist when the case has gone out of the person's sight."""
    if case_page.case_of(case.number, user.viewer) is None:
        return redirect("cases:worklist")
    return redirect("cases:case", number=case.number)


def form_page(
    request: HttpRequest,
    case: Case,
    form: WorkForm,
    title: str,
    obstacles: Sequence[Finding] = (),
    template: str = "cases/work.html",
    **more: Any,
) -> HttpResponse:
    """The form, and after a refusal everything that stands in the way."""
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "title": title,
        "obstacles": obstacles,
        "barred": is_barred(obstacles),
        **more,
    }
    return render(request, template, context, status=422 if form.errors or obstacles else 200)
