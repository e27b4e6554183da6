"""What has been decided, what is in force, and what nobody has decided yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bofast.access.models import OrganisationSetting, RecordKind, Retention
from bofast.access.queries import retention_in_force


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of record: the decision in force, and every decision ever made, newest first."""

    kind: RecordKind
    in_force: Retention | None
    history: Sequence[Retention]


def kept(on: date) -> list[Kept]:
    """Every kind of record, with what has been decided of it."""
    in_force = retention_in_force(on)
    every = list(Retention.objects.select_related("set_by"))
    return [
        Kept(kind=kind, in_force=in_force.get(kind), history=[each for each in every if each.kind == kind])
        for kind in RecordKind
    ]


def organisations() -> Sequence[OrganisationSetting]:
    """How the municipality has said it is organised, newest first."""
    return list(OrganisationSetting.objects.select_related("set_by"))


def organisation_row(on: date) -> OrganisationSetting | None:
    """The setting in force that day, None while nothing has been said."""
    return OrganisationSetting.objects.filter(valid_from__lte=on).first()
