"""Template filters: øre, days and stages as a reader meets them, in the language of the page."""

from collections.abc import Iterator, Sequence
from datetime import date

from django import template
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bofast.domain.calendar import format_day
from bofast.domain.facts import Stage
from bofast.domain.money import format_kr

register = template.Library()

SOON_DAYS = 3
WEEK_DAYS = 7
WRITTEN_LANGUAGES = ("nb", "nn", "en")

STAGES = {
    Stage.DUE: (gettext_lazy("Rent due"), "neutral"),
    Stage.REMINDED: (gettext_lazy("Reminded"), "neutral"),
    Stage.DEMANDED: (gettext_lazy("Payment demanded"), "info"),
    Stage.PETITIONED: (gettext_lazy("Eviction petitioned"), "warning"),
    Stage.SCHEDULED: (gettext_lazy("Eviction has a date"), "danger"),
    Stage.EVICTED: (gettext_lazy("Evicted"), "danger"),
    Stage.WITHDRAWN: (gettext_lazy("Petition withdrawn"), "success"),
    Stage.SETTLED: (gettext_lazy("Settled"), "success"),
    Stage.REINSTATED: (gettext_lazy("Let in again"), "success"),
    Stage.MOVED: (gettext_lazy("Moved"), "neutral"),
    Stage.CLOSED: (gettext_lazy("Closed"), "neutral"),
}
"""What each stage is called on a screen, and the colour of its tag (never the only sign)."""


def _language() -> str:
    language = (get_language() or "nb")[:2]
    return language if language in WRITTEN_LANGUAGES else "nb"


@register.filter
def kr(ore: int | None) -> str:
    """Øre as `16 754 kr`; nothing when there is no amount."""
    return format_kr(ore, _language()) if isinstance(ore, int) else ""


@register.filter
def day(value: date | None) -> str:
    """A day as `7. april 2026`; nothing when there is none."""
    return format_day(value, _language()) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """A day without its year, `7. april`: for days near enough not to be mistaken."""
    return day(value).rpartition(" ")[0]


@register.filter
def days_left(days: int) -> str:
    """Days until a limit in words: `3 dager`, `i dag`, `2 dager over fristen`."""
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register.filter
def days_color(days: int) -> str:
    """Colour of a deadline's tag: danger to three days before, warning to a week before."""
    if days <= SOON_DAYS:
        return "danger"
    return "warning" if days <= WEEK_DAYS else "neutral"


@register.filter
def stage_name(stage: str) -> str:
    """What a stage is called on a screen."""
    return str(STAGES[Stage(stage)][0])


@register.filter
def stage_color(stage: str) -> str:
    """The colour of a stage's tag."""
    return STAGES[Stage(stage)][1]


@register.filter
def beside(head: Sequence[object], row: Sequence[object]) -> Iterator[tuple[object, object]]:
    """Each cell of a row beside the name of its column."""
    return zip(head, row, strict=True)


@register.simple_tag
def municipality() -> str:
    """The municipality whose installation this is (settings.MUNICIPALITY), or nothing."""
    return str(getattr(settings, "MUNICIPALITY", ""))
