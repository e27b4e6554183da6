"""The cast on the day of the tests, and one household in arrears: what most tests of this room begin with."""

from collections.abc import Iterator

import pytest

from bofast.access.tests.cast import Cast, gather
from bofast.cases.models import Case
from bofast.cases.tests.factories import household, on_the_day


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, on a Monday in November."""
    with on_the_day():
        yield gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    """One household two months behind, with children and a lease that has the clause."""
    return household()
