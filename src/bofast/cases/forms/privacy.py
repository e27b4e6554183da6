"""Forms for a person's rights to their own data."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Proof
from bofast.arrears.models import Resident

CORRECTED = ("name", "phone", "email", "language")


class FindForm(forms.Form):
    """Whose data it is about; sent by POST, so that it stands in no address."""

    number = forms.CharField(
        label=_("Contract number or case number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectForm(forms.Form):
    """What is held about the main tenant, to be put right."""

    name = forms.CharField(label=_("Name"), max_length=200)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)

    def __init__(self, data: Any, *, resident: Resident) -> None:
        """Begins with what is held."""
        super().__init__(data, initial={field: getattr(resident, field) for field in CORRECTED})

    @property
    def changes(self) -> Mapping[str, str]:
        """The fields that are written otherwise than they are held."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class EraseForm(forms.Form):
    """Why a household is erased, and that the archivist has decided."""

    ground = forms.ChoiceField(
        label=_("Why it is erased"),
        choices=[(each.value, each.label) for each in (Proof.Ground.REQUEST, Proof.Ground.TIME, Proof.Ground.ORDER)],
        widget=forms.RadioSelect,
    )
    archivist_decided = forms.BooleanField(
        label=_("The archivist has decided that nothing of it must be kept"),
        help_text=_("The archives act may require that something is kept. Ask before you erase: it cannot be undone."),
        required=False,
    )
