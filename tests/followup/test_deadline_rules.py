"""What is due, told and dropped, day by day, against the rules asked again each day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, deadlines, due_on
from followup.rules.kinds import DeadlineKind
from followup.rules.mandate import is_outside_mandate, lapses_of, read_lapses, written
from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase
from placements.rules.clocks import ClockPolicy, Contract
from placements.rules.windows import windows
from tests.rules.oracles import contact_asked, talk_asked

D = date.fromisoformat
FIRST = D("2025-01-06")
CADENCE = CadencePolicy()
POLICY = DeadlinePolicy(cadence=CADENCE, clocks=ClockPolicy())
DAY = timedelta(days=1)

days_after = st.integers(0, 250).map(lambda n: FIRST + n * DAY)


@st.composite
def contracts(draw):
    starts_on = draw(days_after)
    kind = draw(st.sampled_from(["CDI", "CDD", "INTERIM", "CDD"]))
    ends_on = None if kind == "CDI" else starts_on + draw(st.integers(0, 200)) * DAY
    ended_on = draw(st.none() | st.integers(0, 120).map(lambda n: starts_on + n * DAY))
    return Contract(kind, draw(st.sampled_from(["E1", "E2", "E3"])), starts_on, ends_on, ended_on)


@st.composite
def followed_cases(draw):
    signed = tuple(draw(st.lists(contracts(), min_size=1, max_size=4)))
    found = windows(signed, ClockPolicy())
    return CaseFacts(
        phase=Phase.FOLLOW_UP,
        phase_started_on=draw(days_after),
        last_contact_on=draw(st.none() | days_after),
        contracts=signed,
        windows=tuple((window, CADENCE) for window in found),
        hidden_employers=frozenset(draw(st.sets(st.sampled_from(["E1", "E2"]), max_size=1))),
        employer_talks={"E1": draw(st.lists(days_after, max_size=2)), "E3": draw(st.lists(days_after, max_size=2))},
        no_shows=tuple(draw(st.lists(days_after, max_size=4))),
    )


def followed(contracts_, **facts) -> CaseFacts:
    return CaseFacts(
        phase=Phase.FOLLOW_UP,
        phase_started_on=facts.pop("phase_started_on", contracts_[0].starts_on),
        contracts=contracts_,
        windows=tuple((window, CADENCE) for window in windows(contracts_, ClockPolicy())),
        **facts,
    )


def only(facts: CaseFacts, kind: DeadlineKind, policy: DeadlinePolicy = POLICY):
    return [d for d in deadlines(facts, policy) if d.kind is kind]


@given(followed_cases(), st.integers(0, 420))
def test_the_contact_due_is_the_earliest_of_the_jobs_whose_window_still_runs(facts, ahead):
    on = facts.phase_started_on + ahead * DAY
    asked_today = [
        contact_asked(Phase.FOLLOW_UP, facts.phase_started_on, facts.last_contact_on, w.period, CADENCE, on)
        for w, _cadence in facts.windows
    ]
    expected = min((due for due in asked_today if due is not None), default=None)
    assert due_on(deadlines(facts, POLICY), DeadlineKind.CONTACT, on) == expected


@given(followed_cases(), st.integers(0, 420))
def test_the_talk_due_with_an_employer_is_that_of_its_windows_still_running(facts, ahead):
    on = facts.phase_started_on + ahead * DAY
    asked_today = [
        talk_asked(
            w.period,
            max(facts.employer_talks.get(w.employer, ()), default=None),
            discreet=w.employer in facts.hidden_employers,
            policy=CADENCE,
            on=on,
        )
        for w, _cadence in facts.windows
    ]
    expected = min((due for due in asked_today if due is not None), default=None)
    assert due_on(deadlines(facts, POLICY), DeadlineKind.EMPLOYER, on) == expected


@given(followed_cases())
def test_nothing_is_told_after_it_stopped_counting_nor_due_before_it_is_told(facts):
    for deadline in deadlines(facts, POLICY):
        assert deadline.shown_from <= deadline.due_on
        assert deadline.until is None or deadline.due_on < deadline.until


@given(followed_cases())
def test_a_hidden_employer_is_never_to_be_called(facts):
    assert not {d.employer for d in only(facts, DeadlineKind.EMPLOYER)} & facts.hidden_employers


def test_one_job_follows_another_and_the_contact_missed_in_the_first_gives_way():
    first = Contract("CDD", "E1", D("2025-01-06"), D("2025-03-09"))
    second = Contract("CDI", "E2", D("2025-03-15"))
    found = deadlines(followed([first, second], last_contact_on=D("2025-02-01")), POLICY)
    assert due_on(found, DeadlineKind.CONTACT, D("2025-03-09")) == D("2025-02-08")
    assert due_on(found, DeadlineKind.CONTACT, D("2025-03-10")) == D("2025-03-22")


def test_a_window_of_a_former_follow_up_asks_nothing_any_more():
    old = Contract("CDD", "E1", D("2025-01-06"), D("2025-03-09"))
    new = Contract("CDI", "E2", D("2025-06-02"))
    found = deadlines(followed([old, new], phase_started_on=D("2025-06-02")), POLICY)
    assert [d.due_on for d in found if d.kind is DeadlineKind.CONTACT] == [D("2025-06-09")]


@pytest.mark.parametrize(
    ("on", "shown"), [("2025-05-30", False), ("2025-05-31", True), ("2025-06-30", True), ("2025-07-01", False)]
)
def test_the_end_of_a_fixed_term_is_told_thirty_days_ahead_until_its_last_day(on, shown):
    facts = followed([Contract("CDD", "E1", D("2025-01-06"), D("2025-06-30"))])
    (deadline,) = only(facts, DeadlineKind.CONTRACT_END)
    assert deadline.is_shown_on(D(on)) is shown


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (Contract("CDD", "E1", D("2025-07-01"), D("2025-12-31")), False),
        (Contract("CDI", "E2", D("2025-07-07")), False),
        (Contract("CDI", "E2", D("2025-01-03")), True),
        (Contract("CDD", "E2", D("2025-02-03"), D("2025-03-31")), True),
    ],
)
def test_a_fixed_term_of_which_the_sequel_is_known_asks_nothing(other, told):
    term = Contract("CDD", "E1", D("2025-01-06"), D("2025-06-30"))
    found = [d for d in only(followed([term, other]), DeadlineKind.CONTRACT_END) if d.due_on == D("2025-06-30")]
    assert bool(found) is told


def test_a_job_that_is_over_asks_for_the_way_on_from_the_day_after():
    facts = followed([Contract("CDD", "E1", D("2025-01-06"), D("2025-06-30"))])
    (deadline,) = only(facts, DeadlineKind.JOB_ENDED)
    assert (deadline.due_on, deadline.until) == (D("2025-07-01"), None)


def test_no_job_is_over_while_an_open_ended_one_runs():
    facts = followed([Contract("CDI", "E1", D("2025-01-06")), Contract("CDD", "E2", D("2025-02-03"), D("2025-03-31"))])
    assert only(facts, DeadlineKind.JOB_ENDED) == []


def test_the_closing_review_comes_at_the_end_of_six_months_of_an_open_ended_job():
    (deadline,) = only(followed([Contract("CDI", "E1", D("2025-01-06"))]), DeadlineKind.FOLLOW_UP_END)
    assert (deadline.due_on, deadline.shown_from) == (D("2025-07-06"), D("2025-06-29"))


def test_a_nine_month_fixed_term_has_no_closing_review_at_six_months():
    assert only(followed([Contract("CDD", "E1", D("2025-01-06"), D("2025-10-05"))]), DeadlineKind.FOLLOW_UP_END) == []


@pytest.mark.parametrize(("on", "shown"), [("2025-02-19", False), ("2025-02-20", True), ("2025-06-01", True)])
def test_the_intake_is_recalled_after_forty_five_days(on, shown):
    facts = CaseFacts(phase=Phase.PREPARATORY, phase_started_on=FIRST)
    (deadline,) = only(facts, DeadlineKind.INTAKE_END)
    assert deadline.due_on == add_months(FIRST, 2)
    assert deadline.is_shown_on(D(on)) is shown


@pytest.mark.parametrize(("on", "shown"), [("2026-10-06", False), ("2026-10-07", True), ("2027-02-01", True)])
def test_the_end_of_the_24_months_is_told_92_days_ahead_and_stays(on, shown):
    facts = CaseFacts(phase=Phase.PRE_HIRE, phase_started_on=FIRST, prehire_deadline=D("2027-01-07"))
    (deadline,) = only(facts, DeadlineKind.PREHIRE_END)
    assert deadline.is_shown_on(D(on)) is shown


@pytest.mark.parametrize(("missed", "told"), [(2, False), (3, True), (4, True)])
def test_three_no_shows_in_a_row_are_told(missed, told):
    days = tuple(FIRST + n * DAY for n in range(missed))
    facts = CaseFacts(phase=Phase.PRE_HIRE, phase_started_on=FIRST, no_shows=days)
    assert bool(only(facts, DeadlineKind.NO_SHOWS)) is told


def test_a_job_begun_in_the_hiring_phase_asks_how_it_is_followed():
    facts = CaseFacts(phase=Phase.HIRE, phase_started_on=FIRST, contracts=[Contract("CDI", "E1", FIRST + 10 * DAY)])
    (deadline,) = only(facts, DeadlineKind.FOLLOW_UP_MISSING)
    assert deadline.due_on == FIRST + 10 * DAY


def test_nothing_is_due_after_the_exit():
    facts = CaseFacts(phase=Phase.EXIT, phase_started_on=FIRST, prehire_deadline=FIRST, no_shows=(FIRST,) * 5)
    assert deadlines(facts, POLICY) == ()


@pytest.mark.parametrize(
    ("on", "outside"), [("2025-06-01", False), ("2025-06-02", True), ("2025-07-06", True), ("2025-07-07", False)]
)
def test_outside_the_mandate_from_the_end_of_the_24_months_unless_a_job_is_followed(on, outside):
    window = Period(D("2025-07-07"), D("2026-01-07"))
    assert is_outside_mandate(D(on), prehire_deadline=D("2025-06-02"), windows=[window], closed_on=None) is outside


@pytest.mark.parametrize(("on", "outside"), [("2025-05-31", False), ("2025-06-01", True), ("2025-06-02", True)])
def test_outside_the_mandate_from_the_day_of_exit_whatever_is_followed(on, outside):
    window = Period(FIRST, D("2026-01-07"))
    assert is_outside_mandate(D(on), prehire_deadline=None, windows=[window], closed_on=D("2025-06-01")) is outside


@pytest.mark.parametrize(
    ("on", "outside"),
    [("2026-01-07", False), ("2026-01-08", True), ("2026-02-09", True), ("2026-02-10", False), ("2026-07-08", True)],
)
def test_an_extension_covers_from_the_day_it_was_granted_and_not_before(on, outside) -> None:
    ends = D("2026-01-08")
    lapses = lapses_of([(D("2025-12-01"), ends), (D("2026-02-10"), ends), (D("2026-03-01"), None)])
    assert lapses == (Period(D("2026-01-08"), D("2026-02-10")),)
    assert read_lapses(written(lapses)) == lapses
    known = {"prehire_deadline": D("2026-07-08"), "windows": [], "closed_on": None, "lapses": lapses}
    assert is_outside_mandate(D(on), **known) is outside
    followed = Period(D("2026-02-01"), D("2026-08-01"))
    assert not is_outside_mandate(D("2026-02-09"), **(known | {"windows": [followed]}))


def test_a_case_whose_status_is_not_computed_yet_has_no_lapse() -> None:
    assert read_lapses(None) == ()
