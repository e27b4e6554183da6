"""What is asked of the log, in the address; and whose looks are printed or looked into, never in it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bofast.access.models import AccessAction, Reviewed, User
from bofast.reports.access_log.queries import OPERATOR, Asked

LONGEST_DAYS = 92
"""How many days are searched for what is unusual at once: each look in them is held against the homes and the names."""


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogForm(forms.Form):
    """Part of the log. Case numbers and internal keys only, for it stands in the address."""

    user = forms.ChoiceField(label=_("Who"), required=False)
    case = forms.CharField(label=_("Case number"), max_length=20, required=False)
    first = forms.DateField(label=_("From day"), required=False, widget=_day())
    last = forms.DateField(label=_("To day"), required=False, widget=_day())
    action = forms.ChoiceField(label=_("What was done"), required=False)

    def __init__(self, data: Any, *, users: Iterable[User]) -> None:
        super().__init__(data)
        who: Any = self.fields["user"]
        what: Any = self.fields["action"]
        known = [(str(user.pk), f"{user} ({user.username})") for user in users]
        who.choices = [("", gettext("Everybody")), *known, (OPERATOR, gettext("The operator of the installation"))]
        what.choices = [("", gettext("Everything")), *AccessAction.choices]

    def clean(self) -> dict[str, Any]:
        """The whole, in which the first day comes first."""
        cleaned = super().clean() or self.cleaned_data
        _in_order(cleaned)
        return cleaned

    @property
    def asked(self) -> Asked:
        """What a valid form asks."""
        given = self.cleaned_data
        return Asked(
            user=given["user"],
            case=given["case"].strip(),
            first=given["first"],
            last=given["last"],
            action=given["action"],
        )


class DaysForm(forms.Form):
    """The days that are searched for what is unusual."""

    first = forms.DateField(label=_("From day"), widget=_day())
    last = forms.DateField(label=_("To day"), widget=_day())

    def __init__(self, data: Any, *, today: date) -> None:
        """Without anything asked, the last thirty days."""
        usual = {"first": (today - timedelta(days=30)).isoformat(), "last": today.isoformat()}
        super().__init__({**usual, **{name: data[name] for name in usual if data.get(name)}})

    def clean(self) -> dict[str, Any]:
        """The whole: days in order, and not too many."""
        cleaned = super().clean() or self.cleaned_data
        _in_order(cleaned)
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and (last - first).days > LONGEST_DAYS:
            raise ValidationError(gettext("Choose %(days)s days or fewer.") % {"days": LONGEST_DAYS})
        return cleaned


def _in_order(cleaned: dict[str, Any]) -> None:
    first, last = cleaned.get("first"), cleaned.get("last")
    if first and last and first > last:
        raise ValidationError(gettext("The first day must not be after the last."))


class PersonForm(forms.Form):
    """Whose household it is about; sent by POST, so that a contract number stands in no address."""

    number = forms.CharField(
        label=_("Contract number or case number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ReviewForm(forms.Form):
    """What came of looking into something unusual."""

    outcome = forms.ChoiceField(label=_("What you found"), choices=Reviewed.Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Whom you asked and what was said. Write nothing about the household."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
