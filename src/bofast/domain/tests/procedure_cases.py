"""Households and deeds that the tests of the procedure share."""

from datetime import date, timedelta

from bofast.domain.facts import Claim, Deed, DeedCode, Facts, NoticeContent
from bofast.domain.procedure import obstacles

D = date
FULL = frozenset(NoticeContent)
WILL, AVOID = NoticeContent.WILL_PETITION, NoticeContent.AVOIDED_BY_PAYMENT
RENT = 900_000


def deed(code: str, on: D, **more: object) -> Deed:
    return Deed(code=DeedCode(code), on=on, **more)  # type: ignore[arg-type]


def notice(on: D, **more: object) -> Deed:
    return deed("notice", on, **{"content": FULL, **more})


def owing(*due_days: D, deeds: tuple[Deed, ...] = (), **more: object) -> Facts:
    first = min(due_days, default=D(2026, 1, 1)) + timedelta(days=14)
    known = {"first_listed_on": first, "listed_on": first, "clause": True, "monthly_rent": RENT, **more}
    claims = tuple(Claim(due_on=due, outstanding=RENT) for due in due_days)
    return Facts(claims=claims, deeds=deeds, **known)  # type: ignore[arg-type]


def hard(step: Deed, facts: Facts) -> set[str]:
    return {found.code for found in obstacles(step, facts) if found.hard}


def soft(step: Deed, facts: Facts) -> set[str]:
    return {found.code for found in obstacles(step, facts) if not found.hard}


MARCH = D(2026, 3, 2)
PETITIONED = (notice(MARCH), deed("petition", D(2026, 3, 16)))
SCHEDULED = (*PETITIONED, deed("date_set", D(2026, 3, 30), scheduled_on=D(2026, 4, 27)))
EVICTED = (*SCHEDULED, deed("eviction", D(2026, 4, 27)))
