"""Words of a case on the page."""

from string import Formatter

import pytest
from django.utils.translation import override

from bofast.access.models import Team
from bofast.cases import words
from bofast.cases.templatetags.case_words import language_name
from bofast.domain.facts import DeedCode
from bofast.domain.findings import catalogue


@pytest.mark.parametrize(
    ("code", "page", "written"),
    [
        ("nb", "nb", "Norsk (bokmål)"),
        ("nn", "nb", "Norsk (nynorsk)"),
        ("en", "nb", "Engelsk"),
        ("uk", "nb", "Ukrainsk"),
        ("nb", "en", "Norwegian (bokmål)"),
        ("uk", "en", "Ukrainian"),
        ("so", "nb", "so"),
    ],
)
def test_the_language_a_resident_speaks_is_named_in_the_language_of_the_page(
    code: str, page: str, written: str
) -> None:
    with override(page):
        assert language_name(code) == written


def test_every_deed_stands_under_one_heading() -> None:
    grouped = [deed for _heading, deeds in words.DEED_GROUPS for deed in deeds]
    assert sorted(grouped) == sorted(DeedCode)


@pytest.mark.parametrize(
    ("team", "written"),
    [
        (None, "Sosialtjenesten"),
        ("Sosialtjenesten Årstad", "Sosialtjenesten Årstad"),
        ("Årstad", "Sosialtjenesten, Årstad"),
    ],
)
def test_an_office_named_after_its_agency_is_named_once(team: str | None, written: str) -> None:
    with override("nb"):
        assert words.receiver("social_services", Team(name=team) if team else None) == written


def test_every_fact_a_finding_speaks_of_has_a_name_on_the_page_and_no_other() -> None:
    spoken_of = {
        name
        for entry in catalogue().values()
        for text in entry.texts.values()
        for _, name, _, _ in Formatter().parse(text)
        if name
    }
    assert spoken_of == set(words.FACTS)
