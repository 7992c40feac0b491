"""Trying and developing: an embedded database, no other service, secrets made on the spot and kept in var/."""

import logging
import os
import secrets
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import environ

from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, INSTALLED_APPS
from config.settings.databases import database, embedded

env = environ.Env()

# Invented people and the commands that load them: part of trying out, never of a production.
INSTALLED_APPS = ["demo", *INSTALLED_APPS]

# Everything that a run leaves behind. Not in the repository, and safe to delete: the next bin/demo makes it anew.
VAR_DIR = Path(env.str("ANCRAGE_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _local_secret(name: str, make: Callable[[], str]) -> str:
    """Return the secret kept in var/, made the first time. Two processes that start at once agree on one."""
    path = VAR_DIR / name
    candidate = path.with_name(f".{name}.{os.getpid()}")
    if not path.exists():
        candidate.touch(mode=0o600)
        candidate.write_text(make())
        try:
            os.link(candidate, path)
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return path.read_text().strip()


def _new_key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


SECRET_KEY = _local_secret("secret_key", lambda: secrets.token_urlsafe(50))
ANCRAGE_ENCRYPTION_KEYS = _local_secret("encryption_key", lambda: f"local:{_new_key()}")
ANCRAGE_BLIND_INDEX_KEY = _local_secret("blind_index_key", _new_key)

# bin/demo turns it off: whoever tries the product sees the product's own error pages.
DEBUG = env.bool("DJANGO_DEBUG", default=True)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

_url = env.str("DATABASE_URL", default="")
DATABASES = {"default": database(_url) if _url else embedded(VAR_DIR / "ancrage.sqlite3")}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mails")
DEFAULT_FROM_EMAIL = "ancrage@localhost"
# What the links of a mail begin with; bin/demo says on which port it is.
ANCRAGE_ORIGIN = env.str("ANCRAGE_ORIGIN", default="http://127.0.0.1:8000")

MEDIA_ROOT = str(VAR_DIR / "media")
TYPEFACES_DIR = str(VAR_DIR / "typefaces")

# Served from where they are, without collectstatic.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# No broker to start: a task runs at once, in the process that asks for it.
CELERY_TASK_ALWAYS_EAGER = True
# Nobody wants to hear of the broker that is not there.
logging.getLogger("kombu").setLevel(logging.ERROR)
logging.getLogger("celery").setLevel(logging.WARNING)
