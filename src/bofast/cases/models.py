"""What we did: one case an arrears episode, its append-only events, its tasks, and what followed on each day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Team
from bofast.arrears.models import ReceivedFile, Tenancy
from bofast.domain.facts import DeedCode, Stage


class Case(models.Model):
    """One arrears episode of one household, from its first list until a person closes it with a reason.

    `cleared_on` is the day of the first list without the household: it asks why, it closes nothing. `stale` says that
    something has happened since the newest assessment (`current`).
    """

    class Outcome(models.TextChoices):
        PAID = "paid", _("paid by themselves")
        COVERED = "covered", _("covered by social services")
        HOUSING_BENEFIT = "housing_benefit", _("housing benefit")
        PLAN = "plan", _("payment plan")
        GUARANTEE = "guarantee", _("guarantee from social services")
        WRITTEN_OFF = "written_off", _("written off or corrected by the landlord")
        MOVED = "moved", _("moved")
        EVICTED = "evicted", _("evicted")
        RETURNED = "returned", _("came back before the reason was found")
        OTHER = "other", _("other")

    number = models.CharField(max_length=20, unique=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="cases")
    sender = models.CharField(max_length=60)
    opened_on = models.DateField()
    last_listed_on = models.DateField()
    cleared_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    relapse_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="relapses")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="cases")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="held_cases")
    review_on = models.DateField(null=True)
    stage = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stage], default=Stage.DUE.value)
    stale = models.BooleanField(default=True, db_index=True)
    current = models.ForeignKey("Assessment", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["tenancy", "opened_on"], name="one_case_per_episode"),
            models.UniqueConstraint(
                fields=["tenancy"],
                condition=Q(closed_on__isnull=True, cleared_on__isnull=True),
                name="one_running_case",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="a_closed_case_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Event(models.Model):
    """Something that happened to a case, on a day. Append-only, and so without a word about anybody: see `Note`.

    `code` is a deed (`DeedCode`), or one of the codes below. `facts` carries the deed's details (channel, content,
    ground, scheduled day, amount in øre) or what was changed.
    """

    class Code(models.TextChoices):
        OPENED = "opened"
        CLEARED = "cleared"
        NOTE = "note"
        HOLDER = "holder"
        TASK_ADDED = "task_added"
        TASK_DONE = "task_done"
        CLAUSE = "clause"
        REVIEW_SET = "review_set"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=20)
    on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(ReceivedFile, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("on", "id")
        indexes = [models.Index(fields=["case", "on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "on"], condition=Q(file__isnull=False), name="a_list_tells_a_deed_once"
            )
        ]

    @property
    def is_deed(self) -> bool:
        """Whether the rules look at it."""
        return self.code in set(DeedCode)


class Note(models.Model):
    """Words about a household, beside the event they belong to. Erasable; read only by those who may know of help."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="note")
    text = models.TextField()


class Task(models.Model):
    """Something somebody is to do by a day. `code` is a finding's code where the program asks, `manual` otherwise."""

    MANUAL = "manual"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    code = models.CharField(max_length=60, default=MANUAL)
    text = models.CharField(max_length=300, blank=True)
    agency = models.CharField(max_length=30)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="tasks")
    created_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(done_on__isnull=True) & ~Q(code="manual"),
                name="asked_once_at_a_time",
            )
        ]


class Assessment(models.Model):
    """What followed for a case on a day: append-only, with the facts and the rule version, so reasons can be rebuilt.

    It holds from `on` until the day before `changes_on`, or until something happens. `order_full` and `order_neutral`
    sort the worklist (ascending, most urgent first): the second for agencies that may not know of household and help.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    rule_version = models.CharField(max_length=20)
    stage = models.CharField(max_length=12)
    facts = models.JSONField()
    findings = models.JSONField()
    questions = models.JSONField()
    step_code = models.CharField(max_length=60)
    step_due_on = models.DateField()
    step_owner = models.CharField(max_length=30)
    deadline_code = models.CharField(max_length=60, blank=True)
    deadline_on = models.DateField(null=True)
    order_full = models.CharField(max_length=120)
    order_neutral = models.CharField(max_length=120)
    outstanding = models.BigIntegerField()
    oldest_due_on = models.DateField(null=True)
    changes_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-on", "-id"]), models.Index(fields=["order_full"])]
