"""What every environment shares. Secrets and places come from environment variables (see docs/hosting.md)."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from groupspace.settings import *  # noqa: F403  log-in, sessions, mail, tasks: what has one right value
from groupspace.settings import EMAIL_BACKEND as OUTBOX

env = environ.Env()
REPO_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env("KRING_VAR", default=str(REPO_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")  # shown in /.well-known/security.txt

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    # The site: first, so that its templates win.
    "config",
    "theme",
    "home",
    "users",
    # The plug-in.
    "groupspace",
    "groupspace.audit",
    "groupspace.text",
    "groupspace.storage",
    "groupspace.accounts",
    "groupspace.notify",
    "groupspace.safety",
    "groupspace.stream",
    "groupspace.search",
    "groupspace.push",
    "groupspace.notices",
    "groupspace.comments",
    "groupspace.forum",
    "groupspace.pages",
    "groupspace.links",
    "groupspace.polls",
    "groupspace.files",
    "groupspace.listing",
    "intervision",
    "knowledgebase",
    "knowledgebase.techniques",
    "knowledgebase.plainlanguage",
    "knowledgebase.contact",
    "knowledgebase.ideas",
    "knowledgebase.news",
    "knowledgebase.newsletter",
    "knowledgebase.links",
    "knowledgebase.reach",
    "knowledgebase.search",
    "knowledgebase.stepplans",
    "knowledgebase.quickscan",
    "knowledgebase.reactions",
    # Wagtail.
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "groupspace.accounts.apps.StaffUsersConfig",  # takes the place of wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_filters",
    # Other packages.
    "django_prose_editor",
    "guardian",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "two_factor",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "groupspace.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "knowledgebase.reach.middleware.ReachMiddleware",
    "knowledgebase.middleware.PublicPageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "groupspace.accounts.middleware.AccountMiddleware",
    "groupspace.middleware.ActorMiddleware",
    "groupspace.text.middleware.SealMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# One writer at a time is what SQLite can do: wait for the lock at BEGIN, never in the middle of a transaction.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes, so that what an editor publishes or a log-out ends holds everywhere at once.
if env("REDIS_URL", default=""):
    CACHES = {
        "default": {
            "BACKEND": "config.caches.Redis",
            "LOCATION": env("REDIS_URL"),
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    }

AUTH_USER_MODEL = "users.User"
CSRF_FAILURE_VIEW = "theme.errors.csrf_failure"
# Sending mail is writing a row; the worker sends it by EMAIL_URL, or into files where there is none.
EMAIL_CONFIG = env.email("EMAIL_URL", default=f"filemail:///{VAR_DIR}/mail")
vars().update(EMAIL_CONFIG)
EMAIL_BACKEND = OUTBOX
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="noreply@localhost")

GROUPSPACE = {
    "AUDIT_ANCHOR_FILE": VAR_DIR / "audit-anchor.jsonl",
    "PUSH": {"KEY_FILE": env("PUSH_KEY_FILE", default=str(VAR_DIR / "push.pem")), "CONTACT": SECURITY_CONTACT},
    "NOTIFY": {"TRANSPORT": EMAIL_CONFIG["EMAIL_BACKEND"], "HEARTBEAT_FILE": VAR_DIR / "worker.heartbeat"},
    "STORAGE": {
        "DIR": VAR_DIR / "private",
        "ACCEL": env("PRIVATE_ACCEL", default=""),
        "CLAMD": env("CLAMD", default=""),
    },
}
KNOWLEDGEBASE = {
    "CACHE_NEVER": ("/healthz", "/readyz"),
    "DOORS": "home.doors.doors",
    "SYNONYMS": "knowledgebase.plainlanguage.synonyms.groups",
    "FORM_BASE": "groupspace.forms.Form",
    "IS_PROFESSIONAL": "home.professionals.is_professional",
    "SHARE_PICTURE": "theme/img/share.png",
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STYLE_GUIDE = env.bool("STYLE_GUIDE", default=False)  # /stijl/; always there with DEBUG

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser: on a shared computer it would tell for a year that somebody was here
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

WAGTAIL_SITE_NAME = "Kring"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.publishing.publish_approved"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.PublicImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.forms.PublicDocumentForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "txt", "csv", "ics"),
    *("mp4", "webm", "mp3", "vtt"),
]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
