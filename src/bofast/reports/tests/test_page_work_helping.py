"""What was shared, answered, requested and decided: gathered from the casework, opened, and taken out in files."""

import csv
import html
import re
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bofast.access.models import OrganisationSetting, Team, User
from bofast.access.tests.cast import Cast, cast
from bofast.arrears.models import Answer, HandedRow, HandOut, ReceivedFile
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case, Decision, Event, HelpRequest, Sharing, Task
from bofast.cases.tests import sent
from bofast.cases.tests.factories import households, on_the_day, petitioned, signed_in, text
from bofast.domain.facts import Agency, DeedCode
from bofast.domain.findings import Outcome as Found
from bofast.domain.findings import Part, finding
from bofast.domain.statistics import Period
from bofast.domain.statistics.helping import Decided, Ended, Handed, Helping, Requested, Reserved
from bofast.domain.statistics.work_facts import Referral
from bofast.reports.rights import may_unmask
from bofast.reports.tests.writing import begun
from bofast.reports.work import work_done, work_facts
from bofast.reports.work_helping import helping

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
PAGE = "/statistics/?year=2026"
ON, BY = date(2026, 11, 2), date(2026, 11, 16)
WITHOUT_AID = frozenset(Part) - {Part.AID}


def handed_out(cases: list[Case], by: User, *, answered: date | None = None) -> HandOut:
    """The first case goes on a notice of breach, the others are held back."""
    office = Team.objects.get_or_create(name="Fana sosialkontor", agency=Agency.SOCIAL_SERVICES.value)[0]
    file = ReceivedFile.objects.filter(kind="arrears").latest("pk")
    made = HandOut.objects.create(
        file=file, sender="landlord", receiver="social_services", team=office, on=ON, answer_by=BY, by=by
    )
    ground = [finding("share_notice_of_breach").as_json()]
    against = [finding("share_no_clause", outcome=Found.UNCLEAR).as_json()]
    for place, case in enumerate(cases):
        goes = {"sent": True, "basis": "provision", "findings": ground} if place == 0 else {"findings": against}
        row = HandedRow.objects.create(
            hand_out=made, tenancy=case.tenancy, key=f"{made.pk}-{case.pk}", outstanding=1, **{"sent": False, **goes}
        )
        if place == 0:
            Answer.objects.create(row=row, answer="", note="vet ikke", on=date(2026, 11, 3), by=by)
        if place == 0 and answered:
            Answer.objects.create(row=row, answer="active", on=answered, by=by)
            Answer.objects.create(row=row, answer="known", on=date(2026, 11, 20), by=by)
    return made


def a_year_with_others(cast: Cast) -> tuple[Case, Case]:
    """One household shared and answered, requesting and decided; one held back."""
    one, other = households("K1", "K2")
    handed_out([one, other], cast.turid, answered=date(2026, 11, 6))
    asked = HelpRequest.objects.create(case=one, received_on=ON, answer_by=BY, received_by=cast.kari)
    decided = {"provision": "x", "decided_by": cast.kari}
    Decision.objects.create(case=one, request=asked, outcome="refused", decided_on=BY, complaint="waiting", **decided)
    Decision.objects.create(case=one, outcome="granted", decided_on=BY, **decided)
    Event.objects.create(case=other, code=DeedCode.OPT_OUT.value, on=ON)
    Event.objects.create(case=one, code=DeedCode.OPT_OUT.value, on=ON, facts={"carried_from": "x"})
    return one, other


def test_what_is_recorded_is_gathered(cast: Cast) -> None:
    with on_the_day():
        one, other = a_year_with_others(cast)
    found = helping()
    went = Handed(one.number, ON, "Fana sosialkontor", BY, True, ("share_notice_of_breach",), (), date(2026, 11, 6))
    kept = Handed(other.number, ON, "Fana sosialkontor", BY, False, (), ("share_no_clause",))
    assert found.handed == [went, kept], "the first answer counts, and a note alone is none"
    assert found.requests == [Requested(one.number, ON, BY, BY)]
    assert set(found.decisions) == {Decided(one.number, BY, "granted"), Decided(one.number, BY, "refused", "waiting")}
    assert found.reservations == [Reserved(other.number, ON)], "one that followed a household was said once"
    assert work_done("Arna").helping == Helping(handed=[], requests=[], decisions=[], reservations=[], ended=[])


