"""Until when somebody on the integration income must be registered at FOREM (MIRE-ELIG-10).

Announced from 1 January 2026: within four weeks of the grant; those already helped that day had ninety days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.rules.periods import Period

LAW_FROM = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class RegistrationDuty:
    """How long one has: weeks after a grant, days after the law for those whom it found already helped."""

    weeks: int = 4
    stock_days: int = 90
    law_from: date = LAW_FROM


def registration_due(
    income_support: Sequence[Period], registrations: Sequence[Period], on: date, duty: RegistrationDuty
) -> date | None:
    """Return the last day on which to register, which may be past; ``None`` when nothing is to be done on ``on``.

    Nothing is to be done before the law, without integration income that day, or with a registration that day.
    """
    running = next((period for period in income_support if period.contains(on)), None)
    if on < duty.law_from or running is None or any(period.contains(on) for period in registrations):
        return None
    if running.start < duty.law_from:
        return duty.law_from + timedelta(days=duty.stock_days)
    return running.start + timedelta(weeks=duty.weeks)
