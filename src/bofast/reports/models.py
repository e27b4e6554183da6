"""The annual report while it is written, as it was published, and what the municipality itself says of a year."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bofast.access.models import User


class AnnualReport(models.Model):
    """A report being written: which year, beside which, for which district (blank: all), and the team's words.

    `comments` holds plain text by section (`annual.outline.SECTIONS`). The numbers are counted each time it is shown.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    compare = models.PositiveSmallIntegerField(_("compare with"), null=True, blank=True)
    district = models.CharField(_("district"), max_length=60, blank=True)
    comments = models.JSONField(default=dict)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-year", "district")
        constraints = [
            models.UniqueConstraint(fields=["year", "district"], name="one_report_per_year_and_district"),
            models.CheckConstraint(
                condition=Q(compare__isnull=True) | Q(compare__lt=models.F("year")),
                name="compared_with_an_earlier_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.district}".strip()


class PublishedReport(models.Model):
    """A report as it was published, append-only: `content` holds every word and number of it, small ones hidden.

    Published again, it is a new edition; the earlier ones stay as they were.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    edition = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    as_of = models.DateField()
    rule_version = models.CharField(max_length=20)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-report__year", "report__district", "-edition")
        constraints = [models.UniqueConstraint(fields=["report", "edition"], name="one_edition_of_each_number")]

    def __str__(self) -> str:
        return f"{self.report} ({self.edition})"


class Caveat(models.Model):
    """What a source's numbers of a year cannot bear, in the team's words; printed beside the number."""

    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=80)
    text = models.TextField(_("caveat"), max_length=1000)

    class Meta:
        ordering = ("-year", "source")
        constraints = [models.UniqueConstraint(fields=["year", "source"], name="one_caveat_per_source_and_year")]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"


class ProgrammeYear(models.Model):
    """What the work itself cost in a year, and what an eviction costs the municipality afterwards. Amounts are øre."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    cost = models.BigIntegerField(null=True)
    hours = models.PositiveIntegerField(null=True)
    after_eviction = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="the_programme_costs_nothing_or_more"
            ),
            models.CheckConstraint(
                condition=Q(after_eviction__isnull=True) | Q(after_eviction__gte=0),
                name="an_eviction_costs_nothing_or_more_afterwards",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class SourceProfile(models.Model):
    """Whose numbers play a part in the statistics from a year on, until a later line of the same part.

    `source` is what the agency calls itself in its counts. `indicators`: the only ones of its own that count, as its
    files call them; empty for all.
    """

    class Part(models.TextChoices):
        OWN = "own", _("Our own tenants: petitions, evictions and goals")
        CITY = "city", _("The whole city: the enforcement office")
        BOOKS = "books", _("The landlord's accounts: evictions and reinstatements")
        WITHDRAWN = "withdrawn", _("Petitions withdrawn")

    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    since = models.PositiveSmallIntegerField(_("from the year"))
    source = models.CharField(_("source"), max_length=200)
    indicators = models.JSONField(default=list)

    class Meta:
        ordering = ("part", "-since")
        constraints = [models.UniqueConstraint(fields=["part", "since"], name="one_source_per_part_and_year")]

    def __str__(self) -> str:
        return f"{self.part} {self.since}: {self.source}"
