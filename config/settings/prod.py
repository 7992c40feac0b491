"""Production: everything from the environment, and no start without the secrets. `.env.example` lists what is read."""

from datetime import date

import environ
from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, STORAGES
from config.settings.databases import database

env = environ.Env()


def _required(name: str) -> str:
    value: str = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} must be set in the environment (see .env.example).")
    return value


def _listed(name: str) -> list[str]:
    return [part.strip() for part in env.str(name, default="").split(",") if part.strip()]


# --- Secrets ----------------------------------------------------------------------------------------------------------

SECRET_KEY = _required("DJANGO_SECRET_KEY")
SECRET_KEY_FALLBACKS = _listed("DJANGO_SECRET_KEY_FALLBACKS")
# "id:base64key,id2:base64key": the first encrypts, all decrypt, so that a key can be replaced (privacy/cipher.py).
ANCRAGE_ENCRYPTION_KEYS = _required("ANCRAGE_ENCRYPTION_KEYS")
ANCRAGE_BLIND_INDEX_KEY = _required("ANCRAGE_BLIND_INDEX_KEY")

# Not an option: Django's error pages show settings and rows.
DEBUG = False

# --- Where it is served -----------------------------------------------------------------------------------------------

_required("DJANGO_ALLOWED_HOSTS")
ALLOWED_HOSTS = _listed("DJANGO_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]

# Encryption ends at the reverse proxy, which says so in this header and must not let a visitor set it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# The container's own health checks speak plain HTTP from within.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("DJANGO_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
# How many proxies of ours add to X-Forwarded-For: the limits on log-in attempts count by visitor, not by proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("DJANGO_TRUSTED_PROXY_COUNT", default=1)

# What the links of a mail begin with.
ANCRAGE_ORIGIN = env.str("ANCRAGE_ORIGIN", default="").rstrip("/") or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"

# The names of the keys are said in `base.py`; the day is written 2026-11-22.
ACCESSIBILITY_ROUTE = {
    "email": env.str("ACCESSIBILITY_EMAIL", default=""),
    "address": env.str("ACCESSIBILITY_ADDRESS", default=""),
    "body": env.str("ACCESSIBILITY_BODY", default=""),
    "body_address": env.str("ACCESSIBILITY_BODY_ADDRESS", default=""),
    "checked_on": date.fromisoformat(_day) if (_day := env.str("ACCESSIBILITY_CHECKED_ON", default="")) else None,
}

# --- Services ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": database(_required("DATABASE_URL"))}

REDIS_URL = env.str("REDIS_URL", default="redis://redis:6379/0")
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DJANGO_DEFAULT_FROM_EMAIL", default="") or f"ancrage@{ALLOWED_HOSTS[0].lstrip('.')}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Papers that prove rights: to be kept on a volume of its own, and saved like the database.
MEDIA_ROOT = env.str("DJANGO_MEDIA_ROOT", default="/srv/ancrage/media")

STATIC_ROOT = env.str("DJANGO_STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "foundation.staticfiles.ModuleStorage"}}
