"""Lists as they come: the three sets of files with their truth, and the cast."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import Cast, gather
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import Claim, LedgerEntry, ReceivedFile, Resident, Tenancy

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


def take_in_named(name: str, data: bytes) -> ReceivedFile:
    return receive_file(Delivery(data=data, name=name))[0]


@pytest.fixture
def two_lists(db: None) -> tuple[ReceivedFile, ReceivedFile]:
    """September: K1, K2, K3. October: K1 owes more, K2 less, K3 is gone, K4 is new."""
    header = "Kontraktsnr;Navn;Adresse;Bydel;Telefon;Månedsleie;Forfall;Restanse;Fakturanr"
    september = a_list(
        "K1;Ola Prøve;Storgata 1;Årstad;+47 90000001;5000;01.08.2026;5000;F1",
        "K2;Kari Prøve;Storgata 2;Årstad;;5000;01.08.2026;4000;F2",
        "K3;=1+1;Storgata 3;Fana;;5000;01.08.2026;3000;F3",
        header=header,
    )
    october = a_list(
        "K1;Ola Prøve;Storgata 1;Årstad;+47 90000001;5000;01.08.2026;5000;F1",
        "K1;Ola Prøve;Storgata 1;Årstad;+47 90000001;5000;01.09.2026;2500,50;F4",
        "K2;Kari Prøve;Storgata 2;Årstad;;5000;01.08.2026;3500;F2",
        "K4;=cmd|' /C calc'!A0;-Storgata 4;Årstad;;6000;01.09.2026;6000;F5",
        header=header,
    )
    first = take_in_named("restanseliste-2026-09-16.csv", september)
    return first, take_in_named("restanseliste-2026-10-16.csv", october)


def sent(client: Client, *files: tuple[str, bytes], **given: str) -> Any:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("cases:receive"), {"uploads": uploads, **given}, follow=True)


def everything_held() -> dict[str, list[Any]]:
    """The end state, without ids and times."""
    return {
        "tenancies": sorted(
            Tenancy.objects.values_list(
                "contract_no",
                "kid",
                "monthly_rent",
                "lease_from",
                "lease_to",
                "clause",
                "dwelling__address",
                "dwelling__district",
                "dwelling__dwelling_no",
                "register_line",
                "household__members",
                "household__children",
            ),
            key=str,
        ),
        "residents": sorted(Resident.objects.values_list("tenancy__contract_no", "role", "name", "phone", "language")),
        "claims": sorted(Claim.objects.values_list("tenancy__contract_no", "key", "settled_on"), key=str),
        "entries": sorted(LedgerEntry.objects.values_list("file__as_of", "line", "claim__key", "outstanding"), key=str),
    }
