"""The agencies' own counts: one number by year, source and indicator, with the day it was taken."""

from collections.abc import Hashable, Mapping
from typing import Any

from bofast.domain.files import values
from bofast.domain.files.columns import Column, Kind, Table

INDICATORS = ("begjæringer", "begjæringer trukket", "utkastelser", "utkastet", "gjeninnsatt")

COLUMNS = (
    Column("year", values.year, ("År", "Årstall"), required=True),
    Column("source", values.text_of(), ("Kilde",), required=True),
    Column("indicator", values.one_of(*INDICATORS), ("Indikator", "Måltall"), required=True),
    Column("count", values.whole, ("Antall",), required=True),
    Column("as_of", values.day, ("Per dato", "Pr. dato", "Telt dato", "Dato"), required=True),
    Column("note", values.text_of(1000), ("Merknad", "Kommentar", "Note"), runs_on=True),
)


def count_of(row: Mapping[str, Any]) -> Hashable:
    """A count is its year, source, indicator and day."""
    return tuple(row.get(key) for key in ("year", "source", "indicator", "as_of"))


TABLE = Table(Kind.COUNTS, COLUMNS, same=count_of, twice="given_twice")
