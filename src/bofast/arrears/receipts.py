"""A receipt as it stands on a page: today's numbers, the first ones beside them, the sum against the file's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bofast.access.need_to_know import Viewer
from bofast.access.templatetags.written import day, kr
from bofast.arrears import queries, senders
from bofast.arrears.models import FileKind, ReceivedFile
from bofast.arrears.shielding import lines_closed_to
from bofast.domain.money import parse_amount


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was understood of one file. `rows` and `households` are figures; `sums`: ours and the file's own."""

    file: ReceivedFile
    rows: list[dict[str, Any]]
    households: list[dict[str, Any]]
    sums: list[tuple[str, str]]
    sum_agrees: bool | None
    warnings: list[str]
    changed: list[tuple[str, str, str]]


def receipt_of(file: ReceivedFile, language: str, viewer: Viewer) -> Receipt:
    """The receipt of a file out of `queries.files_received`; no word about lines of households shielded as a whole."""
    closed = lines_closed_to(viewer, file) if file.warnings else set()
    differs = next((fault for fault in file.warnings if fault["code"] == "sum_differs"), None)
    stated = file.receipt.get("stated_sum")
    return Receipt(
        file=file,
        rows=list(_row_figures(file)),
        households=list(_list_figures(file)) if file.kind == FileKind.ARREARS else [],
        sums=_sums(file, stated),
        sum_agrees=None if stated is None else differs is None,
        warnings=[told(fault, language) for fault in file.warnings if fault["line"] not in closed],
        changed=list(_changed(file)),
    )


def told(stored: dict[str, Any], language: str) -> str:
    """A stored fault in words, senders called what they are called on pages."""
    named = {name: _senders(said) for name, said in stored["facts"].items() if name in ("sender", "senders")}
    return queries.read_fault({**stored, "facts": stored["facts"] | named}).message(language)


def _senders(said: str) -> str:
    return ", ".join(senders.label(name) for name in said.split(", "))


def _row_figures(file: ReceivedFile) -> Iterator[dict[str, Any]]:
    waiting = file.open_rows  # type: ignore[attr-defined]  # annotated by queries.files_received
    yield {"label": _("Rows in the file"), "value": file.rows}
    yield {"label": _("Taken in"), "value": file.accepted}
    yield {"label": _("Doubled"), "value": file.doubled, "note": _("equal to an earlier row") if file.doubled else ""}
    yield {
        "label": _("In quarantine"),
        "value": file.quarantined,
        "note": ngettext("%(n)s waits for somebody", "%(n)s wait for somebody", waiting) % {"n": waiting}
        if waiting
        else "",
        "href": reverse("arrears:quarantine", args=[file.pk]) if file.quarantined else "",
    }


def _list_figures(file: ReceivedFile) -> Iterator[dict[str, Any]]:
    compared = queries.comparison(file)
    address = reverse("arrears:list", args=[file.pk])
    before = (
        _("since %(day)s") % {"day": day(compared.before.as_of)} if compared.before else _("no list before this one")
    )
    grown = _("%(n)s of them owe more") % {"n": len(compared.increased)} if compared.increased else ""
    yield {"label": _("New"), "value": len(compared.new), "note": before, "href": f"{address}?movement=new"}
    yield {
        "label": _("Continuing"),
        "value": len(compared.continuing),
        "note": grown,
        "href": f"{address}?movement=continuing",
    }
    yield {
        "label": _("Gone from the list"),
        "value": len(compared.cleared),
        "note": _("each case asks why") if compared.cleared else "",
        "href": f"{address}?movement=cleared",
    }
    yield {"label": _("Arrears on the list"), "value": kr(compared.outstanding), "note": _("without fees and interest")}


def _sums(file: ReceivedFile, stated: str | None) -> list[tuple[str, str]]:
    if file.kind != FileKind.ARREARS:
        return []
    said = (_("Sum stated in the file"), kr(parse_amount(stated))) if stated else ("", _("The file has no Sum row"))
    return [(_("Sum of the rows taken in"), kr(file.outstanding)), said]


def _changed(file: ReceivedFile) -> Iterator[tuple[str, str, str]]:
    """Name, first number, number now: only those that have changed since the file came in."""
    names = {
        "accepted": _("Taken in"),
        "doubled": _("Doubled"),
        "quarantined": _("In quarantine"),
        "new": _("New"),
        "continuing": _("Continuing"),
        "increased": _("Owing more"),
        "cleared": _("Gone from the list"),
        "outstanding": _("Arrears on the list"),
    }
    now = queries.receipt_numbers(file)
    for key, name in names.items():
        if key in file.receipt and file.receipt[key] != now[key]:
            yield name, _written(key, file.receipt[key]), _written(key, now[key])


def _written(key: str, value: Any) -> str:
    return kr(parse_amount(value)) if key == "outstanding" else str(value)
