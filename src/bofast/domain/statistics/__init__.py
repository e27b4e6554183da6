"""What we tell, as numbers: case facts, agency counts and a period → tables and figures, each with its definition."""

from bofast.domain.statistics.agencies import Counts
from bofast.domain.statistics.facts import (
    CaseFact,
    Contact,
    Count,
    Gender,
    Income,
    Outcome,
    Period,
    Profile,
    Resolution,
)
from bofast.domain.statistics.report import Material, NotMaskable, Question, is_maskable, report

__all__ = [
    "CaseFact",
    "Contact",
    "Count",
    "Counts",
    "Gender",
    "Income",
    "Material",
    "NotMaskable",
    "Outcome",
    "Period",
    "Profile",
    "Question",
    "Resolution",
    "is_maskable",
    "report",
]
