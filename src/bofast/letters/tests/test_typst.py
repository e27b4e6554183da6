"""Documents: accessible or not at all, and nothing a person wrote is read as code."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from bofast.letters import typst
from bofast.letters.typst import DocumentFault, render

pytestmark = pytest.mark.once
DAY = date(2026, 11, 22)
TITLED = '#let found = json(bytes(sys.inputs.data))\n#set document(title: "T")\n#set text(font: "Libertinus Serif")\n'


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Stand in for the template of any name."""

    def put(source: str) -> None:
        monkeypatch.setattr(typst, "_source", lambda name: source.encode())

    return put


def text_of(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as found:
        return str(found.Root.Lang)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('#set text(font: "No such font")\nHei', "unknown font"),
        ("Hei", "title"),
        ("= A\n=== C", "heading"),
        ("#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>\"), format: \"svg\")", "alt"),
        ("#nothing", "unknown variable"),
    ],
)
def test_a_document_that_is_not_fit_to_send_is_refused(template: Any, source: str, said: str) -> None:
    template((TITLED if said != "title" else "") + source)
    with pytest.raises(DocumentFault, match=said):
        render("any", {}, "nb", made_on=DAY)


@pytest.mark.parametrize("words", ["#panic()", "$x$ *b* _i_ `r` @ref <l> \\ // /* */", '"] #sys.inputs', "= Tittel"])
def test_what_a_person_wrote_is_never_read_as_code(template: Any, words: str) -> None:
    template(TITLED + "#found.words\n#metadata(found.words) <said>")
    assert render("any", {"words": words}, "nb", made_on=DAY).startswith(b"%PDF")


@pytest.mark.parametrize(("language", "written"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_the_language_is_told_to_the_one_who_reads_it_aloud(template: Any, language: str, written: str) -> None:
    template(TITLED + "#set text(lang: sys.inputs.language, region: sys.inputs.region)\nHei")
    assert text_of(render("any", {}, language, made_on=DAY)) == written


def test_the_same_data_gives_the_same_bytes(template: Any) -> None:
    template(TITLED + "#set document(date: datetime(year: 2026, month: 11, day: 22))\nHei")
    first, second = (render("any", {}, "nb", made_on=DAY) for _ in range(2))
    assert first == second


def test_a_template_that_is_not_there_is_said_by_name() -> None:
    with pytest.raises(FileNotFoundError):
        render("no_such_letter", {}, "nb", made_on=DAY)
