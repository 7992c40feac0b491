"""The clocks of a case, computed from its facts, and the jobs it knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from beneficiaries.case_facts import read_once
from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.rules.eligibility import KnownWork
from foundation.rules.periods import ONE_DAY, Period
from method.rules.phases import Phase
from placements.enums import REFUSED_MODES, RequestState
from placements.models import Employment, Match
from placements.rules.clocks import (
    ClockPolicy,
    Contract,
    PrehireClock,
    PrehireState,
    Suspension,
    allowance_end,
    carried_over,
    prehire_clock,
    prehire_stops,
    until_work,
)
from placements.rules.contract_kinds import TRAINING_TYPES
from placements.rules.course import PrehireCourse
from placements.rules.explanation import Explanation, explain
from placements.rules.windows import FollowUpClock, FollowUpWindow, followup_clock, windows
from placements.selectors.policy import clock_policy

# What the clocks of a case are made of; an act reads it once, until it writes one of these rows.
CLOCK_RELATIONS = ("spells", "employments__followup_agreement", "suspensions", "extensions")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """Everything the two clocks of one case depend on, read once."""

    prehire_started_on: date | None
    closed_on: date | None
    contracts: tuple[Contract, ...]
    policy: ClockPolicy
    organisation_id: UUID
    suspensions: tuple[Suspension, ...] = ()
    extension_months: int = 0
    carried_over_days: int = 0
    # Of the person's former cases: they stop the 24 months and open no follow-up here.
    former_contracts: tuple[Contract, ...] = ()

    @property
    def known_contracts(self) -> tuple[Contract, ...]:
        """Every contract known of the person, those of former cases first."""
        return (*self.former_contracts, *self.contracts)

    def prehire(self, on: date) -> PrehireClock | None:
        """The 24-month clock that day; `None` while pre-hire was never opened."""
        if self.prehire_started_on is None:
            return None
        return prehire_clock(
            started_on=self.prehire_started_on,
            contracts=self.known_contracts,
            suspensions=self.suspensions,
            closed_on=self.closed_on,
            extension_months=self.extension_months,
            carried_over_days=self.carried_over_days,
            policy=self.policy,
            on=on,
        )

    def course(self) -> PrehireCourse | None:
        """The 24 months on every day at once, as they are stored; `None` while pre-hire was never opened."""
        started = self.prehire_started_on
        if started is None:
            return None
        return PrehireCourse(
            started_on=started,
            allowance_days=(allowance_end(started, self.extension_months, self.policy) - started).days,
            carried_over_days=self.carried_over_days,
            stops=prehire_stops(started, self.known_contracts, self.suspensions, self.policy),
            pauses=self.suspended(),
        )

    def explained(self, on: date) -> Explanation | None:
        """The 24-month clock that day, with the lines that lead to its deadline; `None` before pre-hire."""
        if self.prehire_started_on is None:
            return None
        return explain(
            started_on=self.prehire_started_on,
            contracts=self.known_contracts,
            suspensions=self.suspensions,
            closed_on=self.closed_on,
            extension_months=self.extension_months,
            carried_over_days=self.carried_over_days,
            policy=self.policy,
            on=on,
        )

    def followup(self, on: date) -> FollowUpClock:
        """The six-month clock that day."""
        return followup_clock(self.contracts, self.policy, on)

    def windows(self) -> tuple[FollowUpWindow, ...]:
        """The follow-up windows, one per job, in order."""
        return windows(self.contracts, self.policy)

    def suspended(self) -> tuple[Period, ...]:
        """The days that approved suspensions cover, as work leaves them."""
        work = [contract for contract in self.contracts if contract.type in self.policy.stopping_types]
        left = (until_work(suspension, work).period for suspension in self.suspensions)
        return tuple(period for period in left if not period.is_empty)

    def started_by(self, on: date) -> "ClockFacts":
        """The same facts, as they would be if pre-hire began on a day when it has not begun yet."""
        return self if self.prehire_started_on is not None else replace(self, prehire_started_on=on)

    def is_expired(self, on: date) -> bool:
        """Whether the 24 months are used up that day."""
        clock = self.prehire(on)
        return clock is not None and clock.state is PrehireState.EXPIRED

    def followed(self) -> tuple[Contract, ...]:
        """Contracts that are followed in the firm, and so move the phase."""
        return tuple(contract for contract in self.contracts if contract.type in self.policy.followed_types)

    def trainings(self) -> tuple[Contract, ...]:
        """Trainings in a firm that no follow-up follows."""
        followed = self.policy.followed_types
        return tuple(one for one in self.contracts if one.type in TRAINING_TYPES and one.type not in followed)


def clock_facts(case: CoachingCase, employments: Sequence[Employment] | None = None) -> ClockFacts:
    """Read what the clocks of a case depend on; the policy is that of the day the 24 months began (domain.md 10).

    Only approved suspensions count. A case re-opened soon after its exit keeps the days its former one had used; a
    contract known of a former case stops the 24 months as one of its own does.
    """
    read_once(case, *CLOCK_RELATIONS)
    facts = work_facts(case, _effective_employments(case) if employments is None else employments)
    former = former_jobs(case)
    return replace(
        facts,
        suspensions=tuple(s.as_suspension() for s in case.suspensions.all() if s.state == RequestState.APPROVED),
        extension_months=sum(e.months for e in case.extensions.all() if e.taken_back_on is None),
        carried_over_days=_carried_over(case, facts.policy, former, facts.contracts),
        former_contracts=tuple(job.as_contract() for job in former),
    )


def work_facts(case: CoachingCase, employments: Sequence[Employment]) -> ClockFacts:
    """What the follow-up alone depends on: the contracts of the case, and the policy of the day the 24 months began."""
    spells = list(case.spells.all())
    started = next((spell.starts_on for spell in spells if spell.phase == Phase.PRE_HIRE), None)
    return ClockFacts(
        prehire_started_on=started,
        closed_on=case.closed_on,
        contracts=tuple(employment.as_contract() for employment in employments),
        policy=clock_policy(started or case.opened_on),
        organisation_id=case.organisation_id,
    )


def former_jobs(case: CoachingCase) -> list[Employment]:
    """The contracts of the person's former cases that were not called off, the latest case first."""
    found: list[Employment] = []
    former = case.previous_case
    while former is not None:
        found += [job for job in former.employments.all() if job.cancelled_on is None]
        former = former.previous_case
    return found


