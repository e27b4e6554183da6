"""Shielding on the case: the leader's page, the address for the named, and what others read instead."""

import pytest

from bofast.access.models import AccessEntry, AccessReason, User
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, seat, social_services_team
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import Named, QuarantinedRow, Resident, Shield
from bofast.cases.models import Case, Event
from bofast.cases.queries import worklist
from bofast.cases.tests.factories import TODAY, household, signed_in, text
from bofast.domain.facts import Agency

pytestmark = pytest.mark.django_db
ADDRESS, CASE = Shield.Kind.ADDRESS, Shield.Kind.CASE
STREET, PHONE = "Gate 1", "90000001"


@pytest.fixture
def case(cast: Cast) -> Case:
    found = household()
    Resident.objects.filter(tenancy=found.tenancy).update(phone=PHONE)
    return found


def leader_of(agency: Agency, who: User) -> User:
    seat(who, Role.LEADER, agency)
    who.acting_id = who.seats[-1].pk
    return who


def protect(case: Case, by: User, *named: User, kind: Shield.Kind = ADDRESS) -> None:
    shield(tenancy_id=case.tenancy_id, kind=kind, named=named, by=by, today=TODAY)


def page(case: Case, who: User, rest: str = "", status: int = 200) -> str:
    return text(signed_in(who), f"/cases/{case.number}/{rest}", status)


def named_now() -> set[str]:
    return set(Named.objects.filter(ended_on__isnull=True).values_list("user__username", flat=True))


def test_without_a_shield_the_address_is_where_it_was_and_there_is_no_box_for_those_who_set_none(
    cast: Cast, case: Case
) -> None:
    for who in (cast.kari, cast.turid, cast.arne):
        read = page(case, who)
        assert STREET in read
        assert PHONE in read
        assert "Shielding" not in read
    assert "Shield the household" in page(case, cast.ingrid)


@pytest.mark.parametrize("who", ["kari", "ola", "turid", "arne"])
def test_with_a_protected_address_only_the_named_reach_it_and_others_read_whom_to_ask(
    cast: Cast, case: Case, who: str
) -> None:
    protect(case, cast.ingrid, cast.kari)
    read = page(case, getattr(cast, who))
    assert "The address is protected" in read
    assert STREET not in read
    assert (PHONE in read) is (who == "kari")
    assert "Fana" not in read
    assert ("See the address" in read) is (who == "kari")
    if who in ("ola",):
        assert "Ask Ingrid Teamleder" in read
    if who in ("turid", "arne"):
        assert "Ask your leader" in read
        assert "Ingrid" not in read
        assert "Kari Nordmann" not in read


def test_the_landlords_people_are_sent_to_their_own_leader(cast: Cast, case: Case) -> None:
    seat(cast.geir, Role.LEADER, Agency.LANDLORD)
    protect(case, cast.ingrid, cast.kari)
    assert "Ask Geir Styringsgruppen" in page(case, cast.turid)


def test_the_address_has_a_page_of_its_own_and_every_look_is_logged_as_named(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.kari)
    read = page(case, cast.kari, "address/")
    for words in (STREET, "Fana", PHONE):
        assert words in read
    assert STREET not in read.partition("</title>")[0]
    looks = AccessEntry.objects.filter(reason=AccessReason.NAMED)
    assert [(look.user, look.object_id, look.detail) for look in looks] == [(cast.kari, case.number, "address")]


def test_who_is_not_named_is_told_whom_to_ask_and_no_look_is_logged(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.kari)
    read = page(case, cast.ola, "address/", status=403)
    assert "Ask Ingrid Teamleder" in read
    assert STREET not in read
    assert not AccessEntry.objects.filter(reason=AccessReason.NAMED).exists()


def test_where_no_address_is_protected_there_is_no_such_page(cast: Cast, case: Case) -> None:
    page(case, cast.kari, "address/", status=404)


def test_a_leader_protects_an_address_and_names_who_may_see_it(cast: Cast, case: Case) -> None:
    sent = {"kind": ADDRESS.value, "named": [cast.kari.pk, cast.turid.pk]}
    answer = signed_in(cast.ingrid).post(f"/cases/{case.number}/shield/", sent)
    assert answer.status_code == 302
    assert named_now() == {"kari", "turid"}
    assert "See the address" in page(case, cast.turid)
    assert Event.objects.get(code=Event.Code.SHIELDED).facts == {"shield": "address"}
    assert "Shielding changed" in page(case, cast.kari)
    assert "Shielding changed" not in page(case, cast.turid)


