"""Guards of pages: each view says which door it stands behind, and refuses with a reason before anything is read."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bofast.access.actions import log_access
from bofast.access.models import AccessAction, AccessReason, User
from bofast.access.need_to_know import Door

View = Callable[..., HttpResponse]

NOT_FOR_YOU = _("This page is not part of the work your user is set up for.")
REASONS: Mapping[Door, Promise] = {
    Door.WORKLIST: _("Your user has no access to cases."),
    Door.CASE: _("Your user has no access to cases."),
    Door.SEARCH: _("Your user has no access to cases."),
    Door.LISTS: _("The lists are for those who follow up unpaid rent: the landlord, the collector, the outreach team."),
    Door.HAND_OUT: _("Lists are handed out by those who follow up unpaid rent."),
    Door.SCREENING: _("Lists that are handed out are answered by the social services."),
    Door.BEHIND: _("The cases behind a number are for those who see every case."),
    Door.ANNUAL_WRITE: _("The annual report is written by the outreach team."),
    Door.SHIELDS: _("Shielding a household is decided by a team leader."),
    Door.PRIVACY: _("A person's rights to their own data are looked after by the leader of the outreach team."),
    Door.ACCESS_LOG: _("The access log is read by the auditor only."),
    Door.USERS: _("Only the person who administers users can open this page."),
}


def opens(door: Door) -> Callable[[View], View]:
    """Let in whom the table lets in; refuse everybody else before anything is looked up, and say no more than why."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission(door)):
                _note_refusal(request.user, door)
                raise PermissionDenied(reason_shut(door))
            return view(request, *args, **kwargs)

        setattr(guarded, "door", door)  # noqa: B010 (a function's attribute, which the walk through all doors reads)
        return guarded

    return guard


def _note_refusal(user: Any, door: Door) -> None:
    """Somebody tried a door that does not open to them: that stands in the log, for the auditor."""
    if isinstance(user, User):
        log_access(
            viewer=user.viewer,
            action=AccessAction.REFUSED,
            kind="door",
            object_ids=[door.value],
            reason=AccessReason.DUTY,
        )


def reason_shut(door: Door) -> str:
    """Why the door does not open, in a sentence that tells nothing of what is behind it."""
    return str(REASONS.get(door, NOT_FOR_YOU))


def permission(door: Door) -> str:
    """What the door's rule is called."""
    return f"access.open_{door.value}"


def _to(door: Door) -> Callable[[User], bool]:
    return lambda user: user.viewer.opens(door)


for _door in Door:
    rules.add_perm(permission(_door), rules.predicate(_to(_door), name=f"opens {_door.value}"))
