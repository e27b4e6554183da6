"""Filters of the worklist. They live in the URL, and so never hold anything about a person."""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bofast.access.models import User
from bofast.access.words import STAGES
from bofast.cases.models import Case
from bofast.cases.queries import worklist_page
from bofast.cases.queries.reach import held_by
from bofast.domain.findings import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

MINE, TEAM, SHARED, ALL = "mine", "team", "shared", "all"
WHOSE = (
    (MINE, _("My cases")),
    (TEAM, _("My team")),
    (SHARED, _("Shared with us")),
    (ALL, _("All I may see")),
)
TELLING = ("show", "district", "stage", "team", "holder")
"""Filters that would tell of a case what it was shared without."""

STAGE_CHOICES = [(stage.value, name) for stage, (name, _color) in STAGES.items()]


class WorklistFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Narrows the worklist. For those who may not know who helps, neither team nor holder is asked for."""

    show = django_filters.CharFilter(method="narrow", widget=forms.HiddenInput)
    whose = django_filters.CharFilter(method="of", widget=forms.HiddenInput)
    district = django_filters.ChoiceFilter(
        label=_("District"), field_name="tenancy__dwelling__district", empty_label=_("All districts")
    )
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=STAGE_CHOICES, empty_label=_("All stages"))
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=None, empty_label=_("All teams"))
    holder = django_filters.ModelChoiceFilter(label=_("Person"), queryset=None, empty_label=_("Everybody"))

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(
        self,
        data: "Mapping[str, Any]",
        cases: QuerySet[Case],
        *,
        user: User,
        conditions: "Mapping[str, Q]",
        shared: bool = False,
    ):
        """`conditions`: what each value of `show` stands for. `shared` cases are not narrowed: see TELLING."""
        super().__init__(data, cases)
        self.user, self.conditions = user, conditions
        self.filters["district"].extra["choices"] = worklist_page.districts()
        if user.viewer.sees(Part.HELP):
            self.filters["team"].queryset = worklist_page.helping_teams(user.viewer)
            self.filters["holder"].queryset = worklist_page.helpers(user.viewer)
        else:
            del self.filters["team"], self.filters["holder"]
        for name in TELLING if shared else ():
            self.filters.pop(name, None)

    def narrow(self, cases: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        """Only what a key figure counts; anything else narrows nothing."""
        return cases.filter(self.conditions[value]) if value in self.conditions else cases

    def of(self, cases: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        """One's own, one's team's or all; whose a case is, is not for everybody to ask."""
        if not self.user.viewer.sees(Part.HELP):
            return cases
        if value == MINE:
            return cases.filter(holder=self.user)
        return cases.filter(held_by(self.user.viewer)) if value == TEAM and self.user.team_id else cases
