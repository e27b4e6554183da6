"""Shields: where an address stands while it is protected, who sees past a shield, and that somebody always can work."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from bofast.access.models import AccessAction, AccessEntry, User
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, seat
from bofast.arrears import households, queries
from bofast.arrears.actions import shields
from bofast.arrears.actions.quarantine import correct_row
from bofast.arrears.actions.shields import NobodyLeft
from bofast.arrears.models import Dwelling, Named, QuarantinedRow, ReceivedFile, Shield, ShieldedAddress, Tenancy
from bofast.arrears.quarantined import SeenRows
from bofast.arrears.tests.conftest import a_list, take_in_named
from bofast.domain.facts import Agency

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 1)
ADDRESS, CASE, RESTRICTED = Shield.Kind.ADDRESS, Shield.Kind.CASE, Shield.Kind.RESTRICTED
REGISTER = "Kontraktsnr;Navn;Adresse;Postnr;Poststed;Bydel;Bolignr;Boligtype;Telefon;Adressesperre"
LIST = "Kontraktsnr;Navn;Adresse;Bydel;Telefon;Forfall;Restanse;Fakturanr"
HOME = ("Hemmelig vei 1", "5003", "Bergen", "Fana", "H0101")
NOWHERE = ("", "", "", "", "")


def register(mark: str = "ja", *, street: str = "Hemmelig vei 1", name: str = "leietakerregister.csv") -> ReceivedFile:
    row = f"K1;Ola Prøve;{street};5003;Bergen;Fana;H0101;leilighet;90000001;{mark}"
    return take_in_named(name, a_list(row, header=REGISTER))


def listed(day: str = "2026-09-16", *, street: str = "Hemmelig vei 1", extra: str = "") -> ReceivedFile:
    row = f"K1;Ola Prøve;{street};Fana;90000001;01.08.2026;5000;F1"
    return take_in_named(f"restanseliste-{day}.csv", a_list(row, *filter(None, [extra]), header=LIST))


def household() -> Tenancy:
    return Tenancy.objects.select_related("dwelling").get(contract_no="K1")


def open_address() -> tuple[str, ...]:
    home = household().dwelling
    return (home.address, home.postal_code, home.city, home.district, home.dwelling_no) if home else NOWHERE


def kept_apart() -> tuple[str, ...]:
    kept = ShieldedAddress.objects.filter(tenancy__contract_no="K1").first()
    return (kept.address, kept.postal_code, kept.city, kept.district, kept.dwelling_no) if kept else NOWHERE


def shield(by: User, kind: Shield.Kind = ADDRESS, named: tuple[User, ...] = ()) -> None:
    shields.shield(tenancy_id=household().pk, kind=kind, named=named, by=by, today=TODAY)


def lift(by: User, kind: Shield.Kind = ADDRESS) -> None:
    shields.lift(tenancy_id=household().pk, kind=kind, by=by, today=LATER)


@pytest.mark.parametrize("order", [(register, listed), (listed, register)], ids=["register first", "list first"])
def test_a_mark_in_the_register_moves_the_address_apart_whichever_file_comes_first(order: tuple[object, ...]) -> None:
    for receive in order:
        receive()  # type: ignore[operator]
    assert (open_address(), kept_apart()) == (NOWHERE, HOME)
    assert Shield.objects.get().from_register
    assert Dwelling.objects.get().kind == "leilighet"


def test_a_household_without_arrears_has_neither_shield_nor_address() -> None:
    register()
    assert not Shield.objects.exists()
    assert not ShieldedAddress.objects.exists()
    assert not Dwelling.objects.exists()


def test_a_shield_set_by_hand_takes_the_address_out_of_the_dwelling_and_lifting_puts_it_back(cast: Cast) -> None:
    register("nei")
    listed()
    assert open_address() == HOME
    shield(cast.ingrid)
    assert (open_address(), kept_apart()) == (NOWHERE, HOME)
    lift(cast.ingrid)
    assert (open_address(), kept_apart()) == (HOME, NOWHERE)


def test_no_later_list_or_register_writes_the_address_outside_while_the_shield_stands(cast: Cast) -> None:
    listed()
    shield(cast.ingrid)
    listed("2026-10-16")
    register("nei", street="Ny vei 2")
    listed("2026-11-16", street="Ny vei 2")
    assert open_address() == NOWHERE
    assert kept_apart()[0] == "Ny vei 2"


def test_a_list_that_comes_late_does_not_take_back_where_they_moved(cast: Cast) -> None:
    listed("2026-10-16", street="Ny vei 2")
    shield(cast.ingrid)
    listed("2026-09-16", street="Hemmelig vei 1")
    assert kept_apart()[0] == "Ny vei 2"


def test_a_register_without_the_mark_lifts_nothing(cast: Cast) -> None:
    register()
    listed()
    register("nei", name="register-ny.csv")
    assert open_address() == NOWHERE
    assert Shield.objects.filter(ended_on__isnull=True).count() == 1


def test_a_shield_a_person_lifted_comes_back_with_a_new_register_that_still_has_the_mark_and_no_sooner(
    cast: Cast,
) -> None:
    register()
    listed()
    lift(cast.ingrid)
    listed("2026-10-16")
    assert open_address() == HOME
    register(name="register-ny.csv", street="Hemmelig vei 2")
    assert open_address() == NOWHERE
    assert Shield.objects.filter(ended_on__isnull=True).count() == 1


def test_the_register_mark_is_the_same_as_a_shield_that_stands_already(cast: Cast) -> None:
    listed()
    shield(cast.ingrid)
    register()
    assert Shield.objects.count() == 1


def test_shielding_twice_is_shielding_once(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    shield(cast.ingrid, named=(cast.kari, cast.turid))
    assert (Shield.objects.count(), Named.objects.count()) == (1, 2)


@pytest.mark.parametrize("kind", [CASE, RESTRICTED])
@pytest.mark.parametrize("who", [(), ("turid",), ("arne", "geir")])
def test_a_shield_of_the_whole_case_that_leaves_nobody_to_work_is_refused_and_changes_nothing(
    cast: Cast, kind: Shield.Kind, who: tuple[str, ...]
) -> None:
    listed()
    with pytest.raises(NobodyLeft):
        shield(cast.ingrid, kind, tuple(getattr(cast, name) for name in who))
    assert not Shield.objects.exists()
    assert not Named.objects.exists()


def test_the_last_who_can_work_cannot_be_taken_away_before_another_is_named(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, CASE, (cast.kari, cast.turid))
    tenancy, kari = household().pk, Named.objects.get(user=cast.kari)
    with pytest.raises(NobodyLeft):
        shields.end_naming(tenancy_id=tenancy, named_id=kari.pk, by=cast.ingrid, today=LATER)
    kari.refresh_from_db()
    assert kari.ended_on is None
    shields.name_person(tenancy_id=tenancy, user=cast.ola, by=cast.ingrid, today=LATER)
    shields.end_naming(tenancy_id=tenancy, named_id=kari.pk, by=cast.ingrid, today=LATER)
    assert set(Named.objects.filter(ended_on__isnull=True).values_list("user__username", flat=True)) == {"ola", "turid"}


def test_of_an_address_everybody_may_be_taken_away(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    named = Named.objects.get()
    shields.end_naming(tenancy_id=household().pk, named_id=named.pk, by=cast.ingrid, today=LATER)
    assert not Named.objects.filter(ended_on__isnull=True).exists()


def test_the_namings_end_with_the_last_shield(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    shield(cast.ingrid, CASE)
    lift(cast.ingrid, CASE)
    assert Named.objects.get().ended_on is None
    lift(cast.ingrid)
    assert Named.objects.get().ended_on == LATER


def test_every_change_is_logged_with_who_did_it_and_no_word_of_whom_it_is_about(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    lift(cast.ingrid)
    entries = AccessEntry.objects.filter(action=AccessAction.ADMINISTER, kind="tenancy")
    assert {entry.user for entry in entries} == {cast.ingrid}
    assert [entry.detail for entry in entries.order_by("pk")] == [
        f"shield names user {cast.kari.pk}",
        "shield address",
        "shield address lifted",
    ]


def test_what_cannot_be_done_is_not_half_done(cast: Cast) -> None:
    listed()
    with pytest.raises(Shield.DoesNotExist):
        lift(cast.ingrid)
    with pytest.raises(DatabaseError), transaction.atomic():
        Shield.objects.bulk_create(Shield(tenancy=household(), kind=ADDRESS, since=TODAY) for _ in range(2))


def test_which_shields_stand_is_told_for_many_households_at_once(cast: Cast) -> None:
    listed(extra="K2;Kari Prøve;Gate 2;Fana;;01.08.2026;4000;F2")
    shield(cast.ingrid)
    shield(cast.ingrid, CASE, (cast.kari,))
    other = Tenancy.objects.get(contract_no="K2")
    assert queries.shielded([household().pk, other.pk]) == {household().pk: {ADDRESS, CASE}}


@pytest.mark.parametrize(
    ("who", "kind", "contracts"),
    [
        ("turid", ADDRESS, {"K1", "K2"}),
        ("turid", CASE, {"K2"}),
        ("turid", RESTRICTED, {"K2"}),
        ("kari", CASE, {"K1", "K2"}),
        ("ola", CASE, {"K2"}),
    ],
)
def test_the_households_of_a_list_as_each_may_know_them(
    cast: Cast, who: str, kind: Shield.Kind, contracts: set[str]
) -> None:
    file = listed(extra="K2;Kari Prøve;Gate 2;Fana;;01.08.2026;4000;F2")
    shield(cast.ingrid, kind, (cast.kari,))
    viewer = getattr(cast, who).viewer
    assert {row.contract_no for row in households.compared(file, viewer)} == contracts
    places = households.places(file, viewer)
    assert {row.contract_no for row in households.of_district(file, places, viewer)} == contracts
    districts = households.districts(file, viewer)
    assert sum(district.households for district in districts) == len(contracts)
    assert file.outstanding == 900_000, "the sum of the file itself stays whole"


def test_a_protected_household_is_without_a_district_and_without_a_phone(cast: Cast) -> None:
    file = listed()
    shield(cast.ingrid, named=(cast.kari,))
    assert [district.name for district in households.districts(file, cast.turid.viewer)] == [""]
    phones = {who: households.compared(file, who.viewer).get().phone for who in (cast.kari, cast.ola, cast.turid)}
    assert phones == {cast.kari: "90000001", cast.ola: "", cast.turid: ""}


BROKEN = "K1;Ola Prøve;Hemmelig vei 1;Fana;90000001;01.08.2026;mye;F1"
PLACE = {"Adresse", "Bydel", "Telefon"}


def quarantined(row: str, *, header: str = LIST, name: str = "restanseliste-2026-10-16.csv") -> QuarantinedRow:
    return QuarantinedRow.objects.get(file=take_in_named(name, a_list(row, header=header)))


def hidden(row: QuarantinedRow, who: User) -> set[str]:
    return set(SeenRows(row.file, who.viewer).hidden([row])[row.pk])


def test_a_row_in_quarantine_tells_only_the_named_where_a_protected_household_lives(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    row = quarantined(BROKEN)
    assert {who: hidden(row, getattr(cast, who)) for who in ("kari", "ola", "turid")} == {
        "kari": set(), "ola": PLACE, "turid": PLACE,
    }  # fmt: skip


def test_a_row_of_a_household_we_follow_that_nobody_protects_is_shown_whole(cast: Cast) -> None:
    listed()
    assert hidden(quarantined(BROKEN), cast.turid) == set()


@pytest.mark.parametrize("contract", ["", "K9"])
def test_a_row_nobody_can_tell_whose_it_is_tells_nobody_where(cast: Cast, contract: str) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    row = quarantined(BROKEN.replace("K1", contract))
    assert hidden(row, cast.kari) == hidden(row, cast.turid) == PLACE


def test_a_row_that_marks_itself_is_hidden_before_any_shield_stands(cast: Cast) -> None:
    listed()
    header = "Kontraktsnr;Navn;Adresse;Husstand;Adressesperre;Notat"
    row = quarantined("K1;Ola Prøve;Hemmelig vei 1;mange;ja;over gata", header=header, name="leietakerregister.csv")
    assert hidden(row, cast.turid) == {"Adresse", "Notat"}, "a column nobody knows may say it too"


def test_a_row_whose_cells_have_shifted_shows_none_of_them(cast: Cast) -> None:
    row = quarantined("K9;Ola Prøve;Hemmelig vei 1; oppgang B;Fana;90000001;01.08.2026;5000;F1")
    assert hidden(row, cast.turid) == {header for header, _text in row.cells}


@pytest.mark.parametrize("row", [BROKEN, BROKEN.replace("K1", "")], ids=["by contract", "by name alone"])
def test_a_row_of_a_wholly_shielded_household_is_not_there_for_others(cast: Cast, row: str) -> None:
    listed()
    shield(cast.ingrid, CASE, (cast.kari,))
    kept = quarantined(row)
    assert {who: SeenRows(kept.file, getattr(cast, who).viewer).all().count() for who in ("kari", "turid")} == {
        "kari": 1, "turid": 0,
    }  # fmt: skip


def test_anothers_row_with_the_same_telephone_is_still_theirs(cast: Cast) -> None:
    listed(extra="K2;Kari Prøve;Gate 2;Fana;;01.08.2026;4000;F2")
    shield(cast.ingrid, CASE, (cast.kari,))
    kept = quarantined("K2;Kari Prøve;Gate 2;Fana;90000001;01.08.2026;mye;F1")
    assert SeenRows(kept.file, cast.turid.viewer).all().count() == 1


def test_how_many_rows_there_are_does_not_change_how_often_the_database_is_asked(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    rows = [BROKEN.replace("K1", f"K{n}") for n in range(30)]
    file = take_in_named("restanseliste-2026-10-16.csv", a_list(*rows, header=LIST))
    viewer = cast.turid.viewer
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        seen = SeenRows(file, viewer)
        assert len(seen.hidden(list(seen.all()))) == 30


def test_a_row_put_right_in_quarantine_keeps_the_address_apart(cast: Cast) -> None:
    listed()
    shield(cast.ingrid, named=(cast.kari,))
    row = quarantined(BROKEN.replace("Hemmelig vei 1", "Ny vei 2"))
    assert correct_row(row_id=row.pk, cells={"Restanse": "5000"}, by=cast.turid) == []
    assert open_address() == NOWHERE
    assert kept_apart()[0] == "Ny vei 2"


def test_a_leader_of_the_social_services_is_one_who_can_work(cast: Cast) -> None:
    listed()
    seat(cast.turid, Role.LEADER, Agency.SOCIAL_SERVICES)
    shield(cast.ingrid, CASE, (cast.turid,))
    assert Shield.objects.get().kind == CASE
