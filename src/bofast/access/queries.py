"""Reads of the room: users, teams, and whether the database answers."""

from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError, connection
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from bofast.access.models import Assignment, Retention, Team, User
from bofast.access.need_to_know import Viewer
from bofast.domain.findings import Part


def users() -> QuerySet[User]:
    """Everybody who has or has had a sign-in, with what they are here as `running`."""
    running = Assignment.objects.filter(ended_on__isnull=True).select_related("team")
    return User.objects.prefetch_related(Prefetch("assignments", running, to_attr="running"))


def teams() -> QuerySet[Team]:
    """All teams; `size` counts the active members."""
    active = Q(assignments__user__is_active=True, assignments__ended_on__isnull=True)
    return Team.objects.annotate(size=Count("assignments__user", filter=active, distinct=True))


def members(teams: QuerySet[Team] | Iterable[Team]) -> QuerySet[User]:
    """Those who work on any of these teams now."""
    seats = Assignment.objects.filter(team__in=teams, ended_on__isnull=True)
    return User.objects.filter(is_active=True, pk__in=seats.values("user"))


def retention_in_force(on: date) -> dict[str, Retention]:
    """How long each kind of record is kept on the day; a kind the municipality has not decided on is missing."""
    rows = Retention.objects.filter(valid_from__lte=on).order_by("kind", "valid_from", "pk")
    return {row.kind: row for row in rows}


def visible_parts(viewer: Viewer) -> list[str]:
    """The parts of a case this viewer may see, in words."""
    words = {
        Part.IDENTITY: _("Who the tenant is and where they live"),
        Part.MONEY: _("What is owed, paid and due"),
        Part.PROCEDURE: _("How far the eviction procedure has come, and its deadlines"),
        Part.HOUSEHOLD: _("Who lives there, such as children"),
        Part.HELP: _("Contact with the household and the help it gets"),
        Part.AID: _("Whether and how the social services know the household"),
        Part.HEALTH: _("Health, where a consent names it"),
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
