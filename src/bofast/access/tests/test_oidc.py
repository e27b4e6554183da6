"""Signing in at the municipality, held against a strict provider in a thread: who gets in, and who must not."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from bofast.access.identity.oidc import PROVIDER_ID
from bofast.access.models import User
from bofast.access.tests.cast import Cast
from bofast.access.tests.municipality import CLIENT, SECRET, Municipality, serving
from bofast.access.tests.second_factors import sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
REFUSED = "You are not signed in"
KARI = {"sub": "kari-1", "email": "kari@example.test", "email_verified": True, "name": "Kari Nordmann"}


@pytest.fixture
def there(settings: Any) -> Iterator[Municipality]:
    """The provider, and the settings as BOFAST_OIDC_… make them."""
    with serving() as municipality:
        municipality.claims = dict(KARI)
        settings.OIDC_ISSUER, settings.OIDC_NAME = municipality.issuer, "Prøve kommune"
        known = {
            "provider_id": PROVIDER_ID,
            "name": "Prøve kommune",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": municipality.issuer, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [known]}
        }
        yield municipality


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def out(client: Client, query: str = "", **form: str) -> str:
    """The button on the page; the address the browser is led to."""
    page = client.post(f"/sign-in/municipality/{query}", form).content.decode()
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    assert found, page
    return found[1].replace("&amp;", "&")


def back(address: str) -> str:
    """What the provider answers the browser: the address here, with code and state."""
    try:
        urllib.request.build_opener(NoRedirect).open(address)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("the provider did not send the browser back")


def round_trip(client: Client, **form: str) -> Any:
    return client.get(back(out(client, **form)))


READ_SETTINGS = """
import django, json; django.setup()
from django.conf import settings
apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
print(json.dumps([str(settings.OIDC_NAME), settings.OIDC_STRONG, apps,
    settings.REQUIRE_SECOND_FACTOR, settings.ALLAUTH_TRUSTED_PROXY_COUNT, settings.SESSION_COOKIE_AGE]))
