"""Migration operations that make a table append-only on SQLite and PostgreSQL.

Append-only must not mean undeletable persons: such tables hold skeletons (ids, days, codes, amounts); what names or
describes a person sits in rows of its own that can be erased.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRES = """
CREATE OR REPLACE FUNCTION bofast_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE OR REPLACE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION bofast_append_only();
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS append_only_{table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_POSTGRES_PROVEN = """
CREATE OR REPLACE FUNCTION bofast_goes_with_proof() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM access_proof WHERE verb = 'expired' AND kind = TG_ARGV[0]
    AND object_id COLLATE "C" > to_char(OLD.at AT TIME ZONE 'UTC', 'YYYY-MM-DD') COLLATE "C"
  ) THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION bofast_goes_with_proof('{kind}');
"""
_SQLITE_PROVEN = """
CREATE TRIGGER append_only_{table}_DELETE BEFORE DELETE ON {table}
WHEN NOT EXISTS (
  SELECT 1 FROM access_proof WHERE verb = 'expired' AND kind = '{kind}' AND object_id > substr(OLD.at, 1, 10)
)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""


class AppendOnly(Operation):
    """Refuse every UPDATE and DELETE on a model's table, whoever asks the database."""

    reversible = True

    def __init__(self, name: str) -> None:
        """`name`: the model, as in other operations."""
        self.name = name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing changes in the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 (Django's signature)
        to_state: ProjectState,
    ) -> None:
        """Install the trigger."""
        self._install(schema_editor, to_state.apps.get_model(app_label, self.name)._meta.db_table)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 (Django's signature)
    ) -> None:
        """Take the trigger away again."""
        self._remove(schema_editor, from_state.apps.get_model(app_label, self.name)._meta.db_table)

    def _install(self, schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES.format(table=table), params=None)
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(_SQLITE.format(table=table, verb=verb), params=None)

    def _remove(self, schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER append_only_{table} ON {table}", params=None)
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER append_only_{table}_{verb}", params=None)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return f"Make {self.name} append-only"


class GoesWithProof(AppendOnly):
    """Let rows of an append-only table go by time: those from before the day of a proof that such rows are erased.

    The proof is an `access.Proof` of that kind, append-only itself, whose `object_id` is the day (UTC, as in `at`).
    """

    def __init__(self, name: str, kind: str) -> None:
        """`name`: the model, with a field `at`; `kind`: what the proof is of."""
        super().__init__(name)
        self.kind = kind

    def _install(self, schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
        """Put the milder trigger in the stern one's place."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES_PROVEN.format(table=table, kind=self.kind), params=None)
            return
        schema_editor.execute(f"DROP TRIGGER append_only_{table}_DELETE", params=None)
        schema_editor.execute(_SQLITE_PROVEN.format(table=table, kind=self.kind), params=None)

    def _remove(self, schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
        """Put the stern trigger back."""
        super()._remove(schema_editor, table)
        super()._install(schema_editor, table)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return f"Let {self.name} be erased by time, with proof"
