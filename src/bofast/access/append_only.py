"""One migration operation that makes a table append-only on SQLite and PostgreSQL.

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
        table = to_state.apps.get_model(app_label, self.name)._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES.format(table=table), params=None)
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(_SQLITE.format(table=table, verb=verb), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 (Django's signature)
    ) -> None:
        """Take the trigger away again."""
        table = from_state.apps.get_model(app_label, self.name)._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER append_only_{table} ON {table}", params=None)
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER append_only_{table}_{verb}", params=None)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return f"Make {self.name} append-only"