"""


def configured(home: dict[str, str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", READ_SETTINGS], env=home | environment, capture_output=True, text=True, check=False
    )


def test_the_environment_sets_up_the_provider_with_pkce(empty_home: dict[str, str]) -> None:
    done = configured(
        empty_home,
        BOFAST_HOSTS="bofast.example.no",
        BOFAST_OIDC_ISSUER="https://login.example.no/",
        BOFAST_OIDC_CLIENT_ID="bofast",
        BOFAST_OIDC_CLIENT_SECRET="hemmelig",
        BOFAST_OIDC_NAME="Prøve kommune",
        BOFAST_OIDC_ACR="high,substantial",
        BOFAST_SESSION_IDLE_MINUTES="15",
    )
    app = {
        "provider_id": PROVIDER_ID,
        "name": "https://login.example.no/",
        "client_id": "bofast",
        "secret": "hemmelig",
        "settings": {
            "server_url": "https://login.example.no",
            "oauth_pkce_enabled": True,
            "auth_params": {"acr_values": "high substantial"},
        },
    }
    assert json.loads(done.stdout) == ["Prøve kommune", ["high", "substantial"], [app], True, 1, 15 * 60]


def test_a_second_factor_is_demanded_in_production_and_may_be_set_either_way(empty_home: dict[str, str]) -> None:
    hosts = {"BOFAST_HOSTS": "bofast.example.no"}
    demanded = "BOFAST_REQUIRE_SECOND_FACTOR"
    for environment, expected in (
        ({}, False),
        (hosts, True),
        ({demanded: "1"}, True),
        (hosts | {demanded: "0"}, False),
    ):
        assert json.loads(configured(empty_home, **environment).stdout)[3] is expected, environment


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"BOFAST_OIDC_ISSUER": "https://login.example.no"}, "BOFAST_OIDC_CLIENT_ID"),
        ({"BOFAST_OIDC_ISSUER": "http://login.example.no", "BOFAST_HOSTS": "bofast.example.no"}, "https://"),
    ],
)
def test_a_set_up_that_is_half_done_or_unsafe_does_not_start(
    empty_home: dict[str, str], environment: dict[str, str], missing: str
) -> None:
    done = configured(empty_home, **environment)
    assert done.returncode != 0 and missing in done.stderr


def test_the_button_stands_on_the_page_only_where_it_is_set_up(
    client: Client, there: Municipality, settings: Any
) -> None:
    assert "Sign in with Prøve kommune" in client.get("/sign-in/").content.decode()
    settings.OIDC_ISSUER = ""
    assert "Prøve kommune" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/municipality/").status_code == 404
    assert client.get("/sign-in/municipality/back/").status_code == 404


def test_a_person_with_a_user_is_signed_in_and_led_to_the_page_asked_for(
    client: Client, cast: Cast, there: Municipality
) -> None:
    answer = round_trip(client, next="/me/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert client.session["_auth_user_id"] == str(cast.kari.pk)
    assert User.objects.count() == len(vars(cast))


def test_nobody_is_led_to_another_site_afterwards(client: Client, cast: Cast, there: Municipality) -> None:
    assert round_trip(client, next="https://elsewhere.example/")["Location"] == "/"


def test_pkce_state_and_nonce_are_asked_for_and_the_verifier_is_sent(
    client: Client, cast: Cast, there: Municipality
) -> None:
    round_trip(client)
    asked, exchanged = there.asked[0], there.exchanged[0]
    assert asked["code_challenge_method"] == "S256"
    digest = hashlib.sha256(exchanged["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert len(exchanged["code_verifier"]) >= 43
    assert len(asked["state"]) >= 16 and len(asked["nonce"]) >= 32
    assert asked["redirect_uri"] == "http://testserver/sign-in/municipality/back/"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert exchanged["code_verifier"] not in str(there.asked)


def test_the_strength_wanted_is_asked_for(client: Client, there: Municipality, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["auth_params"] = {"acr_values": "high"}
    assert parse_qs(urlsplit(out(client)).query)["acr_values"] == ["high"]


def test_the_provider_here_would_refuse_a_wrong_verifier(client: Client, there: Municipality) -> None:
    query = dict(parse_qsl(urlsplit(out(client)).query))
    code = parse_qs(urlsplit(there.authorise(query)).query)["code"][0]
    form = {"code": code, "redirect_uri": query["redirect_uri"], "client_secret": SECRET, "code_verifier": "feil" * 20}
    assert there.exchange(form) is None


def test_a_second_sign_in_asks_anew_for_everything(client: Client, cast: Cast, there: Municipality) -> None:
    round_trip(client)
    client.post("/sign-out/")
    round_trip(client)
    for name in ("state", "nonce", "code_challenge"):
        assert there.asked[0][name] != there.asked[1][name]


def test_what_stands_in_the_address_changes_nothing_that_is_asked_for(
    client: Client, cast: Cast, there: Municipality
) -> None:
    client.force_login(cast.turid)
    sly = urlencode({"process": "connect", "scope": "admin", "auth_params": "prompt=none&acr_values=low"})
    client.get(back(out(client, query=f"?{sly}")))
    assert not {"prompt", "acr_values"} & there.asked[0].keys()
    assert "admin" not in there.asked[0]["scope"]
    assert client.session["_auth_user_id"] == str(cast.kari.pk), "signed in anew, not tied to who sat there"
    assert not SocialAccount.objects.filter(user=cast.turid).exists()


def refused(client: Client, answer: Any) -> bool:
    signed_in = "_auth_user_id" in client.session
    return REFUSED in answer.content.decode() and answer.status_code == 403 and not signed_in


UNKNOWN = {
    "nobody has the address": {"email": "ukjent@example.test"},
    "the address is not verified": {"email_verified": False},
    "the address is verified in words only": {"email_verified": "false"},
    "nothing is said of verification": {"email_verified": None},
    "no address at all": {"email": None},
    "an empty address": {"email": ""},
    "an address with a wildcard": {"email": "%@example.test"},
}


@pytest.mark.parametrize("said", UNKNOWN.values(), ids=UNKNOWN)
def test_whom_the_administrator_has_not_made_a_user_for_is_refused(
    client: Client, cast: Cast, there: Municipality, said: dict[str, Any]
) -> None:
    there.claims |= said
    assert refused(client, round_trip(client))
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == len(vars(cast))


def test_one_answer_cannot_vouch_for_the_address_of_another(client: Client, cast: Cast, there: Municipality) -> None:
    there.claims.pop("email_verified")
    there.proof = {"email": "turid@example.test", "email_verified": True}
    assert refused(client, round_trip(client))


def test_an_address_in_the_id_token_alone_is_good_enough(client: Client, cast: Cast, there: Municipality) -> None:
    there.proof, there.claims = {"email": "kari@example.test", "email_verified": True}, {"sub": "kari-1"}
    assert round_trip(client)["Location"] == "/"


def test_an_inactive_user_is_refused_the_first_time_and_later(client: Client, cast: Cast, there: Municipality) -> None:
    round_trip(client)
    client.post("/sign-out/")
    cast.kari.is_active = False
    cast.kari.save()
    assert refused(client, round_trip(client))
    SocialAccount.objects.all().delete()
    assert refused(client, round_trip(client))


def test_an_address_that_two_users_have_opens_neither(client: Client, cast: Cast, there: Municipality) -> None:
    cast.ola.email = "Kari@Example.test"
    cast.ola.save()
    assert refused(client, round_trip(client))


def test_an_address_is_read_without_regard_to_case(client: Client, cast: Cast, there: Municipality) -> None:
    there.claims["email"] = "KARI@example.TEST"
    assert round_trip(client)["Location"] == "/"


def test_after_the_first_time_the_subject_counts_and_the_address_no_more(
    client: Client, cast: Cast, there: Municipality
) -> None:
    round_trip(client)
    client.post("/sign-out/")
    there.claims |= {"email": "nytt.navn@example.test", "email_verified": False}
    round_trip(client)
    assert client.session["_auth_user_id"] == str(cast.kari.pk)


def test_an_address_passed_on_to_a_new_colleague_does_not_open_the_old_user(
    client: Client, cast: Cast, there: Municipality
) -> None:
    round_trip(client)
    client.post("/sign-out/")
    there.claims["sub"] = "en-annen-kari"
    assert refused(client, round_trip(client))


def test_a_wrong_state_is_refused(client: Client, cast: Cast, there: Municipality) -> None:
    address = back(out(client))
    wrong = address.replace("state=", "state=x")
    assert refused(client, client.get(wrong))
    assert there.exchanged == []


def test_an_answer_cannot_be_used_in_another_browser_nor_twice(client: Client, cast: Cast, there: Municipality) -> None:
    address = back(out(client))
    other = Client()
    other.cookies["django_language"] = "en"
    assert refused(other, other.get(address))
    assert client.get(address)["Location"] == "/"
    client.post("/sign-out/")
    assert refused(client, client.get(address))


WRONG_PROOF = {
    "another nonce": {"nonce": "et annet"},
    "no nonce": {"nonce": None},
    "another subject than the userinfo": {"sub": "en annen"},
    "another issuer": {"iss": "https://elsewhere.example"},
    "for another client": {"aud": "en annen"},
    "too old": {"exp": 1},
}


@pytest.mark.parametrize("proof", WRONG_PROOF.values(), ids=WRONG_PROOF)
def test_an_id_token_that_does_not_fit_is_refused(
    client: Client, cast: Cast, there: Municipality, proof: dict[str, Any]
) -> None:
    there.proof = proof
    assert refused(client, round_trip(client))
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("error", ["access_denied", "server_error"])
def test_who_stops_on_the_way_or_meets_a_fault_gets_the_same_page(
    client: Client, cast: Cast, there: Municipality, error: str
) -> None:
    state = parse_qs(urlsplit(out(client)).query)["state"][0]
    assert refused(client, client.get("/sign-in/municipality/back/", {"error": error, "state": state}))


def test_every_refusal_is_the_same_page_to_the_letter(client: Client, cast: Cast, there: Municipality) -> None:
    pages = set()
    for said in (
        {"email": "ukjent@example.test"},
        {"email_verified": False},
        {"sub": "x", "email": "siv@example.test"},
    ):
        cast.siv.is_active = False
        cast.siv.save()
        there.claims = {**KARI, **said}
        page = round_trip(client).content.decode()
        path_and_tokens = r'(name="next" value="[^"]*"|value="\w{64}"|"X-CSRFToken": "\w+")'
        pages.add(re.sub(path_and_tokens, "", page))
    assert len(pages) == 1


def test_a_provider_that_does_not_answer_is_no_fault_of_the_person(client: Client, cast: Cast, settings: Any) -> None:
    with serving() as gone:
        issuer = gone.issuer
    settings.OIDC_ISSUER = issuer
    known = {"provider_id": PROVIDER_ID, "name": "x", "client_id": CLIENT, "settings": {"server_url": issuer}}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [known]}
    }
    assert refused(client, client.post("/sign-in/municipality/"))


def test_nothing_of_the_person_is_kept_or_logged(
    client: Client, cast: Cast, there: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    there.proof = {"acr": "high", "pid": "23906398699"}
    there.claims |= {"pid": "23906398699"}
    round_trip(client)
    client.post("/sign-out/")
    there.claims = {"sub": "ukjent", "email": "ukjent@example.test", "email_verified": True, "name": "Ukjent Person"}
    round_trip(client)
    kept = str(list(SocialAccount.objects.values()))
    for word in ("kari-1", "example.test", "Nordmann", "23906398699", "ukjent", "Ukjent"):
        assert word not in kept and word not in caplog.text
    events = [record.msg["event"] for record in caplog.records if record.name == "bofast.sign_in"]
    assert events[-3:] == [
        "sign-in from the municipality tied to user",
        "signed in",
        "sign-in from the municipality refused",
    ]


STRENGTH = [
    ([], {}, True),
    (["high"], {"acr": "high"}, True),
    (["high"], {"acr": "low"}, False),
    (["high"], {}, False),
    (["mfa"], {"amr": ["pwd", "mfa"]}, True),
    (["mfa"], {"amr": ["pwd"]}, False),
]


@pytest.mark.parametrize(("counts", "proof", "strong"), STRENGTH)
def test_where_a_second_factor_is_demanded_the_municipality_may_have_seen_to_it(
    client: Client,
    cast: Cast,
    there: Municipality,
    settings: Any,
    counts: list[str],
    proof: dict[str, Any],
    strong: bool,
) -> None:
    settings.REQUIRE_SECOND_FACTOR, settings.OIDC_STRONG = True, counts
    there.proof = proof
    round_trip(client)
    answer = client.get("/me/")
    assert (answer.status_code == 200) == strong
    assert strong or answer["Location"] == "/me/security/"


@pytest.mark.parametrize(("counts", "lands"), [([], "/"), (["high"], "/sign-in/code/")])
def test_the_app_here_is_asked_for_unless_the_municipality_has_asked(
    client: Client, cast: Cast, there: Municipality, settings: Any, counts: list[str], lands: str
) -> None:
    with_app(client)
    client.post("/sign-out/")
    settings.OIDC_STRONG = counts
    assert round_trip(client)["Location"] == lands
    assert ("_auth_user_id" in client.session) == (lands == "/")


def test_a_strong_sign_in_outside_does_not_make_a_later_password_strong(
    client: Client, cast: Cast, there: Municipality, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    round_trip(client)
    client.post("/sign-out/")
    sign_in(client)
    assert client.get("/me/")["Location"] == "/me/security/"


def test_the_administrator_can_untie_a_user_whose_subject_has_changed(
    client: Client, cast: Cast, there: Municipality
) -> None:
    round_trip(client)
    client.post("/sign-out/")
    there.claims["sub"] = "kari-i-nytt-system"
    assert refused(client, round_trip(client))
    helper = Client()
    helper.force_login(cast.astrid)
    helper.post(f"/users/{cast.kari.pk}/factors/")
    assert round_trip(client)["Location"] == "/"
