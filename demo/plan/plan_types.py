"""The shape of the plan: frozen rows that say everything the loader writes, and nothing about how it is stored.

Keys are readable and unique (``mire-centre/person-017``); codes are those of the apps' closed lists. Days of
contracts are inclusive, phase spells half-open, durations in minutes.
"""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A place where an organisation receives people."""

    key: str
    name: str
    street: str
    postal_code: str
    town: str


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    """One of the six organisations, with its project, sites and partners (``(name, kind, refers)``)."""

    key: str
    name: str
    short_name: str
    kind: str
    town: str
    address: str
    phone: str
    email: str
    project_code: str
    project_name: str
    project_starts_on: date
    sites: tuple[SitePlan, ...]
    partners: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class MembershipPlan:
    """One role in one organisation; ``ends_on`` is its last day."""

    organisation: str
    role: str
    fte: str
    site: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class UserPlan:
    """A person who logs in."""

    key: str
    first_name: str
    last_name: str
    email: str
    memberships: tuple[MembershipPlan, ...]


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A beneficiary. ``sex``, ``age_class``, ``origin`` and ``education`` are the report's words."""

    key: str
    organisation: str
    first_name: str
    last_name: str
    sex: str
    age_class: str
    origin: str
    education: str
    asylum_seeker: bool
    birth_date: date
    jobseeker_since: date
    phone: str
    email: str
    street: str
    postal_code: str
    town: str


@dataclass(frozen=True, slots=True)
class SpellPlan:
    """A stay in a phase, ``[starts_on, ends_on)``; the last one is open, EXIT included."""

    phase: str
    starts_on: date
    ends_on: date | None
    reason: str
    exit_reason: str
    exit_outcome: str


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """Who carried the case, ``[starts_on, ends_on)``."""

    coach: str
    starts_on: date
    ends_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class EligibilityPlan:
    """The frozen check: which law, which criteria, what was seen."""

    regime: str
    checked_on: date
    criteria: tuple[str, ...]
    evidence_kind: str
    evidence_on: date
    derogation_reason: str


@dataclass(frozen=True, slots=True)
class CoachabilityPlan:
    """The four conditions, as seen on a day."""

    checked_on: date
    volunteer: bool
    informed: bool
    available: bool
    ordinary_job: bool


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """A signed document."""

    kind: str
    signed_on: date
    third_party: str


@dataclass(frozen=True, slots=True)
class ObstaclePlan:
    """Something in the way; ``lifted_on`` when it is lifted."""

    kind: str
    state: str
    note: str
    identified_on: date
    lifted_on: date | None


@dataclass(frozen=True, slots=True)
class ObjectivePlan:
    """A goal of the action plan."""

    title: str
    state: str
    set_on: date
    target_on: date | None
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class SuspensionPlan:
    """Days that the 24 months do not count, both included; asked, then decided on ``decided_on``."""

    reason: str
    starts_on: date
    ends_on: date
    evidence: str
    state: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class ExtensionPlan:
    """Months added to the 24 in writing."""

    months: int
    reason: str
    document: str
    granted_on: date


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """A person and a vacancy; days are ``None`` where nobody has answered."""

    key: str
    vacancy: str
    proposed_on: date
    rationale: str
    person_decision: str
    person_decided_on: date | None
    employer_decision: str
    employer_decided_on: date | None
    refusal_reason: str


@dataclass(frozen=True, slots=True)
class EmploymentPlan:
    """A contract, first and last days worked, and how it is followed.

    ``outside_annex``: the one contract that the table of the report counts and no project's annex does.
    """

    key: str
    company: str
    match: str | None
    contract_type: str
    job_title: str
    weekly_hours: str
    starts_on: date
    ends_on: date | None
    ended_on: date | None
    end_reason: str
    found_alone: bool
    followup_mode: str
    followup_agreed_on: date
    followup_terms: str
    outside_annex: bool


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """Something that took place. ``objectives`` are positions in the case's list; ``company`` where an employer took
    part.
    """

    on: date
    channel: str
    party: str
    outcome: str
    place: str
    minutes: int
    summary: str
    company: str | None
    objectives: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AppointmentPlan:
    """A planned meeting; ``contact`` is the position of the contact it became."""

    on: date
    at: time
    minutes: int
    channel: str
    place: str
    address: str
    state: str
    contact: int | None


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One path of one person, complete."""

    key: str
    person: str
    organisation: str
    site: str
    referrer: str
    referred_on: date
    opened_on: date
    closed_on: date | None
    assignments: tuple[AssignmentPlan, ...]
    spells: tuple[SpellPlan, ...]
    eligibility: EligibilityPlan | None
    coachability: CoachabilityPlan | None
    agreements: tuple[AgreementPlan, ...]
    obstacles: tuple[ObstaclePlan, ...]
    objectives: tuple[ObjectivePlan, ...]
    suspensions: tuple[SuspensionPlan, ...]
    extensions: tuple[ExtensionPlan, ...]
    matches: tuple[MatchPlan, ...]
    employments: tuple[EmploymentPlan, ...]
    contacts: tuple[ContactPlan, ...]
    appointments: tuple[AppointmentPlan, ...]

    @property
    def coach(self) -> str:
        """Who carries the case now, or carried it last."""
        return self.assignments[-1].coach

    def coach_on(self, on: date) -> str:
        """Who carried the case on a day."""
        held = [a.coach for a in self.assignments if a.starts_on <= on and (a.ends_on is None or on < a.ends_on)]
        return held[-1] if held else self.coach


@dataclass(frozen=True, slots=True)
class ProspectionPlan:
    """A visit or a call that concerns no person yet; ``met`` is the position of the person met in the firm's list."""

    coach: str
    on: date
    channel: str
    met: int | None
    minutes: int
    result: str
    summary: str


@dataclass(frozen=True, slots=True)
class CompanyPlan:
    """A firm, the people met there (``(name, function, phone)``, the person of reference first) and the visits."""

    key: str
    organisation: str
    name: str
    trade: str
    sector: str
    size: str
    street: str
    postal_code: str
    town: str
    phone: str
    people: tuple[tuple[str, str, str], ...]
    prospections: tuple[ProspectionPlan, ...]


@dataclass(frozen=True, slots=True)
class VacancyPlan:
    """A job to be filled. ``requirements`` are ``(stated, objectivated, negotiable)``."""

    key: str
    organisation: str
    company: str
    title: str
    state: str
    opened_on: date
    closed_on: date | None
    contract_type: str
    weekly_hours: str
    schedule: str
    place: str
    tasks: tuple[str, ...]
    quality: str
    requirements: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """The whole pilot as seen on ``as_of``."""

    as_of: date
    organisations: tuple[OrganisationPlan, ...]
    users: tuple[UserPlan, ...]
    people: tuple[PersonPlan, ...]
    companies: tuple[CompanyPlan, ...]
    vacancies: tuple[VacancyPlan, ...]
    cases: tuple[CasePlan, ...]
