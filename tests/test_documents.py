"""Documents that are made from the program's own tables are as the program makes them today."""

from pathlib import Path

import pytest
from django.utils.translation import override

from bofast.access.templatetags.written import stage_name
from bofast.domain import rules_document
from bofast.domain.facts import Stage

DOCS = Path(__file__).parent.parent / "docs"
pytestmark = pytest.mark.once


def test_the_rules_document_says_what_the_program_does() -> None:
    written = (DOCS / "rules.md").read_text("utf-8")
    assert written == rules_document.render(), (
        "make it anew: python -c 'from bofast.domain.rules_document import render; print(render(), end=\"\")' > docs/rules.md"
    )


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_has_one_name_in_the_document_and_on_the_screen(stage: Stage) -> None:
    with override("nb"):
        assert stage_name(stage) == rules_document.STAGES[stage]
