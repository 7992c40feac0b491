"""What an inspector would find fault with, case by case, on any day.

The checks answer the reproaches that inspections of the MIRE made again and again (regulation.md 2.3): the 24 months
not kept, eligibility not verified, support not followed or not formalised, people taken in who should not have been.
Each check states what it found and since which day; none depends on the clock of the machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beneficiaries.rules.phases import Spell
from followup.rules.cadence import CadencePolicy
from followup.rules.pace import Pace, pace, stretches
from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase
from placements.rules.clocks import PrehireClock
from placements.rules.windows import FollowUpWindow

# A note shorter than this says that something took place, not what.
MIN_CONTENT = 10


class Check(StrEnum):
    """One reproach; the value is the stable code of its figures."""

    ELIGIBILITY = "eligibility"
    COACHABILITY = "coachability"
    AGREEMENT = "agreement"
    CLOCK_OVERRUN = "clock_overrun"
    SILENCE = "silence"
    CONTENT = "content"
    FOLLOWUP = "followup"
    INTAKE = "intake"
    DEROGATION = "derogation"
    OVER_QUOTA = "over_quota"


@dataclass(frozen=True, slots=True)
class HeldContact:
    """A contact that took place: its day, how long its note is, and whether it counts for the cadence."""

    on: date
    content_length: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A followed contract: its first day, and whether how it is followed was written down."""

    starts_on: date
    formalised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the checks read of one case.

    `clock` is the 24-month clock as it stands at the end of the period (or at the exit); `agreements_on` is the day
    from which every agreement was signed, `eligible_on` and `coachable_on` those of the checks; `None` when it never
    was. `windows` are the follow-ups that were agreed, `paused` the days on which no contact was due all the same;
    `tolerance` is the percentage of the interval of the cadence beyond which somebody is seen too rarely.
    """

    spells: Sequence[Spell]
    eligible_on: date | None
    coachable_on: date | None
    agreements_on: date | None
    is_derogation: bool
    is_over_quota: bool
    clock: PrehireClock | None
    windows: Sequence[FollowUpWindow]
    contacts: Sequence[HeldContact]
    jobs: Sequence[Job]
    cadence: CadencePolicy
    intake_months: int
    tolerance: int
    paused: Sequence[Period] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One non-conformity: which check, the day it is about, how many days or times when that says how grave it is; of a
    silence, how often the person was seen.
    """

    check: Check
    on: date
    number: int = 0
    days: int = 0
    pace: Pace | None = None


def findings(facts: CaseFacts, period: Period) -> list[Finding]:
    """Every non-conformity of a case whose day falls in a period `[start, end)`, in the order of `Check`."""
    found = [*_opening(facts), *_clock(facts, period), *_silence(facts, period), *_content(facts), *_followup(facts)]
    found += _intake(facts, period)
    order = list(Check)
    kept = [one for one in found if period.contains(one.on)]
    return sorted(kept, key=lambda one: (order.index(one.check), one.on))


def _opening(facts: CaseFacts) -> list[Finding]:
    """Pre-hire begun before eligibility, coachability or an agreement was there; derogations are told apart."""
    prehire = next((s.starts_on for s in facts.spells if s.phase is Phase.PRE_HIRE), None)
    if prehire is None:
        return []
    needed = (
        (Check.ELIGIBILITY, facts.eligible_on),
        (Check.COACHABILITY, facts.coachable_on),
        (Check.AGREEMENT, facts.agreements_on),
    )
    found = [Finding(check, prehire) for check, on in needed if on is None or on > prehire]
    if facts.is_derogation and facts.eligible_on is not None:
        found.append(Finding(Check.DEROGATION, facts.eligible_on))
        if facts.is_over_quota:
            found.append(Finding(Check.OVER_QUOTA, facts.eligible_on))
    return found


def _clock(facts: CaseFacts, period: Period) -> list[Finding]:
    """Days counted beyond the allowance. Told on the deadline, or on the first day of the period when it was before."""
    clock = facts.clock
    if clock is None or clock.deadline is None or clock.used_days <= clock.allowance_days:
        return []
    return [
        Finding(Check.CLOCK_OVERRUN, max(clock.deadline, period.start), days=clock.used_days - clock.allowance_days)
    ]


def _silence(facts: CaseFacts, period: Period) -> list[Finding]:
    """Somebody seen less often than the cadence and its tolerance allow, on average over the period: one a case."""
    found = pace_of(facts, period)
    if found.since is None or not found.is_silent(facts.tolerance):
        return []
    return [Finding(Check.SILENCE, found.since, number=found.held, days=found.due_days, pace=found)]


def pace_of(facts: CaseFacts, period: Period) -> Pace:
    """How often the person was seen in a period that has an end, while contacts were due."""
    stays = [(spell.phase, Period(spell.starts_on, spell.ends_on)) for spell in facts.spells]
    windows = [window.period for window in facts.windows]
    due = stretches(stays, windows, facts.cadence, paused=facts.paused, period=period)
    return pace(due, [contact.on for contact in facts.contacts if contact.counts])


def _content(facts: CaseFacts) -> list[Finding]:
    """Contacts whose note does not say what took place."""
    return [Finding(Check.CONTENT, contact.on) for contact in facts.contacts if contact.content_length < MIN_CONTENT]


def _followup(facts: CaseFacts) -> list[Finding]:
    """Jobs that began without it being written how they are followed."""
    return [Finding(Check.FOLLOWUP, job.starts_on) for job in facts.jobs if not job.formalised]


def _intake(facts: CaseFacts, period: Period) -> list[Finding]:
    """Preparatory phases longer than the law's two months (MIRE-PH-02)."""
    limit = period.end or date.max
    found = []
    for spell in facts.spells:
        if spell.phase is Phase.PREPARATORY:
            latest = add_months(spell.starts_on, facts.intake_months)
            ended = min(spell.ends_on or limit, limit)
            if ended > latest:
                found.append(Finding(Check.INTAKE, max(latest, period.start), days=(ended - latest).days))
    return found
