"""Users and what they are here, how the municipality is organised, how long things are kept, and the two logs."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

import rules
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bofast.access.need_to_know import Role, Viewer
from bofast.domain.facts import Agency
from bofast.domain.sharing_facts import LandlordIs, Organisation, OutreachIs

AGENCY_CHOICES = [
    (Agency.OUTREACH.value, _("Outreach team")),
    (Agency.SOCIAL_SERVICES.value, _("Social services")),
    (Agency.LANDLORD.value, _("Landlord")),
    (Agency.COLLECTOR.value, _("Collector")),
    (Agency.HOUSING_BENEFIT.value, _("Housing benefit office")),
    (Agency.DEBT_ADVICE.value, _("Debt advice")),
    (Agency.STEERING.value, _("Steering group")),
]
ROLE_CHOICES = [
    (Role.CASEWORKER.value, _("Caseworker")),
    (Role.LEADER.value, _("Team leader")),
    (Role.CLERK.value, _("Clerk")),
    (Role.ADVISER.value, _("Adviser")),
    (Role.STEERING.value, _("Steering group member")),
    (Role.ADMINISTRATOR.value, _("Administrator of users")),
    (Role.AUDITOR.value, _("Auditor of the access log")),
]
WITHOUT_AGENCY = (Role.ADMINISTRATOR.value, Role.AUDITOR.value)


class Team(models.Model):
    """Those of one agency who share a worklist; with a district, only that district's households."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    agency = models.CharField(_("agency"), max_length=30, choices=AGENCY_CHOICES)
    district = models.CharField(_("district"), max_length=60, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class People(UserManager["User"]):
    """Users as Django makes them; its `createsuperuser` makes the first administrator of users."""

    use_in_migrations = False

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **more: Any
    ) -> "User":
        """A user who administers users, and so sees no case."""
        user = self.create_user(username, email, password, **(more | {"is_superuser": False, "is_staff": False}))
        Assignment.objects.create(user=user, role=Role.ADMINISTRATOR)
        return user


class User(AbstractUser):
    """A person who signs in. What the person is here stands in `assignments`; who has several acts in one at a time.

    `acting_id` is the assignment chosen for this session (`access.acting`); without one the first that still runs.
    `street` is voluntary, and only held against the dwellings a person has looked at, when the access log is reviewed.
    """

    acting_id: int | None = None
    objects: ClassVar[People] = People()
    street = models.CharField(_("the street you live in"), max_length=100, blank=True)

    class Meta:
        ordering = ("first_name", "last_name", "username")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Only what a rule grants: Django lets a superuser through everywhere, the administrator here sees no case."""
        granted: bool = self.is_active and rules.has_perm(perm, self, obj)
        return granted

    @cached_property
    def seats(self) -> "Sequence[Assignment]":
        """The assignments that run, first given first."""
        return [seat for seat in self.assignments.select_related("team") if seat.ended_on is None]

    @property
    def acting(self) -> "Assignment | None":
        """The assignment this person acts in now."""
        chosen = [seat for seat in self.seats if seat.pk == self.acting_id]
        return next(iter(chosen or self.seats), None)

    @property
    def agency(self) -> str:
        """The agency acted for, empty for none."""
        return self.acting.agency if self.acting else ""

    @property
    def role(self) -> str:
        """The role acted in, empty for none."""
        return self.acting.role if self.acting else ""

    @property
    def team(self) -> Team | None:
        """The team acted in."""
        return self.acting.team if self.acting else None

    @property
    def team_id(self) -> int | None:
        """The key of the team acted in."""
        return self.acting.team_id if self.acting else None

    def works_for(self, agency: str) -> bool:
        """Whether any of the person's running assignments is with that agency."""
        return any(seat.agency == agency for seat in self.seats)

    @cached_property
    def viewer(self) -> Viewer:
        """What this person may see, in the seat acted in, as the municipality is organised today."""
        return Viewer(
            name=str(self),
            agency=Agency(self.agency) if self.agency else None,
            role=Role(self.role) if self.role else None,
            user_id=self.pk,
            team_id=self.team_id,
            organisation=OrganisationSetting.in_force(timezone.localdate()),
        )


