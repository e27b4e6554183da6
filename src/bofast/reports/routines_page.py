"""The arithmetic on routines as the page shows it: what the year says of the assumptions, and the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from bofast.access.templatetags.written import kr
from bofast.domain import costs, routines
from bofast.domain.costs import Party
from bofast.domain.money import parse_amount
from bofast.domain.rates import NoRate
from bofast.domain.routines import CollectorDays, EarlierList, PlanEffect, Policy, Route
from bofast.domain.statistics import CaseFact, Question
from bofast.reports.forms import RoutinesForm

Document = Mapping[str, Any]
PAYERS = {
    Party.TENANT: gettext_lazy("The tenant"),
    Party.LANDLORD: gettext_lazy("The landlord"),
}
"""Who pays first on the way to a petition."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The two routes beside each other, øre."""

    collector: int
    directly: int

    @property
    def less(self) -> int:
        """How much less the direct route is."""
        return self.collector - self.directly


@dataclass(frozen=True, kw_only=True)
class Routes:
    """The two routes to a petition for all the cases."""

    collector: Route
    directly: Route
    payers: Sequence[tuple[str, Line]]
    writing: Line
    total: Line
    covered: Line


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers; those of single cases only for the case team, and none where the fees of that time are unknown.

    `zero_share` and `routes` are None while a number they rest on is not filled in.
    """

    petition_fee: int
    zero_share: int | None
    routes: Routes | None
    plans: PlanEffect | None
    earlier: EarlierList | None


def known(document: Document) -> dict[str, str]:
    """What the year's numbers say of the assumptions; a number that is hidden or unknown is left to the reader."""
    known = "income" not in document.get("not_recorded", ())
    entitled = document["figures"]["8"]["rows"][0]["count"] if known else None
    petitions = document["tables"]["6"]["petitions"]
    arrears = next(row["value"] for row in document["tables"]["2"]["rows"] if row["key"] == "mean_arrears")
    return {
        "on": document["period"]["from"],
        "households": "" if entitled is None else str(entitled),
        "petitions": "" if petitions is None else str(petitions),
        "debt": kr(parse_amount(arrears)) if arrears else "",
    }


def answers(form: RoutinesForm, question: Question, facts: Sequence[CaseFact] | None) -> Answers | None:
    """What follows from the assumptions of a valid form; None where the fees of that time are not known."""
    given = form.cleaned_data
    due_on, households = given["on"], given["households"]
    try:
        fee, routes = costs.petition_fee(due_on).amount, _routes(given, due_on)
    except NoRate:
        return None
    return Answers(
        petition_fee=fee,
        zero_share=None if households is None else routines.zero_share_cost(households=households, petition_fee=fee),
        routes=routes,
        plans=_plans(given, question, facts),
        earlier=_earlier(given, question, facts, fee),
    )


def _routes(given: Mapping[str, Any], due_on: date) -> Routes | None:
    """The two routes; None while a number they rest on is not filled in. Raises NoRate."""
    many, debt = given["petitions"], given["debt"]
    if many is None or debt is None:
        return None
    days = CollectorDays(**{step: given[step] for step in ("reminded", "demanded", "petitioned")})
    collector = routines.through_collector(debt=debt, due_on=due_on, days=days, writing=given["writing"])
    directly = routines.directly(debt=debt, due_on=due_on, notice_after=given["notice_after"])
    return Routes(
        collector=collector,
        directly=directly,
        payers=_payers(collector, directly, many),
        writing=Line(collector=collector.writing * many, directly=directly.writing * many),
        total=Line(collector=collector.a_case * many, directly=directly.a_case * many),
        covered=Line(
            collector=routines.percent_of(collector.collection * many, given["covered"]),
            directly=routines.percent_of(directly.collection * many, given["covered"]),
        ),
    )


def _payers(collector: Route, directly: Route, many: int) -> list[tuple[str, Line]]:
    """Who pays first, øre for all the cases; interest is the tenant's."""
    paid = [costs.by_payer(route.items) for route in (collector, directly)]
    for sums, route in zip(paid, (collector, directly), strict=True):
        sums[Party.TENANT] = sums.get(Party.TENANT, 0) + route.interest
    return [
        (str(name), Line(collector=paid[0].get(party, 0) * many, directly=paid[1].get(party, 0) * many))
        for party, name in PAYERS.items()
    ]


def _mine(question: Question, facts: Sequence[CaseFact]) -> list[CaseFact]:
    return [fact for fact in facts if question.district in (None, fact.district)]


def _plans(given: Mapping[str, Any], question: Question, facts: Sequence[CaseFact] | None) -> PlanEffect | None:
    if facts is None:
        return None
    return routines.plans_under(
        (fact for fact in _mine(question, facts) if fact.opened_on in question.period),
        policy=Policy(monthly=given["monthly"], months=given["months"]),
        other=Policy(monthly=given["other_monthly"], months=given["other_months"]),
        means_percent=given["means"],
    )


def _earlier(
    given: Mapping[str, Any], question: Question, facts: Sequence[CaseFact] | None, fee: int
) -> EarlierList | None:
    if facts is None:
        return None
    return routines.list_earlier(
        _mine(question, facts),
        question.period,
        days=given["days"],
        needed=given["needed"],
        stopped_percent=given["stopped"],
        petition_fee=fee,
    )
