"""What one line of the list says of a date and of a clock, and when what was asked is answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, deadlines, due_on, is_answered
from followup.rules.kinds import DeadlineKind
from followup.selectors.case_cells import due_words
from followup.selectors.clocks import followup_left, prehire_left
from foundation.rules.periods import add_months
from method.components import ClockFacts
from method.rules.phases import Phase
from placements.rules.clocks import ClockPolicy

pytestmark = pytest.mark.once
ON = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-15, "2 sem. de retard"),
        (-14, "2 sem. de retard"),
        (-13, "13 j de retard"),
        (-1, "1 j de retard"),
        (0, "aujourd’hui"),
        (1, "demain"),
        (2, "mercredi 2/12"),
        (7, "lundi 7/12"),
        (8, "08/12"),
        (32, "01/01/2027"),
    ],
)
def test_a_due_day_in_a_few_letters(days, words):
    assert due_words(ON + days * DAY, ON) == words


@pytest.mark.parametrize(
    ("state", "left", "over", "suspended", "words"),
    [
        ("not_started", None, 0, False, "pas commencée"),
        ("running", 441, 0, False, "441 j"),
        ("stopped", 480, 0, False, "480 j, arrêtée"),
        ("stopped", 480, 0, True, "480 j, susp."),
        ("expired", 0, 12, False, "épuisés 12 j"),
        ("closed", 30, 0, False, "close"),
    ],
)
def test_what_is_left_of_the_24_months(state, left, over, suspended, words):
    clock = ClockFacts(label="", state=state, state_label="", remaining_days=left, overrun_days=over)
    assert prehire_left(clock, suspended) == words


@pytest.mark.parametrize(
    ("state", "deadline", "words"),
    [
        ("none", None, "–"),
        ("done", ON, "finie"),
        ("running", ON + 4 * DAY, "4 j"),
        ("running", add_months(ON, 5) + 12 * DAY, "5 m 12 j"),
        ("running", add_months(ON, 3), "3 m"),
        ("upcoming", ON + 183 * DAY, "dès le 01/12"),
    ],
)
def test_what_is_left_of_the_follow_up(state, deadline, words):
    clock = ClockFacts(label="", state=state, state_label="", allowance_days=182, deadline=deadline)
    assert followup_left(clock, ON) == words


@pytest.mark.parametrize(
    ("asked", "seen", "answered"),
    [
        (None, None, True),
        (None, ON, True),
        (ON, None, False),
        (ON, ON - DAY, False),
        (ON, ON, True),
        (ON, ON + DAY, True),
    ],
)
def test_a_contact_of_that_day_or_later_answers_what_was_asked(asked, seen, answered):
    assert is_answered(asked, seen) is answered


@given(
    st.sampled_from(list(Phase)),
    st.none() | st.dates(date(2026, 1, 2), date(2026, 12, 30)),
    st.none() | st.dates(date(2026, 1, 2), date(2026, 12, 30)),
)
def test_what_is_asked_is_due_that_day_until_it_is_answered_and_never_after_the_exit(phase, asked, seen):
    facts = CaseFacts(phase=phase, phase_started_on=date(2026, 1, 1), last_contact_on=seen, news_asked_on=asked)
    found = deadlines(facts, DeadlinePolicy(cadence=CadencePolicy(), clocks=ClockPolicy()))
    waits = asked is not None and not is_answered(asked, seen) and phase is not Phase.EXIT
    assert due_on(found, DeadlineKind.NEWS_ASKED, ON) == (asked if waits else None)
