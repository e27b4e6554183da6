"""From a template and its data to an accessible PDF.

The data goes in beside the template, never into its text, so nothing a person wrote is read as code. Only the fonts
that come with Typst are used, so a document looks the same wherever it is made. Call it in the process that answers:
Typst starts threads, and a process forked after its first document would wait for ever.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import typst

REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}
STANDARD: Final = "ua-1"
"""PDF/UA-1: what cannot be read aloud, such as a picture without a description, stops the document."""


class DocumentFault(RuntimeError):  # noqa: N818 (it reads as what it says)
    """The template does not give a document that is fit to send: what Typst said of it."""


def render(template: str, data: Mapping[str, Any], language: str, *, made_on: date) -> bytes:
    """The PDF (PDF/UA-1) of the template of that name with this data, the same bytes for the same input.

    `data`: what JSON can hold. Raises DocumentFault for an error and for every warning: a font that is missing or a
    table cut off is a fault, not a detail.
    """
    inputs = {
        "data": json.dumps(data),
        "language": language,
        "region": REGIONS[language],
        "made_on": made_on.isoformat(),
    }
    try:
        pdf, warnings = typst.compile_with_warnings(
            _source(template), sys_inputs=inputs, pdf_standards=[STANDARD], ignore_system_fonts=True
        )
    except typst.TypstError as error:
        raise DocumentFault(f"{template}: {error.message} {' '.join(error.hints)}".strip()) from error
    if warnings:
        raise DocumentFault(f"{template}: {'; '.join(warning.message for warning in warnings)}")
    if not isinstance(pdf, bytes):
        raise DocumentFault(f"{template}: gave no document")
    return pdf


@cache
def _source(template: str) -> bytes:
    """The text of a template. Raises FileNotFoundError where there is none of that name."""
    return files(__package__).joinpath("templates", f"{template}.typ").read_bytes()
