"""The coaches with their load, what comes in eight weeks, and who is shown first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Min, Q

from accounts.enums import COACHING_ROLES
from accounts.models import Membership, User
from accounts.parameters import Key, value_on
from beneficiaries.enums import ObstacleState
from beneficiaries.models import Obstacle
from followup.models import CaseStatus, Deadline
from followup.rules.kinds import DeadlineKind
from method.rules.phases import Phase
from reporting.board.rules.matter import Standing, ordered, page_after
from reporting.board.rules.mondays import WEEK, monday_of
from reporting.board.rules.outlook import PACE_WEEKS, WEEKS, Outlook, concluded, forecast
from reporting.board.rules.weighing import Weights


@dataclass(slots=True)
class CoachLoad:
    """One coach: how many open cases, what they weigh against the norm, how many are late and since when; and, of
    those that are shown, what comes.
    """

    coach: User
    fte: Decimal
    norm: Decimal
    cases: int = 0
    load: Decimal = Decimal(0)
    late: int = 0
    oldest: date | None = None
    weeks: tuple[Decimal, ...] = ()
    outlook: Outlook | None = field(default=None)

    @property
    def over_by(self) -> Decimal:
        """People above the norm, 0 when within it."""
        return max(Decimal(0), self.load - self.norm)


@dataclass(frozen=True, slots=True)
class Loads:
    """The coaches of one page, how many there are, the key that the next page follows, and who works here."""

    shown: Sequence[CoachLoad]
    number: int
    next_key: str
    active: frozenset[UUID]
    weights: Weights


def counts(user: User) -> dict[UUID, dict[str, int]]:
    """Open cases by coach and phase; one statement."""
    found: dict[UUID, dict[str, int]] = {}
    rows = CaseStatus.objects.visible_to(user).open().order_by().values_list("coach_id", "phase")
    for coach, phase, number in rows.annotate(number=Count("pk")):
        found.setdefault(coach, {})[phase] = number
    return found


def lateness(user: User, on: date) -> dict[UUID, tuple[int, date]]:
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


def weights_of(organisation_id: UUID | None, on: date) -> Weights:
    """What the house says that a case weighs on a day."""
    return Weights(
        {
            Phase.PREPARATORY: value_on(Key.WEIGHT_PREPARATORY, on, organisation_id),
            Phase.PRE_HIRE: value_on(Key.WEIGHT_PRE_HIRE, on, organisation_id),
            Phase.HIRE: value_on(Key.WEIGHT_HIRE, on, organisation_id),
            Phase.FOLLOW_UP: value_on(Key.WEIGHT_FOLLOW_UP, on, organisation_id),
        },
        value_on(Key.WEIGHT_OBSTACLE, on, organisation_id),
    )


def loads(
    user: User,
    on: date,
    by_coach: Mapping[UUID, Mapping[str, int]],
    late: Mapping[UUID, tuple[int, date]],
    after: str = "",
) -> Loads:
    """The active coaches, those who must be looked at first; two statements, one more where obstacles weigh."""
    here = user.current_organisation_id
    norm, weights = Decimal(value_on(Key.CASELOAD_NORM, on, here)), weights_of(here, on)
    obstacles = _obstacles(user) if weights.obstacle else {}
    memberships = (
        Membership.objects.visible_to(user)
        .active_on(on)
        .with_role(*COACHING_ROLES)
        .filter(user__is_active=True)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "user_id")
    )
    found: dict[UUID, CoachLoad] = {}
    for membership in memberships:
        load = found.setdefault(membership.user_id, CoachLoad(membership.user, Decimal(0), Decimal(0)))
        load.fte += membership.fte
    for pk, load in found.items():
        cases = by_coach.get(pk, {})
        load.norm, load.cases = norm * load.fte, sum(cases.values())
        load.load = weights.load(cases, obstacles.get(pk, 0))
        load.late, load.oldest = late.get(pk, (0, None))
    ranked = ordered(found.values(), _standing)
    shown, next_key = page_after(ranked, lambda load: str(load.coach.pk), after)
    _foresee(user, on, shown)
    return Loads(shown, len(ranked), next_key, frozenset(found), weights)


def _standing(load: CoachLoad) -> Standing:
    name = f"{load.coach.last_name} {load.coach.first_name}".casefold()
    return Standing(load.over_by, load.late, load.oldest, name, str(load.coach.pk))


def _obstacles(user: User) -> dict[UUID, int]:
    """Open obstacles of open cases, by coach; one statement."""
    rows = Obstacle.objects.filter(case__organisation=user.current_organisation_id, case__closed_on__isnull=True)
    standing = rows.exclude(state=ObstacleState.LIFTED).order_by().values_list("case__coach_id")
    return dict(standing.annotate(number=Count("pk")))


def _foresee(user: User, on: date, shown: Sequence[CoachLoad]) -> None:
    """Tell of these coaches what eight weeks bring: clocks and follow-ups that end, the pace of entries that stayed.
    One statement.
    """
    monday = monday_of(on)
    since, until = on - PACE_WEEKS * WEEK, on + (WEEKS + 1) * WEEK
    ending = Q(prehire_deadline__gt=on, prehire_deadline__lt=until) & ~Q(phase=Phase.FOLLOW_UP)
    ending |= Q(phase=Phase.FOLLOW_UP, followup_deadline__gt=on, followup_deadline__lt=until)
    rows = (
        CaseStatus.objects.visible_to(user)
        .open()
        .filter(ending | Q(case__opened_on__gt=since), coach__in=[load.coach.pk for load in shown])
        .order_by()
        .values_list("coach_id", "phase", "prehire_deadline", "followup_deadline", "case__opened_on")
    )
    ends: dict[UUID, list[date]] = {load.coach.pk: [] for load in shown}
    entered = dict.fromkeys(ends, 0)
    for coach, phase, prehire, followup, opened_on in rows:
        day = followup if phase == Phase.FOLLOW_UP else prehire
        if day is not None and on < day < until:
            ends[coach].append(max(day, monday + timedelta(days=7)))
        entered[coach] += opened_on > since
    for load in shown:
        pk = load.coach.pk
        load.weeks = forecast(load.load, ends[pk], entered[pk], monday)
        load.outlook = concluded(load.weeks, load.norm, monday)
