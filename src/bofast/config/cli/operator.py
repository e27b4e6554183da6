"""In whose name a command looks: the operator of the installation, or exactly what one user may see."""

import getpass
from collections.abc import Iterable

from bofast.access.actions import log_access
from bofast.access.models import AccessAction, User
from bofast.access.need_to_know import Viewer
from bofast.config.cli.options import Refusal


def viewer_for(username: str | None) -> Viewer:
    """The operator, or the user named with `--as`. Raises Refusal for a name that cannot be used."""
    if username is None:
        return Viewer(name=_os_user(), operator=True)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refusal(f"--as {username}: there is no active user of that name")
    return user.viewer


def log_command(
    command: str, action: AccessAction, *, kind: str = "", object_ids: Iterable[str] = ("",), as_user: str | None = None
) -> None:
    """Log a command under the operating system's user; what was typed is not kept, only the command's name."""
    operator = Viewer(name=_os_user(), operator=True)
    detail = f"{command} --as {as_user}" if as_user else command
    log_access(viewer=operator, action=action, kind=kind or "command", object_ids=object_ids, detail=detail)


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
