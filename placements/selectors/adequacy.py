"""Which jobs may suit a person, which people may suit a job: what the data say, in words, and nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.enums import ObstacleKind, ObstacleState
from beneficiaries.models import CoachingCase, Obstacle
from employers import selectors as firms
from employers.enums import ContractType, VacancyState
from employers.models import Company, Vacancy
from foundation.clock import today
from method.rules.phases import Phase
from placements.models import Employment, Match
from placements.rules.fit import Asked, Job, Line, Person, Topic, Verdict, fit_lines, weight
from placements.selectors.clocks import clock_facts
from placements.selectors.discretion import HIDING_MODES
from placements.selectors.policy import clock_policy


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of the comparison as it is read."""

    verdict: Verdict
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOffer:
    """An open job seen from a person: what fits, can be negotiated, is to be checked, and whether it was proposed."""

    vacancy: Vacancy
    remarks: tuple[Remark, ...]
    weight: tuple[int, int]
    match: Match | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody in pre-hire seen from a job."""

    case: CoachingCase
    remarks: tuple[Remark, ...]
    weight: tuple[int, int]
    match: Match | None
    can_propose: bool


def proposable(user: User, case: CoachingCase) -> QuerySet[Vacancy]:
    """The open jobs of the organisation that were not proposed to the person yet, where they may be spoken of."""
    return jobs_to_compare(user, case).exclude(matches__case=case)


def open_obstacles(case: CoachingCase) -> list[Obstacle]:
    """What still stands between the person and a job."""
    return [obstacle for obstacle in case.obstacles.all() if obstacle.state != ObstacleState.LIFTED]


def jobs_to_compare(user: User, case: CoachingCase) -> QuerySet[Vacancy]:
    """The open jobs of the organisation where the person may be spoken of."""
    return firms.open_vacancies(user).exclude(company__in=_hiding(case))


def job_offers(case: CoachingCase, jobs: QuerySet[Vacancy]) -> list[JobOffer]:
    """Jobs compared with a person, those with the fewest questions first. Three statements."""
    person = _person(case, open_obstacles(case))
    jobs = jobs.prefetch_related("requirements")
    proposed = {match.vacancy_id: match for match in case.matches.order_by("created_at")}
    stopping = _stopping_types()
    offers = []
    for vacancy in jobs:
        lines = fit_lines(person, _job(vacancy), stopping)
        offers.append(
            JobOffer(
                vacancy=vacancy,
                remarks=tuple(remark(line) for line in lines),
                weight=weight(lines),
                match=proposed.get(vacancy.pk),
            )
        )
    return sorted(offers, key=lambda offer: (offer.match is not None, offer.weight))


def candidates(user: User, vacancy: Vacancy) -> list[Candidate]:
    """The people in pre-hire compared with a job: one's own first, then the fewest questions. A few statements.

    To whom the 24 months are used up, no job is proposed any more.
    """
    cases = (
        CoachingCase.objects.visible_to(user)
        .filter(spells__ends_on__isnull=True, spells__phase=Phase.PRE_HIRE)
        .exclude(pk__in=_hidden_jobs().filter(_of_family(vacancy.company)).values("case"))
        .select_related("beneficiary", "coach", "previous_case")
        .prefetch_related(Prefetch("obstacles", Obstacle.objects.exclude(state=ObstacleState.LIFTED)))
        .order_by("beneficiary__last_name", "beneficiary__first_name", "id")
    )
    proposed = {match.case_id: match for match in Match.objects.filter(vacancy=vacancy).order_by("created_at")}
    job, stopping = _job(vacancy), _stopping_types()
    offered = [case for case in cases if allows(user, "beneficiaries.change_case", case)]
    open_to = _with_days_left(offered) if vacancy.state == VacancyState.OPEN else set()
    found = []
    for case in cases:
        lines = fit_lines(_person(case, list(case.obstacles.all())), job, stopping)
        found.append(
            Candidate(
                case=case,
                remarks=tuple(remark(line) for line in lines if _tells_people_apart(line)),
                weight=weight(lines),
                match=proposed.get(case.pk),
                can_propose=case.pk in open_to,
            )
        )
    return sorted(found, key=lambda one: (one.match is not None, one.case.coach_id != user.pk, one.weight))


def _with_days_left(cases: Sequence[CoachingCase]) -> set[UUID]:
    """The cases whose 24 months are not used up today; what their clocks read is loaded for all at once."""
    what = ("spells", "employments", "suspensions", "extensions")
    former = [case.previous_case for case in cases if case.previous_case]
    prefetch_related_objects([*cases, *former], *what)
    on = today()
    effective = {case.pk: [job for job in case.employments.all() if job.cancelled_on is None] for case in cases}
    return {case.pk for case in cases if not clock_facts(case, effective[case.pk]).is_expired(on)}


def _tells_people_apart(line: Line) -> bool:
    """Whether the line says something of the person: what is true of the job for everybody is said once."""
    return bool(line.obstacle) or line.topic is Topic.PLACE


def _hidden_jobs() -> QuerySet[Employment]:
    """The contracts whose employer may not hear of the person."""
    jobs: QuerySet[Employment] = Employment.objects.effective().filter(followup_agreement__mode__in=HIDING_MODES)
    return jobs.order_by()


def _of_family(company: Company) -> Q:
    """The contracts with any record of an employer, or done there for an agency."""
    return Q(firm_family=company.family) | Q(user_family=company.family)


def _hiding(case: CoachingCase) -> QuerySet[Company, Any]:
    """The keys of the firms that may not hear of a person: no job is put forward there."""
    jobs = _hidden_jobs().filter(case=case)
    employers = jobs.values(family=Coalesce("company__kin", "company_id"))
    users = jobs.exclude(user_company=None).values(family=Coalesce("user_company__kin", "user_company_id"))
    families = [Q(kin__in=those) | Q(pk__in=those) for those in (employers, users)]
    return Company.objects.filter(families[0] | families[1]).order_by().values("pk")


def _stopping_types() -> frozenset[str]:
    return clock_policy(today()).stopping_types


def _person(case: CoachingCase, obstacles: Sequence[Obstacle]) -> Person:
    return Person(town=case.beneficiary.town, obstacles=frozenset(obstacle.kind for obstacle in obstacles))


def _job(vacancy: Vacancy) -> Job:
    return Job(
        contract_type=vacancy.contract_type,
        place=vacancy.place or vacancy.company.town,
        schedule=vacancy.schedule,
        tasks=vacancy.tasks,
        requirements=[
            Asked(stated=row.stated, needed=row.objectivated, negotiable=row.negotiable)
            for row in vacancy.requirements.all()
        ],
    )


def remark(line: Line) -> Remark:
    """A line of the comparison in words."""
    touched = (
        _("touche au frein «\u00a0%(kind)s\u00a0»") % {"kind": ObstacleKind(line.obstacle).label}
        if line.obstacle
        else ""
    )
    match line.topic:
        case Topic.CONTRACT:
            return Remark(line.verdict, _contract_words(line))
        case Topic.PLACE if line.verdict is Verdict.FITS:
            return Remark(line.verdict, _("Dans sa commune : %(place)s") % {"place": line.words})
        case Topic.PLACE:
            place = line.words or _("lieu pas encore précisé")
            return Remark(line.verdict, _("Comment s’y rendre : %(place)s") % {"place": place}, touched)
        case Topic.SCHEDULE:
            hours = line.words or _("horaire pas encore précisé")
            return Remark(line.verdict, _("Horaire : %(hours)s") % {"hours": hours}, touched)
        case Topic.OBSTACLE:
            return Remark(line.verdict, _("Tâche : %(task)s") % {"task": line.words}, touched)
        case Topic.REQUIREMENT:
            words = _("Demandé : %(words)s") % {"words": line.words}
            if line.verdict is Verdict.NEGOTIABLE:
                return Remark(line.verdict, words, touched)
            firm = _("non négociable")
            return Remark(line.verdict, words, f"{firm}, {touched}" if touched else firm)


def _contract_words(line: Line) -> str:
    kind = ContractType(line.words).label
    if line.verdict is Verdict.FITS:
        return _("%(contract)s : arrête l’horloge des 24 mois") % {"contract": kind}
    return _("%(contract)s : n’arrête pas l’horloge des 24 mois") % {"contract": kind}
