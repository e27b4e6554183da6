"""The households whose stories are told: read from `stories.yaml`, given a day, and turned into doings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml
from pydantic import TypeAdapter

from bofast.config.demo import names
from bofast.config.demo.doings import Doing
from bofast.config.demo.municipality import Home, Scripted
from bofast.domain.calendar import last_working_day, months_after, months_before, next_working_day

LEASE_MONTHS = 36
LEADER = "ingrid"


@dataclass(frozen=True, kw_only=True)
class When:
    """A working day so many days after a list's own day."""

    list: int
    days: int

    def on(self, days: Mapping[int, date], today: date) -> date:
        """The day; never one still to come, unless it lies weeks ahead on purpose."""
        wanted = next_working_day(days[self.list] + timedelta(days=self.days))
        return wanted if wanted <= today else last_working_day(min(wanted, today))


@dataclass(frozen=True, kw_only=True)
class Told(When):
    """One deed of a story; `does` as in `Doing`."""

    by: str
    does: str
    words: str = ""
    how: str = ""
    to: str = ""
    outcome: str = ""
    despite: str = ""
    scheduled: When | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """One household: who they are, what they owed on which list, and what was done."""

    contract_no: str
    name: str
    age: int
    district: str
    members: int
    rent: int
    lease_months_left: int
    owed: dict[int, int]
    holder: str
    deeds: list[Told]
    children: int = 0
    petitioned: dict[int, int] = field(default_factory=dict)

    def scripted(self, today: date) -> Scripted:
        """The household as the landlord's and the collector's books have it."""
        chance = Random(self.contract_no)
        lease_to = months_after(today, self.lease_months_left)
        home = Home(
            contract_no=self.contract_no,
            name=self.name,
            national_id=names.national_id(names.born(self.age, today, chance), chance),
            address=names.street(chance),
            district=names.district(self.district),
            kind="ordinær",
            rent=self.rent,
            lease_from=months_before(lease_to, LEASE_MONTHS),
            lease_to=lease_to,
            members=self.members,
            children=self.children,
            phone=names.phone(chance),
            language="nb",
            clause="ja",
        )
        return Scripted(home=home, owed=self.owed, petitioned=self.petitioned)

    def doings(self, days: Mapping[int, date], today: date) -> list[Doing]:
        """What was done, on the days it was done; first of all the team's leader gives the case to somebody."""
        given = Told(list=min(self.owed), days=0, by=LEADER, does="hand_over", to=self.holder)
        return [self._doing(told, days, today) for told in (given, *self.deeds)]

    def _doing(self, told: Told, days: Mapping[int, date], today: date) -> Doing:
        scheduled = told.scheduled
        return Doing(
            on=told.on(days, today),
            contract_no=self.contract_no,
            by=told.by,
            does=told.does,
            words=told.words,
            how=told.how,
            to=told.to,
            outcome=told.outcome,
            despite=told.despite,
            scheduled_on=next_working_day(days[scheduled.list] + timedelta(days=scheduled.days)) if scheduled else None,
        )


@cache
def stories() -> tuple[Story, ...]:
    """All of them; the first four are those of the report."""
    told = yaml.safe_load((Path(__file__).parent / "stories.yaml").read_text("utf-8"))
    return TypeAdapter(tuple[Story, ...]).validate_python(told)
