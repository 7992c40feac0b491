"""What a coordinator watches: decisions, loads, lateness, deadlines, cases without anyone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Absence, User
from accounts.parameters import Key, value_on
from accounts.selectors.absences import absences_between
from beneficiaries.enums import ObstacleKind, ObstacleState
from beneficiaries.models import ExceptionRequest, Obstacle
from beneficiaries.selectors.exceptions import waiting_for_decision, what_words
from followup.models import CaseStatus, Deadline, RowAct
from followup.models.querysets import CaseStatusQuerySet
from followup.rules.kinds import DeadlineKind
from followup.rules.pace import Pace, read_seen
from followup.rules.watching import HORIZONS, Step, Watch
from followup.selectors.case_choices import numbers
from followup.selectors.row_acts import acts_of_page
from followup.selectors.tasks import OverdueTasks, overdue_by_coach
from followup.selectors.watching import reached, watched
from foundation.rules.periods import add_months
from inspection.report import pace_words
from method.rules.phases import Phase
from reporting.board.selectors.comparing import Compared, Readings, figure, readings
from reporting.board.selectors.figures import FIGURES
from reporting.board.selectors.loads import CoachLoad, Loads, carried, loads

LISTED = 15
#: the name of the number of requests that wait
WAITING = "requests"
SILENT_LISTED = 8


@dataclass(frozen=True, slots=True)
class Horizon:
    """Clocks that end within a number of days: the 24 months, the follow-ups, the contracts."""

    days: int
    prehire: int
    followup: int
    contracts: int


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody away now or within a month: how many open cases they carry, and who stands in."""

    absence: Absence
    cases: int
    replacement: User | None

    @property
    def is_uncovered(self) -> bool:
        """Whether people depend on somebody for whom nobody stands in."""
        return self.replacement is None and self.cases > 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on its row: what it asks, and the answer that was pressed on this page, which may be undone."""

    request: ExceptionRequest
    what: str
    done: RowAct | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody seen too rarely: where their case stands, and how often they were seen."""

    status: CaseStatus
    pace: Pace

    @property
    def words(self) -> str:
        """The average, beside what the cadence asks, in the words of the inspection report."""
        return pace_words(self.pace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything the page shows, computed for one day.

    ``late`` counts the people late to be seen, those of a coach who is no longer there included; ``counted`` holds the
    number of each thing watched and of each step, by its code.
    """

    on: date
    norm: int
    phases: Sequence[tuple[str, str, int]]
    by_coach: Mapping[UUID, Mapping[str, int]]
    loads: Loads
    horizons: Sequence[Horizon]
    silent: Sequence[Silent]
    absences: Sequence[Away]
    requests: Sequence[Asked]
    reviews: Sequence[Deadline]
    counted: Mapping[str, int]
    obstacles: Sequence[tuple[str, str, int]]
    overdue: Sequence[OverdueTasks]
    figures: Mapping[str, Compared]
    readings: Readings

    @property
    def coaches(self) -> Sequence[CoachLoad]:
        """The coaches of the page."""
        return self.loads.shown

    @property
    def open_cases(self) -> int:
        """Cases whose path runs."""
        return self.figures["open_cases"].value

    @property
    def waiting(self) -> int:
        """Requests that wait for a decision, shown or not."""
        return self.counted[WAITING]

    @property
    def late(self) -> int:
        """People late to be seen."""
        return self.figures["late"].value

    @property
    def silent_count(self) -> int:
        """Cases seen too rarely on average."""
        return self.counted[Watch.SILENT]


def dashboard(user: User, on: date, after: str = "", page: UUID | None = None) -> Dashboard:
    """The organisation's cases as they stand on a day; ``after`` is the coach that the page of loads follows, ``page``
    the key of the page on which answers were pressed.
    """
    here = user.current_organisation_id
    held = carried(user, on)
    by_coach, late = held.cases, held.late
    by_phase = {phase: sum(cases.get(phase, 0) for cases in by_coach.values()) for phase in Phase}
    statuses: CaseStatusQuerySet = CaseStatus.objects.visible_to(user)
    asked: dict[str, CaseStatusQuerySet] = {code: statuses.open().filter(watched(code, on, here)) for code in Watch}
    asked |= {step: reached(statuses, step, on) for step in Step}
    asked |= {f"obstacle-{kind}": statuses.open().filter(Exists(_standing(kind))) for kind in ObstacleKind.values}
    counting: dict[str, QuerySet[Any]] = {name: found.order_by() for name, found in asked.items()}
    counted = numbers(here, counting | {WAITING: waiting_for_decision(user).order_by()})
    kept = readings(user, on)
    now = {
        "open_cases": sum(by_phase.values()),
        "late": sum(number for number, _oldest in late.values()),
        "silent": counted[Watch.SILENT],
        "ending": counted[Watch.PREHIRE_90],
        "hired": counted[Step.HIRED],
        "durable": counted[Step.DURABLE],
    }
    obstacles = [(kind, str(label), counted[f"obstacle-{kind}"]) for kind, label in ObstacleKind.choices]
    return Dashboard(
        on=on,
        norm=value_on(Key.CASELOAD_NORM, on, here),
        phases=[(phase.value, str(phase.label), by_phase[phase]) for phase in Phase if phase != Phase.EXIT],
        by_coach=by_coach,
        loads=loads(user, on, held, after),
        horizons=[
            Horizon(days, *(counted[f"{clock}-{days}"] for clock in ("24-mois", "suivi", "contrat")))
            for days in HORIZONS
        ],
        silent=_silent(asked[Watch.SILENT], on),
        absences=_absences(user, on, {coach: sum(cases.values()) for coach, cases in by_coach.items()}),
        requests=_requests(user, page),
        reviews=_reviews(user, on),
        counted=counted,
        obstacles=sorted((one for one in obstacles if one[2]), key=lambda one: -one[2]),
        overdue=overdue_by_coach(user, on),
        figures={name: figure(name, now[name], kept, on) for name in FIGURES},
        readings=kept,
    )


def _standing(kind: str) -> QuerySet[Obstacle]:
    """The open obstacles of a kind, of the case of the outer row."""
    return Obstacle.objects.filter(case=OuterRef("case_id"), kind=kind).exclude(state=ObstacleState.LIFTED)


def _silent(found: CaseStatusQuerySet, on: date) -> list[Silent]:
    """Those who have been seen too rarely for longest; one statement."""
    rows = found.select_related("case__beneficiary", "coach").order_by("silent_from", "pk")[:SILENT_LISTED]
    return [Silent(row, read_seen(row.pace).until(on)) for row in rows]


def _requests(user: User, page: UUID | None) -> list[Asked]:
    """The exceptions that wait for a decision, the oldest first, and at their place those that were answered on this
    page; one statement, two where something was pressed.
    """
    pressed = acts_of_page(page, user) if page is not None else []
    answered = {UUID(act.made["request"]): act for act in pressed if "request" in act.made}
    rows = waiting_for_decision(user, answered)[: LISTED + len(answered)]
    return [Asked(row, what_words(row), answered.get(row.pk)) for row in rows]


def _reviews(user: User, on: date) -> list[Deadline]:
    """The suspensions without an end that are to be looked at again, the oldest first; one statement."""
    found = Deadline.objects.visible_to(user).of_kind(DeadlineKind.SUSPENSION_REVIEW).shown_on(on)
    return list(found.select_related("case__beneficiary", "case__coach").order_by("due_on", "pk")[:LISTED])


def _absences(user: User, on: date, by_coach: Mapping[UUID, int]) -> list[Away]:
    """Who is away on a day of the coming month, those for whom nobody stands in first. A closed account stands in for
    nobody; one statement.
    """
    found = [
        Away(
            absence=absence,
            cases=by_coach.get(absence.user_id, 0),
            replacement=absence.replacement if absence.replacement and absence.replacement.is_active else None,
        )
        for absence in absences_between(user, on, add_months(on, 1))
    ]
    return sorted(found, key=lambda away: not away.is_uncovered)
