"""The jobs among which one chooses what to propose to a person."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from beneficiaries.models import CoachingCase
from employers.models import Vacancy
from foundation.choosing import About, Source, row_of
from placements.selectors import adequacy


def _jobs(user: User, about: About) -> QuerySet[Any]:
    """Those that may be proposed to the person of a case; none for somebody whom the user does not see."""
    case = row_of(CoachingCase.objects.visible_to(user), about.get("case", ""))
    return adequacy.proposable(user, case) if case is not None else Vacancy.objects.none()


JOBS = Source(
    name="jobs",
    permission="accounts.read_names",
    rows=_jobs,
    label=lambda job: job.title,
    second=lambda job: job.company.name,
)
