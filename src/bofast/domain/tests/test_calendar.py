from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain import calendar

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 12, 31))
LENGTHS = st.integers(min_value=0, max_value=400)


@pytest.mark.parametrize(
    ("year", "easter_sunday"),
    [
        (2004, date(2004, 4, 11)),
        (2005, date(2005, 3, 27)),
        (2006, date(2006, 4, 16)),
        (2008, date(2008, 3, 23)),
        (2011, date(2011, 4, 24)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_the_days_that_follow_easter_are_holidays_every_year(year: int, easter_sunday: date) -> None:
    maundy_thursday, good_friday, easter_monday, ascension, whit_monday = -3, -2, 1, 39, 50
    for offset in (maundy_thursday, good_friday, easter_monday, ascension, whit_monday):
        assert not calendar.is_working_day(easter_sunday + timedelta(days=offset))
    assert calendar.is_working_day(easter_sunday - timedelta(days=4))
    assert calendar.is_working_day(easter_sunday + timedelta(days=2))


@pytest.mark.parametrize("year", range(2004, 2031))
@pytest.mark.parametrize(("month", "day"), [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)])
def test_fixed_holidays_are_never_working_days(year: int, month: int, day: int) -> None:
    assert not calendar.is_working_day(date(year, month, day))


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 5, 15)])
def test_christmas_eve_new_years_eve_and_squeezed_days_are_working_days_for_limits(day: date) -> None:
    assert calendar.is_working_day(day)


@pytest.mark.parametrize(
    ("start", "days", "ends_on", "moved_from"),
    [
        (date(2026, 3, 19), 14, date(2026, 4, 7), date(2026, 4, 2)),  # Maundy Thursday to Tuesday after Easter
        (date(2026, 3, 20), 14, date(2026, 4, 7), date(2026, 4, 3)),  # Good Friday
        (date(2026, 3, 18), 14, date(2026, 4, 1), None),
        (date(2026, 4, 17), 14, date(2026, 5, 4), date(2026, 5, 1)),  # 1 May, a Friday
        (date(2027, 5, 3), 14, date(2027, 5, 18), date(2027, 5, 17)),  # 17 May, Whit Monday as well
        (date(2025, 12, 11), 14, date(2025, 12, 29), date(2025, 12, 25)),  # Christmas, then a weekend
        (date(2026, 12, 10), 14, date(2026, 12, 24), None),  # 24 December is no holiday
        (date(2026, 12, 12), 14, date(2026, 12, 28), date(2026, 12, 26)),
        (date(2026, 12, 18), 14, date(2027, 1, 4), date(2027, 1, 1)),  # over New Year
        (date(2026, 9, 16), 14, date(2026, 9, 30), None),
        (date(2026, 9, 19), 14, date(2026, 10, 5), date(2026, 10, 3)),  # a Saturday
    ],
)
def test_a_limit_ending_on_a_holiday_runs_to_the_next_working_day(
    start: date, days: int, ends_on: date, moved_from: date | None
) -> None:
    found = calendar.limit(start, days)
    assert (found.ends_on, found.moved_from) == (ends_on, moved_from)
    assert found.rule == ("domstolloven §§ 148, 149" if moved_from else "domstolloven § 148")


@given(DAYS, LENGTHS)
def test_a_limit_always_ends_on_a_working_day_and_never_before_its_raw_end(start: date, days: int) -> None:
    found = calendar.limit(start, days)
    raw = start + timedelta(days=days)
    assert calendar.is_working_day(found.ends_on)
    assert raw <= found.ends_on <= raw + timedelta(days=6)
    assert found.moved_from == (None if found.ends_on == raw else raw)


@given(DAYS, LENGTHS, LENGTHS)
def test_a_longer_limit_never_ends_earlier(start: date, some: int, more: int) -> None:
    shorter, longer = sorted((some, more))
    assert calendar.limit(start, shorter).ends_on <= calendar.limit(start, longer).ends_on


@given(DAYS, DAYS)
def test_rent_due_later_is_never_really_due_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert calendar.shifted_due_day(first) <= calendar.shifted_due_day(second)


@pytest.mark.parametrize(
    ("due_on", "really_due"),
    [
        (date(2006, 1, 1), date(2006, 1, 2)),
        (date(2006, 4, 1), date(2006, 4, 3)),
        (date(2006, 5, 1), date(2006, 5, 2)),
        (date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 11, 2), date(2026, 11, 2)),
    ],
)
def test_rent_due_on_a_holiday_is_really_due_the_next_working_day(due_on: date, really_due: date) -> None:
    assert calendar.shifted_due_day(due_on) == really_due


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 1), 1, date(2026, 4, 7)),
        (date(2026, 4, 1), 3, date(2026, 4, 9)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_are_counted_past_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    assert calendar.add_working_days(day, count) == expected


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_counting_working_days_one_by_one_comes_to_the_same_day(day: date, count: int) -> None:
    stepped = day
    for _ in range(count):
        stepped = calendar.add_working_days(stepped, 1)
    assert calendar.add_working_days(day, count) == stepped
    assert calendar.is_working_day(stepped)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 4, 7), 1, date(2027, 4, 7)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_years_end_on_the_same_date_and_29_february_becomes_28(day: date, years: int, expected: date) -> None:
    assert calendar.years_after(day, years) == expected


def test_one_year_is_the_same_date_next_year() -> None:
    assert calendar.years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_back_end_on_the_last_day_a_month_has(day: date, months: int, expected: date) -> None:
    assert calendar.months_before(day, months) == expected


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_months_forward_reach_the_same_day_of_the_month_or_its_last(day: date, months: int) -> None:
    later = calendar.months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS)
def test_the_last_working_day_is_the_nearest_one_not_after(day: date) -> None:
    last = calendar.last_working_day(day)
    assert last <= day < calendar.add_working_days(last, 1)
    assert calendar.is_working_day(last)


@pytest.mark.parametrize(
    ("day", "rest"),
    [
        (date(2026, 4, 4), False),  # a plain Saturday, though no working day
        (date(2026, 4, 5), True),
        (date(2026, 5, 1), True),
        (date(2026, 5, 17), True),
        (date(2026, 12, 26), True),  # a holiday on a Saturday
        (date(2026, 12, 24), False),
        (date(2026, 11, 23), False),
    ],
)
def test_sundays_and_holidays_are_days_of_rest_and_saturdays_are_not(day: date, rest: bool) -> None:
    assert calendar.is_rest_day(day) is rest


@pytest.mark.parametrize(
    ("language", "written"), [("nb", "7. april 2026"), ("nn", "7. april 2026"), ("en", "7 April 2026")]
)
def test_a_day_is_written_in_the_manner_of_the_language(language: str, written: str) -> None:
    assert calendar.format_day(date(2026, 4, 7), language) == written
