"""Let the demo's past happen, in the order it happened: lists come in, are assessed, and people do their work."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction

from bofast.access.models import User
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import ReceivedFile
from bofast.cases.actions.assess import assess
from bofast.config.demo.borders import Borders, organise
from bofast.config.demo.doings import Doing, do
from bofast.config.demo.municipality import REGISTER_NAME, ArrearsList, generate
from bofast.config.demo.people import move_in
from bofast.config.demo.routine import Routine
from bofast.config.demo.screening import Round
from bofast.config.demo.stories import stories

SEED = 2006
DWELLINGS = 900
NAME = "Demokommunen"
REFERENCE_YEAR = Path(__file__).parent / "bergen_2006"
REFERENCE_SENDER = "Bergen 2006"
VISIBLE_FROM_LIST = -2
WEEK = timedelta(days=7)


def is_demo() -> bool:
    """Whether this database holds the demo."""
    return ReceivedFile.objects.filter(name=REGISTER_NAME).exists()


def is_empty() -> bool:
    """Whether this database holds nothing at all yet."""
    return not ReceivedFile.objects.exists() and not User.objects.exists()


def named(home: Path) -> str:
    """The municipality's name, kept in BOFAST_HOME so that `bofast serve` knows it too."""
    (home / settings.DEMO_NAME).write_text(NAME, "utf-8")
    return NAME


@transaction.atomic
def load(today: date, *, secret: str, told: Callable[[date], None], dwellings: int = DWELLINGS) -> list[Doing]:
    """Fill an empty database: all of it or nothing. Returns what the stories tell and the rules barred: none.

    `told` hears of each list as it comes in. `secret` becomes every demo user's password.
    """
    people = move_in(secret)
    organise(people, today)
    for path in sorted(REFERENCE_YEAR.glob("*.csv")):
        receive_file(Delivery(data=path.read_bytes(), name=path.name, sender=REFERENCE_SENDER))
    told_of = stories()
    town = generate(today, seed=SEED, dwellings=dwellings, scripted=[story.scripted(today) for story in told_of])
    receive_file(Delivery(data=town.register.data, name=town.register.name))
    days = {each.number: each.on for each in town.lists}
    script = sorted((doing for story in told_of for doing in story.doings(days, today)), key=lambda doing: doing.on)
    barred: list[Doing] = []
    for arrived, following in _with_next(town.lists, today):
        told(arrived.on)
        file, _known = receive_file(Delivery(data=arrived.data, name=arrived.name))
        assess(on=arrived.on)
        of_story = [doing for doing in script if arrived.on <= doing.on < following]
        asked = Round(
            number=arrived.number, file=file, until=following, people=people, chance=Random(SEED + arrived.number)
        )
        asked.hand_out()
        barred += _live(arrived, following, of_story, people)
        asked.answer(frozenset(story.contract_no for story in told_of))
    Borders(people, today).cross()
    assess(on=today)
    return barred


def _with_next(lists: Sequence[ArrearsList], today: date) -> Iterator[tuple[ArrearsList, date]]:
    """Each list with the day the next one comes, which for the newest is tomorrow."""
    following = [each.on for each in lists[1:]] + [today + timedelta(days=1)]
    return zip(lists, following, strict=True)


def _live(arrived: ArrearsList, until: date, script: Sequence[Doing], people: dict[str, User]) -> list[Doing]:
    """The weeks until the next list. Returns what of the script was barred."""
    routine = Routine(number=arrived.number, on=arrived.on, chance=Random(SEED + arrived.number))
    told_of = frozenset(story.contract_no for story in stories())
    usual = [doing for doing in routine.doings(told_of) if doing.on < until]
    assessed_on = arrived.on
    barred = []
    for doing in sorted([*script, *usual], key=lambda doing: doing.on):
        while arrived.number >= VISIBLE_FROM_LIST and doing.on >= assessed_on + WEEK:
            assessed_on += WEEK
            assess(on=assessed_on)
        if do(doing, people) and doing in script:
            barred.append(doing)
    return barred
