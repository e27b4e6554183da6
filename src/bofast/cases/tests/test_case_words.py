"""Words of a case on the page."""

import pytest
from django.utils.translation import override

from bofast.cases.templatetags.case_words import language_name


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
