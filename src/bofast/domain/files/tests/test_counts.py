from datetime import date

import pytest

from bofast.domain.files import Kind, Row, parse
from bofast.domain.files.tests.making import csv_of

HEADER = ("year", "source", "indicator", "count", "as_of", "note")
COUNT = ("2006", "BBB økonomi", "gjeninnsatt", "8", "2007-01-31", "")


def _rows(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> tuple[Row, ...]:
    return parse(csv_of(header, *rows), "", Kind.COUNTS).rows


@pytest.mark.parametrize("header", [HEADER, ("År", "Kilde", "Indikator", "Antall", "Per dato", "Merknad")])
def test_a_count_is_read_by_english_keys_or_norwegian_names(header: tuple[str, ...]):
    (row,) = _rows(COUNT, header=header)
    assert row.values == {
        "year": 2006,
        "source": "BBB økonomi",
        "indicator": "gjeninnsatt",
        "count": 8,
        "as_of": date(2007, 1, 31),
    }


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        (0, "06", "not_a_year"),
        (1, "", "missing"),
        (2, "klager", "unknown_word"),
        (3, "-1", "not_a_whole_number"),
        (4, "", "missing"),
    ],
)
def test_a_count_that_cannot_be_read_is_quarantined(place: int, text: str, code: str):
    (row,) = _rows((*COUNT[:place], text, *COUNT[place + 1 :]))
    assert [(fault.column, fault.code) for fault in row.faults] == [(HEADER[place], code)]


def test_a_note_last_in_the_row_may_hold_the_separator():
    (row,) = _rows((*COUNT[:5], "whole city; small deviations are possible"))
    assert (row.state, row.values["note"]) == ("accepted", "whole city; small deviations are possible")


def test_an_older_count_of_the_same_is_no_doubt_but_two_of_one_day_are():
    older, newer = (*COUNT[:3], "7", "2006-12-31", ""), (*COUNT[:3], "9", "2007-01-31", "")
    assert [[warning.code for warning in row.warnings] for row in _rows(older, COUNT, newer)] == [
        [],
        [],
        ["given_twice"],
    ]
