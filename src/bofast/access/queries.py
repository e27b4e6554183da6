"""Reads of the room: users, teams, and whether the database answers."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import DatabaseError, connection
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from bofast.access.models import AccessEntry, Assignment, Retention, Team, User


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


def start_of(day: date) -> datetime:
    """The first moment of a day where the municipality is."""
    return timezone.make_aware(datetime.combine(day, time()))


def logged_before(day: date) -> QuerySet[AccessEntry]:
    """The access log's entries from before that day."""
    return AccessEntry.objects.filter(at__lt=start_of(day))


def database_answers() -> bool:
    """Whether the database can be reached now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
