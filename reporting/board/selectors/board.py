"""What a coordinator watches: loads, lateness, deadlines, cases without anyone. A bounded number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from accounts.enums import COACHING_ROLES
from accounts.models import Absence, Membership, User
from accounts.parameters import Key, value_on
from accounts.selectors.absences import absences_between
from beneficiaries.selectors.exceptions import ExceptionLine, waiting_for_decision, what_words
from followup.models import CaseStatus, Deadline
from followup.models.querysets import suspensions_covering
from followup.rules.kinds import DeadlineKind
from followup.rules.pace import Pace, read_seen
from foundation.rules.periods import add_months
from inspection.report import pace_words
from method.rules.phases import Phase

HORIZONS = (30, 60, 90)
LISTED = 15


@dataclass(slots=True)
class CoachLoad:
    """One coach: how many open cases against the norm, how many are late and since when."""

    coach: User
    fte: Decimal
    norm: Decimal
    cases: int = 0
    late: int = 0
    oldest: date | None = None

    @property
    def over_by(self) -> Decimal:
        """Cases above the norm, 0 when within it."""
        return max(Decimal(0), self.cases - self.norm)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Clocks that end within a number of days: the 24 months, and the follow-up windows."""

    days: int
    prehire: int
    followup: int


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
class Silent:
    """Somebody seen too rarely: where their case stands, and how often they were seen."""

    status: CaseStatus
    pace: Pace

    @property
    def words(self) -> str:
        """The average, beside what the cadence asks, in the words of the inspection report."""
        return pace_words(self.pace)


@dataclass(slots=True)
class Dashboard:
    """Everything the page shows, computed for one day."""

    on: date
    norm: int
    open_cases: int
    phases: list[tuple[str, str, int]]
    coaches: list[CoachLoad]
    horizons: list[Horizon]
    expired: list[CaseStatus]
    ending: list[CaseStatus]
    silent: list[Silent]
    silent_count: int
    orphans: list[CaseStatus]
    absences: list[Away]
    uncovered: list[CaseStatus]
    unchecked: int
    requests: list[ExceptionLine]
    reviews: list[Deadline]
    # People late to be seen, those of a coach who is no longer there included.
    late: int


def dashboard(user: User, on: date) -> Dashboard:
    """The organisation's cases as they stand on a day."""
    statuses = CaseStatus.objects.visible_to(user).open()
    by_phase, by_coach = _counts(statuses)
    lateness = _lateness(user, on)
    loads = _loads(user, on, by_coach, lateness)
    active = {load.coach.pk for load in loads}
    absent = _absences(user, on, by_coach)
    left_alone = [away.absence.user_id for away in absent if away.is_uncovered and away.absence.has_begun(on)]
    # The average that the inspection reproaches, as it stands today. Of somebody suspended nothing is asked today.
    due = Q(silent_until__isnull=True) | Q(silent_until__gt=on)
    silent = due & Q(~Exists(suspensions_covering(OuterRef("case_id"), on)), silent_from__lte=on)
    horizons, numbers = _numbers(
        statuses,
        on,
        silent=silent,
        unchecked=~Q(phase=Phase.PREPARATORY) & Q(case__eligibility__isnull=True),
        reviews=Q(Exists(_to_review(user, on).filter(case=OuterRef("case")))),
    )
    ending = statuses.filter(prehire_deadline__gt=on, prehire_deadline__lte=on + timedelta(days=HORIZONS[-1]))
    return Dashboard(
        on=on,
        norm=value_on(Key.CASELOAD_NORM, on, user.current_organisation_id),
        open_cases=sum(by_phase.values()),
        phases=[(p.value, str(p.label), by_phase[p.value]) for p in Phase if p != Phase.EXIT],
        coaches=loads,
        horizons=horizons,
        expired=_listed(statuses.with_expired_clock(on), "prehire_deadline"),
        ending=_listed(ending, "prehire_deadline"),
        silent=[Silent(row, read_seen(row.pace).until(on)) for row in _listed(statuses.filter(silent), "silent_from")],
        silent_count=numbers["silent"],
        orphans=_listed(statuses.exclude(coach__in=active), "phase_started_on") if by_coach.keys() - active else [],
        absences=absent,
        uncovered=_listed(statuses.filter(coach__in=left_alone), "phase_started_on") if left_alone else [],
        unchecked=numbers["unchecked"],
        requests=_requests(user),
        reviews=_reviews(user, on) if numbers["reviews"] else [],
        late=sum(number for number, _oldest in lateness.values()),
    )


