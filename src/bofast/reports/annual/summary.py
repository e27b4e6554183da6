"""The year in six numbers."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from bofast.domain.costs import Reading
from bofast.domain.statistics.definitions import note, title
from bofast.domain.statistics.facts import Profile
from bofast.reports.annual.written import amount, number

Figure = dict[str, str]


def summary(document: Mapping[str, Any], profile: Profile, language: str) -> list[Figure]:
    """What most readers look for first, each with what it is measured by. A number that is hidden says so."""
    return [
        *_of_cases(document["tables"]["2"]["rows"], language),
        *(_of_the_city(each, document, language) for each in (
            _of_agency(document, "3", _("Petitions"), profile.own, language),
            _of_agency(document, "4", _("Evictions"), profile.own, language),
            _saved(document["tables"]["6"], language),
        )),
    ]  # fmt: skip


def _of_the_city(figure: Figure, document: Mapping[str, Any], language: str) -> Figure:
    """The figure, saying so where the report is of a district and the number is not."""
    said = [figure["note"], note("whole_city", language)] if document["district"] else [figure["note"]]
    return figure | {"note": "; ".join(filter(None, said))}


def _of_cases(rows: list[Mapping[str, Any]], language: str) -> Iterator[Figure]:
    found = {row["key"]: row for row in rows}
    mean = found["mean_arrears"]["value"]
    said = _("Mean arrears %(amount)s") % {"amount": amount(mean, language)} if mean else ""
    yield _figure(title("cases", language), found["cases"]["count"], said, language)
    for key in ("outcome.stopped", "outcome.evicted"):
        percent = found[key]["percent"]
        some = percent is not None and found["cases"]["count"] != 0
        said = _("%(percent)s percent of the cases") % {"percent": percent} if some else ""
        yield _figure(title(key, language), found[key]["count"], said, language)


def _of_agency(document: Mapping[str, Any], table: str, label: str, source: str, language: str) -> Figure:
    block = document["tables"][table]
    last = block["rows"][-1] if block["rows"] else {"own": None}
    percent = block.get("change", {}).get("own_percent")
    said = [_("By %(source)s") % {"source": source}]
    if percent is not None:
        change = {"percent": number(percent, language), "year": block["rows"][0]["year"]}
        said.append(_("%(percent)s percent from %(year)s") % change)
    return {"label": label, "value": "–" if last["own"] is None else number(last["own"], language),
            "note": ", ".join(said) if last["own"] is not None else _("No number given")}  # fmt: skip


def _saved(table: Mapping[str, Any], language: str) -> Figure:
    """By the act; where only the other reading was asked for, by that."""
    readings = table["readings"] or {}
    name = Reading.ACT.value if Reading.ACT.value in readings else next(iter(readings), "")
    amounts = readings.get(name, {})
    saved = amounts.get("saved")
    hidden = "saved" in amounts.get("hidden_keys", ())
    value = amount(saved, language) if saved else title("hidden", language) if hidden else "–"
    said = f"{title(name, language)}, {note('hypothetical', language)}" if name else ""
    return {"label": title("saved", language), "value": value, "note": said}


def _figure(label: str, count: int | None, said: str, language: str) -> Figure:
    return {"label": label, "value": title("hidden", language) if count is None else number(count, language),
            "note": said}  # fmt: skip
