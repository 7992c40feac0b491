"""Who may be away when, and who may stand in: each boundary, and what holds of any dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.absences import LONGEST_DAYS, AbsenceFacts, Fault, fault_of
from foundation.rules.periods import Period

TODAY = date(2025, 7, 7)
DAY = timedelta(days=1)
FIRST, LAST = date(2025, 7, 14), date(2025, 7, 18)
ALWAYS = (Period(date(2020, 1, 1)),)


def facts(**changed) -> AbsenceFacts:
    known = {"starts_on": FIRST, "ends_on": LAST, "has_replacement": True, "replacement_here": ALWAYS}
    return AbsenceFacts(**(known | changed))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, None),
        ({"ends_on": FIRST}, None),
        ({"ends_on": FIRST - DAY}, Fault.ENDS_BEFORE_START),
        # over, or just not
        ({"starts_on": TODAY - 3 * DAY, "ends_on": TODAY}, None),
        ({"starts_on": TODAY - 3 * DAY, "ends_on": TODAY - DAY}, Fault.OVER),
        # how long
        ({"ends_on": FIRST + (LONGEST_DAYS - 1) * DAY}, None),
        ({"ends_on": FIRST + LONGEST_DAYS * DAY}, Fault.TOO_LONG),
        ({"ends_on": FIRST + (LONGEST_DAYS + 1) * DAY}, Fault.TOO_LONG),
        # another absence of the same person
        ({"other_absences": [Period(FIRST - 5 * DAY, FIRST)]}, None),
        ({"other_absences": [Period(FIRST - 5 * DAY, FIRST + DAY)]}, Fault.OVERLAPS),
        ({"other_absences": [Period(LAST + DAY, LAST + 5 * DAY)]}, None),
        ({"other_absences": [Period(LAST, LAST + 5 * DAY)]}, Fault.OVERLAPS),
        # whoever stands in for somebody does not leave
        ({"stands_in": [Period(LAST + DAY, LAST + 9 * DAY)]}, None),
        ({"stands_in": [Period(LAST, LAST + 9 * DAY)]}, Fault.STANDS_IN),
        # nobody, or oneself
        ({"has_replacement": False}, None),
        ({"has_replacement": False, "depended_on": True}, Fault.NOBODY),
        ({"depended_on": True}, None),
        ({"is_oneself": True}, Fault.ONESELF),
        # the replacement works here throughout
        ({"replacement_here": []}, Fault.NOT_HERE),
        ({"replacement_here": [Period(FIRST, LAST + DAY)]}, None),
        ({"replacement_here": [Period(FIRST, LAST)]}, Fault.NOT_HERE),
        ({"replacement_here": [Period(FIRST + DAY)]}, Fault.NOT_HERE),
        ({"replacement_here": [Period(FIRST, FIRST + 2 * DAY), Period(FIRST + 2 * DAY)]}, None),
        # and is not away
        ({"replacement_away": [Period(LAST + DAY, LAST + 3 * DAY)]}, None),
        ({"replacement_away": [Period(LAST, LAST + 3 * DAY)]}, Fault.AWAY_TOO),
        # the days behind need nobody: a replacement hired today can take over
        ({"starts_on": TODAY - 3 * DAY, "replacement_here": [Period(TODAY)]}, None),
        ({"starts_on": TODAY - 3 * DAY, "replacement_away": [Period(TODAY - 3 * DAY, TODAY)]}, None),
        ({"starts_on": TODAY - 3 * DAY, "replacement_away": [Period(TODAY, TODAY + DAY)]}, Fault.AWAY_TOO),
    ],
)
def test_each_boundary(changed, fault):
    assert fault_of(facts(**changed), TODAY) == fault


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
lengths = st.integers(0, 60)


@given(days, lengths, days, lengths)
def test_two_absences_clash_exactly_when_a_day_belongs_to_both(start, length, other, other_length):
    mine = {start + n * DAY for n in range(length + 1)}
    theirs = {other + n * DAY for n in range(other_length + 1)}
    found = fault_of(
        facts(
            starts_on=start,
            ends_on=start + length * DAY,
            other_absences=[Period.from_inclusive(other, other + other_length * DAY)],
        ),
        on=start,
    )
    assert (found is Fault.OVERLAPS) == bool(mine & theirs)


@given(days, lengths, days, lengths)
def test_whoever_stands_in_is_here_on_every_day_to_come(start, length, hired, stays):
    here = {hired + n * DAY for n in range(stays + 1)}
    away = {start + n * DAY for n in range(length + 1)}
    found = fault_of(
        facts(
            starts_on=start,
            ends_on=start + length * DAY,
            replacement_here=[Period.from_inclusive(hired, hired + stays * DAY)],
        ),
        on=start,
    )
    assert (found is None) == (away <= here)


@given(days, lengths, st.booleans())
def test_an_absence_that_people_depend_on_never_goes_without_somebody(start, length, someone):
    found = fault_of(
        facts(starts_on=start, ends_on=start + length * DAY, depended_on=True, has_replacement=someone), on=start
    )
    assert (found is None) == someone
