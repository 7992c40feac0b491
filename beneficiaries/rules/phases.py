"""The phases of a coaching case, and what each change of phase needs.

Source: domain, section 4. The table is data: screens list what is missing from the same rows that services enforce.

    PREPARATORY -> PRE_HIRE -> HIRE -> FOLLOW_UP -> EXIT, back from HIRE and FOLLOW_UP to PRE_HIRE, EXIT from anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from method.rules.phases import Phase


class Requirement(StrEnum):
    """Something that a change of phase needs; the value is the stable code shown in errors and tests."""

    ELIGIBILITY = "eligibility"
    COACHABILITY = "coachability"
    AGREEMENTS = "agreements"
    ACCEPTED_MATCH_OR_OWN_JOB = "accepted_match_or_own_job"
    REASON = "reason"
    EMPLOYMENT_STARTED = "employment_started"
    FOLLOWUP_AGREED = "followup_agreed"
    EMPLOYMENT_ENDED = "employment_ended"
    OUTCOME = "outcome"
    CLOCK_NOT_EXPIRED = "clock_not_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionFacts:
    """What is known of the case on the effective date of the change.

    Every fact defaults to False: what a caller forgets to establish is missing, never granted.

    Attributes:
        eligibility_checked: a criterion was checked, with its evidence, by somebody, on a date.
        derogation_granted: a derogation takes the place of a criterion.
        volunteer, informed, available, ordinary_job_possible: the four conditions of coachability: the person wants
            it, was informed, is available at once, and is able to work towards an ordinary job.
        agreements_signed: every agreement that opens pre-hire is signed, with its date.
        match_accepted: a match was accepted by both sides.
        own_job_found: the person found the job alone.
        reason_given: the change states why (for FOLLOW_UP -> PRE_HIRE: why the employment ended).
        outcome_given: the exit states its outcome.
        employment_started: an employment has had its first day of work.
        followup_agreed: how follow-up takes place was agreed.
        followup_refused: the person refused follow-up, and the refusal is recorded.
        employment_ended: no employment of the follow-up runs any more.
        clock_not_expired: the 24-month clock is not expired that day, granted extensions included.
    """

    eligibility_checked: bool = False
    derogation_granted: bool = False
    volunteer: bool = False
    informed: bool = False
    available: bool = False
    ordinary_job_possible: bool = False
    agreements_signed: bool = False
    match_accepted: bool = False
    own_job_found: bool = False
    reason_given: bool = False
    outcome_given: bool = False
    employment_started: bool = False
    followup_agreed: bool = False
    followup_refused: bool = False
    employment_ended: bool = False
    clock_not_expired: bool = False

    @property
    def coachable(self) -> bool:
        """True when the four conditions of coachability are all met."""
        return self.volunteer and self.informed and self.available and self.ordinary_job_possible

    def meets(self, requirement: Requirement) -> bool:
        """Return whether the facts satisfy one requirement."""
        return {
            Requirement.ELIGIBILITY: self.eligibility_checked or self.derogation_granted,
            Requirement.COACHABILITY: self.coachable,
            Requirement.AGREEMENTS: self.agreements_signed,
            Requirement.ACCEPTED_MATCH_OR_OWN_JOB: self.match_accepted or self.own_job_found,
            Requirement.REASON: self.reason_given,
            Requirement.EMPLOYMENT_STARTED: self.employment_started,
            Requirement.FOLLOWUP_AGREED: self.followup_agreed or self.followup_refused,
            Requirement.EMPLOYMENT_ENDED: self.employment_ended,
            Requirement.OUTCOME: self.outcome_given,
            Requirement.CLOCK_NOT_EXPIRED: self.clock_not_expired,
        }[requirement]


_EXIT_NEEDS = (Requirement.REASON, Requirement.OUTCOME)

# PREPARATORY -> PRE_HIRE needs the clock too: a case re-opened within twelve months carries over the days already
# used, and may have none left. HIRE -> FOLLOW_UP does not: the job has begun, and what has taken place can always be
# recorded.
TRANSITIONS: Mapping[tuple[Phase, Phase], tuple[Requirement, ...]] = MappingProxyType(
    {
        (Phase.PREPARATORY, Phase.PRE_HIRE): (
            Requirement.ELIGIBILITY,
            Requirement.COACHABILITY,
            Requirement.AGREEMENTS,
            Requirement.CLOCK_NOT_EXPIRED,
        ),
        (Phase.PRE_HIRE, Phase.HIRE): (Requirement.ACCEPTED_MATCH_OR_OWN_JOB, Requirement.CLOCK_NOT_EXPIRED),
        (Phase.HIRE, Phase.PRE_HIRE): (Requirement.REASON, Requirement.CLOCK_NOT_EXPIRED),
        (Phase.HIRE, Phase.FOLLOW_UP): (Requirement.EMPLOYMENT_STARTED, Requirement.FOLLOWUP_AGREED),
        (Phase.FOLLOW_UP, Phase.PRE_HIRE): (
            Requirement.EMPLOYMENT_ENDED,
            Requirement.REASON,
            Requirement.CLOCK_NOT_EXPIRED,
        ),
        (Phase.PREPARATORY, Phase.EXIT): _EXIT_NEEDS,
        (Phase.PRE_HIRE, Phase.EXIT): _EXIT_NEEDS,
        (Phase.HIRE, Phase.EXIT): _EXIT_NEEDS,
        (Phase.FOLLOW_UP, Phase.EXIT): _EXIT_NEEDS,
    }
)


class ImpossibleTransition(ValueError):
    """The table holds no such change of phase, whatever the facts."""

    def __init__(self, source: Phase, target: Phase) -> None:
        """Keep both phases for the message."""
        super().__init__(f"{source} -> {target} is not a change of phase")
        self.source = source
        self.target = target


def allowed_targets(phase: Phase) -> tuple[Phase, ...]:
    """Return the phases that can follow ``phase``, in the order of the path; empty for EXIT, which is final."""
    return tuple(target for target in Phase if (phase, target) in TRANSITIONS)


def missing_requirements(source: Phase, target: Phase, facts: TransitionFacts) -> tuple[Requirement, ...]:
    """Return what the change from ``source`` to ``target`` still lacks, in the order of the table.

    Nothing lacks when the change may happen.

    Raises:
        ImpossibleTransition: the table holds no such change.
    """
    needs = TRANSITIONS.get((source, target))
    if needs is None:
        raise ImpossibleTransition(source, target)
    return tuple(need for need in needs if not facts.meets(need))


def check_effective_date(on: date, today: date, previous_starts_on: date | None) -> str | None:
    """Return why a change of phase cannot take effect ``on``, or ``None`` when it can.

    ``previous_starts_on`` is the effective date of the current phase (``None`` for the first one). A change on that
    same day is allowed: a job found alone passes through HIRE the same day.

    Returns:
        ``"future"``: after ``today``; ``"before_previous"``: before the current phase began.
    """
    if on > today:
        return "future"
    if previous_starts_on is not None and on < previous_starts_on:
        return "before_previous"
    return None


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay in one phase: the half-open span ``[starts_on, ends_on)``, still open when ``ends_on is None``."""

    phase: Phase
    starts_on: date
    ends_on: date | None = None


def spells_problem(spells: Sequence[Spell]) -> str | None:
    """Return the first incoherence of a case's spells, given in the order in which they were entered, or ``None``.

    A spell may be empty (two changes of phase the same day). An exit that a coordinator undid is no spell: it lives in
    the audit trail.

    Returns:
        ``"empty"``: a case has at least one spell; ``"wrong_first_phase"``: a path starts with PREPARATORY;
        ``"ends_before_start"``; ``"open_before_last"``: only the last spell may be open; ``"none_open"``: the last one
        must be; ``"gap"`` or ``"overlap"``: a spell must end where the next one starts; ``"forbidden_transition"``.
    """
    if not spells:
        return "empty"
    if spells[0].phase != Phase.PREPARATORY:
        return "wrong_first_phase"
    if any(s.ends_on is not None and s.ends_on < s.starts_on for s in spells):
        return "ends_before_start"
    for spell, following in pairwise(spells):
        if spell.ends_on is None:
            return "open_before_last"
        if spell.ends_on < following.starts_on:
            return "gap"
        if spell.ends_on > following.starts_on:
            return "overlap"
        if (spell.phase, following.phase) not in TRANSITIONS:
            return "forbidden_transition"
    return "none_open" if spells[-1].ends_on is not None else None
