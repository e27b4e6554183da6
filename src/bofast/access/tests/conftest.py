"""The cast as a fixture in this room's tests, and two browsers."""

import pytest
from django.conf import settings
from django.test import Client

from bofast.access.tests.cast import Cast, cast

__all__ = ["cast"]


@pytest.fixture
def english(client: Client) -> None:
    """`client` reads English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def astrid(client: Client, cast: Cast) -> Client:
    """`client` with the administrator of users signed in."""
    client.force_login(cast.astrid)
    return client
