"""Who may see a report, and who may see its small numbers."""

from bofast.access.need_to_know import Viewer
from bofast.domain.facts import Agency

CASE_TEAM = frozenset({Agency.OUTREACH})
"""Agencies that see every case whole, and so nothing new in a number from 1 to 4."""


def may_see_reports(viewer: Viewer) -> bool:
    """Anybody with an agency, and the operator: the numbers are counts, small ones hidden."""
    return viewer.operator or (viewer.agency is not None and not viewer.administrator)


def may_unmask(viewer: Viewer) -> bool:
    """Whether the small numbers may be shown: to the case team, and to the operator who asks for them."""
    return viewer.operator or (viewer.agency in CASE_TEAM and not viewer.administrator)
