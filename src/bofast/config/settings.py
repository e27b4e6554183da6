"""Django settings. Nothing has to be set: `BOFAST_HOME` (default ./var) holds the database and the secret key.

Environment: BOFAST_HOME, BOFAST_DATABASE_URL, BOFAST_MUNICIPALITY (its name, in the header and on documents; without it
that of the demo, if BOFAST_HOME is a demo's), BOFAST_HOSTS (comma list; setting it means production: secure cookies,
HTTPS only, one trusted proxy), BOFAST_PRODUCTION_IDS=1 (refuse test identity numbers), BOFAST_LANGUAGE (nb, nn, en; for
the commands), BOFAST_SESSION_IDLE_MINUTES, BOFAST_REQUIRE_SECOND_FACTOR, and for the municipality's own sign-in
BOFAST_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _NAME, _ACR (asked for) and _STRONG (what counts as a second factor).
"""

import os
import secrets
from pathlib import Path

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from bofast.config.logs import without_messages

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BOFAST_HOME", "var")).absolute()


def _secret_key(home: Path) -> str:
    """The key kept in BOFAST_HOME, made at the first start; two processes starting at once agree on one."""
    path = home / "secret_key"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)  # the database of the default stands here too
    if not path.exists():
        draft = home / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


SECRET_KEY = _secret_key(HOME)
DEBUG = False
PRODUCTION_HOSTS = env.list("BOFAST_HOSTS", default=[])
ALLOWED_HOSTS = PRODUCTION_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]
DEMO_NAME = "demo_municipality"


def _demo_name(home: Path) -> str:
    """What the demo in BOFAST_HOME calls its municipality, nothing where there is none."""
    return (home / DEMO_NAME).read_text("utf-8") if (home / DEMO_NAME).exists() else ""


MUNICIPALITY = env("BOFAST_MUNICIPALITY", default=_demo_name(HOME))
ALLOW_TEST_NUMBERS = not env.bool("BOFAST_PRODUCTION_IDS", default=False)

INSTALLED_APPS = [
    "bofast.reports",
    "bofast.cases",
    "bofast.arrears",
    "bofast.access",
    "bofast.access.identity",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "rules",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bofast.access.caching.never_kept",
    "bofast.access.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bofast.access.acting.in_one_role",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bofast.access.identity.idle.ends_unused",
    "bofast.access.identity.second_factor.SecondFactorDemanded",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "bofast.config.urls"
WSGI_APPLICATION = "bofast.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "access/table.html"


def _database(home: Path) -> dict[str, object]:
    """The database of BOFAST_DATABASE_URL, or one SQLite file in BOFAST_HOME."""
    config: dict[str, object] = env.db_url("BOFAST_DATABASE_URL", default=f"sqlite:///{home / 'bofast.sqlite3'}")
    if config["ENGINE"] == "django.db.backends.sqlite3":
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA secure_delete=ON;"
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas}
    else:
        config |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return config


DATABASES = {"default": _database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "cases:worklist"
LOGOUT_REDIRECT_URL = "access:sign_in"
REQUIRE_SECOND_FACTOR = env.bool("BOFAST_REQUIRE_SECOND_FACTOR", default=bool(PRODUCTION_HOSTS))
SESSION_ENGINE = "bofast.access.identity.sessions"
SESSION_COOKIE_AGE = 60 * env.int("BOFAST_SESSION_IDLE_MINUTES", default=30)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = bool(PRODUCTION_HOSTS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION_HOSTS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION_HOSTS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

CACHES = {  # of all workers together: only limits and used codes are kept there
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "identity_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that trying many names does not push out the limit on one
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION_HOSTS else 0
ACCOUNT_ADAPTER = "bofast.access.identity.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth reads off it that users have passwords
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}  # a town hall may have one address
ACCOUNT_FORMS = {
    "login": "bofast.access.identity.forms.SignInForm",
    "reauthenticate": "bofast.access.identity.forms.PasswordAgainForm",
}
MFA_ADAPTER = "bofast.access.identity.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: a phone whose clock is a little off, a code typed as it changes
MFA_FORMS = {
    "authenticate": "bofast.access.identity.forms.CodeForm",
    "reauthenticate": "bofast.access.identity.forms.CodeAgain",
    "activate_totp": "bofast.access.identity.forms.AppForm",
    "add_webauthn": "bofast.access.identity.forms.NewPasskeyForm",
    "edit_webauthn": "bofast.access.identity.forms.PasskeyNameForm",
}
SOCIALACCOUNT_ADAPTER = "bofast.access.identity.adapter.OutsideAdapter"
OIDC_ISSUER = env("BOFAST_OIDC_ISSUER", default="")
OIDC_NAME = env("BOFAST_OIDC_NAME", default="") or _("the municipality")
OIDC_ACR = env.list("BOFAST_OIDC_ACR", default=[])
OIDC_STRONG = env.list("BOFAST_OIDC_STRONG", default=OIDC_ACR)


def _municipality_sign_in(issuer: str) -> dict[str, object]:
    """allauth's description of the one provider. Raises ImproperlyConfigured for a half-done set-up."""
    if PRODUCTION_HOSTS and not issuer.startswith("https://"):
        raise ImproperlyConfigured("BOFAST_OIDC_ISSUER must begin with https://")  # the ID token rests on TLS
    asked = {"auth_params": {"acr_values": " ".join(OIDC_ACR)}} if OIDC_ACR else {}
    return {
        "provider_id": "municipality",
        "name": issuer,
        "client_id": env("BOFAST_OIDC_CLIENT_ID"),
        "secret": env("BOFAST_OIDC_CLIENT_SECRET"),
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True, **asked},
    }


SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "bofast.access.identity.oidc.MunicipalityProvider",
        "APPS": [_municipality_sign_in(OIDC_ISSUER)] if OIDC_ISSUER else [],
    }
}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "config" / "static"]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_messages,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"bofast.sign_in": {"level": "INFO"}},
}
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
