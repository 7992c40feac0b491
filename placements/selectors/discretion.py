"""Discreet follow-up (domain.md 6): which firms may not hear from us about a person, and what refuses to reach them.

A person may ask that their employer know nothing, or refuse the follow-up. From then on nothing in the product writes
to, calls, schedules or prints anything for that firm about that person. It holds for the firm, in that case, until the
agreement itself is changed (docs/decisions/0004-discreet-follow-up.md).
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from employers.models import Company
from foundation.errors import DomainError
from placements.enums import REFUSED_BY_PERSON, FollowUpMode
from placements.models import Employment

# An employer who refuses knows that there is somebody to follow: only what the person wants kept from them is hidden.
HIDING_MODES = (FollowUpMode.DISCREET, *REFUSED_BY_PERSON)


class EmployerHidden(DomainError):
    """The act would reach an employer who must not hear of the person."""

    def __init__(self, message: str, *, field: str | None = None, hint: str = "") -> None:
        super().__init__("discreet", message, field=field, hint=hint)


def is_hidden(employment: Employment) -> bool:
    """Whether nothing may offer to reach the employer about this job."""
    agreement = getattr(employment, "followup_agreement", None)
    return agreement is not None and agreement.mode in HIDING_MODES


def hidden_among(employments: Iterable[Employment]) -> frozenset[UUID]:
    """The families of firms that may not hear of the person, among contracts that are loaded with their agreements.

    Every establishment of the employer, whoever takes it over and whoever it takes over: the same people stand behind.
    """
    jobs = [job for job in employments if job.cancelled_on is None and is_hidden(job)]
    return frozenset(family for job in jobs for family in job.families)


def hidden_jobs(case: CoachingCase) -> list[Employment]:
    """The contracts of a case whose employer may not hear of it; one statement."""
    jobs = Employment.objects.effective().filter(case=case, followup_agreement__mode__in=HIDING_MODES)
    return list(
        jobs.select_related("company", "user_company", "followup_agreement").order_by("starts_on", "created_at")
    )


def refuse_hidden(case: CoachingCase, company: Company, message: str, *, field: str, on: date | None = None) -> None:
    """Refuse an act that concerns a firm which may not hear of the person.

    With a day `on`, only from the day of the agreement on: a talk that took place before it stays a fact.

    Raises:
        EmployerHidden: the firm is hidden.
    """
    for job in hidden_jobs(case):
        if company.family in job.families and (on is None or on >= job.followup_agreement.agreed_on):
            raise EmployerHidden(
                message,
                field=field,
                hint=_("Si la personne est d’accord que l’employeur sache, changez d’abord l’accord de suivi."),
            )
