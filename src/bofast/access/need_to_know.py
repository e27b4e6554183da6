"""The one table of who may see what. Every page, list, reason, export, command and file kind goes through it.

Read aloud: "the landlord reaches every case, and sees identity, money and procedure"; "the social services reach the
cases their own team has and those handed out to them, and see all of the first". What is not listed is not seen.
Landlord and collector see a neutral state instead of help; the steering group sees masked counts; administrator and
auditor see no case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bofast.domain.facts import Agency
from bofast.domain.files import Kind
from bofast.domain.findings import Part
from bofast.domain.sharing_facts import Organisation, OutreachIs


class Role(StrEnum):
    """What somebody is here. Whoever has several acts in one at a time."""

    CASEWORKER = "caseworker"
    LEADER = "leader"
    CLERK = "clerk"
    ADVISER = "adviser"
    STEERING = "steering"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLES: Mapping[Agency | None, frozenset[Role]] = {
    Agency.LANDLORD: frozenset({Role.CLERK, Role.LEADER}),
    Agency.COLLECTOR: frozenset({Role.CLERK, Role.LEADER}),
    Agency.OUTREACH: frozenset({Role.CASEWORKER, Role.LEADER}),
    Agency.SOCIAL_SERVICES: frozenset({Role.ADVISER, Role.LEADER}),
    Agency.HOUSING_BENEFIT: frozenset({Role.CASEWORKER, Role.LEADER}),
    Agency.DEBT_ADVICE: frozenset({Role.ADVISER, Role.LEADER}),
    Agency.STEERING: frozenset({Role.STEERING}),
    None: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}
"""Which roles each agency has; those without an agency see no case."""


class Reach(StrEnum):
    """Which cases an agency may know of at all."""

    ALL = "all"
    HELD = "held"
    SHARED = "shared"


@dataclass(frozen=True)
class Sight:
    """One line of the table: which cases, and which parts of them."""

    reach: frozenset[Reach]
    parts: frozenset[Part]


NOTHING: frozenset[Part] = frozenset()
ONLY_BY_CONSENT = frozenset({Part.HEALTH})
"""Parts nobody sees of a case by their work alone: a consent has to name them."""

WHOLE = frozenset(Part) - ONLY_BY_CONSENT
LEDGER_SIDE = frozenset({Part.IDENTITY, Part.MONEY, Part.PROCEDURE})
ANY_CASE = frozenset({Reach.ALL})
HELD_OR_SHARED = frozenset({Reach.HELD, Reach.SHARED})
SHARED_ONLY = frozenset({Reach.SHARED})
UNSEEN = Sight(frozenset(), NOTHING)

NEED_TO_KNOW: Mapping[Agency, Sight] = {
    Agency.LANDLORD: Sight(ANY_CASE, LEDGER_SIDE),
    Agency.COLLECTOR: Sight(ANY_CASE, LEDGER_SIDE),
    Agency.OUTREACH: Sight(ANY_CASE, WHOLE),
    Agency.SOCIAL_SERVICES: Sight(HELD_OR_SHARED, WHOLE),
    Agency.HOUSING_BENEFIT: Sight(SHARED_ONLY, frozenset({Part.IDENTITY, Part.MONEY, Part.HOUSEHOLD, Part.AID})),
    Agency.DEBT_ADVICE: Sight(SHARED_ONLY, LEDGER_SIDE | {Part.HOUSEHOLD}),
    Agency.ENFORCEMENT_OFFICER: UNSEEN,
    Agency.STEERING: UNSEEN,
}
"""What each agency may see. Of a shared case it sees what was shared, never a part beyond this line."""

OUTREACH_ORGANISED: Mapping[OutreachIs | None, Sight] = {
    OutreachIs.SOCIAL_SERVICES: Sight(HELD_OR_SHARED, WHOLE),
    OutreachIs.HOUSING_AGENCY: Sight(ANY_CASE, WHOLE - {Part.AID}),
    OutreachIs.OWN_UNIT: NEED_TO_KNOW[Agency.OUTREACH],
    None: NEED_TO_KNOW[Agency.OUTREACH],
}
"""Outreach as the municipality has organised it: as part of the social services it gets what is handed out to them; as
part of the housing agency it does not learn what the social services know (2009 act § 44)."""

CEILING: Mapping[Agency, frozenset[Part]] = {
    **{agency: sight.parts for agency, sight in NEED_TO_KNOW.items()},
    Agency.OUTREACH: frozenset(Part),
    Agency.SOCIAL_SERVICES: frozenset(Part),
}
"""The most that may ever be shared with an agency, whoever consents."""


class Door(StrEnum):
    """Something that can be opened: pages, and the commands and files that show the same."""

    OWN = "own"
    RULES = "rules"
    WORKLIST = "worklist"
    CASE = "case"
    SEARCH = "search"
    LISTS = "lists"
    RECEIVE = "receive"
    HAND_OUT = "hand_out"
    SCREENING = "screening"
    STATISTICS = "statistics"
    BEHIND = "behind"
    ROUTINES = "routines"
    ANNUAL = "annual"
    ANNUAL_WRITE = "annual_write"
    SHIELDS = "shields"
    PRIVACY = "privacy"
    SETTINGS = "settings"
    RECORD = "record"
    ACCESS_LOG = "access_log"
    USERS = "users"


LEDGER_AGENCIES = frozenset({Agency.LANDLORD, Agency.COLLECTOR})
HELPERS = frozenset({Agency.OUTREACH, Agency.SOCIAL_SERVICES})
REFERRED_TO = frozenset({Agency.HOUSING_BENEFIT, Agency.DEBT_ADVICE})
CASE_AGENCIES = LEDGER_AGENCIES | HELPERS | REFERRED_TO
LIST_AGENCIES = LEDGER_AGENCIES | {Agency.OUTREACH}


@dataclass(frozen=True)
class Opens:
    """Who opens a door: those of these agencies in one of these roles, and whoever has one of the roles `beside`.

    `everybody`: whoever is signed in, with or without a role.
    """

    agencies: frozenset[Agency] = frozenset()
    roles: frozenset[Role] = frozenset(Role)
    beside: frozenset[Role] = frozenset()
    everybody: bool = False

    def to(self, agency: Agency | None, role: Role | None) -> bool:
        """Whether the door opens to that seat."""
        return self.everybody or (agency in self.agencies and role in self.roles) or role in self.beside


LEADERS = frozenset({Role.LEADER})
WITHOUT_CASES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})

DOORS: Mapping[Door, Opens] = {
    Door.OWN: Opens(everybody=True),
    Door.RULES: Opens(everybody=True),
    Door.WORKLIST: Opens(CASE_AGENCIES),
    Door.CASE: Opens(CASE_AGENCIES),
    Door.SEARCH: Opens(CASE_AGENCIES),
    Door.LISTS: Opens(LIST_AGENCIES),
    Door.RECEIVE: Opens(LIST_AGENCIES | {Agency.SOCIAL_SERVICES}),
    Door.HAND_OUT: Opens(LIST_AGENCIES),
    Door.SCREENING: Opens(HELPERS),
    Door.STATISTICS: Opens(CASE_AGENCIES | {Agency.STEERING}),
    Door.BEHIND: Opens(LEDGER_AGENCIES | HELPERS),
    Door.ROUTINES: Opens(CASE_AGENCIES | {Agency.STEERING}),
    Door.ANNUAL: Opens(CASE_AGENCIES | {Agency.STEERING}),
    Door.ANNUAL_WRITE: Opens(frozenset({Agency.OUTREACH})),
    Door.SHIELDS: Opens(LIST_AGENCIES | {Agency.SOCIAL_SERVICES}, LEADERS),
    Door.PRIVACY: Opens(frozenset({Agency.OUTREACH}), LEADERS),
    Door.SETTINGS: Opens(frozenset({Agency.OUTREACH}), LEADERS, beside=frozenset({Role.ADMINISTRATOR})),
    Door.RECORD: Opens(CASE_AGENCIES | {Agency.STEERING}, LEADERS | {Role.STEERING}, beside=WITHOUT_CASES),
    Door.ACCESS_LOG: Opens(beside=frozenset({Role.AUDITOR})),
    Door.USERS: Opens(beside=frozenset({Role.ADMINISTRATOR})),
}
"""Who opens which door. Behind it the reach decides which cases, and the parts what of them."""

FILES: Mapping[Agency, frozenset[Kind]] = {
    Agency.LANDLORD: frozenset({Kind.ARREARS, Kind.REGISTER, Kind.COUNTS}),
    Agency.COLLECTOR: frozenset({Kind.ARREARS, Kind.COUNTS}),
    Agency.OUTREACH: frozenset(Kind),
    Agency.SOCIAL_SERVICES: frozenset({Kind.ANSWERS}),
}
"""Which files each agency hands over and opens, with their rows in quarantine: a register tells of the household, cases
and answers of help."""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody who looks: what they may see, and in whose name it is logged.

    The operator of the installation (`operator` True) works on the command line and sees all; everybody else only what
    the table gives the seat they act in. `scope`: of one shared case, the parts that were shared.
    """

    name: str
    agency: Agency | None = None
    role: Role | None = None
    user_id: int | None = None
    team_id: int | None = None
    operator: bool = False
    organisation: Organisation = field(default_factory=lambda: Organisation(outreach=None, landlord=None))
    scope: frozenset[Part] | None = None

    @property
    def sight(self) -> Sight:
        """This viewer's line of the table."""
        if self.operator:
            return Sight(ANY_CASE, frozenset(Part))
        if self.agency is None:
            return UNSEEN
        if self.agency is Agency.OUTREACH:
            return OUTREACH_ORGANISED[self.organisation.outreach]
        return NEED_TO_KNOW[self.agency]

    @property
    def parts(self) -> frozenset[Part]:
        """The parts of a case this viewer may see."""
        if self.scope is None or self.agency is None:
            return self.sight.parts
        return self.scope & CEILING[self.agency]

    def sees(self, part: Part) -> bool:
        """Whether that part of a case may be shown."""
        return part in self.parts

    @property
    def sees_cases(self) -> bool:
        """Whether any part of any case may be shown."""
        return bool(self.sight.reach)

    @property
    def reaches_all(self) -> bool:
        """Whether every case may be known of."""
        return Reach.ALL in self.sight.reach

    def opens(self, door: Door) -> bool:
        """Whether the door opens to this viewer."""
        return self.operator or DOORS[door].to(self.agency, self.role)

    @property
    def answers_lists(self) -> bool:
        """Whether lists are handed out to this viewer's agency: the social services, and whoever is part of them."""
        part = self.agency is Agency.OUTREACH and self.organisation.outreach is OutreachIs.SOCIAL_SERVICES
        return part or self.agency is Agency.SOCIAL_SERVICES

    @property
    def files(self) -> frozenset[Kind]:
        """The kinds of file that are this viewer's; who gets only what is handed out has those of its receivers."""
        if self.operator:
            return frozenset(Kind)
        if self.agency is None:
            return frozenset()
        handed_to = self.agency is Agency.OUTREACH and not self.reaches_all
        kinds = FILES.get(Agency.SOCIAL_SERVICES if handed_to else self.agency, frozenset())
        return kinds if self.sees(Part.AID) else kinds - {Kind.ANSWERS}

    def handles(self, kind: Kind) -> bool:
        """Whether files of that kind are this viewer's to hand over and to open."""
        return kind in self.files

    def only(self, scope: frozenset[Part]) -> "Viewer":
        """The same viewer before a case of which only these parts were shared."""
        return replace(self, scope=scope)
