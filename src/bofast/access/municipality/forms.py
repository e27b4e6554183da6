"""Forms for the municipality's own decisions, and for the street a user says they live in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bofast.access.models import OrganisationSetting, Retention, User
from bofast.access.municipality.words import CHANGES

if TYPE_CHECKING:
    OrganisationModelForm = forms.ModelForm[OrganisationSetting]
    RetentionModelForm = forms.ModelForm[Retention]
    UserModelForm = forms.ModelForm[User]
else:
    OrganisationModelForm = RetentionModelForm = UserModelForm = forms.ModelForm

STREET_HELP = _(
    "Voluntary, and without the number. When the access log is reviewed, it is compared with the homes you have looked "
    "at, so that a look at a neighbour is noticed. Nobody but you and the administrator of users sees it."
)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrganisationForm(OrganisationModelForm):
    """How the municipality is organised from a day on; each choice says what it changes."""

    class Meta:
        model = OrganisationSetting
        fields = ("valid_from", "outreach", "landlord", "relies_on_social_housing_act")
        labels = {
            "relies_on_social_housing_act": _("The municipality shares on the ground of the social housing act § 8"),
        }
        help_texts = {
            "relies_on_social_housing_act": _(
                "From 1 July 2023 it may be the ground for what goes between the landlord and the outreach team. It is "
                "a proposal, no settled practice: decide it together with your data protection officer."
            ),
        }
        widgets = {"valid_from": _day(), "outreach": forms.RadioSelect, "landlord": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outreach", "landlord"):
            chosen: Any = self.fields[name]
            chosen.choices = [
                (value, format_html('{}<br><span class="quiet">{}</span>', label, CHANGES[value]))
                for value, label in chosen.choices
                if value
            ]


class RetentionForm(RetentionModelForm):
    """How long one kind of record is kept from a day on, and who decided it."""

    class Meta:
        model = Retention
        fields = ("months", "ground", "valid_from")
        help_texts = {
            "months": _(
                "Counted from the day the file came, the case was closed, the consent ended or the look was logged."
            ),
            "ground": _("For instance the retention plan, its date, and who decided it."),
        }
        widgets = {"valid_from": _day(), "ground": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        kwargs["instance"] = Retention(kind=kind)
        super().__init__(*args, **kwargs)
        self.fields["months"].validators.append(MinValueValidator(1))
        self.fields["months"].widget.attrs["min"] = 1


class StreetForm(UserModelForm):
    """The street the user says they live in."""

    class Meta:
        model = User
        fields = ("street",)
        help_texts = {"street": STREET_HELP}
        widgets = {"street": forms.TextInput(attrs={"autocomplete": "off"})}
