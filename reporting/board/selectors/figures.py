"""The six figures that a week is compared by, of each coach: the Monday's reading and the page count the same cases."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count

from accounts.models import Organisation
from followup.models import CaseStatus, Deadline
from followup.rules.kinds import DeadlineKind
from followup.rules.watching import Step, Watch
from followup.selectors.watching import reached, watched

FIGURES = ("open_cases", "late", "silent", "ending", "hired", "durable")


def figures_by_coach(organisation: Organisation, on: date) -> Mapping[UUID, dict[str, int]]:
    """Each figure of each coach who carries a case or did this year. Seven statements."""
    found: dict[UUID, dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
    statuses = CaseStatus.objects.filter(organisation=organisation)
    late = Deadline.objects.filter(organisation=organisation).of_kind(DeadlineKind.CONTACT).overdue_on(on)
    durable = reached(statuses, Step.DURABLE, on)
    counted = {
        "open_cases": statuses.open(),
        "silent": statuses.open().filter(watched(Watch.SILENT, on, organisation.pk)),
        "ending": statuses.open().filter(watched(Watch.PREHIRE_90, on, organisation.pk)),
        "hired": reached(statuses, Step.HIRED, on),
    }
    for name, rows in counted.items():
        for coach, number in rows.order_by().values_list("coach_id").annotate(number=Count("pk")):
            found[coach][name] = number
    for coach, number in Counter(durable.order_by().values_list("coach_id", flat=True)).items():
        found[coach]["durable"] = number
    lateness = late.order_by().values_list("case__coach_id").annotate(number=Count("case", distinct=True))
    for coach, number in lateness:
        found[coach]["late"] = number
    return found
