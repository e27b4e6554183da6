"""The figures as SVG, complete and accessible, the same in a page and in a PDF (docs/adr/0007).

Presentation attributes only, so that a strict content security policy lets them through; text stays text; a series has
a pattern and not only a colour; a hidden number has a word and no bar, and no part in the scale.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from bofast.domain.money import format_kr, parse_amount
from bofast.domain.statistics.definitions import title as word
from bofast.reports.sheets import BESIDE, PREFIX, readable

WIDTH, LINE, BAR, GAP, BAR_ROOM = 360, 18, 14, 8, 250
INK, DARK, BLUE, PAPER = "#1f2933", "#002c54", "#0062ba", "#ffffff"

SAID = {
    "nb": ("Søylediagram.", "Størst: {label}, {value}.", "Hvert tall står i tabellen til figuren."),
    "nn": ("Søylediagram.", "Størst: {label}, {value}.", "Kvart tal står i tabellen til figuren."),
    "en": ("Bar chart.", "Largest: {label}, {value}.", "Every number stands in the figure's table."),
}
"""What a screen reader says of a figure; here and not in gettext, since a PDF is made in nynorsk too."""

BAND = re.compile(r"\d+-\d+|\d{2,}\+")

FILLS = (
    BLUE,
    f'<rect width="6" height="6" fill="{PAPER}"/><rect width="3" height="6" fill="{DARK}"/>',
    f'<rect width="6" height="6" fill="{PAPER}"/><circle cx="3" cy="3" r="1.6" fill="{DARK}"/>',
    PAPER,
    DARK,
)
"""What fills the bars of each series: plain, striped, dotted, empty, dark. Colour in tiles shows seams in a PDF."""


@dataclass(frozen=True, kw_only=True)
class Bars:
    """The bars of one category: a value for each series, None where it is hidden."""

    label: str
    values: Sequence[int | None]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A bar chart. `name` begins its ids, so it is unique on a page; with `money` the values are øre.

    `series`: what each value of a category is; one name needs no legend.
    """

    name: str
    title: str
    language: str
    series: Sequence[str]
    categories: Sequence[Bars]
    money: bool = False

    def written(self, value: int | None) -> str:
        """The number as a reader sees it."""
        if value is None:
            return word("hidden", self.language)
        if self.money:
            return format_kr(value, self.language)
        return f"{value:,}".replace(",", "," if self.language == "en" else "\u00a0")

    @property
    def shown(self) -> list[tuple[str, int]]:
        """Every number that may be seen, with what it is of."""
        return [
            (f"{bars.label}, {name}" if len(self.series) > 1 else bars.label, value)
            for bars in self.categories
            for name, value in zip(self.series, bars.values, strict=True)
            if value is not None
        ]


def svg(chart: Chart) -> str:
    """The chart as one SVG document: categories one under the other, so that it fits a phone and a page."""
    drawn = _Drawing(chart)
    body = "".join([*drawn.legend(), *drawn.bars()])
    name = escape(chart.name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc"'
        f' viewBox="0 0 {WIDTH} {drawn.y}" width="{WIDTH}" height="{drawn.y}"'
        f' font-family="Inter, sans-serif" font-size="14" fill="{INK}">'
        f'<title id="{name}-title">{escape(chart.title)}</title><desc id="{name}-desc">{escape(_said(chart))}</desc>'
        f"<defs>{''.join(_patterns(chart))}</defs>{body}</svg>"
    )


def _said(chart: Chart) -> str:
    """The chart in words."""
    kind, largest, where = SAID[chart.language]
    if not chart.shown:
        return f"{kind} {where}"
    label, value = max(chart.shown, key=lambda found: found[1])
    return f"{kind} {largest.format(label=label, value=chart.written(value))} {where}"


def _patterns(chart: Chart) -> Iterator[str]:
    for place, fill in _fills(chart):
        if fill.startswith("<"):
            turned = ' patternTransform="rotate(45)"' if "circle" not in fill else ""
            size = f'width="6" height="6" patternUnits="userSpaceOnUse"{turned}'
            yield f'<pattern id="{escape(chart.name)}-{place}" {size}>{fill}</pattern>'


