"""What the room's forms are made of: days, amounts, words, and the form for work on a case."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bofast.access.models import User
from bofast.cases.models import Case
from bofast.domain.money import AmountError, parse_amount


class DayField(forms.DateField):
    """A day, written with the browser's own day field."""

    def __init__(self, **kwargs: Any) -> None:
        """A day field sends ISO days, whatever the language of the page."""
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class AmountField(forms.CharField):
    """An amount as people write it, as whole øre."""

    def clean(self, value: Any) -> int | None:
        """Øre above 0, or a message that says how to write it."""
        text = super().clean(value)
        try:
            amount = parse_amount(text)
        except AmountError:
            amount = 0
        if amount <= 0:
            raise ValidationError(_("Write the amount in kroner, for example 12 500 or 12 500,50."))
        return amount


class Words(forms.CharField):
    """A few lines of text."""

    def __init__(self, **kwargs: Any) -> None:
        """Up to 4,000 characters."""
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)


class WorkForm(forms.Form):
    """A form for work on a case. `despite` is only shown once something soft stands in the way.

    `intro` says what happens, above the form, where its fields do not.
    """

    intro: str | Promise = ""

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """The case, who writes, and the day."""
        super().__init__(data)
        self.case, self.user, self.today = case, user, today

    def shown_fields(self) -> list[BoundField]:
        """The fields to show before anything stands in the way."""
        return [field for field in self.visible_fields() if field.name != "despite"]

    def _not_ahead(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise ValidationError(_("The day has not come yet. Record it when it is done."))
        return day

    def _not_past(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day < self.today:
            raise ValidationError(_("Choose today or a later day."))
        return day


class AboutForm(WorkForm):
    """A form for work on one thing of a case: a consent, a request, a decision."""

    def __init__(self, data: Any, *, case: Case, user: User, today: date, about: Any = None) -> None:
        """`about` is the thing; None where the form makes a new one."""
        super().__init__(data, case=case, user=user, today=today)
        self.about = about


class DayOnlyForm(AboutForm):
    """The day something was done."""

    on = DayField(label=_("Day it was done"))

    def __init__(self, data: Any, *, case: Case, user: User, today: date, about: Any = None) -> None:
        """The day is today's until somebody says otherwise."""
        super().__init__(data, case=case, user=user, today=today, about=about)
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """Recorded when it is done, and not before what it ends."""
        return self._no_earlier(self._not_ahead("on"))

    def _no_earlier(self, day: date) -> date:
        begun = self.begun_on()
        if begun and day < begun:
            raise ValidationError(_("The day is before the thing it concerns. Correct the day."))
        return day

    def begun_on(self) -> date | None:
        """The day before which it cannot have been done."""
        return None


def capitals(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices as they stand in a form: in a sentence the same words begin small."""
    return [(value, capfirst(label)) for value, label in choices]


def despite() -> Words:
    """A reason to go on although something soft stands in the way."""
    return Words(label=_("Still, because …"), required=False, help_text=_("The reason is kept with the step."))
