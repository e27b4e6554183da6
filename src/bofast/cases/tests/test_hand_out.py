"""Handing a list out: which rows go, on what ground, and which are held back, by the law of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from bofast.access.models import AccessAction, AccessEntry, OrganisationSetting, User
from bofast.access.tests.cast import Cast, gather, outreach_team, social_services_team
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import HandedRow, HandOut, ReceivedFile, Shield
from bofast.cases.actions import work
from bofast.cases.actions.assess import assess
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.models import Case, Consent, Event, Sharing
from bofast.cases.queries.hand_out import Plan, drawn_up, is_newest, receiving_teams
from bofast.domain.facts import Agency, Deed, DeedCode
from bofast.domain.files import Kind
from bofast.domain.findings import Outcome, Part

pytestmark = pytest.mark.django_db
YES, NO, UNCLEAR = Outcome.YES, Outcome.NO, Outcome.UNCLEAR

HOUSEHOLDS = {
    "in order": "K1",
    "opted out": "K2",
    "not told": "K3",
    "clause unknown": "K4",
    "no clause": "K5",
    "demand not sent": "K6",
    "consented after opting out": "K7",
    "consent withdrawn": "K8",
    "opted out and back in": "K9",
    "case closed": "K10",
    "shielded": "K11",
}
CLAUSES = {"K4": "", "K5": "nei"}

INFORMED = "goes share_informed_2000"
NOTICE = "goes share_notice_of_breach"
CONSENTED = "goes share_by_consent"
OBJECTED = "held share_objected"
OPTED_OUT = "held opted_out"
SAME_BODY = "goes share_same_body"
ELSEWHERE = "asks share_opted_out_elsewhere"
NO_COPY = "held share_copy_not_sent"
CLOSED = "asks share_case_closed"
SHIELDED = "held share_shielded"

# What becomes of each household when the landlord or the collector hands the list to the social services.
BY_THE_LANDLORDS_SIDE: Mapping[str, tuple[str, str, str]] = {
    # household                   2006-11-20                  2008-11-20                   2026-11-20
    "in order":                   (INFORMED,                   NOTICE,                      NOTICE),
    "opted out":                  (OBJECTED,                   OPTED_OUT,                   OPTED_OUT),
    "not told":                   ("held share_not_informed",  NO_COPY,                     NO_COPY),
    "clause unknown":             (INFORMED,                   "asks clause_unknown",       "asks clause_unknown"),
    "no clause":                  (INFORMED,                   "asks share_no_clause",      "asks share_no_clause"),
    "demand not sent":            (INFORMED,                   "asks share_no_reason_yet",  "asks share_no_reason_yet"),
    "consented after opting out": (CONSENTED,                  CONSENTED,                   CONSENTED),
    "consent withdrawn":          (OBJECTED,                   OPTED_OUT,                   OPTED_OUT),
    "opted out and back in":      (INFORMED,                   NOTICE,                      NOTICE),
    "case closed":                (CLOSED,                     CLOSED,                      CLOSED),
    "shielded":                   (SHIELDED,                   SHIELDED,                    SHIELDED),
}  # fmt: skip
DAYS = (date(2006, 11, 20), date(2008, 11, 20), date(2026, 11, 20))
SPOKEN = {YES: "goes", NO: "held", UNCLEAR: "asks"}


@dataclass(frozen=True)
class Town:
    """A list of the day with every kind of household on it, and who works there."""

    cast: Cast
    file: ReceivedFile
    today: date

    def plan(self, **given: object) -> Plan:
        told = {"told_on": self.today - timedelta(days=3), "untold": frozenset({self.case("not told").pk})}
        return Plan(file=self.file, districts=("Fana",), team=social_services_team("Fana"), **(told | given))  # type: ignore[arg-type]

    def case(self, household: str) -> Case:
        return Case.objects.get(tenancy__contract_no=HOUSEHOLDS[household])

    def rulings(self, by: User, **given: object) -> dict[str, str]:
        """Household → what becomes of it, and the first reason."""
        found = drawn_up(self.plan(**given), by.viewer, self.today)
        drawn = {each.case.tenancy.contract_no: each.ruling for each in found}
        return {
            name: f"{SPOKEN[drawn[contract].outcome]} {drawn[contract].findings[-1].code}"
            for name, contract in HOUSEHOLDS.items()
            if contract in drawn
        }


def town(today: date) -> Town:
    cast = gather()
    file = listed(today, list(HOUSEHOLDS.values()), without_demand={"K6"}, clauses=CLAUSES)
    made = Town(cast, file, today)
    before = today - timedelta(days=2)
    for name in ("opted out", "consented after opting out", "consent withdrawn", "opted out and back in"):
        _deed(made.case(name), DeedCode.OPT_OUT, before, cast.kari, today)
    _deed(made.case("opted out and back in"), DeedCode.OPT_OUT_ENDED, today - timedelta(days=1), cast.kari, today)
    for name in ("consented after opting out", "consent withdrawn"):
        _consent(made.case(name), today, cast.kari, withdrawn=name == "consent withdrawn")
    work.close_case(
        case_id=made.case("case closed").pk, outcome=Case.Outcome.PLAN, on=today, actor=cast.kari, today=today,
        despite="avtale",
    )  # fmt: skip
    everybody = [cast.turid, cast.arne, cast.kari]
    shielded = made.case("shielded").tenancy_id
    shield(tenancy_id=shielded, kind=Shield.Kind.CASE, named=everybody, by=cast.ingrid, today=today)
    return made


def listed(today: date, contracts: list[str], *, without_demand: frozenset[str] | set[str] = frozenset(),
           clauses: Mapping[str, str] = {}) -> ReceivedFile:  # fmt: skip
    """A register and a list of the day before: two months owed in Fana, assessed."""
    register = ["Kontraktsnr;Navn;Adresse;Bydel;Månedsleie;Utkastelsesklausul"]
    register += [f"{each};Leier {each};Gate {each[1:]};Fana;5000;{clauses.get(each, 'ja')}" for each in contracts]
    day, month = today - timedelta(days=1), today.replace(day=1)
    rows = ["Kontraktsnr;Navn;Bydel;Fakturanr;Forfall;Restanse;Betalingsvarsel sendt"]
    for number, contract in enumerate(contracts):
        demanded = "" if contract in without_demand else str(month)
        due = month - timedelta(days=60)
        rows.append(f"{contract};Leier {contract};Fana;F{contract};{due};{9000 - number};{demanded}")
    _received(register, f"leietakerregister-{today.year}.csv", Kind.REGISTER)
    file = _received(rows, f"restanseliste-{day}.csv", Kind.ARREARS)
    assess(on=today)
    file.refresh_from_db()
    return file


def _received(rows: list[str], name: str, kind: Kind) -> ReceivedFile:
    return receive_file(Delivery(data="\n".join(rows).encode(), name=name, kind=kind))[0]


def _deed(case: Case, code: DeedCode, on: date, by: User, today: date) -> None:
    assert not work.record_deed(case_id=case.pk, deed=Deed(code=code, on=on), actor=by, today=today, despite="sagt")


def _consent(case: Case, today: date, by: User, *, withdrawn: bool) -> Consent:
    return Consent.objects.create(
        tenancy=case.tenancy, text_version="t", sender=Agency.LANDLORD, receivers=[Agency.SOCIAL_SERVICES],
        parts=[Part.IDENTITY, Part.MONEY, Part.PROCEDURE], given_on=today - timedelta(days=1), recorded_by=by,
        withdrawn_on=today if withdrawn else None,
    )  # fmt: skip


@pytest.mark.parametrize("year", [0, 1, 2], ids=["2006", "2008", "2026"])
def test_the_law_of_the_day_decides_row_by_row_when_the_landlord_hands_out(year: int) -> None:
    made = town(DAYS[year])
    assert made.rulings(made.cast.turid) == {name: by[year] for name, by in BY_THE_LANDLORDS_SIDE.items()}


UNAUTHORISED = "asks share_sender_not_authorised"
UNAWARE = "asks share_tenant_does_not_know"
NOT_RELIED_ON = "asks share_act_not_relied_on"
SOCIAL_ACT = "goes share_social_housing_act"

# An outreach team hands out to the social services: where the team belongs decides, by the law of the day.
BY_OUTREACH: tuple[tuple[str, str, bool, int, Mapping[str, str]], ...] = (
    # outreach is      landlord is   relies on § 8
    ("social_services", "municipal", False, 0, {"in order": SAME_BODY, "opted out": ELSEWHERE}),
    ("social_services", "municipal", False, 2, {"in order": SAME_BODY, "opted out": ELSEWHERE}),
    ("housing_agency", "municipal", False, 0, {"in order": INFORMED, "opted out": OBJECTED}),
    ("housing_agency", "municipal", False, 1, {"in order": NOTICE, "not told": NO_COPY}),
    ("housing_agency", "company", False, 2, {"in order": NOTICE, "opted out": OPTED_OUT}),
    ("own_unit", "municipal", False, 0, {"in order": INFORMED, "opted out": OBJECTED}),
    ("own_unit", "municipal", False, 1, {"in order": UNAUTHORISED}),
    ("own_unit", "municipal", False, 2, {"in order": NOT_RELIED_ON, "opted out": OPTED_OUT}),
    ("own_unit", "municipal", True, 2, {"in order": SOCIAL_ACT, "not told": UNAWARE}),
)  # fmt: skip


@pytest.mark.parametrize(("outreach", "landlord", "relies", "year", "expected"), BY_OUTREACH)
def test_where_outreach_belongs_decides_what_it_may_hand_out(
    outreach: str, landlord: str, relies: bool, year: int, expected: Mapping[str, str]
) -> None:
    made = town(DAYS[year])
    organised(outreach, landlord, relies=relies)
    rulings = made.rulings(made.cast.kari)
    assert {name: rulings[name] for name in expected} == expected


@pytest.mark.parametrize("outreach", ["social_services", "housing_agency", "own_unit"])
@pytest.mark.parametrize("year", [0, 1, 2], ids=["2006", "2008", "2026"])
def test_for_the_landlord_it_makes_no_difference_where_outreach_belongs(outreach: str, year: int) -> None:
    made = town(DAYS[year])
    organised(outreach, "municipal")
    assert made.rulings(made.cast.turid) == {name: by[year] for name, by in BY_THE_LANDLORDS_SIDE.items()}


def organised(outreach: str, landlord: str = "municipal", *, relies: bool = False) -> None:
    OrganisationSetting.objects.create(
        valid_from=date(2000, 1, 1), outreach=outreach, landlord=landlord, relies_on_social_housing_act=relies
    )


def test_the_organisation_of_the_day_counts_and_not_todays() -> None:
    made = town(DAYS[2])
    organised("own_unit")
    later = DAYS[2] + timedelta(days=1)
    OrganisationSetting.objects.create(valid_from=later, outreach="social_services", landlord="municipal")
    assert made.rulings(made.cast.kari)["in order"] == "asks share_act_not_relied_on"


def test_outreach_gets_lists_only_where_it_is_part_of_the_social_services() -> None:
    cast = gather()
    social_services_team("Fana")
    assert outreach_team() not in receiving_teams(cast.turid.viewer, DAYS[2])
    organised("social_services")
    assert outreach_team() in receiving_teams(cast.turid.viewer, DAYS[2])
    assert outreach_team() not in receiving_teams(cast.kari.viewer, DAYS[2])


def handed(made: Town, by: User, because: Mapping[str, str] = {}, **given: object) -> HandOut | None:
    reasons = {made.case(name).pk: reason for name, reason in because.items()}
    return hand_out(plan=made.plan(**given), because=reasons, actor=by, today=made.today)


def gone(made: HandOut | None) -> set[str]:
    assert made is not None
    return set(made.rows.filter(sent=True).values_list("tenancy__contract_no", flat=True))


def test_what_may_go_goes_and_the_rest_is_kept_with_its_reasons() -> None:
    town_ = town(DAYS[2])
    made = handed(town_, town_.cast.turid)
    assert made is not None
    assert gone(made) == {"K1", "K7", "K9"}
    assert (made.sender, made.receiver, str(made.team), made.answer_by) == (
        "landlord", "social_services", "Sosialtjenesten Fana", date(2026, 11, 27),
    )  # fmt: skip
    held = {row.tenancy.contract_no: [found["code"] for found in row.findings] for row in made.rows.filter(sent=False)}
    assert held["K2"] == ["opted_out"]
    assert held["K6"] == ["share_no_reason_yet"]
    assert set(Sharing.objects.values_list("case__tenancy__contract_no", "basis")) == {
        ("K1", "provision"), ("K7", "consent"), ("K9", "provision"),
    }  # fmt: skip
    assert all(sharing.parts == ["identity", "money", "procedure"] for sharing in Sharing.objects.all())


def test_an_unclear_row_goes_with_a_reason_and_the_reason_is_kept() -> None:
    town_ = town(DAYS[2])
    made = handed(town_, town_.cast.turid, {"clause unknown": "Klausulen er funnet i permen.", "no clause": "  "})
    assert made is not None
    row = made.rows.get(tenancy__contract_no="K4")
    assert (row.sent, row.basis, row.released_because) == (True, "provision", "Klausulen er funnet i permen.")
    assert not made.rows.get(tenancy__contract_no="K5").sent
    event = town_.case("clause unknown").events.get(code=Event.Code.SHARED)
    assert event.facts["despite"] == ["clause_unknown"]


def test_no_reason_releases_what_may_not_go() -> None:
    town_ = town(DAYS[2])
    made = handed(town_, town_.cast.turid, dict.fromkeys(("opted out", "not told", "shielded"), "Jeg vil det."))
    assert made is not None
    assert gone(made) == {"K1", "K7", "K9"}
    assert not HandedRow.objects.filter(sent=False).exclude(released_because="").exists()


def test_nothing_is_recorded_when_nothing_may_go() -> None:
    cast = gather()
    file = listed(DAYS[2], ["K1"])
    plan = Plan(file=file, districts=("Fana",), team=social_services_team("Fana"))
    assert hand_out(plan=plan, because={}, actor=cast.turid, today=DAYS[2]) is None
    assert not HandOut.objects.exists()


def test_a_double_click_hands_out_once_and_a_second_time_takes_only_what_stayed() -> None:
    town_ = town(DAYS[2])
    handed(town_, town_.cast.turid)
    assert handed(town_, town_.cast.turid) is None
    later = handed(town_, town_.cast.turid, {"clause unknown": "Funnet."})
    assert gone(later) == {"K4"}
    notices = Event.objects.filter(code=DeedCode.SOCIAL_NOTICE, case=town_.case("in order"))
    assert notices.count() == 1


def test_a_notice_of_9_11_makes_the_two_weeks_run() -> None:
    town_ = town(DAYS[2])
    handed(town_, town_.cast.turid)
    case = town_.case("in order")
    barred = work.record_deed(
        case_id=case.pk, deed=Deed(code=DeedCode.PETITION, on=DAYS[2]), actor=town_.cast.arne, today=DAYS[2]
    )
    assert "social_notice_too_recent" in {found.code for found in barred}
    consented = town_.case("consented after opting out")
    assert not consented.events.filter(code=DeedCode.SOCIAL_NOTICE).exists(), "a consent is no notice"


def test_before_the_law_there_was_no_notice() -> None:
    town_ = town(DAYS[0])
    handed(town_, town_.cast.arne)
    assert not Event.objects.filter(code=DeedCode.SOCIAL_NOTICE).exists()


def test_every_household_that_goes_is_logged_as_taken_out() -> None:
    town_ = town(DAYS[2])
    handed(town_, town_.cast.turid)
    logged = AccessEntry.objects.filter(action=AccessAction.EXPORT, kind="case").values_list("object_id", flat=True)
    went = ("in order", "consented after opting out", "opted out and back in")
    assert set(logged) == {town_.case(name).number for name in went}


def test_only_the_newest_list_is_handed_out() -> None:
    first = listed(date(2026, 10, 20), ["K1"])
    assert is_newest(first, date(2026, 10, 20))
    listed(date(2026, 11, 20), ["K1"])
    assert not is_newest(first, date(2026, 11, 20))


def test_many_households_take_no_more_questions_than_few(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    cast = gather()
    file = listed(DAYS[2], [f"K{number}" for number in range(60)])
    plan = Plan(file=file, districts=("Fana",), team=social_services_team("Fana"), told_on=DAYS[2])
    with django_assert_max_num_queries(20):
        assert len(drawn_up(plan, cast.turid.viewer, DAYS[2])) == 60
    with django_assert_max_num_queries(60):
        hand_out(plan=plan, because={}, actor=cast.turid, today=DAYS[2])
