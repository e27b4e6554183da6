"""Every read of the annual report: the reports there are, and the composition of one from the numbers as they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from bofast.access.need_to_know import Viewer
from bofast.domain.assessment import RULE_VERSION
from bofast.domain.findings import Part
from bofast.domain.statistics import Period, Question
from bofast.domain.statistics.agencies import CASES
from bofast.domain.statistics.definitions import note, title
from bofast.domain.statistics.periods import written
from bofast.domain.statistics.work_words import source as source_of_work
from bofast.reports import compared, queries
from bofast.reports.annual.blocks import Block, block, numbers, one_column, sentence
from bofast.reports.annual.caveats import Warned, placed
from bofast.reports.annual.outline import PROGRAMME, SECTIONS, WORK, Section
from bofast.reports.annual.programme import programme_sheet
from bofast.reports.annual.summary import summary
from bofast.reports.beneath import days_of, sources_of
from bofast.reports.figures import BLUE, figures
from bofast.reports.models import AnnualReport, ProgrammeYear, PublishedReport
from bofast.reports.sheets import Sheet, any_cases, by_name
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

OF_CASES = (*compared.BESIDE_EACH_OTHER, *compared.ONE_AFTER_THE_OTHER, "costs")
"""Tables of our own cases alone."""


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
    question = replace(question, asked_on=as_of)
    document, other = queries.annual_report(question), compared.document_beside(question)
    told = sheets_of_work(work, question.period, as_of, question.language) if work else {}
    with override(question.language):
        return _Composition(document, other, question, as_of, told).content(comments or {})


@dataclass(frozen=True)
class _Composition:
    """A report on its way to being kept. `other`: the document of the year beside it."""

    document: Mapping[str, Any]
    other: Mapping[str, Any] | None
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
            "notes": [sentence(each) for each in (*document["notes"], *self._of_nothing(), *self._of_the_other())],
            "sections": [*self._sections(blocks, comments), *self._work()],
            "definitions": self._definitions(blocks),
            "document": document,
            "compared": self.other,
        }

    def _of_nothing(self) -> Iterator[str]:
        """That the year has no cases of our own, so that their tables are left out."""
        if not any_cases(self.document) and "nothing_received" not in self.document:
            name = written(self.question.period, self.question.language)
            yield _("There are no cases of our own in %(year)s.") % {"year": name}

    def _of_the_other(self) -> Iterator[str]:
        """Why the year beside it is not there, or not in every table."""
        compare, language = self.question.compare, self.question.language
        if compare is None or self.other is None:
            return
        name, unknown = written(compare, language), self.document.get("not_recorded", ())
        missing = [each for each in self.other.get("not_recorded", ()) if each not in unknown]
        if not any_cases(self.other):
            yield compared.no_cases_in(name, language)
        elif missing and any_cases(self.document):
            what = ", ".join(title(f"recorded.{each}", language) for each in missing)
            yield f"{name}: {note('not_recorded', language).format(what=what)}"

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
            names = (name for each in section.blocks for name in (each, each + compared.AFTER))
            told = [blocks[name] for name in names if name in blocks]
            comment = comments.get(key, "").replace("\r\n", "\n").strip()
            if told or comment:
                yield self._section(key, section, told, comment)

    def _work(self) -> Iterator[dict[str, Any]]:
        """The work of the year, last; in the case team's own copy alone."""
        language = self.question.language
        said_once = source_of_work(language)  # the section's own words say it already
        told = [
            block(f"work.{name}", replace(sheet, said=[each for each in sheet.said if each != said_once]), language)
            for name, sheet in self.work.items()
        ]
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
        caveats, counts = list(self._caveats()), queries.counts_told(self.question)
        pictures = figures(self.document, language)
        found = {}
        for key, sheet in self._sheets():
            told = [*sources_of(key, self.document, profile, counts, language)]
            told += days_of(self.document, counts.all, self.as_of, language) if key == "disagreements" else []
            made = block(key, sheet, language, remarks=told)
            made |= {"years": self._years(key), **self._picture(key, made, pictures)}
            if made["svg"] and len(made["years"]) > 1:
                made["remarks"].append(_("The bars show %(year)s.") % {"year": made["years"][0]})
            if any(each is not None for each in numbers(made)):
                found[key] = placed(made, self.document, profile, caveats)
        return found

    def _picture(self, key: str, made: Block, pictures: Mapping[str, str]) -> dict[str, str]:
        """The figure as SVG where it is one, and what is read aloud of it."""
        svg = _without_seams(pictures.get(key.removeprefix("figure."), "")) if key.startswith("figure.") else ""
        alt = _("Bar chart: %(title)s. Every number is in the table.") % {"title": made["caption"]}
        return {"svg": svg, "alt": alt if svg else ""}

    def _years(self, key: str) -> list[int]:
        """The years of a table's columns of our own cases, one after the other."""
        compare = self.question.compare if self._two_years and key in compared.BESIDE_EACH_OTHER else None
        return [period.first.year for period in (self.question.period, compare) if period]

    @property
    def _two_years(self) -> bool:
        return self.other is not None and any_cases(self.document) and any_cases(self.other)

    def _sheets(self) -> Iterator[tuple[str, Sheet]]:
        language, compare = self.question.language, self.question.compare
        mine = _as_printed(self.document, language)
        if not any_cases(self.document):
            mine = {key: sheet for key, sheet in mine.items() if key not in OF_CASES}
        if self.other and compare and self._two_years:
            names = (written(self.question.period, language), written(compare, language))
            yield from compared.sheets_of_both(mine, _as_printed(self.other, language), names)
        else:
            yield from mine.items()
        said = ProgrammeYear.objects.filter(year=self.question.period.first.year).first()
        if said:
            yield PROGRAMME, programme_sheet(said, self.document, language)

    def _caveats(self) -> Iterator[Warned]:
        """What the agencies wrote in their files, then what the team has written; of one number or of all of a year."""
        for each in self.document["caveats"]:
            yield Warned(each["year"], each["source"], sentence(each["note"]), each["indicator"])

    def _definitions(self, blocks: Mapping[str, Block]) -> list[dict[str, str]]:
        """What the numbers in it mean; what a table means stands beneath it already."""
        rows = {row[0]["value"] for found in blocks.values() for row in found["rows"]}
        return [
            {"title": said["title"], "means": said["means"]}
            for key, said in self.document["definitions"].items()
            if key not in blocks and said["title"] in rows
        ]


def _as_printed(document: Mapping[str, Any], language: str) -> dict[str, Sheet]:
    """The tables that stand in some section, as the report of 2006 prints them."""
    found, wanted = by_name(document, language), [key for section in SECTIONS.values() for key in section.blocks]
    return {key: one_column(found[key]) if key == "table.2" else found[key] for key in wanted if key in found}


def _without_seams(svg: str) -> str:
    """The first series plainly filled: its pattern is one colour, but shows the seams of its tiles in a PDF."""
    return re.sub(r'fill="url\(#figure-\d-0\)"', f'fill="{BLUE}"', svg)
