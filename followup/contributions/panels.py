"""What this app adds to the pages of others: the next contact in the header of a case, talks with firms, habits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from accounts.models import Organisation, User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from employers.registries import Talk
from followup.enums import Channel
from followup.models import CaseStatus, Contact
from followup.selectors.clocks import chain_of, is_expired
from followup.selectors.thread_acts import appointment_acts
from followup.selectors.trail import trail_of, with_marks
from placements.rules.course import PrehireCourse
from placements.selectors.clocks_shown import clocks_in_line


def next_contact_panel(case: CoachingCase, user: User, on: date) -> Mapping[str, Any]:
    """When the next contact is due, when the last took place, what is planned, and the path; one statement."""
    found = CaseStatus.objects.with_due(on).with_next_appointment(on).annotate(**with_marks(on))
    status = found.get(case=case)
    may_change = allows(user, "beneficiaries.change_case", case)
    may_plan = case.is_open and not is_expired(status, on) and may_change
    planned = appointment_acts(case, status.planned_id, status.planned_on, on) if status.planned_id else []
    return {
        "status": status,
        "chain": chain_of(status, on),
        "trail": trail_of(case, status, on),
        "can_plan": may_plan,
        "acts": planned if may_change else [],
    }


def next_contact_line(case: CoachingCase, user: User, on: date) -> Mapping[str, Any]:
    """Where the case stands, both clocks, and when the next contact is due: two statements for the page of an act."""
    status = CaseStatus.objects.with_due(on).get(case=case)
    course = PrehireCourse.read(status.prehire_started_on, status.prehire_course)
    return {"status": status, "chain": chain_of(status, on), "clocks": clocks_in_line(case, course, on)}


def talks(companies: Sequence[UUID]) -> Iterable[Talk]:
    """Talks with employers about somebody we coach: the latest of each of us with each firm, by channel."""
    rows = (
        Contact.objects.held()
        .with_employer()
        .filter(company__in=companies)
        .order_by()
        .values_list("company_id", "coach_id", "coach__first_name", "coach__last_name", "channel")
        .annotate(latest=Max("on"))
    )
    for company_id, coach_id, first_name, last_name, channel, latest in rows:
        yield Talk(
            company_id=company_id,
            on=latest,
            coach_id=coach_id,
            coach=f"{first_name} {last_name}".strip(),
            how=str(Channel(channel).label),
            about_someone=True,
        )


def cases_by_project(coach: User, organisation: Organisation, on: date) -> Mapping[UUID, int]:
    """How many open cases a coach follows in each project; one statement."""
    cases = CoachingCase.objects.filter(coach=coach, organisation=organisation, project__isnull=False)
    found = cases.filter(closed_on__isnull=True).order_by().values_list("project_id").annotate(number=Count("pk"))
    return {project_id: number for project_id, number in found if project_id}
