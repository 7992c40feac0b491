"""Which contacts lie outside the mandate: recorded like any other, and counted in no subsidised hour.

Source: domain, sections 5 and 6.
"""

from collections.abc import Sequence
from datetime import date

from foundation.rules.periods import Period


def is_outside_mandate(
    on: date, *, prehire_deadline: date | None, windows: Sequence[Period], closed_on: date | None
) -> bool:
    """Return whether a contact held on the day ``on`` lies outside the mandate.

    It does on and after the day of EXIT, and on and after the end of the 24 months (``prehire_deadline``: first day no
    longer covered), unless the follow-up of a job covers that day.
    """
    if closed_on is not None and on >= closed_on:
        return True
    if prehire_deadline is None or on < prehire_deadline:
        return False
    return not any(window.contains(on) for window in windows)
