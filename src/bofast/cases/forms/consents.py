"""Forms for consents and for those who act for the household."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bofast.access.models import User
from bofast.cases import words
from bofast.cases.forms.fields import DayField, DayOnlyForm, WorkForm, capitals
from bofast.cases.models import Case, Consent, Representative
from bofast.domain.consents import ConsentText, text_on
from bofast.domain.facts import Agency


class ConsentForm(WorkForm):
    """The household agrees to a text: when, who said it, and whether they have asked a receiver for help."""

    on = DayField(label=_("Day it was given"))
    given_by = forms.ChoiceField(
        label=_("Given by"),
        choices=capitals(Consent.GivenBy.choices),
        widget=forms.RadioSelect,
        initial=Consent.GivenBy.TENANT.value,
    )
    asked = forms.MultipleChoiceField(
        label=_("Has the household asked any of these for help?"),
        help_text=_("Whoever waits for help from the receiver is not quite free to say no. The consent is then weak."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, text: ConsentText, case: Case, user: User, today: date) -> None:
        """`text` is what is agreed to, as it reads today."""
        super().__init__(data, case=case, user=user, today=today)
        self.text = text
        self.fields["on"].initial = today
        receivers = [(agency.value, words.owner(agency)) for agency in sorted(text.receivers)]
        self.fields["asked"].choices = receivers  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A day the text could be given on: the version of that day is the one agreed to."""
        day = self._not_ahead("on")
        if text_on(self.text.code, day) is None:
            raise ValidationError(_("This text was not in use on that day."))
        return day

    def agreed_to(self) -> ConsentText:
        """The version that was in use on the day."""
        return text_on(self.text.code, self.cleaned_data["on"]) or self.text

    def asked_at(self) -> frozenset[Agency]:
        """The receivers the household says it has asked for help."""
        return frozenset(map(Agency, self.cleaned_data["asked"]))


class WithdrawForm(DayOnlyForm):
    """The household takes a consent back."""

    def begun_on(self) -> date | None:
        """The day it was given."""
        given_on: date = self.about.given_on
        return given_on


class RepresentativeForm(WorkForm):
    """Somebody who acts for the household."""

    kind = forms.ChoiceField(
        label=_("What they are"), choices=capitals(Representative.Kind.choices), widget=forms.RadioSelect,
        initial=Representative.Kind.ATTORNEY.value,
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    scope = forms.CharField(
        label=_("What they may do"),
        max_length=300,
        help_text=_("As it is written, for example: talk with the municipality about the rent."),
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"), required=False, help_text=_("Leave empty when it has no end."))

    def clean(self) -> dict[str, Any]:
        """It ends no earlier than it begins."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("The last day is before the first."))
        return said

    def as_power(self) -> Representative:
        """The power as a row not yet saved."""
        return Representative(**self.cleaned_data)


class EndForm(DayOnlyForm):
    """The power was revoked, or ran out."""

    def begun_on(self) -> date | None:
        """The day it began."""
        since: date = self.about.since
        return since
