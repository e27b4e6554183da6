"""What stays behind after a page is shown or something fails: nothing about anybody."""

import logging
import logging.config
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bofast.access.tests.cast import Cast


@pytest.mark.parametrize(
    "name",
    [
        "cases:worklist",
        "cases:search",
        "cases:rules",
        "arrears:lists",
        "access:me",
        "access:sign_in",
        "access:language",
    ],
)
def test_no_page_is_kept_by_a_browser_or_a_proxy(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.kari)
    kept = client.get(reverse(name)).headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


@pytest.fixture
def formatter() -> Any:
    """The formatter of the log, as the settings make it."""
    return logging.config.DictConfigurator({"version": 1}).configure_formatter(settings.LOGGING["formatters"]["json"])


def test_the_log_says_what_failed_and_where_and_nothing_of_whom(formatter: Any) -> None:
    try:
        try:
            raise KeyError("Ola Prøve")
        except KeyError as error:
            raise ValueError("Failing row contains (Ola Prøve, 23906398699)") from error
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Error: %s", ("/x/",), sys.exc_info())
    line = formatter.format(record)
    assert "Error: /x/" in line
    assert '"type": "ValueError"' in line and '"type": "KeyError"' in line
    assert "test_nothing_left_behind.py:" in line
    assert "Ola" not in line and "23906398699" not in line
