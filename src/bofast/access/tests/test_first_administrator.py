"""The first user of an empty installation administers users, and sees no case."""

import pytest
from django.core.management import call_command

from bofast.access.models import User
from bofast.access.need_to_know import Door

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_made_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "fire stille fjorder")
    call_command("createsuperuser", interactive=False, username="forste", email="forste@example.test", verbosity=0)
    user = User.objects.get(username="forste")
    assert user.viewer.opens(Door.USERS)
    assert not user.viewer.sees_cases
    assert not user.is_superuser
    assert user.check_password("fire stille fjorder")
