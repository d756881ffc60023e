"""For `make serve` and work on the code: a key of its own in var/, DEBUG only when asked for."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403  settings build on settings
from .base import ALLOWED_HOSTS, SECURITY_CONTACT, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
DEMO_ALLOWED = True
SECURITY_CONTACT = SECURITY_CONTACT or "veilig@example.org"

VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
_key = VAR_DIR / "secret_key"
if not _key.exists():
    _key.touch(mode=0o600)
    _key.write_text(get_random_secret_key())
SECRET_KEY = env("SECRET_KEY", default=_key.read_text())

# Errors belong on the screen of whoever started the site, also without DEBUG; nobody gets mail.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}

if DEBUG:
    from .base import INSTALLED_APPS, MIDDLEWARE

    INSTALLED_APPS += ["debug_toolbar", "django_browser_reload"]
    MIDDLEWARE.insert(2, "debug_toolbar.middleware.DebugToolbarMiddleware")
    MIDDLEWARE.append("django_browser_reload.middleware.BrowserReloadMiddleware")
    INTERNAL_IPS = ["127.0.0.1"]
