"""Entries of the access log as the program writes them, on any day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bofast.access.models import AccessAction, AccessEntry, AccessReason, User

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def looked(
    user: User,
    *object_ids: object,
    kind: str = "case",
    action: AccessAction = AccessAction.LOOK,
    reason: AccessReason = AccessReason.AGENCY,
    at: datetime = NOON,
    detail: str = "",
) -> None:
    AccessEntry.objects.bulk_create(
        AccessEntry(
            user=user,
            agency=user.agency,
            action=action,
            kind=kind,
            object_id=str(each),
            reason=reason,
            detail=detail,
            at=at + timedelta(seconds=place),
        )
        for place, each in enumerate(object_ids)
    )
