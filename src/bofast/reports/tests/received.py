"""Case registers and counts as they come in, in one line of a test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import ReceivedFile
from bofast.domain.files import Kind
from bofast.domain.statistics import Period, Question
from bofast.domain.tests.made_years import Row, as_register
from bofast.reports.queries import annual_report

REFERENCE = Path(__file__).parents[2] / "config" / "demo" / "bergen_2006"
CONTRACT = Path(__file__).parent / "data" / "report-2006.json"


def reference_year() -> None:
    """The case register and the agencies' counts of Bergen 2006."""
    for path in sorted(REFERENCE.glob("*.csv")):
        receive_file(Delivery(data=path.read_bytes(), name=path.name))


def register(rows: Sequence[Row], name: str = "saksregister.csv") -> ReceivedFile:
    """A made register, received whole."""
    file = receive_file(Delivery(data=as_register(rows), name=name, kind=Kind.CASES))[0]
    assert file.accepted == len(rows)
    return file


def counts(*rows: str) -> ReceivedFile:
    """Agencies' counts: `year;source;indicator;count;as_of[;note]`."""
    text = "\r\n".join(["year;source;indicator;count;as_of;note", *rows, ""])
    return receive_file(Delivery(data=text.encode(), name="counts.csv", kind=Kind.COUNTS))[0]


def reported(year: int, compare: int | None = None, **asked: Any) -> dict[str, Any]:
    """The report of a year, unmasked unless asked otherwise."""
    wanted = {"masked": False, "asked_on": timezone.localdate()} | asked
    return annual_report(
        Question(period=Period.of_year(year), compare=Period.of_year(compare) if compare else None, **wanted)
    )
