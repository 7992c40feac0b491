"""The test suite: DATABASE_URL chooses PostgreSQL, otherwise an SQLite file that disappears with the process."""

import atexit
import os
import tempfile
from pathlib import Path

import environ

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, MIDDLEWARE
from config.settings.databases import database, embedded

env = environ.Env()

SECRET_KEY = "test-only-secret-key-that-protects-nothing"  # noqa: S105
ANCRAGE_ENCRYPTION_KEYS = "test:Z3VhcmRzLW5vdGhpbmctYnV0LXRoZS10ZXN0LXJ1bnM="
ANCRAGE_BLIND_INDEX_KEY = "aW5kZXhlcy1ub3RoaW5nLWJ1dC10aGUtdGVzdC1ydW4="
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Invented people are loaded by the suite too. N+1: a page that reads its rows one by one fails (tests/traps.py).
INSTALLED_APPS = ["demo", *INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
# Logging in and out renews the session's key: the library reads the old row, then the new one. Two rows, not n.
ZEAL_ALLOWLIST = [
    {"model": "sessions.Session", "field": "get()"},
    # Read once per process and kept: an act that audits several kinds of rows reads several, the first time only.
    {"model": "contenttypes.ContentType", "field": "get()"},
]

if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": database(env.str("DATABASE_URL"))}
    # The test database is dropped at the end; a connection kept alive would forbid it.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    # A file and not memory: the threads of a live server and the double click of a test are real connections then.
    # One per process, so that two runs on a machine do not meet. No fsync: nothing here outlives the run.
    _path = Path(tempfile.gettempdir()) / f"ancrage-test-{os.getpid()}.sqlite3"
    DATABASES = {"default": embedded(_path, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")}
    DATABASES["default"]["TEST"] = {"NAME": str(_path)}

    def _remove_database() -> None:
        for leftover in _path.parent.glob(f"{_path.name}*"):
            leftover.unlink(missing_ok=True)

    atexit.register(_remove_database)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "ancrage@example.org"
ANCRAGE_ORIGIN = "https://ancrage.example.org"

# Putting back the rows of the migrations between two tests (tests/conftest.py) is nobody's act.
AUDITLOG_DISABLE_ON_RAW_SAVE = True

# Papers that tests hand in, gone with the process.
_media = tempfile.TemporaryDirectory(prefix="ancrage-test-media-")
MEDIA_ROOT = _media.name
atexit.register(_media.cleanup)

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
