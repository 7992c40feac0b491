"""Which cases a report covers."""

from django.db.models import Q, QuerySet

from beneficiaries.models import CoachingCase
from tables.engine.scope import Scope


def cases_of(scope: Scope) -> QuerySet[CoachingCase]:
    """Cases that were open on at least one day of the period, in the scope."""
    cases = CoachingCase.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=scope.first),
        organisation__in=scope.organisations,
        opened_on__lte=scope.last,
    )
    if scope.site:
        cases = cases.filter(site=scope.site)
    if scope.project:
        cases = cases.filter(project=scope.project)
    if scope.coach:
        cases = cases.filter(coach=scope.coach)
    return cases.order_by("opened_on", "pk")
