"""What this app brings to the pages of others: the clocks of a case, the people of a firm, the proposals of a job."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from beneficiaries.registries import CaseNotice, HeaderPanel, header_panels, notices
from employers.models import Company, Vacancy
from employers.registries import (
    CompanyPanel,
    Figure,
    VacancyPanel,
    company_figures,
    company_panels,
    vacancy_figures,
    vacancy_panels,
)
from placements.enums import FollowUpMode
from placements.models import Employment, Match
from placements.rules.clocks import PrehireState
from placements.rules.contract_kinds import EMPLOYMENT_TYPES
from placements.rules.windows import FollowUpState
from placements.selectors.clocks_shown import clocks_of
from placements.selectors.jobs import agreement_of, is_hidden, job_state, loaded_clock_facts
from placements.services.guards import ClockExpired


def register() -> None:
    """Bring everything to the pages of others; called once, from `AppConfig.ready`."""
    header_panels.add(HeaderPanel(template="placements/_clocks.html", order=10, context=clock_panel))
    notices.add(CaseNotice(template="placements/_expired.html", order=10, context=expired_notice))
    company_panels.add(CompanyPanel(template="placements/_company_people.html", order=10, context=company_panel))
    vacancy_panels.add(VacancyPanel(template="placements/_vacancy_matches.html", order=10, context=vacancy_panel))
    company_figures.add(Figure(label=gettext_lazy("Personnes placées"), order=10, counts=placed_counts))
    vacancy_figures.add(Figure(label=gettext_lazy("Propositions"), order=10, counts=match_counts))


# --- the clocks of a case ------------------------------------------------------------------------------------------


def clock_panel(case: CoachingCase, user: User, on: date) -> Mapping[str, Any]:
    """Both clocks of a case as bars."""
    return {"clocks": clocks_of(case, on)}


def expired_notice(case: CoachingCase, user: User, on: date) -> Mapping[str, Any] | None:
    """That the 24 months are used up, and what can be done instead (domain.md 5)."""
    facts = loaded_clock_facts(case)
    clock = facts.prehire(on)
    if clock is None or clock.state is not PrehireState.EXPIRED:
        return None
    followup = facts.followup(on)
    return {
        "refusal": ClockExpired(),
        "deadline": clock.deadline,
        "followed_until": followup.deadline if followup.state is FollowUpState.RUNNING else None,
        "can_exit": allows(user, "beneficiaries.change_case", case),
        "can_extend": allows(user, "placements.decide_clock", case),
    }


# --- the people of a firm ------------------------------------------------------------------------------------------


def company_panel(company: Company, user: User, on: date) -> Mapping[str, Any]:
    """Who works or worked in the firm, or under another record of its employer.

    A follow-up that is discreet or refused names nobody but to who carries or coordinates the case.
    """
    jobs = (
        Employment.objects.visible_to(user)
        .filter(Q(firm_family=company.family) | Q(user_family=company.family))
        .effective()
        .select_related("case__beneficiary", "case__coach", "followup_agreement", "company")
        .order_by(F("ended_on").desc(nulls_first=True), "-starts_on", "-created_at")
    )
    return {"placed": [_placed(job, company, user, on) for job in jobs]}


def _placed(job: Employment, company: Company, user: User, on: date) -> dict[str, Any]:
    agreement = agreement_of(job)
    discreet = agreement is not None and agreement.mode == FollowUpMode.DISCREET
    hidden = is_hidden(job)
    return {
        "job": job,
        "elsewhere": job.company.name if job.company_id != company.pk else "",
        "state": job_state(job, on),
        "discreet": discreet,
        "hidden": hidden,
        "named": not hidden or allows(user, "beneficiaries.change_case", job.case),
    }


def placed_counts(companies: Sequence[UUID], on: date) -> Mapping[UUID, int]:
    """How many different people each firm gave work to: contracts of employment that have begun."""
    rows = (
        Employment.objects.filter(
            company__in=companies,
            starts_on__lte=on,
            contract_type__in=EMPLOYMENT_TYPES,
        )
        .effective()
        .order_by()
        .values("company_id")
        .annotate(people=Count("case__beneficiary", distinct=True))
    )
    return {row["company_id"]: row["people"] for row in rows}


# --- the proposals of a job ----------------------------------------------------------------------------------------


def vacancy_panel(vacancy: Vacancy, user: User, on: date) -> Mapping[str, Any]:
    """To whom the job was proposed, with both answers."""
    matches = (
        Match.objects.visible_to(user)
        .filter(vacancy=vacancy)
        .select_related("case__beneficiary", "case__coach")
        .order_by("-proposed_on", "-created_at")
    )
    return {"matches": list(matches), "can_search": allows(user, "beneficiaries.open_case", vacancy)}


def match_counts(vacancies: Sequence[UUID], on: date) -> Mapping[UUID, int]:
    """To how many people each job was proposed."""
    rows = (
        Match.objects.filter(vacancy__in=vacancies)
        .order_by()
        .values("vacancy_id")
        .annotate(people=Count("case", distinct=True))
    )
    return {row["vacancy_id"]: row["people"] for row in rows}
