"""How urgent a due date is: one rule for badges, lists, the coach's day and reminders.

Source: domain, section 7 (due soon: three days or fewer); its two limits are dated parameters.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# « Cette semaine » is the seven days that follow, so that a Friday already shows next Monday.
THIS_WEEK_DAYS = 7


class Urgency(StrEnum):
    """How urgent, most urgent first."""

    VERY_LATE = "very_late"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


class DayGroup(StrEnum):
    """The groups of the coach's day, most urgent first: what is ahead is told by the week."""

    VERY_LATE = "very_late"
    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyLimits:
    """The dated parameters: later than ``very_late_days`` is very late, ``soon_days`` ahead or fewer is soon."""

    very_late_days: int = 14
    soon_days: int = 3


def urgency(due_on: date | None, on: date, limits: UrgencyLimits) -> Urgency:
    """Return how urgent what is due on ``due_on`` is on the day ``on``; ``None`` is due never."""
    if due_on is None:
        return Urgency.NONE
    ahead = (due_on - on).days
    if ahead < 0:
        return Urgency.VERY_LATE if -ahead > limits.very_late_days else Urgency.LATE
    if ahead == 0:
        return Urgency.TODAY
    return Urgency.SOON if ahead <= limits.soon_days else Urgency.LATER


def day_group(due_on: date, on: date, limits: UrgencyLimits) -> DayGroup:
    """Return where the coach's day shows what is due on ``due_on``, ``THIS_WEEK_DAYS`` days ahead being this week."""
    found = urgency(due_on, on, limits)
    if found in (Urgency.SOON, Urgency.LATER):
        return DayGroup.THIS_WEEK if (due_on - on).days <= THIS_WEEK_DAYS else DayGroup.LATER
    return DayGroup(found.value)


def told_ahead_days(soon_days: int) -> int:
    """Return how many days ahead a contact is told: the week, or as early as it is called soon."""
    return max(THIS_WEEK_DAYS, soon_days)
