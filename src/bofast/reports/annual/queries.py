"""Every read of the annual report: the reports there are, and the composition of one from the numbers as they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.access.need_to_know import Viewer
from bofast.domain.assessment import RULE_VERSION
from bofast.domain.calendar import format_day
from bofast.domain.findings import Part
from bofast.domain.statistics import Counts, Period, Profile, Question
from bofast.domain.statistics.agencies import CASES
from bofast.domain.statistics.definitions import title
from bofast.reports import queries
from bofast.reports.annual.blocks import Block, block, numbers, one_column, sentence
from bofast.reports.annual.caveats import COLUMNS, Warned, placed
from bofast.reports.annual.outline import PROGRAMME, SECTIONS, WORK, Section
from bofast.reports.annual.programme import programme_sheet
from bofast.reports.annual.summary import summary
from bofast.reports.figures import BLUE, figures
from bofast.reports.models import AnnualReport, ProgrammeYear, PublishedReport
from bofast.reports.sheets import Sheet, sheets
from bofast.reports.sources import profile_in_force
from bofast.reports.work import Work
from bofast.reports.work_page import sheets as sheets_of_work

LANGUAGE = "nb"
"""What the municipality publishes in."""

LANGUAGES_WRITTEN = ("nb", "en")
"""Those that every word of the report exists in (docs/adr/0010)."""


class NotWritten(ValueError):  # noqa: N818 (it reads as what it says)
    """A language only some of the report's words exist in: a mixture would be no report."""


Content = dict[str, Any]


def drafts() -> "QuerySet[AnnualReport]":
    """The reports being written, newest year first."""
    return AnnualReport.objects.select_related("begun_by")


def published() -> "QuerySet[PublishedReport]":
    """Every edition ever published, newest first, without the numbers in it."""
    return PublishedReport.objects.select_related("report", "published_by").defer("content")


def newest_edition(report: AnnualReport) -> PublishedReport | None:
    """The edition in force."""
    return published().filter(report=report).order_by("-edition").first()


def sources() -> list[tuple[str, str]]:
    """Those whose numbers a caveat can be written of, with the name a reader knows them by."""
    named = sorted({count.source for count in queries.agency_counts().all})
    return [(CASES, title("own_cases", LANGUAGE)), *((name, name) for name in named)]


def question_of(report: AnnualReport, *, told_to: Viewer | None = None) -> Question:
    """What a published report tells: both readings, small numbers hidden; `told_to`: one of the case team sees them."""
    return Question(
        period=Period.of_year(report.year),
        compare=Period.of_year(report.compare) if report.compare else None,
        district=report.district or None,
        masked=told_to is None,
        aid=told_to is None or told_to.sees(Part.AID),
        language=LANGUAGE,
    )


def compose(
    question: Question, *, as_of: date, comments: Mapping[str, str] | None = None, work: Work | None = None
) -> Content:
    """The whole report as plain data that can be kept: every word and number of it, counted now.

    `work`: what may be told of it beside that question (`work_told`). Raises NotWritten for a language the report is
    not written in.
    """
    if question.language not in LANGUAGES_WRITTEN:
        raise NotWritten(question.language)
    document = queries.annual_report(question)
    told = sheets_of_work(work, question.period, as_of, question.language) if work else {}
    with override(question.language):
        return _Composition(document, question, as_of, told).content(comments or {})


