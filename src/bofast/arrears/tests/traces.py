"""Where a text still stands: in any column of any table, and in the bytes of SQLite's files."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import connection


def in_tables(*texts: str) -> list[str]:
    """`table.column: text` for every text that some row of some table still holds, in whatever form."""
    sought = {text: _forms(text) for text in texts}
    return [
        f"{place}: {text}"
        for place, held in _cells()
        for text, forms in sought.items()
        if any(form in held for form in forms)
    ]


def _cells() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", _as_bytes(value)


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _forms(text: str) -> set[bytes]:
    """A text as UTF-8, as JSON writes it, and as Windows and UTF-16 do."""
    return {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("cp1252"), text.encode("utf-16-le")}


def in_database_files(*texts: str) -> list[str]:
    """The same for SQLite's own files: what is deleted may still lie in a free page, or in the log."""
    name = str(connection.settings_dict["NAME"])
    files = [Path(name + end) for end in ("", "-wal", "-journal") if Path(name + end).exists()]
    assert files
    held = {file.name: file.read_bytes() for file in files}
    return [f"{file}: {text}" for file, data in held.items() for text in texts if any(f in data for f in _forms(text))]
