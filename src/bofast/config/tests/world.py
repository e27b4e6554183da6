"""Objects of every kind, seen from every seat: what the walks through all doors, commands and files stand on."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from bofast.access.models import RecordKind, User
from bofast.access.need_to_know import ROLES, Role
from bofast.access.tests import cast
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.gate import files_for
from bofast.arrears.models import FileContent, HandedRow, HandOut, Named, QuarantinedRow, ReceivedFile, Shield
from bofast.cases.actions import work as acting
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case, Consent, HelpRequest, Representative, Sharing, Task
from bofast.cases.queries import hand_out, privacy, reach, screening
from bofast.cases.tests import sent
from bofast.cases.views import work as work_views
from bofast.domain.facts import Agency
from bofast.domain.files import Kind
from bofast.reports import actions as reporting

NOW, TODAY = "2026-11-23 09:00+01:00", date(2026, 11, 23)
MISSING, NOWHERE = 99_999, "2026-9999"
BAD_ROW = "K9;Nine;Gate 9;Fana;5000;F9;01.10.2026;snart;;;"
FILE_TEXTS = {
    Kind.REGISTER: ("register.csv", "Kontraktsnr;Navn;Adresse\nK1;Tenant;Gate 1\n"),
    Kind.CASES: ("cases.csv", "case_no;district;opened_on;outcome\n2006-1;Fana;2006-02-02;uavklart\n"),
    Kind.COUNTS: ("counts.csv", "year;source;indicator;count;as_of;note\n2006;BBB;begjæringer;110;2007-01-31;\n"),
    Kind.ARREARS: (
        "restanseliste-2026-11-20.csv",
        "Kontraktsnr;Navn;Bydel;Månedsleie;Forfall;Restanse\nK8;Tenant;Fana;5000;01.09.2026;5000\n",
    ),
    Kind.ANSWERS: ("answers.csv", "Nøkkel;Kontraktsnr;Restanse;Aktiv kontakt?\nx;K1;5000;aktiv\n"),
}

Knows = Callable[[User], bool]


@dataclass(frozen=True)
class Thing:
    """What an address may be about: the values in its path, and who may know of it (None: it does not exist)."""

    path: dict[str, Any]
    knows: Knows | None
    case: Case | None = None


def anybody(_user: User) -> bool:
    return True


@dataclass
class World:
    """Objects of every kind, made once; nothing a test does to them stays."""

    seats: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cast.gather()
        self.seats = {"nobody": User.objects.get(username="charlie")}
        for agency, roles in ROLES.items():
            for role in sorted(roles):
                name = f"{agency or 'municipality'}-{role}"
                self.seats[name] = self._person(name, role, agency)
        self._households()
        self._files()
        self._report()

    def _person(self, name: str, role: Role, agency: Agency | None) -> User:
        teams = {Agency.OUTREACH: cast.outreach_team, Agency.SOCIAL_SERVICES: cast.social_services_team}
        user = User.objects.create(username=name, first_name=name)
        cast.seat(user, role, agency, teams[agency]() if agency in teams else None)
        return user

    def _households(self) -> None:
        contracts = ("K1", "K2", "K3", "K4")
        sent.register(dict.fromkeys(contracts, "3;;ja"))
        self.list = sent.arrears_list("2026-10-30", dict.fromkeys(contracts, 2), demanded="2026-10-15")
        assess(on=TODAY)
        self.own, self.sivs, self.shared, self.shielded = Case.objects.order_by("number")
        kari, siv = User.objects.get(username="kari"), User.objects.get(username="siv")
        for case, to in ((self.own, kari), (self.sivs, siv)):
            acting.hand_over(case_id=case.pk, to=to.acting, actor=kari, today=TODAY, despite="avtalt")
            case.refresh_from_db()
        for receiver, parts in ((Agency.HOUSING_BENEFIT, ["money"]), (Agency.DEBT_ADVICE, ["identity", "procedure"])):
            self.sharing = Sharing.objects.create(
                case=self.shared, sender="outreach", receiver=receiver, parts=parts, basis="consent", on=TODAY, by=kari
            )
        Shield.objects.create(tenancy=self.shielded.tenancy, kind=Shield.Kind.CASE, since=TODAY, set_by=kari)
        for name in ("outreach-caseworker", "landlord-leader"):
            Named.objects.create(tenancy=self.shielded.tenancy, user=self.seats[name], since=TODAY, set_by=kari)
        self._beside(kari)
        self._handed_out(kari)

    def _beside(self, kari: User) -> None:
        """What hangs on the case that is shared."""
        about = {"tenancy": self.shared.tenancy, "recorded_by": kari}
        self.consent = Consent.objects.create(
            **about, text_version="benefit_transport", sender="outreach", receivers=["housing_benefit"],
            parts=["money"], given_on=TODAY,
        )  # fmt: skip
        self.power = Representative.objects.create(**about, kind="attorney", name="A Friend", scope="rent", since=TODAY)
        self.request = HelpRequest.objects.create(
            case=self.shared, received_on=TODAY, answer_by=date(2026, 12, 21), received_by=kari
        )
        told = {"case": self.shared, "text": "Ring", "created_on": TODAY, "due_on": TODAY}
        for agency in ("landlord", "outreach", "housing_benefit"):
            self.task = Task.objects.create(**told, agency=agency)

    def _handed_out(self, by: User) -> None:
        self.hand_out = HandOut.objects.create(
            file=self.list, sender="collector", receiver="social_services", team=cast.social_services_team(),
            district="Fana", on=TODAY, answer_by=date(2026, 12, 7), by=by,
        )  # fmt: skip
        HandedRow.objects.create(
            hand_out=self.hand_out, tenancy=self.own.tenancy, key="k", outstanding=1, sent=True, basis="provision"
        )
        Sharing.objects.create(
            case=self.own, sender="collector", receiver="social_services", team=self.hand_out.team,
            parts=["identity", "money"], basis="provision", hand_out=self.hand_out, on=TODAY, by=by,
        )  # fmt: skip

    def _files(self) -> None:
        self.files = {kind: self._file(kind) for kind in (Kind.REGISTER, Kind.CASES, Kind.COUNTS)}
        answers = ReceivedFile.objects.create(
            name="a.csv", kind="answers", received_by=User.objects.get(username="siv")
        )
        bad = f"{sent.HEADER}\n{BAD_ROW}"
        doubtful, _known = receive_file(Delivery(data=bad.encode(), name="l.csv", kind=Kind.ARREARS, as_of=TODAY))
        self.row = QuarantinedRow.objects.get(file=doubtful)
        self.files |= {Kind.ANSWERS: answers, Kind.ARREARS: doubtful}
        self.waiting = ReceivedFile.objects.create(
            name="w.csv", kind="arrears", as_of=date(2026, 11, 1), sha256="w", standing=False
        )
        FileContent.objects.create(file=self.waiting, data=FILE_TEXTS[Kind.ARREARS][1].encode())

    def _file(self, kind: Kind) -> ReceivedFile:
        name, text = FILE_TEXTS[kind]
        return receive_file(Delivery(data=text.encode(), name=name, kind=kind))[0]

    def _report(self) -> None:
        kari = User.objects.get(username="kari")
        self.draft = reporting.begin_report(year=2006, compare=None, district="", by=kari)
        self.published = reporting.publish(report_id=self.draft.pk, by=kari, today=TODAY)

    @cached_property
    def cases(self) -> list[Thing]:
        every = (self.own, self.sivs, self.shared, self.shielded)
        return [Thing({"number": case.number}, in_reach(case), case) for case in every] + [
            Thing({"number": NOWHERE}, None)
        ]

    def of_cases(self, **more: Any) -> list[Thing]:
        return [Thing(thing.path | more, thing.knows, thing.case) for thing in self.cases]

    def of_shared(self, pk: int, **more: Any) -> list[Thing]:
        """Something of the case that is shared, the same asked of another case, and of none."""
        return [
            Thing({"number": self.shared.number, "pk": pk, **more}, in_reach(self.shared), self.shared),
            Thing({"number": self.own.number, "pk": pk, **more}, None, self.own),
            Thing({"number": NOWHERE, "pk": pk, **more}, None),
        ]

    def about(self, route: str, name: str) -> list[Thing]:
        """The things an address may be about."""
        made = next((make for pattern, make in ABOUT if re.fullmatch(pattern, name)), None)
        if made is None:
            assert "<" not in route, f"say in ABOUT which objects {name} ({route}) is about"
            return [Thing({}, anybody)]
        return made(self)


def in_reach(case: Case) -> Knows:
    return lambda user: reach.within_reach(case, user.viewer)


def one_of(rows: Callable[[User], QuerySet[Any]], found: Any, **more: Any) -> list[Thing]:
    """That object, known where it is among the person's rows, and one that does not exist."""
    knows: Knows = lambda user: rows(user).filter(pk=found.pk).exists()  # noqa: E731
    return [Thing({"pk": found.pk, **more}, knows), Thing({"pk": MISSING, **more}, None)]