@dataclass(frozen=True)
class _Composition:
    """A report on its way to being kept."""

    document: Mapping[str, Any]
    question: Question
    as_of: date
    work: Mapping[str, Sheet]

    def content(self, comments: Mapping[str, str]) -> Content:
        question, document = self.question, self.document
        blocks = self._blocks()
        return {
            "title": self._title(),
            "subtitle": self._subtitle(),
            "author": settings.MUNICIPALITY or "Bofast",
            "language": question.language,
            "as_of": self.as_of.isoformat(),
            "rule_version": RULE_VERSION,
            "summary": summary(document, profile_in_force().of(question.period.year), question.language),
            "notes": [sentence(note) for note in document["notes"]],
            "sections": [*self._sections(blocks, comments), *self._work()],
            "definitions": self._definitions(blocks),
            "document": document,
        }

    def _title(self) -> str:
        year = {"year": self.question.period.first.year, "district": self.question.district}
        return (
            _("Annual report %(year)s, %(district)s") % year if year["district"] else _("Annual report %(year)s") % year
        )

    def _subtitle(self) -> str:
        said = _("Unpaid rent, petitions and evictions in municipal housing")
        compare = self.question.compare
        compared = _("Compared with %(year)s.") % {"year": compare.first.year} if compare else ""
        return f"{said}. {compared}".rstrip()

    def _sections(self, blocks: Mapping[str, Block], comments: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The sections in their order; one with neither numbers nor words is left out."""
        for key, section in SECTIONS.items():
            told = [blocks[name] for name in section.blocks if name in blocks]
            comment = comments.get(key, "").replace("\r\n", "\n").strip()
            if told or comment:
                yield self._section(key, section, told, comment)

    def _work(self) -> Iterator[dict[str, Any]]:
        """The work of the year, last; in the case team's own copy alone."""
        told = [block(f"work.{name}", sheet, self.question.language) for name, sheet in self.work.items()]
        if told:
            yield self._section("work", WORK, told, "")

    def _section(self, key: str, section: Section, found: Sequence[Block], comment: str) -> dict[str, Any]:
        hidden = [each["caption"] for each in found if self._is_hidden(each)]
        return {
            "key": key,
            "title": str(section.title),
            "lead": str(section.lead),
            "comment": comment,
            "blocks": [each for each in found if not self._is_hidden(each)],
            "left_out": _("Hidden, because the numbers are small: %(tables)s.") % {"tables": "; ".join(hidden)}
            if hidden
            else "",
        }

    def _is_hidden(self, found: Block) -> bool:
        """Whether nothing but hidden numbers is left in it."""
        hidden = title("hidden", self.question.language)
        return all(each in (None, hidden) for each in numbers(found))

    def _blocks(self) -> dict[str, Block]:
        """Every table that has a number in it, by its key, with its caveats beside the numbers."""
        language, profile = self.question.language, profile_in_force()
        caveats, counts = list(self._caveats()), queries.agency_counts()
        pictures = figures(self.document, language)
        found = {}
        for key, sheet in self._sheets():
            made = block(key, sheet, language, remarks=_sources_of(key, self.document, profile, counts, language))
            if any(each is not None for each in numbers(made)):
                found[key] = placed(made, self.document, profile, caveats) | self._picture(key, made, pictures)
        return found

    def _picture(self, key: str, made: Block, pictures: Mapping[str, str]) -> dict[str, str]:
        """The figure as SVG where it is one, and what is read aloud of it."""
        svg = _without_seams(pictures.get(key.removeprefix("figure."), "")) if key.startswith("figure.") else ""
        alt = _("Bar chart: %(title)s. Every number is in the table.") % {"title": made["caption"]}
        return {"svg": svg, "alt": alt if svg else ""}

    def _sheets(self) -> Iterator[tuple[str, Sheet]]:
        language = self.question.language
        by_name = {sheet.name: sheet for sheet in sheets(self.document, language)}
        for key in (key for section in SECTIONS.values() for key in section.blocks if key != PROGRAMME):
            kind, dot, number = key.partition(".")
            sheet = by_name[f"{title(kind, language)} {number}" if dot else title(key, language)]
            yield key, one_column(sheet) if key == "table.2" else sheet
        said = ProgrammeYear.objects.filter(year=self.question.period.first.year).first()
        if said:
            yield PROGRAMME, programme_sheet(said, self.document, language)

    def _caveats(self) -> Iterator[Warned]:
        """What the agencies wrote in their files, then what the team has written; of one number or of all of a year."""
        for each in self.document["caveats"]:
            yield Warned(each["year"], each["source"], sentence(each["note"]), each["indicator"])

    def _definitions(self, blocks: Mapping[str, Block]) -> list[dict[str, str]]:
        """What the numbers mean; what a table means stands beneath it already."""
        return [
            {"title": said["title"], "means": said["means"]}
            for key, said in self.document["definitions"].items()
            if key not in blocks and "." not in key.removeprefix("outcome.").removeprefix("gender.")
        ]


def _without_seams(svg: str) -> str:
    """The first series plainly filled: its pattern is one colour, but shows the seams of its tiles in a PDF."""
    return re.sub(r'fill="url\(#figure-\d-0\)"', f'fill="{BLUE}"', svg)


def _sources_of(key: str, document: Mapping[str, Any], profile: Profile, counts: Counts, language: str) -> list[str]:
    """Who gave the numbers of an agencies' table, and of which day they are."""
    if key not in COLUMNS:
        return []
    roles = dict.fromkeys(whose[0] for whose in COLUMNS[key] if whose)
    years = [row["year"] for row in document["tables"][key.removeprefix("table.")]["rows"]]
    whose = {(year, getattr(profile.of(year), role)) for year in years for role in roles}
    names = dict.fromkeys(getattr(profile.of(year), role) for role in roles for year in reversed(years))
    days = sorted({count.as_of for count in counts.all if (count.year, count.source) in whose})
    said = [_("Source: %(names)s") % {"names": ", ".join(names)}]
    if days:
        said.append(_("counted as of %(days)s") % {"days": ", ".join(format_day(day, language) for day in days)})
    return [", ".join(said)]
