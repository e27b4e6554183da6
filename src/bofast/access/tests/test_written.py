from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from bofast.access.words import STAGES
from bofast.domain.facts import Stage


def written(template: str, value: object, language: str = "nb") -> str:
    with translation.override(language):
        return Template("{% load written %}" + template).render(Context({"value": value})).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("template", "value", "language", "expected"),
    [
        ("{{ value|kr }}", 1675400, "nb", "16 754 kr"),
        ("{{ value|kr }}", 1675450, "nb", "16 754,50 kr"),
        ("{{ value|kr }}", 1675450, "en", "16 754.50 kr"),
        ("{{ value|kr }}", 0, "nb", "0 kr"),
        ("{{ value|kr }}", None, "nb", ""),
        ("{{ value|day }}", date(2026, 4, 7), "nb", "7. april 2026"),
        ("{{ value|day }}", date(2026, 4, 7), "en", "7 April 2026"),
        ("{{ value|day }}", None, "nb", ""),
        (
            "{{ value|provision }}",
            "tvangsl. §§ 4-4, 13-2",
            "nb",
            'tvangsl. <span class="whole">§§ 4-4</span>, <span class="whole">13-2</span>',
        ),
        (
            "{{ value|provision }}",
            "forvaltningsloven § 13 b nr. 3",
            "nb",
            'forvaltningsloven <span class="whole">§ 13 b</span> nr. 3',
        ),
        ("{{ value|provision }}", "<b>", "nb", "&lt;b&gt;"),
        ("{{ value|short_day }}", date(2026, 4, 7), "nb", "7. april"),
        ("{{ value|short_day }}", None, "nb", ""),
        ("{{ value|days_left }}", 3, "nb", "3 dager"),
        ("{{ value|days_left }}", 1, "nb", "1 dag"),
        ("{{ value|days_left }}", 0, "nb", "i dag"),
        ("{{ value|days_left }}", -1, "nb", "1 dag over fristen"),
        ("{{ value|days_left }}", -2, "en", "2 days overdue"),
        ("{{ value|days_color }}", 3, "nb", "danger"),
        ("{{ value|days_color }}", 4, "nb", "warning"),
        ("{{ value|days_color }}", 8, "nb", "neutral"),
        ("{{ value|stage_name }}", "petitioned", "nb", "Begjæring sendt"),
    ],
)
def test_amounts_days_and_stages_are_written_as_people_write_them(
    template: str, value: object, language: str, expected: str
) -> None:
    assert written(template, value, language) == expected


def test_every_stage_has_a_name_of_its_own() -> None:
    assert set(STAGES) == set(Stage)
    names = [written("{{ value|stage_name }}", stage) for stage in Stage]
    assert len(set(names)) == len(Stage)
