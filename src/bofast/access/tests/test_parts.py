"""The parts pages are built of, each drawn with what its comment says it takes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

DAY = date(2026, 4, 7)


class Sheet(forms.Form):
    file = forms.FileField(label="Restanseliste", help_text="CSV eller XLSX.")
    amount = forms.CharField(label="Restanse")
    outcome = forms.ChoiceField(
        label="Utfall", widget=forms.RadioSelect, choices=[("paid", "Betalt"), ("moved", "Flyttet")]
    )
    note = forms.CharField(label="Notat", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Avtalt", help_text="Muntlig er nok.")


EMPTY = Sheet({})
PARTS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("tag", {"text": "Ny", "color": "info"}, ['data-color="info"', "Ny"]),
    ("stage", {"stage": "evicted"}, ["Utkastet"]),
    ("deadline", {"on": DAY, "days": 3}, ["Frist", "7. april", "3 dager", 'datetime="2026-04-07"']),
    ("amount", {"ore": 100}, ["1\u00a0kr"]),
    ("day", {"on": DAY}, ["7. april 2026"]),
    (
        "key_figures",
        {"figures": [{"label": "Nye", "value": 3, "note": "to i Fana", "href": "/x"}]},
        ["Nye", "3", "to i Fana", '"/x"'],
    ),
    (
        "stepper",
        {
            "label": "Saksgang",
            "steps": [
                {"state": "now", "title": "Purring", "on": DAY, "fees": 500000},
                {"state": "later", "title": "Utkastelse"},
            ],
        },
        ['aria-current="step"', "Nå", "Purring", "5\u00a0000\u00a0kr", "Senere", 'aria-label="Saksgang"'],
    ),
    (
        "timeline",
        {"entries": [{"on": DAY, "title": "Ringte", "text": "Ikke svar", "actor": "Kari"}]},
        ["Ringte", "Ikke svar", "Kari", "<time"],
    ),
    ("definitions", {"pairs": [("Bydel", "Fana"), ("Telefon", "")]}, ["<dt>Bydel</dt>", "<dd>Fana</dd>", "<dd>–</dd>"]),
    (
        "reason",
        {"text": "Skylder 3,4 måneder", "facts": [("Skyldig", "16 754 kr")], "law": "§ 4-18"},
        ["<summary>Skylder", "16 754 kr", "§ 4-18"],
    ),
    (
        "table",
        {"caption": "Liste", "head": ["Navn", "Sum"], "rows": [["Anna", "9 kr"]], "numeric": [2]},
        ["<caption>Liste", 'scope="row">Anna', "9 kr"],
    ),
    (
        "field",
        {"field": EMPTY["amount"]},
        ['aria-describedby="id_amount_error"', 'aria-invalid="true"', "Fyll ut dette feltet."],
    ),
    ("field", {"field": EMPTY["outcome"]}, ["<fieldset", "<legend", "Utfall", "Betalt"]),
    ("field", {"field": EMPTY["note"]}, ["(valgfritt)", "<textarea"]),
    ("field", {"field": EMPTY["agreed"]}, ['id="id_agreed_helptext"', "Muntlig er nok."]),
    ("drop", {"field": EMPTY["file"]}, ['type="file"', "Slipp filen her", "id_file_helptext"]),
    ("error_summary", {"form": EMPTY}, ['href="#id_amount"', "Restanse: Fyll ut dette feltet.", 'role="alert"']),
    (
        "quarantine",
        {
            "caption": "Rader",
            "rows": [
                {
                    "line": 5,
                    "column": "Restanse",
                    "message": "er ikke et beløp",
                    "cells": [("Restanse", "snart")],
                    "action": "/fix",
                    "field": EMPTY["amount"],
                }
            ],
        },
        ["snart", 'class="fault"', "er ikke et beløp", 'action="/fix"'],
    ),
    (
        "empty",
        {"title": "Ingen lister", "text": "Legg inn den første.", "href": "/lists/", "action": "Legg inn"},
        ["Ingen lister", "/lists/"],
    ),
]


@pytest.mark.parametrize(("name", "given", "shown"), PARTS, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(PARTS)])
def test_a_part_shows_what_it_is_given(name: str, given: dict[str, Any], shown: list[str]) -> None:
    page = render_to_string(f"parts/{name}.html", given, request=RequestFactory().get("/"))
    assert [text for text in shown if text not in page] == []
    assert "style=" not in page and "{#" not in page and "{%" not in page


def test_what_a_person_wrote_is_never_read_as_markup() -> None:
    page = render_to_string("parts/timeline.html", {"entries": [{"on": DAY, "title": "<b>x</b>", "text": "<script>"}]})
    assert "<b>" not in page and "<script>" not in page


def test_every_part_is_drawn_here() -> None:
    folder = Path(settings.TEMPLATES[0]["DIRS"][0]) / "parts"
    elsewhere = {"language", "menu_item", "messages"}  # drawn by every page of this room's tests
    assert {path.stem for path in folder.glob("*.html")} - elsewhere == {name for name, _, _ in PARTS}
