"""The access log goes when the municipality's time for it is up, and never without proof; on both engines."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from bofast.access.actions import expire_log, prove
from bofast.access.models import AccessAction, AccessEntry, Proof, Reviewed, ReviewNote, User
from bofast.access.need_to_know import Viewer

pytestmark = pytest.mark.django_db
OPERATOR = Viewer(name="drift", operator=True)
BEFORE = date(2026, 1, 1)


@pytest.fixture
def auditor() -> User:
    return User.objects.create(username="asbjorn")


def logged(at: datetime) -> AccessEntry:
    return AccessEntry.objects.create(at=at, operator="drift", action=AccessAction.LOOK, kind="case", object_id="1")


def refused(entry: AccessEntry) -> bool:
    """Whether the database itself keeps the entry."""
    try:
        with transaction.atomic():
            AccessEntry.objects.filter(pk=entry.pk).delete()
    except DatabaseError as kept:
        return "append-only" in str(kept)
    return False


# The first moment of 2026 in Norway is 23:00 on the last day of 2025 in UTC.
OLD = [datetime(2020, 5, 1, tzinfo=UTC), datetime(2025, 12, 31, 22, 59, tzinfo=UTC)]
YOUNG = [datetime(2025, 12, 31, 23, 0, tzinfo=UTC), datetime(2026, 1, 1, 12, 0, tzinfo=UTC)]


def test_what_was_logged_before_the_day_goes_and_the_rest_stays() -> None:
    for at in OLD:
        logged(at)
    kept = [logged(at).pk for at in YOUNG]
    assert expire_log(before=BEFORE, by=OPERATOR) == {"access_entries": 2}
    assert list(AccessEntry.objects.order_by("pk").values_list("pk", flat=True)) == kept


def test_the_proof_says_when_by_whom_how_many_and_until_which_day() -> None:
    logged(OLD[0])
    expire_log(before=BEFORE, by=OPERATOR)
    (proof,) = Proof.objects.all()
    assert (proof.verb, proof.ground, proof.kind, proof.object_id) == ("expired", "time", "access_log", "2026-01-01")
    assert (proof.operator, proof.counts) == ("drift", {"access_entries": 1})


@pytest.mark.parametrize("at", [*OLD, *YOUNG])
def test_without_proof_the_database_lets_no_entry_go(at: datetime) -> None:
    assert refused(logged(at))


@pytest.mark.parametrize(
    ("verb", "kind"),
    [(Proof.Verb.EXPIRED, "notes"), (Proof.Verb.ERASED, "access_log"), (Proof.Verb.EXTRACTED, "tenancy")],
)
def test_the_proof_of_something_else_opens_nothing(verb: Proof.Verb, kind: str) -> None:
    prove(by=OPERATOR, verb=verb, ground=Proof.Ground.TIME, kind=kind, object_id="2026-01-01", counts={})
    assert refused(logged(OLD[0]))


def test_a_proof_opens_for_the_days_before_its_own_alone() -> None:
    expire_log(before=BEFORE, by=OPERATOR)
    assert refused(logged(YOUNG[1]))
    assert not refused(logged(OLD[0]))


def test_an_entry_is_never_changed_however_old() -> None:
    entry = logged(OLD[0])
    prove(
        by=OPERATOR, verb=Proof.Verb.EXPIRED, ground=Proof.Ground.TIME, kind="access_log", object_id="2026-01-01",
        counts={},
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessEntry.objects.filter(pk=entry.pk).update(detail="another")


def test_the_proof_itself_stays(auditor: User) -> None:
    expire_log(before=BEFORE, by=auditor.viewer)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Proof.objects.all().delete()


def test_what_the_auditor_wrote_of_old_looks_goes_with_them_and_that_it_was_looked_into_stays(auditor: User) -> None:
    for day in (date(2025, 12, 31), BEFORE):
        seen = Reviewed.objects.create(sign="name", user=auditor, day=day, outcome="needed", by=auditor)
        ReviewNote.objects.create(reviewed=seen, text=f"Spurte om {day}")
    assert expire_log(before=BEFORE, by=OPERATOR) == {"review_notes": 1}
    assert ReviewNote.objects.get().text == "Spurte om 2026-01-01"
    assert Reviewed.objects.count() == 2