@pytest.mark.parametrize("who", ["kari", "turid", "arne", "geir", "astrid"])
def test_only_leaders_open_the_page(cast: Cast, case: Case, who: str) -> None:
    client = signed_in(getattr(cast, who))
    for answer in (
        client.get(f"/cases/{case.number}/shield/"),
        client.post(f"/cases/{case.number}/shield/", {"kind": "address"}),
        client.post(f"/cases/{case.number}/shield/address/lift/"),
        client.post(f"/cases/{case.number}/shield/name/", {"user": cast.kari.pk}),
    ):
        assert answer.status_code == 403
    assert not Shield.objects.exists()


def test_a_shielded_case_names_somebody_who_can_work_or_the_form_says_why_not(cast: Cast, case: Case) -> None:
    client = signed_in(cast.ingrid)
    answer = client.post(f"/cases/{case.number}/shield/", {"kind": CASE.value, "named": [cast.turid.pk]})
    assert answer.status_code == 422
    assert "somebody must always be able to work" in answer.content.decode()
    assert not Shield.objects.exists()


def test_a_leader_who_is_not_named_does_not_see_the_case_any_more(cast: Cast, case: Case) -> None:
    sent = {"kind": CASE.value, "named": [cast.kari.pk]}
    answer = signed_in(cast.ingrid).post(f"/cases/{case.number}/shield/", sent)
    assert answer["Location"] == "/"
    page(case, cast.ingrid, status=404)
    page(case, cast.ingrid, "shield/", status=404)
    page(case, cast.kari)


def test_the_last_who_can_work_stays_named_until_another_is(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.ingrid, kind=CASE)
    client = signed_in(cast.ingrid)
    ending = f"/cases/{case.number}/shield/named/{Named.objects.get().pk}/end/"
    assert "somebody must always be able to work" in client.post(ending, follow=True).content.decode()
    assert named_now() == {"ingrid"}
    client.post(f"/cases/{case.number}/shield/name/", {"user": cast.kari.pk})
    assert client.post(ending)["Location"] == "/"
    assert named_now() == {"kari"}


def test_a_shield_is_lifted_and_everybody_reads_the_address_again(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.kari)
    signed_in(cast.ingrid).post(f"/cases/{case.number}/shield/address/lift/")
    assert STREET in page(case, cast.turid)
    assert named_now() == set()


def test_the_landlords_leader_protects_addresses_names_own_people_and_learns_of_no_helper(
    cast: Cast, case: Case
) -> None:
    turid = leader_of(Agency.LANDLORD, cast.turid)
    client = signed_in(turid)
    client.post(f"/me/role/{turid.acting_id}/")
    read = text(client, f"/cases/{case.number}/shield/")
    assert "Protect the address" in read
    assert "Shield the whole case" not in read
    assert "Nordmann" not in read
    assert client.post(f"/cases/{case.number}/shield/", {"kind": CASE.value}).status_code == 422
    assert client.post(f"/cases/{case.number}/shield/", {"kind": "address", "named": [cast.kari.pk]}).status_code == 422
    client.post(f"/cases/{case.number}/shield/", {"kind": "address", "named": [turid.pk]})
    assert named_now() == {"turid"}


def test_what_outreach_has_shielded_the_landlords_leader_does_not_lift(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.kari)
    turid = leader_of(Agency.LANDLORD, cast.turid)
    client = signed_in(turid)
    client.post(f"/me/role/{turid.acting_id}/")
    assert "Lift the shield" not in text(client, f"/cases/{case.number}/shield/")
    assert client.post(f"/cases/{case.number}/shield/address/lift/").status_code == 403
    assert Shield.objects.get().ended_on is None


def test_a_leader_of_another_office_may_not_know_of_the_case_at_all(cast: Cast, case: Case) -> None:
    seat(cast.siv, Role.LEADER, Agency.SOCIAL_SERVICES, social_services_team())
    client = signed_in(cast.siv)
    client.post(f"/me/role/{cast.siv.seats[-1].pk}/")
    assert client.get(f"/cases/{case.number}/shield/").status_code == 404


def test_a_named_person_sees_a_shielded_case_only_in_a_role_that_sees_cases(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.kari, cast.astrid, kind=CASE)
    page(case, cast.astrid, status=403)
    page(case, cast.kari)


def test_a_shielded_case_is_handed_over_to_the_named_alone(cast: Cast, case: Case) -> None:
    assert "Ola Nordmann, " in page(case, cast.kari, "hand_over/")
    protect(case, cast.ingrid, cast.kari, cast.ingrid, kind=CASE)
    read = page(case, cast.kari, "hand_over/")
    assert "Ingrid Teamleder, " in read
    assert "Ola Nordmann, " not in read


