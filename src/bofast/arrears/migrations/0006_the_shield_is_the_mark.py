"""The register's mark is gone from the tenancy: the shield says it."""

from django.db import migrations


class Migration(migrations.Migration):
    """One column fewer."""

    dependencies = [("arrears", "0005_marks_become_shields")]
    operations = [migrations.RemoveField(model_name="tenancy", name="address_protected")]
