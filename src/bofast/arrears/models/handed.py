"""What was handed out of the lists, and what was answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bofast.arrears.models.files import ReceivedFile
from bofast.arrears.models.tenancies import Tenancy


class HandOut(models.Model):
    """A district's part of a list, handed to another agency on a day: an act of its own, kept with what was in it.

    `told_on` is the day the tenants had been told and could opt out; `answer_by` the day answers are expected, and
    `chased_on` the last day they were asked for again.
    """

    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="hand_outs")
    sender = models.CharField(max_length=30)
    receiver = models.CharField(max_length=30)
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="hand_outs")
    district = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    told_on = models.DateField(null=True)
    answer_by = models.DateField()
    chased_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-on", "-pk")


class HandedRow(models.Model):
    """One household of a hand-out: what went, or why it was held back.

    `key` is what the row is known by when it comes back; `outstanding` (øre) is the sum as handed out. `findings` are
    the grounds it went on, or the reasons it was held back. `released_because` is a person's reason for letting an
    unclear row go (erasable).
    """

    hand_out = models.ForeignKey(HandOut, on_delete=models.PROTECT, related_name="rows")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="handed_rows")
    key = models.CharField(max_length=40, unique=True)
    outstanding = models.BigIntegerField()
    sent = models.BooleanField()
    basis = models.CharField(max_length=20, blank=True)
    findings = models.JSONField(default=list)
    released_because = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["hand_out", "tenancy"], name="one_row_per_household_handed_out"),
            models.CheckConstraint(condition=Q(sent=True) & ~Q(basis="") | Q(sent=False), name="what_goes_has_a_basis"),
        ]


class Answer(models.Model):
    """What the receiver answered for one row; the newest counts, the former stay. `note` is erasable.

    `taken_in_at` says when the case learned of it; None asks for it.
    """

    row = models.ForeignKey(HandedRow, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, null=True, related_name="answers")
    answered_at = models.DateTimeField(default=timezone.now)
    taken_in_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
