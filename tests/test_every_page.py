"""Everybody in the demo opens every page there is a link to: none fails, none leads nowhere."""

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from bofast.access.models import User
from bofast.config.demo import loading

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LINK = re.compile(r'href="(/[^"#]*)')
NUMBERS = re.compile(r"\d+")
MOST_ALIKE = 3
YEARS = ("/statistics/?year=2006&compare=2005", "/statistics/?year=2026", "/statistics/routines/?year=2026")


@pytest.fixture
def demo(db: None) -> Iterator[list[User]]:
    with time_machine.travel("2026-11-22 09:00+01:00", tick=True):
        loading.load(date(2026, 11, 22), secret="fire stille ord her", told=lambda _day: None, dwellings=60)
        yield list(User.objects.order_by("pk"))


def test_no_link_of_any_page_of_the_demo_fails_for_anybody(demo: list[User]) -> None:
    seen = {user.username: walked(user) for user in demo}
    assert all(len(paths) >= 3 for paths in seen.values()), seen
    assert any(path.startswith("/cases/") for path in seen["kari"])
    assert any(path.startswith("/statistics/cases/") for path in seen["kari"])


def walked(user: User) -> list[str]:
    """Follow every link, of those that differ in numbers only the first few; the paths that answered 200."""
    client = Client()
    client.force_login(user)
    waiting, met, answered = ["/me/", *(("/", *YEARS) if user.agency else ())], dict[str, int](), []
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        assert answer.status_code in (200, 302, 403), f"{user.username} {path} {answer.status_code}"
        if answer.status_code == 403:
            pytest.fail(f"{user.username} is shown a link to {path} and refused")
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            answered.append(path)
            waiting += new_links(answer.content.decode(), met)
        elif answer.status_code == 302:
            waiting += [each for each in [answer["Location"]] if counted(each, met)]
    return answered


def new_links(page: str, met: dict[str, int]) -> list[str]:
    links = dict.fromkeys(html.unescape(link) for link in LINK.findall(page) if not link.startswith("/static/"))
    return [link for link in links if counted(link, met)]


def counted(path: str, met: dict[str, int]) -> bool:
    """Whether this path is among the first few of its shape."""
    shape = NUMBERS.sub("0", path)
    shape = shape if not shape.startswith("/statistics/cases/") else "/statistics/cases/"
    met[shape] = met.get(shape, 0) + 1
    return met[shape] <= MOST_ALIKE
