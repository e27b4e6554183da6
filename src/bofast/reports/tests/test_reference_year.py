"""Bergen 2006: the report of that year falls out of its register and counts, every number of it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bofast.domain.costs import Reading
from bofast.reports.tests.received import CONTRACT, counts, reference_year, reported

pytestmark = pytest.mark.django_db


def missing(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where `found` lacks something of `expected` or has it otherwise; it may have more keys, not more rows."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from missing(value, found.get(key, "nothing"), f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, value in enumerate(expected):
            yield from missing(value, found[number], f"{place}[{number}]")
    elif expected != found or type(expected) is not type(found):
        yield f"{place}: {expected!r} is {found!r}"


def test_every_value_of_the_printed_report_is_there() -> None:
    reference_year()
    expected = json.loads(CONTRACT.read_text("utf-8"))
    found = json.loads(json.dumps(reported(2006, 2005)))
    assert list(missing(expected, found)) == []


def test_the_comparison_finds_a_number_that_is_wrong_missing_or_of_another_kind() -> None:
    expected = {"rows": [{"count": 3}, {"value": "1.00"}]}
    assert list(missing(expected, {"rows": [{"count": 4}, {}]})) == [
        ".rows[0].count: 3 is 4",
        ".rows[1].value: '1.00' is 'nothing'",
    ]
    assert list(missing(expected, {"rows": []}))
    assert list(missing({"count": 1}, {"count": True}))


def test_what_must_be_said_of_the_synthetic_register_is_said_only_where_it_is_counted() -> None:
    reference_year()
    assert "synthetic" in reported(2006)["figures"]["4"]["note"]
    assert "note" not in reported(2007)["figures"]["4"]
    assert reported(2007)["notes"] == []


def test_the_sums_nobody_has_paid_are_named() -> None:
    reference_year()
    table = reported(2006)["tables"]["6"]
    assert table["hypothetical_keys"] == ["all", "saved", "saved_with_petition"]
    assert set(table["hypothetical_keys"]) < set(table["readings"]["act"])


def test_without_a_year_to_compare_with_there_is_no_change_and_every_earlier_year_is_a_base() -> None:
    reference_year()
    found = reported(2006)
    assert "change" not in found["tables"]["3"]
    assert [row["key"] for row in found["goals"]] == ["petitions.2004", "petitions.2005", "evictions.2005"]


def test_the_newest_day_of_an_agencys_number_wins() -> None:
    reference_year()

    counts("2006;BBB/kemneren;begjæringer;112;2007-06-30", "2006;BBB/kemneren;utkastelser;1;2006-12-31")
    found = reported(2006)
    assert found["tables"]["6"]["petitions"] == 112
    assert found["tables"]["6"]["executed"] == 29


def test_the_districts_add_up_to_the_city() -> None:
    reference_year()
    names = ["Arna", "Bergenhus", "Fana", "Fyllingsdalen", "Laksevåg", "Ytrebygda", "Årstad", "Åsane"]
    parts = [reported(2006, district=name)["tables"]["2"]["rows"] for name in names]
    for number, row in enumerate(reported(2006)["tables"]["2"]["rows"]):
        if "count" in row:
            assert sum(part[number]["count"] for part in parts) == row["count"]


def test_one_reading_of_the_fees_may_be_asked_for() -> None:
    reference_year()

    found = reported(2006, readings=(Reading.ACT,))
    assert list(found["tables"]["6"]["readings"]) == list(found["figures"]["3"]["readings"]) == ["act"]
    assert "printed" not in found["costs"]["public_fees_of_stopped"]


def test_the_steering_group_sees_no_small_number_of_the_reference_year() -> None:
    reference_year()
    rows = {row["key"]: row for row in reported(2006, masked=True)["tables"]["2"]["rows"]}
    assert rows["outcome.reinstated"] == {"key": "outcome.reinstated", "count": None, "percent": None, "hidden": True}
    assert rows["outcome.moved"]["count"] is None, "or the reinstated would follow"
    assert rows["outcome.evicted"]["count"] == 30