class Assignment(models.Model):
    """One thing a person is here: a role in an agency, perhaps on a team. Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    agency = models.CharField(_("agency"), max_length=30, choices=AGENCY_CHOICES, blank=True)
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "user",
                "role",
                "agency",
                Coalesce("team", 0),
                condition=Q(ended_on__isnull=True),
                name="one_running_assignment_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(role__in=WITHOUT_AGENCY, agency="", team__isnull=True)
                | (~Q(role__in=WITHOUT_AGENCY) & ~Q(agency="")),
                name="who_has_no_agency_sees_no_case",
            ),
        ]

    def __str__(self) -> str:
        where = self.team or self.get_agency_display()
        return f"{self.get_role_display()}, {where}" if where else str(self.get_role_display())


class OrganisationSetting(models.Model):
    """How the municipality is organised from a day on: it decides what may go over which border. Never edited."""

    class Outreach(models.TextChoices):
        SOCIAL_SERVICES = OutreachIs.SOCIAL_SERVICES.value, _("part of the social services")
        HOUSING_AGENCY = OutreachIs.HOUSING_AGENCY.value, _("part of the housing agency")
        OWN_UNIT = OutreachIs.OWN_UNIT.value, _("a unit of its own")

    class Landlord(models.TextChoices):
        MUNICIPAL = LandlordIs.MUNICIPAL.value, _("part of the municipality")
        COMPANY = LandlordIs.COMPANY.value, _("a company of its own")

    valid_from = models.DateField(_("valid from"))
    outreach = models.CharField(_("the outreach team is"), max_length=20, choices=Outreach.choices)
    landlord = models.CharField(_("the landlord is"), max_length=20, choices=Landlord.choices)
    relies_on_social_housing_act = models.BooleanField(default=False)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-valid_from", "-pk")

    @classmethod
    def in_force(cls, on: date) -> Organisation:
        """How it was organised on the day; unsaid where nobody has said."""
        row: Self | None = cls.objects.filter(valid_from__lte=on).first()
        if row is None:
            return Organisation(outreach=None, landlord=None)
        return Organisation(
            outreach=OutreachIs(row.outreach),
            landlord=LandlordIs(row.landlord),
            relies_on_social_housing_act=row.relies_on_social_housing_act,
        )


class RecordKind(models.TextChoices):
    """Kinds of record that are kept for a time of their own."""

    ARREARS_FILES = "arrears_files", _("Arrears lists as sent")
    REGISTER_FILES = "register_files", _("Tenancy registers as sent")
    OTHER_FILES = "other_files", _("Other files as sent")
    QUARANTINE = "quarantine", _("Rows in quarantine")
    HAND_OUTS = "hand_outs", _("Lists handed out, with their answers")
    NOTES = "notes", _("Notes and words of closed cases")
    PERSONS = "persons", _("Who the household was, after the case is closed")
    CONSENTS = "consents", _("Consents and powers of attorney that have ended")
    ACCESS_LOG = "access_log", _("The access log, with what was found when it was reviewed")


class Retention(models.Model):
    """How long one kind of record is kept, from a day on: the municipality's own decision, never edited.

    No national number was found, so none is given: until the municipality has set one, nothing is erased by time.
    """

    kind = models.CharField(_("what"), max_length=20, choices=RecordKind.choices)
    valid_from = models.DateField(_("valid from"))
    months = models.PositiveSmallIntegerField(_("months kept"))
    ground = models.TextField(_("decided by, and why"))
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("kind", "-valid_from", "-pk")


class AccessAction(models.TextChoices):
    """What somebody did with data about persons."""

    LOOK = "look", _("looked at")
    SEARCH = "search", _("searched")
    LIST = "list", _("saw in a list")
    EXPORT = "export", _("took out")
    COMMAND = "command", _("ran a command")
    ADMINISTER = "administer", _("changed access")
    REFUSED = "refused", _("was refused")


class AccessReason(models.TextChoices):
    """Why somebody could look: what binds them to the case."""

    HOLDER = "holder", _("has the case")
    TEAM = "team", _("on the team that has the case")
    AGENCY = "agency", _("the agency's own work")
    SHARED = "shared", _("the case was shared with the agency")
    NAMED = "named", _("named for a shielded household")
    OPERATOR = "operator", _("operator of the installation")
    DUTY = "duty", _("duty of the role")


class AccessEntry(models.Model):
    """One look at somebody, append-only until its time is up. Kind and id only: a search tells of a person itself."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    operator = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=10, choices=AccessAction.choices)
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=10, choices=AccessReason.choices, blank=True)
    agency = models.CharField(max_length=30, choices=AGENCY_CHOICES, blank=True)
    detail = models.CharField(max_length=250, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id"]),
            models.Index(fields=["user", "at"]),
            models.Index(fields=["action", "at"], name="access_entry_by_action"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(operator=""), name="access_entry_has_someone"
            )
        ]


class Reviewed(models.Model):
    """That the auditor looked into something unusual in the access log, append-only.

    `sign` is what was unusual (`reports.access_log.signs`), of the looks of `user` on `day`; `object_id` is the case
    number, empty for what is about no one case. What was found in words is a `ReviewNote`.
    """

    class Outcome(models.TextChoices):
        NEEDED = "needed", _("the look was needed in the work")
        ASKED = "asked", _("taken up with the leader")
        BREACH = "breach", _("the look was not needed: handled as a breach")

    sign = models.CharField(max_length=20)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    object_id = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(_("what you found"), max_length=10, choices=Outcome.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["day", "sign"], name="reviewed_by_day")]


class ReviewNote(models.Model):
    """The auditor's words about a review. Erasable: they are about a colleague."""

    reviewed = models.OneToOneField(Reviewed, on_delete=models.CASCADE, related_name="note")
    text = models.TextField()


class Proof(models.Model):
    """What was erased, corrected, restricted or handed to the person, when, by whom and why; append-only.

    `counts` says how many records of each kind; nothing in it tells who the person was.
    """

    class Verb(models.TextChoices):
        ERASED = "erased", _("erased")
        CORRECTED = "corrected", _("corrected")
        RESTRICTED = "restricted", _("restricted")
        RELEASED = "released", _("restriction lifted")
        EXTRACTED = "extracted", _("handed to the person")
        EXPIRED = "expired", _("erased when its time was up")

    class Ground(models.TextChoices):
        REQUEST = "request", _("the person asked for it")
        TIME = "time", _("the time for keeping is up")
        WRONG = "wrong", _("it was wrong")
        ORDER = "order", _("an authority ordered it")

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    operator = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    ground = models.CharField(max_length=10, choices=Ground.choices)
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["kind", "object_id"])]
        constraints = [
            models.CheckConstraint(condition=Q(by__isnull=False) | ~Q(operator=""), name="proof_has_someone")
        ]
