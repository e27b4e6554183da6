"""What the log says of signing in: what happened, and to which user by number. Never a name, never what was typed."""

from enum import StrEnum

import structlog


class Happened(StrEnum):
    """What is noted."""

    SIGNED_IN = "signed in"
    FAILED = "sign-in failed"
    TOO_MANY = "too many sign-ins failed"
    SHUT_OUT = "sign-in of an inactive user refused"
    CODE_FAILED = "code of second factor failed"
    OUTSIDE_FAILED = "sign-in at the municipality failed"
    OUTSIDE_REFUSED = "sign-in from the municipality refused"
    OUTSIDE_KNOWN = "sign-in from the municipality tied to user"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 (no password)
    FACTOR_ADDED = "second factor added"
    FACTOR_REMOVED = "second factor removed"
    CODES_MADE = "recovery codes made"
    FACTORS_TAKEN = "second factors taken away by administrator"


def note_sign_in(what: Happened, *, user_id: int | None = None) -> None:
    """Write one line. `user_id` is left out where nobody is known, or it would tell an outsider's guess."""
    known = {} if user_id is None else {"user": user_id}
    structlog.get_logger("bofast.sign_in").info(what.value, **known)
