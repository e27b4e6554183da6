"""Households that are shielded, and who is named to see past it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bofast.arrears.models.tenancies import Tenancy


class Shield(models.Model):
    """A household shielded by register or by hand: its address, or the whole of it, for named people only.

    ADDRESS hides where they live; CASE hides the household (a colleague's, a known person's); RESTRICTED stops all
    work but keeping (a person's right while something is disputed).
    """

    class Kind(models.TextChoices):
        ADDRESS = "address", _("the address is protected")
        CASE = "case", _("the whole case is shielded")
        RESTRICTED = "restricted", _("use of the data is restricted")

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="shields")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_register = models.BooleanField(default=False)
    since = models.DateField()
    ended_on = models.DateField(null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "kind"], condition=Q(ended_on__isnull=True), name="shielded_once_at_a_time"
            )
        ]


class Named(models.Model):
    """Somebody named to see a shielded household, until the naming is ended."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="named")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    ended_on = models.DateField(null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "user"], condition=Q(ended_on__isnull=True), name="named_once_at_a_time"
            )
        ]


class ShieldedAddress(models.Model):
    """Where a household with a protected address lives: apart from everything that lists or searches. Erasable."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.CASCADE, related_name="shielded_address")
    dwelling_no = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=200, blank=True)
