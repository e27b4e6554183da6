from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofast.domain.episodes import Episode, episodes

D = date
JAN, FEB, MAR, APR = D(2026, 1, 15), D(2026, 2, 15), D(2026, 3, 15), D(2026, 4, 15)


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ([], ()),
        ([JAN, FEB, MAR, APR], (Episode(started_on=JAN, last_listed_on=APR),)),
        ([FEB], (Episode(started_on=FEB, last_listed_on=FEB, cleared_on=MAR),)),
        (
            [JAN, MAR],
            (
                Episode(started_on=JAN, last_listed_on=JAN, cleared_on=FEB),
                Episode(started_on=MAR, last_listed_on=MAR, cleared_on=APR, relapse_of=FEB),
            ),
        ),
    ],
)
def test_an_episode_lasts_from_list_to_list_until_one_without_the_household(
    present: list[D], expected: tuple[Episode, ...]
) -> None:
    assert episodes([JAN, FEB, MAR, APR], present) == expected


@pytest.mark.parametrize(
    ("back_on", "relapse_of"),
    [
        (D(2027, 2, 14), D(2026, 2, 15)),
        (D(2027, 2, 15), D(2026, 2, 15)),  # the limit day counts as within
        (D(2027, 2, 16), None),
    ],
)
def test_a_return_within_twelve_months_is_a_relapse(back_on: D, relapse_of: D | None) -> None:
    found = episodes([JAN, FEB, back_on], [JAN, back_on])
    assert found[-1] == Episode(started_on=back_on, last_listed_on=back_on, relapse_of=relapse_of)


def test_twelve_months_from_a_leap_day_end_on_28_february() -> None:
    lists = [D(2024, 1, 29), D(2024, 2, 29), D(2025, 2, 28)]
    assert episodes(lists, [lists[0], lists[2]])[-1].relapse_of == D(2024, 2, 29)


def test_a_list_that_arrives_late_is_put_in_its_place() -> None:
    assert episodes([MAR, JAN, FEB], [MAR, JAN]) == episodes([JAN, FEB, MAR], [JAN, MAR])


LISTS = st.sets(st.dates(D(2024, 1, 1), D(2027, 1, 1)), max_size=30)


@given(LISTS, st.data())
def test_every_list_day_with_the_household_lies_in_exactly_one_episode(days: set[D], data: st.DataObject) -> None:
    present = data.draw(st.sets(st.sampled_from(sorted(days)))) if days else set()
    found = episodes(sorted(days), present)
    for day in days:
        holding = [each for each in found if each.started_on <= day <= each.last_listed_on]
        assert len(holding) == (day in present)
    assert all(former.cleared_on and former.cleared_on < later.started_on for former, later in pairwise(found))
