"""Who records what: the table of agency × deed, read as a lawyer would, and asked through the permissions."""

import pytest

from bofast.access.models import User
from bofast.access.tests.cast import Cast
from bofast.cases import rights
from bofast.cases.actions import work
from bofast.cases.models import Case
from bofast.cases.tests.factories import TODAY
from bofast.domain.facts import DeedCode

pytestmark = pytest.mark.django_db
RECORDS = {
    "turid": "reminder notice social_notice eviction reinstatement settlement move",
    "arne": "demand notice petition date_set withdrawal",
    "kari": "reminder demand notice social_notice petition date_set eviction withdrawal reinstatement settlement move "
    "opt_out opt_out_ended deposit contact_tried contact",
    "siv": "",
    "geir": "",
    "astrid": "",
    "charlie": "",
}


@pytest.mark.parametrize(("who", "deeds"), RECORDS.items())
def test_each_agency_records_its_own_deeds(cast: Cast, case: Case, who: str, deeds: str) -> None:
    user: User = getattr(cast, who)
    assert {deed.value for deed in rights.recordable(user, case)} == set(deeds.split())


def test_siv_records_contacts_and_opt_outs_on_a_case_her_team_holds(cast: Cast, case: Case) -> None:
    work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    case.refresh_from_db()
    assert rights.recordable(cast.siv, case) == [
        DeedCode.OPT_OUT, DeedCode.OPT_OUT_ENDED, DeedCode.CONTACT_TRIED, DeedCode.CONTACT,
    ]  # fmt: skip
    assert rights.may(cast.siv, "write_note", case)
    assert not rights.may(cast.siv, "close", case)


@pytest.mark.parametrize("verb", rights.VERBS)
@pytest.mark.parametrize("who", ["siv", "geir", "astrid", "charlie", "arne"])
def test_nobody_else_does_the_work_of_helping(cast: Cast, case: Case, who: str, verb: str) -> None:
    assert not rights.may(getattr(cast, who), verb, case)


def test_a_deed_without_a_case_is_nobodys(cast: Cast) -> None:
    assert not cast.kari.has_perm("cases.record_reminder")


def test_closing_is_no_plain_deed(cast: Cast, case: Case) -> None:
    assert DeedCode.CLOSURE not in rights.recordable(cast.kari, case)
    assert rights.may(cast.kari, "close", case)


BOTH = "give_consent withdraw_consent share end_sharing add_representative end_representative request_help"
DECIDING = "withdraw_request decide complain answer_complaint"
DOES = {
    "ingrid": f"{BOTH} {DECIDING}",
    "kari": f"{BOTH} {DECIDING}",
    "siv": f"{BOTH} {DECIDING} decide_aid",
    "hanne": "",
    "didrik": "",
    "turid": "",
    "arne": "",
    "geir": "",
    "astrid": "",
    "asbjorn": "",
    "charlie": "",
}


@pytest.mark.parametrize(("who", "verbs"), DOES.items())
def test_consents_sharing_and_decisions_are_for_those_who_work_on_the_case(
    cast: Cast, case: Case, who: str, verbs: str
) -> None:
    work.hand_over(case_id=case.pk, to=cast.siv.acting, actor=cast.kari, today=TODAY, despite="avtalt")
    case.refresh_from_db()
    asked = {*BOTH.split(), *DECIDING.split(), "decide_aid"}
    assert {verb for verb in asked if rights.may(getattr(cast, who), verb, case)} == set(verbs.split())
