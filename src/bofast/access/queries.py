"""Reads of the room: users, teams, and whether the database answers."""

from django.db import DatabaseError, connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from bofast.access.models import Team, User
from bofast.access.need_to_know import Viewer
from bofast.domain.findings import Part


def users() -> QuerySet[User]:
    """Everybody who has or has had a sign-in, with their team."""
    return User.objects.select_related("team")


def teams() -> QuerySet[Team]:
    """All teams; `size` counts the active members."""
    return Team.objects.annotate(size=Count("members", filter=Q(members__is_active=True)))


def visible_parts(viewer: Viewer) -> list[str]:
    """The parts of a case this viewer may see, in words."""
    words = {
        Part.IDENTITY: _("Who the tenant is and where they live"),
        Part.MONEY: _("What is owed, paid and due"),
        Part.PROCEDURE: _("How far the eviction procedure has come, and its deadlines"),
        Part.HOUSEHOLD: _("Who lives there, such as children"),
        Part.HELP: _("Contact with the household and the help it gets"),
    }
    return [words[part] for part in Part if viewer.sees(part)]


def database_answers() -> bool:
    """Whether the database can be reached now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
