"""Regler og satser: what is in force on a chosen day, with provision, source and mark."""

import pytest

from bofast.access.tests.cast import Cast, gather
from bofast.cases.tests.factories import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.mark.parametrize(
    ("day", "court_fee"), [("2006-05-01", "860"), ("2026-05-01", "1\u00a0345"), ("2016-12-31", "1\u00a0025")]
)
def test_the_court_fee_is_that_of_the_day(cast: Cast, day: str, court_fee: str) -> None:
    page = text(signed_in(cast.kari), f"/rules/?on={day}")
    row = page.partition("Court fee (R)")[2].partition("</tr>")[0]
    assert f"{court_fee} kr" in row
    assert "rettsgebyrloven" in row and "§ 1<" in row
    assert "2 July 2026" in row


def test_an_unverified_figure_says_so(cast: Cast) -> None:
    page = text(signed_in(cast.kari), "/rules/?on=2006-05-01")
    row = page.partition("Locksmith and the like")[2].partition("</tr>")[0]
    assert "Not verified" in row


def test_a_day_past_the_known_figures_says_so(cast: Cast) -> None:
    page = text(signed_in(cast.kari), "/rules/?on=2031-01-01")
    assert "Not yet set; the last known" in page.partition("Court fee (R)")[2].partition("</tr>")[0]


def test_before_its_first_value_a_figure_has_none(cast: Cast) -> None:
    page = text(signed_in(cast.kari), "/rules/?on=1990-01-01")
    assert "None that day" in page.partition("Court fee (R)")[2].partition("</tr>")[0]


def test_the_notice_to_the_social_services_was_not_law_in_2006(cast: Cast) -> None:
    page = text(signed_in(cast.kari), "/rules/?on=2006-05-01")
    assert "Not law until 1 July 2007" in page
    assert "Not law until" not in text(signed_in(cast.kari), "/rules/?on=2007-07-01")


def test_every_finding_stands_there_with_its_code(cast: Cast) -> None:
    page = text(signed_in(cast.kari), "/rules/")
    assert "<code>notice_missing</code>" in page
    assert "{" not in page.partition("What Bofast can say about a case</h2>")[2]


def test_a_day_that_is_none_is_explained(cast: Cast) -> None:
    assert "error" in text(signed_in(cast.kari), "/rules/?on=tomorrow", status=422).lower()


@pytest.mark.parametrize("who", ["charlie", "geir", "astrid", "turid", "siv"])
def test_the_rules_are_for_everybody(cast: Cast, who: str) -> None:
    assert "Court fee (R)" in text(signed_in(getattr(cast, who)), "/rules/")
