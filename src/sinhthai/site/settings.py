"""Django settings. Everything an office changes is an environment variable, listed in docs."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parents[1]
# Where the embedded store, uploads and the secret key live.
HOME = Path(os.environ.get("SINHTHAI_HOME") or Path.cwd() / "var")


def _secret_key() -> str:
    """Return the configured key, or create one beside the store, readable by its owner only."""
    if key := os.environ.get("SINHTHAI_SECRET_KEY"):
        return key
    path = HOME / "secret-key"
    if not path.exists():
        import secrets
        import tempfile

        # Written aside (mkstemp: for its owner only) and linked whole: of two first starts at
        # once one wins, and a start that is killed leaves no empty key.
        handle, aside = tempfile.mkstemp(dir=HOME)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        Path(aside).unlink()
    return path.read_text().strip()


# Password hashes, sessions and unpublished figures lie here: others on this machine stay out.
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = _secret_key()
DEBUG = os.environ.get("SINHTHAI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("SINHTHAI_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SINHTHAI_ORIGINS", "").split(",") if o]
# Where people outside reach this site: what QR codes, mails and calendars point to.
SINHTHAI_PUBLIC_URL = os.environ.get("SINHTHAI_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = os.environ.get("SINHTHAI_HTTPS") == "1"

INSTALLED_APPS = [
    "sinhthai.accounts.apps.AccountsConfig",
    "sinhthai.registry.apps.RegistryConfig",
    "sinhthai.reporting.apps.ReportingConfig",
    "sinhthai.carbon.apps.CarbonConfig",
    "sinhthai.efficiency.apps.EfficiencyConfig",
    "sinhthai.finance.apps.FinanceConfig",
    "sinhthai.symbiosis.apps.SymbiosisConfig",
    "sinhthai.assessment.apps.AssessmentConfig",
    "sinhthai.certification.apps.CertificationConfig",
    "sinhthai.supervision.apps.SupervisionConfig",
    "sinhthai.portal.apps.PortalConfig",
    "sinhthai.site.apps.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "sinhthai.site.logs.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sinhthai.site.middleware.CleanQueryMiddleware",
    "sinhthai.site.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sinhthai.site.middleware.PrivatePagesMiddleware",
    "sinhthai.site.middleware.OwnPasswordMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "sinhthai.site.urls"
WSGI_APPLICATION = "sinhthai.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sinhthai.site.context.site",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    """SQLite beside the secret key, or PostgreSQL named by ``SINHTHAI_DATABASE`` (a libpq URI)."""
    url = os.environ.get("SINHTHAI_DATABASE", "")
    if url.startswith(("postgresql://", "postgres://")):
        from psycopg.conninfo import conninfo_to_dict

        parts = conninfo_to_dict(url)
        known = ("dbname", "user", "password", "host", "port")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.get("dbname", ""),
            "USER": parts.get("user", ""),
            "PASSWORD": parts.get("password", ""),
            "HOST": parts.get("host", ""),
            "PORT": parts.get("port", ""),
            "OPTIONS": {name: value for name, value in parts.items() if name not in known},
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "sinhthai.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-32000;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# It checks the sign-in name or the e-mail, and limits the tries.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_ADAPTER = "sinhthai.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_FORMS = {"login": "sinhthai.accounts.forms.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
# How many proxies of the office stand before this server; the limits count the reader's address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SINHTHAI_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sinh Thái"
SESSION_COOKIE_AGE = 12 * 60 * 60

# Sign-in with the office's own OpenID Connect server. It opens accounts that exist, by e-mail.
OIDC_URL = os.environ.get("SINHTHAI_OIDC_URL", "")
SOCIALACCOUNT_ADAPTER = "sinhthai.accounts.adapter.KnownPeopleAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "office",
                "name": os.environ.get("SINHTHAI_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("SINHTHAI_OIDC_CLIENT", ""),
                "secret": os.environ.get("SINHTHAI_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
EMAIL_BACKEND = os.environ.get(
    "SINHTHAI_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("SINHTHAI_EMAIL_FROM", "sinhthai@localhost")
EMAIL_FILE_PATH = os.environ.get("SINHTHAI_EMAIL_FOLDER", str(HOME / "mail"))
EMAIL_HOST = os.environ.get("SINHTHAI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SINHTHAI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SINHTHAI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SINHTHAI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SINHTHAI_EMAIL_TLS") == "1"
EMAIL_TIMEOUT = 20

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # also the folder the store needs
# Served from the package as they are; an office that ran `collectstatic` gets hashed names that
# browsers keep for good.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = HOME / "files"
MEDIA_URL = "/files-are-served-by-views/"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
SINHTHAI_UPLOAD_MAX_BYTES = 30 * 1024 * 1024

_SELF = "'self'"
_NONE = "'none'"
# A form that signs in with the office's server is sent on to it.
_SIGN_IN = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "font-src": [_SELF],
        "connect-src": [_SELF],
        "frame-ancestors": [_NONE],
        "frame-src": [_NONE],
        "form-action": [_SELF, *_SIGN_IN],
        "base-uri": [_NONE],
        "object-src": [_NONE],
    }
}
CSRF_FAILURE_VIEW = "sinhthai.site.errors.csrf_failure"
LOGGING_CONFIG = "sinhthai.site.logs.configure"
LOGGING = {
    "json": os.environ.get("SINHTHAI_LOG") == "json",
    "level": os.environ.get("SINHTHAI_LOG_LEVEL", "INFO"),
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
