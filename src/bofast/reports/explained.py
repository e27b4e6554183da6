"""Differences between numbers that should be the same, each explained in a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.domain import costs
from bofast.domain.calendar import format_day
from bofast.domain.money import format_kr, parse_amount
from bofast.domain.rates import NoRate
from bofast.domain.statistics.fees import MODEL_RENT

Document = Mapping[str, Any]
REPORT_OF_2006 = "2006-01-01"
PRINTED_INTEREST = "9,75"
"""Percent that figure 3 of the report of 2006 prints."""


def sentences(name: str, document: Document, language: str) -> Sequence[str]:
    """What is to be said of the two readings of the fees in a table or figure, in that language."""
    with override(language):
        return tuple(_sentences(name, document, language))


def _sentences(name: str, document: Document, language: str) -> Iterator[str]:
    if name == "table.6":
        yield from _of_table_6(document["tables"]["6"], language)
    elif name == "figure.3":
        yield from _of_figure_3(document, language)
    elif name == "costs":
        yield _("Both sums are hypothetical: nobody knows whether the cases would have gone that far without help, and "
                "some were paid by the households themselves.")  # fmt: skip


def _of_table_6(table: Document, language: str) -> Iterator[str]:
    readings = table["readings"] or {}
    printed, act = (
        {key: parse_amount(value) for key, value in readings.get(name, {}).items() if isinstance(value, str)}
        for name in ("printed", "act")
    )
    if printed and act:
        yield _("As printed, an eviction costs %(printed)s; by the act %(act)s. The difference of %(between)s is the "
                "fee of the petition, which the report of 2006 counts a second time.") % {
            "printed": format_kr(printed["per_execution"], language), "act": format_kr(act["per_execution"], language),
            "between": format_kr(printed["per_execution"] - act["per_execution"], language),
        }  # fmt: skip
    if "all" in act:
        yield _("«All petitions» treats all %(petitions)s petitions as if they ended in eviction. As it happened, "
                "%(executed)s did, and the fees by the act came to %(happened)s instead of %(all)s.") % {
            "petitions": table["petitions"], "executed": table["executed"],
            "happened": format_kr(act["as_it_happened"], language), "all": format_kr(act["all"], language),
        }  # fmt: skip
    if "saved" in act or "saved" in printed:
        yield _("What is called saved is hypothetical: that a withdrawn petition would have ended in eviction is not "
                "known.")  # fmt: skip


def _of_figure_3(document: Document, language: str) -> Iterator[str]:
    readings = document["figures"]["3"]["readings"] or {}
    if len(readings) > 1:
        printed, act = (parse_amount(readings[name][-1]) for name in ("printed", "act"))
        yield _("The figure ends at %(printed)s as printed and at %(act)s by the act: as printed the fee of the "
                "petition is counted again at the eviction.") % {
            "printed": format_kr(printed, language), "act": format_kr(act, language),
        }  # fmt: skip
    yield from _interest(date.fromisoformat(document["period"]["from"]), language)


def _interest(due_on: date, language: str) -> Iterator[str]:
    try:
        counted = costs.procedure_cost(rent=MODEL_RENT, due_on=due_on).interest
    except NoRate:
        return
    mark = "." if language == "en" else ","
    rates = ", ".join(dict.fromkeys(f"{part.rate.value.normalize():f}".replace(".", mark) for part in counted.parts))
    yield _("Interest comes beside this: %(rates)s percent a year, %(amount)s by %(day)s.") % {
        "rates": rates, "amount": format_kr(counted.amount, language), "day": format_day(counted.to, language),
    }  # fmt: skip
    if due_on.isoformat() == REPORT_OF_2006:
        yield _("The report of 2006 prints %(printed)s percent. That was the rate of the second half of the year; the "
                "days of the figure fall in the first.") % {"printed": PRINTED_INTEREST.replace(",", mark)}  # fmt: skip
