"""Which cases a report covers.

The project and the site are those of the period: a case counts for each project to which it belonged on at least one
day of it (docs/decisions/0026-belongings.md).
"""

from django.db.models import Q, QuerySet

from beneficiaries.models import CoachingCase
from beneficiaries.selectors.belonging import belonged_between
from tables.engine.scope import Scope


def cases_of(scope: Scope) -> QuerySet[CoachingCase]:
    """Cases that were open on at least one day of the period, in the scope."""
    cases = CoachingCase.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=scope.first),
        organisation__in=scope.organisations,
        opened_on__lte=scope.last,
    )
    cases = cases.filter(belonged_between(scope.first, scope.last, project=scope.project, site=scope.site))
    if scope.coach:
        cases = cases.filter(coach=scope.coach)
    return cases.order_by("opened_on", "pk")
