"""How urgent a due date is, and how near the end of a clock, around every limit."""

from datetime import date, timedelta

import pytest

from method.rules.nearness import ClockLimits, Nearness, nearness
from method.rules.urgency import DayGroup, Urgency, UrgencyLimits, day_group, told_ahead_days, urgency

ON = date(2026, 3, 2)
LIMITS = UrgencyLimits(very_late_days=14, soon_days=3)


def test_the_limits_are_those_of_the_house_unless_said():
    assert UrgencyLimits() == LIMITS


@pytest.mark.parametrize(
    ("days_ahead", "code", "group"),
    [
        (-15, Urgency.VERY_LATE, DayGroup.VERY_LATE),
        (-14, Urgency.LATE, DayGroup.LATE),
        (-1, Urgency.LATE, DayGroup.LATE),
        (0, Urgency.TODAY, DayGroup.TODAY),
        (1, Urgency.SOON, DayGroup.THIS_WEEK),
        (3, Urgency.SOON, DayGroup.THIS_WEEK),
        (4, Urgency.LATER, DayGroup.THIS_WEEK),
        (7, Urgency.LATER, DayGroup.THIS_WEEK),
        (8, Urgency.LATER, DayGroup.LATER),
    ],
)
def test_urgency_around_its_limits(days_ahead, code, group):
    due_on = ON + timedelta(days=days_ahead)
    assert urgency(due_on, ON, LIMITS) is code
    assert day_group(due_on, ON, LIMITS) is group


@pytest.mark.parametrize(
    ("days_ahead", "code", "group"),
    [
        (-3, Urgency.VERY_LATE, DayGroup.VERY_LATE),
        (-2, Urgency.LATE, DayGroup.LATE),
        (10, Urgency.SOON, DayGroup.LATER),
        (11, Urgency.LATER, DayGroup.LATER),
    ],
)
def test_the_limits_are_those_of_the_house(days_ahead, code, group):
    limits = UrgencyLimits(very_late_days=2, soon_days=10)
    due_on = ON + timedelta(days=days_ahead)
    assert urgency(due_on, ON, limits) is code
    assert day_group(due_on, ON, limits) is group


def test_what_is_not_due_is_not_urgent():
    assert urgency(None, ON, LIMITS) is Urgency.NONE


@pytest.mark.parametrize(("soon_days", "told"), [(0, 7), (7, 7), (8, 8), (20, 20)])
def test_a_contact_is_told_a_week_ahead_or_as_early_as_it_is_soon(soon_days, told):
    assert told_ahead_days(soon_days) == told


@pytest.mark.parametrize(
    ("warnings", "limits"),
    [
        ((92, 31, 0), (92, 31)),
        ((31, 14), (31, 14)),
        ((10, 60, 30), (60, 10)),
        ((31, 0), (31, 0)),
        ((0,), (0, 0)),
        ((2, 1), (2, 1)),
        ((1,), (1, 0)),
        ((5, -1), (5, 0)),
        ((), (0, 0)),
    ],
)
def test_warnings_make_the_limits_of_a_clock(warnings, limits):
    assert ClockLimits.of_warnings(warnings) == ClockLimits(*limits)


@pytest.mark.parametrize(
    ("limits", "far", "near", "imminent"),
    [(ClockLimits(), (93,), (92, 32), (31, 0)), (ClockLimits(31, 14), (92, 32), (31, 15), (14, 1))],
)
def test_nearness_around_its_limits(limits, far, near, imminent):
    for wanted, days in ((Nearness.FAR, far), (Nearness.NEAR, near), (Nearness.IMMINENT, imminent)):
        assert [nearness(left, limits) for left in days] == [wanted] * len(days)
