"""A document of sections and tables: the same one for a page, an accessible PDF and Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from bofast.letters.typst import render


@dataclass(frozen=True, kw_only=True)
class Table:
    """What it is a table of, its columns, and rows as long as the header; the first cell names the row."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with what is said under it, and then its tables."""

    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """The whole. `author` is the municipality; `status` says what kind of document it is and of which day."""

    title: str
    author: str
    status: str
    sections: Sequence[Section]


def as_pdf(document: Document, language: str, *, made_on: date) -> bytes:
    """PDF/UA-1, the same bytes for the same document."""
    return render("document", asdict(document), language, made_on=made_on)


def as_markdown(document: Document) -> str:
    """Markdown with tables, as it is read in any editor."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield from (f"# {document.title}", "", document.status, "")
    for section in document.sections:
        yield from (f"## {section.title}", "")
        for paragraph in section.paragraphs:
            yield from (paragraph, "")
        if section.points:
            yield from (*(f"- {point}" for point in section.points), "")
        for table in section.tables:
            yield from _table(table, alone=len(section.tables) == 1)


def _table(table: Table, *, alone: bool) -> Iterator[str]:
    if not alone:
        yield from (f"**{table.caption}**", "")
    yield _row(table.header)
    yield "|" + "---|" * len(table.header)
    yield from map(_row, table.rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
