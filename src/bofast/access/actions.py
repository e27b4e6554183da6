"""Writes of the room: the two logs, users and roles, teams, how the municipality is organised, how long it keeps."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from bofast.access.models import (
    AccessAction,
    AccessEntry,
    AccessReason,
    Assignment,
    OrganisationSetting,
    Proof,
    RecordKind,
    Retention,
    Reviewed,
    ReviewNote,
    Team,
    User,
)
from bofast.access.need_to_know import Viewer
from bofast.access.queries import logged_before


def log_access(
    *,
    viewer: Viewer,
    action: AccessAction,
    kind: str,
    object_ids: Iterable[str] = ("",),
    reason: AccessReason | Mapping[str, AccessReason] = AccessReason.AGENCY,
    detail: str = "",
) -> None:
    """Record that `viewer` saw these objects, and why they could; `detail` must not hold anything about a person.

    `reason` is one for all, or one for each object's id.
    """
    AccessEntry.objects.bulk_create(
        AccessEntry(
            user_id=viewer.user_id,
            operator=viewer.name if viewer.user_id is None else "",
            action=action,
            kind=kind,
            object_id=object_id,
            reason=_reason(viewer, reason, object_id),
            agency=viewer.agency or "",
            detail=detail,
        )
        for object_id in object_ids
    )


def _reason(viewer: Viewer, reason: AccessReason | Mapping[str, AccessReason], object_id: str) -> AccessReason:
    if viewer.operator:
        return AccessReason.OPERATOR
    return reason if isinstance(reason, AccessReason) else reason.get(object_id, AccessReason.AGENCY)


def prove(
    *, by: Viewer, verb: Proof.Verb, ground: Proof.Ground, kind: str, object_id: str, counts: Mapping[str, int]
) -> Proof:
    """Keep proof of what was done to data about a person; nothing in it tells who the person was."""
    return Proof.objects.create(
        by_id=by.user_id,
        operator=by.name if by.user_id is None else "",
        verb=verb,
        ground=ground,
        kind=kind,
        object_id=object_id,
        counts=dict(counts),
    )


@transaction.atomic
def expire_log(*, before: date, by: Viewer) -> Counter[str]:
    """Erase the access log's entries from before that day, with what the auditor wrote of them; returns how many.

    The proof comes first: without it the database lets no entry go.
    """
    entries, notes = logged_before(before), ReviewNote.objects.filter(reviewed__day__lt=before)
    counts = +Counter(access_entries=entries.count(), review_notes=notes.count())
    prove(
        by=by, verb=Proof.Verb.EXPIRED, ground=Proof.Ground.TIME, kind=RecordKind.ACCESS_LOG.value,
        object_id=before.isoformat(), counts=counts,
    )  # fmt: skip
    notes.delete()
    entries.delete()
    return counts


@transaction.atomic
def save_user(*, user: User, password: str, by: Viewer | None = None) -> User:
    """Store a user made or changed by the administrator; an empty password keeps the old one."""
    new = user.pk is None
    if password:
        user.set_password(password)
    user.save()
    told = "made" if new else "changed, new password" if password else "changed"
    administered(by, "user", user.pk, told if user.is_active else f"{told}, may not sign in")
    return user


@transaction.atomic
def give_role(*, assignment: Assignment, by: Viewer | None = None) -> Assignment:
    """Give a person one more thing to be here."""
    assignment.save()
    where = f" {assignment.agency} {assignment.team_id or ''}".rstrip()
    administered(by, "user", assignment.user_id, f"given role {assignment.role}{where}")
    return assignment


@transaction.atomic
def end_role(*, assignment_id: int, on: date, by: Viewer | None = None) -> Assignment:
    """End one of a person's roles; what was done in it stays. Raises Assignment.DoesNotExist when it has ended."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id, ended_on__isnull=True)
    assignment.ended_on = on
    assignment.save(update_fields=["ended_on"])
    administered(by, "user", assignment.user_id, f"ended role {assignment.role} {assignment.agency}".rstrip())
    return assignment


@transaction.atomic
def set_street(*, user: User, street: str) -> User:
    """Store the street a user says they live in, or that they say nothing; the log tells that, never which street."""
    user.street = street
    user.save(update_fields=["street"])
    administered(user.viewer, "user", user.pk, "street said" if street else "street taken away")
    return user


@transaction.atomic
def review(*, reviewed: Reviewed, note: str, by: User) -> Reviewed:
    """Keep that something unusual in the log was looked into, and what came of it."""
    reviewed.by = by
    reviewed.save()
    if note:
        ReviewNote.objects.create(reviewed=reviewed, text=note)
    administered(by.viewer, "access_log", reviewed.pk, f"reviewed {reviewed.sign}: {reviewed.outcome}")
    return reviewed


@transaction.atomic
def create_team(*, team: Team, by: Viewer | None = None) -> Team:
    """Store a new team."""
    team.save()
    administered(by, "team", team.pk, "made")
    return team


@transaction.atomic
def set_organisation(*, setting: OrganisationSetting, by: Viewer | None = None) -> OrganisationSetting:
    """Say how the municipality is organised from a day on; what was said before stands for the days before."""
    setting.set_by_id = by.user_id if by else None
    setting.save()
    administered(by, "organisation", setting.pk, f"{setting.outreach} {setting.landlord} from {setting.valid_from}")
    return setting


@transaction.atomic
def set_retention(*, rule: Retention, by: Viewer | None = None) -> Retention:
    """Say how long one kind of record is kept from a day on."""
    rule.set_by_id = by.user_id if by else None
    rule.save()
    administered(by, "retention", rule.pk, f"{rule.kind} {rule.months} months from {rule.valid_from}")
    return rule


def administered(by: Viewer | None, kind: str, pk: int, detail: str) -> None:
    """Who changed access is logged like who looked; the set-up of an empty installation has nobody to name."""
    if by is not None:
        log_access(
            viewer=by,
            action=AccessAction.ADMINISTER,
            kind=kind,
            object_ids=[str(pk)],
            reason=AccessReason.DUTY,
            detail=detail,
        )