def test_a_leader_who_is_not_named_neither_corrects_the_telephone_nor_takes_the_address_out(
    cast: Cast, case: Case
) -> None:
    protect(case, cast.ingrid, cast.kari)
    client, home = signed_in(cast.ingrid), f"/privacy/{case.tenancy_id}/"
    answers = client.get(f"{home}correct/"), client.post(f"{home}extract/")
    assert [answer.status_code for answer in answers] == [403, 403]
    assert PHONE not in "".join(answer.content.decode() for answer in answers)


def test_the_operator_sees_the_row_but_no_name_of_a_shielded_household(cast: Cast, case: Case) -> None:
    protect(case, cast.ingrid, cast.kari, kind=CASE)
    operator = type(cast.kari.viewer)(name="drift", operator=True)
    (item,) = worklist.items(list(worklist.worklist(operator, TODAY)), operator)
    assert (item.case, item.name) == (case, "")
    (seen,) = worklist.items(list(worklist.worklist(cast.kari.viewer, TODAY)), cast.kari.viewer)
    assert seen.name == "Tenant K1"


BROKEN = "Kontraktsnr;Navn;Adresse;Forfall;Restanse;Fakturanr\nK1;Tenant K1;Ny vei 2;01.10.2026;mye;F9"


@pytest.fixture
def row(case: Case) -> QuarantinedRow:
    file, _known = receive_file(Delivery(data=BROKEN.encode(), name="restanseliste-2026-11-20.csv"))
    return QuarantinedRow.objects.get(file=file)


def correct(row: QuarantinedRow, who: User, address: str, owed: str = "5000") -> int:
    values = ["K1", "Tenant K1", address, "01.10.2026", owed, "F9"]
    data = {f"row{row.pk}-cell{number}": value for number, value in enumerate(values)}
    return signed_in(who).post(f"/lists/rows/{row.pk}/correct/", data).status_code


def test_a_hidden_cell_is_kept_when_the_row_is_put_right_and_replaced_when_it_is_written_anew(
    cast: Cast, case: Case, row: QuarantinedRow
) -> None:
    protect(case, cast.ingrid, cast.kari)
    read = text(signed_in(cast.turid), f"/lists/{row.file_id}/quarantine/")
    assert "Ny vei 2" not in read
    assert "•••" in read
    assert correct(row, cast.turid, "•••") == 302
    row.refresh_from_db()
    assert dict(row.corrected_cells or ())["Adresse"] == "Ny vei 2"
    assert "Ny vei 2" in text(signed_in(cast.kari), f"/lists/{row.file_id}/quarantine/")
    assert "Ny vei 2" not in text(signed_in(cast.turid), f"/lists/{row.file_id}/quarantine/")


def test_what_is_written_over_a_hidden_cell_counts(cast: Cast, case: Case, row: QuarantinedRow) -> None:
    protect(case, cast.ingrid, cast.kari)
    assert correct(row, cast.turid, "Nyeste vei 3") == 302
    row.refresh_from_db()
    assert dict(row.corrected_cells or ())["Adresse"] == "Nyeste vei 3"


def test_a_row_still_wrong_shows_no_more_than_before(cast: Cast, case: Case, row: QuarantinedRow) -> None:
    protect(case, cast.ingrid, cast.kari)
    data = {f"row{row.pk}-cell{number}": "•••" if number == 2 else "x" * 3 for number in range(6)}
    answer = signed_in(cast.turid).post(f"/lists/rows/{row.pk}/correct/", data)
    assert answer.status_code == 422
    assert "Ny vei 2" not in answer.content.decode()


@pytest.mark.parametrize("verb", ["correct", "set-aside"])
def test_a_row_of_a_shielded_case_cannot_be_touched_by_others(
    cast: Cast, case: Case, row: QuarantinedRow, verb: str
) -> None:
    protect(case, cast.ingrid, cast.kari, kind=CASE)
    assert signed_in(cast.turid).post(f"/lists/rows/{row.pk}/{verb}/").status_code == 404
    assert signed_in(cast.kari).post(f"/lists/rows/{row.pk}/{verb}/").status_code in (302, 422)


def test_the_page_asks_few_questions(cast: Cast, case: Case, django_assert_max_num_queries: object) -> None:
    protect(case, cast.ingrid, cast.kari, cast.ola, cast.turid)
    client = signed_in(cast.ingrid)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        text(client, f"/cases/{case.number}/shield/")
