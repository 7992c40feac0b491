"""The dated parameters of how near and how late, as the rules read them: those that an organisation has in force on the
day that is shown.
"""

from datetime import date
from uuid import UUID

from accounts.parameters import Key, value_on
from method.rules.nearness import ClockLimits
from method.rules.urgency import UrgencyLimits


def urgency_limits(on: date, organisation_id: UUID | None) -> UrgencyLimits:
    """From when a due date is soon, and very late."""
    return UrgencyLimits(
        very_late_days=value_on(Key.VERY_LATE_DAYS, on, organisation_id),
        soon_days=value_on(Key.DUE_SOON_DAYS, on, organisation_id),
    )


def prehire_limits(on: date, organisation_id: UUID | None) -> ClockLimits:
    """From when the end of the 24 months is near."""
    return ClockLimits.of_warnings(value_on(Key.WARNING_DAYS, on, organisation_id))


def followup_limits(on: date, organisation_id: UUID | None) -> ClockLimits:
    """From when the end of a follow-up is near."""
    return ClockLimits.of_warnings(value_on(Key.FOLLOWUP_WARNING_DAYS, on, organisation_id))
