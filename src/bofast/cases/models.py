"""What we did: one case an arrears episode, its append-only events, its tasks, and what followed on each day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Team
from bofast.arrears.models import HandOut, ReceivedFile, Tenancy
from bofast.domain.facts import DeedCode, Stage


class Case(models.Model):
    """One arrears episode of one household, from its first list until a person closes it with a reason.

    `cleared_on` is the day of the first list without the household: it asks why, it closes nothing. `stale` says that
    something has happened since the newest assessment (`current`). `partner_team` has the case jointly with `team`.
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
    partner_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="joint_cases")
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
        SCREENED = "screened"
        SHARED = "shared"
        SHARING_ENDED = "sharing_ended"
        CONSENT = "consent"
        CONSENT_WITHDRAWN = "consent_withdrawn"
        REPRESENTATIVE = "representative"
        REQUESTED = "requested"
        DECIDED = "decided"
        COMPLAINED = "complained"
        SHIELDED = "shielded"
        CORRECTED = "corrected"

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


class Consent(models.Model):
    """What the household has agreed to: a text of a version, from whom to whom, about what, until withdrawn.

    `weak` marks that the person depends on the receiver. Agencies and parts are codes; `given_by` is a role, no name.
    """

    class GivenBy(models.TextChoices):
        TENANT = "tenant", _("the tenant")
        ADULT = "adult", _("another adult")
        GUARDIAN = "guardian", _("the guardian")
        ATTORNEY = "attorney", _("who has power of attorney")

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="consents")
    text_version = models.CharField(max_length=40)
    sender = models.CharField(max_length=30)
    receivers = models.JSONField()
    parts = models.JSONField()
    given_on = models.DateField()
    given_by = models.CharField(max_length=10, choices=GivenBy.choices, default=GivenBy.TENANT)
    weak = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ("-given_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                name="withdrawn_after_it_was_given",
            )
        ]


class Representative(models.Model):
    """Somebody who acts for the household: with power of attorney, or a guardian within a mandate. Erasable."""

    class Kind(models.TextChoices):
        ATTORNEY = "attorney", _("power of attorney")
        GUARDIAN = "guardian", _("guardian")

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "-pk")


class Sharing(models.Model):
    """A case, or parts of it, shared with another agency on a day: with what basis, by whom, until it is ended.

    `findings` are the grounds it rests on (and that the consent is weak). Nothing in it names anybody.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sharings")
    sender = models.CharField(max_length=30)
    receiver = models.CharField(max_length=30)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="shared_cases")
    parts = models.JSONField()
    basis = models.CharField(max_length=20)
    findings = models.JSONField(default=list)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="sharings")
    hand_out = models.ForeignKey(HandOut, on_delete=models.PROTECT, null=True, related_name="sharings")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [
            models.Index(fields=["receiver", "team"], condition=Q(ended_on__isnull=True), name="standing_shares")
        ]


class HelpRequest(models.Model):
    """A request for help: it must end in a reasoned decision (boligsosial act § 7, from 2023-07-01)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    received_on = models.DateField()
    answer_by = models.DateField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ("received_on", "pk")


class Decision(models.Model):
    """A decision on help: outcome, provision, days; its words are beside it and erasable."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        PARTLY = "partly", _("granted in part")
        REFUSED = "refused", _("refused")

    class Complaint(models.TextChoices):
        NONE = "", _("no complaint")
        WAITING = "waiting", _("complaint waits for an answer")
        UPHELD = "upheld", _("the person was right")
        DISMISSED = "dismissed", _("the decision stands")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    request = models.OneToOneField(HelpRequest, on_delete=models.PROTECT, null=True, related_name="decision")
    provision = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_on = models.DateField()
    told_on = models.DateField(null=True)
    complain_by = models.DateField(null=True)
    complained_on = models.DateField(null=True)
    complaint = models.CharField(max_length=10, choices=Complaint.choices, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-decided_on", "-pk")


class DecisionWords(models.Model):
    """What a decision says and why. Erasable; part of help (aid for the social services' own)."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="words")
    content = models.TextField()
    reasons = models.TextField()
    complaint_text = models.TextField(blank=True)
