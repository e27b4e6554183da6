"""`bofast limit`: the known answers of the calendar, as a person and as a program read them."""

import json

import pytest
from click.testing import CliRunner, Result

from bofast.config.cli import main

pytestmark = pytest.mark.once


def limit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["limit", *arguments])


@pytest.mark.parametrize(
    ("start", "days", "ends_on", "rule", "moved_from"),
    [
        ("2026-03-19", 14, "2026-04-07", "domstolloven §§ 148, 149", "2026-04-02"),  # Maundy Thursday to after Easter
        ("2026-11-02", 14, "2026-11-16", "domstolloven § 148", None),
        ("2026-11-06", 1, "2026-11-09", "domstolloven §§ 148, 149", "2026-11-07"),  # Saturday to Monday
        ("2026-12-11", 14, "2026-12-28", "domstolloven §§ 148, 149", "2026-12-25"),
        ("2026-11-23", 0, "2026-11-23", "domstolloven § 148", None),
    ],
)
def test_a_limit_ends_on_a_working_day_and_says_where_it_was_moved_from(
    start: str, days: int, ends_on: str, rule: str, moved_from: str | None
) -> None:
    result = limit("--from", start, "--days", str(days), "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {"ends_on": ends_on, "rule": rule, "moved_from": moved_from}


def test_a_person_reads_the_day_in_words_and_may_write_it_the_norwegian_way() -> None:
    result = limit("--from", "19.03.2026", "--days", "14")
    assert "7. april 2026" in result.stdout
    assert "2. april 2026" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-02-30", "--days", "14"),
        ("--from", "tomorrow", "--days", "14"),
        ("--from", "1026-02-03", "--days", "14"),
        ("--from", "2026-02-03", "--days", "-1"),
        ("--days", "14"),
    ],
)
def test_what_is_no_day_or_no_number_of_days_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = limit(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error" in result.stderr
