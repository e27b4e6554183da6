"""A municipality of any size, out of a day and a seed: its register of tenancies and its monthly arrears lists.

Pure: the same day, seed and size give the same bytes. Each household has a mood that the months change: *steady* pays,
*strained* pays nothing, half or only the new rent, until it gets well and pays all it owes. Who has been there before
comes back more easily. The newest list holds a few rows that nobody could read for certain.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from random import Random

from bofast.config.demo import names
from bofast.domain.calendar import last_working_day, months_before, next_working_day

REGISTER_NAME = "leietakerregister-demokommunen.csv"
MONTHS = 14
NEWEST_IS_DAYS_OLD = 4
LISTED_FROM_DAYS = 14
REMINDED_AFTER_DAYS, DEMANDED_AFTER_DAYS = 31, 60
STRAINED_SHARE = 0.052
GETS_WELL = 0.3
RETURNS_MORE_EASILY = 2.0
MOST_MONTHS_OWED = 9

REGISTER_HEADER = (
    "Kontraktsnr", "Bolignr", "Navn", "Fødselsnummer", "Adresse", "Postnr", "Poststed", "Bydel", "Boligtype",
    "Månedsleie", "Kontrakt fra", "Kontrakt til", "Husstand", "Barn", "Telefon", "Språk", "KID", "Utkastelsesklausul",
)  # fmt: skip
LIST_HEADER = (
    "Kontraktsnr", "KID", "Navn", "Fødselsnummer", "Adresse", "Postnr", "Poststed", "Bydel", "Boligtype", "Månedsleie",
    "Fakturanr", "Forfall", "Opprinnelig beløp", "Restanse", "Gebyr", "Renter", "Purret dato", "Betalingsvarsel sendt",
    "Begjært dato", "Telefon",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Home:
    """A tenancy as the landlord's books have it. `rent` is whole kroner a month; `clause` is ja, nei or blank."""

    contract_no: str
    name: str
    national_id: str
    address: str
    district: names.District
    kind: str
    rent: int
    lease_from: date
    lease_to: date | None
    members: int
    children: int
    phone: str
    language: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as its sender sends it."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class ArrearsList(File):
    """An arrears list with its own day; `number` is 0 for the newest, -1 for the one before it."""

    on: date
    number: int


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """All files of a municipality: the register, and the lists from the oldest to the newest."""

    register: File
    lists: tuple[ArrearsList, ...]


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """A household whose arrears are told and not drawn: list number → whole kroner owed, the oldest claim in part.

    `petitioned_on` is what the lists tell of a petition: list number → days from that list.
    """

    home: Home
    owed: Mapping[int, int]
    petitioned: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Owed:
    """One unpaid claim, in whole kroner."""

    due_on: date
    outstanding: int
    petitioned_on: date | None = None


def list_days(today: date, months: int = MONTHS) -> dict[int, date]:
    """The lists' numbers and days, oldest first: monthly, on working days, the newest a few days before `today`."""
    newest = last_working_day(today - timedelta(days=NEWEST_IS_DAYS_OLD))
    return {-back: last_working_day(months_before(newest, back)) for back in reversed(range(months))}


def generate(
    today: date,
    *,
    seed: int,
    dwellings: int,
    strained: float = STRAINED_SHARE,
    months: int = MONTHS,
    scripted: Sequence[Scripted] = (),
) -> Municipality:
    """The files of a municipality of so many dwellings, of which the share `strained` is in arrears at any time."""
    chance = Random(seed)
    days = list_days(today, months)
    homes = [home(chance, number, today) for number in range(1, dwellings - len(scripted) + 1)]
    owing = [_drawn(chance, months, strained) for _ in homes]
    newest_due = _newest_due(days[0])
    lists: list[ArrearsList] = []
    for number, on in days.items():
        due = months_before(newest_due, -number)
        owed = [(each, _claims(each, unpaid[number], due)) for each, unpaid in zip(homes, owing, strict=True)]
        owed += [(each.home, _told(each, number, due, days)) for each in scripted]
        rows = [_row(each, claim, on) for each, claims in owed for claim in claims]
        chance.shuffle(rows)
        lists.append(_arrears_list(number, on, rows if number else [*rows, *_unreadable(chance, rows)]))
    everybody = sorted([*homes, *(each.home for each in scripted)], key=lambda each: each.contract_no)
    return Municipality(register=_register(everybody), lists=tuple(lists))


def home(chance: Random, number: int, today: date) -> Home:
    """A tenancy with everything drawn."""
    where = chance.choices(names.DISTRICTS, [each.weight for each in names.DISTRICTS])[0]
    children = chance.choices(range(5), (62, 16, 13, 6, 3))[0]
    lease_to = _lease_to(chance, today)
    return Home(
        contract_no=f"K{2_600_000 + number}",
        name=f"{chance.choice(names.GIVEN_NAMES)} {chance.choice(names.FAMILY_NAMES)}",
        national_id=names.national_id(names.born(chance.randint(22, 78), today, chance), chance),
        address=names.street(chance),
        district=where,
        kind=chance.choices(("ordinær", "trygdebolig", "servicebolig", "bofellesskap"), (58, 18, 16, 8))[0],
        rent=chance.randrange(6_200, 13_000, 100),
        lease_from=months_before(lease_to or today, chance.choice((36, 60))),
        lease_to=lease_to,
        members=1 + children + chance.choices((0, 1, 2), (60, 35, 5))[0],
        children=children,
        phone=names.phone(chance) if chance.random() < 0.9 else "",
        language=chance.choices(names.LANGUAGES, names.LANGUAGE_WEIGHTS)[0],
        clause=chance.choices(("ja", "nei", ""), (80, 5, 15))[0],
    )