def test_who_may_not_know_what_the_social_services_know_learns_neither_answers_nor_decisions_on_aid(cast: Cast) -> None:
    with on_the_day():
        one, _other = a_year_with_others(cast)
    found = helping(parts=WITHOUT_AID)
    assert {(each.office, each.answered_on) for each in found.handed} == {("", None)}
    assert found.decisions == [Decided(one.number, BY, "refused", "waiting")]
    tables = work_done(parts=WITHOUT_AID).tables(Period.of_year(2026), date(2026, 11, 23))
    assert "answers" not in tables
    assert tables["hand_outs"]


def test_a_question_of_the_social_services_alone_is_not_counted_for_who_may_not_know_it(cast: Cast) -> None:
    with on_the_day():
        one, _other = a_year_with_others(cast)
    known = {"case": one, "agency": "social_services", "created_on": ON, "due_on": BY}
    Task.objects.create(code="question_screening", **known)
    put = [sum(len(fact.questions) for fact in work_facts(parts)) for parts in (frozenset(Part), WITHOUT_AID)]
    assert put[0] == put[1] + 1


def test_a_case_that_was_solved_is_gathered_with_the_day_the_household_came_back() -> None:
    sent.register({"K1": "1;;ja", "K2": "1;;ja"})
    sent.arrears_list("2026-06-16", {"K1": 2, "K2": 2})
    assess(on=date(2026, 6, 16))
    sent.arrears_list("2026-07-16", {"K2": 2})
    assess(on=date(2026, 7, 16))
    former = Case.objects.get(tenancy__contract_no="K1")
    former.closed_on, former.outcome = date(2026, 7, 20), Case.Outcome.PLAN
    former.save()
    assert helping().ended == [Ended(former.number, date(2026, 7, 20), "plan", date(2026, 7, 16))]
    sent.arrears_list("2026-09-16", {"K1": 1, "K2": 2})
    assess(on=date(2026, 9, 16))
    assert [each.back_on for each in helping().ended] == [date(2026, 9, 16)]


def test_every_number_of_the_section_opens_to_the_cases_it_counts(cast: Cast) -> None:
    with on_the_day():
        one, _other = a_year_with_others(cast)
        petitioned(one, by=cast.kari)
        client = signed_in(cast.kari)
        found = text(client, PAGE).split("Work in the year</h2>", 2)[-1]
        links = re.findall(r'<a href="(/statistics/cases/[^"]+)">([\d\u00a0]+)<', found)
        assert len(links) > 25
        behind = {}
        for href, number in links:
            opened = text(client, html.unescape(href))
            behind[html.unescape(href)] = (int(number), len(re.findall(r'<a href="/cases/', opened)))
    assert all(0 < cases <= number for number, cases in behind.values()), behind
    waiting = "/statistics/cases/?key=work%2Fdecisions%2Fcomplaint.waiting%2Fcount&year=2026"
    assert behind[waiting] == (1, 1)


@pytest.mark.parametrize("who", ["turid", "arne", "siv", "geir"])
def test_a_number_of_the_work_opens_to_nobody_else(cast: Cast, who: str) -> None:
    with on_the_day():
        one, _other = a_year_with_others(cast)
        user = getattr(cast, who)
        assert not may_unmask(user.viewer)
        key = "work%2Fhand_outs%2Fhanded%2Fcount"
        assert one.number not in text(signed_in(user), f"/statistics/cases/?key={key}&year=2026", 403)


@pytest.mark.parametrize("key", ["work/", "work/nothing", "work/hand_outs/handed/percent", "work/hand_outs/x/count"])
def test_a_key_that_names_no_number_of_the_work_is_not_found(cast: Cast, key: str) -> None:
    with on_the_day():
        a_year_with_others(cast)
        assert signed_in(cast.kari).get("/statistics/cases/", {"key": key, "year": 2026}).status_code == 404


