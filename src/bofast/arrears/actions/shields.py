"""Households shielded and named for, by a person or by the register's mark. The shield that stands is the one truth.

While an address is protected it stands in `ShieldedAddress` and, apart from the files as they were sent, nowhere else.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from bofast.access.actions import log_access
from bofast.access.models import AccessAction, AccessReason, Assignment, User
from bofast.access.need_to_know import HELPERS
from bofast.arrears import queries
from bofast.arrears.models import Dwelling, Named, ReceivedFile, Shield, ShieldedAddress, Tenancy
from bofast.arrears.shielding import WHOLE

WHERE = ("dwelling_no", "address", "postal_code", "city", "district")
"""What of a dwelling says where it is."""
NOWHERE = dict.fromkeys(WHERE, "")


class NobodyLeft(ValueError):  # noqa: N818 (it reads as what it says)
    """Nobody who helps households would be left who may know of this one: somebody must always be able to work."""


@transaction.atomic
def shield(*, tenancy_id: int, kind: Shield.Kind, named: Sequence[User] = (), by: User, today: date) -> Shield:
    """Shield a household and name who sees past it; one that is shielded so already gets the names alone.

    Raises NobodyLeft for a shield of the whole case that names nobody of outreach or the social services.
    """
    tenancy = _held(tenancy_id)
    found, new = Shield.objects.get_or_create(
        tenancy=tenancy, kind=kind, ended_on__isnull=True, defaults={"since": today, "set_by": by}
    )
    for user in named:
        _name(tenancy, user, by, today)
    _somebody_works(tenancy)
    if new and kind == Shield.Kind.ADDRESS:
        move_apart([tenancy])
    _log(by, tenancy_id, f"shield {kind}")
    return found


@transaction.atomic
def lift(*, tenancy_id: int, kind: Shield.Kind, by: User, today: date) -> None:
    """End a shield; with the last one the namings end too. Raises Shield.DoesNotExist where none of the kind stands.

    No file ever lifts a shield, and a list does not set one again that a person lifted; a newer register with the mark
    does (`shield_marked`).
    """
    tenancy = _held(tenancy_id)
    ended = Shield.objects.get(tenancy=tenancy, kind=kind, ended_on__isnull=True)
    ended.ended_on = today
    ended.save(update_fields=["ended_on"])
    if kind == Shield.Kind.ADDRESS:
        _move_back(tenancy)
    if not queries.shielded([tenancy_id]):
        Named.objects.filter(tenancy=tenancy, ended_on__isnull=True).update(ended_on=today)
    _log(by, tenancy_id, f"shield {kind} lifted")


@transaction.atomic
def name_person(*, tenancy_id: int, user: User, by: User, today: date) -> None:
    """Let one more person see a shielded household."""
    _name(_held(tenancy_id), user, by, today)


@transaction.atomic
def end_naming(*, tenancy_id: int, named_id: int, by: User, today: date) -> None:
    """Take a person's naming away. Raises NobodyLeft for the last who can work, Named.DoesNotExist for an ended one."""
    tenancy = _held(tenancy_id)
    named = Named.objects.get(pk=named_id, tenancy=tenancy, ended_on__isnull=True)
    named.ended_on = today
    named.save(update_fields=["ended_on"])
    _somebody_works(tenancy)
    _log(by, tenancy_id, f"shield no longer names user {named.user_id}")


def shield_marked(tenancies: Sequence[Tenancy], file: ReceivedFile, *, anew: bool) -> None:
    """Protect the addresses a register marks. `anew`: the mark is in a new register, and counts though one was lifted.

    Nobody is named by it: a leader names who is to go there. The tenancies must be locked.
    """
    before = Shield.objects.filter(kind=Shield.Kind.ADDRESS)
    before = before.filter(ended_on__isnull=True) if anew else before.filter(from_register=True)
    ids = [tenancy.pk for tenancy in tenancies]
    known = {shield.tenancy_id for shield in queries.in_chunks(before, "tenancy", ids)}
    fresh = [tenancy for tenancy in tenancies if tenancy.pk not in known | _protected(ids)]
    since = timezone.localtime(file.received_at).date()
    Shield.objects.bulk_create(
        Shield(tenancy=tenancy, kind=Shield.Kind.ADDRESS, from_register=True, since=since) for tenancy in fresh
    )
    move_apart(fresh)


def _protected(ids: Sequence[int]) -> set[int]:
    return {pk for pk, kinds in queries.shielded(ids).items() if Shield.Kind.ADDRESS in kinds}


def move_apart(tenancies: Iterable[Tenancy]) -> None:
    """Take where they live out of the dwelling; the rows given are changed too, for they may be written back."""
    for tenancy in tenancies:
        home = tenancy.dwelling
        if home and any(said := {field: getattr(home, field) for field in WHERE if getattr(home, field)}):
            ShieldedAddress.objects.update_or_create(tenancy=tenancy, defaults=said)
            _write(home, NOWHERE)


def _move_back(tenancy: Tenancy) -> None:
    apart = ShieldedAddress.objects.filter(tenancy=tenancy).first()
    if apart is None:
        return
    said = {field: getattr(apart, field) for field in WHERE}
    if tenancy.dwelling:
        _write(tenancy.dwelling, said)
    else:
        tenancy.dwelling = Dwelling.objects.create(**said)
        tenancy.save(update_fields=["dwelling"])
    apart.delete()


def _write(home: Dwelling, said: dict[str, str]) -> None:
    for field, value in said.items():
        setattr(home, field, value)
    home.save(update_fields=list(said))


def _held(tenancy_id: int) -> Tenancy:
    """The tenancy, locked: a list that is being taken in holds it too, and asks for shields only then."""
    return Tenancy.objects.select_for_update(of=("self",)).select_related("dwelling").get(pk=tenancy_id)


def _name(tenancy: Tenancy, user: User, by: User, today: date) -> None:
    _named, new = Named.objects.get_or_create(
        tenancy=tenancy, user=user, ended_on__isnull=True, defaults={"since": today, "set_by": by}
    )
    if new:
        _log(by, tenancy.pk, f"shield names user {user.pk}")


def _somebody_works(tenancy: Tenancy) -> None:
    whole = Shield.objects.filter(tenancy=tenancy, kind__in=WHOLE, ended_on__isnull=True)
    helpers = Assignment.objects.filter(agency__in=HELPERS, ended_on__isnull=True, user__is_active=True)
    named = Named.objects.filter(tenancy=tenancy, ended_on__isnull=True, user__in=helpers.values("user"))
    if whole.exists() and not named.exists():
        raise NobodyLeft(tenancy.pk)


def _log(by: User, tenancy_id: int, detail: str) -> None:
    log_access(
        viewer=by.viewer,
        action=AccessAction.ADMINISTER,
        kind="tenancy",
        object_ids=[str(tenancy_id)],
        reason=AccessReason.DUTY,
        detail=detail,
    )
