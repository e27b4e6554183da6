"""A report told again: somebody subtracts the two editions from each other."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bofast.domain.statistics import CaseFact, Counts, Material, Outcome, Question, report
from bofast.domain.statistics.editions import beside
from bofast.domain.tests.test_statistics_masking import PROFILE, YEAR, made, pairs

Document = dict[str, Any]


def told(facts: Sequence[CaseFact]) -> Document:
    return report(Material(facts, Counts([]), PROFILE), Question(period=YEAR))


def numbers(document: Document) -> list[Any]:
    """Every number of our own cases in a document, in its order."""
    found = []
    for row, _ in pairs(document, document):
        found += [value for key, value in row.items() if key not in ("key", "hidden", "hidden_keys")]
    for amounts in document["costs"].values():
        found += [amounts.get(reading) for reading in document["readings"]]
    table = document["tables"]["6"]
    return [*found, *(table[key] for key in ("petitions", "withdrawn", "executed", "without_status"))]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("late", [1, 3, 40])
def test_a_later_edition_tells_no_number_the_former_did_not_tell(seed: int, late: int) -> None:
    facts = made(150, seed)
    first, now = told(facts), told([*facts, *made(late, seed + 100)])
    second = beside(now, first)
    after, before = numbers(second), numbers(first)
    assert {a == b for a, b in zip(after, before, strict=True) if a is not None} <= {True}
    changed = [b for a, b in zip(after, before, strict=True) if a is None and b is not None]
    assert changed or before.count(None) == len(before), "something had changed"
    assert numbers(beside(now, second)) == after, "a third edition has nothing to add"


def test_an_edition_of_the_same_numbers_is_the_same() -> None:
    first = told(made(150, 1))
    assert beside(told(made(150, 1)), first) == first


def test_numbers_that_are_hidden_for_having_changed_are_said_to_be() -> None:
    facts = made(150, 1)
    second = beside(told([*facts, *made(2, 9)]), told(facts), "en")
    assert second["notes"][-1] == "numbers that have changed since the former edition are hidden"
    cases = second["tables"]["2"]["rows"][0]
    assert (cases["count"], cases["hidden"]) == (None, True)


def test_a_number_hidden_before_is_hidden_again_though_it_has_grown() -> None:
    evicted = CaseFact(opened_on=YEAR.first, outcome=Outcome.EVICTED)
    others = [replace(evicted, outcome=Outcome.MOVED)] * 40 + [replace(evicted, outcome=Outcome.STOPPED)] * 20
    now = told([*others, *[evicted] * 23])
    second = beside(now, told([*others, *[evicted] * 3]))
    shown, hidden = ({row["key"]: row["count"] for row in each["figures"]["9"]["rows"]} for each in (now, second))
    assert shown["outcome.evicted"] == 23
    assert hidden["outcome.evicted"] is None


def test_columns_stand_as_they_do_today_whatever_order_they_were_kept_in() -> None:
    facts = made(150, 1)
    kept = json.loads(json.dumps(told(facts), sort_keys=True))
    second = beside(told(facts), kept)
    for key in ("2", "5", "9"):
        assert [list(row) for row in second["figures"][key]["rows"]] == [
            list(row) for row in told(facts)["figures"][key]["rows"]
        ]
    assert second == told(facts)
