"""Tables of the room's pages."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bofast.access.need_to_know import Viewer
from bofast.access.templatetags.written import day, kr
from bofast.arrears import senders
from bofast.arrears.exports import Column, columns_for
from bofast.arrears.households import MOVEMENTS
from bofast.arrears.models import DEFAULT_SENDER, ReceivedFile, Tenancy

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
MOVEMENT_COLORS = {"new": "info", "continuing": "neutral", "increased": "warning", "cleared": "success"}


class FileTable(tables.Table):  # type: ignore[misc]
    """The files received, newest day first."""

    caption = _("Files received")
    name = tables.Column(_("File"), accessor="pk", order_by=("as_of", "pk"))
    kind = tables.Column(_("What it is"))
    rows_ = tables.Column(_("Rows"), accessor="rows", attrs=NUMBER)
    open_rows = tables.Column(_("In quarantine"), attrs=NUMBER)
    new = tables.Column(_("New"), attrs=NUMBER)
    continuing = tables.Column(_("Continuing"), attrs=NUMBER)
    cleared = tables.Column(_("Gone"), attrs=NUMBER)
    outstanding = tables.Column(_("Sum"), attrs=NUMBER)
    received_at = tables.Column(_("Received"))

    class Meta:
        model = ReceivedFile
        fields = ("name", "kind", "rows_", "open_rows", "new", "continuing", "cleared", "outstanding", "received_at")
        order_by = "-name"
        per_page = 25
        default = "–"

    def render_name(self, record: ReceivedFile) -> SafeString:
        """The day of a list or the name of the file, and whether another has taken over."""
        text = day(record.as_of) or record.name
        link = format_html('<a href="{}">{}</a>', reverse("arrears:list", args=[record.pk]), text)
        if record.standing:
            return link
        tag = ("warning", _("Not in use")) if record.waits else ("neutral", _("Superseded"))
        return format_html('{} <span class="ds-tag" data-color="{}">{}</span>', link, *tag)

    def render_kind(self, value: str, record: ReceivedFile) -> SafeString:
        """What it is, and who sent it where that is not the usual sender."""
        if record.sender == DEFAULT_SENDER:
            return format_html("{}", value)
        return format_html('{} <span class="quiet">{}</span>', value, senders.label(record.sender))

    def _only_lists(self, value: int, record: ReceivedFile) -> int | str:
        return value if record.kind == "arrears" else "–"

    render_new = render_continuing = render_cleared = _only_lists

    def render_outstanding(self, value: int, record: ReceivedFile) -> str:
        """Kroner, for lists."""
        return kr(value) if record.kind == "arrears" else "–"

    def render_received_at(self, value: Any) -> str:
        """The day it came."""
        return day(value.date())


class HouseholdTable(tables.Table):  # type: ignore[misc]
    """Households of a list, held against the list before."""

    caption = _("Households, held against the list before")
    name = tables.Column(_("Household"), accessor="contract_no", order_by=("name", "contract_no"))
    district = tables.Column(_("District"))
    movement = tables.Column(_("Since the list before"))
    owed = tables.Column(_("Now"), attrs=NUMBER)
    owed_before = tables.Column(_("Before"), attrs=NUMBER)
    change = tables.Column(_("Difference"), attrs=NUMBER)

    class Meta:
        model = Tenancy
        fields = ("name", "district", "movement", "owed", "owed_before", "change")
        order_by = "-owed"
        per_page = 50
        default = "–"

    def render_name(self, record: Any) -> SafeString:
        """Name and contract; opens the case."""
        return household_link(record)

    def render_movement(self, value: str) -> SafeString:
        """In a word, with a colour."""
        tag = '<span class="ds-tag" data-color="{}">{}</span>'
        return format_html(tag, MOVEMENT_COLORS[value], MOVEMENTS[value])

    def render_owed(self, value: int) -> str:
        """Kroner."""
        return kr(value)

    render_owed_before = render_owed

    def render_change(self, value: int) -> str:
        """Kroner, with its sign."""
        return f"+{kr(value)}" if value > 0 else kr(value)


class DistrictTable(tables.Table):  # type: ignore[misc]
    """A district's list, with the columns the viewer's agency may see."""

    caption = _("Households in the district")
    ON_SCREEN = ("name", "address", "phone", "members", "children", "owed", "months", "oldest_due_on", "petitioned_on")
    name = tables.Column(_("Household"), accessor="contract_no", order_by=("name", "contract_no"))

    class Meta:
        model = Tenancy
        fields = ("name",)
        per_page = 50
        default = "–"

    def __init__(self, rows: Any, *, viewer: Viewer, **kwargs: Any) -> None:
        columns = [column for column in columns_for(viewer) if column.key in self.ON_SCREEN and column.key != "name"]
        extra = [(column.key, _Shown(column)) for column in columns]
        super().__init__(rows, extra_columns=extra, **kwargs)

    def render_name(self, record: Any) -> SafeString:
        """Name and contract; opens the case."""
        return household_link(record)


class _Shown(tables.Column):  # type: ignore[misc]
    """One column of `exports` on the screen."""

    ORDERED = {"address": "dwelling__address", "months": None}

    def __init__(self, column: Column) -> None:
        order = self.ORDERED.get(column.key, column.key)
        if column.key in ("members", "children"):
            order = f"household__{column.key}"
        super().__init__(
            column.title,
            accessor="pk",
            orderable=order is not None,
            order_by=order or (),
            attrs=NUMBER if column.shape in ("number", "amount") else {},
        )
        self._column = column

    def render(self, record: Any) -> str:
        """The value as it is written on a page; – where there is none."""
        value = self._column.value(record)
        if value is None or value == "":
            return "–"
        if self._column.shape == "amount":
            return kr(value)
        return day(value) if isinstance(value, date) else str(value).replace(".", ",")


def household_link(record: Any) -> SafeString:
    """The household's name, or its contract where the name is not known, opening its case."""
    address = reverse("cases:of_tenancy", args=[record.pk])
    if not record.name:
        return format_html('<a href="{}">{}</a>', address, record.contract_no)
    return format_html('<a href="{}">{}</a> <span class="quiet">{}</span>', address, record.name, record.contract_no)
