"""Who sends lists. Each sender's lists are held against its own alone, so a new spelling must not make a new sender.

What comes without a sender named is the usual: the collector's list, the landlord's register.
"""

from collections.abc import Iterable, Mapping

from bofast.access.models import AGENCY_CHOICES
from bofast.access.need_to_know import Viewer
from bofast.arrears import queries
from bofast.arrears.models import DEFAULT_SENDER
from bofast.domain.facts import Agency
from bofast.domain.files import Kind

LISTS_OF: Mapping[Agency, str] = {Agency.COLLECTOR: DEFAULT_SENDER, Agency.LANDLORD: Agency.LANDLORD.value}
"""The sender each agency's own lists come under."""


def choices(viewer: Viewer) -> list[tuple[str, str]]:
    """The senders this viewer may hand lists over for, with what they are called: the agency's own, or all known."""
    if viewer.agency and (own := LISTS_OF.get(viewer.agency)):
        return _called([own])
    return _called(dict.fromkeys([*LISTS_OF.values(), *queries.senders_of_lists()]))


def _called(senders: Iterable[str]) -> list[tuple[str, str]]:
    return [(sender, label(sender)) for sender in senders]


def label(sender: str) -> str:
    """What a sender is called on a page: the agency, or the name it was given."""
    agency = next((agency for agency, own in LISTS_OF.items() if own == sender), None)
    return str(dict(AGENCY_CHOICES)[agency.value]) if agency else sender


def of_kind(sender: str, kind: Kind | None) -> str:
    """The sender a file of that kind comes under: only lists tell the agencies apart."""
    return DEFAULT_SENDER if kind is not Kind.ARREARS and sender in LISTS_OF.values() else sender


def may_send(viewer: Viewer, sender: str, kind: Kind) -> bool:
    """Whether this viewer may hand over files of that kind in that sender's name."""
    return viewer.operator or sender in {of_kind(name, kind) for name, _called in choices(viewer)}
