"""Handing a list out, and answering one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Team
from bofast.arrears.actions.answers import Said
from bofast.cases.forms.fields import DayField
from bofast.domain.screening import Answer

LONGEST_REASON = 2000
LONGEST_NOTE = 1000


class HandOutForm(forms.Form):
    """To which office, and when the tenants were told."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Hand out to"), empty_label=None)
    told_on = DayField(
        label=_("Day the tenants were told and sent their copy"),
        help_text=_("No later than today. Leave it empty if they have not been told: most rows are then held back."),
        required=False,
    )

    def __init__(self, data: Any, *, teams: QuerySet[Team], today: date, **kwargs: Any) -> None:
        """The offices there are to choose from, and the day."""
        super().__init__(data, **kwargs)
        self._today = today
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a choice of rows

    def clean_told_on(self) -> date | None:
        """The tenants are told no later than the office."""
        told_on: date | None = self.cleaned_data["told_on"]
        if told_on and told_on > self._today:
            raise ValidationError(_("The tenants are told no later than the office. Wait with the list until then."))
        return told_on


class AnswersFileForm(forms.Form):
    """The workbook we handed out, filled in."""

    upload = forms.FileField(
        label=_("The list, filled in"),
        help_text=_("The spreadsheet you fetched here. Only the answers and the notes are read."),
        allow_empty_file=True,
        max_length=255,
    )


def reasons(data: Mapping[str, str]) -> dict[int, str]:
    """Of a page with a reason for each unclear row, those written, by case."""
    return {key: text[:LONGEST_REASON] for key, text in _numbered(data, "because-").items() if text.strip()}


def answers(data: Mapping[str, str]) -> dict[int, Said]:
    """Of a page with a choice and a note for each row, what was said, by row; what is no answer is left open."""
    chosen, notes = _numbered(data, "answer-"), _numbered(data, "note-")
    return {
        row: Said(
            answer if (answer := chosen.get(row, "")) in set(Answer) else "", notes.get(row, "")[:LONGEST_NOTE].strip()
        )
        for row in chosen.keys() | notes.keys()
    }


def _numbered(data: Mapping[str, str], prefix: str) -> dict[int, str]:
    """The fields called by that prefix and a number."""
    found = ((name.removeprefix(prefix), text) for name, text in data.items() if name.startswith(prefix))
    return {int(number): text for number, text in found if number.isascii() and number.isdigit() and len(number) < 12}
