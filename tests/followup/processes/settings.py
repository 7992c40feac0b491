"""The test settings, for processes of their own: the database of the test, a real broker, a real mail server."""

from config.settings.test import *  # noqa: F403
from config.settings.test import env

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.int("SMTP_PORT", default=25)
# Seconds, where production waits ten minutes: a killed sender is followed by the next at once.
OUTBOX_LEASE_SECONDS = env.int("LEASE_SECONDS", default=0)

CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://127.0.0.1:1/0")
