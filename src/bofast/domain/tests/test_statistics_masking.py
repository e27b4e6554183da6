"""The report as those outside the case team get it: somebody tries to get the small numbers back out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bofast.domain.statistics import (
    CaseFact,
    Contact,
    Count,
    Counts,
    Gender,
    Income,
    Material,
    Outcome,
    Period,
    Profile,
    Question,
    Resolution,
    report,
)
from bofast.domain.suppression import is_small
from bofast.domain.tests.attack import Number, Sums

YEAR = Period.of_year(2006)
PROFILE = Profile(own="Own", city="City", books="Books", withdrawn="Collector")
DISTRICTS = ("Arna", "Bergenhus", "Fana", "Årstad")
Document = dict[str, Any]


def made(cases: int, seed: int) -> list[CaseFact]:
    """Uneven facts, unevenly so: in every seed others are few beside many."""
    chance = Random(seed)
    words: dict[str, Sequence[Any]] = {
        "district": DISTRICTS,
        "gender": tuple(Gender),
        "age": (None, 20, 35, 70),
        "members": range(1, 7),
        "children": range(3),
        "single": (True, False, None),
        "income": tuple(Income),
        "monthly_income": (None, 500_000, 700_000, 1_100_000, 2_000_000),
        "arrears": (None, 100_000, 600_000, 2_100_000, 5_100_000),
        "contact": tuple(Contact),
        "referred_housing_benefit": (True, False),
        "outcome": tuple(Outcome),
        "resolution": tuple(Resolution)[:6],
    }
    weights = {name: chance.choices((0, 1, 2, 9, 20, 40, 80), k=len(each)) for name, each in words.items()}
    drawn = {
        name: chance.choices(each, [weight + 1e-9 for weight in weights[name]], k=cases) for name, each in words.items()
    }
    later = chance.choice((0.0, 0.02, 0.3, 0.6))
    return [
        CaseFact(
            opened_on=YEAR.last if chance.random() < later else YEAR.first,
            **{name: column[number] for name, column in drawn.items()},
        )
        for number in range(cases)
    ]


def reports(facts: Sequence[CaseFact]) -> Iterator[tuple[str, Document, Document]]:
    """All that those outside the case team get: the city's year, its halves, every district's year; true and masked."""
    asked = [("city", YEAR, None)]
    asked += [(f"half {half}", Period.of_half(2006, half), None) for half in (1, 2)]
    asked += [(f"in {district}", YEAR, district) for district in sorted({fact.district for fact in facts})]
    for place, period, district in asked:
        both = (
            report(Material(facts, Counts([]), PROFILE), Question(period=period, district=district, masked=masked))
            for masked in (False, True)
        )
        yield place, *both


def by_key(true: Sequence[Document], masked: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """The rows of a table, true and masked: a row of unknown may be hidden where there is none."""
    known = {row["key"]: row for row in true}
    assert known.keys() <= {row["key"] for row in masked}
    for row in masked:
        yield known.get(row["key"], {"key": "unknown", "count": 0}), row


class Reader:
    """Holds a masked report beside the true one, and gives its numbers names."""

    def __init__(self, place: str, true: Document, masked: Document) -> None:
        self.place, self.true, self.masked = place, true, masked

    def rows(self, kind: str, key: str) -> dict[str, Number]:
        """The counts of a table or figure by row key."""
        return {
            seen["key"]: self.number(
                seen["key"] if kind == "tables" else f"{key}.{seen['key']}", row["count"], seen["count"]
            )
            for row, seen in by_key(self.true[kind][key]["rows"], self.masked[kind][key]["rows"])
            if "count" in row
        }

    def number(self, name: str, true: int, shown: int | None) -> Number:
        return Number(f"{self.place} {name}", true, shown)

    def secret(self, name: str, true: int) -> Number:
        """A number the report does not tell, but that others follow from or bound."""
        return self.number(name, true, None)


def write_down(sums: Sums, reader: Reader) -> dict[str, Number]:
    """Every sum within one report; returns the numbers that city and districts have in common."""
    two = reader.rows("tables", "2")
    cases = two["cases"]
    outcomes = {key.removeprefix("outcome."): number for key, number in two.items() if key.startswith("outcome.")}
    incomes = {key.removeprefix("income."): number for key, number in two.items() if key.startswith("income.")}
    genders = [number for key, number in two.items() if key in ("men", "women", "gender.unknown")]
    for parts in (outcomes.values(), incomes.values(), genders):
        sums.add(cases, list(parts))
    figures = {figure: reader.rows("figures", figure) for figure in ("4", "6", "7", "8")}
    for numbers in figures.values():
        sums.add(cases, list(numbers.values()))
    for key in ("single", "with_children"):
        sums.add(cases, [two[key], reader.secret(f"not {key}", cases.true - two[key].true)])
    zero_share, assisted = figures["8"]["zero_share_households"], two["income.social_assistance"]
    others = {"other assisted": reader.secret("other assisted", assisted.true - zero_share.true)}
    sums.add(assisted, [zero_share, *others.values()])
    crossed = _write_down_crossed(sums, reader, incomes, outcomes)
    _write_down_genders(sums, reader, two, outcomes)
    seen = by_key(reader.true["resolutions"], reader.masked["resolutions"])
    stopped = {f"by {m['key']}": reader.number(f"by {m['key']}", r["count"], m["count"]) for r, m in seen}
    sums.add(outcomes["stopped"], list(stopped.values()))
    told = {f"{figure}.{key}": number for figure, numbers in figures.items() for key, number in numbers.items()}
    return two | told | stopped | crossed | others


def _write_down_crossed(
    sums: Sums, reader: Reader, incomes: dict[str, Number], outcomes: dict[str, Number]
) -> dict[str, Number]:
    cells = {
        (row["key"], outcome): reader.number(f"{row['key']} {outcome}", row[outcome], seen[outcome])
        for row, seen in zip(*(doc["figures"]["2"]["rows"] for doc in (reader.true, reader.masked)), strict=True)
        for outcome in outcomes
    }
    for income, total in incomes.items():
        sums.add(total, [cells[income, outcome] for outcome in outcomes])
    for outcome, total in outcomes.items():
        sums.add(total, [cells[income, outcome] for income in incomes])
    return {" ".join(key): number for key, number in cells.items()}


def _write_down_genders(sums: Sums, reader: Reader, two: dict[str, Number], outcomes: dict[str, Number]) -> None:
    found = {
        (outcome, gender): reader.number(
            f"{outcome} {gender}", row[gender], reader.masked["gender_by_outcome"][outcome][gender]
        )
        for outcome, row in reader.true["gender_by_outcome"].items()
        for gender in ("men", "women")
    }
    for gender in ("men", "women"):
        mine = [found[outcome, gender] for outcome in ("evicted", "stopped")]
        rest = two[gender].true - sum(number.true for number in mine)
        sums.add(two[gender], [*mine, reader.secret(f"other {gender}", rest)])
        bands = zip(*(doc["figures"]["5"]["rows"] for doc in (reader.true, reader.masked)), strict=True)
        sums.add(
            two[gender], [reader.number(f"{row['key']} {gender}", row[gender], seen[gender]) for row, seen in bands]
        )
    for outcome in ("evicted", "stopped"):
        mine = [found[outcome, gender] for gender in ("men", "women")]
        rest = outcomes[outcome].true - sum(number.true for number in mine)
        unknown = reader.secret(f"{outcome} unknown gender", rest)  # no such row: nobody's gender is unknown
        sums.add(outcomes[outcome], [*mine, *([unknown] if "gender.unknown" in two else [])])


@settings(max_examples=40)
@given(st.sampled_from([3, 5, 7, 12, 20, 60, 150, 407]), st.integers(0, 10**6))
def test_no_small_number_follows_from_the_year_its_halves_and_all_its_districts(cases: int, seed: int) -> None:
    assert not taken_back(made(cases, seed))


def some(count: int, outcome: Outcome, **facts: Any) -> list[CaseFact]:
    return [CaseFact(**({"opened_on": YEAR.first} | facts), outcome=outcome)] * count


LATER = {"opened_on": YEAR.last}
MEN, WOMEN = {"gender": Gender.MEN}, {"gender": Gender.WOMEN}
ASSISTED = {"income": Income.SOCIAL_ASSISTANCE}


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(
            some(2, Outcome.EVICTED) + some(20, Outcome.STOPPED, resolution=Resolution.PAID_SELF)
            + some(9, Outcome.MOVED),
            id="what stopped the cases adds up to the stopped, and they are hidden for the evicted's sake",
        ),
        pytest.param(
            some(17, Outcome.EVICTED, **MEN) + some(13, Outcome.EVICTED, **WOMEN) + some(20, Outcome.STOPPED, **MEN)
            + some(20, Outcome.STOPPED, **WOMEN) + some(2, Outcome.UNRESOLVED, **MEN)
            + some(15, Outcome.MOVED, **MEN) + some(15, Outcome.MOVED, **WOMEN),
            id="men and women add up to the evicted, and they are hidden for the unresolved's sake",
        ),
        pytest.param(
            some(20, Outcome.EVICTED, **MEN) + some(30, Outcome.STOPPED, **MEN) + some(3, Outcome.MOVED, **MEN)
            + some(30, Outcome.MOVED, **WOMEN),
            id="men of the outcomes not told by gender follow from those told",
        ),
        pytest.param(
            some(9, Outcome.MOVED, income=Income.SOCIAL_ASSISTANCE, referred_housing_benefit=True)
            + some(2, Outcome.MOVED, income=Income.BENEFIT) + some(9, Outcome.MOVED, income=Income.WORK),
            id="the zero-share households are a part of a hidden number",
        ),
        pytest.param(
            some(20, Outcome.EVICTED) + some(30, Outcome.STOPPED) + some(2, Outcome.EVICTED, **LATER)
            + some(30, Outcome.STOPPED, **LATER),
            id="the second half is what the first leaves of the year",
        ),
        pytest.param(
            some(20, Outcome.STOPPED, resolution=Resolution.PAID_SELF) + some(30, Outcome.STOPPED, **LATER)
            + some(3, Outcome.STOPPED, resolution=Resolution.PAID_SELF, **LATER),
            id="what stopped the cases of the second half is what the first leaves of the year",
        ),
        pytest.param(some(30, Outcome.MOVED) + some(3, Outcome.MOVED, **LATER), id="three cases in the second half"),
        pytest.param(
            some(40, Outcome.MOVED, **ASSISTED, referred_housing_benefit=True) + some(3, Outcome.MOVED, **ASSISTED)
            + some(60, Outcome.MOVED, income=Income.BENEFIT),
            id="those on assistance alone without a zero share are what the zero-share households leave",
        ),
        pytest.param(
            some(40, Outcome.MOVED, **ASSISTED, referred_housing_benefit=True, district="Fana")
            + some(3, Outcome.MOVED, **ASSISTED, district="Fana")
            + some(20, Outcome.MOVED, **ASSISTED, referred_housing_benefit=True, district="Arna")
            + some(20, Outcome.MOVED, **ASSISTED, district="Arna")
            + some(20, Outcome.MOVED, **ASSISTED, referred_housing_benefit=True, district="Årstad"),
            id="those on assistance alone of a district are what the other districts leave",
        ),
    ],
)  # fmt: skip
def test_no_small_number_follows_where_one_table_is_a_part_of_another(facts: list[CaseFact]) -> None:
    assert not taken_back(facts)


def taken_back(facts: list[CaseFact]) -> dict[str, int]:
    """The small numbers that solving all sums of all masked reports of the year gives back."""
    sums = Sums()
    tables = {place: write_down(sums, Reader(place, true, masked)) for place, true, masked in reports(facts)}
    city = tables.pop("city")
    for kind in ("in", "half"):
        of_kind = [table for place, table in tables.items() if place.startswith(kind)]
        for key, total in city.items():
            sums.add(total, [table.get(key, Number(key, 0, 0)) for table in of_kind])
    return {name: sums.true[name] for name in sums.solved() if is_small(sums.true[name])}


@pytest.mark.parametrize("seed", range(20))
def test_every_number_from_1_to_4_of_our_own_cases_is_hidden_and_said_to_be(seed: int) -> None:
    for _, true, masked in reports(made(80, seed)):
        for told, seen in pairs(true, masked):
            for key, value in told.items():
                if key in ("count", *Outcome, "men", "women") and isinstance(value, int) and is_small(value):
                    assert seen[key] is None, f"{key} of {told} is shown"
                    assert seen.get("hidden") is True or key in seen["hidden_keys"]


def pairs(true: Document, masked: Document) -> Iterator[tuple[Document, Document]]:
    """The rows that come from our own cases, true and masked."""
    for key in ("2", "5"):
        yield from zip(true["figures"][key]["rows"], masked["figures"][key]["rows"], strict=True)
    for key in ("1", "4", "6", "7", "8", "9"):
        yield from by_key(true["figures"][key]["rows"], masked["figures"][key]["rows"])
    yield from by_key(true["tables"]["2"]["rows"], masked["tables"]["2"]["rows"])
    yield from by_key(true["resolutions"], masked["resolutions"])
    yield from ((true["gender_by_outcome"][key], masked["gender_by_outcome"][key]) for key in ("evicted", "stopped"))


def test_a_nil_is_shown() -> None:
    facts = [CaseFact(opened_on=YEAR.first, outcome=Outcome.MOVED)] * 9
    masked = report(Material(facts, Counts([]), PROFILE), Question(period=YEAR))
    rows = {row["key"]: row for row in masked["tables"]["2"]["rows"]}
    assert (rows["outcome.evicted"]["count"], rows["outcome.moved"]["count"]) == (0, 9)


def test_percent_sums_and_means_are_hidden_with_the_number_they_give_away() -> None:
    facts = [CaseFact(opened_on=YEAR.first, age=30, arrears=1_000, outcome=Outcome.STOPPED)] * 3
    masked = report(Material(facts, Counts([]), PROFILE), Question(period=YEAR))
    rows = {row["key"]: row for row in masked["tables"]["2"]["rows"]}
    for key in ("cases", "outcome.stopped", "mean_age", "mean_arrears", "total_arrears"):
        assert {value for name, value in rows[key].items() if name not in ("key", "hidden")} == {None}
    assert masked["costs"]["public_fees_of_stopped"]["printed"] is None
    assert masked["costs"]["public_fees_of_stopped"]["hidden"] is True


def test_a_mean_of_few_is_hidden_in_a_large_district_too() -> None:
    few = [CaseFact(opened_on=YEAR.first, district="Fana", age=30)] * 2
    many = [
        CaseFact(opened_on=YEAR.first, district=district) for district in ("Fana", "Arna", "Arna") for _ in range(9)
    ]
    aged = [replace(fact, age=50) if fact.district == "Arna" else fact for fact in many]
    by_place = {place: masked for place, _, masked in reports([*few, *aged])}
    means = {
        place: next(row["value"] for row in found["tables"]["2"]["rows"] if row["key"] == "mean_age")
        for place, found in by_place.items()
    }
    assert means["in Fana"] is None
    assert means["in Arna"] is None, "the city's mean and Arna's would give Fana's"


def test_evictions_carried_out_are_hidden_where_they_would_tell_how_many_were_let_in_again() -> None:
    evicted = CaseFact(opened_on=YEAR.first, petitions=(YEAR.first,), evictions=(YEAR.last,), outcome=Outcome.EVICTED)
    facts = [evicted] * 30 + [replace(evicted, outcome=Outcome.REINSTATED)] * 3 + [CaseFact(opened_on=YEAR.first)] * 20
    table = report(Material(facts, Counts([]), PROFILE), Question(period=YEAR))["tables"]["6"]
    assert (table["petitions"], table["executed"], table["without_status"]) == (33, None, None)
    assert table["hidden_keys"] == ["executed", "without_status"]
    assert table["readings"]["act"]["as_it_happened"] is None
    assert table["readings"]["act"]["per_petition"] == "1806.00"


def petitioned(year: int, *, evicted: int, evicted_next_year: int = 0) -> list[CaseFact]:
    """Cases of a year, all with a petition; twenty households moved, of the others this many were evicted when."""
    on, later = date(year, 3, 1), date(year + 1, 1, 9)
    moved = CaseFact(opened_on=on, petitions=(on,), outcome=Outcome.MOVED)
    out, out_later = (replace(moved, evictions=(day,), outcome=Outcome.EVICTED) for day in (on, later))
    return [moved] * 20 + [out] * evicted + [out_later] * evicted_next_year


@pytest.mark.parametrize(
    ("year", "executed"),
    [
        pytest.param(2006, None, id="8 of the 10 evicted of the year"),
        pytest.param(2007, None, id="the other 2, and the 10 evicted of the year"),
        pytest.param(2008, 10, id="the 10 evicted of the year"),
    ],
)
def test_evictions_in_another_year_than_their_case_do_not_follow_from_the_evicted(
    year: int, executed: int | None
) -> None:
    facts = petitioned(2006, evicted=8, evicted_next_year=2) + petitioned(2007, evicted=10)
    facts += petitioned(2008, evicted=10)
    masked = report(Material(facts, Counts([]), PROFILE), Question(period=Period.of_year(year)))
    rows = {row["key"]: row.get("count") for row in masked["tables"]["2"]["rows"]}
    assert (rows["outcome.evicted"], rows["outcome.reinstated"]) == (10, 0)
    table = masked["tables"]["6"]
    assert (table["executed"], table["without_status"] is None) == (executed, executed is None)


@pytest.mark.parametrize("asked", [YEAR, Period.of_half(2006, 1)])
@pytest.mark.parametrize(
    ("agency_says", "told"), [(30, (None, None)), (35, (20, 8))], ids=["2 without a status", "7 without a status"]
)
def test_our_own_events_are_hidden_where_they_and_an_agencys_leave_few(
    asked: Period, agency_says: int, told: tuple[int | None, ...]
) -> None:
    """An agency's petitions, less our own withdrawals and evictions; the halves would give back what the year hides."""
    on = CaseFact(opened_on=YEAR.first, petitions=(YEAR.first,), outcome=Outcome.MOVED)
    facts = [replace(on, withdrawals=on.petitions)] * 20 + [on] * 7
    facts += [replace(on, evictions=on.petitions, outcome=Outcome.EVICTED)] * 8
    counts = Counts([Count(year=2006, source="Own", indicator="begjæringer", count=agency_says, as_of=YEAR.last)])
    table = report(Material(facts, counts, PROFILE), Question(period=asked))["tables"]["6"]
    assert (table["withdrawn"], table["executed"]) == told


