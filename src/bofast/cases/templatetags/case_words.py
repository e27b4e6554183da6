"""Template filters: findings and codes of a case in the words of the page's language."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bofast.arrears.models import HandOut
from bofast.cases import words
from bofast.domain.consents import ConsentText
from bofast.domain.findings import Finding, Part

register = template.Library()

SPOKEN = {"nb": _("Norwegian (bokmål)"), "nn": _("Norwegian (nynorsk)"), "en": pgettext_lazy("spoken", "English")}
"""Named here because Django leaves these in English on a Norwegian page."""


@register.filter
def in_words(finding: Finding) -> str:
    """The finding as a sentence."""
    return finding.text(words.language())


@register.filter
def rests_on(finding: Finding) -> list[tuple[str, str]]:
    """The facts behind the finding, each with its name."""
    return words.facts(finding)


@register.filter
def days_until(on: date, today: date) -> int:
    """Whole days from today, below 0 when the day is past."""
    return (on - today).days


@register.filter
def agency_name(name: str) -> str:
    """An agency in words; a person's or team's name as it is."""
    return words.owner(name)


@register.filter
def deed_name(code: str) -> str:
    """What a deed is called."""
    return words.deed(code)


@register.filter
def record_name(code: str) -> str:
    """What it is called to record a deed, of those a next step ends in."""
    return str(words.RECORDING[code])


@register.filter
def verb_name(verb: str) -> str:
    """What one does to a case is called."""
    return str(words.VERBS[verb])


@register.filter
def parts_in_words(parts: Iterable[Part]) -> tuple[str, ...]:
    """Parts of a case in words, in the order of the table."""
    return words.parts(parts)


@register.filter
def title_of(text: ConsentText) -> str:
    """What a text of consent is for."""
    return text.title[words.language()]


@register.filter
def receivers_of(text: ConsentText) -> str:
    """Those who are told."""
    return ", ".join(words.owner(agency) for agency in sorted(text.receivers))


@register.filter
def body_of(text: ConsentText) -> str:
    """What the person agrees to."""
    return text.body[words.language()]


@register.filter
def language_name(code: str) -> str:
    """The language a resident speaks, in words where it is known: `uk` → Ukrainsk."""
    try:
        return str(SPOKEN.get(code) or get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def offices(hand_outs: Iterable[HandOut]) -> str:
    """The offices these lists went to, each once."""
    return ", ".join(dict.fromkeys(str(each.team) for each in hand_outs))
