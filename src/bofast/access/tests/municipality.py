"""A municipality's own sign-in, served by a thread: a strict double of an OpenID provider.

It is stricter than what it stands for: a code is good once, for the client, address and PKCE verifier it was made for.
What it says of who signs in is set by the test; what it was asked is there to be read.
"""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt

CLIENT, SECRET = "bofast", "en hemmelighet som ingen gjetter"


@dataclass
class Municipality:
    """`claims`: who signs in; `proof`: what the ID token says besides, or instead."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "kari-1"})
    proof: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def discovery(self) -> dict[str, Any]:
        paths = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        return {
            "issuer": self.issuer,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{name: f"{self.issuer}/{name}" for name in paths},
        }

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        self.asked.append(query)
        assert query["response_type"] == "code" and query["client_id"] == CLIENT
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, or nothing when anything at all is wrong."""
        self.exchanged.append(form)
        query = self.codes.pop(form.get("code", ""), None)
        if query is None or query["code_challenge_method"] != "S256":
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        right = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == query["code_challenge"]
        same = form["redirect_uri"] == query["redirect_uri"] and form["client_secret"] == SECRET
        if not (right and same):
            return None
        return {"access_token": "token", "token_type": "Bearer", "id_token": self.signed(query)}

    def signed(self, query: dict[str, str]) -> str:
        now = int(time.time())
        always = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "sub": self.claims["sub"]}
        return jwt.encode({**always, "nonce": query["nonce"], **self.proof}, "k" * 32, algorithm="HS256")


class _Handler(BaseHTTPRequestHandler):
    municipality: Municipality

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path.endswith("/openid-configuration"):
            self._answer(self.municipality.discovery())
        elif address.path == "/authorization_endpoint":
            self.send_response(302)
            self.send_header("Location", self.municipality.authorise(dict(parse_qsl(address.query))))
            self.end_headers()
        else:
            assert self.headers["Authorization"] == "Bearer token"
            self._answer(self.municipality.claims)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.municipality.exchange(dict(parse_qsl(sent))))

    def _answer(self, content: dict[str, Any] | None) -> None:
        body = json.dumps(content or {"error": "invalid_grant"}).encode()
        self.send_response(200 if content else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@contextmanager
def serving() -> Iterator[Municipality]:
    """The municipality, as long as the block lasts."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        handler.municipality = Municipality(f"http://localhost:{server.server_port}")  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield handler.municipality  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()
