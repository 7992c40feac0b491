"""The dated parameters of the cadence, as the rules read them."""

from datetime import date

from accounts.parameters import Key, value_on
from beneficiaries.rules.phases import Phase
from followup.rules.cadence import CadencePolicy, FollowUpStep


def cadence_policy(on: date) -> CadencePolicy:
    """The cadence in force on the date of the event it applies to."""
    return CadencePolicy(
        every_days={
            Phase.PREPARATORY: value_on(Key.PREPARATORY_DAYS, on),
            Phase.PRE_HIRE: value_on(Key.PRE_HIRE_DAYS, on),
            Phase.HIRE: value_on(Key.HIRE_DAYS, on),
        },
        follow_up=tuple(FollowUpStep(s.until_month, s.every_days) for s in value_on(Key.FOLLOW_UP_STEPS, on)),
        due_soon_days=value_on(Key.DUE_SOON_DAYS, on),
        employer_days=value_on(Key.EMPLOYER_DAYS, on),
    )
