"""Lists as they come: the three sets of files with their truth, and the cast."""

import json
from pathlib import Path
from typing import Any

import pytest

from bofast.access.tests.cast import Cast, gather
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import ReceivedFile

DATA = Path(__file__).parents[2] / "domain" / "files" / "tests" / "data"


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def paths(name: str, *, register: bool = False) -> list[Path]:
    """The arrears lists of a set by day; with the register first where that is asked for."""
    folder = DATA / name
    lists = sorted(path for path in folder.iterdir() if path.name.casefold().startswith("restanseliste"))
    registers = sorted(folder.glob("leietakerregister*"))
    return [*(registers if register else []), *lists]


def truth(name: str) -> dict[str, dict[str, Any]]:
    return json.loads((DATA / name / "truth.json").read_text("utf-8"))


def take_in(path: Path, **given: Any) -> ReceivedFile:
    return receive_file(Delivery(data=path.read_bytes(), name=path.name, **given))[0]


def a_list(*rows: str, header: str = "Kontraktsnr;Navn;Forfall;Restanse;Fakturanr") -> bytes:
    """A small list in Norwegian office CSV."""
    return "\r\n".join([header, *rows, ""]).encode()


def take_in_rows(day: str, *rows: str, **given: Any) -> ReceivedFile:
    """Receive a small list of that day."""
    return receive_file(Delivery(data=a_list(*rows), name=f"restanseliste-{day}.csv", **given))[0]
