"""An app for codes, as on a phone: RFC 6238 written out anew, so that the product's own sums are not asked."""

import base64
import hmac
import re
import struct
import time

from django.test import Client

from bofast.access.tests.cast import PASSWORD

KEY = re.compile(r'<code class="key">([A-Z2-7 ]+)</code>')
STEP = 30


def code(key: str, at: float | None = None) -> str:
    """The six digits for a key at a time, by default now."""
    counter = int((time.time() if at is None else at) // STEP)
    raw = base64.b32decode(key.replace(" ", ""))
    digest = hmac.digest(raw, struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(client: Client, name: str = "kari", **more: str) -> str:
    """Username and password, through the page; where it leads."""
    return client.post("/sign-in/", {"username": name, "password": PASSWORD, **more})["Location"]


def with_app(client: Client, name: str = "kari") -> str:
    """The key of the app that `name`, signed in now, has just set up."""
    sign_in(client, name)
    shown = KEY.search(client.get("/me/security/app/new/").content.decode())
    assert shown
    answer = client.post("/me/security/app/new/", {"code": code(shown[1])})
    assert answer["Location"] == "/me/security/codes/"
    return shown[1]


def recovery_codes(client: Client) -> list[str]:
    """The codes on the page that shows them."""
    return re.findall(r"<li><code>(\d+)</code>", client.get("/me/security/codes/").content.decode())
