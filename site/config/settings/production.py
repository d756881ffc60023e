"""For real use: everything from environment variables, and a refusal with one sentence where something is not safe.

docs/hosting.md explains each variable.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.logs import logging_settings

from .base import *  # noqa: F403  settings build on settings
from .base import ALLOWED_HOSTS, DATABASES, MIDDLEWARE, SITE_URL, VAR_DIR, env

PRODUCTION = True


def refuse_unless(condition: object, sentence: str) -> None:
    """Stop the start with one sentence that says what to do."""
    if not condition:
        raise ImproperlyConfigured(sentence)


# What must be right before anything starts.
DEBUG = env.bool("DEBUG", default=False)
refuse_unless(not DEBUG, "DEBUG is on: it shows code and data to visitors; remove DEBUG from the environment.")
SECRET_KEY = env("SECRET_KEY", default="")
refuse_unless(
    len(SECRET_KEY) >= 50
    and len(set(SECRET_KEY)) >= 10
    and not SECRET_KEY.startswith(("django-insecure-", "only-for-")),
    "SECRET_KEY is missing, too short or a known example: make one with `openssl rand -base64 48` and keep it secret.",
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
refuse_unless(
    ALLOWED_HOSTS and "*" not in ALLOWED_HOSTS,
    "ALLOWED_HOSTS is empty or holds *: name the host names of the site, for example ALLOWED_HOSTS=praat.example.org.",
)
refuse_unless(
    SITE_URL.startswith("https://"), "SITE_URL is not an https address: give the address people type, with https://."
)
refuse_unless(
    DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3" or env.bool("ALLOW_SQLITE", default=False),
    "The database is SQLite: set DATABASE_URL to PostgreSQL, or ALLOW_SQLITE=1 if one machine is enough for you.",
)

# Everything over https. Behind a proxy the proxy says so, and only a proxy we know is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
if TRUSTED_PROXIES:
    MIDDLEWARE.insert(0, "config.proxy.TrustedProxyMiddleware")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL.rstrip("/")]

# Names with a hash of the content: browsers keep them for ever, an update still arrives at once.
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = False
if env("AWS_STORAGE_BUCKET_NAME", default=""):
    # Only what staff publish (pictures, documents). It needs the package django-storages[s3].
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("AWS_STORAGE_BUCKET_NAME"),
            "endpoint_url": env("AWS_S3_ENDPOINT_URL", default=None),
            "region_name": env("AWS_S3_REGION_NAME", default=None),
            "file_overwrite": False,
            "default_acl": None,
        },
    }

refuse_unless(
    env("EMAIL_URL", default=""),
    "EMAIL_URL is missing: give the mail server, for example EMAIL_URL=smtp+tls://user:password@mail.example.org:587.",
)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"noreply@{ALLOWED_HOSTS[0].lstrip('.')}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Errors go to the log. Django's mail to ADMINS holds what people posted, so there are none.
ADMINS: list[tuple[str, str]] = []
MANAGERS = ADMINS
LOGGING = logging_settings(env("LOG_LEVEL", default="INFO"))
