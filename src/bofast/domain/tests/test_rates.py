from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.rates import Figure, FigureError, NoRate, Value, figures, rate, read_figure

LEGAL = {
    "collection_notice_fee_share",
    "collection_rate",
    "court_fee",
    "demand_fee_share",
    "execution_multiplier",
    "late_interest",
    "locksmith",
    "petition_multiplier",
    "petition_writing_multiplier",
    "reminder_fee_share",
}

# From this day, this value; "-" ends the figure; "?" behind a value: not read in its source.
TABLES = {
    "court_fee": """
        2003-07-01 740    2004-07-01 845    2006-01-01 860    2016-01-01 1025   2017-01-01 1049
        2018-01-01 1130   2019-01-01 1150   2020-01-01 1172   2021-01-01 1199   2022-01-01 1223
        2023-01-01 1243   2024-01-01 1277   2025-01-01 1314   2026-01-01 1345   2027-01-01 -
    """,
    "petition_multiplier": """
        2004-01-01 1.5    2004-07-01 2      2005-01-01 2.1    2007-01-01 2.1?   2018-01-01 2.1?   2019-01-01 1.25
    """,
    "execution_multiplier": "2004-01-01 2?   2006-01-01 2?   2007-01-01 2?   2019-01-01 1.35",
    "petition_writing_multiplier": "2003-07-01 1   2021-02-01 0.5",
    "locksmith": "2006-01-01 800?   2007-01-01 -   2019-01-01 0",
    "collection_rate": """
        2002-03-01 520    2003-01-01 530?   2005-01-01 540    2006-01-01 550    2007-01-01 560
        2008-01-01 570    2009-01-01 590    2010-01-01 600    2011-01-01 610    2012-01-01 620
        2013-01-01 630    2014-01-01 640?   2015-01-01 650    2016-01-01 670    2017-01-01 700
        2026-01-01 750    2027-01-01 -
    """,
    "reminder_fee_share": "2003-01-01 0.1   2020-10-01 0.05",
    "collection_notice_fee_share": "2003-01-01 0.1   2020-10-01 0.05",
    "demand_fee_share": "2003-01-01 0.3   2020-10-01 0.15",
    "late_interest": """
        2004-01-01 9.25   2004-07-01 8.75   2005-01-01 8.75   2005-07-01 9.00   2006-01-01 9.25   2006-07-01 9.75
        2007-01-01 10.50  2007-07-01 11.50  2008-01-01 12.25  2008-07-01 12.75  2009-01-01 10.00  2009-07-01 8.25
        2010-01-01 8.75   2010-07-01 9.00   2011-01-01 9.00   2011-07-01 9.25   2012-01-01 8.75   2012-07-01 8.50
        2013-01-01 8.50   2013-07-01 9.50   2014-01-01 9.50   2014-07-01 9.50   2015-01-01 9.25   2015-07-01 9.00
        2016-01-01 8.75   2016-07-01 8.50   2017-01-01 8.50   2017-07-01 8.50   2018-01-01 8.50   2018-07-01 8.50
        2019-01-01 8.75   2019-07-01 9.25   2020-01-01 9.50   2020-07-01 8.00   2021-01-01 8.00   2021-07-01 8.00
        2022-01-01 8.50   2022-07-01 9.25   2023-01-01 10.75  2023-07-01 11.75  2024-01-01 12.50  2024-07-01 12.50
        2025-01-01 12.50  2025-07-01 12.25  2026-01-01 12.00  2026-07-01 12.25? 2027-01-01 -
    """,
}


def rows(name: str) -> list[tuple[date, str]]:
    words = TABLES[name].split()
    return [(date.fromisoformat(day), value) for day, value in zip(words[::2], words[1::2], strict=True)]


def as_word(value: Value | None) -> str:
    return f"{value.value}{'' if value.verified else '?'}" if value else "-"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_value_of_every_legal_figure_is_the_one_in_the_table(name: str) -> None:
    assert [(start, as_word(value)) for start, value in rate(name).values] == rows(name)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_value_holds_from_its_first_day_to_the_day_before_the_next(name: str) -> None:
    figure = rate(name)
    for (start, written), (next_start, _) in pairwise([*rows(name), (date(2040, 1, 1), "")]):
        if written == "-":
            with pytest.raises(NoRate):
                figure.on(start)
        else:
            assert as_word(figure.on(start)) == as_word(figure.on(next_start - timedelta(days=1))) == written


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("court_fee", date(2006, 1, 1), "860"),
        ("court_fee", date(2015, 12, 31), "860"),
        ("court_fee", date(2026, 11, 22), "1345"),
        ("petition_multiplier", date(2006, 4, 1), "2.1"),
        ("petition_multiplier", date(2007, 4, 1), "2.1"),  # not 1.85, which is the fee of attachment
        ("petition_multiplier", date(2018, 12, 31), "2.1"),
        ("petition_multiplier", date(2019, 1, 1), "1.25"),
        ("execution_multiplier", date(2006, 5, 1), "2"),
        ("execution_multiplier", date(2026, 5, 1), "1.35"),
        ("late_interest", date(2006, 6, 30), "9.25"),
        ("late_interest", date(2006, 7, 1), "9.75"),
        ("collection_rate", date(2025, 12, 31), "700"),
        ("demand_fee_share", date(2020, 9, 30), "0.3"),
        ("demand_fee_share", date(2020, 10, 1), "0.15"),
        ("petition_writing_multiplier", date(2021, 1, 31), "1"),
        ("petition_writing_multiplier", date(2021, 2, 1), "0.5"),
    ],
)
def test_the_figure_in_force_on_a_key_day(name: str, day: date, expected: str) -> None:
    assert rate(name).on(day).value == Decimal(expected)


