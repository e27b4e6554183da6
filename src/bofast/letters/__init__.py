"""What we say: templates in Typst, data in → PDF out; no database."""
