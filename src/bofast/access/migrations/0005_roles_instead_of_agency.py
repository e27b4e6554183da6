"""The agency stands in the role now; and SQLite made the log's table anew, so its trigger is put back."""

from django.db import migrations

from bofast.access.append_only import AppendOnly


class Migration(migrations.Migration):
    """Take the old fields away."""

    dependencies = [("access", "0004_everybody_gets_a_role")]
    operations = [
        migrations.RemoveField(
            model_name='user',
            name='agency',
        ),
        migrations.RemoveField(
            model_name='user',
            name='team',
        ),
        AppendOnly("AccessEntry"),
        AppendOnly("Proof"),
    ]
