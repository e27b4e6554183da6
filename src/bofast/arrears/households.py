"""The households of one list: held against the list before, and as a district's own list.

None of them tells of a household that is shielded from the viewer (`shielding` says what that means for the sums).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bofast.access.need_to_know import Viewer
from bofast.arrears import queries
from bofast.arrears.models import HandedRow, LedgerEntry, ReceivedFile, Resident
from bofast.arrears.shielding import address_hidden_from, closed_to, known_to

NO_DISTRICT = "uten-bydel"
MOVEMENTS = {
    "new": _("New on the list"),
    "continuing": _("Continuing"),
    "increased": _("Increased"),
    "cleared": _("Gone from the list"),
}


def slug_of(district: str) -> str:
    """How a district stands in an address: Østre Å is `ostre-a`."""
    return slugify(district.casefold().replace("ø", "o").replace("æ", "ae")) or NO_DISTRICT


@dataclass(frozen=True)
class District:
    """One district's part of a list; `owed` is øre. `name` is empty for households nobody has placed."""

    name: str
    households: int
    owed: int

    @property
    def slug(self) -> str:
        """How the district stands in an address."""
        return slug_of(self.name)


def compared(file: ReceivedFile, viewer: Viewer) -> QuerySet[Any]:
    """Every household on the list or on the one before it, with `owed` and `owed_before` (øre, None when not on it).

    `movement` is new, increased, continuing (owing the same or less) or cleared; `change` is the difference in øre.
    """
    before = queries.list_before(file)
    lists = [file.pk, *([before.pk] if before else [])]
    found = _named(known_to(viewer).filter(claims__entries__file__in=lists), viewer).annotate(
        owed=_sum_on(file.pk), owed_before=_sum_on(before.pk if before else None)
    )
    held: QuerySet[Any] = found.annotate(
        change=Coalesce(F("owed"), 0) - Coalesce(F("owed_before"), 0),
        movement=Case(
            When(owed__isnull=True, then=Value("cleared")),
            When(owed_before__isnull=True, then=Value("new")),
            When(owed__gt=F("owed_before"), then=Value("increased")),
            default=Value("continuing"),
            output_field=CharField(),
        ),
    )
    return held


def _sum_on(file_id: int | None) -> Any:
    if file_id is None:
        return Value(None, output_field=IntegerField())
    return Sum("claims__entries__outstanding", filter=Q(claims__entries__file=file_id))


def _named(tenancies: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """With the main tenant's `name` and `phone` and the `district`, in the same question; no phone past a shield."""
    main = Resident.objects.filter(tenancy=OuterRef("pk"), role=Resident.Role.MAIN)
    named: QuerySet[Any] = tenancies.annotate(
        name=Subquery(main.values("name")[:1]),
        phone=Case(When(address_hidden_from(viewer, "pk"), then=Value("")), default=Subquery(main.values("phone")[:1])),
        district=Coalesce(F("dwelling__district"), Value("")),
    )
    return named


def districts(file: ReceivedFile, viewer: Viewer) -> list[District]:
    """The list's districts by name, those without a district last; summed without whoever is shielded."""
    rows = (
        LedgerEntry.objects.filter(file=file)
        .exclude(closed_to(viewer, "claim__tenancy"))
        .values(district=Coalesce(F("claim__tenancy__dwelling__district"), Value("")))
        .annotate(households=Count("claim__tenancy", distinct=True), owed=Sum("outstanding"))
    )
    found = [District(row["district"], row["households"], row["owed"]) for row in rows]
    return sorted(found, key=lambda district: (not district.name, district.name.casefold()))


def places(file: ReceivedFile, viewer: Viewer) -> list[str]:
    """The districts of everybody on the list or on the one before it."""
    before = queries.list_before(file)
    entries = LedgerEntry.objects.filter(file__in=[file.pk, *([before.pk] if before else [])])
    known = entries.exclude(closed_to(viewer, "claim__tenancy"))
    found = set(known.values_list("claim__tenancy__dwelling__district", flat=True).distinct())
    return sorted({name or "" for name in found}, key=lambda name: (not name, name.casefold()))


def of_district(file: ReceivedFile, names: Sequence[str], viewer: Viewer) -> QuerySet[Any]:
    """The households of a list in these districts, with what the list says of each; amounts in øre."""
    found = _named(_on(file, viewer), viewer).filter(district__in=names)
    summed: QuerySet[Any] = _told(found).annotate(owed=Sum("claims__entries__outstanding"))
    return summed.order_by("-owed", "contract_no")


def handed_out(file: ReceivedFile, rows: QuerySet[HandedRow], viewer: Viewer) -> QuerySet[Any]:
    """The households of these rows of a hand-out, as `of_district`; `owed` as handed out, `key` and answers."""
    handed = queries.with_answers(rows).filter(tenancy=OuterRef("pk")).order_by()
    found: QuerySet[Any] = _told(_named(_on(file, viewer), viewer)).annotate(
        owed=Subquery(handed.values("outstanding")[:1]),
        **{name: Subquery(handed.values(name)[:1]) for name in ("key", "answer", "note")},
    )
    return found.filter(key__isnull=False).order_by("-owed", "contract_no")


def _on(file: ReceivedFile, viewer: Viewer) -> QuerySet[Any]:
    return known_to(viewer).filter(claims__entries__file=file.pk)


def _told(on_list: QuerySet[Any]) -> QuerySet[Any]:
    """With what the list says of each; amounts in øre."""
    entries = "claims__entries__"
    told: QuerySet[Any] = on_list.select_related("dwelling", "household").annotate(
        fees=Sum(f"{entries}fees"),
        interest=Sum(f"{entries}interest"),
        claim_count=Count("claims", distinct=True),
        oldest_due_on=Min("claims__due_on"),
        reminded_on=Max(f"{entries}reminded_on"),
        demanded_on=Max(f"{entries}demanded_on"),
        petitioned_on=Max(f"{entries}petitioned_on"),
    )
    return told
