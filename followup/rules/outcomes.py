"""What became of an appointment, told by the contact that came of it.

Source: domain, sections 5 bis and 7.
"""

from followup.rules.cadence import HELD, NO_SHOW


def appointment_state(outcome: str) -> str:
    """Return the state of an appointment whose contact has this outcome: it follows what is said of the contact, when
    it is recorded as when it is corrected.
    """
    return HELD if outcome == HELD else NO_SHOW
