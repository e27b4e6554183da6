"""What others have counted and worked: statistics only."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from bofast.arrears.models.files import ReceivedFile


class AgencyCount(models.Model):
    """An agency's own number, kept apart from our cases. The newest `as_of` is the one in force, older ones stay."""

    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="counts")
    line = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    indicator = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    as_of = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="one_count_per_line")]
        indexes = [models.Index(fields=["year", "source", "indicator"])]


class RegisteredCase(models.Model):
    """A case from somebody's own register: history that counts in statistics only, never on the worklist.

    `values` holds the register's columns as read (days ISO, amounts øre); no column names a person.
    """

    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="registered_cases")
    line = models.PositiveIntegerField()
    case_no = models.CharField(max_length=40)
    opened_on = models.DateField(db_index=True)
    district = models.CharField(max_length=200, blank=True)
    values = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_no"], name="one_registered_case_per_number")]


class FormerRegisteredCase(models.Model):
    """What a register said of a case until another one, or a correction, took the case over: see `RegisteredCase`.

    Statistics as of an earlier day count the case as it was told then.
    """

    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="former_cases")
    line = models.PositiveIntegerField()
    case_no = models.CharField(max_length=40)
    opened_on = models.DateField()
    district = models.CharField(max_length=200, blank=True)
    values = models.JSONField(encoder=DjangoJSONEncoder)
    replaced_at = models.DateTimeField(default=timezone.now, db_index=True)
