"""Append-only tables: nobody edits them, and only a test run may empty them."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from bofast.access.models import AccessAction, AccessEntry


def look() -> None:
    AccessEntry.objects.create(operator="Kari", action=AccessAction.LOOK, kind="case", object_id="1")


@pytest.mark.django_db
def test_the_access_log_refuses_to_be_edited_or_deleted() -> None:
    look()
    for attempt in (lambda: AccessEntry.objects.update(operator="Charlie"), lambda: AccessEntry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


@pytest.mark.django_db(transaction=True)
def test_a_test_run_may_empty_it_and_it_is_append_only_again_afterwards() -> None:
    look()
    call_command("flush", interactive=False, verbosity=0)
    assert AccessEntry.objects.count() == 0
    look()
    with pytest.raises(DatabaseError, match="append-only"):
        AccessEntry.objects.all().delete()
