"""A published report stays as it was: the database itself refuses to change or remove it."""

from django.db import migrations

from bofast.access.append_only import AppendOnly


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies = [("reports", "0001_initial")]
    operations = [
        AppendOnly("PublishedReport"),
    ]
