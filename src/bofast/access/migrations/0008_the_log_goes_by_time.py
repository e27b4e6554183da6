"""The municipality decides how long the access log is kept; then entries go, and only with proof."""

from django.db import migrations, models

from bofast.access.append_only import GoesWithProof


class Migration(migrations.Migration):
    """One more kind of record, and a trigger that lets entries go once it is proven."""

    dependencies = [("access", "0007_the_first_administrator")]
    operations = [
        migrations.AlterField(
            model_name="retention",
            name="kind",
            field=models.CharField(
                choices=[
                    ("arrears_files", "Arrears lists as sent"),
                    ("register_files", "Tenancy registers as sent"),
                    ("other_files", "Other files as sent"),
                    ("quarantine", "Rows in quarantine"),
                    ("hand_outs", "Lists handed out, with their answers"),
                    ("notes", "Notes and words of closed cases"),
                    ("persons", "Who the household was, after the case is closed"),
                    ("consents", "Consents and powers of attorney that have ended"),
                    ("access_log", "The access log, with what was found when it was reviewed"),
                ],
                max_length=20,
                verbose_name="what",
            ),
        ),
        GoesWithProof("AccessEntry", "access_log"),
    ]
