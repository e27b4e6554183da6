"""Sessions in the database that end by themselves: half an hour unused (or as set), and 8 hours after signing in.

When a session ends stands in its row; a page moves it by one UPDATE, at most once a minute, without writing the session
itself, so that what another page puts into the session at the same time is not lost.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

BEGAN = "began"
LONGEST = timedelta(hours=8)
STEP = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """Django's own, with an end that moves while the session is used and never past the longest."""

    ends: datetime | None = None

    def begin(self) -> None:
        """Somebody has just signed in: the 8 hours run from here."""
        self[BEGAN] = timezone.now().timestamp()

    def age(self) -> timedelta:
        """How long ago somebody signed in; the longest there is when nobody did."""
        if BEGAN not in self:
            return LONGEST
        return timezone.now() - _at(self[BEGAN])

    def prolong(self) -> None:
        """The session is in use."""
        ends = self._capped(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        if self.ends is not None and ends - self.ends >= STEP:
            self.model.objects.filter(pk=self.session_key).update(expire_date=ends)
            self.ends = ends

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to be saved, with its end."""
        row = super().create_model_instance(data)
        self.ends = row.expire_date = self._capped(row.expire_date)
        return row

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.ends = row.expire_date if row else None
        return row

    def _capped(self, ends: datetime) -> datetime:
        began = self.get(BEGAN)
        return min(ends, _at(began) + LONGEST) if began else ends


def _at(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, tz=UTC)
