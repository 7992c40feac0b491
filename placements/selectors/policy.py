"""The dated parameters of both clocks, as the rules read them."""

from datetime import date

from accounts.parameters import Key, value_on
from placements.rules.clocks import ClockPolicy
from placements.rules.durable import DurablePolicy


def clock_policy(on: date) -> ClockPolicy:
    """The clock parameters in force on the date of the event they apply to."""
    return ClockPolicy(
        prehire_months=value_on(Key.PREHIRE_MONTHS, on),
        followup_months=value_on(Key.FOLLOWUP_MONTHS, on),
        same_employer_gap_days=value_on(Key.SAME_EMPLOYER_GAP_DAYS, on),
        stopping_types=value_on(Key.STOPPING_CONTRACT_TYPES, on),
        followed_types=value_on(Key.FOLLOWED_CONTRACT_TYPES, on),
        carry_over_months=value_on(Key.CARRY_OVER_MONTHS, on),
    )


def durable_policy(on: date) -> DurablePolicy:
    """The definition of a durable insertion in force on the date it is asked for."""
    return DurablePolicy(
        counted_types=value_on(Key.COUNTED_CONTRACT_TYPES, on),
        placed_types=value_on(Key.PLACED_CONTRACT_TYPES, on),
        same_employer_months=value_on(Key.SAME_EMPLOYER_MONTHS, on),
        several_employers_days=value_on(Key.SEVERAL_EMPLOYERS_DAYS, on),
        same_employer_gap_days=value_on(Key.SAME_EMPLOYER_GAP_DAYS, on),
    )
