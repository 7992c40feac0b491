"""What is missing before a report may be submitted: how much, on whom, and the way to the very field."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from foundation.errors import DomainError
from foundation.formatting import own_words
from foundation.views import PageView, paginate
from reporting.preview.views.reports import TO_REPORT, ReportMixin
from tables.engine.gaps import Gap
from tables.engine.tables import Subject

PEOPLE_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class PersonGaps:
    """What misses of one person: the case (none for somebody of the team), the name, whom it falls to, and each gap
    with the address where the reader fills it in and comes back from, "" for who may not.
    """

    case: CoachingCase | None
    name: str
    coach: str
    gaps: tuple[tuple[Gap, str], ...]


class ReportGapsView(ReportMixin, PageView):
    """The gaps of a report over a scope, person by person, with a count of each; the coach narrows them."""

    template_name = "reporting/report_gaps.html"
    leads_to = TO_REPORT

    def get_page_title(self) -> str:
        return _("%(report)s : ce qui manque") % {"report": own_words(self.report.title)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the gaps, one page of people at a time."""
        if not self.report.has_gaps:
            raise Http404
        if not self.opens_figures:
            raise PermissionDenied
        gaps = self._gaps()
        people = [(case, tuple(found)) for case, found in groupby(gaps, key=lambda gap: gap.case_id)]
        page = paginate(self.request, people, PEOPLE_A_PAGE)
        counts = Counter(gap.what for gap in gaps)
        return super().get_context_data(
            form=self.form,
            asked=self.scope is not None,
            gap_count=len(gaps),
            person_count=len(people),
            counts=sorted(counts.items(), key=lambda item: (-item[1], item[0])),
            people=self._people(list(page.object_list)),
            page_obj=page,
            **kwargs,
        )

    def _gaps(self) -> Sequence[Gap]:
        """The gaps, in the order of the report; none while the scope makes no sense."""
        if self.scope is None:
            return ()
        try:
            return self.report.missing(self.scope)
        except DomainError as refusal:
            self.form.add_domain_error(refusal)
            return ()

    def _people(self, page: Sequence[tuple[UUID, tuple[Gap, ...]]]) -> list[PersonGaps]:
        """The people of a page, with the coach who can fill in what the reader may not; one statement."""
        about_cases = [case for case, found in page if found[0].subject is Subject.CASE]
        cases = (
            CoachingCase.objects.visible_to(self.actor)
            .filter(pk__in=about_cases)
            .select_related("beneficiary", "coach")
            .order_by("pk")
        )
        known = {case.pk: case for case in cases}
        people = []
        for key, found in page:
            if key in known:
                case = known[key]
                ways = tuple((gap, self._way(gap) if allows(self.actor, gap.permission, case) else "") for gap in found)
                people.append(PersonGaps(case, str(case.beneficiary), case.coach.get_full_name(), ways))
            elif found[0].subject is not Subject.CASE:
                # A page of the team says itself what its reader may do there.
                ways = tuple((gap, self._way(gap)) for gap in found)
                people.append(PersonGaps(None, found[0].person, "", ways))
        return people

    def _way(self, gap: Gap) -> str:
        """The address of the very field; once it is filled in, this page is shown again."""
        address, mark, anchor = gap.url.partition("#")
        return f"{address}?{urlencode({'next': self.request.get_full_path()})}{mark}{anchor}"
