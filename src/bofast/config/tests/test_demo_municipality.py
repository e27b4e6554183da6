"""The demo's files: everybody in them is invented, and the same day and seed give the same bytes."""

from collections import defaultdict
from datetime import date

import pytest

from bofast.config.demo import names
from bofast.config.demo.municipality import ArrearsList, Municipality, generate, list_days
from bofast.config.demo.stories import stories
from bofast.domain import files
from bofast.domain.calendar import is_working_day
from bofast.domain.files import Kind, ParsedFile, Row
from bofast.domain.files.identity import Verdict, judge, kid_agrees

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 22)


def demo(today: date = TODAY, seed: int = 2006) -> Municipality:
    told = [story.scripted(today) for story in stories()]
    return generate(today, seed=seed, dwellings=900, scripted=told)


@pytest.fixture(scope="module")
def town() -> Municipality:
    return demo()


def read(arrived: ArrearsList) -> ParsedFile:
    return files.parse(arrived.data, arrived.name, Kind.ARREARS)


def accepted(arrived: ArrearsList) -> list[Row]:
    return [row for row in read(arrived).rows if row.state == "accepted"]


def owed(arrived: ArrearsList) -> dict[str, int]:
    """Contract → kroner."""
    found: dict[str, int] = defaultdict(int)
    for row in accepted(arrived):
        found[row.values["contract_no"]] += row.values["outstanding"] // 100
    return found


@pytest.mark.parametrize(
    ("today", "newest", "before"),
    [
        ("2026-11-22", "2026-11-18", "2026-10-16"),
        ("2026-03-02", "2026-02-26", "2026-01-26"),
        ("2027-03-31", "2027-03-24", "2027-02-24"),
        ("2027-01-03", "2026-12-30", "2026-11-30"),
    ],
)
def test_the_newest_list_is_a_few_days_old_and_every_list_comes_on_a_working_day(
    today: str, newest: str, before: str
) -> None:
    days = list_days(date.fromisoformat(today))
    assert (days[0], days[-1]) == (date.fromisoformat(newest), date.fromisoformat(before))
    assert all(map(is_working_day, days.values()))
    assert len(set(days.values())) == len(days)


def test_the_same_day_and_seed_give_the_same_bytes_and_another_seed_others(town: Municipality) -> None:
    assert demo() == town
    assert demo(seed=7).register != town.register


def test_everybody_is_visibly_invented(town: Municipality) -> None:
    register = files.parse(town.register.data, town.register.name, Kind.REGISTER)
    told = {story.name for story in stories()}
    assert names.INVENTED in town.register.data.decode("utf-8-sig").splitlines()[0]
    assert len(register.rows) == 900
    for row in register.rows:
        assert row.state == "accepted"
        assert row.values["name"] in told or row.values["name"].split()[-1] in names.FAMILY_NAMES
        assert judge(row.values["national_id"]) is Verdict.TEST
        assert kid_agrees(row.values["kid"])
        assert row.values.get("phone", "00 00").startswith("00 00")
        assert row.values["address"].rsplit(" ", 1)[0] in names.STREETS


def test_the_eight_districts_are_all_there(town: Municipality) -> None:
    register = files.parse(town.register.data, town.register.name, Kind.REGISTER)
    assert {row.values["district"] for row in register.rows} == {each.name for each in names.DISTRICTS}
    assert len(names.DISTRICTS) == 8


@pytest.mark.parametrize("seed", [2006, 1, 2])
def test_each_of_the_visible_lists_has_new_continuing_and_cleared_households(seed: int) -> None:
    lists = [set(owed(arrived)) for arrived in demo(seed=seed).lists]
    for before, now in zip(lists[-4:-1], lists[-3:], strict=True):
        assert 40 <= len(now) <= 70
        assert now - before
        assert now & before
        assert before - now
    ever_before: set[str] = set().union(*lists[:-2])
    assert (lists[-1] - lists[-2]) & ever_before, "nobody came back"


def test_only_the_newest_list_has_rows_nobody_can_read(town: Municipality) -> None:
    *older, newest = town.lists
    assert all(row.state == "accepted" for arrived in older for row in read(arrived).rows)
    states = [row.state for row in read(newest).rows]
    assert (states.count("quarantined"), states.count("doubled")) == (3, 1)
    faults = {fault.code for row in read(newest).rows for fault in row.faults}
    assert len(faults) == 3


def test_every_second_list_comes_from_an_old_system(town: Municipality) -> None:
    newest, before = town.lists[-1].data, town.lists[-2].data
    assert newest.startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        before.decode("utf-8")


@pytest.mark.parametrize(
    ("contract", "amounts"),
    [
        ("K2690001", {0: 33_550}),
        ("K2690002", {0: 24_636}),
        ("K2690003", {-4: 34_000, -3: 0, -2: 0, -1: 0, 0: 25_500}),
        ("K2690004", {0: 61_600}),
    ],
)
def test_the_four_households_owe_what_the_report_says(
    town: Municipality, contract: str, amounts: dict[int, int]
) -> None:
    by_number = {arrived.number: owed(arrived) for arrived in town.lists}
    assert {number: by_number[number].get(contract, 0) for number in amounts} == amounts


def test_a_letter_is_on_the_list_only_once_it_was_sent(town: Municipality) -> None:
    for arrived in town.lists:
        for row in accepted(arrived):
            sent = [row.values.get(key) for key in ("reminded_on", "demanded_on", "petitioned_on")]
            assert all(day <= arrived.on for day in sent if day)
            assert row.values["due_on"] < arrived.on


def test_a_municipality_can_be_large_enough_to_measure_with() -> None:
    newest = generate(TODAY, seed=1, dwellings=7_000, strained=0.75, months=3).lists[-1]
    assert len(newest.data.splitlines()) > 10_000
