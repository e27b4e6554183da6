"""The one table of who may see which part of a case. Every page, reason, export and command goes through it.

Read aloud: "the landlord sees identity, money and procedure". What is not listed is not seen. Landlord and collector
see a neutral state instead of help; the steering group sees counts only; the administrator sees no cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bofast.domain.facts import Agency
from bofast.domain.findings import Part

WHOLE = frozenset(Part)
LEDGER_SIDE = frozenset({Part.IDENTITY, Part.MONEY, Part.PROCEDURE})
NOTHING: frozenset[Part] = frozenset()

NEED_TO_KNOW: Mapping[Agency, frozenset[Part]] = {
    Agency.LANDLORD: LEDGER_SIDE,
    Agency.COLLECTOR: LEDGER_SIDE,
    Agency.OUTREACH: WHOLE,
    Agency.SOCIAL_SERVICES: WHOLE,
    Agency.HOUSING_BENEFIT: NOTHING,
    Agency.DEBT_ADVICE: NOTHING,
    Agency.ENFORCEMENT_OFFICER: NOTHING,
    Agency.STEERING: NOTHING,
}

OWN_TEAM_ONLY = frozenset({Agency.SOCIAL_SERVICES})
"""Agencies that see a case only while their own team holds it; the others' cases are not theirs to know of."""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody who looks: what they may see, and in whose name it is logged.

    The operator of the installation (`operator` True) works on the command line and sees all; everybody else only what
    the table gives their agency.
    """

    name: str
    agency: Agency | None = None
    user_id: int | None = None
    team_id: int | None = None
    operator: bool = False
    administrator: bool = False

    @property
    def parts(self) -> frozenset[Part]:
        """The parts of a case this viewer may see."""
        if self.operator:
            return WHOLE
        if self.administrator or self.agency is None:
            return NOTHING
        return NEED_TO_KNOW[self.agency]

    def sees(self, part: Part) -> bool:
        """Whether that part of a case may be shown."""
        return part in self.parts

    @property
    def sees_cases(self) -> bool:
        """Whether any part of any case may be shown."""
        return bool(self.parts)

    @property
    def own_team_only(self) -> bool:
        """Whether only cases held by the viewer's own team may be shown."""
        return not self.operator and self.agency in OWN_TEAM_ONLY
