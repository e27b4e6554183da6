"""Table 2, figures 1, 2 and 4 to 9, resolutions and costs: counted from the cases opened in the period.

Each function takes the facts of those cases and returns the rows of one table or figure. Percent are whole, half up,
of all cases; the mean age has one decimal; amounts are kroner as decimal strings.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from bofast.domain.money import ORE_PER_KRONE, as_kroner, half_up, whole_percent
from bofast.domain.statistics.facts import CaseFact, Contact, Gender, Income, Outcome
from bofast.domain.statistics.groups import GROUPS, INCOME_BY_GENDER, RESOLUTIONS, Tally, cross, is_zero_share

Row = dict[str, Any]
Facts = Sequence[CaseFact]


def share(key: str, count: int, of: int) -> Row:
    """A count with its whole percent of all cases."""
    return {"key": key, "count": count, "percent": whole_percent(count, of)}


def shares(tally: Tally, prefix: str = "") -> list[Row]:
    """A row for each part of a division."""
    cases = sum(tally.values())
    return [share(prefix + key, count, cases) for key, count in tally.items()]


def table_2(facts: Facts) -> list[Row]:
    """Cases by mapped variables."""
    cases = len(facts)
    genders = GROUPS["gender"].tally(facts)
    owed = [fact.arrears for fact in facts if fact.arrears is not None]
    return [
        share("cases", cases, cases),
        share("men", genders.pop("men"), cases),
        share("women", genders.pop("women"), cases),
        *(share(f"gender.{key}", count, cases) for key, count in genders.items()),
        {"key": "mean_age", "value": mean_age(facts)},
        share("single", GROUPS["single"].tally(facts)["single"], cases),
        share("with_children", GROUPS["children"].tally(facts)["with_children"], cases),
        {"key": "mean_arrears", "value": _mean_amount(owed)},
        {"key": "total_arrears", "value": as_kroner(sum(owed))},
        share("active_social_contact", GROUPS["contact"].tally(facts)["active"], cases),
        *shares(GROUPS["income"].tally(facts), "income."),
        *shares(GROUPS["outcome"].tally(facts), "outcome."),
    ]


def mean_age(facts: Facts) -> str | None:
    """Mean of the ages that are known, one decimal half up; None when none is."""
    ages = [fact.age for fact in facts if fact.age is not None]
    if not ages:
        return None
    return str((Decimal(sum(ages)) / len(ages)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _mean_amount(amounts: Sequence[int]) -> str | None:
    if not amounts:
        return None
    return as_kroner(half_up(Fraction(sum(amounts), len(amounts) * ORE_PER_KRONE)))


def figure_1(facts: Facts) -> list[Row]:
    """Cases by gender."""
    return shares(GROUPS["gender"].tally(facts))


def figure_2(facts: Facts) -> list[Row]:
    """Income type by outcome."""
    cells = cross(facts, GROUPS["income"].key_of, GROUPS["outcome"].key_of)
    return [
        {"key": income} | {outcome: cells.get((income, outcome), 0) for outcome in GROUPS["outcome"].keys}
        for income in GROUPS["income"].keys
    ]


def figure_4(facts: Facts) -> list[Row]:
    """Cases by members of the household."""
    return counts(GROUPS["members"].tally(facts))


def counts(tally: Tally) -> list[Row]:
    """A row of key and count for each part of a division."""
    return [{"key": key, "count": count} for key, count in tally.items()]


def figure_5(facts: Facts) -> list[Row]:
    """Monthly income by gender."""
    men, women = (
        INCOME_BY_GENDER.tally(fact for fact in facts if fact.gender is gender) for gender in (Gender.MEN, Gender.WOMEN)
    )
    return [{"key": band, "men": men[band], "women": women[band]} for band in INCOME_BY_GENDER.keys]


def figure_6(facts: Facts) -> list[Row]:
    """Cases by contact with the social services when the list was handed out."""
    return shares(GROUPS["contact"].tally(facts))


def figure_7(facts: Facts) -> list[Row]:
    """Cases by size of the claim at registration."""
    return counts(GROUPS["arrears"].tally(facts))


def figure_8(facts: Facts) -> list[Row]:
    """Referred to housing benefit with social assistance as only income."""
    entitled = sum(map(is_zero_share, facts))
    return [
        share("zero_share_households", entitled, len(facts)),
        share("others", len(facts) - entitled, len(facts)),
    ]


def figure_9(facts: Facts) -> list[Row]:
    """Cases by outcome."""
    return shares(GROUPS["outcome"].tally(facts), "outcome.")


def resolutions(facts: Facts) -> list[Row]:
    """What stopped the cases that were stopped."""
    return counts(RESOLUTIONS.tally(fact for fact in facts if fact.outcome is Outcome.STOPPED))


def gender_by_outcome(facts: Facts) -> dict[str, Row]:
    """Men and women among the evicted and the stopped."""
    cells = cross(facts, GROUPS["outcome"].key_of, GROUPS["gender"].key_of)
    return {
        outcome: {gender: cells.get((outcome, gender), 0) for gender in ("men", "women")}
        for outcome in ("evicted", "stopped")
    }


RECORDED: Mapping[str, Callable[[CaseFact], bool]] = {
    "gender": lambda fact: fact.gender is not Gender.UNKNOWN,
    "age": lambda fact: fact.age is not None,
    "single": lambda fact: fact.single is not None,
    "children": lambda fact: fact.children is not None,
    "members": lambda fact: fact.members is not None,
    "contact": lambda fact: fact.contact is not Contact.OTHER,
    "income": lambda fact: fact.income is not Income.UNKNOWN,
    "monthly_income": lambda fact: fact.monthly_income is not None,
    "arrears": lambda fact: fact.arrears is not None,
}
"""What makes something of a case known."""


def not_recorded(facts: Facts) -> list[str]:
    """What is not known of any of these cases, so that a nought says nothing; nothing of no cases."""
    return [name for name, known in RECORDED.items() if facts and not any(map(known, facts))]


def hypothetical_costs(facts: Facts, fees: Mapping[str, tuple[int, int]]) -> Row:
    """What might have been paid, hypothetical in the report itself.

    Petition and execution of every stopped case; the petition of every zero-share household. `fees`: by reading, øre of
    a petition and of an execution.
    """
    stopped = sum(fact.outcome is Outcome.STOPPED for fact in facts)
    entitled = sum(map(is_zero_share, facts))
    return {
        "public_fees_of_stopped": {name: as_kroner(stopped * sum(fee)) for name, fee in fees.items()},
        "petition_fees_of_zero_share": {name: as_kroner(entitled * fee[0]) for name, fee in fees.items()},
    }