def _fills(chart: Chart) -> Iterator[tuple[int, str]]:
    return ((place, FILLS[place % len(FILLS)]) for place in range(len(chart.series)))


class _Drawing:
    """A chart on its way down the page; `y` is how far it has come."""

    def __init__(self, chart: Chart) -> None:
        self.chart, self.y = chart, 0
        self.scale = BAR_ROOM / (max((value for _, value in chart.shown), default=0) or 1)

    def legend(self) -> Iterator[str]:
        """What each pattern means, where there is more than one."""
        if len(self.chart.series) > 1:
            for place, name in enumerate(self.chart.series):
                yield self._rect(place, BAR)
                yield self._text(BAR + 8, self.y + 12, name)
                self.y += LINE
            self.y += GAP

    def bars(self) -> Iterator[str]:
        """A line for what it is, and under it the bars with their numbers."""
        for category in self.chart.categories:
            yield self._text(0, self.y + 13, category.label)
            self.y += LINE
            for place, value in enumerate(category.values):
                width = round((value or 0) * self.scale, 1)
                yield self._rect(place, width) if width else ""
                yield self._text(width + 6 if width else 0, self.y + 12, self.chart.written(value), bold=True)
                self.y += LINE
            self.y += GAP

    def _rect(self, place: int, width: float) -> str:
        plain = FILLS[place % len(FILLS)]
        fill = f"url(#{escape(self.chart.name)}-{place})" if plain.startswith("<") else plain
        return (
            f'<rect x="0.5" y="{self.y + 0.5}" width="{width}" height="{BAR}" fill="{fill}" stroke="{DARK}"'
            ' stroke-width="1"/>'
        )

    @staticmethod
    def _text(x: float, y: float, text: str, *, bold: bool = False) -> str:
        weight = ' font-weight="600"' if bold else ""
        return f'<text x="{x}" y="{y}"{weight}>{escape(text)}</text>'


def figures(document: Mapping[str, Any], language: str) -> dict[str, str]:
    """Every figure of a report's document that has a bar to show, by its number."""
    told = readable(document)["figures"]
    charts = {key: _chart(key, figure, language) for key, figure in told.items()}
    return {key: svg(chart) for key, chart in charts.items() if any(value for _, value in chart.shown)}


def _chart(key: str, figure: Mapping[str, Any], language: str) -> Chart:
    categories = _stages(figure, language) if key == "3" else _categories(key, figure["rows"], language)
    names = list(figure["readings"] or ()) if key == "3" else _series(figure["rows"])
    return Chart(
        name=f"figure-{key}",
        title=f"{word('figure', language)} {key}. {figure['title']}",
        language=language,
        series=[word(name, language) if len(names) > 1 else name for name in names],
        categories=categories,
        money=key == "3",
    )


def _series(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The counts a row has; a percent says the same as its count."""
    return list(dict.fromkeys(name for row in rows for name in row if name not in BESIDE and name != "percent"))


def _categories(key: str, rows: Sequence[Mapping[str, Any]], language: str) -> list[Bars]:
    names = _series(rows)
    return [
        Bars(label=label(row["key"], PREFIX.get(key, ""), language), values=[row[name] for name in names])
        for row in rows
    ]


def label(key: str, prefix: str, language: str) -> str:
    """What a row of a figure is called: kroner and persons are their own names."""
    full = f"{prefix}.{key}" if prefix else key
    found = word(full, language)
    return found if found != full else band(word(key, language), language)


def band(name: str, language: str) -> str:
    """A band of kroner as a reader writes it, `6 000–8 000`; any other name as it is."""
    if not BAND.fullmatch(name):
        return name
    mark = "," if language == "en" else "\u00a0"
    return "–".join(
        re.sub(r"\d+", lambda found: f"{int(found[0]):,}".replace(",", mark), end) for end in name.split("-")
    )


def _stages(figure: Mapping[str, Any], language: str) -> list[Bars]:
    readings = list((figure["readings"] or {}).values())
    return [
        Bars(label=word(stage, language), values=[parse_amount(amounts[place]) for amounts in readings])
        for place, stage in enumerate(figure["stages"])
    ]
