"""What an inspector’s checks read of every case of a period: as many statements for ten cases as for thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from accounts.parameters import Key, value_on
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.rules.agreements import asked_on, complete_on
from beneficiaries.rules.phases import Spell
from followup.enums import Outcome
from followup.rules.cadence import counts_for_cadence
from followup.selectors.pace import unfollowed
from followup.selectors.policy import cadence_policy
from followup.selectors.scope import cases_of
from foundation.rules.periods import ONE_DAY, Period
from inspection.rules.nonconformities import CaseFacts, Finding, HeldContact, Job, findings
from method.rules.phases import Phase
from placements.models import Employment
from placements.selectors.clocks import clock_facts
from tables.engine.scope import Scope

# What is read of a case itself, and what the clocks read of it and of the one before, whose days may be carried over.
OWN_FACTS = ("contacts", "agreements")
CLOCK_FACTS = (
    "spells",
    Prefetch(
        "employments", Employment.objects.select_related("followup_agreement").order_by("starts_on", "created_at")
    ),
    "suspensions",
    "extensions",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A non-conformity with the case it is about, as a page lists it."""

    case_id: UUID
    person: str
    coach: str
    finding: Finding


def faults_of(cases: Sequence[CoachingCase], scope: Scope) -> list[Fault]:
    """Every non-conformity of the scope's cases in its period."""
    period = Period.from_inclusive(scope.first, scope.last)
    return [
        Fault(case.pk, str(case.beneficiary), case.coach.get_full_name(), finding)
        for case in cases
        for finding in findings(facts_of_case(case, scope.last), period)
    ]


def inspected(scope: Scope) -> list[CoachingCase]:
    """The cases of the period with all that is read of them; seven statements."""
    related = ("beneficiary", "coach", "eligibility", "coachability", "previous_case")
    cases = list(cases_of(scope).select_related(*related).prefetch_related(*OWN_FACTS))
    prefetch_related_objects([*cases, *(case.previous_case for case in cases if case.previous_case)], *CLOCK_FACTS)
    return cases


def facts_of_case(case: CoachingCase, last: date) -> CaseFacts:
    """What the checks read of a case whose facts are loaded, as it stood at the end of the day `last`."""
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    employments = [employment for employment in case.employments.all() if employment.cancelled_on is None]
    clocks = clock_facts(case, employments)
    eligibility, coachability = getattr(case, "eligibility", None), getattr(case, "coachability", None)
    held = [contact for contact in case.contacts.all() if contact.outcome == Outcome.HELD]
    return CaseFacts(
        spells=[Spell(Phase(s.phase), s.starts_on, s.ends_on) for s in spells],
        eligible_on=eligibility.checked_on if eligibility else None,
        coachable_on=coachability.checked_on if coachability and coachability.is_complete else None,
        agreements_on=_signed_on(case, spells, last),
        is_derogation=bool(eligibility and eligibility.is_derogation),
        is_over_quota=bool(eligibility and eligibility.over_quota),
        clock=clocks.prehire(last + ONE_DAY),
        windows=[window for window in clocks.windows() if window.employer not in unfollowed(employments)],
        contacts=[
            HeldContact(c.on, len(c.summary.strip()), counts_for_cadence(c.channel, c.outcome, c.party)) for c in held
        ],
        jobs=[
            Job(e.starts_on, hasattr(e, "followup_agreement"))
            for e in employments
            if e.contract_type in clocks.policy.followed_types and e.starts_on <= last
        ],
        cadence=cadence_policy(case.opened_on, case.organisation_id),
        intake_months=value_on(Key.INTAKE_MONTHS, case.opened_on),
        tolerance=value_on(Key.SILENCE_TOLERANCE, last, case.organisation_id),
        paused=clocks.suspended(),
    )


def _signed_on(case: CoachingCase, spells: Sequence[PhaseSpell], last: date) -> date | None:
    """The day from which every agreement that opens pre-hire was signed."""
    days = {agreement.kind: agreement.signed_on for agreement in case.agreements.all()}
    return complete_on(days, asked_on(spells, last))


def derogation_share(cases: Sequence[CoachingCase], scope: Scope) -> tuple[int, int]:
    """Of the scope's cases, those that entered pre-hire in its period: how many by derogation, and how many in all."""
    entered = [
        case
        for case in cases
        if any(s.phase == Phase.PRE_HIRE and scope.first <= s.starts_on <= scope.last for s in case.spells.all())
    ]
    checks = [getattr(case, "eligibility", None) for case in entered]
    return sum(bool(check and check.is_derogation) for check in checks), len(entered)
