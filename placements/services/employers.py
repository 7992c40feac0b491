"""What a change of employer moves: the cases of everybody who works or worked there."""

from collections.abc import Sequence
from uuid import UUID

from beneficiaries.case_facts import CASES, case_key
from foundation.unit_of_work import forget
from placements.models import Employment


def settle_cases_of(firms: Sequence[UUID]) -> None:
    """Have the cases with a contract at these firms settled as the act ends: jobs are joined, or parted."""
    touched = Employment.objects.filter(company__in=firms).order_by("case_id").values_list("case_id", flat=True)
    for case in touched.distinct():
        forget(case_key(case))
        CASES.mark(case)
