"""Which cases an inspection looks for."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from beneficiaries.forms.filters import PersonFilter
from beneficiaries.models import CoachingCase
from foundation.filters import ListFilter

OPEN, CLOSED = "ouverts", "sortis"


class InspectedCaseFilter(ListFilter):
    q = PersonFilter(label=_("Nom"), path="beneficiary__", max_length=100)
    state = ChoiceFilter(
        label=_("Dossiers"),
        empty_label=_("tous"),
        choices=[(OPEN, _("ouverts")), (CLOSED, _("sortis"))],
        method="in_state",
    )

    def in_state(self, found: QuerySet[CoachingCase], name: str, state: str) -> QuerySet[CoachingCase]:
        """The cases that are open, or those that were left."""
        return found.filter(closed_on__isnull=state == OPEN)
