"""Who lives where on what contract, and what the lists say they owe."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bofast.arrears.models.files import ReceivedFile


class Dwelling(models.Model):
    """A municipal dwelling. The address is erasable; district and kind are skeleton."""

    dwelling_no = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=200, blank=True)
    district = models.CharField(_("district"), max_length=200, blank=True, db_index=True)
    kind = models.CharField(max_length=200, blank=True)


class Tenancy(models.Model):
    """A contract, and so a household. Without arrears only what matching needs is held: number, KID, where to look.

    `register_file` and `register_line` point at the kept register; its row is read out when the household comes into
    arrears (`actions.tenancies`). `clause` is None while it is unknown whether the lease has the eviction
    clause. `monthly_rent` is øre. `stale` says that the register has told something new of a household in arrears that
    its cases have not been assessed with yet. Whether the address is protected, `Shield` says and nothing else.
    """

    contract_no = models.CharField(max_length=40, unique=True)
    kid = models.CharField(max_length=40, blank=True, db_index=True)
    register_file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, null=True, related_name="+")
    register_line = models.PositiveIntegerField(null=True)
    dwelling = models.OneToOneField(Dwelling, on_delete=models.PROTECT, null=True, related_name="tenancy")
    monthly_rent = models.BigIntegerField(null=True)
    lease_from = models.DateField(null=True)
    lease_to = models.DateField(null=True)
    clause = models.BooleanField(null=True)
    stale = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(register_file__isnull=True, register_line__isnull=True)
                | Q(register_file__isnull=False, register_line__isnull=False),
                name="register_pointer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(monthly_rent__isnull=True) | Q(monthly_rent__gte=0), name="rent_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.contract_no


class Household(models.Model):
    """How many live there. The statistics count them, so this stays when people are erased; seen as household is."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.CASCADE, related_name="household")
    members = models.PositiveIntegerField(null=True)
    children = models.PositiveIntegerField(null=True)


class Resident(models.Model):
    """A person named on a contract: the main tenant, another adult or a guardian. Erasable.

    `corrected`: field → marks of values that a person has said are wrong (`actions.corrections`), so no news in a list.
    """

    class Role(models.TextChoices):
        MAIN = "main", _("main tenant")
        ADULT = "adult", _("other adult")
        GUARDIAN = "guardian", _("guardian")

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="residents")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MAIN)
    name = models.CharField(max_length=200, blank=True)
    national_id = models.CharField(max_length=11, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=40, blank=True)
    corrected = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["name"])]
        constraints = [
            models.UniqueConstraint(fields=["tenancy"], condition=Q(role="main"), name="one_main_tenant_per_contract")
        ]


class Claim(models.Model):
    """One rent claim: its invoice number, or else due day and amount. `settled_on` is the first list without it."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="claims")
    key = models.CharField(max_length=60)
    invoice_no = models.CharField(max_length=40, blank=True)
    due_on = models.DateField()
    amount = models.BigIntegerField(null=True)
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenancy", "key"], name="one_claim_per_key")]
        indexes = [models.Index(fields=["tenancy"], condition=Q(settled_on__isnull=True), name="open_claims")]


class LedgerEntry(models.Model):
    """What one line of one list said of one claim. Append-only; amounts are øre, `outstanding` is principal above 0."""

    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="entries")
    outstanding = models.BigIntegerField()
    fees = models.BigIntegerField(default=0)
    interest = models.BigIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    demanded_on = models.DateField(null=True)
    petitioned_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="one_entry_per_line"),
            models.CheckConstraint(condition=Q(outstanding__gt=0), name="listed_claims_are_unpaid"),
        ]
