"""The order of the report, that of the report of 2006: its sections, and which tables and figures stand in each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROGRAMME = "programme"
"""The table of the programme's own cost, which is no part of the statistics."""


@dataclass(frozen=True)
class Section:
    """One chapter: what it is called, what it tells, what the team is asked to write, the tables in their order."""

    title: Promise
    lead: Promise
    ask: Promise | None
    blocks: tuple[str, ...]


SECTIONS: Mapping[str, Section] = {
    "who": Section(
        _("Who does not pay the rent?"),
        _("The cases that were opened in the year, by what has been mapped of each household."),
        _("What stands out, and what may explain it? Do not write of single households."),
        ("table.2", "figure.1", "figure.2", "figure.4", "figure.5", "figure.6", "figure.7"),
    ),
    "petitions": Section(
        _("Petitions and evictions"),
        _("The agencies' own numbers. They count differently, so they stand side by side and are never merged."),
        _("What do the numbers bear, and what can not be compared?"),
        ("table.3", "table.4", "table.5", "disagreements", "goals"),
    ),
    "causes": Section(
        _("Possible causes"),
        _("What may have made the numbers rise or fall. More than one thing happens in a year."),
        _("Changes of law, of routines, of organisation; what the work itself may have done."),
        (),
    ),
    "done": Section(
        _("What was done, and how the cases ended"),
        _("How the cases ended, and what stopped those that were stopped."),
        _("What was tried, with whom, and what worked?"),
        ("figure.9", "resolutions", "gender_by_outcome"),
    ),
    "costs": Section(
        _("What petitions and evictions cost"),
        _("Public fees alone. Rent owed, interest and collection fees come on top."),
        _("Who pays in the end? What is not in the numbers?"),
        ("figure.3", "table.6", "costs", PROGRAMME),
    ),
    "proposals": Section(
        _("Proposals and their effect"),
        _("What would stop cases earlier, and how many households it concerns."),
        _("Which routines should change, and what would it take?"),
        ("figure.8",),
    ),
}

WORK = Section(
    _("Work in the year"),
    _("Counted from the cases worked here. Small numbers are not hidden: this part is for the case team alone."),
    None,
    (),
)
"""The last chapter of the case team's own copy; nobody writes in it, and it is never published."""
