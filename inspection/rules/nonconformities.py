"""What an inspector would find fault with, case by case, on any day.

The checks answer the reproaches that inspections of the MIRE made again and again (regulation.md 2.3): the 24 months
not kept, eligibility not verified, support not followed or not formalised, people taken in who should not have been.
Each check states what it found and since which day; none depends on the clock of the machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from beneficiaries.rules.phases import Spell
from followup.rules.cadence import CadencePolicy, next_due_on
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
    was.
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
    suspended: Sequence[Period] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One non-conformity: which check, the day it is about, how many days or times when that says how grave it is."""

    check: Check
    on: date
    number: int = 0
    days: int = 0


@dataclass(slots=True)
class Silence:
    """Late contacts of one case: how many, and the longest delay in days with the day it began."""

    times: int = 0
    longest: int = 0
    since: date | None = None
    delays: list[tuple[date, int]] = field(default_factory=list)

    def add(self, due_on: date, days: int) -> None:
        """Count a delay of ``days`` calendar days after the day on which a contact was due."""
        self.times += 1
        self.delays.append((due_on, days))
        if days > self.longest:
            self.longest, self.since = days, due_on


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
    """Contacts that came later than the cadence allows, or had not come when the period ended: one finding a case."""
    silence = late_contacts(facts, period)
    if silence.since is None:
        return []
    return [Finding(Check.SILENCE, max(silence.since, period.start), number=silence.times, days=silence.longest)]


def late_contacts(facts: CaseFacts, period: Period) -> Silence:
    """Walk through the phases and count each contact due in the period that came late; days late to the next one."""
    silence = Silence()
    counting = sorted(contact.on for contact in facts.contacts if contact.counts)
    limit = period.end or date.max
    for spell in facts.spells:
        end = min(spell.ends_on or limit, limit)
        for window in _windows_of(spell, facts.windows):
            stop = min(end, window.end or end) if window else end
            last = max((on for on in counting if on < spell.starts_on), default=None)
            due, _interval = next_due_on(spell.phase, spell.starts_on, last, window, facts.cadence)
            stay = Period(spell.starts_on, max(spell.starts_on, stop))
            for came, on in [*_bases(facts, counting, stay), (stop, None)]:
                # Late contacts that were made up for before the period are not its business.
                if due is not None and due < stop and max(due, period.start) < came:
                    silence.add(due, (came - due).days)
                if on is None:
                    break
                due, _interval = next_due_on(spell.phase, spell.starts_on, on, window, facts.cadence)
    return silence


def _bases(facts: CaseFacts, counting: Sequence[date], stay: Period) -> list[tuple[date, date | None]]:
    """What ends an interval in a stay, in order, and from when the next one runs: a contact, or a suspension, in which
    nothing is due until the person is back (`None`: not known when).
    """
    pauses = [pause for pause in facts.suspended if pause.overlaps(stay)]
    found: list[tuple[date, date | None]] = [(max(pause.start, stay.start), pause.end) for pause in pauses]
    free = (on for on in counting if stay.contains(on) and not any(pause.contains(on) for pause in pauses))
    return sorted([*found, *((on, on) for on in free)], key=lambda base: base[0])


def _windows_of(spell: Spell, windows: Sequence[FollowUpWindow]) -> list[Period | None]:
    """The windows to read a spell with: those that began in it for a follow-up, none needed elsewhere."""
    if spell.phase is not Phase.FOLLOW_UP:
        return [None]
    stay = Period(spell.starts_on, spell.ends_on)
    return [window.period for window in windows if stay.overlaps(window.period)]


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
