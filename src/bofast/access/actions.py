"""Writes of the room: the access log, users, teams."""

from collections.abc import Iterable

from django.db import transaction

from bofast.access.models import AccessAction, AccessEntry, Team, User
from bofast.access.need_to_know import Viewer


def log_access(
    *, viewer: Viewer, action: AccessAction, kind: str, object_ids: Iterable[str] = ("",), detail: str = ""
) -> None:
    """Record that `viewer` saw these objects; `detail` must not hold anything about a person."""
    AccessEntry.objects.bulk_create(
        AccessEntry(
            user_id=viewer.user_id,
            operator=viewer.name if viewer.user_id is None else "",
            action=action,
            kind=kind,
            object_id=object_id,
            detail=detail,
        )
        for object_id in object_ids
    )


@transaction.atomic
def save_user(*, user: User, password: str) -> User:
    """Store a user made or changed by the administrator; an empty password keeps the old one."""
    if password:
        user.set_password(password)
    user.save()
    return user


@transaction.atomic
def create_team(*, team: Team) -> Team:
    """Store a new team."""
    team.save()
    return team
