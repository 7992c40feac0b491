"""Who may be away when, and who may stand in. Days are inclusive: the first and the last day away.

Source: domain, sections 3 and 7: during the pilot's first summer jobs were lost because coaches were on holiday.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.rules.periods import ONE_DAY, Period, covered_days

#: nobody is away for longer without saying so again: a mistyped year must not lend somebody's cases for ever
LONGEST_DAYS = 366


class Fault(StrEnum):
    """Why an absence cannot be as stated, in the order in which the faults are told."""

    ENDS_BEFORE_START = "ends_before_start"
    OVER = "over"
    TOO_LONG = "too_long"
    OVERLAPS = "overlaps"
    STANDS_IN = "stands_in"
    ONESELF = "oneself"
    NOBODY = "nobody"
    NOT_HERE = "not_here"
    AWAY_TOO = "away_too"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceFacts:
    """What is asked, and what is known of the two people. All periods are half-open.

    Attributes:
        starts_on: first day away.
        ends_on: last day away.
        has_replacement: whether somebody is named.
        is_oneself: whether that somebody is the absent person.
        depended_on: whether people depend on the absent person.
        other_absences: when the absent person is away besides.
        stands_in: when the absent person replaces somebody.
        replacement_here: when the replacement may carry cases here.
        replacement_away: when the replacement is away.
    """

    starts_on: date
    ends_on: date
    has_replacement: bool = False
    is_oneself: bool = False
    depended_on: bool = False
    other_absences: Sequence[Period] = ()
    stands_in: Sequence[Period] = ()
    replacement_here: Sequence[Period] = ()
    replacement_away: Sequence[Period] = ()


def fault_of(facts: AbsenceFacts, on: date) -> Fault | None:
    """The first reason why the absence cannot be as stated on the day ``on``, or None.

    An absence that has begun can be declared (somebody fell ill), one that is over cannot: nobody would stand in.
    """
    if facts.ends_on < facts.starts_on:
        return Fault.ENDS_BEFORE_START
    if facts.ends_on < on:
        return Fault.OVER
    away = Period.from_inclusive(facts.starts_on, facts.ends_on)
    if (facts.ends_on - facts.starts_on).days >= LONGEST_DAYS:
        return Fault.TOO_LONG
    if _shares_a_day(away, facts.other_absences):
        return Fault.OVERLAPS
    if _shares_a_day(away, facts.stands_in):
        return Fault.STANDS_IN
    return _fault_of_replacement(facts, on)


def _fault_of_replacement(facts: AbsenceFacts, on: date) -> Fault | None:
    """What the replacement lacks for the days still to come: those that have passed need nobody."""
    if not facts.has_replacement:
        return Fault.NOBODY if facts.depended_on else None
    if facts.is_oneself:
        return Fault.ONESELF
    first, end = max(facts.starts_on, on), facts.ends_on + ONE_DAY
    if covered_days(facts.replacement_here, first, end) < (end - first).days:
        return Fault.NOT_HERE
    if _shares_a_day(Period(first, end), facts.replacement_away):
        return Fault.AWAY_TOO
    return None


def _shares_a_day(away: Period, others: Sequence[Period]) -> bool:
    return any(away.overlaps(other) for other in others)
