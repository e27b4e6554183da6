"""Rows that waited for the register are taken in together when it comes."""

from typing import Any

import pytest

from bofast.arrears.actions import ledger
from bofast.arrears.models import QuarantinedRow, ReceivedFile
from bofast.arrears.tests.conftest import a_list, take_in_named, take_in_rows

pytestmark = pytest.mark.django_db


def register(*contracts: str) -> ReceivedFile:
    rows = [f"{contract};Tenant {contract}" for contract in contracts]
    return take_in_named("leietakerregister.csv", a_list(*rows, header="Kontraktsnr;Navn"))


def test_the_same_claim_waiting_twice_is_taken_in_once() -> None:
    waiting = take_in_rows("2026-09-16", "K1;;01.08.2026;5000;F1", "K2;;01.08.2026;4000;F2")
    second = QuarantinedRow.objects.get(file=waiting, line=3)
    second.cells = QuarantinedRow.objects.get(file=waiting, line=2).cells
    second.save()
    register("K1", "K2")
    waiting.refresh_from_db()
    assert (waiting.rows, waiting.accepted, waiting.doubled, waiting.quarantined) == (2, 1, 1, 0)
    assert waiting.outstanding == 500_000


def test_a_list_is_compared_anew_once_however_many_of_its_rows_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    contracts = [f"K{n}" for n in range(1, 31)]
    waiting = take_in_rows("2026-09-16", *(f"{contract};;01.08.2026;5000;F{contract}" for contract in contracts))
    assert waiting.quarantined == 30
    compared: list[Any] = []
    compare = ledger.compare
    monkeypatch.setattr(ledger, "compare", lambda file: (compared.append(file), compare(file)))
    register(*contracts[:-1])
    waiting.refresh_from_db()
    assert (waiting.accepted, waiting.quarantined, waiting.new) == (29, 1, 29)
    assert len(compared) == 1
