"""The dated parameters of how near and how late, as the rules read them: those in force on the day that is shown."""

from datetime import date

from accounts.parameters import Key, value_on
from method.rules.nearness import ClockLimits
from method.rules.urgency import UrgencyLimits


def urgency_limits(on: date) -> UrgencyLimits:
    """From when a due date is soon, and very late."""
    return UrgencyLimits(very_late_days=value_on(Key.VERY_LATE_DAYS, on), soon_days=value_on(Key.DUE_SOON_DAYS, on))


def prehire_limits(on: date) -> ClockLimits:
    """From when the end of the 24 months is near."""
    return ClockLimits.of_warnings(value_on(Key.WARNING_DAYS, on))


def followup_limits(on: date) -> ClockLimits:
    """From when the end of a follow-up is near."""
    return ClockLimits.of_warnings(value_on(Key.FOLLOWUP_WARNING_DAYS, on))
