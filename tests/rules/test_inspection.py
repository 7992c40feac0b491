"""What an inspector would find, at the limits of each check."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from beneficiaries.rules.phases import Spell
from followup.rules.cadence import CadencePolicy
from foundation.rules.periods import Period
from inspection.rules.nonconformities import CaseFacts, Check, HeldContact, Job, findings, pace_of
from method.rules.phases import Phase
from placements.rules.clocks import ClockPolicy, Contract, PrehireClock, prehire_clock
from placements.rules.windows import windows

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
OPENED = date(2025, 1, 6)
PREHIRE = date(2025, 2, 3)
EXITED = date(2025, 6, 2)
POLICY = ClockPolicy()


def contacts(start: date, stop: date, every: int = 7, length: int = 40) -> list[HeldContact]:
    return [HeldContact(start + timedelta(days=n), length, counts=True) for n in range(0, (stop - start).days, every)]


def path(prehire: date) -> list[Spell]:
    return [
        Spell(Phase.PREPARATORY, OPENED, prehire),
        Spell(Phase.PRE_HIRE, prehire, EXITED),
        Spell(Phase.EXIT, EXITED),
    ]


def clock_on(on: date, closed_on: date | None = None) -> PrehireClock:
    return prehire_clock(
        started_on=PREHIRE,
        contracts=(),
        suspensions=(),
        closed_on=closed_on,
        extension_months=0,
        policy=POLICY,
        on=on,
    )


def sound(**changes) -> CaseFacts:
    facts = CaseFacts(
        spells=path(PREHIRE),
        eligible_on=PREHIRE,
        coachable_on=PREHIRE,
        agreements_on=PREHIRE,
        is_derogation=False,
        is_over_quota=False,
        clock=clock_on(date(2026, 1, 1), closed_on=EXITED),
        windows=(),
        contacts=contacts(OPENED, date(2025, 6, 2)),
        jobs=(),
        cadence=CadencePolicy(),
        intake_months=2,
        tolerance=150,
    )
    return replace(facts, **changes)


def codes(facts: CaseFacts, period: Period = YEAR) -> list[Check]:
    return [finding.check for finding in findings(facts, period)]


def test_nothing_is_found_in_a_sound_case() -> None:
    assert codes(sound()) == []


OPENING = {"eligible_on": Check.ELIGIBILITY, "coachable_on": Check.COACHABILITY, "agreements_on": Check.AGREEMENT}


@pytest.mark.parametrize("name", OPENING)
@pytest.mark.parametrize(("on", "found"), [(None, True), (PREHIRE + timedelta(days=1), True), (PREHIRE, False)])
def test_what_opens_prehire_was_there_that_day(name, on, found) -> None:
    assert codes(sound(**{name: on})) == ([OPENING[name]] if found else [])


@pytest.mark.parametrize(("until", "overrun"), [(date(2027, 2, 3), 0), (date(2027, 2, 4), 1), (date(2027, 3, 3), 28)])
def test_the_clock_overruns_from_the_first_day_beyond_its_allowance(until, overrun) -> None:
    found = findings(sound(clock=clock_on(until)), Period(date(2027, 1, 1), date(2028, 1, 1)))
    assert [f.days for f in found if f.check is Check.CLOCK_OVERRUN] == ([overrun] if overrun else [])


# The cadence asks for one contact every seven days of pre-hire, 17 weeks here, and 28 days of 31 in the preparatory
# phase. What was found late once is no silence any more: the average over the period says it.
@pytest.mark.parametrize(("every", "silent"), [(7, False), (10, False), (11, True), (21, True)])
def test_somebody_is_seen_too_rarely_beyond_one_and_a_half_times_the_interval(every, silent) -> None:
    prehire = Period(PREHIRE, EXITED)
    found = codes(sound(contacts=contacts(PREHIRE, EXITED, every)), prehire)
    assert found == ([Check.SILENCE] if silent else [])


def test_one_long_week_is_no_silence_and_the_average_is_told() -> None:
    seen = [*contacts(OPENED, date(2025, 3, 4)), *contacts(date(2025, 3, 24), EXITED)]
    assert codes(sound(contacts=seen)) == []
    found = pace_of(sound(contacts=contacts(PREHIRE, EXITED, 14)), Period(PREHIRE, EXITED))
    assert (found.held, found.due_days, found.average, found.asked) == (9, 119, Decimal("13.2"), Decimal("7.0"))


def test_suspended_days_ask_for_nothing() -> None:
    seen = contacts(PREHIRE, date(2025, 3, 3))
    ill = [Period(date(2025, 3, 3), date(2025, 5, 26))]
    assert codes(sound(contacts=seen), Period(PREHIRE, EXITED)) == [Check.SILENCE]
    assert codes(sound(contacts=seen, paused=ill), Period(PREHIRE, EXITED)) == []


def test_a_silence_until_the_exit_is_told_once_from_the_first_day_of_the_period() -> None:
    facts = sound(contacts=contacts(OPENED, date(2025, 2, 4)))
    (found,) = [one for one in findings(facts, YEAR) if one.check is Check.SILENCE]
    assert (found.on, found.number) == (OPENED, 5)


def test_a_silence_before_the_period_is_not_its_business() -> None:
    seen = [*contacts(OPENED, date(2025, 2, 4)), *contacts(date(2025, 3, 31), date(2025, 6, 2))]
    assert codes(sound(contacts=seen), Period(date(2025, 4, 1), date(2025, 6, 1))) == []


def test_nothing_is_due_between_the_end_of_the_window_and_the_exit() -> None:
    job = Contract("CDI", "E1", date(2025, 3, 3))
    facts = sound(
        spells=[
            Spell(Phase.PREPARATORY, OPENED, PREHIRE),
            Spell(Phase.PRE_HIRE, PREHIRE, date(2025, 3, 3)),
            Spell(Phase.FOLLOW_UP, date(2025, 3, 3)),
        ],
        windows=windows([job], POLICY),
        contacts=contacts(OPENED, date(2025, 9, 3)),
        jobs=[Job(date(2025, 3, 3), formalised=True)],
    )
    assert codes(facts) == []


@pytest.mark.parametrize(("length", "found"), [(9, True), (10, False)])
def test_a_note_says_what_took_place(length, found) -> None:
    seen = [*contacts(OPENED, date(2025, 6, 2))[:-1], HeldContact(date(2025, 5, 26), length, counts=True)]
    assert (Check.CONTENT in codes(sound(contacts=seen))) is found


@pytest.mark.parametrize("formalised", [True, False])
def test_follow_up_is_formalised(formalised) -> None:
    assert (Check.FOLLOWUP in codes(sound(jobs=[Job(date(2025, 3, 3), formalised)]))) is not formalised


@pytest.mark.parametrize(("prehire", "days"), [(date(2025, 3, 6), 0), (date(2025, 3, 7), 1)])
def test_intake_lasts_two_months(prehire, days) -> None:
    facts = sound(spells=path(prehire))
    assert [f.days for f in findings(facts, YEAR) if f.check is Check.INTAKE] == ([days] if days else [])


def test_a_derogation_beyond_the_quota_is_told_besides() -> None:
    found = codes(sound(is_derogation=True, is_over_quota=True))
    assert found == [Check.DEROGATION, Check.OVER_QUOTA]


def test_a_derogation_is_told_apart() -> None:
    assert codes(sound(is_derogation=True)) == [Check.DEROGATION]
