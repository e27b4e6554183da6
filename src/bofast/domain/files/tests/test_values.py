from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.files import arrears, case_register, counts, register, values
from bofast.domain.files.values import CellError


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("16.09.2026", date(2026, 9, 16)),
        ("6.9.26", date(2026, 9, 6)),
        ("1.1.99", date(1999, 1, 1)),
        ("1.1.69", date(2069, 1, 1)),
        ("2026-09-16", date(2026, 9, 16)),
        ("2026-09-16T00:00:00", date(2026, 9, 16)),
        ("16.09.2026 12:30", date(2026, 9, 16)),
        ("29.02.2028", date(2028, 2, 29)),
    ],
)
def test_days_as_norwegian_offices_write_them(text: str, day: date):
    assert values.day(text) == day


@pytest.mark.parametrize("text", ["", "29.02.2026", "2026-13-01", "16-09-2026", "09/16/2026", "16.9", "1.1.1899", "x"])
def test_what_is_not_a_day_is_not_guessed(text: str):
    with pytest.raises(CellError):
        values.day(text)


@pytest.mark.parametrize(
    ("text", "ore"),
    [("7 300,00", 730_000), ("7\u00a0300", 730_000), ("7.300,5", 730_050), ("7'300", 730_000), ("12.50", 1_250)],
)
def test_amounts_come_out_in_ore(text: str, ore: int):
    assert values.amount(text) == ore


@pytest.mark.parametrize(("text", "read"), [("ja", True), ("Nei", False), ("JA", True), ("0", False), ("x", True)])
def test_yes_and_no(text: str, read: bool):
    assert values.yes_or_no(text) is read


@pytest.mark.parametrize(
    ("text", "read"),
    [("ja", True), ("nei", False), ("Ugradert", False), ("fortrolig", True), ("kode 6", True), ("?", True)],
)
def test_every_word_but_a_plain_no_protects_an_address(text: str, read: bool):
    assert values.protected(text) is read


READERS = [
    column.read
    for table in (arrears.TABLE, register.TABLE, case_register.TABLE, counts.TABLE)
    for column in table.columns
]


@given(st.text(min_size=1), st.sampled_from(READERS))
def test_no_cell_raises_anything_but_what_it_is(text: str, read: values.Reader):
    try:
        read(text)
    except CellError as wrong:
        assert wrong.code


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_day_is_the_same_in_every_way_of_writing_it(day: date):
    written = (f"{day:%d.%m.%Y}", day.isoformat(), f"{day.day}.{day.month}.{day.year % 100:02d}")
    assert {values.day(text) for text in written} == {day}
