"""`bofast receive`, `assess`, `worklist` and `explain` as their users type them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bofast.config.cli import main
from bofast.domain.files import Kind

pytestmark = pytest.mark.django_db

LIST = "Kontraktsnr;Navn;Bydel;Månedsleie;Forfall;Restanse\nK1;Tenant;Fana;5000;01.09.2026;5000\n"
FILES = {
    Kind.ARREARS: ("restanseliste-2026-09-16.csv", LIST),
    Kind.REGISTER: ("register.csv", "Kontraktsnr;Navn;Adresse\nK1;Tenant;Gate 1\n"),
    Kind.CASES: ("cases.csv", "case_no;district;opened_on;outcome\n2006-1;Fana;2006-02-02;uavklart\n"),
    Kind.COUNTS: ("counts.csv", "year;source;indicator;count;as_of;note\n2006;BBB;begjæringer;110;2007-01-31;\n"),
    Kind.ANSWERS: ("svar.csv", "Nøkkel;Kontraktsnr;Restanse;Aktiv kontakt?;Merknad\nabc;K1;5000;aktiv;\n"),
}


def bofast(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def sent(folder: Path, kind: Kind) -> str:
    name, text = FILES[kind]
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


@pytest.mark.parametrize("kind", FILES)
def test_a_kind_is_given_in_the_words_of_the_contract(kind: Kind, tmp_path: Path) -> None:
    result = bofast("receive", sent(tmp_path, kind), "--kind", kind.value, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["kind"] == kind.value


@pytest.mark.parametrize("kind", ["ledger", "ocr", "camt"])
def test_a_kind_that_is_not_taken_in_yet_is_refused_in_a_plain_sentence(kind: str, tmp_path: Path) -> None:
    result = bofast("receive", sent(tmp_path, Kind.ARREARS), "--kind", kind, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Filer av denne typen tas ikke imot ennå.\n"


def test_an_unknown_kind_is_wrong_usage(tmp_path: Path) -> None:
    assert bofast("receive", sent(tmp_path, Kind.ARREARS), "--kind", "gossip").exit_code == 2


@pytest.mark.parametrize("command", [("worklist",), ("explain", "K1")])
def test_what_a_person_reads_has_no_code_words_in_it(command: tuple[str, ...], tmp_path: Path) -> None:
    bofast("receive", sent(tmp_path, Kind.ARREARS))
    bofast("assess", "--on", "2026-09-16")
    result = bofast(*command, "--on", "2026-09-16")
    assert result.exit_code == 0, result.stderr
    assert "K1" in result.stdout
    words: Any = result.stdout.replace(",", " ").replace(":", " ").split()
    assert not {"due", "outreach", "reminder", "petition", "months"} & set(words)