def there(pk: int, knows: Knows = anybody, **more: Any) -> list[Thing]:
    return [Thing({"pk": pk, **more}, knows), Thing({"pk": MISSING, **more}, None)]


def files(world: World, **more: Any) -> list[Thing]:
    return [
        *(
            thing
            for file in (*world.files.values(), world.waiting)
            for thing in one_of(lambda user: files_for(user.viewer), file, **more)[:1]
        ),
        Thing({"pk": MISSING, **more}, None),
    ]


def sends_the_usual_list(user: User) -> bool:
    return user.viewer.agency in (Agency.COLLECTOR, Agency.OUTREACH) and user.viewer.handles(Kind.ARREARS)


def lists(world: World) -> list[Thing]:
    return one_of(lambda user: files_for(user.viewer), world.list, slug="fana")


def shapes(*names: str) -> list[Thing]:
    return [Thing({"shape": name}, anybody) for name in names] + [Thing({"shape": "exe"}, None)]


def own_tenancy(world: World) -> list[Thing]:
    tenancies = [case.tenancy for case in (world.own, world.shielded)]
    return [
        Thing({"pk": each.pk}, lambda user, each=each: privacy.within_reach(each, user.viewer)) for each in tenancies
    ] + [Thing({"pk": MISSING}, None)]


