"""What we were sent and hold.

Personal content (file bytes, quarantined cells, residents, households, dwellings' addresses) sits in rows of its own
that can be erased; ledger entries keep ids, days and amounts only, and are append-only.
"""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DEFAULT_SENDER = "standard"


class FileKind(models.TextChoices):
    """The kinds of file that are understood; their columns are in `domain.files`."""

    ARREARS = "arrears", _("Arrears list")
    REGISTER = "register", _("Tenancy register")
    CASES = "cases", _("Case register")
    COUNTS = "counts", _("Agency counts")


class SenderProfile(models.Model):
    """How one sender names its columns: header as sent → our key."""

    sender = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "kind"], name="one_profile_per_sender_and_kind")]


class ReceivedFile(models.Model):
    """One file as it came in. `as_of` is the file's own day; a later file of the same sender, kind and day takes over.

    The numbers are today's: a corrected row moves from `quarantined` to `accepted`. `receipt` keeps the first answer.
    `outstanding` is øre. `reconciled_at` says when the cases last took the list in; None asks for it.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    sender = models.CharField(max_length=60, default=DEFAULT_SENDER)
    as_of = models.DateField(null=True)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    standing = models.BooleanField(default=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    doubled = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    continuing = models.PositiveIntegerField(default=0)
    increased = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    outstanding = models.BigIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    receipt = models.JSONField(default=dict)
    reconciled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-as_of", "-id")
        indexes = [models.Index(fields=["kind", "sender", "as_of"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("accepted") + F("doubled") + F("quarantined")), name="every_row_ends_in_one_place"
            ),
            models.UniqueConstraint(fields=["sha256", "as_of"], name="a_file_once_for_its_day"),
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(as_of__isnull=True), name="a_file_without_a_day_once"
            ),
            models.UniqueConstraint(
                fields=["sender", "as_of"],
                condition=Q(kind="arrears", standing=True),
                name="one_standing_list_per_sender_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of or ''}".strip()


class FileContent(models.Model):
    """The bytes as sent. Erasing this row leaves the receipt and the ledger standing."""

    file = models.OneToOneField(ReceivedFile, on_delete=models.CASCADE, related_name="content")
    data = models.BinaryField()


class QuarantinedRow(models.Model):
    """A row nobody could read for certain, kept as sent beside what is wrong with it, until a person puts it right.

    `cells` and `corrected_cells` are (header, text) pairs: a JSON object loses the order of its keys on PostgreSQL.
    `settled_by` None with a state other than open: the register came and made the contract known.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        CORRECTED = "corrected", _("put right")
        DOUBLED = "doubled", _("already there")
        SET_ASIDE = "set_aside", _("set aside")

    file = models.ForeignKey(ReceivedFile, on_delete=models.CASCADE, related_name="quarantine")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    faults = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    corrected_cells = models.JSONField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("line",)
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="one_quarantine_row_per_line")]


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
    clause. `monthly_rent` is øre. With `address_protected` no address, district or dwelling number is held outside
    the kept register. `stale` says that the register has told something new of a household in arrears that its cases
    have not been assessed with yet.
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
    address_protected = models.BooleanField(default=False)
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
    """Who lives there, in numbers. Erasable; seen by those who may see the household."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.CASCADE, related_name="household")
    members = models.PositiveIntegerField(null=True)
    children = models.PositiveIntegerField(null=True)


class Resident(models.Model):
    """A person named on a contract: the main tenant, another adult or a guardian. Erasable."""

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
