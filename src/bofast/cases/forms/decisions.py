"""Forms for requests for help, decisions and complaints."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bofast.access.models import User
from bofast.cases.forms.fields import AboutForm, DayField, DayOnlyForm, Words, capitals, despite
from bofast.cases.models import Case, Decision
from bofast.domain.decisions import Draft, Regarding, Verdict, provision


class RequestForm(DayOnlyForm):
    """The household asks for help."""

    def __init__(self, data: Any, *, case: Case, user: User, today: date, about: Any = None) -> None:
        """The day counts from when it came, however it came."""
        super().__init__(data, case=case, user=user, today=today, about=about)
        self.fields["on"].label = _("Day the request came")
        self.fields["on"].help_text = _("In writing or said. It must end in a decision with reasons.")


class RequestEndForm(DayOnlyForm):
    """The household does not ask any more."""

    def begun_on(self) -> date | None:
        """The day the request came."""
        received_on: date = self.about.received_on
        return received_on


class DecisionForm(AboutForm):
    """A decision somebody has made. With `about`, a request for help, it decides that."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=capitals(Decision.Outcome.choices), widget=forms.RadioSelect
    )
    content = Words(label=_("What is decided"), help_text=_("The main content, as it stands in the letter."))
    reasons = Words(
        label=_("Reasons"), required=False, help_text=_("Whoever is refused, in whole or in part, must be told why.")
    )
    complaint_text = Words(label=_("How to complain"), help_text=_("To whom, how, and where help with it is found."))
    decided_on = DayField(label=_("Day of the decision"))
    told_on = DayField(label=_("Day the household was told"))
    complain_by = DayField(
        label=_("Last day to complain"), required=False, help_text=_("As the decision says. It is not computed here.")
    )
    despite = despite()

    def __init__(self, data: Any, *, case: Case, user: User, today: date, about: Any = None) -> None:
        """Both days are today's until somebody says otherwise."""
        super().__init__(data, case=case, user=user, today=today, about=about)
        self.fields["decided_on"].initial = self.fields["told_on"].initial = today
        complaint_to = provision(Regarding.HELP if about else Regarding.AID, today).complaint_to
        if complaint_to:
            self.fields["complaint_text"].help_text = _(
                "Where to send it, and where help with it is found. It is decided by %(who)s."
            ) % {"who": complaint_to}

    def clean_decided_on(self) -> date:
        """Decided, and not before it was asked for."""
        day = self._not_ahead("decided_on")
        if self.about and day < self.about.received_on:
            raise ValidationError(_("The day is before the thing it concerns. Correct the day."))
        return day

    def clean_told_on(self) -> date:
        """Told, and not before it was decided."""
        day, decided_on = self._not_ahead("told_on"), self.cleaned_data.get("decided_on")
        if decided_on and day < decided_on:
            raise ValidationError(_("The day is before the thing it concerns. Correct the day."))
        return day

    def as_draft(self) -> Draft:
        """The decision as the rules know it."""
        said = self.cleaned_data
        return Draft(
            outcome=Verdict(said["outcome"]),
            content=said["content"],
            reasons=said["reasons"],
            complaint_text=said["complaint_text"],
            decided_on=said["decided_on"],
            complain_by=said["complain_by"],
        )


class ComplaintForm(DayOnlyForm):
    """The household complains."""

    def begun_on(self) -> date | None:
        """The day it was told of the decision."""
        told_on: date | None = self.about.told_on
        return told_on


class ComplaintAnswerForm(DayOnlyForm):
    """What came of the complaint."""

    complaint = forms.ChoiceField(
        label=_("What came of it"),
        choices=capitals(
            choice for choice in Decision.Complaint.choices
            if choice[0] in (Decision.Complaint.UPHELD, Decision.Complaint.DISMISSED)
        ),
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ("complaint", "on")

    def begun_on(self) -> date | None:
        """The day of the complaint."""
        complained_on: date | None = self.about.complained_on
        return complained_on
