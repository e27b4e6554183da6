"""Template filters: øre, days and stages as a reader meets them, in the language of the page."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from django import template
from django.conf import settings
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bofast.access.words import STAGES, language
from bofast.domain.calendar import format_day
from bofast.domain.facts import Stage
from bofast.domain.money import format_kr

register = template.Library()

NUMBERED = re.compile(r"(§§?\s[\d-]+(?:\s[a-z]\b)?|\d+-\d+(?:\s[a-z]\b)?)")
SOON_DAYS = 3
WEEK_DAYS = 7


@register.filter
def kr(ore: int | None) -> str:
    """Øre as `16 754 kr`; nothing when there is no amount."""
    return format_kr(ore, language()) if isinstance(ore, int) else ""


@register.filter
def day(value: date | None) -> str:
    """A day as `7. april 2026`; nothing when there is none."""
    return format_day(value, language()) if value else ""


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


@register.filter
def provision(law: str) -> SafeString:
    """A provision whose numbers are not broken over lines: `§ 13-12` stays whole."""
    *pairs, tail = NUMBERED.split(law)
    held = zip(pairs[::2], pairs[1::2], strict=True)
    return format_html_join("", '{}<span class="whole">{}</span>', held) + escape(tail)


@register.simple_tag
def municipality() -> str:
    """The municipality whose installation this is (settings.MUNICIPALITY), or nothing."""
    return str(settings.MUNICIPALITY)
