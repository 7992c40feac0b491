"""Developing with bin/dev: the settings for trying out, and the debug toolbar. Never in the image (.dockerignore)."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import INSTALLED_APPS, MIDDLEWARE

DEBUG = True
WHITENOISE_AUTOREFRESH = True

ROOT_URLCONF = "config.toolbar_urls"
INSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]
# After what protects an answer, before everything that it measures.
MIDDLEWARE = [
    *MIDDLEWARE[: MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware")],
    "debug_toolbar.middleware.DebugToolbarMiddleware",
    *MIDDLEWARE[MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware") :],
]
# It is shown on pages asked for by this machine only.
INTERNAL_IPS = ["127.0.0.1", "::1"]
