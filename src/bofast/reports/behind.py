"""The cases behind a number, for those who may see them.

A key is one or more conditions with commas between, each a part of a division of the cases (`outcome.evicted`,
`gender.men`), an event of the period (`petitions`), or `cases`. Every condition rests on a part of a case, and only who
sees all of those parts opens the number: the landlord's side must not learn of income or help by way of a statistic.
A key of the work (`work/...`) is a number's place in its tables (`work_page`), and opens to the case team alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bofast.access.need_to_know import Door, Viewer
from bofast.arrears.models import RegisteredCase
from bofast.cases.models import Case
from bofast.cases.queries.reach import held_by, visible
from bofast.domain.findings import Part
from bofast.domain.statistics import CaseFact, Period
from bofast.domain.statistics.agencies import EVENTS
from bofast.domain.statistics.groups import GROUPS, INCOME_BY_GENDER, RESOLUTIONS, Group, is_zero_share
from bofast.domain.statistics.numbers import Amount, Number
from bofast.reports import queries
from bofast.reports.rights import may_unmask
from bofast.reports.work import work_done

ENTITLED = Group(("zero_share", "others"), lambda fact: "zero_share" if is_zero_share(fact) else "others")
DIVISIONS: Mapping[str, Group] = {
    **GROUPS,
    "resolution": RESOLUTIONS,
    "monthly_income": INCOME_BY_GENDER,
    "zero_share": ENTITLED,
    "zero_share_households": ENTITLED,
}
ALL = "cases"
WORK = "work/"
PARTS: Mapping[str, Part] = {
    ALL: Part.IDENTITY,
    "arrears": Part.MONEY,
    **dict.fromkeys(EVENTS, Part.PROCEDURE),
    **dict.fromkeys(("outcome", "resolution", "contact", "zero_share", "zero_share_households"), Part.HELP),
}
"""What a condition rests on; the others tell of the household."""

Condition = Callable[[CaseFact, Period], bool]


class UnknownKey(ValueError):  # noqa: N818 (it reads as what it says)
    """A key that names no number of the report."""


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Case numbers behind a number: our own cases that the viewer may open, and the register's, which have no page."""

    own: list[str]
    registered: list[str]


def may_open(key: str, viewer: Viewer) -> bool:
    """Whether the viewer may see which cases are behind the number."""
    if key.startswith(WORK):
        return viewer.opens(Door.BEHIND) and may_unmask(viewer)
    return viewer.opens(Door.BEHIND) and all(
        viewer.sees(PARTS.get(term.partition(".")[0], Part.HOUSEHOLD)) for term in key.split(",")
    )


def cases_behind(
    key: str, period: Period, district: str | None, viewer: Viewer, *, agency: str | None = None
) -> Behind:
    """The cases a number counts. Raises UnknownKey.

    Of the register only the case team learns: its cases are nobody's own, and a small number would be told.
    """
    conditions = [_condition(term) for term in key.split(",")]

    def counts(fact: CaseFact) -> bool:
        asked_for = district in (None, fact.district) and (agency is None or agency in fact.handled_by)
        return asked_for and all(holds(fact, period) for holds in conditions)

    mine = _mine(viewer)
    return Behind(
        own=[number for number, fact in _own(aid=viewer.sees(Part.AID)) if number in mine and counts(fact)],
        registered=sorted(number for number, fact in _registered() if counts(fact)) if may_unmask(viewer) else [],
    )


def behind_work(
    key: str, period: Period, district: str | None, viewer: Viewer, on: date, *, agency: str | None = None
) -> Behind:
    """The cases a number of the work counts, as known on a day. Raises UnknownKey."""
    table, _slash, place = key.removeprefix(WORK).partition("/")
    name, _slash, column = place.rpartition("/")
    rows = work_done(district, viewer.parts, agency=agency).tables(period, on).get(table, [])
    number = next((row.get(column) for row in rows if row["key"] == name), None)
    if not isinstance(number, (Number, Amount)):
        raise UnknownKey(key)
    return Behind(own=sorted(set(number.cases) & _mine(viewer)), registered=[])


def _mine(viewer: Viewer) -> set[str]:
    known = visible(Case.objects.all(), viewer)
    whole = known if viewer.operator or viewer.reaches_all else known.filter(held_by(viewer))
    return set(whole.values_list("number", flat=True))


def _own(*, aid: bool) -> Iterator[tuple[str, CaseFact]]:
    """Our own cases with their numbers: `own_cases` gives them in the order of their numbers."""
    numbers = Case.objects.order_by("number").values_list("number", flat=True)
    return zip(numbers, queries.own_cases(aid=aid), strict=True)


def _registered() -> Iterator[tuple[str, CaseFact]]:
    rows = RegisteredCase.objects.values_list("case_no", "opened_on", "district", "values")
    for number, *row in rows.iterator(chunk_size=queries.READ_AT_ONCE):
        yield number, queries._registered(*row)


def _condition(term: str) -> Condition:
    name, dot, value = term.partition(".")
    if term == ALL:
        return lambda fact, period: fact.opened_on in period
    if term in EVENTS:
        return lambda fact, period: any(day in period for day in getattr(fact, EVENTS[term]))
    if not dot or name not in DIVISIONS:
        raise UnknownKey(term)
    key_of = DIVISIONS[name].key_of
    return lambda fact, period: fact.opened_on in period and key_of(fact) == value
