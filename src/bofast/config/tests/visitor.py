"""Somebody with a browser that forgets what it did."""

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from bofast.access.models import AccessEntry, User


class Visitor:
    """Somebody with a browser that forgets what it did."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        self.kept = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def asks(self, method: str, path: str) -> tuple[HttpResponse, str, set[str]]:
        """The answer, its page without what differs by chance, and what was logged; nothing of it stays."""
        self.client.cookies.clear()
        self.client.cookies.load(self.kept)
        with transaction.atomic():
            newest = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            answer: Any = getattr(self.client, method)(path)
            page = b"" if answer.streaming else answer.content
            logged = set(AccessEntry.objects.filter(pk__gt=newest).values_list("action", flat=True))
            transaction.set_rollback(True)
        return answer, plain(page, path), logged


CHANCE = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')


def plain(page: bytes, path: str) -> str:
    said = page.decode("utf-8", "replace").replace(path.partition("?")[0], "PATH")
    return CHANCE.sub("", said)
