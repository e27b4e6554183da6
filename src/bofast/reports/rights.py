"""Who may see a report, and who may see its small numbers."""

from django.utils.translation import gettext_lazy

from bofast.access.need_to_know import Viewer
from bofast.domain.facts import Agency

CASE_TEAM = frozenset({Agency.OUTREACH})
"""Agencies that see every case whole, and so nothing new in a number from 1 to 4."""

ONLY_UNMASKED = gettext_lazy(
    "Outside the case team, whole years are told, of the city and of districts, and half-years of the city. Other "
    "periods, earlier days, half-years of a district and one agency's cases could be subtracted from these, and would "
    "tell of single households."
)


def may_unmask(viewer: Viewer) -> bool:
    """Whether the small numbers may be shown: to the case team, and to the operator who asks for them."""
    return viewer.operator or (viewer.agency in CASE_TEAM and viewer.reaches_all)
