"""Who is kept from whom: the shields that stand, and those named to see past them.

A shield of the whole case leaves the household out of every list and every count of households that others see. What a
file says of itself (rows, new, cleared, the sum on its receipt) stays whole: it is the sender's own number, and whoever
sent the file has it. The sums of districts count without shielded households and the page says so, whether there are
any or not: a row «shielded household» with an amount would tell it by its size, and a district's full sum beside its
rows would tell where it is.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bofast.access.models import Assignment
from bofast.access.need_to_know import Viewer
from bofast.arrears.models import LedgerEntry, Named, ReceivedFile, Shield, Tenancy

WHOLE = (Shield.Kind.CASE, Shield.Kind.RESTRICTED)
"""Shields that let nobody but the named know of the household at all."""


def closed_to(viewer: Viewer, tenancy: str = "tenancy") -> Q:
    """Rows whose household is shielded as a whole from the viewer; `tenancy` is the path from the row to its key."""
    return Q(Exists(_standing(tenancy, WHOLE))) & ~Q(Exists(named_for(tenancy, viewer)))


def address_hidden_from(viewer: Viewer, tenancy: str = "tenancy") -> Q:
    """Rows whose household has a protected address that the viewer is not named to see."""
    return Q(Exists(_standing(tenancy, (Shield.Kind.ADDRESS,)))) & ~Q(Exists(named_for(tenancy, viewer)))


def _standing(tenancy: str, kinds: tuple[Shield.Kind, ...]) -> QuerySet[Shield]:
    return Shield.objects.filter(tenancy=OuterRef(tenancy), ended_on__isnull=True, kind__in=kinds)


def named_for(tenancy: str, viewer: Viewer) -> QuerySet[Named]:
    """The viewer's own naming for the household that `tenancy` leads to."""
    return Named.objects.filter(tenancy=OuterRef(tenancy), user=viewer.user_id, ended_on__isnull=True)


def is_named(tenancy_id: int, viewer: Viewer) -> bool:
    """Whether the viewer is named for that household."""
    return Named.objects.filter(tenancy=tenancy_id, user=viewer.user_id, ended_on__isnull=True).exists()


def hides_address(tenancy_id: int, viewer: Viewer) -> bool:
    """Whether where this household lives, and its telephone, are kept from the viewer."""
    return Tenancy.objects.filter(address_hidden_from(viewer, "pk"), pk=tenancy_id).exists()


def past_shields(seats: QuerySet[Assignment], tenancy_id: int) -> QuerySet[Assignment]:
    """Of these seats those whose people may know of the household, as far as shields decide."""
    standing = {"tenancy": tenancy_id, "ended_on__isnull": True}
    if not Shield.objects.filter(kind__in=WHOLE, **standing).exists():
        return seats
    return seats.filter(user__in=Named.objects.filter(**standing).values("user"))


def known_to(viewer: Viewer) -> QuerySet[Tenancy]:
    """The tenancies this viewer may know of, as far as shields decide."""
    return Tenancy.objects.exclude(closed_to(viewer, "pk"))


def lines_closed_to(viewer: Viewer, file: ReceivedFile) -> set[int]:
    """The lines of a file that speak of households shielded as a whole from the viewer."""
    closed = Tenancy.objects.filter(closed_to(viewer, "pk"))
    listed = LedgerEntry.objects.filter(file=file, claim__tenancy__in=closed).values_list("line", flat=True)
    registered = closed.filter(register_file=file).values_list("register_line", flat=True)
    return {line for line in (*listed, *registered) if line}
