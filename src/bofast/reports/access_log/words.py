"""What the access log's entries are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bofast.access.models import AccessAction

DEEDS: Mapping[str, Promise] = {
    AccessAction.LOOK: _("Looked at %(what)s"),
    AccessAction.SEARCH: _("Found %(what)s in a search"),
    AccessAction.LIST: _("Saw %(what)s in a list"),
    AccessAction.EXPORT: _("Took out: %(what)s"),
    AccessAction.COMMAND: _("Ran a command: %(what)s"),
    AccessAction.ADMINISTER: _("Changed: %(what)s"),
    AccessAction.REFUSED: _("Was refused: %(what)s"),
}
"""What somebody did, with what they did it to."""
KINDS: Mapping[str, Promise] = {
    "case": _("a case"),
    "tenancy": _("a household"),
    "quarantined_row": _("a row in quarantine"),
    "hand_out": _("a list handed out"),
    "registered_case": _("a case in a register"),
    "file": _("a file"),
    "report": _("statistics"),
    "annual_report": _("an annual report"),
    "access_log": _("the access log"),
    "privacy_record": _("the record of processing"),
    "user": _("a user"),
    "team": _("a team"),
    "organisation": _("how the municipality is organised"),
    "retention": _("how long records are kept"),
    "door": _("a page that is not theirs"),
    "command": _("a command"),
}
"""What each kind of object is; one that is not here is shown by its code."""


def deed(action: str, what: str) -> str:
    """What was done, in words."""
    return str(DEEDS[action]) % {"what": what}


def kind(code: str) -> str:
    """The kind in words."""
    return str(KINDS.get(code, code))
