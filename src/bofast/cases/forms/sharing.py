"""The form for sharing a case: with whom, which parts, and whether the household knows."""

import json
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Team, User
from bofast.access.need_to_know import Viewer
from bofast.cases import words
from bofast.cases.forms.fields import DayField, Words, WorkForm
from bofast.cases.models import Case
from bofast.cases.queries.sharing import Wish, receivers, shareable
from bofast.domain.facts import Agency
from bofast.domain.findings import Part

ALWAYS = frozenset({Part.IDENTITY})
"""A case cannot be shared without whose it is."""


class ShareForm(WorkForm):
    """What to share, and with whom. `viewer` is the sharer as they stand before the case."""

    receiver = forms.ChoiceField(label=_("Share with"))
    parts = forms.MultipleChoiceField(
        label=_("What they are to see"),
        help_text=_(
            "Who the tenant is and where they live always goes along. "
            "Choose no more than they need for what they are to do."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    told_on = DayField(
        label=_("Day the household was told"),
        required=False,
        help_text=_("Leave empty when they have not been told yet."),
    )
    despite = Words(
        label=_("It may go all the same, because …"),
        required=False,
        help_text=_("Name the provision, and why it is needed. The reason is kept with the case."),
    )

    def __init__(self, data: Any, *, case: Case, user: User, today: date, viewer: Viewer) -> None:
        """The receivers there are, and the parts the sharer sees and somebody may be shown."""
        super().__init__(data, case=case, user=user, today=today)
        self.viewer = viewer
        self.offered = {_key(agency, team): (agency, team) for agency, team in receivers(viewer)}
        named = [(key, words.receiver(agency, team)) for key, (agency, team) in self.offered.items()]
        most = frozenset[Part]().union(*(shareable(agency, viewer) for agency, _team in self.offered.values()))
        self.fields["receiver"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]
        self.fields["parts"].choices = [  # type: ignore[attr-defined]
            (part.value, words.PARTS[part]) for part in Part if part in most - ALWAYS
        ]

    def clean_told_on(self) -> date | None:
        """Nobody is told in days to come."""
        return self._not_ahead("told_on") if self.cleaned_data["told_on"] else None

    def clean(self) -> dict[str, Any]:
        """Only what that receiver may ever be shown."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "receiver" in said and "parts" in said:
            agency, _team = self.offered[said["receiver"]]
            beyond = frozenset(map(Part, said["parts"])) - shareable(agency, self.viewer)
            if beyond:
                self.add_error("parts", self._beyond(beyond))
        return said

    def _beyond(self, parts: frozenset[Part]) -> ValidationError:
        named = ", ".join(str(words.PARTS[part]).lower() for part in Part if part in parts)
        told = _("They do not need to know this, and may not be shown it: %(parts)s.")
        return ValidationError(told, params={"parts": named})

    def wish(self) -> Wish:
        """What is to be shared."""
        said = self.cleaned_data
        agency, team = self.offered[said["receiver"]]
        return Wish(
            receiver=agency, team=team, parts=ALWAYS | frozenset(map(Part, said["parts"])), told_on=said["told_on"]
        )

    @property
    def choice(self) -> str:
        """What was chosen, in one text: a ruling is only confirmed for the choice it was given on."""
        said = self.cleaned_data
        return json.dumps([said["receiver"], sorted(said["parts"]), str(said["told_on"] or "")])

    @property
    def confirmed(self) -> bool:
        """Whether the sharer has seen the ruling on this very choice."""
        return self.data.get("seen") == self.choice


def _key(agency: Agency, team: Team | None) -> str:
    return f"{agency.value}:{team.pk}" if team else agency.value
