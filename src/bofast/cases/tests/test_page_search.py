"""Søk: found by what people know of a household, logged by what was found, never by what was asked."""

import pytest

from bofast.access.models import AccessEntry
from bofast.access.tests.cast import Cast
from bofast.arrears.models import Resident
from bofast.cases.actions import work
from bofast.cases.models import Case
from bofast.cases.tests.factories import TODAY, household, households, signed_in, text

pytestmark = pytest.mark.django_db


def found(cast: Cast, who: str, words: str, status: int = 200) -> str:
    answer = signed_in(getattr(cast, who)).post("/search/", {"text": words})
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("words", ["tenant k1", "K1 TENANT", "k100", "gate 100"])
def test_a_household_is_found_by_name_contract_and_address(cast: Cast, words: str) -> None:
    case = household("K100")
    Resident.objects.update(name="Tenant K1")
    assert f"/cases/{case.number}/" in found(cast, "turid", words)


@pytest.mark.parametrize("words", ["åse", "ÅSE", "øgreid", "Ærlig"])
def test_norwegian_letters_are_found_however_they_are_written(cast: Cast, words: str) -> None:
    case = household()
    Resident.objects.update(name="Åse Øgreid Ærlig")
    assert f"/cases/{case.number}/" in found(cast, "kari", words)


def test_a_case_is_found_by_its_number(cast: Cast) -> None:
    case = household()
    assert f"/cases/{case.number}/" in found(cast, "arne", case.number)


def test_two_letters_are_too_few(cast: Cast) -> None:
    household()
    page = found(cast, "kari", "Te", status=422)
    assert "/cases/2026" not in page


def test_the_hits_are_logged_and_never_the_words(cast: Cast) -> None:
    first, second = households("K1", "K2")
    found(cast, "kari", "tenant")
    entries = AccessEntry.objects.filter(action="search")
    assert {(entry.kind, entry.object_id) for entry in entries} == {("case", first.number), ("case", second.number)}
    assert all(entry.detail == "" for entry in entries)


def test_a_search_without_hits_is_logged_as_a_search(cast: Cast) -> None:
    assert "No case found" in found(cast, "kari", "nobody")
    entry = AccessEntry.objects.get(action="search")
    assert (entry.object_id, entry.detail) == ("", "")


def test_what_is_searched_for_never_stands_in_an_address(cast: Cast) -> None:
    household()
    page = text(signed_in(cast.kari), "/search/?text=tenant")
    assert "/cases/" not in page.partition("<main")[2]
    assert '<form method="post"' in page


def test_siv_finds_only_what_her_team_holds(cast: Cast) -> None:
    mine, other = households("K1", "K2")
    work.hand_over(case_id=mine.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    page = found(cast, "siv", "tenant")
    assert mine.number in page
    assert other.number not in page


def test_the_landlord_finds_where_the_case_stands_and_no_word_of_help(cast: Cast) -> None:
    case = household()
    work.close_case(case_id=case.pk, outcome="covered", on=TODAY, actor=cast.kari, today=TODAY, despite="lån")
    page = found(cast, "turid", "tenant").partition("<main")[2]
    assert "Closed 23 November 2026" in page
    assert not [words for words in ("Nordmann", "covered", "Children", "lån") if words in page]


@pytest.mark.parametrize("who", ["charlie", "geir", "astrid"])
def test_without_access_to_cases_there_is_no_search(cast: Cast, who: str) -> None:
    household()
    assert "Tenant" not in found(cast, who, "tenant", status=403)
    assert not AccessEntry.objects.filter(action="search").exists()


def test_many_hits_are_cut_and_said_so(cast: Cast) -> None:
    households(*(f"K{n}" for n in range(55)))
    assert Case.objects.count() == 55
    page = found(cast, "kari", "tenant")
    assert page.count('<th scope="row">') == 50
    assert "There are more." in page
