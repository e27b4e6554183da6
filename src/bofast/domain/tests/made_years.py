"""Made years: registers of cases nobody has seen before, and a count of them in the plainest way there is."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

DISTRICTS = ("Arna", "Bergenhus", "Fana", "Årstad")
WORDS = {
    "gender": ("kvinne", "mann"),
    "income_type": ("trygd", "sosialhjelp", "arbeid", "kombinasjon", "annet", "ukjent"),
    "social_services_contact": ("aktiv", "ikke aktiv", "ukjent"),
    "outcome": ("utkastet", "stoppet", "gjeninnsatt", "flyttet", "uavklart"),
    "resolution": (
        "betalt selv", "dekket av sosialtjenesten", "bostøtte", "nedbetalingsavtale", "garanti fra sosialtjenesten",
        "ny kontrakt", "annet",
    ),
}  # fmt: skip
COLUMNS = (
    "case_no", "district", "opened_on", "gender", "age", "household_members", "children", "single", "income_type",
    "monthly_income", "arrears_at_opening", "social_services_contact", "handled_by", "referred_housing_benefit",
    "petitioned_on", "withdrawn_on", "evicted_on", "reinstated_on", "outcome", "resolution", "outcome_on",
)  # fmt: skip
Row = dict[str, Any]


def make(year: int, cases: int, *, seed: int = 1) -> list[Row]:
    """So many cases opened in the year, as the rows of a register; amounts in whole kroner."""
    chance = Random(f"{year} {seed}")
    return [_case(chance, f"{year}-{number:06}", year) for number in range(cases)]


def _case(chance: Random, case_no: str, year: int) -> Row:
    opened = date(year, 1, 1) + timedelta(days=chance.randrange(365))
    members = chance.randint(1, 8)
    row: Row = {key: chance.choice(words) for key, words in WORDS.items()}
    row |= {
        "case_no": case_no,
        "district": chance.choice(DISTRICTS),
        "opened_on": opened,
        "age": chance.choice([None, *range(18, 90)]),
        "household_members": members,
        "children": chance.randint(0, members - 1),
        "single": chance.choice(["ja", "nei"]),
        "monthly_income": chance.choice([None, 0, 5999, 6000, 11999, 12000, 15000, 40000]),
        "arrears_at_opening": chance.choice([0, 4999, 5000, 16754, 29999, 30000, 50000, 123456]),
        "referred_housing_benefit": chance.choice(["ja", "nei"]),
    }
    return row | _steps(chance, row["outcome"], opened)


def _steps(chance: Random, outcome: str, opened: date) -> Row:
    """Days of the procedure that fit the outcome; some fall in the next year."""
    days = [opened + timedelta(days=10 * step + chance.randrange(10)) for step in range(1, 4)]
    if outcome in ("utkastet", "gjeninnsatt"):
        return {
            "petitioned_on": days[0],
            "evicted_on": days[1],
            "reinstated_on": days[2] if outcome[0] == "g" else None,
        }
    if chance.random() < 0.5:
        return {"petitioned_on": days[0], "withdrawn_on": chance.choice([None, days[1]])}
    return {}


def as_register(rows: Sequence[Row]) -> bytes:
    """The register as a municipality's spreadsheet saves it."""
    lines = [";".join(COLUMNS)]
    lines += [";".join("" if row.get(key) is None else str(row[key]) for key in COLUMNS) for row in rows]
    return "\r\n".join(lines).encode()


def percent(part: int, whole: int) -> int:
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))


def how_many(rows: Sequence[Row], **wanted: Any) -> int:
    return sum(all(row.get(key) == value for key, value in wanted.items()) for row in rows)
