"""What is to be done about a case: what people wrote, what the house asks in its phase; overdue tasks by coach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, QuerySet, Subquery

from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.models import CaseTask, ChecklistLine, TeamMeeting
from followup.rules.tasks import ON_THE_DAY, AskedInPhase, asked_lines
from foundation.rules.periods import Period
from method.rules.phases import Phase
from method.rules.urgency import THIS_WEEK_DAYS

# What was done stays beside the thread so long.
SHOWN_DAYS = 14


@dataclass(frozen=True, slots=True)
class CaseToDo:
    """The tasks of a case that wait, the lines of the house that wait, and what was done lately."""

    open: Sequence[CaseTask]
    asked: Sequence[AskedInPhase]
    done: Sequence[CaseTask]


@dataclass(frozen=True, slots=True)
class OverdueTasks:
    """How many tasks of the cases of a coach are late, and the oldest day."""

    coach: str
    coach_id: UUID
    number: int
    oldest: date


def as_asked(line: ChecklistLine) -> AskedInPhase:
    """A line as the rules read it."""
    return AskedInPhase(line.pk, line.phase, line.words, Period(line.starts_on, line.ends_on))


def with_to_do(cases: QuerySet[CoachingCase]) -> QuerySet[CoachingCase]:
    """The cases, each with whether tasks were written of it and whether its house asks anything: what is not there then
    costs no statement.
    """
    tasks = CaseTask.objects.filter(case=OuterRef("pk"))
    lines = ChecklistLine.objects.filter(organisation=OuterRef("organisation"))
    return cases.annotate(has_tasks=Exists(tasks), has_lines=Exists(lines))


def to_do(case: CoachingCase, on: date) -> CaseToDo:
    """What is to be done about a case; at most two statements, fewer for one that was read `with_to_do`."""
    written = CaseTask.objects.filter(case=case).order_by("due_on", "created_at")
    tasks = list(written) if getattr(case, "has_tasks", True) else []
    since = on - timedelta(days=SHOWN_DAYS)
    done = [task for task in tasks if task.done_on is not None and task.done_on >= since]
    if not case.is_open:
        return CaseToDo((), (), done)
    phase = max(case.spells.all(), key=lambda spell: spell.sequence).phase
    known = ChecklistLine.objects.filter(organisation=case.organisation_id, phase=phase)
    lines = list(known) if getattr(case, "has_lines", True) else []
    answered = {task.line_id for task in tasks if task.line_id is not None}
    waiting = sorted((t for t in tasks if t.done_on is None), key=lambda t: (t.due_on is None, t.due_on or on))
    return CaseToDo(waiting, asked_lines(map(as_asked, lines), phase, answered, on), done)


def due_tasks(user: User, on: date, cases: Iterable[UUID]) -> Mapping[UUID, list[CaseTask]]:
    """The tasks that stand on the rows of a coach's day, by case, the earliest first; one statement."""
    limit = on + timedelta(days=THIS_WEEK_DAYS)
    found: dict[UUID, list[CaseTask]] = defaultdict(list)
    tasks = CaseTask.objects.visible_to(user).in_care_of(user).open()
    for task in tasks.filter(case__in=list(cases), doer__in=ON_THE_DAY, due_on__lte=limit).order_by("due_on", "pk"):
        found[task.case_id].append(task)
    return found


def overdue_by_coach(user: User, on: date) -> list[OverdueTasks]:
    """How many tasks are late in the organisation of a coordinator, by the coach of the case, the oldest first; one
    statement.
    """
    rows = (
        CaseTask.objects.visible_to(user)
        .overdue_on(on)
        .order_by()
        .values_list("case__coach_id", "case__coach__first_name", "case__coach__last_name")
        .annotate(number=Count("pk"), oldest=Min("due_on"))
    )
    found = [OverdueTasks(f"{first} {last}".strip(), key, number, oldest) for key, first, last, number, oldest in rows]
    return sorted(found, key=lambda one: (one.oldest, one.coach))


def team_tasks(user: User) -> QuerySet[CaseTask]:
    """The open tasks that somebody may read, those without a day last."""
    open_ones: QuerySet[CaseTask] = CaseTask.objects.visible_to(user).open()
    found = open_ones.select_related("case__beneficiary", "case__coach")
    return found.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")


def first_due() -> Subquery:
    """By when the first task is to be done that waits for whoever carries the case of the outer row."""
    tasks = CaseTask.objects.filter(
        case=OuterRef("pk"), done_on__isnull=True, doer__in=ON_THE_DAY, due_on__isnull=False
    )
    return Subquery(tasks.order_by("due_on").values("due_on")[:1])


def meetings_of(user: User) -> QuerySet[TeamMeeting]:
    """The meetings of a team, the latest first, with what was decided of cases."""
    decided = CaseTask.objects.select_related("case__beneficiary").order_by("created_at")
    found: QuerySet[TeamMeeting] = TeamMeeting.objects.visible_to(user).prefetch_related(Prefetch("tasks", decided))
    return found.order_by("-on", "-created_at")


def lines_by_phase(user: User) -> list[tuple[str, list[ChecklistLine]]]:
    """What an organisation asks, or asked, phase by phase: a label and its lines; one statement."""
    lines = list(ChecklistLine.objects.visible_to(user).order_by("created_at"))
    return [
        (str(label), [line for line in lines if line.phase == code])
        for code, label in Phase.choices
        if code != Phase.EXIT
    ]
