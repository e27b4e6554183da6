"""Forms of the search page and of the rules of a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bofast.cases.forms.fields import DayField


class SearchForm(forms.Form):
    """What to search for; sent by POST, so that nothing about a person stands in an address."""

    text = forms.CharField(
        label=_("Name, contract number, address, KID or case number"),
        help_text=_("At least three letters or digits."),
        min_length=3,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


class DayForm(forms.Form):
    """A day to see the rules of."""

    on = DayField(label=_("Rules in force on"))
