"""Work on a case: record a step, and everything else that is a form and an action.

Each is a page of its own that also works without JavaScript, and leads back to the case when it is done.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bofast.access.doors import opens
from bofast.access.models import User
from bofast.access.need_to_know import Door
from bofast.access.views import signed_in
from bofast.cases import rights, words
from bofast.cases.actions import work
from bofast.cases.forms import CloseForm, DeedForm, HandOverForm, NoteForm, ReviewForm, TaskForm, WorkForm
from bofast.cases.models import Case, Task
from bofast.cases.queries import case_page, reach
from bofast.cases.views import consents, decisions
from bofast.cases.views.case import allowed_case
from bofast.cases.views.verbs import Did, Verb, VerbOnOne, case_to, finished, form_page
from bofast.domain.facts import DeedCode
from bofast.domain.findings import Finding


def _note(case: Case, form: WorkForm, user: User, today: date) -> Did:
    work.write_note(case_id=case.pk, text=form.cleaned_data["words"], actor=user, today=today)
    return ()


def _hand_over(case: Case, form: WorkForm, user: User, today: date) -> Did:
    return work.hand_over(case_id=case.pk, actor=user, today=today, **form.cleaned_data)


def _review(case: Case, form: WorkForm, user: User, today: date) -> Did:
    said = form.cleaned_data
    work.set_review(case_id=case.pk, review_on=said["on"], actor=user, today=today, words=said["words"])
    return ()


def _task(case: Case, form: WorkForm, user: User, today: date) -> Did:
    said = form.cleaned_data
    work.add_task(
        case_id=case.pk, text=said["words"], due_on=said["on"], agency=said["agency"], owner=None, actor=user,
        today=today,
    )  # fmt: skip
    return ()


def _close(case: Case, form: WorkForm, user: User, today: date) -> Did:
    return work.close_case(case_id=case.pk, actor=user, today=today, **form.cleaned_data)


VERBS: Mapping[str, Verb] = {
    "write_note": Verb(NoteForm, _note, gettext_lazy("The note is saved.")),
    "add_task": Verb(TaskForm, _task, gettext_lazy("The task is added.")),
    "set_review": Verb(ReviewForm, _review, gettext_lazy("The review day is set.")),
    "hand_over": Verb(HandOverForm, _hand_over, gettext_lazy("The case is handed over.")),
    "close": Verb(CloseForm, _close, gettext_lazy("The case is closed. Follow-up starts now.")),
    **consents.VERBS,
    **decisions.VERBS,
}
ON_ONE: Mapping[str, VerbOnOne] = {**consents.ON_ONE, **decisions.ON_ONE}


@opens(Door.CASE)
def do(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One of the verbs: its form, and what came of it."""
    user, today = signed_in(request), timezone.localdate()
    if verb not in VERBS:
        raise Http404
    case = case_to(verb, number, user)
    chosen = VERBS[verb]
    form = chosen.form(request.POST or None, case=case, user=user, today=today)
    found = chosen.act(case, form, user, today) if form.is_valid() else None
    if found is not None and not found:
        return finished(request, case, user, str(chosen.done))
    return form_page(request, case, form, str(words.VERBS[verb]), found or ())


@opens(Door.CASE)
def do_on(request: HttpRequest, number: str, verb: str, pk: int) -> HttpResponse:
    """One of the verbs that are done to one thing of the case. What is not there to do it to is not found."""
    user, today = signed_in(request), timezone.localdate()
    if verb not in ON_ONE:
        raise Http404
    case = case_to(verb, number, user)
    chosen = ON_ONE[verb]
    about = get_object_or_404(chosen.of(case, reach.before(case, user.viewer)), pk=pk)
    form = chosen.form(request.POST or None, case=case, user=user, today=today, about=about)
    try:
        found = chosen.act(case, about, form, user, today) if form.is_valid() else None
    except ObjectDoesNotExist as done_meanwhile:
        raise Http404 from done_meanwhile
    if found is not None and not found:
        return finished(request, case, user, str(chosen.done))
    return form_page(request, case, form, str(words.VERBS[verb]), found or ())


@opens(Door.CASE)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Record a step: first which (`?step=notice`), then its details; what stands in the way is said in full."""
    user, today = signed_in(request), timezone.localdate()
    case = allowed_case(number, user)
    deeds = rights.recordable(user, case)
    if not deeds:
        raise PermissionDenied(_("Steps are recorded by those who work on the case."))
    wanted = request.GET.get("step", "")
    if wanted not in set(DeedCode):
        return render(request, "cases/choose_step.html", {"case": case, "choices": _choices(deeds)})
    deed = DeedCode(wanted)
    if deed not in deeds:
        raise PermissionDenied(_("This step is recorded by another agency."))
    form = DeedForm(request.POST or None, deed=deed, case=case, user=user, today=today)
    found = _recorded(case, form, user, today) if form.is_valid() else None
    if found is not None and not found:
        return finished(request, case, user, _("Recorded: %(step)s.") % {"step": words.deed(deed)})
    return form_page(request, case, form, words.deed(deed), found or ())


def _choices(deeds: Sequence[DeedCode]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The steps under their headings; a heading without any is left out."""
    groups = (
        (str(heading), [(deed.value, words.deed(deed)) for deed in group if deed in deeds])
        for heading, group in words.DEED_GROUPS
    )
    return [(heading, steps) for heading, steps in groups if steps]


def _recorded(case: Case, form: DeedForm, user: User, today: date) -> list[Finding]:
    said = form.cleaned_data
    return work.record_deed(
        case_id=case.pk, deed=form.as_deed(), actor=user, today=today, words=said.get("words", ""),
        despite=said["despite"], given_by=said.get("given_by", ""), contact_by=said.get("contact_by", ""),
    )  # fmt: skip


@require_POST
@opens(Door.CASE)
def finish_task(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Mark a task of the case as done, with what came of it."""
    user = signed_in(request)
    case = allowed_case(number, user)
    task = get_object_or_404(case_page.finishable(case, reach.before(case, user.viewer)), pk=pk)
    came_of_it = request.POST.get("words", "")[:4000]
    try:
        work.finish_task(task_id=task.pk, actor=user, today=timezone.localdate(), words=came_of_it)
    except Task.DoesNotExist as done_meanwhile:
        raise Http404 from done_meanwhile
    messages.success(request, _("The task is done."))
    return redirect("cases:case", number=case.number)


@require_POST
@opens(Door.CASE)
def answer_clause(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the lease has the clause on eviction, as the landlord knows it."""
    user = signed_in(request)
    case = allowed_case(number, user)
    if not rights.may(user, "answer_clause", case):
        raise PermissionDenied(_("The landlord answers what the lease says."))
    answer = request.POST.get("clause")
    if answer in ("yes", "no"):
        work.set_clause(case_id=case.pk, clause=answer == "yes", actor=user, today=timezone.localdate())
        messages.success(request, _("The answer is saved."))
    return redirect("cases:case", number=case.number)
