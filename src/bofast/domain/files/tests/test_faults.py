import re
import string
from pathlib import Path

import pytest

from bofast.domain.files import Fault, Refused, columns, faults

SOURCES = Path(columns.__file__).parent
CALLS = re.compile(
    r'(?:Refused|CellError|Trouble)\(\s*"(\w+)"'
    r'|(?:fault|warn)\(\s*(?:"\w*"|[\w.]+),\s*"(\w+)"'
    r'|(?:Fault\([^)]*?, )"(\w+)"'
    r'|(?:troubles\[[^]]*\] = |twice=)"(\w+)"'
)


def _codes_in_use() -> set[str]:
    text = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.py"))
    return {code for found in CALLS.findall(text) for code in found if code}


def test_every_code_in_use_is_in_the_catalogue():
    assert len(_codes_in_use()) > 40
    assert _codes_in_use() <= set(faults.catalogue())


def test_no_code_of_the_catalogue_is_left_over():
    package = SOURCES.parents[1]
    sources = [path for path in package.rglob("*.py") if "tests" not in path.parts]
    text = "".join(path.read_text("utf-8") for path in sources)
    assert [code for code in faults.catalogue() if f'"{code}"' not in text] == []


@pytest.mark.parametrize("code", faults.catalogue())
def test_every_code_says_the_same_facts_in_three_languages(code: str):
    texts = faults.catalogue()[code]
    assert set(texts) == {"nb", "nn", "en"}
    facts = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
    assert facts[0] == facts[1] == facts[2]


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("nb", "Linje 5, Restanse: «soon» er ikke et beløp; skriv det som 1 234,50"),
        ("nn", "Linje 5, Restanse: «soon» er ikkje eit beløp; skriv det som 1 234,50"),
        ("en", 'Line 5, Restanse: "soon" is not an amount; write it as 1 234,50'),
        ("so", "Linje 5, Restanse: «soon» er ikke et beløp; skriv det som 1 234,50"),
    ],
)
def test_a_message_says_where_what_and_the_cure(language: str, message: str):
    assert Fault(5, "Restanse", "not_an_amount", {"value": "soon"}).message(language) == message


def test_a_long_cell_is_shortened_and_braces_in_it_are_only_text():
    message = Fault(5, "Restanse", "not_an_amount", {"value": "{0}" + "x" * 100}).message("en")
    assert message == f'Line 5, Restanse: "{{0}}{"x" * 36}…" is not an amount; write it as 1 234,50'


def test_a_refusal_reads_as_its_message():
    assert str(Refused("empty_file")) == "The file is empty. Export the list again and send it once more."