def test_every_legal_figure_is_among_the_figures_and_they_are_sorted_by_name() -> None:
    names = [figure.name for figure in figures()]
    assert names == sorted(names)
    assert set(names) >= LEGAL == set(TABLES)


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.name)
def test_every_figure_has_its_names_a_check_day_and_a_source_for_each_value(figure: Figure) -> None:
    values = [value for _, value in figure.values if value]
    assert set(figure.texts) == {"nb", "nn", "en"}
    assert all(figure.texts.values())
    assert figure.unit
    assert isinstance(figure.checked_on, date)
    assert values
    assert all(value.source.strip() and isinstance(value.value, Decimal) for value in values)
    assert all(value and value.starts_on == start for start, value in figure.values if value)


@pytest.mark.parametrize("name", sorted(LEGAL))
def test_every_legal_figure_names_its_provision(name: str) -> None:
    assert "§" in rate(name).law


@pytest.mark.parametrize("name", ["court_fee", "collection_rate", "late_interest"])
def test_a_figure_fixed_by_the_year_is_not_known_for_2027_but_can_be_projected(name: str) -> None:
    figure = rate(name)
    with pytest.raises(NoRate, match=rf"{name} has no value on 2027-01-01: .*rates/{name}\.yaml"):
        figure.on(date(2027, 1, 1))
    last, projected = figure.on(date(2026, 12, 31)), figure.projected(date(2031, 5, 5))
    assert projected.not_yet_known
    assert (projected.value, projected.verified) == (last.value, last.verified)
    assert not figure.projected(date(2026, 12, 31)).not_yet_known


@pytest.mark.parametrize("name", sorted(LEGAL))
def test_nothing_is_known_or_projected_before_the_first_day_of_a_figure(name: str) -> None:
    before = rate(name).values[0][0] - timedelta(days=1)
    for ask in (rate(name).on, rate(name).projected):
        with pytest.raises(NoRate, match=before.isoformat()):
            ask(before)


def test_a_gap_which_a_later_value_closes_is_not_projected_over() -> None:
    with pytest.raises(NoRate):
        rate("locksmith").projected(date(2012, 6, 1))


def test_a_figure_nobody_has_written_is_an_error_that_names_the_file() -> None:
    with pytest.raises(NoRate, match=r"rates/no_such_figure\.yaml is missing"):
        rate("no_such_figure")


@given(st.dates(date(2004, 1, 1), date(2035, 1, 1)), st.integers(min_value=1, max_value=4000))
def test_spans_cover_every_day_once_with_the_value_of_that_day(first: date, days: int) -> None:
    figure, end = rate("late_interest"), first + timedelta(days=days)
    spans = list(figure.spans(first, end))
    assert (spans[0][0], spans[-1][1]) == (first, end)
    assert all(stop == start for (_, stop, _), (start, _, _) in pairwise(spans))
    for start, stop, value in spans:
        assert start < stop
        assert value == figure.projected(start) == figure.projected(stop - timedelta(days=1))


GOOD = """
unit: NOK
law: ""
checked_on: 2026-11-22
texts: {nb: Prøve, nn: Prøve, en: Trial}
values:
  2006-01-01: {value: 9.25, source: here}
  2007-01-01: null
  2008-01-01: {value: "0.1", source: there, verified: false}
"""


def test_a_practice_figure_without_a_provision_is_read_and_its_decimals_are_exact() -> None:
    figure = read_figure("trial", GOOD)
    assert [value and value.value for _, value in figure.values] == [Decimal("9.25"), None, Decimal("0.1")]
    assert not figure.on(date(2020, 1, 1)).verified


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("nn: Prøve, ", ""),
        ("nb: Prøve", 'nb: ""'),
        ("en: Trial", "en: Trial, se: Geahččaleapmi"),
        ("unit: NOK\n", ""),
        ("checked_on: 2026-11-22\n", ""),
        ("checked_on: 2026-11-22", "checked_on: soon"),
        (", source: here", ""),
        ("source: here", 'source: ""'),
        ("value: 9.25", "value: about nine"),
        ("value: 9.25", "value: .inf"),
        ("value: 9.25", "value: -9.25"),
        ("value: 9.25", "value: true"),
        ("verified: false", "verified: perhaps"),
        ("verified: false", "verifed: false"),
        ("2008-01-01", "2006-01-01"),  # the same day twice
        ("2008-01-01", "2005-01-01"),  # out of order
        ("2008-01-01", "2008-02-30"),
        ("{value: 9.25, source: here}", "null"),
        ('{value: "0.1", source: there, verified: false}', "null"),
        ("values:", "values: ["),
    ],
)
def test_a_file_with_a_slip_in_it_is_refused_with_the_file_named(right: str, wrong: str) -> None:
    assert right in GOOD
    with pytest.raises(FigureError, match=r"rates/trial\.yaml"):
        read_figure("trial", GOOD.replace(right, wrong))


@pytest.mark.parametrize("text", ["", "- a list", "values: {}"])
def test_a_file_that_is_no_figure_at_all_is_refused(text: str) -> None:
    with pytest.raises(FigureError):
        read_figure("trial", text)
