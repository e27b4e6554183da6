"""Users, teams and the access log."""

from typing import Any

import rules
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bofast.access.need_to_know import Viewer
from bofast.domain.facts import Agency

AGENCY_CHOICES = [
    (Agency.OUTREACH.value, _("Outreach team")),
    (Agency.SOCIAL_SERVICES.value, _("Social services")),
    (Agency.LANDLORD.value, _("Landlord")),
    (Agency.COLLECTOR.value, _("Collector")),
    (Agency.HOUSING_BENEFIT.value, _("Housing benefit office")),
    (Agency.DEBT_ADVICE.value, _("Debt advice")),
    (Agency.STEERING.value, _("Steering group")),
]


class Team(models.Model):
    """Those of one agency who share a worklist; with a district, only that district's households."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    agency = models.CharField(_("agency"), max_length=30, choices=AGENCY_CHOICES)
    district = models.CharField(_("district"), max_length=60, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. Without an agency nothing of any case is shown; `is_superuser` is the administrator."""

    agency = models.CharField(_("agency"), max_length=30, choices=AGENCY_CHOICES, blank=True)
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )

    class Meta:
        ordering = ("first_name", "last_name", "username")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Only what a rule grants: Django lets a superuser through everywhere, the administrator here sees no case."""
        granted: bool = self.is_active and rules.has_perm(perm, self, obj)
        return granted

    @property
    def viewer(self) -> Viewer:
        """What this person may see."""
        return Viewer(
            name=str(self),
            agency=Agency(self.agency) if self.agency else None,
            user_id=self.pk,
            team_id=self.team_id,
            administrator=self.is_superuser,
        )


class AccessAction(models.TextChoices):
    """What somebody did with data about persons."""

    LOOK = "look", _("looked at")
    SEARCH = "search", _("searched")
    LIST = "list", _("saw in a list")
    EXPORT = "export", _("took out")
    COMMAND = "command", _("ran a command")


class AccessEntry(models.Model):
    """One look at somebody, append-only. Kind and id only: what was searched for is itself about a person."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    operator = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=10, choices=AccessAction.choices)
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(operator=""), name="access_entry_has_someone"
            )
        ]
