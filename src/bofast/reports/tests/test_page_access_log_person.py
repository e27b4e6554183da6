"""The log printed for the person it is about."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from bofast.access.models import AccessAction, AccessEntry, AccessReason, Proof
from bofast.access.tests.cast import Cast, cast, social_services_team
from bofast.arrears.models import HandedRow, HandOut, ReceivedFile
from bofast.cases.models import Case, Sharing
from bofast.cases.tests.factories import household, on_the_day, signed_in, text
from bofast.reports.tests.looking import looked

__all__ = ["cast"]
FIND = "/access-log/person/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with on_the_day():
        yield


def handed_out(case: Case, by: object) -> HandOut:
    file = ReceivedFile.objects.filter(kind="arrears").latest("pk")
    days = {"on": date(2026, 11, 18), "answer_by": date(2026, 11, 25)}
    parties = {"sender": "landlord", "receiver": "social_services", "team": social_services_team()}
    given = HandOut.objects.create(file=file, by=by, **parties, **days)
    HandedRow.objects.create(
        hand_out=given, tenancy=case.tenancy, key="A1", outstanding=1, sent=True, basis="provision"
    )
    return given


@pytest.mark.parametrize("typed", ["K1", " k1 ", "the case number"])
def test_the_household_is_found_by_contract_or_case_and_no_contract_stands_in_the_address(
    cast: Cast, typed: str
) -> None:
    case = household("K1")
    number = case.number if typed == "the case number" else typed
    answer = signed_in(cast.asbjorn).post(FIND, {"number": number})
    assert answer["Location"] == f"{FIND}{case.tenancy_id}/"


def test_a_number_nobody_has_is_said_so(cast: Cast) -> None:
    answer = signed_in(cast.asbjorn).post(FIND, {"number": "K404"})
    assert answer.status_code == 422
    assert "No household has that number" in answer.content.decode()
    assert signed_in(cast.asbjorn).get(f"{FIND}404/").status_code == 404


def test_every_look_at_the_household_is_there_with_name_agency_and_reason(cast: Cast) -> None:
    case, other = household("K1"), household("K2")
    given = handed_out(case, cast.turid)
    looked(cast.kari, case.number, other.number, reason=AccessReason.HOLDER)
    looked(cast.turid, case.tenancy_id, kind="tenancy", action=AccessAction.EXPORT)
    looked(cast.siv, given.pk, kind="hand_out", action=AccessAction.LIST, reason=AccessReason.SHARED)
    AccessEntry.objects.create(operator="drift", action=AccessAction.LOOK, kind="case", object_id=case.number)
    Sharing.objects.create(
        case=case, sender="outreach", receiver="debt_advice", parts=["money"], basis="consent", on=date(2026, 11, 19)
    )
    page = text(signed_in(cast.asbjorn), f"{FIND}{case.tenancy_id}/")
    told = (
        "Kari Nordmann", "Outreach team", "Has the case", "Turid Utleier", "Took out: a household",
        "Siv Sosialtjenesten", "a list handed out", "operator of the installation (drift)", "on a list",
        "the case was shared", "19 November 2026",
    )  # fmt: skip
    assert not [words for words in told if words not in page]
    assert other.number not in page


def test_seeing_it_and_printing_it_are_in_the_log_too_and_the_print_is_proved(cast: Cast) -> None:
    case = household("K1")
    looked(cast.kari, case.number)
    client = signed_in(cast.asbjorn)
    text(client, f"{FIND}{case.tenancy_id}/")
    answer = client.post(f"{FIND}{case.tenancy_id}/print/")
    about = AccessEntry.objects.filter(kind="tenancy", object_id=str(case.tenancy_id), user=cast.asbjorn)
    assert list(about.order_by("pk").values_list("action", "reason")) == [("look", "duty"), ("export", "duty")]
    proof = Proof.objects.get()
    assert (proof.verb, proof.kind, proof.object_id) == ("extracted", "tenancy", str(case.tenancy_id))
    assert proof.counts == {"looks": 3}
    assert answer["Content-Disposition"] == 'attachment; filename="innsyn-2026-11-23.pdf"'


def test_the_print_is_an_accessible_pdf(cast: Cast) -> None:
    case = household("K1")
    looked(cast.kari, *[case.number] * 90)
    client = signed_in(cast.asbjorn)
    client.cookies.clear()
    client.force_login(cast.asbjorn)
    content = client.post(f"{FIND}{case.tenancy_id}/print/").content
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nb-NO"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert len(pdf.pages) > 1


def test_a_household_nobody_looked_at_gets_an_honest_answer(cast: Cast) -> None:
    case = household("K1")
    client = signed_in(cast.asbjorn)
    assert "The log has 1 entry." in text(client, f"{FIND}{case.tenancy_id}/")  # this very look
