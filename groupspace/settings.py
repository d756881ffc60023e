"""Settings of Django, Wagtail and other packages that have one right value where this app runs: import them all.

What a host may choose for itself stands in `conf.py`. This file is read while settings load: it imports nothing.
"""

# Log-in: our pages, our sessions, and a second step that nothing goes round.
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "groupspace:mine"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "groupspace.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24  # the longest that any session lasts; see groupspace.accounts.conf
# In the session, which ends: the default cookie keeps names and links in the browser after logging out.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "groupspace.text.views.csrf_failure"  # gives typed text back
TWO_FACTOR_PATCH_ADMIN = False
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "groupspace.accounts.backends.AccountBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "groupspace.accounts.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "groupspace.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "groupspace.accounts.passwords.PredictableValidator"},
]

# Wrong tries are counted by groupspace.accounts.throttle; axes itself stores neither names, addresses nor passwords.
AXES_HANDLER = "groupspace.accounts.throttle.Handler"
AXES_LOCKOUT_CALLABLE = "groupspace.accounts.throttle.lockout_response"
AXES_CLIENT_IP_CALLABLE = "groupspace.accounts.throttle.client_ip"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "auth-username",
    "auth-password",
    "token-otp_token",
    "backup-otp_token",
]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Grants are rows about people; no row is made that could make something public.
ANONYMOUS_USER_NAME = None

# Sending mail and starting tasks is writing a row; `manage.py worker` does the work.
EMAIL_BACKEND = "groupspace.notify.backend.OutboxBackend"
EMAIL_TIMEOUT = 10
TASKS = {"default": {"BACKEND": "groupspace.notify.engine.DatabaseBackend"}}

# Nobody sets the password or address of another, and accounts are shown to no other site.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