def _requests(user: User) -> list[ExceptionLine]:
    """The exceptions that wait for a decision, the oldest first; one statement."""
    return [
        ExceptionLine(request=row, what=what_words(row), tone="warn", icon="hourglass")
        for row in waiting_for_decision(user)[:LISTED]
    ]


def _reviews(user: User, on: date) -> list[Deadline]:
    """The suspensions without an end that are to be looked at again, the oldest first; one statement."""
    found = _to_review(user, on).select_related("case__beneficiary", "case__coach").order_by("due_on", "pk")
    return list(found[:LISTED])


def _to_review(user: User, on: date) -> QuerySet[Deadline]:
    """The deadlines of suspensions without an end that are shown on a day."""
    found: QuerySet[Deadline] = Deadline.objects.visible_to(user).of_kind(DeadlineKind.SUSPENSION_REVIEW).shown_on(on)
    return found


def _absences(user: User, on: date, by_coach: dict[UUID, int]) -> list[Away]:
    """Who is away on a day of the coming month. A closed account stands in for nobody; one statement."""
    return [
        Away(
            absence=absence,
            cases=by_coach.get(absence.user_id, 0),
            replacement=absence.replacement if absence.replacement and absence.replacement.is_active else None,
        )
        for absence in absences_between(user, on, add_months(on, 1))
    ]


def _counts(statuses: QuerySet[CaseStatus]) -> tuple[dict[str, int], dict[UUID, int]]:
    """Open cases by phase and by coach; one statement."""
    by_phase: dict[str, int] = defaultdict(int)
    by_coach: dict[UUID, int] = defaultdict(int)
    rows = statuses.order_by("coach_id", "phase").values_list("coach_id", "phase").annotate(number=Count("pk"))
    for coach, phase, number in rows:
        by_phase[phase] += number
        by_coach[coach] += number
    return by_phase, by_coach


def _lateness(user: User, on: date) -> dict[UUID, tuple[int, date]]:
    """People late to be seen, by coach, and the oldest day one was due; one statement."""
    rows = (
        Deadline.objects.visible_to(user)
        .of_kind(DeadlineKind.CONTACT)
        .overdue_on(on)
        .order_by("case__coach_id")
        .values_list("case__coach_id")
        .annotate(number=Count("case", distinct=True), oldest=Min("due_on"))
    )
    return {coach: (number, oldest) for coach, number, oldest in rows}


def _loads(user: User, on: date, by_coach: dict[UUID, int], lateness: dict[UUID, tuple[int, date]]) -> list[CoachLoad]:
    """The active coaches with their load; those whom the norm leaves most behind first. One statement."""
    norm = Decimal(value_on(Key.CASELOAD_NORM, on, user.current_organisation_id))
    memberships = (
        Membership.objects.visible_to(user)
        .active_on(on)
        .with_role(*COACHING_ROLES)
        .filter(user__is_active=True)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "user_id")
    )
    loads: dict[UUID, CoachLoad] = {}
    for membership in memberships:
        load = loads.setdefault(membership.user_id, CoachLoad(membership.user, Decimal(0), Decimal(0)))
        load.fte += membership.fte
    for pk, load in loads.items():
        load.norm = norm * load.fte
        load.cases = by_coach.get(pk, 0)
        load.late, load.oldest = lateness.get(pk, (0, None))
    return sorted(loads.values(), key=lambda load: (-load.over_by, -load.late))


def _numbers(statuses: QuerySet[CaseStatus], on: date, **counted: Q) -> tuple[list[Horizon], dict[str, int]]:
    """How many clocks end within each horizon, and how many cases each condition counts; one statement."""
    wanted: dict[str, Any] = {name: Count("pk", filter=condition) for name, condition in counted.items()}
    for days in HORIZONS:
        until = on + timedelta(days=days)
        for name in ("prehire_deadline", "followup_deadline"):
            wanted[f"{name}_{days}"] = Count("pk", filter=Q(**{f"{name}__gt": on, f"{name}__lte": until}))
    found = statuses.aggregate(**wanted)
    return [Horizon(d, found[f"prehire_deadline_{d}"], found[f"followup_deadline_{d}"]) for d in HORIZONS], found


def _listed(statuses: QuerySet[CaseStatus], order: str) -> list[CaseStatus]:
    """The first rows, with what a line of the page shows; one statement."""
    rows: Iterable[CaseStatus] = statuses.select_related("case__beneficiary", "coach").order_by(order, "pk")[:LISTED]
    return list(rows)
