"""Filters of the room's lists; they live in the address, and so never hold anything about a person."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bofast.arrears.households import MOVEMENTS, slug_of
from bofast.arrears.models import FileKind, ReceivedFile, Tenancy


class FileFilter(filters.FilterSet):  # type: ignore[misc]
    """Received files by kind, or those with rows waiting."""

    kind = filters.ChoiceFilter(label=_("What it is"), choices=FileKind.choices, empty_label=_("All files"))
    waiting = filters.ChoiceFilter(
        label=_("Quarantine"),
        choices=[("yes", _("With rows waiting"))],
        empty_label=_("All files"),
        method="with_rows_waiting",
    )

    class Meta:
        model = ReceivedFile
        fields = ("kind",)

    def with_rows_waiting(self, files: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Files somebody has to look at."""
        return files.filter(open_rows__gt=0)


class HouseholdFilter(filters.FilterSet):  # type: ignore[misc]
    """Households of a list by what has happened since the list before, and by district."""

    movement = filters.ChoiceFilter(
        label=_("Since the list before"),
        choices=list(MOVEMENTS.items()),
        empty_label=_("All"),
        method="moved",
    )
    district = filters.ChoiceFilter(label=_("District"), empty_label=_("All districts"), method="in_district")

    class Meta:
        model = Tenancy
        fields = ()

    def __init__(self, data: Any, households: QuerySet[Any], *, districts: Sequence[str]) -> None:
        super().__init__(data, households)
        self._names = {slug_of(name): name for name in districts}
        choices = [(slug, name or _("Without a district")) for slug, name in self._names.items()]
        self.filters["district"].extra["choices"] = choices

    def moved(self, households: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those of one movement; the increased are part of the continuing."""
        return households.filter(movement__in=("continuing", "increased") if value == "continuing" else (value,))

    def in_district(self, households: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those of one district."""
        return households.filter(district=self._names[value])
