"""The log printed for the person it is about: who has looked at their household, when, what for.

The employee is named, beside the agency. A person who fears that a neighbour, a relative or a former spouse has looked
can tell it by the name only; and the log is kept so that this can be asked. Names of others in the household are not in
it, and not the person's own either.
"""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bofast.access.models import AccessEntry
from bofast.arrears.models import HandedRow, Tenancy
from bofast.cases import words
from bofast.cases.models import Case, Sharing
from bofast.domain.calendar import format_day
from bofast.reports.access_log import queries, written
from bofast.reports.document import Document, Section, Table


def looks(tenancy: Tenancy) -> list[AccessEntry]:
    """Every entry about the household, oldest first."""
    found = AccessEntry.objects.filter(queries.about_household(tenancy)).select_related("user")
    return list(found.order_by("at", "pk"))


def printed(tenancy: Tenancy, *, today: date) -> Document:
    """What is handed to the person."""
    cases = Case.objects.filter(tenancy=tenancy).order_by("opened_on")
    said = {"cases": ", ".join(case.number for case in cases) or "–", "day": format_day(today, words.language())}
    sections = (_looks(looks(tenancy)), _shared(tenancy))
    return Document(
        title=_("Who has looked at your case"),
        author=settings.MUNICIPALITY or "Bofast",
        status=_("Cases: %(cases)s. Printed %(day)s.") % said,
        sections=[section for section in sections if section],
    )


def _looks(found: list[AccessEntry]) -> Section:
    count = ngettext("The log has %(n)s entry.", "The log has %(n)s entries.", len(found)) % {"n": len(found)}
    about = _(
        "Everybody who opens a case, finds it in a search, sees it in a list or takes it out in a file is recorded, "
        "with the agency they work for and what bound them to the case. The log cannot be changed."
    )
    ask = _("Do you wonder why somebody has looked? Ask the municipality: it must answer you.")
    table = Table(caption=_("Who has looked"), header=_header(), rows=[_row(entry) for entry in found])
    return Section(title=_("Who has looked"), paragraphs=(about, ask, count), tables=(table,) if found else ())


def _header() -> tuple[str, ...]:
    return _("When"), _("Who"), _("Agency"), _("What was done"), _("Why")


def _row(entry: AccessEntry) -> tuple[str, ...]:
    when, who, agency, what, _number, why = written.row(entry, "")
    return when, who, agency, what, why


def _shared(tenancy: Tenancy) -> Section | None:
    rows = sorted(_handed_over(tenancy))
    if not rows:
        return None
    head = (_("Day"), _("From"), _("To"), _("How"))
    cells = [(format_day(day, words.language()), *others) for day, *others in rows]
    caption = _("What was given to other agencies")
    return Section(title=caption, tables=(Table(caption=caption, header=head, rows=cells),))


def _handed_over(tenancy: Tenancy) -> Iterator[tuple[date, str, str, str]]:
    """Lists the household stood on when they were handed out, and cases that were shared."""
    for row in HandedRow.objects.filter(tenancy=tenancy, sent=True).select_related("hand_out"):
        handed = row.hand_out
        yield handed.on, words.owner(handed.sender), words.owner(handed.receiver), _("on a list")
    for each in Sharing.objects.filter(case__tenancy=tenancy, hand_out__isnull=True):
        yield each.on, words.owner(each.sender), words.owner(each.receiver), _("the case was shared")
