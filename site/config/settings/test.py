"""For the tests: nothing on disk that outlives a run, everything else as in production."""

import atexit
import os
import shutil
import tempfile

# Before base.py reads it: databases, mail, heartbeat and uploads of a run go into a folder of their own.
os.environ["KRING_VAR"] = tempfile.mkdtemp(prefix="kring-test-")
atexit.register(shutil.rmtree, os.environ["KRING_VAR"], ignore_errors=True)

from .base import *  # noqa: E402, F403  settings build on settings, after the folder is known
from .base import DATABASES, KNOWLEDGEBASE, VAR_DIR  # noqa: E402  likewise

SECRET_KEY = "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz"  # noqa: S105  production refuses it by its name
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMO_ALLOWED = True
SITE_URL = "http://localhost"
SECURITY_CONTACT = "veilig@example.org"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["tests.hashers.QuickArgon2Hasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
# A thread of its own that writes would wait for the test that counts.
KNOWLEDGEBASE = {**KNOWLEDGEBASE, "REACH_FLUSH_SECONDS": 0}
# Files are looked for when one is asked for: to list them all takes longer than most tests, and each test client would.
WHITENOISE_AUTOREFRESH = True
