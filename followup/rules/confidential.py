"""Who reads and who writes what is kept apart from a contact."""


def reads_confidential(*, coordinates: bool, accompanies: bool, wrote_it: bool, carries_the_case: bool) -> bool:
    """Whether somebody of the house reads a note kept apart: its author, whoever carries the case today (its main
    jobcoach, and who stands in for that one), a coordinator. Whoever accompanies nobody any more reads none.
    """
    return coordinates or (accompanies and (wrote_it or carries_the_case))


def writes_confidential(*, coordinates: bool, accompanies: bool, was_there: bool, carries_the_case: bool) -> bool:
    """Whether somebody may keep a note of their own apart from a contact: who held it or wrote it down, whoever carries
    the case today, a coordinator. A note of somebody else is never rewritten.
    """
    return coordinates or (accompanies and (was_there or carries_the_case))
