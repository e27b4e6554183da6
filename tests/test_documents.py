"""Documents that are made from the program's own tables are as the program makes them today."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from bofast.access.templatetags.written import stage_name
from bofast.domain import rules_document
from bofast.domain.facts import Stage
from bofast.domain.rates import figures

DOCS = Path(__file__).parent.parent / "docs"
pytestmark = pytest.mark.once


def test_the_rules_document_says_what_the_program_does() -> None:
    written = (DOCS / "rules.md").read_text("utf-8")
    assert written == rules_document.render(), "write what bofast.domain.rules_document.render() gives to docs/rules.md"


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_has_one_name_in_the_document_and_on_the_screen(stage: Stage) -> None:
    with override("nb"):
        assert stage_name(stage) == rules_document.STAGES[stage]


@pytest.mark.parametrize(
    ("value", "unit", "language", "written"),
    [
        ("1345", "NOK", "nb", "1\u00a0345 kr"),
        ("9.25", "percent a year", "nb", "9,25 % i året"),
        ("10.50", "percent a year", "en", "10.5 % a year"),
        ("0.05", "share of collection_rate", "nb", "5 % av inkassosatsen"),
        ("2.1", "R", "nb", "2,1 R"),
        ("14", "days", "nb", "14 dager"),
    ],
)
def test_a_value_is_written_in_its_unit(value: str, unit: str, language: str, written: str) -> None:
    assert rules_document.written_value(Decimal(value), unit, language) == written


def test_every_figure_has_a_unit_the_reader_knows() -> None:
    assert {figure.unit for figure in figures()} <= set(rules_document.UNITS)
