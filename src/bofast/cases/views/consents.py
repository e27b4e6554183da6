"""Consents, and those who act for the household."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bofast.access.doors import opens
from bofast.access.models import User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import signed_in
from bofast.cases import words
from bofast.cases.actions import consents, representatives
from bofast.cases.forms.consents import ConsentForm, EndForm, RepresentativeForm, WithdrawForm
from bofast.cases.forms.fields import AboutForm
from bofast.cases.models import Case, Consent, Representative
from bofast.cases.queries import sharing
from bofast.cases.views.verbs import Did, Verb, VerbOnOne, case_to, finished, form_page
from bofast.domain.consents import text_on, texts_on


@opens(Door.CASE)
def give(request: HttpRequest, number: str) -> HttpResponse:
    """The household agrees to a text: first which (`?text=benefit_transport`), then when and by whom."""
    user, today = signed_in(request), timezone.localdate()
    case = case_to("give_consent", number, user)
    if "text" not in request.GET:
        return render(request, "cases/choose_consent.html", {"case": case, "texts": texts_on(today)})
    text = text_on(request.GET["text"], today)
    if text is None:
        raise Http404
    form = ConsentForm(request.POST or None, text=text, case=case, user=user, today=today)
    if form.is_valid():
        return finished(request, case, user, _given(case, form, user))
    opted_out_on = sharing.opted_out_on(case, today)
    title = str(words.VERBS["give_consent"])
    return form_page(request, case, form, title, template="cases/consent.html", text=text, opted_out_on=opted_out_on)


def _given(case: Case, form: ConsentForm, user: User) -> str:
    said = form.cleaned_data
    consent = consents.give(
        case_id=case.pk, text=form.agreed_to(), on=said["on"], given_by=said["given_by"], asked=form.asked_at(),
        actor=user,
    )  # fmt: skip
    if said["asked"] and consent.weak:
        return _("The consent is saved. It is marked as weak: share as little as possible.")
    return _("The consent is saved.")


def _withdrawn(case: Case, consent: Consent, form: AboutForm, user: User, today: date) -> Did:
    consents.withdraw(case_id=case.pk, consent_id=consent.pk, on=form.cleaned_data["on"], actor=user, today=today)
    return ()


def _added(case: Case, form: RepresentativeForm, user: User, today: date) -> Did:
    representatives.add(case_id=case.pk, power=form.as_power(), actor=user, today=today)
    return ()


def _ended(case: Case, power: Representative, form: AboutForm, user: User, today: date) -> Did:
    on: date = form.cleaned_data["on"]
    representatives.end(case_id=case.pk, representative_id=power.pk, on=on, actor=user, today=today)
    return ()


def _standing(case: Case, _viewer: Viewer) -> QuerySet[Consent]:
    return sharing.consents_of(case).filter(withdrawn_on__isnull=True)


def _powers(case: Case, _viewer: Viewer) -> QuerySet[Representative]:
    return sharing.representatives(case)


VERBS: Mapping[str, Verb] = {
    "add_representative": Verb(RepresentativeForm, _added, gettext_lazy("Saved. They may act for the household.")),
}
ON_ONE: Mapping[str, VerbOnOne] = {
    "withdraw_consent": VerbOnOne(
        _standing, WithdrawForm, _withdrawn,
        gettext_lazy("The consent is withdrawn. What rested on it is not shared any more."),
    ),
    "end_representative": VerbOnOne(
        _powers, EndForm, _ended, gettext_lazy("Saved. They act for the household no more.")
    ),
}  # fmt: skip