def _carried_over(
    case: CoachingCase, policy: ClockPolicy, known: Sequence[Employment], own: tuple[Contract, ...]
) -> int:
    """Days of the 24 months that the former case, or another organisation, had used, if the person came soon enough.

    Work that is written in the case of the return, and that the former one did not know of, was no day of pre-hire.
    """
    former = case.previous_case
    elsewhere = 0
    if case.elsewhere_until is not None:
        elsewhere = carried_over(
            used_days=case.elsewhere_days,
            exited_on=case.elsewhere_until + ONE_DAY,
            reopened_on=case.opened_on,
            policy=policy,
        )
    if former is None or former.closed_on is None:
        return elsewhere
    facts = clock_facts(former, [job for job in known if job.case_id == former.pk])
    clock = replace(facts, former_contracts=(*facts.former_contracts, *own)).prehire(former.closed_on)
    if clock is None:
        return elsewhere
    return elsewhere + carried_over(
        used_days=clock.used_days, exited_on=former.closed_on, reopened_on=case.opened_on, policy=policy
    )


def placement_facts(case: CoachingCase, on: date) -> Mapping[str, bool]:
    """What this app knows that opens a change of phase (`beneficiaries.selectors.transitions`)."""
    read_once(case, *CLOCK_RELATIONS, "matches")
    employments = _effective_employments(case)
    facts = clock_facts(case, employments)
    followed = [e for e in employments if e.contract_type in facts.policy.followed_types]
    at_work = [e for e in followed if e.as_contract().worked.contains(on)]
    agreements = [e.followup_agreement for e in at_work if hasattr(e, "followup_agreement")]
    return {
        # No job is proposed before pre-hire (`propose_match`): there is nothing to read.
        "match_accepted": facts.prehire_started_on is not None and any(m.is_accepted for m in case.matches.all()),
        "own_job_found": any(e.match_id is None for e in followed),
        "employment_started": bool(at_work),
        "followup_agreed": any(a.mode not in REFUSED_MODES for a in agreements),
        "followup_refused": any(a.mode in REFUSED_MODES for a in agreements),
        "employment_ended": bool(followed) and not any(_still_holds(e, on) for e in followed),
        "clock_not_expired": not facts.started_by(on).is_expired(on),
    }


def _effective_employments(case: CoachingCase) -> list[Employment]:
    """The contracts that were not called off; those that a page has read with the case are not read again."""
    if "employments" in getattr(case, "_prefetched_objects_cache", {}):
        return [employment for employment in case.employments.all() if employment.cancelled_on is None]
    return list(case.employments.effective().select_related("followup_agreement"))


def work_of(person: Beneficiary) -> Iterator[KnownWork]:
    """The person's contracts in all their cases, for the check of eligibility; training in a firm is none. One
    statement; no firm is named, since the reader may not be told of a discreet one.
    """
    jobs = Employment.objects.effective().filter(case__beneficiary=person).exclude(contract_type__in=TRAINING_TYPES)
    for job in jobs.order_by("starts_on", "pk"):
        worked = job.as_contract().worked
        if not worked.is_empty:
            yield KnownWork(worked, str(job.get_contract_type_display()))


def _still_holds(employment: Employment, on: date) -> bool:
    """Whether the contract runs on that day or is still to come."""
    end = employment.as_contract().worked.end
    return end is None or end > on


def open_matches(case: CoachingCase) -> list[Match]:
    """Matches accepted by both sides for which nobody was hired yet."""
    matches = case.matches.select_related("vacancy__company").prefetch_related("employments")
    return [
        match
        for match in matches
        if match.is_accepted and not any(e.cancelled_on is None for e in match.employments.all())
    ]
