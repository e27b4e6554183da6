"""Periods: years, half-years and any two days, what they are called, and what is told of each."""

from dataclasses import replace
from datetime import date

import pytest

from bofast.domain.statistics import CaseFact, Count, Counts, Material, Outcome, Period, Profile, Question, report
from bofast.domain.statistics.periods import code, written

PROFILE = Profile(own="Own", city="City", books="Books", withdrawn="Collector")
SPRING = Period.between(date(2026, 3, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("half", "first", "last"),
    [(1, date(2026, 1, 1), date(2026, 6, 30)), (2, date(2026, 7, 1), date(2026, 12, 31))],
)
def test_a_half_year_is_six_months(half: int, first: date, last: date) -> None:
    period = Period.of_half(2026, half)
    assert (period.first, period.last, period.half, period.year) == (first, last, half, None)


def test_there_are_two_halves_and_no_period_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="a first and a second half"):
        Period.of_half(2026, 3)
    with pytest.raises(ValueError, match="on or after"):
        Period.between(date(2026, 2, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("period", "nb", "nn", "en", "named"),
    [
        (Period.of_year(2026), "2026", "2026", "2026", "2026"),
        (Period.of_half(2026, 1), "1. halvår 2026", "1. halvår 2026", "first half of 2026", "2026-1"),
        (Period.of_half(2026, 2), "2. halvår 2026", "2. halvår 2026", "second half of 2026", "2026-2"),
        (SPRING, "1. mars 2026 til 31. mai 2026", "1. mars 2026 til 31. mai 2026", "1 March 2026 to 31 May 2026",
         "2026-03-01-2026-05-31"),
        (Period.between(date(2026, 3, 1), date(2026, 3, 1)), "1. mars 2026", "1. mars 2026", "1 March 2026",
         "2026-03-01-2026-03-01"),
    ],
)  # fmt: skip
def test_every_period_has_a_name_in_every_language(period: Period, nb: str, nn: str, en: str, named: str) -> None:
    assert [written(period, language) for language in ("nb", "nn", "en")] == [nb, nn, en]
    assert code(period) == named


@pytest.mark.parametrize(
    ("period", "year", "moved"),
    [
        (Period.of_year(2006), 2005, Period.of_year(2005)),
        (Period.of_half(2006, 2), 2005, Period.of_half(2005, 2)),
        (Period(date(2024, 2, 1), date(2024, 2, 29)), 2023, Period(date(2023, 2, 1), date(2023, 2, 28))),
        (Period(date(2025, 11, 1), date(2026, 2, 28)), 2024, Period(date(2024, 11, 1), date(2025, 2, 28))),
    ],
)  # fmt: skip
def test_a_period_is_compared_with_the_same_days_of_another_year(period: Period, year: int, moved: Period) -> None:
    assert period.moved_to(year) == moved


def test_a_case_counts_in_the_period_it_was_opened_and_an_event_in_the_period_it_happened() -> None:
    facts = [
        CaseFact(opened_on=date(2026, 2, 27), petitions=(date(2026, 3, 1),), outcome=Outcome.MOVED),
        CaseFact(opened_on=date(2026, 5, 31), petitions=(date(2026, 6, 1),), outcome=Outcome.EVICTED),
    ]
    found = report(Material(facts, Counts([]), PROFILE), Question(period=SPRING, masked=False))
    outcomes = {row["key"]: row.get("count") for row in found["tables"]["2"]["rows"]}
    assert (outcomes["cases"], outcomes["outcome.evicted"], found["tables"]["6"]["petitions"]) == (1, 1, 1)


@pytest.mark.parametrize("period", [SPRING, Period.of_half(2026, 1)])
def test_agencies_numbers_are_of_whole_years_and_another_period_says_so_instead(period: Period) -> None:
    counts = Counts([Count(year=year, source="Own", indicator="begjæringer", count=70, as_of=period.last)
                     for year in (2025, 2026)])  # fmt: skip
    question = Question(period=period, compare=period.moved_to(2025), masked=False)
    found = report(Material([CaseFact(opened_on=period.first)], counts, PROFILE), question)
    for table in ("3", "4", "5"):
        assert found["tables"][table]["rows"] == []
        assert "the agencies count whole calendar years" in found["tables"][table]["note"]
    assert "the agencies count whole calendar years" in found["tables"]["6"]["note"]
    assert (found["tables"]["6"]["petitions"], found["tables"]["6"]["sources"]["petitions"]) == (0, "cases")
    assert (found["goals"], found["disagreements"]) == ([], [])


def test_fees_are_those_of_the_first_day_of_the_period() -> None:
    """The court fee rose to 1,345 kroner on 2026-01-01 (`rates.csv`), and not in July."""
    facts = [CaseFact(opened_on=date(2026, 1, 2), outcome=Outcome.STOPPED)]
    periods = [Period.of_half(2025, 2), Period.of_half(2026, 1), Period.of_half(2026, 2)]
    tables = [report(Material(facts, Counts([]), PROFILE), Question(period=p, masked=False)) for p in periods]
    before, first, second = (found["figures"]["3"]["readings"]["act"] for found in tables)
    assert before != first
    assert first[-2:] == second[-2:]


@pytest.mark.parametrize(("agency", "cases"), [(None, 3), ("outreach", 2), ("social_services", 2), ("landlord", 0)])
def test_an_agencys_cases_are_those_it_handles_alone_or_with_another(agency: str | None, cases: int) -> None:
    fact = CaseFact(opened_on=date(2026, 1, 2), handled_by=("outreach",))
    both, other = (replace(fact, handled_by=by) for by in (("outreach", "social_services"), ("social_services",)))
    question = Question(period=Period.of_year(2026), agency=agency, masked=False)
    found = report(Material([fact, both, other], Counts([]), PROFILE), question)
    assert found["tables"]["2"]["rows"][0]["count"] == cases
    if agency in ("outreach", "social_services"):
        assert found["notes"][0].startswith("only cases the ")
    assert ("numbers of all who handle cases" in found["tables"]["3"].get("note", "")) is (agency is not None)


def test_a_year_report_has_the_keys_of_the_contract_and_no_others() -> None:
    question = Question(period=Period.of_year(2026), masked=False)
    document = report(Material([], Counts([]), PROFILE), question)
    assert not {"agency", "as_of"} & document.keys()
    asked = replace(question, agency="outreach", as_of=date(2026, 2, 1))
    document = report(Material([], Counts([]), PROFILE), asked)
    assert (document["agency"], document["as_of"]) == ("outreach", "2026-02-01")
