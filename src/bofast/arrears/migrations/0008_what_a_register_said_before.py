"""What a register said of a case before another one took it over is kept, for reports as of an earlier day."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("arrears", "0007_when_an_answer_was_asked_for_again")]

    operations = [
        migrations.CreateModel(
            name="FormerRegisteredCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("case_no", models.CharField(max_length=40)),
                ("opened_on", models.DateField()),
                ("district", models.CharField(blank=True, max_length=200)),
                ("values", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("replaced_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_cases",
                        to="arrears.receivedfile",
                    ),
                ),
            ],
        ),
    ]
