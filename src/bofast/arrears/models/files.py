"""The files as they came in: their receipt, their bytes, and the rows nobody could read for certain."""

from django.conf import settings
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
    ANSWERS = "answers", _("Answers to a list handed out")


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
    A list that `waits` is kept as sent and counts for nothing until somebody says that it is to be used.
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

    @property
    def waits(self) -> bool:
        """Whether it does not stand though no other has taken over from it."""
        return not self.standing and self.superseded_by_id is None

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of or ''}".strip()


class FileContent(models.Model):
    """The bytes as sent; from `redacted_at`, a text of ours without some lines. Erasable: receipt and ledger stand."""

    file = models.OneToOneField(ReceivedFile, on_delete=models.CASCADE, related_name="content")
    data = models.BinaryField()
    redacted_at = models.DateTimeField(null=True)


class QuarantinedRow(models.Model):
    """A row nobody could read for certain, kept as sent beside what is wrong with it, until a person puts it right.

    `cells` and `corrected_cells` are (header, text) pairs: a JSON object loses the order of its keys on PostgreSQL.
    CORRECTED or DOUBLED by None: the register came and made the contract known. ERASED: its texts are gone.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        CORRECTED = "corrected", _("put right")
        DOUBLED = "doubled", _("already there")
        SET_ASIDE = "set_aside", _("set aside")
        ERASED = "erased", _("erased")

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
