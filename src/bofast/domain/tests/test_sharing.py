"""The hand-out of a list, and everything else that may cross from one agency to another, day by day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain import rules_document
from bofast.domain.facts import Agency
from bofast.domain.findings import Outcome, Part, catalogue
from bofast.domain.sharing import (
    BORDERS,
    Basis,
    Consent,
    LandlordIs,
    Organisation,
    OutreachIs,
    RowFacts,
    Ruling,
    Side,
    border_between,
    is_weak,
    ruling,
    side,
    standing,
)

D = date
ALL = frozenset(Part)
BREACH = frozenset({Part.IDENTITY, Part.MONEY, Part.PROCEDURE})
LANDLORD, COLLECTOR, OUTREACH, SOCIAL = Agency.LANDLORD, Agency.COLLECTOR, Agency.OUTREACH, Agency.SOCIAL_SERVICES
BENEFIT, DEBT, OFFICER, STEERING = (
    Agency.HOUSING_BENEFIT, Agency.DEBT_ADVICE, Agency.ENFORCEMENT_OFFICER, Agency.STEERING,
)  # fmt: skip

UNSAID = Organisation()
OWN = Organisation(outreach=OutreachIs.OWN_UNIT, landlord=LandlordIs.MUNICIPAL)
OWN_RELYING = replace(OWN, relies_on_social_housing_act=True)
SOCIAL_TEAM = Organisation(outreach=OutreachIs.SOCIAL_SERVICES, landlord=LandlordIs.MUNICIPAL)
HOUSING_TEAM = Organisation(outreach=OutreachIs.HOUSING_AGENCY, landlord=LandlordIs.MUNICIPAL)
HOUSING_TEAM_COMPANY = Organisation(outreach=OutreachIs.HOUSING_AGENCY, landlord=LandlordIs.COMPANY)
COMPANY = Organisation(outreach=OutreachIs.OWN_UNIT, landlord=LandlordIs.COMPANY)
ORGANISATIONS = [
    Organisation(outreach=outreach, landlord=landlord, relies_on_social_housing_act=relies)
    for outreach, landlord, relies in product([None, *OutreachIs], [None, *LandlordIs], [False, True])
]

FIRST = D(2006, 1, 1)
YES, NO, UNCLEAR = "yes", "no", "unclear"


def behind(on: D, **changes: object) -> RowFacts:
    """A household a hundred days behind, with everything in order for § 9-11 on the day of the hand-out."""
    whole = {
        "outstanding": 1_500_000,
        "oldest_due_on": on - timedelta(days=100),
        "clause": True,
        "demanded_on": on - timedelta(days=14),
        "told_on": on,
    }
    return RowFacts(**(whole | changes))


def ask(
    on: D,
    sender: Agency,
    receiver: Agency,
    facts: RowFacts,
    organisation: Organisation = OWN,
    parts: frozenset[Part] = BREACH,
    ceiling: frozenset[Part] = ALL,
) -> Ruling:
    return ruling(
        sender=sender, receiver=receiver, parts=parts, ceiling=ceiling, facts=facts, organisation=organisation, on=on
    )


def said(ruled: Ruling) -> tuple[str, set[str]]:
    return ruled.outcome.value, {found.code for found in ruled.findings}


def consent(sender: Agency, *receivers: Agency, parts: frozenset[Part] = ALL, on: D = FIRST, **more: object):
    return Consent(sender=sender, receivers=frozenset(receivers), parts=parts, given_on=on, **more)


AUTUMN_2006, SPRING_2008, IN_2015 = D(2006, 10, 1), D(2008, 3, 1), D(2015, 6, 1)
LAST_WITHOUT_ACT, FIRST_WITH_ACT, TODAY = D(2023, 6, 30), D(2023, 7, 1), D(2026, 11, 22)
OLD_LAW = {"share_informed_2000"}
NOTICE = {"share_notice_of_breach"}
NEEDS_CLAUSE = {"clause_unknown"}


# ── The list to the social services ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sender", [LANDLORD, COLLECTOR])
@pytest.mark.parametrize(
    ("on", "changes", "outcome", "codes"),
    [
        # 2006: informed and no objection; neither clause nor demand matters
        (AUTUMN_2006, {"clause": None, "demanded_on": None}, YES, OLD_LAW),
        (AUTUMN_2006, {"told_on": None}, NO, {"share_not_informed"}),
        (AUTUMN_2006, {"told_on": AUTUMN_2006 + timedelta(days=1)}, NO, {"share_not_informed"}),
        (AUTUMN_2006, {"opted_out_on": AUTUMN_2006}, NO, {"share_objected"}),
        (AUTUMN_2006, {"opted_out_on": AUTUMN_2006 + timedelta(days=1)}, YES, OLD_LAW),
        (AUTUMN_2006, {"outstanding": 0}, NO, {"claim_paid"}),
        # the border between the two laws
        (D(2007, 6, 30), {"clause": None}, YES, OLD_LAW),
        (D(2007, 7, 1), {"clause": None}, UNCLEAR, NEEDS_CLAUSE),
        (D(2007, 7, 1), {}, YES, NOTICE),
        # from then on § 9-11: breach, ground, reason, no reservation, the tenant's copy
        *[
            row
            for on in (SPRING_2008, IN_2015, LAST_WITHOUT_ACT, FIRST_WITH_ACT, TODAY)
            for row in (
                (on, {}, YES, NOTICE),
                (on, {"clause": None}, UNCLEAR, NEEDS_CLAUSE),
                (on, {"clause": False}, UNCLEAR, {"share_no_clause"}),
                (on, {"demanded_on": None}, UNCLEAR, {"share_no_reason_yet"}),
                (on, {"demanded_on": on + timedelta(days=1)}, UNCLEAR, {"share_no_reason_yet"}),
                (on, {"demanded_on": None, "notice_on": on}, YES, NOTICE),
                (on, {"demanded_on": None, "petitioned_on": on}, YES, NOTICE),
                (on, {"told_on": None}, NO, {"share_copy_not_sent"}),
                (on, {"told_on": on + timedelta(days=1)}, NO, {"share_copy_not_sent"}),
                (on, {"opted_out_on": on}, NO, {"opted_out"}),
                (on, {"opted_out_on": on + timedelta(days=1)}, YES, NOTICE),
                (on, {"outstanding": 0}, NO, {"claim_paid"}),
                (on, {"oldest_due_on": on}, NO, {"share_no_breach_yet"}),
                (on, {"oldest_due_on": on - timedelta(days=1)}, YES, NOTICE),
                (on, {"oldest_due_on": None}, UNCLEAR, {"share_due_day_unknown"}),
                (on, {"clause": None, "told_on": None}, NO, {"clause_unknown", "share_copy_not_sent"}),
            )
        ],
    ],
)
def test_the_list_goes_to_the_social_services_by_the_law_of_its_day(
    on: D, sender: Agency, changes: dict[str, object], outcome: str, codes: set[str]
) -> None:
    for organisation in (UNSAID, OWN, SOCIAL_TEAM, HOUSING_TEAM, COMPANY):
        assert said(ask(on, sender, SOCIAL, behind(on, **changes), organisation)) == (outcome, codes)
    for receiver in (SOCIAL, OUTREACH):  # an outreach team that is part of the social services is told as they are
        assert said(ask(on, sender, receiver, behind(on, **changes), SOCIAL_TEAM)) == (outcome, codes)


def test_a_notice_of_breach_carries_the_breach_and_nothing_else() -> None:
    for part in ALL - BREACH:
        ruled = ask(TODAY, LANDLORD, SOCIAL, behind(TODAY), parts=BREACH | {part})
        assert ruled.outcome is Outcome.NO
        wanted = "share_health_by_consent" if part is Part.HEALTH else "share_beyond_provision"
        assert {found.code for found in ruled.findings} == {wanted}


# ── The list to the outreach team ─────────────────────────────────────────────────────────────────────────────────

INFORMED = {"told_on": AUTUMN_2006}
ACT = {"share_social_housing_act"}
NO_PROVISION = {"share_no_provision"}
ASK_ABOUT_ACT = {"share_act_not_relied_on"}


@pytest.mark.parametrize("sender", [LANDLORD, COLLECTOR])
@pytest.mark.parametrize(
    ("organisation", "on", "changes", "outcome", "codes"),
    [
        *[
            row
            for apart in (OWN, COMPANY, HOUSING_TEAM_COMPANY, UNSAID)
            for row in (
                (apart, AUTUMN_2006, {}, YES, OLD_LAW),
                (apart, AUTUMN_2006, {"told_on": None}, NO, {"share_not_informed"}),
                (apart, AUTUMN_2006, {"opted_out_on": AUTUMN_2006}, NO, {"share_objected"}),
                (apart, D(2007, 6, 30), {}, YES, OLD_LAW),
                (apart, D(2007, 7, 1), {}, UNCLEAR, NO_PROVISION),
                (apart, SPRING_2008, {}, UNCLEAR, NO_PROVISION),
                (apart, IN_2015, {"opted_out_on": IN_2015}, UNCLEAR, NO_PROVISION | {"share_opted_out_elsewhere"}),
                (apart, LAST_WITHOUT_ACT, {}, UNCLEAR, NO_PROVISION),
                (apart, FIRST_WITH_ACT, {}, UNCLEAR, ASK_ABOUT_ACT),
                (apart, TODAY, {}, UNCLEAR, ASK_ABOUT_ACT),
            )
        ],
        (OWN_RELYING, LAST_WITHOUT_ACT, {}, UNCLEAR, NO_PROVISION),
        (OWN_RELYING, FIRST_WITH_ACT, {}, YES, ACT),
        (OWN_RELYING, TODAY, {"clause": None, "demanded_on": None}, YES, ACT),
        (OWN_RELYING, TODAY, {"told_on": None}, UNCLEAR, {"share_tenant_does_not_know"}),
        (OWN_RELYING, TODAY, {"opted_out_on": TODAY}, UNCLEAR, {"share_opted_out_elsewhere"}),
        (OWN_RELYING, TODAY, {"outstanding": 0}, NO, {"claim_paid"}),
        *[
            (HOUSING_TEAM, on, {"told_on": None, "clause": None}, YES, {"share_same_body"})
            for on in (AUTUMN_2006, SPRING_2008, IN_2015, TODAY)
        ],
    ],
)
def test_the_list_goes_to_outreach_as_outreach_is_organised(
    organisation: Organisation, on: D, sender: Agency, changes: dict[str, object], outcome: str, codes: set[str]
) -> None:
    assert said(ask(on, sender, OUTREACH, behind(on, **changes), organisation)) == (outcome, codes)


# ── What outreach and the social services tell others ─────────────────────────────────────────────────────────────

SECRET_1991, SECRET_2009 = (NO, {"share_secrecy_1991"}), (NO, {"share_secrecy_2009"})
OWN_TASK = (UNCLEAR, {"share_own_task_2009"})
SENDERS_TASK = (UNCLEAR, {"share_task_of_sender"})
SAME_BODY = (YES, {"share_same_body"})
COUNTS_ONLY, OTHER_ROAD = (NO, {"share_counts_only"}), (NO, {"share_not_by_this_road"})


@pytest.mark.parametrize(
    ("sender", "receiver", "organisation", "on", "expected"),
    [
        (SOCIAL, LANDLORD, OWN, AUTUMN_2006, SECRET_1991),
        (SOCIAL, LANDLORD, OWN, D(2009, 12, 31), SECRET_1991),
        (SOCIAL, LANDLORD, OWN, D(2010, 1, 1), SECRET_2009),
        (SOCIAL, LANDLORD, OWN_RELYING, TODAY, SECRET_2009),
        (SOCIAL, COLLECTOR, COMPANY, TODAY, SECRET_2009),
        (OUTREACH, LANDLORD, SOCIAL_TEAM, TODAY, SECRET_2009),
        (OUTREACH, COLLECTOR, SOCIAL_TEAM, SPRING_2008, SECRET_1991),
        (SOCIAL, OUTREACH, SOCIAL_TEAM, TODAY, SAME_BODY),
        (OUTREACH, SOCIAL, SOCIAL_TEAM, TODAY, SAME_BODY),
        (SOCIAL, OUTREACH, HOUSING_TEAM, SPRING_2008, SECRET_1991),
        (SOCIAL, OUTREACH, HOUSING_TEAM, TODAY, SECRET_2009),
        (SOCIAL, OUTREACH, HOUSING_TEAM_COMPANY, TODAY, SECRET_2009),
        (SOCIAL, OUTREACH, OWN, SPRING_2008, (UNCLEAR, {"share_own_task_1991"})),
        (SOCIAL, OUTREACH, OWN, TODAY, OWN_TASK),
        (SOCIAL, OUTREACH, UNSAID, TODAY, (UNCLEAR, {"share_own_task_2009", "share_outreach_not_placed"})),
        (SOCIAL, BENEFIT, UNSAID, TODAY, OWN_TASK),
        (SOCIAL, DEBT, OWN, TODAY, OWN_TASK),
        (OUTREACH, BENEFIT, SOCIAL_TEAM, TODAY, OWN_TASK),
        (OUTREACH, BENEFIT, OWN_RELYING, TODAY, SENDERS_TASK),
        (OUTREACH, DEBT, HOUSING_TEAM, IN_2015, SENDERS_TASK),
        (OUTREACH, LANDLORD, OWN, TODAY, SENDERS_TASK),
        (OUTREACH, LANDLORD, HOUSING_TEAM_COMPANY, TODAY, SENDERS_TASK),
        (OUTREACH, LANDLORD, HOUSING_TEAM, TODAY, SAME_BODY),
        (OUTREACH, SOCIAL, HOUSING_TEAM, TODAY, (YES, NOTICE)),
        (OUTREACH, SOCIAL, HOUSING_TEAM_COMPANY, IN_2015, (YES, NOTICE)),
        (OUTREACH, SOCIAL, OWN, AUTUMN_2006, (YES, OLD_LAW)),
        (OUTREACH, SOCIAL, OWN, IN_2015, (UNCLEAR, {"share_sender_not_authorised"})),
        (OUTREACH, SOCIAL, OWN, TODAY, (UNCLEAR, ASK_ABOUT_ACT)),
        (OUTREACH, SOCIAL, OWN_RELYING, TODAY, (YES, ACT)),
        (LANDLORD, COLLECTOR, OWN, TODAY, SAME_BODY),
        (COLLECTOR, LANDLORD, COMPANY, D(2018, 7, 19), (YES, {"share_collects_for_landlord_2000"})),
        (COLLECTOR, LANDLORD, COMPANY, D(2018, 7, 20), (YES, {"share_collects_for_landlord"})),
        (LANDLORD, COLLECTOR, UNSAID, TODAY, (YES, {"share_collects_for_landlord"})),
        (LANDLORD, DEBT, OWN, TODAY, SENDERS_TASK),
        (BENEFIT, SOCIAL, OWN, D(2012, 12, 31), (UNCLEAR, NO_PROVISION)),
        (BENEFIT, SOCIAL, OWN, D(2013, 1, 1), (UNCLEAR, {"share_benefit_need"})),
        (DEBT, OUTREACH, OWN, TODAY, (UNCLEAR, NO_PROVISION)),
        (LANDLORD, STEERING, OWN, TODAY, COUNTS_ONLY),
        (OUTREACH, STEERING, OWN, AUTUMN_2006, COUNTS_ONLY),
        (COLLECTOR, OFFICER, OWN, TODAY, OTHER_ROAD),
        (SOCIAL, OFFICER, OWN, AUTUMN_2006, OTHER_ROAD),
        (OFFICER, SOCIAL, OWN, TODAY, OTHER_ROAD),
    ],
)
def test_every_border_has_its_answer(
    sender: Agency, receiver: Agency, organisation: Organisation, on: D, expected: tuple[str, set[str]]
) -> None:
    assert said(ask(on, sender, receiver, behind(on), organisation)) == expected


def test_counts_go_to_the_steering_group_as_anonymous() -> None:
    ruled = ask(TODAY, OUTREACH, STEERING, behind(TODAY), parts=frozenset())
    assert (ruled.outcome, ruled.basis) == (Outcome.YES, Basis.ANONYMOUS)


def test_an_outreach_team_within_the_social_services_asks_a_person_when_the_tenant_reserved() -> None:
    facts = behind(TODAY, opted_out_on=TODAY)
    assert said(ask(TODAY, OUTREACH, SOCIAL, facts, SOCIAL_TEAM)) == (UNCLEAR, {"share_opted_out_elsewhere"})
    assert said(ask(TODAY, SOCIAL, OUTREACH, facts, SOCIAL_TEAM)) == SAME_BODY


@pytest.mark.parametrize(
    ("expected", "sender", "receiver", "organisation"),
    [
        (Basis.SAME_BODY, LANDLORD, COLLECTOR, OWN),
        (Basis.PROVISION, LANDLORD, COLLECTOR, COMPANY),
        (Basis.PROVISION, LANDLORD, SOCIAL, OWN),
        (Basis.PROVISION, LANDLORD, OUTREACH, OWN),  # unclear: what a person would release it on
        (None, SOCIAL, LANDLORD, OWN),
    ],
)
def test_a_ruling_names_its_basis(
    expected: Basis | None, sender: Agency, receiver: Agency, organisation: Organisation
) -> None:
    assert ask(TODAY, sender, receiver, behind(TODAY), organisation).basis is expected


# ── Consent ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("on", [AUTUMN_2006, SPRING_2008, IN_2015, TODAY])
@pytest.mark.parametrize(
    ("sender", "receiver"),
    [(SOCIAL, LANDLORD), (SOCIAL, BENEFIT), (OUTREACH, DEBT), (LANDLORD, OUTREACH), (COLLECTOR, SOCIAL)],
)
def test_consent_opens_a_border_the_law_keeps_shut(on: D, sender: Agency, receiver: Agency) -> None:
    facts = RowFacts(outstanding=0, consents=(consent(sender, receiver),))
    ruled = ask(on, sender, receiver, facts, UNSAID, parts=ALL)
    assert (said(ruled), ruled.basis) == ((YES, {"share_by_consent"}), Basis.CONSENT)


@pytest.mark.parametrize("receiver", [STEERING, OFFICER])
def test_consent_opens_no_way_to_the_steering_group_or_the_enforcement_officer(receiver: Agency) -> None:
    facts = behind(TODAY, consents=(consent(LANDLORD, receiver),))
    assert ask(TODAY, LANDLORD, receiver, facts).outcome is Outcome.NO


def test_no_consent_lifts_what_the_receiver_may_ever_see() -> None:
    facts = behind(TODAY, consents=(consent(SOCIAL, LANDLORD),))
    ruled = ask(TODAY, SOCIAL, LANDLORD, facts, parts=BREACH | {Part.AID}, ceiling=BREACH)
    assert said(ruled) == (NO, {"share_beyond_need_to_know"})


@pytest.mark.parametrize(
    ("on", "stands"),
    [(D(2026, 3, 1), False), (D(2026, 3, 2), True), (D(2026, 6, 1), True), (D(2026, 6, 2), False)],
)
def test_a_consent_stands_from_the_day_it_is_given_until_the_day_it_is_withdrawn(on: D, stands: bool) -> None:
    given = consent(SOCIAL, LANDLORD, on=D(2026, 3, 2), withdrawn_on=D(2026, 6, 2))
    assert (standing([given], SOCIAL, LANDLORD, BREACH, on) is given) is stands


def test_a_consent_speaks_for_its_own_sender_receivers_and_parts_only() -> None:
    given = consent(SOCIAL, LANDLORD, BENEFIT, parts=frozenset({Part.MONEY, Part.AID}))
    assert standing([given], SOCIAL, BENEFIT, frozenset({Part.AID}), TODAY) is given
    assert standing([given], OUTREACH, BENEFIT, frozenset({Part.AID}), TODAY) is None
    assert standing([given], SOCIAL, COLLECTOR, frozenset({Part.AID}), TODAY) is None
    assert standing([given], SOCIAL, BENEFIT, frozenset({Part.AID, Part.HEALTH}), TODAY) is None


def test_a_free_consent_is_preferred_to_a_newer_weak_one() -> None:
    free, weak = consent(SOCIAL, LANDLORD), consent(SOCIAL, LANDLORD, on=IN_2015, weak=True)
    assert standing([weak, free], SOCIAL, LANDLORD, BREACH, TODAY) is free


@pytest.mark.parametrize(
    ("given_on", "outcome"), [(D(2026, 5, 31), NO), (D(2026, 6, 1), NO), (D(2026, 6, 2), YES)]
)  # fmt: skip
def test_of_reservation_and_consent_the_newer_word_counts(given_on: D, outcome: str) -> None:
    facts = behind(TODAY, opted_out_on=D(2026, 6, 1), consents=(consent(LANDLORD, SOCIAL, on=given_on),))
    assert ask(TODAY, LANDLORD, SOCIAL, facts).outcome.value == outcome


def test_a_reservation_does_not_undo_a_consent_to_debt_advice() -> None:
    facts = behind(TODAY, opted_out_on=TODAY, consents=(consent(OUTREACH, DEBT),))
    assert said(ask(TODAY, OUTREACH, DEBT, facts)) == (YES, {"share_by_consent"})


def test_a_reservation_against_the_landlords_notice_does_not_undo_a_consent_given_to_the_social_services() -> None:
    facts = behind(TODAY, opted_out_on=TODAY, consents=(consent(SOCIAL, OUTREACH),))
    assert said(ask(TODAY, SOCIAL, OUTREACH, facts, OWN)) == (YES, {"share_by_consent"})


def test_a_weak_consent_is_shown_and_is_no_obstacle() -> None:
    facts = behind(TODAY, consents=(consent(LANDLORD, SOCIAL, weak=True),))
    assert said(ask(TODAY, LANDLORD, SOCIAL, facts)) == (YES, {"share_by_consent", "consent_weak"})
    assert catalogue()["consent_weak"].part is Part.AID  # that help was asked for there is no business of the landlord


def test_consent_is_weak_where_help_was_asked_for() -> None:
    assert is_weak(SOCIAL, frozenset({SOCIAL, BENEFIT}))
    assert not is_weak(LANDLORD, frozenset({SOCIAL, BENEFIT}))


# ── Properties ────────────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(D(2004, 1, 1), D(2028, 1, 1))
MAYBE = st.none() | DAYS
PARTS = st.frozensets(st.sampled_from(Part))
AGENCIES = st.sampled_from(Agency)
CONSENTS = st.builds(
    Consent,
    sender=AGENCIES,
    receivers=st.frozensets(AGENCIES),
    parts=PARTS,
    given_on=DAYS,
    withdrawn_on=MAYBE,
    weak=st.booleans(),
)
FACTS = st.builds(
    RowFacts,
    outstanding=st.sampled_from([0, 100]),
    oldest_due_on=MAYBE,
    clause=st.sampled_from([True, False, None]),
    demanded_on=MAYBE,
    notice_on=MAYBE,
    petitioned_on=MAYBE,
    opted_out_on=MAYBE,
    told_on=MAYBE,
    consents=st.lists(CONSENTS, max_size=3).map(tuple),
)
ORGANISED = st.sampled_from(ORGANISATIONS)
ORDER = {Outcome.NO: 0, Outcome.UNCLEAR: 1, Outcome.YES: 2}


@given(DAYS, AGENCIES, AGENCIES, FACTS, ORGANISED, PARTS, PARTS)
def test_every_answer_has_its_reasons_and_no_yes_is_without_a_basis(
    on: D, sender: Agency, receiver: Agency, facts: RowFacts, organisation: Organisation, parts, ceiling
) -> None:
    ruled = ask(on, sender, receiver, facts, organisation, parts, ceiling)
    assert ruled.findings
    assert all(found.text(language) for found in ruled.findings for language in ("nb", "nn", "en"))
    assert (ruled.basis is None) is (ruled.outcome is Outcome.NO)
    assert ruled.releasable is (ruled.outcome is Outcome.UNCLEAR)
    if ruled.outcome is not Outcome.NO:
        assert parts <= ceiling
        assert not any(found.hard for found in ruled.findings)


@given(DAYS, st.sampled_from([LANDLORD, COLLECTOR, OUTREACH]), FACTS, ORGANISED, PARTS)
def test_nothing_goes_to_the_social_services_against_a_reservation(
    on: D, sender: Agency, facts: RowFacts, organisation: Organisation, parts: frozenset[Part]
) -> None:
    reserved = replace(facts, opted_out_on=on - timedelta(days=1), consents=())
    assert ask(on, sender, SOCIAL, reserved, organisation, parts).outcome is not Outcome.YES


@given(DAYS, AGENCIES, AGENCIES, FACTS, CONSENTS, DAYS, ORGANISED, PARTS)
def test_withdrawing_a_consent_never_lets_more_through(
    on: D, sender: Agency, receiver: Agency, facts: RowFacts, given_: Consent, withdrawn_on: D, organisation, parts
) -> None:
    given_ = replace(given_, sender=sender, receivers=given_.receivers | {receiver}, withdrawn_on=None)
    before = replace(facts, consents=(*facts.consents, given_))
    after = replace(facts, consents=(*facts.consents, replace(given_, withdrawn_on=withdrawn_on)))
    asked = [ask(on, sender, receiver, known, organisation, parts).outcome for known in (before, after)]
    assert ORDER[asked[1]] <= ORDER[asked[0]]


@given(DAYS, AGENCIES, st.sampled_from([LANDLORD, COLLECTOR]), FACTS, ORGANISED, PARTS)
def test_aid_and_health_never_reach_the_landlords_side_without_consent(
    on: D, sender: Agency, receiver: Agency, facts: RowFacts, organisation: Organisation, parts: frozenset[Part]
) -> None:
    without = replace(facts, consents=())
    for part in (Part.AID, Part.HEALTH):
        assert ask(on, sender, receiver, without, organisation, parts | {part}).outcome is not Outcome.YES
    assert ask(on, sender, receiver, without, organisation, parts | {Part.HEALTH}).outcome is Outcome.NO


@given(DAYS, st.sampled_from([SOCIAL, OUTREACH]), st.sampled_from([LANDLORD, COLLECTOR]), FACTS, PARTS)
def test_the_social_services_never_tell_the_landlords_side_without_consent(
    on: D, sender: Agency, receiver: Agency, facts: RowFacts, parts: frozenset[Part]
) -> None:
    assert ask(on, sender, receiver, replace(facts, consents=()), SOCIAL_TEAM, parts).outcome is Outcome.NO


# ── The table itself ──────────────────────────────────────────────────────────────────────────────────────────────

STARTS = sorted({border.starts_on for border in BORDERS})


@pytest.mark.parametrize("organisation", ORGANISATIONS, ids=str)
def test_every_pair_of_agencies_has_one_line_for_every_day(organisation: Organisation) -> None:
    for sender, receiver in product(Agency, Agency):
        sides = side(sender, organisation), side(receiver, organisation)
        starts = [border.starts_on for border in BORDERS if border.lies_between(*sides)]
        assert starts.count(D.min) == 1
        for on in STARTS:
            border = border_between(*sides, on)
            assert border.starts_on == max(start for start in starts if start <= on)


def test_a_later_line_of_a_border_comes_after_the_earlier_one_and_no_two_begin_alike() -> None:
    for sender, receiver in product(Side, Side):
        starts = [border.starts_on for border in BORDERS if border.lies_between(sender, receiver)]
        late = {Side.HOUSING: Side.OUTREACH, Side.OUTREACH: Side.HOUSING}
        if late.get(sender) is not receiver:  # one team is not in two places
            assert starts == sorted(set(starts))


def test_a_line_that_nothing_need_stop_has_a_ground() -> None:
    for border in BORDERS:
        assert not border.ground or border.ground in catalogue()
        always = {need.__name__ for need in border.needs} & {
            "sender_authorised", "consent_before_2010", "consent_since_2010", "own_task_before_2010",
            "own_task_since_2010", "task_of_sender", "needed_by_receiver", "provision_named", "another_road",
        }  # fmt: skip
        assert border.ground or always


def test_nobody_inside_a_case_may_be_told_health_by_the_law_alone() -> None:
    assert all(Part.HEALTH not in border.parts for border in BORDERS)


def test_a_lawyer_can_read_every_border() -> None:
    text = rules_document.render()
    assert {need for border in BORDERS for need in border.needs} <= set(rules_document.NEEDS)
    assert set(rules_document.SIDES) == set(Side)
    assert set(rules_document.PARTS) == set(Part)
    assert set(rules_document.BASES) == set(Basis)
    assert "## Deling mellom etater" in text
    assert text.count("husleieloven § 9-11 | Hvem og hvor, Penger, Saksgangen |") == 2
