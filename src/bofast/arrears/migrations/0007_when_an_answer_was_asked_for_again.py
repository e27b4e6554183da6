"""A hand-out remembers when its answers were last asked for again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("arrears", "0006_the_shield_is_the_mark")]

    operations = [migrations.AddField("handout", "chased_on", models.DateField(null=True))]