def known_tenancy(world: World) -> list[Thing]:
    """The door from a tenancy to its case opens to whoever may know of the case."""
    return [
        Thing({"pk": case.tenancy_id}, lambda user, case=case: reach.within_reach(case, user.viewer))
        for case in (world.own, world.shielded)
    ] + [Thing({"pk": MISSING}, None)]


ABOUT: list[tuple[str, Callable[[World], list[Thing]]]] = [
    (r"cases:(case|step|answer_clause|shield|name_person|consent|share|address)", lambda world: world.cases),
    (r"cases:lift_shield", lambda world: world.of_cases(kind="address")),
    (r"cases:end_naming", lambda world: world.of_cases(pk=MISSING)),
    (r"cases:finish_task", lambda world: world.of_shared(world.task.pk)),
    (r"cases:end_sharing", lambda world: world.of_shared(world.sharing.pk)),
    (
        r"cases:do",
        lambda world: [
            *world.of_cases(verb="write_note")[:-1],
            *(thing for verb in work_views.VERBS for thing in world.of_cases(verb=verb)[::4]),
        ],
    ),
    (
        r"cases:do_on",
        lambda world: [
            *world.of_shared(world.consent.pk, verb="withdraw_consent"),
            *world.of_shared(world.power.pk, verb="end_representative"),
            *world.of_shared(world.request.pk, verb="decide"),
            *world.of_shared(world.request.pk, verb="withdraw_request"),
            *world.of_shared(MISSING, verb="nonsense")[2:],
        ],
    ),
    (r"cases:of_tenancy", known_tenancy),
    (r"cases:privacy(_(?!find|expiry).*)?", own_tenancy),
    (r"cases:hand_out", lists),
    (
        r"cases:(handed_out(_xlsx)?|chase)",
        lambda world: one_of(lambda user: hand_out.handed_by(user.viewer), world.hand_out),
    ),
    (
        r"cases:screening_(list|xlsx|print)",
        lambda world: one_of(lambda user: screening.asked_of(user.viewer), world.hand_out),
    ),
    (r"cases:correct|arrears:set_aside", lambda world: there(world.row.pk, lambda user: opens_row(world, user))),
    (r"arrears:(list|quarantine)", files),
    (r"cases:(use|discard)_list", lambda world: there(world.waiting.pk, sends_the_usual_list)),
    (r"arrears:district(_xlsx)?", lists),
    (r"access:(user_edit|user_factors|role_new)", lambda world: there(world.seats["nobody"].pk)),
    (r"access:role_end", lambda world: there(seat_of(world.seats["landlord-clerk"]))),
    (
        r"access:act_as",
        lambda world: there(
            seat_of(world.seats["landlord-clerk"]), lambda user: user.role == "clerk" and user.agency == "landlord"
        ),
    ),
    (
        r"access:settings_retention",
        lambda _world: [Thing({"kind": RecordKind.NOTES}, anybody), Thing({"kind": "gossip"}, None)],
    ),
    (r"mfa_(edit|remove)_webauthn", lambda _world: [Thing({"pk": MISSING}, None)]),
    (r"reports:annual_remove_.*", lambda _world: [Thing({"pk": MISSING}, None)]),
    (r"reports:annual_(write|preview|publish)", lambda world: there(world.draft.pk)),
    (r"reports:annual_(preview|team)_file", lambda world: there(world.draft.pk, shape="html")),
    (r"reports:annual_published", lambda world: there(world.published.pk)),
    (r"reports:annual_file", lambda world: there(world.published.pk, shape="html")),
    (r"reports:access_log_(person|print)", lambda world: there(world.own.tenancy_id)),
    (r"reports:(download|access_log_download)", lambda _world: shapes("csv")),
    (r"reports:privacy_record_file", lambda _world: shapes("md")),
]
"""Which things the addresses of each name are about."""


def opens_row(world: World, user: User) -> bool:
    return files_for(user.viewer).filter(pk=world.row.file_id).exists()


def seat_of(user: User) -> int:
    assert user.acting is not None
    return user.acting.pk


SEATS = ["nobody", *(f"{agency or 'municipality'}-{role}" for agency, roles in ROLES.items() for role in sorted(roles))]
