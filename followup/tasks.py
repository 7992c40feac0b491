"""What the worker does by the clock. Each may run twice, at once or after a kill: the second time changes nothing."""

from datetime import date

from celery import shared_task

from followup.services.outbox import send_due
from followup.services.own_calendar import read_due
from followup.services.reminders import run_day
from foundation.clock import today


@shared_task(name="followup.tasks.run_reminders")
def run_reminders(on: str | None = None) -> None:
    """Make the run of a day (today unless told), then have its mails sent; the next beat makes up for a loss."""
    run_day(on=date.fromisoformat(on) if on else today())
    send_mails.delay()


@shared_task(name="followup.tasks.send_mails")
def send_mails() -> None:
    """Send what waits in the outbox."""
    send_due()


@shared_task(name="followup.tasks.read_calendars", soft_time_limit=280, time_limit=300)
def read_calendars() -> None:
    """Ask for the calendars that users keep elsewhere, those whose turn has come."""
    read_due()
