"""An entry of the log as a row of words: on the page, in a file and on the person's print."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bofast.access.models import AccessEntry
from bofast.reports.access_log import words
from bofast.reports.access_log.queries import with_numbers
from bofast.reports.sheets import Sheet

MOST = 50_000
"""How many entries one file holds; more are asked for by choosing fewer days."""
CHUNK = 500


def moment(at: datetime) -> str:
    """A moment as the municipality's clock showed it."""
    return timezone.localtime(at).strftime("%d.%m.%Y %H:%M")


def who(entry: AccessEntry) -> str:
    """The person's name; of a command, in whose name the operating system ran it."""
    if entry.user:
        return str(entry.user)
    return _("operator of the installation (%(name)s)") % {"name": entry.operator}


def what(entry: AccessEntry) -> str:
    """What was done, and with what; of a command its name, which tells nothing of anybody."""
    named = entry.detail if entry.kind == "command" else ""
    return words.deed(entry.action, named or words.kind(entry.kind))


def header() -> tuple[str, ...]:
    """The columns."""
    return _("When"), _("Who"), _("Agency"), _("What was done"), _("Case"), _("Why")


def row(entry: AccessEntry, number: str) -> tuple[str, ...]:
    """One entry, a dash for what is empty."""
    agency, why = entry.get_agency_display(), capfirst(str(entry.get_reason_display()))
    cells = moment(entry.at), who(entry), str(agency), what(entry), number, why
    return tuple(cell or "–" for cell in cells)


def rows(found: QuerySet[AccessEntry]) -> Iterator[tuple[str, ...]]:
    """Every entry as words, read a portion at a time."""
    entries = found.iterator(chunk_size=CHUNK)
    while portion := list(islice(entries, CHUNK)):
        yield from (row(entry, number) for entry, number in with_numbers(portion))


def sheet(found: QuerySet[AccessEntry]) -> Sheet:
    """The newest entries as one table; that there are more is said beneath."""
    title, cells = _("Access log"), list(rows(found[: MOST + 1]))
    more = _("Only the newest %(most)s entries are here: choose fewer days to get the others.") % {"most": MOST}
    return Sheet(name=title, title=title, header=header(), rows=cells[:MOST], note=more if len(cells) > MOST else "")


def lines(found: Sheet) -> Iterable[Sequence[str]]:
    """The same as lines of a CSV file."""
    yield found.header
    yield from ([str(cell) for cell in cells] for cells in found.rows)
    if found.note:
        yield [found.note]
