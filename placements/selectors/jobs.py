"""What the tab « Emploi » of a case shows, and which acts it offers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from employers.enums import ContractType
from foundation.formatting import number_words
from method.rules.phases import Phase
from placements.enums import Decision
from placements.models import (
    ClockExtension,
    ClockSuspension,
    Employment,
    EmploymentVerification,
    FollowUpAgreement,
    Match,
    TemporaryUnemployment,
)
from placements.rules.amendments import AgreedTerms
from placements.rules.clocks import PrehireClock
from placements.selectors.aids import AidJudgement, judgement_of, registrations_of
from placements.selectors.clocks import ClockFacts, clock_facts, former_jobs
from placements.selectors.discretion import hidden_among, is_hidden
from placements.selectors.observed import with_news
from placements.selectors.terms import agreed_terms, idle_on
from placements.services.guards import ClockExpired

RUNNING, PLANNED, PAST, CANCELLED = "running", "planned", "past", "cancelled"


def load_jobs(case: CoachingCase) -> list[Employment]:
    """Every contract of the case, called-off ones too, with firm and agreement; read once per case in memory.

    What the clocks read besides is loaded too, so that the header and the tab share it: of the former case as well,
    whose used days may be carried over; and the news of each, from which what was seen of it follows.
    """
    prefetch_related_objects(
        [case, case.previous_case] if case.previous_case else [case],
        _contracts(),
        Prefetch("suspensions", ClockSuspension.objects.select_related("requested_by", "decided_by", "still_holds_by")),
        Prefetch("extensions", ClockExtension.objects.select_related("granted_by")),
    )
    return list(case.employments.all())


def load_contracts(case: CoachingCase) -> list[Employment]:
    """The contracts of the case as `load_jobs` reads them, and nothing besides: what the first line of a page costs."""
    prefetch_related_objects([case], _contracts())
    return list(case.employments.all())


def _contracts() -> Prefetch:
    known = with_news(Employment.objects.all()).select_related(
        "company", "user_company", "aid", "match", "followup_agreement__contact", "followup_agreement__recorded_by"
    )
    return Prefetch("employments", known.order_by("starts_on", "created_at"))


def loaded_clock_facts(case: CoachingCase) -> ClockFacts:
    """What the clocks of a case depend on, from what `load_jobs` read."""
    return clock_facts(case, [job for job in load_jobs(case) if job.cancelled_on is None])


def agreement_of(employment: Employment) -> FollowUpAgreement | None:
    """How a job is followed, `None` until it was agreed."""
    return getattr(employment, "followup_agreement", None)


def job_state(employment: Employment, on: date) -> str:
    """Whether the contract runs that day, is planned, is past or was called off."""
    if employment.cancelled_on is not None:
        return CANCELLED
    if employment.starts_on > on:
        return PLANNED
    last_day: date | None = employment.last_day
    return RUNNING if last_day is None or last_day >= on else PAST


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """A contract, its state that day, its follow-up, and the acts that it calls for."""

    employment: Employment
    state: str
    agreement: FollowUpAgreement | None
    hidden: bool
    followed: bool
    agree: bool = False
    confirm: bool = False
    renew: bool = False
    end: bool = False
    cancel: bool = False
    aid: AidJudgement | None = None
    verify: bool = False
    verified: tuple[EmploymentVerification, ...] = ()
    amend: bool = False
    weeks: bool = False
    terms: AgreedTerms
    amended: int = 0
    idle: TemporaryUnemployment | None = None

    @property
    def hours(self) -> str:
        """The hours per week in force, as people read them; "" when unknown."""
        return number_words(self.terms.weekly_hours.normalize()) if self.terms.weekly_hours else ""

    @property
    def has_acts(self) -> bool:
        """Whether at least one act is offered."""
        return any((self.agree, self.confirm, self.renew, self.end, self.cancel, self.verify, self.amend, self.weeks))

    @property
    def end_missing(self) -> bool:
        """Whether the planned last day has passed and nobody said how the job ended."""
        return self.state == PAST and self.employment.ended_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """A proposal, and whose answer or which act it waits for: person, employer, hire, or nothing any more."""

    match: Match
    waits_for: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFile:
    """The tab: contracts by state, proposals, and the acts that the case allows."""

    jobs: tuple[JobLine, ...]
    matches: tuple[MatchLine, ...]
    prehire: PrehireClock | None
    blocked: tuple[str, ...]
    can_propose: bool
    can_hire: bool
    can_return: bool
    only_tells: bool = False
    # Contracts that the person's former cases know, and that are not over: read there, counted here.
    elsewhere: tuple[Employment, ...] = ()

    @property
    def written(self) -> list[Employment | FollowUpAgreement | Match | EmploymentVerification]:
        """Every row that the tab shows."""
        contracts = [line.employment for line in self.jobs]
        agreements = [line.agreement for line in self.jobs if line.agreement is not None]
        verified = [row for line in self.jobs for row in line.verified]
        return [*contracts, *agreements, *verified, *(line.match for line in self.matches)]

    def _of(self, state: str) -> list[JobLine]:
        return [line for line in self.jobs if line.state == state]

    @property
    def current(self) -> list[JobLine]:
        """Contracts that run, then those planned."""
        return [*self._of(RUNNING), *self._of(PLANNED)]

    @property
    def former(self) -> list[JobLine]:
        """Contracts that are over or were called off, the latest first."""
        return sorted([*self._of(PAST), *self._of(CANCELLED)], key=lambda line: line.employment.starts_on, reverse=True)

    @property
    def open_matches(self) -> list[MatchLine]:
        """Proposals that wait for something."""
        return [line for line in self.matches if line.waits_for]

    @property
    def settled_matches(self) -> list[MatchLine]:
        """Proposals that were refused or led to a contract."""
        return [line for line in self.matches if not line.waits_for]


def job_file(case: CoachingCase, on: date, *, can_change: bool) -> JobFile:
    """Read the tab of a case, already known to be visible; no act is offered to whom may not change the case."""
    employments = load_jobs(case)
    prefetch_related_objects(employments, "amendments", "temporary_unemployment")
    facts = loaded_clock_facts(case)
    phase = current_phase(case)
    writable = can_change and case.is_open
    registrations = registrations_of(case.beneficiary) if any(job.aid_id for job in employments) else []
    verified = verifications_of(case) if employments else {}
    lines = tuple(
        replace(
            _job_line(job, on, facts, phase, writable=writable, tells=can_change),
            aid=judgement_of(job, case.beneficiary, registrations),
            verified=tuple(verified.get(job.pk, ())),
        )
        for job in employments
    )
    open_to = openness(case, on, can_change=can_change)
    holds = any(c.worked.end is None or c.worked.end > on for c in facts.followed())
    back = phase in (Phase.HIRE, Phase.FOLLOW_UP) and not holds and not facts.is_expired(on)
    return JobFile(
        jobs=lines,
        matches=tuple(_match_lines(case, employments)),
        prehire=facts.prehire(on),
        blocked=open_to.blocked,
        can_propose=open_to.propose,
        can_hire=open_to.hire,
        can_return=writable and back,
        only_tells=facts.is_expired(on) or phase in (Phase.PREPARATORY, Phase.EXIT),
        elsewhere=tuple(job for job in former_jobs(case) if job_state(job, on) in (RUNNING, PLANNED)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """What may start for a person, and the sentences that say why nothing may."""

    propose: bool
    hire: bool
    blocked: tuple[str, ...]


def openness(case: CoachingCase, on: date, *, can_change: bool) -> Openness:
    """Whether a job may be proposed and a contract recorded.

    A contract may always be written down: it may have begun before the entry, or before what ended.
    """
    phase = current_phase(case)
    expired = loaded_clock_facts(case).is_expired(on)
    started = can_change and case.is_open and phase is not Phase.PREPARATORY
    return Openness(propose=started and not expired, hire=can_change, blocked=_blocked(case, phase, expired=expired))


def current_phase(case: CoachingCase) -> Phase:
    """The phase of a case whose spells are loaded."""
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    return spells[-1].phase_code


def _job_line(
    employment: Employment, on: date, facts: ClockFacts, phase: Phase, *, writable: bool, tells: bool
) -> JobLine:
    """`tells`: what took place may be written down, after the exit too."""
    state = job_state(employment, on)
    agreement = agreement_of(employment)
    followed = employment.contract_type in facts.policy.followed_types
    fixed_term = employment.contract_type not in facts.policy.permanent_types
    unended = employment.ended_on is None
    return JobLine(
        employment=employment,
        state=state,
        agreement=agreement,
        hidden=is_hidden(employment),
        followed=followed,
        # A job that is over can still be told to its employer, or no more: until then the firm stays hidden.
        agree=writable and followed and (state in (RUNNING, PLANNED) or (state == PAST and is_hidden(employment))),
        confirm=writable and followed and state == RUNNING and phase is Phase.HIRE and agreement is not None,
        renew=writable and fixed_term and unended and state in (RUNNING, PAST),
        end=tells and unended and state in (RUNNING, PAST),
        verify=tells and unended and state in (RUNNING, PAST),
        cancel=unended and ((writable and state == PLANNED) or (tells and state == RUNNING)),
        amend=tells and state in (RUNNING, PLANNED),
        weeks=tells and state in (RUNNING, PAST) and employment.contract_type == ContractType.INTERIM,
        terms=agreed_terms(employment, min(filter(None, (on, employment.last_day)))),
        amended=len(employment.amendments.all()),
        idle=idle_on(employment, on) if state == RUNNING else None,
    )


def verifications_of(case: CoachingCase) -> Mapping[UUID, Sequence[EmploymentVerification]]:
    """The verifications of the contracts of a case, by contract, in order; one statement."""
    found: dict[UUID, list[EmploymentVerification]] = defaultdict(list)
    rows = EmploymentVerification.objects.filter(employment__case=case).select_related("recorded_by")
    for row in rows.order_by("asked_on", "created_at"):
        found[row.employment_id].append(row)
    return found


def matches_of(case: CoachingCase) -> QuerySet[Match]:
    """The jobs proposed to a person, latest first."""
    found: QuerySet[Match] = case.matches.select_related("vacancy__company", "proposed_by")
    return found.order_by("-proposed_on", "-created_at")


def _match_lines(case: CoachingCase, employments: Sequence[Employment]) -> list[MatchLine]:
    hired = {job.match_id for job in employments if job.cancelled_on is None}
    hidden = hidden_among(employments)
    lines = []
    for match in matches_of(case):
        waits = waits_for(match, hired=match.pk in hired)
        kept_from = match.vacancy.company.family in hidden
        # Nobody asks an employer who must not hear of the person.
        lines.append(MatchLine(match=match, waits_for="" if kept_from else waits, hidden=kept_from))
    return lines


def waits_for(match: Match, *, hired: bool) -> str:
    """What a proposal waits for: the person's answer, the employer's, a contract; "" once it is settled."""
    if hired or match.is_refused:
        return ""
    if match.person_decision == Decision.PENDING:
        return "person"
    return "employer" if match.employer_decision == Decision.PENDING else "hire"


def _blocked(case: CoachingCase, phase: Phase, *, expired: bool) -> tuple[str, ...]:
    """Why nothing new may start, and what can be done instead; nothing when something may."""
    if not case.is_open:
        return (_("Ce dossier est sorti : rien ne s’y commence plus. Ce qui a eu lieu peut encore s’y noter."),)
    if phase is Phase.PREPARATORY:
        return (
            _("La pré-embauche n’est pas encore ouverte : aucun poste ne se propose, personne ne s’engage."),
            _("Complétez d’abord l’éligibilité, la coachabilité et les conventions dans l’onglet Parcours."),
        )
    if expired:
        refusal = ClockExpired()
        return (refusal.message, refusal.hint)
    return ()
