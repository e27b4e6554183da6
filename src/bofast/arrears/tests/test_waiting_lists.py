"""Who sends lists, and a list that would let most households go: kept, told, and used only when somebody says so."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bofast.access.models import Proof, User
from bofast.access.tests.cast import Cast
from bofast.arrears import queries, senders
from bofast.arrears.actions import waiting
from bofast.arrears.actions.erasure import erase_household
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import FileContent, LedgerEntry, ReceivedFile, Tenancy
from bofast.arrears.tests.conftest import a_list, everything_held, sent, take_in_rows
from bofast.domain.files import Kind

pytestmark = pytest.mark.django_db
NAME = "restanseliste-2026-09-16.csv"


def rows(*numbers: int) -> list[str]:
    return [f"K{n};Tenant {n};01.08.2026;5000;F{n}" for n in numbers]


def full(day: str = "2026-09-16", households: int = 8, **given: Any) -> ReceivedFile:
    return take_in_rows(day, *rows(*range(households)), **given)


def handed_over(client: Client, by: User, *numbers: int, name: str = NAME, **given: str) -> ReceivedFile:
    client.force_login(by)
    assert sent(client, (name, a_list(*rows(*numbers))), **given).status_code == 200
    return ReceivedFile.objects.latest("pk")


def codes(file: ReceivedFile) -> list[str]:
    return [fault["code"] for fault in file.warnings]


def answered(client: Client, name: str, file: ReceivedFile) -> int:
    return client.post(reverse(f"cases:{name}", args=[file.pk])).status_code


# ── Who sends ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "chosen", "sender"),
    [
        ("arne", "", "standard"),
        ("turid", "", "landlord"),
        ("kari", "", "standard"),
        ("kari", "landlord", "landlord"),
        ("kari", "kemner", "kemner"),
    ],
)
def test_a_list_comes_from_the_agency_of_who_hands_it_over_or_from_the_one_chosen(
    client: Client, cast: Cast, who: str, chosen: str, sender: str
) -> None:
    full("2026-08-17", sender="kemner")
    file = handed_over(client, getattr(cast, who), *range(8), sender=chosen)
    assert (file.sender, file.as_of) == (sender, date(2026, 9, 16))


@pytest.mark.parametrize(
    ("who", "said"),
    [("kari", "Kemner"), ("kari", "ukjent"), ("turid", "standard"), ("arne", "landlord"), ("turid", "kemner")],
)
def test_a_new_spelling_or_anothers_name_is_no_sender(client: Client, cast: Cast, who: str, said: str) -> None:
    full("2026-08-17", sender="kemner")
    client.force_login(getattr(cast, who))
    assert sent(client, (NAME, a_list(*rows(1))), sender=said).status_code == 422
    assert ReceivedFile.objects.count() == 1


def test_only_who_hands_over_for_others_is_asked_who_sent_it(client: Client, cast: Cast) -> None:
    asked = {}
    for who in ("kari", "arne", "turid"):
        client.force_login(getattr(cast, who))
        asked[who] = 'name="sender"' in client.get(reverse("arrears:lists")).content.decode()
    assert asked == {"kari": True, "arne": False, "turid": False}


def test_the_landlords_register_is_the_usual_one_whoever_hands_it_over(client: Client, cast: Cast) -> None:
    client.force_login(cast.turid)
    sent(client, ("leietakerregister.csv", b"Kontraktsnr;Navn;Adresse\nK1;Tenant;Gate 1\n"))
    assert ReceivedFile.objects.get().sender == "standard"


@pytest.mark.parametrize(
    ("who", "sender", "kind", "may"),
    [
        ("arne", "standard", Kind.ARREARS, True),
        ("arne", "landlord", Kind.ARREARS, False),
        ("turid", "landlord", Kind.ARREARS, True),
        ("turid", "standard", Kind.ARREARS, False),
        ("turid", "standard", Kind.REGISTER, True),
        ("kari", "standard", Kind.ARREARS, True),
        ("kari", "landlord", Kind.ARREARS, True),
        ("kari", "never heard of", Kind.ARREARS, False),
    ],
)
def test_in_whose_name_files_are_handed_over(cast: Cast, who: str, sender: str, kind: Kind, may: bool) -> None:
    assert senders.may_send(getattr(cast, who).viewer, sender, kind) is may


def test_the_first_list_of_a_sender_is_told_with_the_names_there_are() -> None:
    assert codes(full("2026-08-17", sender="kemner")) == []
    assert codes(full("2026-09-16", sender="kemner")) == []
    new = full("2026-10-16", sender="Kemner")
    assert [(fault["code"], fault["facts"]) for fault in new.warnings] == [
        ("sender_is_new", {"sender": "Kemner", "senders": "kemner"})
    ]
    assert new.standing


# ── A list that lets most households go ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (range(8), []),
        (range(4), []),  # four of eight are gone: fewer than five
        (range(3), ["shorter_than_replaced"]),
        (range(1), ["shorter_than_replaced"]),
        ([], ["list_is_empty", "shorter_than_replaced"]),
        (range(100, 110), ["shorter_than_replaced"]),  # as many rows, but other households
    ],
)
def test_a_list_with_far_fewer_of_the_households_it_replaces_is_told(kept: Any, expected: list[str]) -> None:
    full()
    shorter = take_in_rows("2026-09-16", *rows(*kept))
    assert codes(shorter) == expected
    assert shorter.standing, "the command line takes it in all the same"


def test_on_screen_it_is_kept_and_nothing_is_changed_until_somebody_says_so(client: Client, cast: Cast) -> None:
    first = full()
    held = everything_held()
    short = handed_over(client, cast.arne, 0)
    first.refresh_from_db()
    assert (short.waits, short.standing, first.standing, first.waits) == (True, False, True, False)
    assert everything_held() == held
    assert first.reconciled_at is None, "no case is told"
    page = client.get(reverse("arrears:list", args=[short.pk])).content.decode()
    for said in ("7 av 8 husstander", "use/", "discard/"):
        assert said in page
    assert reverse("arrears:list", args=[short.pk]) in client.get(reverse("arrears:lists")).content.decode()


def test_used_it_takes_over_as_if_it_had_been_taken_in_at_once(client: Client, cast: Cast) -> None:
    first = full()
    short = handed_over(client, cast.arne, 0)
    assert answered(client, "use_list", short) == 302
    used = ReceivedFile.objects.get(standing=True)
    first.refresh_from_db()
    assert first.superseded_by == used
    assert (used.received_by, used.rows, codes(used)) == (cast.arne, 1, ["shorter_than_replaced"])
    assert bytes(used.content.data) == a_list(*rows(0))
    assert used.reconciled_at and used.receipt["accepted"] == 1
    assert not ReceivedFile.objects.filter(pk=short.pk).exists()


def test_discarded_it_is_gone_and_nothing_was_changed(client: Client, cast: Cast) -> None:
    first = full()
    short = handed_over(client, cast.arne, 0)
    assert answered(client, "discard_list", short) == 302
    proof = Proof.objects.get(kind="received_file")
    assert (proof.verb, proof.object_id, proof.counts) == ("erased", str(short.pk), {"rows": short.rows})
    assert list(ReceivedFile.objects.all()) == [first] and FileContent.objects.count() == 1
    assert [answered(client, name, short) for name in ("discard_list", "use_list")] == [404, 404]


def test_sent_again_it_is_the_one_that_waits_already(client: Client, cast: Cast) -> None:
    full()
    short = handed_over(client, cast.arne, 0)
    assert handed_over(client, cast.arne, 0) == short
    assert ReceivedFile.objects.count() == 2


def test_the_command_line_is_sure_also_of_one_that_waits(client: Client, cast: Cast) -> None:
    full()
    handed_over(client, cast.arne, 0)
    file, known = receive_file(Delivery(data=a_list(*rows(0)), name=NAME))
    assert (known, file.standing, ReceivedFile.objects.count()) == (False, True, 2)


def test_the_newest_list_that_lets_most_go_waits_too(client: Client, cast: Cast) -> None:
    full("2026-08-17")
    short = handed_over(client, cast.arne, 0)
    assert (short.waits, codes(short)) == (True, ["most_are_gone"])


def test_the_first_list_of_an_agency_waits_where_others_send_theirs(client: Client, cast: Cast) -> None:
    full("2026-08-17")
    first = handed_over(client, cast.turid, *range(8))
    assert (first.waits, first.sender, codes(first)) == (True, "landlord", ["sender_is_new"])
    page = client.get(reverse("arrears:list", args=[first.pk])).content.decode()
    assert "første listen fra Utleier; det har kommet lister fra Innkrever" in page
    answered(client, "use_list", first)
    assert not handed_over(client, cast.turid, *range(8), name="restanseliste-2026-10-16.csv").waits


@pytest.mark.parametrize(("who", "status"), [("arne", 302), ("kari", 302), ("turid", 404), ("siv", 404)])
def test_only_who_hands_over_in_that_name_uses_it(client: Client, cast: Cast, who: str, status: int) -> None:
    full()
    short = handed_over(client, cast.arne, 0)
    client.force_login(getattr(cast, who))
    assert answered(client, "use_list", short) == status


def test_among_several_files_the_others_are_taken_in(client: Client, cast: Cast) -> None:
    full("2026-08-17")
    client.force_login(cast.arne)
    good = a_list(*rows(*range(8)))
    page = sent(client, (NAME, good), ("restanseliste-2026-10-16.csv", a_list(*rows(0))))
    assert [(receipt.file.name, receipt.file.accepted) for receipt in page.context["receipts"]] == [(NAME, 8)]
    assert [file.name for file in page.context["waiting"]] == ["restanseliste-2026-10-16.csv"]


def test_a_household_erased_meanwhile_does_not_come_back_with_it(client: Client, cast: Cast) -> None:
    full()
    short = handed_over(client, cast.arne, 0, 1)
    erase_household(tenancy_id=Tenancy.objects.get(contract_no="K0").pk)
    used = waiting.use(file_id=short.pk, by=cast.arne)
    assert set(LedgerEntry.objects.filter(file=used).values_list("claim__tenancy__contract_no", flat=True)) == {"K1"}
    assert b"Tenant 0" not in bytes(used.content.data)


def test_a_list_that_waits_is_no_list_in_force(client: Client, cast: Cast) -> None:
    first = full()
    handed_over(client, cast.arne, 0)
    assert list(queries.standing_lists("standard")) == [first]
    assert queries.newest_lists(date(2026, 12, 1)) == [first]
