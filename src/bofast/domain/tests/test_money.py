from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain import money

ORE = st.integers(min_value=-(10**14) + 1, max_value=10**14 - 1)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"])


@pytest.mark.parametrize(
    ("written", "ore"),
    [
        ("1234", 123400),
        ("1234,5", 123450),
        ("1234,50", 123450),
        ("1234.50", 123450),
        ("1 234,50", 123450),
        ("1\u00a0234,50", 123450),
        ("1\u202f234,50", 123450),
        ("1.234,50", 123450),
        ("1'234.50", 123450),
        ("1\u2019234,50", 123450),
        ("1.234", 123400),
        ("12.345.678", 1234567800),
        ("4.9", 490),
        ("0,05", 5),
        ("007", 700),
        ("100,-", 10000),
        ("kr 100", 10000),
        ("kr. 100,00", 10000),
        ("100 kr", 10000),
        ("NOK 100", 10000),
        ("-100", -10000),
        ("\u2212100", -10000),
        ("100-", -10000),
        ("100 -", -10000),
        ("+100", 10000),
        ("  100\t", 10000),
        ("999999999999,99", 99999999999999),
    ],
)
def test_an_amount_is_read_as_norwegian_offices_write_it(written: str, ore: int) -> None:
    assert money.parse_amount(written) == ore


@pytest.mark.parametrize(
    "written",
    [
        "",
        "kr",
        "soon",
        "1,234",  # a comma with three digits: thousands or decimals, nobody can tell
        "1,234.50",  # the English way
        "1.234.50",  # the same mark for thousands and decimals
        "0.123",
        "1.2345",
        "1234.567",
        "12 34",
        "1234 567",
        "1  234",
        "1 234.567,00",
        ".50",
        "-100-",
        "1e3",
        "=1+1",
        "\u0661\u0662",  # digits of another script
        "1" * 13,
        "1" * 5000,
        "100\n200",
    ],
)
def test_anything_else_is_refused_rather_than_guessed(written: str) -> None:
    with pytest.raises(money.AmountError):
        money.parse_amount(written)


@given(st.text(max_size=40) | st.text("0123456789 .,-'kr\u00a0\u2212", max_size=20))
def test_no_text_raises_anything_but_an_amount_error(text: str) -> None:
    with suppress(money.AmountError):
        assert abs(money.parse_amount(text)) < 10**14


@given(ORE, st.sampled_from(["nb", "nn", "en"]))
def test_what_we_write_for_readers_reads_back_as_the_same_amount(ore: int, language: str) -> None:
    assert money.parse_amount(money.format_kr(ore, language)) == ore


@given(ORE)
def test_what_we_write_for_programs_reads_back_as_the_same_amount(ore: int) -> None:
    assert money.parse_amount(money.as_kroner(ore)) == ore
    assert Decimal(money.as_kroner(ore)) * 100 == ore


@given(ORE, SPACES)
def test_every_kind_of_space_may_part_the_thousands(ore: int, space: str) -> None:
    assert money.parse_amount(money.format_kr(ore).replace("\u00a0", space)) == ore


@given(st.lists(ORE, max_size=20))
def test_sums_of_written_amounts_are_the_sum_of_the_amounts(amounts: list[int]) -> None:
    if abs(sum(amounts)) < 10**14:
        assert sum(Decimal(money.as_kroner(ore)) for ore in amounts) == Decimal(money.as_kroner(sum(amounts)))


@pytest.mark.parametrize(
    ("ore", "nb", "en"),
    [
        (0, "0\u00a0kr", "0\u00a0kr"),
        (1675400, "16\u00a0754\u00a0kr", "16\u00a0754\u00a0kr"),
        (754250, "7\u00a0542,50\u00a0kr", "7\u00a0542.50\u00a0kr"),
        (5, "0,05\u00a0kr", "0.05\u00a0kr"),
        (-12345, "\u2212123,45\u00a0kr", "\u2212123.45\u00a0kr"),
    ],
)
def test_ore_are_shown_only_where_there_are_any(ore: int, nb: str, en: str) -> None:
    assert (money.format_kr(ore), money.format_kr(ore, "nn"), money.format_kr(ore, "en")) == (nb, nb, en)


@pytest.mark.parametrize(
    ("kroner", "to_the_ore", "down", "nearest"),
    [
        ("37.5", 3750, 3700, 3800),
        ("112.5", 11250, 11200, 11300),
        ("1681.25", 168125, 168100, 168100),
        ("1815.75", 181575, 181500, 181600),
        ("0.005", 1, 0, 0),
        ("0.0049", 0, 0, 0),
        ("860", 86000, 86000, 86000),
    ],
)
def test_each_rounding_does_what_its_name_says(kroner: str, to_the_ore: int, down: int, nearest: int) -> None:
    exact = Fraction(kroner)
    assert (money.half_up(exact), money.down_to_krone(exact), money.nearest_krone(exact)) == (to_the_ore, down, nearest)
    assert money.half_up(Decimal(kroner)) == to_the_ore


def test_half_an_ore_owed_back_is_rounded_away_from_zero_too() -> None:
    assert money.half_up(Decimal("-0.005")) == -1


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_rounding_half_up_is_never_more_than_half_an_ore_off(kroner: Fraction) -> None:
    assert abs(money.half_up(kroner) - kroner * 100) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(53, 407, 13), (71, 407, 17), (-114, 224, -51), (-15, 44, -34), (1, 2, 50), (1, 8, 13), (0, 0, 0), (5, 0, 0)],
)
def test_percentages_are_whole_and_half_up(part: int, whole: int, percent: int) -> None:
    assert money.whole_percent(part, whole) == percent


@pytest.mark.parametrize(
    ("outstanding", "rent", "months"),
    [
        (1150000, 1150000, "1.0"),
        (575000, 1150000, "0.5"),
        (1000000, 300000, "3.3"),
        (25, 100, "0.3"),
        (0, 500000, "0.0"),
    ],
)
def test_arrears_are_counted_in_months_with_one_decimal(outstanding: int, rent: int, months: str) -> None:
    assert money.months_of(outstanding, rent) == Decimal(months)


@pytest.mark.parametrize("rent", [None, 0])
def test_without_a_known_rent_there_are_no_months(rent: int | None) -> None:
    assert money.months_of(500000, rent) is None
