"""Tables of the room's pages."""

from collections.abc import Sequence

import django_tables2 as tables
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Assignment, Team, User


class UserTable(tables.Table):  # type: ignore[misc]
    """Everybody with a sign-in; the name opens the user."""

    caption = _("Everybody with a sign-in")
    name = tables.Column(
        _("Name"), accessor="pk", linkify=("access:user_edit", [tables.A("pk")]), order_by=("first_name", "last_name")
    )
    username = tables.Column(_("Username"))
    roles = tables.Column(_("Roles"), accessor="running", orderable=False, empty_values=())
    is_active = tables.Column(_("May sign in"))

    class Meta:
        model = User
        fields = ("name", "username", "roles", "is_active")
        order_by = "name"
        per_page = 50

    def render_name(self, record: User) -> str:
        """The person's name."""
        return str(record)

    def render_roles(self, value: Sequence[Assignment]) -> SafeString | str:
        """What the person is here, one a line; a dash for whom nothing is open."""
        return format_html_join(mark_safe("<br>"), "{}", ([str(seat)] for seat in value)) or "–"

    def render_is_active(self, value: bool) -> str:
        """In words, not by a sign."""
        return str(_("Yes") if value else _("No"))


class TeamTable(tables.Table):  # type: ignore[misc]
    """All teams with their number of active members."""

    caption = _("All teams")
    size = tables.Column(_("Active members"), attrs={"td": {"class": "number"}, "th": {"class": "number"}})

    class Meta:
        model = Team
        fields = ("name", "agency", "district", "size")
        order_by = "name"
        per_page = 50
        default = "–"
