"""Background work that belongs to no room."""

from celery import shared_task
from django.core.management import call_command

from foundation.kept_files import sweep_kept_files


@shared_task(name="config.tasks.forget_expired_sessions")
def forget_expired_sessions() -> None:
    """Delete the sessions that have ended: they say who was connected when, for longer than anyone needs."""
    call_command("clearsessions")


@shared_task(name="config.tasks.sweep_kept_files")
def sweep_files_of_abandoned_forms() -> None:
    """Delete the files that were chosen in a form which nobody sent again."""
    sweep_kept_files()