def _lease_to(chance: Random, today: date) -> date | None:
    """Open-ended, just run out, running out soon, or with years to go."""
    earliest, latest = chance.choices(((0, 0), (-150, -1), (1, 90), (91, 1500)), (15, 4, 7, 74))[0]
    return today + timedelta(days=chance.randint(earliest, latest)) if latest else None


Months = tuple[float, ...]
"""What is unpaid of each month, newest first, as shares of its rent; 0 where the month is paid."""


def _drawn(chance: Random, months: int, strained: float) -> dict[int, Months]:
    """List number → what is unpaid."""
    enters = min(GETS_WELL * strained / (1 - strained), 1)
    unpaid: Months = ()
    bad, before = chance.random() < strained, False
    found: dict[int, Months] = {}
    for number in range(1 - months, 1):
        turns = GETS_WELL if bad else min(enters * (RETURNS_MORE_EASILY if before else 1), 1)
        if chance.random() < turns:
            bad, before = not bad, before or bad
        unpaid = _month(chance, unpaid) if bad else ()
        found[number] = unpaid
    return found


def _month(chance: Random, unpaid: Months) -> Months:
    """A month gone by in strained times: mostly nothing paid, sometimes half, sometimes the new rent and no more."""
    paid = chance.choices((0.0, 0.5, 1.0), (60, 15, 25))[0] if unpaid else chance.choices((0.0, 0.5), (85, 15))[0]
    return (1.0 - paid, *unpaid)[:MOST_MONTHS_OWED]


def _newest_due(on: date) -> date:
    """The first of the last month whose rent has been unpaid long enough to be listed on the day."""
    return (on - timedelta(days=LISTED_FROM_DAYS)).replace(day=1)


def _claims(home: Home, unpaid: Months, newest_due: date) -> list[_Owed]:
    shares = enumerate(unpaid)
    return [_Owed(months_before(newest_due, back), round(home.rent * share)) for back, share in shares if share]


def _told(script: Scripted, number: int, newest_due: date, days: Mapping[int, date]) -> list[_Owed]:
    """Whole months from the newest back, the oldest claim with what is left of it."""
    total, rent = script.owed.get(number, 0), script.home.rent
    told = [days[at] + timedelta(days=after) for at, after in script.petitioned.items() if at <= number]
    petitioned_on = next((last_working_day(day) for day in told if day <= days[number]), None)
    count = -(-total // rent)
    parts = [rent] * (count - 1) + [total - rent * (count - 1)] if count else []
    return [_Owed(months_before(newest_due, back), part, petitioned_on) for back, part in enumerate(parts)]


def _row(home: Home, claim: _Owed, on: date) -> list[str]:
    due_on = claim.due_on
    return [
        home.contract_no,
        names.kid(home.contract_no),
        *(home.name, home.national_id, home.address),
        *(home.district.postal_code, home.district.city, home.district.name),
        *(home.kind, _kroner(home.rent)),
        f"F{due_on:%y%m}{home.contract_no[1:]}",
        _day(due_on),
        _kroner(home.rent),
        _kroner(claim.outstanding),
        *("0,00", "0,00"),
        _sent(due_on, REMINDED_AFTER_DAYS, on),
        _sent(due_on, DEMANDED_AFTER_DAYS, on),
        _day(claim.petitioned_on),
        home.phone,
    ]


def _sent(due_on: date, after_days: int, on: date) -> str:
    """The day a letter went out, once that has come."""
    sent_on = next_working_day(due_on + timedelta(days=after_days))
    return _day(sent_on) if sent_on <= on else ""


def _unreadable(chance: Random, rows: Sequence[list[str]]) -> list[list[str]]:
    """Slips of the hand as they come: a lost contract number, a word for an amount, a day that is none, a row twice."""
    if not rows:
        return []
    slips: tuple[Callable[[list[str]], None], ...] = (
        lambda row: row.__setitem__(LIST_HEADER.index("Kontraktsnr"), ""),
        lambda row: row.__setitem__(LIST_HEADER.index("Restanse"), "ca. 8000"),
        lambda row: row.__setitem__(LIST_HEADER.index("Forfall"), f"31.02.{row[LIST_HEADER.index('Forfall')][-4:]}"),
    )
    spoilt = []
    for place, slip in enumerate(slips):
        row = list(chance.choice(rows))
        row[LIST_HEADER.index("Fakturanr")] += f"-{place + 2}"
        slip(row)
        spoilt.append(row)
    return [*spoilt, list(rows[0])]


def _arrears_list(number: int, on: date, rows: Sequence[Sequence[str]]) -> ArrearsList:
    """Every second list as an old system writes it, in Windows-1252; the newest in UTF-8."""
    text = _csv(LIST_HEADER, rows)
    data = text.encode("cp1252") if number % 2 else text.encode("utf-8-sig")
    return ArrearsList(name=f"restanseliste-{on}.csv", data=data, on=on, number=number)


def _register(homes: Sequence[Home]) -> File:
    rows = [
        [
            *(home.contract_no, f"B{home.contract_no[3:]}", home.name, home.national_id, home.address),
            *(home.district.postal_code, home.district.city, home.district.name, home.kind, _kroner(home.rent)),
            *(_day(home.lease_from), _day(home.lease_to), str(home.members), str(home.children)),
            *(home.phone, home.language, names.kid(home.contract_no), home.clause),
        ]
        for home in homes
    ]
    return File(name=REGISTER_NAME, data=_csv(REGISTER_HEADER, rows).encode("utf-8-sig"))


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The file says itself that nobody in it is real."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([(names.INVENTED,), header, *rows])
    return text.getvalue()


def _kroner(amount: int) -> str:
    return f"{amount:,}".replace(",", " ") + ",00"


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
