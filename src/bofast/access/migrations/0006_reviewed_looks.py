"""What the auditor has looked into; the street a user says they live in; and a log that is quick to read by action."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from bofast.access.append_only import AppendOnly


class Migration(migrations.Migration):
    """Two tables, a field and an index."""

    dependencies = [("access", "0005_roles_instead_of_agency")]
    operations = [
        migrations.AddField(
            model_name='user',
            name='street',
            field=models.CharField(blank=True, max_length=100, verbose_name='the street you live in'),
        ),
        migrations.AddIndex(
            model_name='accessentry',
            index=models.Index(fields=['action', 'at'], name='access_entry_by_action'),
        ),
        migrations.CreateModel(
            name='Reviewed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sign', models.CharField(max_length=20)),
                ('day', models.DateField()),
                ('object_id', models.CharField(blank=True, max_length=40)),
                ('outcome', models.CharField(choices=[('needed', 'the look was needed in the work'), ('asked', 'taken up with the leader'), ('breach', 'the look was not needed: handled as a breach')], max_length=10, verbose_name='what you found')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['day', 'sign'], name='reviewed_by_day')],
            },
        ),
        migrations.CreateModel(
            name='ReviewNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('reviewed', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='note', to='access.reviewed')),
            ],
        ),
        AppendOnly("Reviewed"),
    ]
