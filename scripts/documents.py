"""Write the documents that are made from the program's own tables: docs/rules.md and docs/record-of-processing.md.

The tests hold them to what the tables say; run `.venv/bin/python scripts/documents.py` after changing a rule, a figure
or what is held of persons.
"""

import os
from pathlib import Path

import django

from bofast.domain import rules_document

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Write both, as they are today."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bofast.config.settings")
    django.setup()
    from bofast.reports.privacy_record import held  # has models, so Django must be set up before

    for name, text in (("rules.md", rules_document.render()), ("record-of-processing.md", held.in_english())):
        (DOCS / name).write_text(text, "utf-8")
        print(f"wrote docs/{name}")


if __name__ == "__main__":
    main()
