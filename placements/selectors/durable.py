"""Which of many cases came to a durable insertion, by the rule that one case is judged by."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from placements.models import Employment
from placements.rules.durable import durable_insertion
from placements.rules.observed import Known, outcomes
from placements.selectors.observed import CONTRACT_COLUMNS, NEWS_COLUMNS, known_of, with_news
from placements.selectors.policy import durable_policy


def durable_cases(cases: Any, on: date) -> list[UUID]:
    """Of these cases (keys, or a queryset of them), those whose insertion is durable on a day, as far as it was
    observed. One statement, and the policy.
    """
    rows = with_news(Employment.objects.filter(case__in=cases, cancelled_on__isnull=True)).values(
        "case_id", *CONTRACT_COLUMNS, *NEWS_COLUMNS
    )
    known: dict[UUID, list[Known]] = defaultdict(list)
    for values in rows.order_by("starts_on", "pk"):
        known[values["case_id"]].append(known_of(cast(Mapping[str, Any], values)))
    policy = durable_policy(on)
    found = []
    for case, jobs in known.items():
        seen = [contract for contract in outcomes(jobs, on) if contract is not None]
        if durable_insertion(seen, policy, on).durable:
            found.append(case)
    return found
