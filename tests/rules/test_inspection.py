"""What an inspector would find, at the limits of each check."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beneficiaries.rules.phases import Spell
from followup.rules.cadence import CadencePolicy
from foundation.rules.periods import Period
from inspection.rules.nonconformities import CaseFacts, Check, HeldContact, Job, findings, late_contacts
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


@pytest.mark.parametrize(("gap", "late"), [(7, 0), (8, 1), (21, 14)])
def test_a_contact_is_late_from_the_day_after_it_was_due(gap, late) -> None:
    first = date(2025, 3, 3)
    seen = [*contacts(OPENED, first + timedelta(days=1)), *contacts(first + timedelta(days=gap), date(2025, 6, 2))]
    silence = late_contacts(sound(contacts=seen), YEAR)
    assert (silence.times, silence.longest) == ((1, late) if late else (0, 0))


def test_a_silence_that_lasts_until_the_exit_is_counted_once() -> None:
    seen = contacts(OPENED, date(2025, 3, 4))
    silence = late_contacts(sound(contacts=seen), YEAR)
    assert (silence.times, silence.since) == (1, date(2025, 3, 10))
    assert silence.longest == (date(2025, 6, 2) - date(2025, 3, 10)).days


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


@pytest.mark.parametrize(
    ("suspended", "late"),
    [
        # Nobody is seen from 3 March to the exit on 2 June: it is late from 10 March, unless the person is suspended.
        ([], 84),
        ([Period(date(2025, 3, 3), date(2025, 5, 26))], 0),
        ([Period(date(2025, 3, 3), None)], 0),
        ([Period(date(2025, 3, 3), date(2025, 5, 25))], 1),
        # Late already when the suspension began: that lateness stands, and ends there.
        ([Period(date(2025, 3, 20), None)], 10),
    ],
)
def test_no_silence_is_counted_while_somebody_is_suspended(suspended, late):
    facts = sound(contacts=contacts(OPENED, date(2025, 3, 4)), suspended=suspended)
    assert late_contacts(facts, YEAR).longest == late
