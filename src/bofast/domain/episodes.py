"""Arrears episodes: how long a household was on one sender's lists without a break, and whether it came back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bofast.domain.calendar import years_after

RELAPSE_YEARS = 1


@dataclass(frozen=True, kw_only=True)
class Episode:
    """One unbroken presence on the lists. `cleared_on` is the day of the first list without the household, None while
    it lasts; `relapse_of` the day the former episode was cleared, when this one began within 12 months of it."""

    started_on: date
    last_listed_on: date
    cleared_on: date | None = None
    relapse_of: date | None = None


def episodes(list_days: Sequence[date], present_on: Collection[date]) -> tuple[Episode, ...]:
    """The episodes of one household on one sender's lists, oldest first; the order of arrival does not matter."""
    found: list[Episode] = []
    for day in sorted(set(list_days) | set(present_on)):
        running = found[-1] if found and found[-1].cleared_on is None else None
        if day in present_on and running:
            found[-1] = replace(running, last_listed_on=day)
        elif day in present_on:
            found.append(Episode(started_on=day, last_listed_on=day, relapse_of=_relapse_of(found, day)))
        elif running:
            found[-1] = replace(running, cleared_on=day)
    return tuple(found)


def _relapse_of(former: Sequence[Episode], day: date) -> date | None:
    """The twelve months run to the same date next year, that day included."""
    cleared_on = former[-1].cleared_on if former else None
    return cleared_on if cleared_on and day <= years_after(cleared_on, RELAPSE_YEARS) else None
