"""What is hidden of a half-year: the two halves and their year are masked together, since they add up.

The year is masked first and for itself, with its districts (`masking`), so a half-year never costs the year a number.
Then each division is crossed with the halves: the year's numbers are the sums of the columns, the halves' numbers of
cases those of the rows, and `hidden_cells` does the rest. Two rows cover each other, so both halves hide the same.

Only the whole city is told by half-year. The year's districts and the city's halves then have nothing in common but
the year's own numbers, and whatever fits the one and whatever fits the other fit together. District by half-year would
close the ring, and no choice of hidden numbers would be known to be enough. Of a half-year no table of two
characteristics is told, for the same reason.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from bofast.domain.statistics.facts import CaseFact, Outcome, Period
from bofast.domain.statistics.groups import GROUPS, INCOME_BY_GENDER, RESOLUTIONS, ZERO_SHARE, Group, cross
from bofast.domain.statistics.masking import (
    ASSISTANCE,
    CARRIED_OUT,
    DIVISIONS,
    NOTHING,
    SHOWN_OUTCOMES,
    Hidden,
    all_cells,
    all_resolutions,
    assisted,
    everything,
    hidden_events,
    hidden_in_city,
    stopped,
)
from bofast.domain.suppression import hidden_cells, hidden_parts

Facts = Sequence[CaseFact]
ROWS = ("1", "2")


def _half(fact: CaseFact) -> str:
    return ROWS[fact.opened_on.month > 6]


def hidden_in_half(facts: Facts) -> Hidden:
    """What is hidden of either half, out of all the cases opened in the year."""
    year, halves = hidden_in_city(facts), Counter(map(_half, facts))
    if year.everything or hidden_parts({half: halves[half] for half in ROWS}):
        return everything(facts)
    parts = {name: _crossed(facts, group, year.parts[name]) for name, group in DIVISIONS.items()}
    without = ZERO_SHARE.keys if ASSISTANCE in parts["income"] else year.parts["zero_share"]
    parts["zero_share"] = _crossed(assisted(facts), ZERO_SHARE, without)
    return Hidden(
        parts=parts,
        income_by_outcome=all_cells(GROUPS["income"].keys, GROUPS["outcome"].keys),
        income_by_gender=all_cells(INCOME_BY_GENDER.keys, ("men", "women")),
        gender_by_outcome=all_cells(SHOWN_OUTCOMES, ("men", "women")),
        resolutions=all_resolutions(facts)
        if Outcome.STOPPED in parts["outcome"]
        else _crossed(stopped(facts), RESOLUTIONS, year.resolutions),
    )


def _crossed(facts: Facts, group: Group, hidden: Collection[str]) -> frozenset[str]:
    """The parts of a division that are hidden of the halves, where the year hides these."""
    cells = cross(facts, _half, group.key_of)
    columns = [*group.keys, *sorted({column for _, column in cells} - set(group.keys))]
    return frozenset(column for _, column in hidden_cells(cells, rows=ROWS, columns=columns, hidden_columns=hidden))


def hidden_events_of_half(facts: Facts, year: int, hidden_cases: Hidden) -> frozenset[str]:
    """Which of our own petitions, withdrawals and executions are hidden of either half: what one hides, both do.

    `hidden_cases`: what is hidden of the cases opened in either half.
    """
    periods = (Period.of_year(year), Period.of_half(year, 1), Period.of_half(year, 2))
    hidden = NOTHING.union(*(hidden_events(facts, period) for period in periods))
    carried_out = any(hidden_cases.part("outcome", key) for key in CARRIED_OUT)
    return hidden | {"executed"} if carried_out else hidden
