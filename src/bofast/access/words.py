"""What every room says alike: the language of the page, the parts of a case, the stages of the procedure."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bofast.domain.facts import Stage
from bofast.domain.findings import LANGUAGES, Part

PARTS: Mapping[Part, Promise] = {
    Part.IDENTITY: _("Who the tenant is and where they live"),
    Part.MONEY: _("What is owed, paid and due"),
    Part.PROCEDURE: _("How far the eviction procedure has come, and its deadlines"),
    Part.HOUSEHOLD: _("Who lives there, such as children"),
    Part.HELP: _("Contact with the household and the help it gets"),
    Part.AID: _("Whether and how the social services know the household"),
    Part.HEALTH: _("Health, where a consent names it"),
}
"""What each part of a case holds."""

STAGES: Mapping[Stage, tuple[Promise, str]] = {
    Stage.DUE: (_("Rent due"), "neutral"),
    Stage.REMINDED: (_("Reminded"), "neutral"),
    Stage.DEMANDED: (_("Payment demanded"), "info"),
    Stage.PETITIONED: (_("Eviction petitioned"), "warning"),
    Stage.SCHEDULED: (_("Eviction has a date"), "danger"),
    Stage.EVICTED: (_("Evicted"), "danger"),
    Stage.WITHDRAWN: (_("Petition withdrawn"), "success"),
    Stage.SETTLED: (_("Settled"), "success"),
    Stage.REINSTATED: (_("Let in again"), "success"),
    Stage.MOVED: (_("Moved"), "neutral"),
    Stage.CLOSED: (_("Closed"), "neutral"),
}
"""What each stage is called on a screen, and the colour of its tag (never the only sign)."""


def language() -> str:
    """The language of the page, as the texts of findings and figures know it."""
    chosen = (get_language() or "nb")[:2]
    return chosen if chosen in LANGUAGES else "nb"


def parts(held: Iterable[Part]) -> tuple[str, ...]:
    """These parts in words, in the order of the table."""
    known = frozenset(held)
    return tuple(str(PARTS[part]) for part in Part if part in known)
