"""Figures as SVG: complete, accessible, allowed by the content security policy, and silent about what is hidden."""

from typing import Any
from xml.etree import ElementTree

import pytest

from bofast.reports.figures import Bars, Chart, band, figures, svg
from bofast.reports.tests.received import reference_year, reported

SVG = "{http://www.w3.org/2000/svg}"


def chart(*values: int | None, series: int = 1, **known: Any) -> Chart:
    names = [f"series {number}" for number in range(series)]
    bars = [Bars(label=f"row {place}", values=[value] * series) for place, value in enumerate(values)]
    asked: dict[str, Any] = {"name": "figure-9", "title": "Utfall", "language": "nb"}
    return Chart(series=names, categories=bars, **(asked | known))


def drawn(of: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(of))


def texts(root: ElementTree.Element) -> list[str]:
    return [found.text or "" for found in root.iter(f"{SVG}text")]


def bars(root: ElementTree.Element) -> list[float]:
    return [float(found.attrib["width"]) for found in root.findall(f"{SVG}rect")]


def test_it_has_a_role_a_title_and_a_description() -> None:
    root = drawn(chart(5, 20))
    assert root.attrib["role"] == "img"
    named = {found.attrib["id"]: found.text for found in root if found.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.attrib["aria-labelledby"].split() == list(named)
    assert named["figure-9-title"] == "Utfall"
    assert named["figure-9-desc"] == "Søylediagram. Størst: row 1, 20. Hvert tall står i tabellen til figuren."


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_uses_presentation_attributes_alone(language: str) -> None:
    written = svg(chart(5, None, series=5, language=language))
    for refused in ("style", "class=", "<script", "href", "onload"):
        assert refused not in written


def test_a_bar_is_as_long_as_its_number_and_nothing_is_cut_off() -> None:
    root = drawn(chart(5, 20, 0))
    assert bars(root) == [62.5, 250]
    lowest = max(float(found.attrib["y"]) for found in root.iter(f"{SVG}text"))
    assert lowest < float(root.attrib["height"])
    assert texts(root) == ["row 0", "5", "row 1", "20", "row 2", "0"]


def test_a_hidden_number_is_a_word_without_a_bar_and_without_part_in_the_scale() -> None:
    root = drawn(chart(5, None))
    assert texts(root) == ["row 0", "5", "row 1", "skjult"]
    assert bars(root) == [250]


def test_every_series_looks_different_without_its_colour() -> None:
    root = drawn(chart(5, series=5))
    fills = [found.attrib["fill"] for found in root.findall(f"{SVG}rect")]
    assert len(set(fills)) == 5
    patterns = {found.attrib["id"] for found in root.iter(f"{SVG}pattern")}
    assert {fill for fill in fills if fill.startswith("url")} == {f"url(#{name})" for name in patterns}
    assert len(patterns) == 2, "beside them plain, empty and dark"


def test_one_series_needs_no_legend() -> None:
    assert "series 0" not in svg(chart(5))
    assert texts(drawn(chart(5, series=2)))[:2] == ["series 0", "series 1"]


def test_words_cannot_break_out() -> None:
    evil = '"><script>alert(1)</script>'
    of = Chart(name="f", title=evil, language="nb", series=[evil, evil], categories=[Bars(label=evil, values=[1, 2])])
    root = drawn(of)
    assert not list(root.iter(f"{SVG}script"))
    assert texts(root).count(evil) == 3


def test_nothing_to_show_is_drawn_all_the_same() -> None:
    assert bars(drawn(chart(None, None))) == []
    assert bars(drawn(chart())) == []


@pytest.mark.parametrize(
    ("written", "nb", "en"),
    [
        ("6000-8000", "6\u00a0000–8\u00a0000", "6,000–8,000"),
        ("50000+", "50\u00a0000+", "50,000+"),
        ("6+", "6+", "6+"),
        ("Ukjent", "Ukjent", "Ukjent"),
        ("2006", "2006", "2006"),
    ],
)
def test_bands_are_written_with_norwegian_numbers(written: str, nb: str, en: str) -> None:
    assert (band(written, "nb"), band(written, "en")) == (nb, en)


@pytest.mark.django_db
def test_the_nine_figures_of_2006_are_drawn_with_every_number() -> None:
    reference_year()
    found = figures(reported(2006, language="nb"), "nb")
    assert list(found) == [str(number) for number in range(1, 10)]
    for key, picture in found.items():
        root = ElementTree.fromstring(picture)
        assert root.attrib["aria-labelledby"].startswith(f"figure-{key}-title")
    assert "12\u00a0267\u00a0kr" in texts(ElementTree.fromstring(found["3"]))


@pytest.mark.django_db
def test_a_year_without_cases_has_the_procedure_alone() -> None:
    assert list(figures(reported(2006), "nb")) == ["3"]


@pytest.mark.django_db
def test_a_masked_figure_never_holds_a_hidden_number() -> None:
    reference_year()
    open_, masked = (figures(reported(2006, language="nb", masked=hide), "nb") for hide in (False, True))
    assert open_["9"] != masked["9"]
    shown = texts(ElementTree.fromstring(masked["9"]))
    assert shown[shown.index("Gjeninnsatt") + 1] == "skjult"
    assert "3" not in shown