def test_a_row_of_unknown_is_hidden_where_there_is_none_too() -> None:
    """The city hides one household of two with those of unknown size, who all live in Arna; and so with the genders."""
    fana = CaseFact(opened_on=YEAR.first, outcome=Outcome.MOVED, district="Fana", members=1, gender=Gender.WOMEN)
    arna = replace(fana, district="Arna", members=None, gender=Gender.UNKNOWN)
    facts = [arna] * 6 + [fana] * 6 + [replace(fana, members=2, gender=Gender.MEN)]
    masked = report(Material(facts, Counts([]), PROFILE), Question(period=YEAR, district="Fana"))
    members = {row["key"]: row["count"] for row in masked["figures"]["4"]["rows"]}
    assert (members["2"], members["unknown"]) == (None, None)
    rows = {row["key"]: row for row in masked["tables"]["2"]["rows"]}
    assert rows["gender.unknown"] == {"key": "gender.unknown", "count": None, "percent": None, "hidden": True}
    assert list(rows)[:5] == ["cases", "men", "women", "gender.unknown", "mean_age"]


def test_a_small_number_of_events_hides_the_others_it_would_follow_from() -> None:
    petitioned = CaseFact(opened_on=YEAR.first, petitions=(YEAR.first,))
    facts = [petitioned] * 20 + [replace(petitioned, withdrawals=(YEAR.last,))] * 2
    table = report(Material(facts, Counts([]), PROFILE), Question(period=YEAR))["tables"]["6"]
    assert table["hidden_keys"] == ["petitions", "withdrawn", "executed", "without_status"]
    assert {table["readings"]["act"][key] for key in ("all", "withdrawn", "saved", "as_it_happened")} == {None}


def test_an_agencys_own_small_number_is_public_and_stays() -> None:
    counts = Counts([Count(year=2006, source="Own", indicator="begjæringer", count=3, as_of=YEAR.last)])
    found = report(Material(made(50, 1), counts, PROFILE), Question(period=YEAR))
    assert found["tables"]["3"]["rows"][0]["own"] == 3


@pytest.mark.parametrize("agency_says", [3, 8])
def test_a_hidden_number_does_not_show_by_agreeing_with_an_agency(agency_says: int) -> None:
    counts = Counts([Count(year=2006, source="Own", indicator="gjeninnsatt", count=agency_says, as_of=YEAR.last)])
    facts = [CaseFact(opened_on=YEAR.first, outcome=Outcome.REINSTATED)] * 3
    facts += [CaseFact(opened_on=YEAR.first, outcome=Outcome.MOVED)] * 30
    (row,) = report(Material(facts, counts, PROFILE), Question(period=YEAR))["disagreements"]
    assert row["values"] == {"Own": agency_says, "cases": None, "hidden_keys": ["cases"]}