def rows_of(content: bytes, sheet: str) -> list[list[Any]]:
    """The cells of one sheet, by its title beneath it."""
    book = openpyxl.load_workbook(BytesIO(content))
    found = next(each for each in book if any(row[0] == sheet for row in each.iter_rows(values_only=True)))
    return [list(row) for row in found.iter_rows(values_only=True)]


def test_the_files_hold_the_work_for_the_case_team_alone(cast: Cast) -> None:
    with on_the_day():
        a_year_with_others(cast)
        team, geir = signed_in(cast.kari), signed_in(cast.geir)
        held_back = rows_of(team.get("/statistics/file.xlsx?year=2026").content, "Why households were held back")
        told = team.get("/statistics/file.csv?year=2026").content.decode()
        masked = geir.get("/statistics/file.csv?year=2026").content.decode()
        book = openpyxl.load_workbook(BytesIO(geir.get("/statistics/file.xlsx?year=2026").content))
    assert held_back[:3] == [["What", "Count", "Percent"], ["Held back", 1, 100], ["No eviction clause", 1, 100]]
    numbers = {tuple(line[1:3]): line[3] for line in csv.reader(StringIO(told), delimiter=";")}
    assert numbers["Notice of breach, tenancy act § 9-11", "Count"] == "1"
    assert "No eviction clause" not in masked
    assert not [name for name in book.sheetnames if name.startswith("Work")]


@pytest.mark.parametrize("shape", ["pdf", "html", "xlsx", "csv"])
def test_the_case_teams_own_copy_of_the_report_holds_the_work(cast: Cast, shape: str) -> None:
    with on_the_day():
        a_year_with_others(cast)
        report = begun(cast.kari, year=2026, compare=None)
        client = signed_in(cast.kari)
        answer = client.get(reverse("reports:annual_team_file", args=[report.pk, shape]))
        plain = client.get(reverse("reports:annual_preview_file", args=[report.pk, shape]))
    assert (answer.status_code, plain.status_code) == (200, 200)
    assert "bare-for-teamet" in answer.headers["Content-Disposition"]
    assert "bare-for-teamet" not in plain.headers["Content-Disposition"]
    if shape in ("html", "csv"):
        assert "Ingen utkastelsesklausul" in answer.content.decode()
        assert "Ingen utkastelsesklausul" not in plain.content.decode()
    else:
        assert len(answer.content) > len(plain.content)


def test_the_copy_is_refused_to_a_team_that_does_not_see_every_case(cast: Cast) -> None:
    report = begun(cast.kari, year=2026, compare=None)
    OrganisationSetting.objects.create(
        valid_from=date(2020, 1, 1), outreach="social_services", landlord="municipal", set_by=cast.ingrid
    )
    address = reverse("reports:annual_team_file", args=[report.pk, "html"])
    assert signed_in(cast.kari).get(address).status_code == 403


def test_a_case_shared_by_itself_is_a_referral_and_a_list_is_not(cast: Cast) -> None:
    with on_the_day():
        one, _other = a_year_with_others(cast)
    made = HandOut.objects.get()
    for receiver, hand_out in (("housing_benefit", None), ("social_services", made)):
        Sharing.objects.create(
            case=one, sender="outreach", receiver=receiver, parts=[], basis="consent", on=ON, hand_out=hand_out
        )
    assert [fact.referrals for fact in work_facts()] == [(Referral(ON, Agency.HOUSING_BENEFIT),), ()]
    assert "referrals" in work_done().tables(Period.of_year(2026), date(2026, 11, 23))


def test_what_was_done_with_others_is_gathered_in_six_queries(cast: Cast) -> None:
    with on_the_day():
        made = households(*(f"K{number}" for number in range(1, 13)))
        handed_out(made, cast.turid)
    with CaptureQueriesContext(connection) as asked:
        assert len(helping().handed) == 12
    assert len(asked) == 6
