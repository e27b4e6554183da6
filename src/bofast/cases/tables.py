"""Tables of the room's pages."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from bofast.access.need_to_know import Viewer
from bofast.cases.models import Case
from bofast.cases.queries.worklist import Item, items, parts_of_shared
from bofast.domain.findings import Part

SORTED = ("arrears", "stage", "deadline", "step")
RANK = ("order", "tenancy__contract_no", "number")
COLUMNS_OF = {
    "arrears": {Part.MONEY},
    "stage": {Part.PROCEDURE},
    "why": {Part.MONEY, Part.PROCEDURE, Part.HOUSEHOLD, Part.HELP},
    "contact": {Part.HELP},
}
"""Columns that are empty for who sees none of these parts."""
OF_SHARED = ("shared_by", "shared_on")
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class Ranked(TableQuerysetData):  # type: ignore[misc]
    """The worklist's cases; a page of them is read as items, cut to what the viewer may see."""

    def __init__(self, cases: QuerySet[Case], viewer: Viewer, shared: bool) -> None:
        """`cases` are ordered and narrowed already."""
        super().__init__(cases)
        self.viewer, self.shared = viewer, shared

    def __getitem__(self, portion: slice) -> list[Item]:
        """The items of one page."""
        cases = list(self.data[portion])
        return items(cases, self.viewer, first_rank=(portion.start or 0) + 1, shared=self.shared)


class WorklistTable(tables.Table):  # type: ignore[misc]
    """The ranked list. The cells are written in its template; the columns here say what sorts by what."""

    worklist = True
    household = tables.Column(_("Household"), orderable=False)
    shared_by = tables.Column(_("Shared by"), orderable=False)
    shared_on = tables.Column(_("Shared on"), orderable=False)
    arrears = tables.Column(_("Arrears"), order_by=("outstanding", "order"), attrs=NUMBER)
    stage = tables.Column(_("Stage"), order_by=("stage", "order"))
    deadline = tables.Column(_("Next legal date"), order_by=("deadline_on", "order"))
    why = tables.Column(_("Why now"), orderable=False)
    step = tables.Column(_("Next step"), order_by=("due_on", "order"))
    contact = tables.Column(_("Last contact"), orderable=False)

    class Meta:
        template_name = "cases/worklist_table.html"
        per_page = 25

    def __init__(
        self, cases: QuerySet[Case], *, viewer: Viewer, today: date, shared: bool = False, **kwargs: Any
    ) -> None:
        """Without what tells of help, also in the order, for those who may not know of it.

        Cases that were `shared` one by one are not sorted: of each the viewer may see other parts. What the viewer sees
        of none of them has no column.
        """
        parts = parts_of_shared(viewer) if shared else viewer.parts
        empty = [name for name, told in COLUMNS_OF.items() if not told & parts]
        super().__init__(Ranked(cases, viewer, shared), exclude=(*empty, *(() if shared else OF_SHARED)), **kwargs)
        self.today, self.knows_help = today, Part.HELP in parts
        self.shown = frozenset(self.columns.names())
        self.columns["step"].column.orderable = self.knows_help
        if shared:
            self.columns["deadline"].column.verbose_name = _("Next date")
        for name in self.shown.intersection(SORTED) if shared else ():
            self.columns[name].column.orderable = False

    def order_deadline(self, cases: QuerySet[Case], is_descending: bool) -> tuple[QuerySet[Case], bool]:
        """By day, those without one last whichever way."""
        day = F("deadline_on")
        by_day = day.desc(nulls_last=True) if is_descending else day.asc(nulls_last=True)
        return cases.order_by(by_day, *RANK), True
