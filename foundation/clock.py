"""The only place that reads the calendar's present day. Rules never do: they are given ``on``."""

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """Return the present day in Brussels, whatever the server's zone is.

    A day begins at midnight in Brussels: at 23:30 UTC in summer it is already tomorrow, and a deadline that falls
    tomorrow is reached.
    """
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """Return the day in Brussels on which something happened."""
    return timezone.localtime(moment).date()
