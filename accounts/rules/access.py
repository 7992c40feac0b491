"""How long an access that is limited in time may last (domain.md, section 1: the inspector's)."""

from datetime import date

from foundation.rules.periods import ONE_DAY, add_months

# What is proposed, and what one grant cannot pass: an inspection bears on a year of subsidy at most, and an access that
# outlives it would be forgotten. A longer one is granted again, and both grants stay in the trail.
PROPOSED_MONTHS = 3
MOST_MONTHS = 12


def proposed_last_day(starts_on: date) -> date:
    """The last day proposed, included, for an access that starts on a day."""
    return add_months(starts_on, PROPOSED_MONTHS) - ONE_DAY


def last_day_allowed(starts_on: date) -> date:
    """The last day, included, that one grant may reach."""
    return add_months(starts_on, MOST_MONTHS) - ONE_DAY
