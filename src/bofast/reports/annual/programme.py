"""The programme's own cost and what an eviction costs afterwards, set beside the savings; nothing is subtracted."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bofast.domain.costs import Reading
from bofast.domain.money import as_kroner
from bofast.domain.statistics.definitions import note, title
from bofast.reports.annual.blocks import sentence
from bofast.reports.models import ProgrammeYear
from bofast.reports.sheets import Cell, Sheet

Line = tuple[str, Cell]


def programme_sheet(said: ProgrammeYear, document: Mapping[str, Any], language: str) -> Sheet:
    """What the municipality entered of the year, and the sums of table 6 it is read beside: all of the whole city."""
    whole_city = sentence(note("whole_city", language)) if document["district"] else ""
    table_6 = document["tables"]["6"]
    return Sheet(
        name=_("The programme"),
        title=_("The programme's own cost, beside what was saved"),
        header=[title("row", language), _("Amount or number")],
        rows=[line for line in _lines(said, table_6, title("hidden", language)) if line[1] is not None],
        note=" ".join(filter(None, [
            _("The sums stand side by side and are not subtracted: nobody knows which cases would have ended in "
              "eviction without the work."),
            whole_city,
            said.note,
        ])),
    )  # fmt: skip


def _lines(said: ProgrammeYear, table_6: Mapping[str, Any], hidden: str) -> Iterator[Line]:
    yield _("The programme's own cost"), _kroner(said.cost)
    yield _("Hours worked"), said.hours
    words = {
        Reading.ACT.value: _("Fees saved in withdrawn cases, by the act, a hypothetical sum"),
        Reading.PRINTED.value: _("Fees saved in withdrawn cases, as printed in 2006, a hypothetical sum"),
    }
    for reading, text in words.items():
        amounts = (table_6["readings"] or {}).get(reading, {})
        yield text, _amount(amounts, "saved", hidden)
    if said.after_eviction is None:
        return
    yield _("What one eviction costs the municipality afterwards, by its own count"), _kroner(said.after_eviction)
    for key, text in (
        ("executed", _("The same for the evictions carried out")),
        ("withdrawn", _("The same had the withdrawn cases ended in eviction, a hypothetical sum")),
    ):
        yield text, _times(said.after_eviction, table_6, key, hidden)


def _kroner(ore: int | None) -> Decimal | None:
    return None if ore is None else Decimal(as_kroner(ore))


def _amount(amounts: Mapping[str, Any], key: str, hidden: str) -> Cell:
    if amounts.get(key) is not None:
        return Decimal(amounts[key])
    return hidden if key in amounts.get("hidden_keys", ()) else None


def _times(ore: int, table_6: Mapping[str, Any], key: str, hidden: str) -> Cell:
    """So many times the amount; hidden where the number is, or it would follow."""
    if table_6[key] is not None:
        return _kroner(ore * table_6[key])
    return hidden if key in table_6.get("hidden_keys", ()) else None
