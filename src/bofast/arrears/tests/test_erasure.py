"""Erasing a household from what was sent and is held: no trace of the person, and not one figure changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import turid
from bofast.arrears import queries
from bofast.arrears.actions import erasure
from bofast.arrears.actions.erasure import empty_rows, erase_file, erase_household, erase_households
from bofast.arrears.actions.quarantine import correct_row
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import (
    Claim,
    Dwelling,
    FileContent,
    Household,
    LedgerEntry,
    QuarantinedRow,
    ReceivedFile,
    Resident,
    SenderProfile,
    ShieldedAddress,
    Tenancy,
)
from bofast.arrears.tests import traces
from bofast.arrears.tests.conftest import a_list, take_in_named, take_in_rows
from bofast.domain.files import Kind, parse
from bofast.domain.files.tests.making import identity_number, xlsx_of

pytestmark = pytest.mark.django_db

CONTRACT, KID, NUMBER = "K-7734-21", "2600000547734", identity_number(17, 3, 71)
SOLVEIG = ("Solveig Ærfugl", "41277345", "solveig.aerfugl@example.no", "Fiskekroken 77", "5099")
TRACES = (CONTRACT, KID, NUMBER, *SOLVEIG[:4], "Solveig Gammelnavn", "41299988", "FAK-77341", "Ulvhild Verge")
REGISTER = "Kontraktsnr;KID;Navn;Fødselsnr;Telefon;E-post;Adresse;Postnr;Poststed;Bydel;Husstand;Barn;Verge;Bolignr"
LIST = "Kontraktsnr;KID;Navn;Telefon;Adresse;Bydel;Forfall;Restanse;Fakturanr"
NEIGHBOUR = "K-8800-10"


def a_register(*, extra: str = "") -> ReceivedFile:
    name, phone, email, address, postal = SOLVEIG
    rows = [
        f"{CONTRACT};{KID};{name};{NUMBER};{phone};{email};{address};{postal};Bergen;Årstad;4;3;Ulvhild Verge;77-B",
        f"{NEIGHBOUR};;Solveig Ærfugl;;{phone};;Storgata 8;5003;Bergen;Fana;2;0;;8-A",
        "K-9911-10;;Per Uten;;;;Storgata 9;5003;Bergen;Fana;1;0;;9-A",
    ]
    return take_in_named(f"leietakerregister{extra}.csv", a_list(*rows, *([extra] if extra else []), header=REGISTER))


@pytest.fixture
def solveig(db: None) -> Tenancy:
    """A household in a register, on two lists of different make and in quarantine; a neighbour has the same name."""
    a_register()
    september = a_list(
        f"{CONTRACT};{KID};Solveig Gammelnavn;+47 412 99 988;Fiskekroken 77;Årstad;01.08.2026;5000;FAK-77341",
        f"{NEIGHBOUR};;Solveig Ærfugl;41277345;Storgata 8;Fana;01.08.2026;4000;F2",
        "K-77;;Ærfugl, Solveig;;Fiskekroken 77;Årstad;01.08.2026;feil;F3",
        f"{CONTRACT};{KID};Solveig Ærfugl;;Fiskekroken 77;Årstad;snart;1000;F4",
        f"{CONTRACT};26000005477;Solveig Ærfugl;;Fiskekroken 77;Årstad;01.09.2026;1000;",
        header=LIST,
    )
    take_in_named("restanseliste-2026-09-16.csv", september.decode().encode("cp1252"))
    head = ("Kontraktsnr", "Navn", "Forfall", "Restanse", "Fakturanr")
    october = xlsx_of(
        ("Restanseliste",),
        head,
        (CONTRACT, "Solveig Ærfugl", date(2026, 8, 1), 5000, "FAK-77341"),
        (NEIGHBOUR, "Solveig Ærfugl", date(2026, 8, 1), 4000, "F2"),
    )
    take_in_named("restanseliste-2026-10-16.xlsx", october)
    return Tenancy.objects.get(contract_no=CONTRACT)


def figures() -> dict[str, Any]:
    """What receipts, ledger and comparison say, without a word about anybody."""
    lists = ReceivedFile.objects.order_by("pk")
    numbers = ("sha256", "rows", "accepted", "doubled", "quarantined", "new", "continuing", "cleared", "outstanding")
    return {
        "receipts": list(lists.values(*numbers, "receipt")),
        "entries": list(LedgerEntry.objects.order_by("pk").values()),
        "claims": list(Claim.objects.order_by("pk").values("tenancy", "due_on", "amount", "settled_on")),
        "districts": list(Tenancy.objects.order_by("pk").values_list("pk", "dwelling__district", "dwelling__kind")),
        "lived_there": list(Household.objects.order_by("pk").values("tenancy", "members", "children")),
        "compared": [queries.comparison(file) for file in lists.filter(kind="arrears")],
        "warnings": [[(fault["line"], fault["code"]) for fault in file.warnings] for file in lists],
    }


def test_there_is_something_to_erase(solveig: Tenancy) -> None:
    found = {trace for trace in TRACES if traces.in_tables(trace)}
    assert found >= {*TRACES} - {"41299988"}  # written with spaces
    assert traces.in_tables("412 99 988")


def test_nothing_that_names_the_household_is_left_in_any_table(solveig: Tenancy) -> None:
    erase_household(tenancy_id=solveig.pk)
    others = {f"arrears_resident.{field}: {text}" for field, text in zip(("name", "phone"), SOLVEIG, strict=False)}
    left = set(traces.in_tables(*TRACES, "412 99 988", "77-B"))
    in_lines_of_the_neighbour = {f"arrears_filecontent.data: {text}" for text in SOLVEIG[:2]}
    assert left == others | in_lines_of_the_neighbour


def test_no_figure_of_receipts_ledger_districts_and_households_changes(solveig: Tenancy) -> None:
    before = figures()
    erase_household(tenancy_id=solveig.pk)
    assert figures() == before


def test_the_proof_counts_each_kind_and_a_second_time_there_is_nothing_left_to_erase(solveig: Tenancy) -> None:
    assert erase_household(tenancy_id=solveig.pk) == {
        "files_redacted": 3,
        "lines": 6,
        "quarantined_rows": 2,
        "warnings": 2,
        "residents": 1,
        "dwellings": 1,
        "tenancies": 1,
        "claims": 2,
    }
    assert erase_household(tenancy_id=solveig.pk) == {}


def test_what_stays_of_the_household_is_a_number_a_district_and_how_many_lived_there(solveig: Tenancy) -> None:
    erase_household(tenancy_id=solveig.pk)
    solveig.refresh_from_db()
    home = solveig.dwelling
    assert (solveig.contract_no, solveig.kid, solveig.register_file) == (f"erased-{solveig.pk}", "", None)
    assert home and (home.address, home.postal_code, home.city, home.dwelling_no) == ("", "", "", "")
    assert (home.district, solveig.household.members, solveig.household.children) == ("Årstad", 4, 3)
    assert sorted(solveig.claims.values_list("key", "invoice_no")) == sorted(
        (f"erased-{claim.pk}", "") for claim in solveig.claims.all()
    )


def test_the_neighbour_of_the_same_name_and_telephone_keeps_every_line(solveig: Tenancy) -> None:
    erase_household(tenancy_id=solveig.pk)
    neighbour = Tenancy.objects.get(contract_no=NEIGHBOUR)
    assert neighbour.residents.get().name == "Solveig Ærfugl"
    for file in ReceivedFile.objects.all():
        data = bytes(file.content.data)
        rows = parse(data, file.name, Kind(file.kind)).rows
        assert NEIGHBOUR in [row.values.get("contract_no") for row in rows]
        assert file.content.redacted_at


def test_a_quarantined_row_keeps_its_place_and_its_fault_but_none_of_its_words(solveig: Tenancy) -> None:
    erase_household(tenancy_id=solveig.pk)
    rows = QuarantinedRow.objects.order_by("line")
    assert [(row.line, row.state) for row in rows] == [(4, "erased"), (5, "erased")]
    assert {text for row in rows for _header, text in row.cells} == {""}
    told = [error["message"] for error in queries.receipt(rows[0].file, "nb", already_received=False)["errors"]]
    assert told[0].startswith("Linje 4, Restanse: «•••»")


def test_a_row_put_right_loses_what_was_sent_and_what_was_written_instead(solveig: Tenancy) -> None:
    row = QuarantinedRow.objects.get(line=5)
    assert not correct_row(row_id=row.pk, cells={"Forfall": "01.10.2026"}, by=None)
    erase_household(tenancy_id=solveig.pk)
    row.refresh_from_db()
    assert {text for _header, text in (*row.cells, *(row.corrected_cells or ()))} == {""}
    assert LedgerEntry.objects.filter(claim__tenancy=solveig).count() == 4


def test_the_same_bytes_again_are_received_before_and_bring_nobody_back(solveig: Tenancy) -> None:
    rows = f"{CONTRACT};Solveig Ærfugl;01.10.2026;5000;F9"
    november = take_in_rows("2026-11-16", rows)
    erase_household(tenancy_id=solveig.pk)
    assert take_in_rows("2026-11-16", rows) == november
    assert not Tenancy.objects.filter(contract_no=CONTRACT).exists()


def test_a_new_list_that_names_the_contract_is_a_new_tenancy(solveig: Tenancy) -> None:
    erase_household(tenancy_id=solveig.pk)
    listed = take_in_rows("2026-11-16", f"{CONTRACT};Solveig Ærfugl;01.08.2026;5000;FAK-77341")
    again = Tenancy.objects.get(contract_no=CONTRACT)
    assert again != solveig
    assert listed.new == 1 and again.claims.get().amount is None


def test_several_households_are_erased_in_one_go(solveig: Tenancy) -> None:
    neighbour = Tenancy.objects.get(contract_no=NEIGHBOUR)
    done = erase_households(tenancy_ids=[solveig.pk, neighbour.pk])
    assert (done["tenancies"], done["residents"], done["files_redacted"]) == (2, 2, 3)
    assert traces.in_tables(*TRACES, NEIGHBOUR, "Storgata 8") == []


def test_an_erasure_cut_off_half_way_has_erased_nothing(solveig: Tenancy, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "_clear_rows", cut_off)
    before = figures(), sorted(traces.in_tables(*TRACES))
    with pytest.raises(KeyboardInterrupt):
        erase_household(tenancy_id=solveig.pk)
    assert (figures(), sorted(traces.in_tables(*TRACES))) == before


def test_a_file_whose_columns_are_not_known_any_more_is_dropped_when_it_names_the_household(solveig: Tenancy) -> None:
    columns = {"Ref": "contract_no", "Person": "name", "Dato": "due_on", "Kr": "outstanding"}
    profile = SenderProfile.objects.create(sender="kemner", kind="arrears", columns=columns)
    theirs = a_list(f"{CONTRACT};Solveig Ærfugl;01.08.2026;5000", header="Ref;Person;Dato;Kr")
    others = a_list("K-9911-10;Per Uten;01.08.2026;5000", header="Ref;Person;Dato;Kr")
    for day, data in (("2026-09-30", theirs), ("2026-10-30", others)):
        receive_file(Delivery(data=data, name=f"restanseliste-{day}.csv", kind=Kind.ARREARS, sender="kemner"))
    profile.columns = {}
    profile.save()
    assert erase_household(tenancy_id=solveig.pk)["files_dropped"] == 1
    kept = FileContent.objects.filter(file__sender="kemner").get()
    assert b"Per Uten" in bytes(kept.data)


def test_a_shielded_address_goes_too(solveig: Tenancy) -> None:
    ShieldedAddress.objects.create(tenancy=solveig, address="Hemmelig vei 1")
    assert erase_household(tenancy_id=solveig.pk)["shielded_addresses"] == 1


def test_dropping_a_file_keeps_its_receipt_and_ledger_and_the_next_list_comes_in_all_the_same(solveig: Tenancy) -> None:
    before = figures()
    for file in ReceivedFile.objects.all():
        assert erase_file(file_id=file.pk)["files_dropped"] == 1
        assert erase_file(file_id=file.pk) == {}
    assert figures() == before
    assert FileContent.objects.count() == 0
    listed = take_in_rows("2026-11-16", "K-9911-10;;01.10.2026;5000;F9", f"{CONTRACT};;01.10.2026;5000;F8")
    assert (listed.accepted, listed.new) == (2, 1)
    assert not Resident.objects.filter(tenancy__contract_no="K-9911-10").exists()
    erase_household(tenancy_id=solveig.pk)
    assert not traces.in_tables(CONTRACT, NUMBER)


def test_rows_in_quarantine_are_emptied_once(solveig: Tenancy) -> None:
    rows = QuarantinedRow.objects.exclude(state="erased")
    assert empty_rows(rows) == {"quarantined_rows": 2}
    assert empty_rows(rows.all()) == {}


class TestRegistersOfBefore:
    """A register is kept only as far as something still points at it."""

    def test_the_former_register_is_dropped_when_the_new_one_has_every_contract(self, db: None) -> None:
        former = a_register()
        newest = a_register(extra="K-5555-10;;Ny Leier;;;;;;;;;;;")
        assert list(FileContent.objects.values_list("file", flat=True)) == [newest.pk]
        assert ReceivedFile.objects.get(pk=former.pk).receipt == former.receipt

    def test_only_the_rows_the_new_register_lacks_are_kept_of_the_former(self, db: None) -> None:
        former = a_register()
        take_in_named("leietakerregister-2.csv", a_list("K-9911-10;Per Uten", header="Kontraktsnr;Navn"))
        content = FileContent.objects.get(file=former)
        assert content.redacted_at
        assert [row.line for row in parse(bytes(content.data), "", Kind.REGISTER).rows] == [2, 3]
        take_in_rows("2026-11-16", f"{CONTRACT};;01.10.2026;5000;F8")
        found = Tenancy.objects.get(contract_no=CONTRACT)
        assert found.residents.get().national_id == NUMBER
        assert found.dwelling and found.dwelling.address == "Fiskekroken 77"

    def test_a_row_that_waits_for_somebody_is_kept_until_it_is_settled(self, db: None) -> None:
        header = "Kontraktsnr;Navn;Kontrakt fra"
        former = take_in_named("leietakerregister-1.csv", a_list("K1;Ola Venter;snart", "K2;Kari", header=header))
        take_in_named("leietakerregister-2.csv", a_list("K2;Kari", header=header))
        assert b"Ola Venter" in bytes(FileContent.objects.get(file=former).data)
        assert not correct_row(row_id=former.quarantine.get().pk, cells={"Kontrakt fra": "01.01.2020"}, by=None)
        take_in_rows("2026-11-16", "K1;;01.10.2026;5000;F8")
        assert Resident.objects.get().name == "Ola Venter"

    def test_another_senders_register_is_left_alone(self, db: None) -> None:
        data = a_list("K1;Ola Annen", header="Kontraktsnr;Navn")
        receive_file(Delivery(data=data, name="leietakerregister.csv", sender="stiftelsen"))
        a_register()
        assert FileContent.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of the database are the server's own")
@pytest.mark.django_db(transaction=True)
def test_nothing_that_names_the_household_is_left_in_the_files_of_sqlite() -> None:
    unique = "Ragnfrid Skjærgård", "K-6612-99", "98765412", "Lyngfaret 613", identity_number(3, 9, 64)
    name, contract, phone, address, number = unique
    header = "Kontraktsnr;Navn;Fødselsnr;Telefon;Adresse;Bydel;Forfall;Restanse"
    filler = [f"K{n};Nabo {n};;;Storgata {n};Fana;01.08.2026;{n}" for n in range(1, 1500)]
    for month in (8, 9, 10):
        row = f"{contract};{name};{number};{phone};{address};Fana;01.0{month - 1}.2026;5000".replace("010", "10")
        data = a_list(*filler[: 200 * month], row, *filler[200 * month :], header=header)
        take_in_named(f"restanseliste-2026-{month:02d}-16.csv", data)
    assert len(traces.in_database_files(*unique)) >= len(unique)
    erase_household(tenancy_id=Tenancy.objects.get(contract_no=contract).pk)
    assert traces.in_database_files(*unique) == []
    assert traces.in_tables(*unique) == []


@pytest.mark.django_db(transaction=True)
def test_erasing_and_receiving_in_the_same_moment_wait_for_each_other() -> None:
    take_in_rows("2026-09-16", f"{CONTRACT};Solveig Ærfugl;01.08.2026;5000;F1", "K2;Kari;01.08.2026;4000;F2")
    tenancy_id = Tenancy.objects.get(contract_no=CONTRACT).pk

    def do(work: Callable[[], object]) -> object:
        try:
            return work()
        finally:
            connection.close()

    october = (lambda: take_in_rows("2026-10-16", f"{CONTRACT};Solveig Ærfugl;01.08.2026;5000;F1"),)
    erasures = [lambda: erase_household(tenancy_id=tenancy_id)] * 2
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(do, [*erasures, *october]))
    assert sorted(bool(counts) for counts in done[:2]) == [False, True]
    assert Tenancy.objects.get(pk=tenancy_id).contract_no == f"erased-{tenancy_id}"
    came_after = Tenancy.objects.filter(contract_no=CONTRACT).exists()
    assert bool(traces.in_tables("Solveig Ærfugl")) is came_after


def test_the_page_says_of_an_erased_row_that_it_is_erased(solveig: Tenancy, client: Client) -> None:
    erase_household(tenancy_id=solveig.pk)
    client.force_login(turid())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    file = QuarantinedRow.objects.filter(line=4).get().file
    page = client.get(reverse("arrears:quarantine", args=[file.pk])).content.decode()
    assert "What the row said has been erased" in page
    assert "Ærfugl" not in page


def test_dwellings_have_nothing_of_the_erased_household(solveig: Tenancy) -> None:
    erase_household(tenancy_id=solveig.pk)
    assert not Dwelling.objects.filter(address__contains="Fiskekroken").exists()
