"""Tables that only grow: the database itself refuses to change or remove their rows."""

from django.db import migrations

from bofast.access.append_only import AppendOnly


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies = [("access", "0001_initial")]
    operations = [
        AppendOnly("AccessEntry"),
    ]
