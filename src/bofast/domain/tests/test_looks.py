"""When a name or a street is the same, as far as a sign of unusual looking goes."""

import pytest

from bofast.domain.looks import same_last_name, same_name, same_street


@pytest.mark.parametrize(
    ("own", "name", "same"),
    [
        ("Nordmann", "Per Nordmann", True),
        ("nordmann", "NORDMANN, PER", True),
        ("Nordmann", "Nordmann, Per Olav", True),
        ("Berg", "Anne Berg-Hansen", True),
        ("Berg Hansen", "Anne Hansen", True),
        ("Berg", "Berg Olsen", False),
        ("Nordmann", "Nordmannsen", False),
        ("", "Per Nordmann", False),
        ("Nordmann", "", False),
    ],
)
def test_the_last_name_is_the_same_however_it_is_written(own: str, name: str, same: bool) -> None:
    assert same_last_name(own, name) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kari Nordmann", "Nordmann, Kari", True),
        ("Kari Nordmann", "kari nordmann", True),
        ("Kari Nordmann", "Kari Anne Nordmann", False),
        ("", "", False),
    ],
)
def test_a_full_name_is_the_same_in_either_order(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Storgata", "Storgata 12 B", True),
        ("storgt.", "Storgata 1", True),
        ("Storgaten 4", "Storgata 12", True),
        ("Nattlandsveien", "Nattlandsvn. 7", True),
        ("Storgata", "Strandgata 12", False),
        ("", "", False),
        ("", "12", False),
    ],
)
def test_the_street_is_the_same_whatever_the_number(one: str, other: str, same: bool) -> None:
    assert same_street(one, other) is same
