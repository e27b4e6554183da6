"""Forms for shielding a household and naming who sees past the shield."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Assignment, User
from bofast.arrears.models import Shield

KINDS = {
    Shield.Kind.ADDRESS: _("Protect the address: only those named see where they live, and the telephone number"),
    Shield.Kind.CASE: _("Shield the whole case: nobody but those named knows of it"),
}


def _who(user: User) -> str:
    """Name and place, so that namesakes can be told apart."""
    seats: Sequence[Assignment] = getattr(user, "running", ())
    return f"{user} – {seats[0].team or seats[0].get_agency_display()}" if seats else str(user)


def _choose_among(field: Any, people: QuerySet[User]) -> None:
    field.queryset, field.label_from_instance = people, _who


class ShieldForm(forms.Form):
    """Which shield, and who sees past it."""

    kind = forms.ChoiceField(label=_("What is to be shielded"), widget=forms.RadioSelect)
    named = forms.ModelMultipleChoiceField(
        label=_("Who is named"),
        help_text=_("A shielded case needs at least one who helps households: somebody must be able to work."),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, kinds: Sequence[Shield.Kind], people: QuerySet[User]) -> None:
        """The shields that may be set, and those who may be named."""
        super().__init__(data)
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=[(kind.value, KINDS[kind]) for kind in kinds],
            widget=forms.RadioSelect,
            initial=kinds[0].value if len(kinds) == 1 else None,
        )
        _choose_among(self.fields["named"], people)


class NameForm(forms.Form):
    """One more person to name."""

    user = forms.ModelChoiceField(
        label=_("Name one more"), empty_label=_("Choose a person"), queryset=User.objects.none()
    )

    def __init__(self, data: Any, *, people: QuerySet[User]) -> None:
        """Those who may be named and are not yet."""
        super().__init__(data)
        _choose_among(self.fields["user"], people)
