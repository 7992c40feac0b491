"""Background work that belongs to no room."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="config.tasks.forget_expired_sessions")
def forget_expired_sessions() -> None:
    """Delete the sessions that have ended: they say who was connected when, for longer than anyone needs."""
    call_command("clearsessions")
