"""In whose name a command looks: the operator of the installation, or exactly what one user may see."""

import getpass
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import click
from django.utils.translation import gettext as _

from bofast.access.actions import log_access
from bofast.access.doors import reason_shut
from bofast.access.models import AccessAction, User
from bofast.access.need_to_know import Door, Role, Viewer
from bofast.config.cli.options import Refusal

Command = Callable[..., None]

as_option = click.option("--as", "as_user", metavar="USER", help="Show exactly what this user may see.")
role_option = click.option(
    "--role", type=click.Choice([role.value for role in Role]), help="With --as: in this of the user's roles."
)


def behind(door: Door) -> Callable[[Command], Command]:
    """Give a command `--as` and `--role`, and the `viewer` they name; whom the door does not open to is refused.

    The refusal and everything the command logs (`log_command`) say in whose name it was run.
    """

    def guard(command: Command) -> Command:
        @as_option
        @role_option
        @wraps(command)
        def guarded(*args: Any, as_user: str | None, role: str | None, **kwargs: Any) -> None:
            viewer = viewer_for(as_user, role)
            click.get_current_context().meta[SEAT] = _seat(as_user, role)
            if not viewer.opens(door):
                raise refused(reason_shut(door))
            command(*args, viewer=viewer, **kwargs)

        setattr(guarded, "door", door)  # noqa: B010 (a function's attribute, which the walk through all doors reads)
        return guarded

    return guard


SEAT = "bofast.seat"
"""Where click's context keeps in whose name the command was run."""


def viewer_for(username: str | None, role: str | None = None) -> Viewer:
    """The operator, or the user named with `--as` in the first of their roles, or in the one named with `--role`.

    Raises Refusal for a name or a role that cannot be used.
    """
    if username is None:
        return Viewer(name=_os_user(), operator=True)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refusal(f"--as {username}: there is no active user of that name")
    if role is not None:
        user.acting_id = next((seat.pk for seat in user.seats if seat.role == role), None)
        if user.acting_id is None:
            raise Refusal(_("--role: {name} has no such role.").format(name=user))
    return user.viewer


def refused(reason: str) -> Refusal:
    """The refusal to raise, logged as one."""
    log_command(str(click.get_current_context().info_name), AccessAction.REFUSED)
    return Refusal(reason)


def log_command(command: str, action: AccessAction, *, kind: str = "", object_ids: Iterable[str] = ("",)) -> None:
    """Log a command under the operating system's user, and in whose name it was run; what was typed is not kept."""
    operator = Viewer(name=_os_user(), operator=True)
    seat = click.get_current_context().meta.get(SEAT, "")
    detail = f"{command} {seat}".strip()
    log_access(viewer=operator, action=action, kind=kind or "command", object_ids=object_ids, detail=detail)


def _seat(username: str | None, role: str | None) -> str:
    return " ".join(f"{option} {said}" for option, said in (("--as", username), ("--role", role)) if said)


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
