"""What the tests that span rooms share."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from bofast.config.tests.world import NOW, World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Objects of every kind, made once for the module; nothing of it stays."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True), transaction.atomic():
        logging.disable(logging.ERROR)  # thousands of refusals, each with its traceback
        yield World()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
