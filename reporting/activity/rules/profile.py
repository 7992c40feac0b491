"""The classes in which reports count people and contracts. Pure; a class is a stable key.

Sources: the pilot's summary table (ages); MIRE-ELIG-03 and MIRE-ELIG-07 (months without work); practice of the sector
(durations, working time). Bounds are stated by the labels: the lower one belongs to the class.
"""

from datetime import date
from decimal import Decimal

from foundation.rules.periods import ONE_DAY, add_months, months_between

UNKNOWN = ""
FULL_TIME_HOURS = Decimal(38)
HALF_TIME_HOURS = Decimal(19)

#: class of a duration without work: the whole months from which it holds
MONTHS_WITHOUT_WORK = ((36, "36_or_more"), (24, "24_to_35"), (12, "12_to_23"), (6, "6_to_11"), (0, "under_6"))
#: class of the planned duration of a contract: the whole months from which it holds
MONTHS_OF_CONTRACT = ((12, "12_or_more"), (6, "6_to_11"), (3, "3_to_5"), (1, "1_to_2"), (0, "under_1"))


def age_class(age: int | None) -> str:
    """The class of an age in years, as the pilot's table draws them: 25 and 45 both belong to the middle one."""
    if age is None:
        return UNKNOWN
    if age < 25:
        return "under_25"
    return "25_to_45" if age <= 45 else "over_45"


def unemployment_class(since: date | None, on: date) -> str:
    """The class of the whole months from the first day without work to the day ``on``; unknown without that day."""
    if since is None or since > on:
        return UNKNOWN
    months = months_between(since, on)
    return next(key for at_least, key in MONTHS_WITHOUT_WORK if months >= at_least)


def contract_length_class(first: date, last: date | None) -> str:
    """The class of the planned duration of a contract, both days worked; open-ended without a last day.

    A contract from 1 March to 31 May lasts three months: it ends the day before the same day number.
    """
    if last is None:
        return "open_ended"
    return next(
        key for at_least, key in MONTHS_OF_CONTRACT if at_least == 0 or add_months(first, at_least) <= _after(last)
    )


def working_time_class(weekly_hours: Decimal | None) -> str:
    """The class of the hours per week of a contract, full time being 38 hours."""
    if weekly_hours is None:
        return UNKNOWN
    if weekly_hours < HALF_TIME_HOURS:
        return "under_half"
    return "half_or_more" if weekly_hours < FULL_TIME_HOURS else "full"


def _after(last: date) -> date:
    """The day after the last one worked."""
    return last + ONE_DAY
