"""Every promise of an intake: rows add up, the order of arrival does not matter, once only, all or nothing."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Min, Sum
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from bofast.arrears import queries
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import (
    Claim,
    Dwelling,
    FileContent,
    Household,
    LedgerEntry,
    ReceivedFile,
    Resident,
    Tenancy,
)
from bofast.arrears.tests.conftest import DATA, a_list, everything_held, paths, take_in, take_in_rows, truth

pytestmark = pytest.mark.django_db

SETS = ("lists-2026", "lists-messy", "lists-excel")


def held(file: ReceivedFile) -> dict[str, Any]:
    """The numbers of a list as truth.json states them, amounts in kroner."""
    compared = queries.comparison(file)
    return {
        "rows": file.rows,
        "households": len(compared.owed),
        "new": len(compared.new),
        "continuing": len(compared.continuing),
        "cleared": len(compared.cleared),
        "outstanding": compared.outstanding / 100,
    }


def households(file: ReceivedFile) -> dict[str, dict[str, Any]]:
    """Each household of a list as truth.json states it."""
    rows = (
        LedgerEntry.objects.filter(file=file)
        .values("claim__tenancy__contract_no", "claim__tenancy__dwelling__district")
        .annotate(owed=Sum("outstanding"), oldest=Min("claim__due_on"), claims=Count("claim", distinct=True))
    )
    return {
        row["claim__tenancy__contract_no"]: {
            "outstanding": row["owed"] / 100,
            "oldest": row["oldest"].isoformat(),
            "claims": row["claims"],
            "district": row["claim__tenancy__dwelling__district"],
        }
        for row in rows
    }


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("with_register", [True, False])
def test_receipts_equal_the_truth(name: str, with_register: bool) -> None:
    files = {
        file.as_of.isoformat(): file for path in paths(name, register=with_register) if (file := take_in(path)).as_of
    }
    expected = truth(name)
    assert files.keys() == expected.keys()
    for day, file in files.items():
        file.refresh_from_db()
        numbers = held(file)
        assert numbers == {key: expected[day][key] for key in numbers}, day
        assert households(file) == expected[day]["households_detail"], day
        assert file.rows == file.accepted + file.doubled + file.quarantined
        bad = expected[day]["bad"]
        assert file.doubled == bad.get("duplicate", 0)
        assert file.quarantined == sum(count for kind, count in bad.items() if kind != "duplicate")
        told = queries.receipt(file, "nb", already_received=False)
        assert (told["new"], told["continuing"], told["cleared"]) == tuple(
            expected[day][key] for key in ("new", "continuing", "cleared")
        )
        assert float(told["outstanding"]) == expected[day]["outstanding"]
        assert len(told["errors"]) == file.quarantined


def test_each_error_says_line_column_and_cure() -> None:
    file = take_in(paths("lists-messy")[0])
    for error in queries.receipt(file, "nb", already_received=False)["errors"]:
        assert error["line"] > 1
        assert error["column"]
        assert f"Linje {error['line']}, {error['column']}: " in error["message"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_late_arrivals_are_put_in_their_place(order: tuple[int, ...]) -> None:
    lists = paths("lists-2026")
    files = {place: take_in(lists[place]) for place in order}
    expected = list(truth("lists-2026").values())
    for place, file in files.items():
        file.refresh_from_db()
        assert (file.new, file.continuing, file.cleared) == tuple(
            expected[place][key] for key in ("new", "continuing", "cleared")
        )
        assert held(file)["outstanding"] == expected[place]["outstanding"]
    assert settled_days() == settled_by_hand()


def settled_days() -> dict[tuple[str, str], str | None]:
    rows = Claim.objects.values_list("tenancy__contract_no", "key", "settled_on")
    return {(contract, key): day.isoformat() if day else None for contract, key, day in rows}


def settled_by_hand() -> dict[tuple[str, str], str | None]:
    """Of each claim, the first list in force without it after the last one with it, counted from the entries."""
    days = sorted(file.as_of for file in ReceivedFile.objects.filter(standing=True) if file.as_of)
    found: dict[tuple[str, str], str | None] = {}
    for claim in Claim.objects.select_related("tenancy").prefetch_related("entries__file"):
        seen = [entry.file.as_of for entry in claim.entries.all() if entry.file.standing and entry.file.as_of]
        if seen:
            later = [day for day in days if day > max(seen)]
            found[claim.tenancy.contract_no, claim.key] = later[0].isoformat() if later else None
    return found


@pytest.mark.parametrize("name", ["lists-2026", "lists-messy"])
def test_the_register_first_or_last_gives_the_same_end_state(name: str) -> None:
    states = []
    for register_first in (True, False):
        lists, (register,) = paths(name), set(paths(name, register=True)) - set(paths(name))
        with transaction.atomic():
            for path in [register, *lists] if register_first else [*lists, register]:
                take_in(path)
            states.append(everything_held())
            transaction.set_rollback(True)
    assert states[0] == states[1]


def test_the_same_file_twice_changes_nothing() -> None:
    path = paths("lists-messy")[0]
    first, known = receive_file(Delivery(data=path.read_bytes(), name=path.name))
    before = everything_held()
    again, known_again = receive_file(Delivery(data=path.read_bytes(), name="et annet navn.csv"))
    assert (known, known_again) == (False, True)
    assert again == first
    assert everything_held() == before
    assert ReceivedFile.objects.count() == FileContent.objects.count() == 1


def test_a_corrected_second_file_of_the_same_day_supersedes_the_first_which_is_kept() -> None:
    first = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1", "K2;Kari Prøve;01.08.2026;4000;F2")
    second = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;4500;F1")
    first.refresh_from_db()
    assert (first.standing, first.superseded_by) == (False, second)
    assert (second.standing, second.outstanding, second.new) == (True, 450_000, 1)
    assert bytes(first.content.data) and first.entries.count() == 2
    assert {claim.key: claim.settled_on for claim in Claim.objects.all()} == {"F1": None, "F2": date(2026, 9, 16)}
    assert queries.list_days("standard") == [date(2026, 9, 16)]


def test_lists_of_two_senders_on_one_day_stand_side_by_side() -> None:
    take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    other = take_in_rows("2026-09-16", "K2;Kari Prøve;01.08.2026;4000;F2", sender="kemner")
    assert ReceivedFile.objects.filter(standing=True).count() == 2
    assert (other.new, other.cleared) == (1, 0)


@pytest.mark.parametrize("register_first", [True, False])
def test_households_without_arrears_hold_only_contract_kid_and_a_pointer(register_first: bool) -> None:
    register = paths("lists-2026", register=True)[0]
    newest = paths("lists-2026")[-1]
    for path in [register, newest] if register_first else [newest, register]:
        take_in(path)
    without = Tenancy.objects.filter(claims__isnull=True)
    assert without.count() > 100
    for tenancy in without:
        said = (tenancy.dwelling_id, tenancy.monthly_rent, tenancy.lease_from, tenancy.lease_to, tenancy.clause)
        assert said == (None,) * 5
        assert tenancy.register_file_id and tenancy.register_line
    assert not Resident.objects.filter(tenancy__in=without).exists()
    assert not Household.objects.filter(tenancy__in=without).exists()
    assert Dwelling.objects.filter(tenancy__isnull=True).count() == 0


def test_a_contract_the_register_does_not_know_comes_in_when_a_person_or_address_is_named() -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1", "K2;;01.08.2026;4000;F2")
    assert (file.accepted, file.quarantined) == (1, 1)
    assert Tenancy.objects.get().register_file is None
    assert file.quarantine.get().faults[0]["code"] == "unknown_contract_nobody_named"


def test_the_register_lets_in_a_row_that_waited_for_it() -> None:
    file = take_in_rows("2026-09-16", "K2;;01.08.2026;4000;F2")
    register = a_list("K2;Kari Prøve;Storgata 1", header="Kontraktsnr;Navn;Adresse")
    receive_file(Delivery(data=register, name="leietakerregister.csv"))
    file.refresh_from_db()
    assert (file.accepted, file.quarantined, file.outstanding, file.new) == (1, 0, 400_000, 1)
    row = file.quarantine.get()
    assert (row.state, row.settled_by) == ("corrected", None)
    assert file.receipt["quarantined"] == 1


def test_a_later_register_updates_what_the_earlier_one_said_but_not_what_a_list_said_since() -> None:
    header = "Kontraktsnr;Navn;Telefon;Månedsleie"
    register = lambda *rows: receive_file(  # noqa: E731
        Delivery(data=a_list(*rows, header=header), name="leietakerregister.csv")
    )
    register("K1;Ola Prøve;90000001;5000", "K2;Kari Prøve;90000002;6000")
    rows = ("K1;Ola Prøve;01.08.2026;5000;5500", "K2;Kari Prøve;01.08.2026;4000;")
    lists = a_list(*rows, header="Kontraktsnr;Navn;Forfall;Restanse;Månedsleie")
    receive_file(Delivery(data=lists, name="restanseliste-2026-09-16.csv"))
    register("K1;Ola Prøve;90000009;5200", "K2;Kari Prøve;;6300")
    rents = dict(Tenancy.objects.values_list("contract_no", "monthly_rent"))
    assert rents == {"K1": 550_000, "K2": 630_000}
    assert Resident.objects.get(tenancy__contract_no="K1").phone == "90000009"
    assert Resident.objects.get(tenancy__contract_no="K2").phone == "90000002"


def test_a_late_list_only_fills_in_what_the_newer_one_left_out() -> None:
    header = "Kontraktsnr;Navn;Telefon;Månedsleie;Forfall;Restanse"
    for day, row in (
        ("2026-10-16", "K1;Ola Ny;;7200;01.09.2026;5000"),
        ("2026-09-16", "K1;Ola Gammel;90000001;7000;01.08.2026;5000"),
    ):
        receive_file(Delivery(data=a_list(row, header=header), name=f"restanseliste-{day}.csv"))
    assert Tenancy.objects.get().monthly_rent == 720_000
    resident = Resident.objects.get()
    assert (resident.name, resident.phone) == ("Ola Ny", "90000001")


def test_a_register_without_kid_keeps_the_kid_a_list_gave() -> None:
    data = a_list("K1;260000054;Ola Prøve;01.08.2026;5000", header="Kontraktsnr;KID;Navn;Forfall;Restanse")
    receive_file(Delivery(data=data, name="restanseliste-2026-09-16.csv"))
    receive_file(Delivery(data=a_list("K1;Ola Prøve", header="Kontraktsnr;Navn"), name="leietakerregister.csv"))
    assert Tenancy.objects.get().kid == "260000054"


@pytest.mark.parametrize(
    "statement", ["UPDATE arrears_ledgerentry SET outstanding = 1", "DELETE FROM arrears_ledgerentry"]
)
def test_the_database_refuses_to_change_or_remove_a_ledger_entry(statement: str) -> None:
    take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LedgerEntry.objects.get().outstanding == 500_000


def test_the_database_refuses_a_receipt_whose_rows_do_not_add_up() -> None:
    file = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReceivedFile.objects.filter(pk=file.pk).update(rows=2)


def test_the_sum_row_is_held_against_the_rows() -> None:
    rows = ("K1;Ola Prøve;01.08.2026;5000;F1", "K2;Kari Prøve;01.08.2026;4000;F2")
    right = take_in_rows("2026-09-16", *rows, "Sum;;;9000;")
    wrong = take_in_rows("2026-10-16", *rows, "Sum;;;9100;")
    assert (right.receipt["stated_sum"], right.warnings) == ("9000.00", [])
    assert wrong.receipt["stated_sum"] == "9100.00"
    assert [fault["code"] for fault in wrong.warnings] == ["sum_differs"]


MONTHS = ("2026-07-16", "2026-08-16", "2026-09-16", "2026-10-16")
CLAIMS = st.dictionaries(
    st.tuples(st.sampled_from(["K1", "K2", "K3"]), st.integers(1, 4)), st.integers(1, 900_000), min_size=1, max_size=8
)


class AnySequenceOfLists(HypothesisCase):
    @settings(
        max_examples=25,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(lists=st.lists(st.tuples(st.sampled_from(MONTHS), CLAIMS), min_size=1, max_size=6))
    def test_open_claims_are_those_of_the_newest_list(
        self, lists: list[tuple[str, dict[tuple[str, int], int]]]
    ) -> None:
        newest: dict[str, dict[tuple[str, int], int]] = {}
        for day, claims in lists:
            rows = [f"{no};Ola;01.0{n}.2026;{ore // 100},{ore % 100:02d};F{n}" for (no, n), ore in claims.items()]
            file = take_in_rows(day, *rows)
            if not file.standing or file.as_of != date.fromisoformat(day):
                continue  # these very bytes came before: nothing changes
            newest[day] = claims
        last = ReceivedFile.objects.filter(standing=True).order_by("as_of").last()
        assert last is not None and last.as_of is not None
        owed = newest[last.as_of.isoformat()]
        assert last.outstanding == sum(owed.values()) == queries.comparison(last).outstanding
        open_claims = Claim.objects.filter(settled_on=None).values_list("tenancy__contract_no", "key")
        assert set(open_claims) == {(no, f"F{n}") for no, n in owed}
        found = settled_days()
        expected = settled_by_hand()
        assert {place: found[place] for place in expected} == expected
        assert all(found[place] for place in found.keys() - expected.keys())  # only ever on lists taken over since


def test_a_shuffled_list_gives_the_same_numbers() -> None:
    lines = paths("lists-2026")[0].read_bytes().decode("utf-8-sig").splitlines()
    header, rows = lines[0], lines[1:]
    random.Random(7).shuffle(rows)
    data = "\r\n".join([header, *rows]).encode()
    file = receive_file(Delivery(data=data, name="restanseliste-2026-08-17.csv"))[0]
    assert households(file) == truth("lists-2026")["2026-08-17"]["households_detail"]


def test_the_files_of_the_truth_are_here() -> None:
    assert {path.name for path in DATA.iterdir()} >= set(SETS)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_in_the_same_moment_is_taken_in_once() -> None:
    path = paths("lists-2026")[0]
    delivery = Delivery(data=path.read_bytes(), name=path.name)

    def receive(_place: int) -> tuple[int, bool]:
        try:
            file, known = receive_file(delivery)
            return file.pk, known
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(receive, range(3)))
    assert len({pk for pk, _known in answers}) == 1
    assert sorted(known for _pk, known in answers) == [False, True, True]
    assert ReceivedFile.objects.count() == 1


def test_a_list_unchanged_since_last_month_is_a_list_of_its_own_day() -> None:
    september = take_in_rows("2026-09-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    october = take_in_rows("2026-10-16", "K1;Ola Prøve;01.08.2026;5000;F1")
    assert (september.sha256, october.continuing) == (october.sha256, 1)
    assert take_in_rows("2026-10-16", "K1;Ola Prøve;01.08.2026;5000;F1") == october


@pytest.mark.parametrize("register_first", [True, False])
def test_a_protected_address_is_held_nowhere_but_in_the_kept_register(register_first: bool) -> None:
    header = "Kontraktsnr;Navn;Adresse;Postnr;Poststed;Bydel;Adressesperre"
    register = a_list("K1;Ola Prøve;Hemmelig vei 1;5003;Bergen;Fana;ja", header=header)
    listed = a_list(
        "K1;Ola Prøve;Hemmelig vei 1;Fana;01.08.2026;5000;F1",
        header="Kontraktsnr;Navn;Adresse;Bydel;Forfall;Restanse;Fakturanr",
    )
    files = [("leietakerregister.csv", register), ("restanseliste-2026-09-16.csv", listed)]
    for name, data in files if register_first else reversed(files):
        receive_file(Delivery(data=data, name=name))
    home = Tenancy.objects.select_related("dwelling").get(contract_no="K1").dwelling
    assert home is None or (home.address, home.postal_code, home.city, home.district) == ("", "", "", "")


def test_a_list_that_lets_most_households_go_is_taken_in_with_a_warning() -> None:
    take_in_rows("2026-09-16", *(f"K{n};Ola Prøve;01.08.2026;5000;F{n}" for n in range(8)))
    half = take_in_rows("2026-10-16", "K1;Ola Prøve;01.08.2026;5000;F1", "K2;Ola Prøve;01.08.2026;5000;F2")
    empty = take_in_rows("2026-11-16")
    assert [warning["code"] for warning in half.warnings] == ["most_are_gone"]
    assert [warning["code"] for warning in empty.warnings] == ["list_is_empty"]
    told = queries.receipt(half, "nb", already_received=False)["warnings"][0]["message"]
    assert told == "6 av 8 husstander på forrige liste er borte; spør avsenderen om uttrekket er helt"
