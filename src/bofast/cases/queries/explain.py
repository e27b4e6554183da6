"""One household on one day: amounts, stage, what stands in the way of each step, findings with law and facts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bofast.access.need_to_know import Viewer
from bofast.arrears.models import Tenancy
from bofast.cases.models import Case
from bofast.cases.queries.facts import case_on, facts_for
from bofast.cases.queries.reach import visible, within_reach
from bofast.cases.queries.worklist import finding_json
from bofast.domain import assessment as rules
from bofast.domain import procedure
from bofast.domain.facts import Facts
from bofast.domain.findings import Finding, Part
from bofast.domain.ledger import Account, account
from bofast.domain.money import as_kroner


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What follows for a household on a day, worked out from what was known of that day."""

    case: Case
    facts: Facts
    account: Account
    concluded: rules.Assessment
    steps: tuple[procedure.NextStep, ...]

    def findings(self, viewer: Viewer) -> list[Finding]:
        """Reasons, questions and what the account says, as far as the viewer may see them."""
        every = (*self.concluded.findings, *self.concluded.questions, *self.account.findings)
        return [finding for finding in every if viewer.sees(finding.part)]

    def steps_for(self, viewer: Viewer) -> tuple[procedure.NextStep, ...]:
        """The steps: whether one can be taken rests on the procedure and on what is owed, so on seeing both."""
        return self.steps if viewer.sees(Part.PROCEDURE) and viewer.sees(Part.MONEY) else ()


def find_case(key: str, viewer: Viewer, on: date) -> Case | None:
    """The case with that number, or the one of that contract as of the day; None when the viewer may not know of it."""
    allowed = visible(Case.objects.all(), viewer)
    found = allowed.select_related("tenancy__dwelling", "relapse_of", "team", "holder").filter(number=key).first()
    if found:
        return found
    tenancy = Tenancy.objects.filter(contract_no=key).first()
    case = case_on(tenancy, on) if tenancy else None
    return case if case and within_reach(case, viewer) else None


def explain(case: Case, on: date) -> Explanation:
    """Work the household's position on a day out anew."""
    facts = facts_for([case], on)[case.tenancy_id]
    return Explanation(
        case=case,
        facts=facts,
        account=account(facts.claims, on, listed_on=facts.listed_on),
        concluded=rules.assess(facts, on),
        steps=tuple(procedure.next_steps(facts, on)),
    )


def as_json(explanation: Explanation, viewer: Viewer, on: date, language: str) -> dict[str, Any]:
    """The contract's shape; amounts kroner as decimal strings, days ISO; without what the viewer may not know.

    `viewer` is the person as they stand before the case (`reach.before`).
    """
    owed = explanation.account
    return {
        "contract_no": explanation.case.tenancy.contract_no if viewer.sees(Part.IDENTITY) else None,
        "case": explanation.case.number or None,
        "on": on.isoformat(),
        **(_money_json(owed) if viewer.sees(Part.MONEY) else {}),
        "stage": explanation.concluded.stage.value if viewer.sees(Part.PROCEDURE) else None,
        "steps": [_step_json(step, language) for step in explanation.steps_for(viewer)],
        "findings": [finding_json(finding, language) for finding in explanation.findings(viewer)],
    }


def _money_json(owed: Account) -> dict[str, Any]:
    return {
        "principal": as_kroner(owed.principal),
        "interest": as_kroner(owed.interest),
        "fees": as_kroner(owed.fees),
        "total": as_kroner(owed.total),
        "claims": [
            {
                "due_on": line.claim.due_on.isoformat(),
                "outstanding": as_kroner(line.claim.outstanding),
                "interest": as_kroner(line.interest.amount) if line.interest else None,
            }
            for line in owed.claims
        ],
    }


def _step_json(step: procedure.NextStep, language: str) -> dict[str, Any]:
    return {
        "to": step.to.value if step.to else None,
        "deed": step.deed.value,
        "allowed": step.allowed,
        "obstacles": [
            {
                "code": finding.code,
                "text": finding.text(language),
                "law": finding.law or None,
                "hard": finding.hard,
            }
            for finding in step.obstacles
        ],
        "earliest_on": step.earliest_on.isoformat() if step.earliest_on else None,
    }
