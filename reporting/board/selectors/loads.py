"""The coaches with their load, what comes in eight weeks, and who is shown first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, DateField, Min, Q, Value
from django.db.models.functions import Cast

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


@dataclass(frozen=True, slots=True)
class Carried:
    """What each coach carries: open cases by phase, people late to be seen with the oldest day, open obstacles."""

    cases: dict[UUID, dict[str, int]]
    late: dict[UUID, tuple[int, date]]
    obstacles: dict[UUID, int]


# What the rows of one statement count beside the cases of a phase.
_LATE, _OBSTACLES = "late", "obstacles"


def carried(user: User, on: date) -> Carried:
    """What every coach of the organisation carries, those who left included; one statement."""
    none = Cast(Value(None), DateField())
    late = Deadline.objects.visible_to(user).of_kind(DeadlineKind.CONTACT).overdue_on(on)
    held = Obstacle.objects.filter(case__organisation=user.current_organisation_id, case__closed_on__isnull=True)
    parts = (
        CaseStatus.objects.visible_to(user)
        .open()
        .order_by()
        .values_list("coach_id", "phase")
        .annotate(number=Count("pk"), oldest=none),
        late.order_by()
        .annotate(counts=Value(_LATE))
        .values_list("case__coach_id", "counts")
        .annotate(number=Count("case", distinct=True), oldest=Min("due_on")),
        held.exclude(state=ObstacleState.LIFTED)
        .order_by()
        .annotate(counts=Value(_OBSTACLES))
        .values_list("case__coach_id", "counts")
        .annotate(number=Count("pk"), oldest=none),
    )
    found = Carried(defaultdict(dict), {}, {})
    for coach, counts, number, oldest in parts[0].union(*parts[1:], all=True):
        if counts == _LATE:
            found.late[coach] = (number, oldest)
        elif counts == _OBSTACLES:
            found.obstacles[coach] = number
        else:
            found.cases[coach][counts] = number
    return found


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
    held: Carried,
    after: str = "",
) -> Loads:
    """The active coaches, those who must be looked at first; two statements."""
    here = user.current_organisation_id
    norm, weights = Decimal(value_on(Key.CASELOAD_NORM, on, here)), weights_of(here, on)
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
        cases = held.cases.get(pk, {})
        load.norm, load.cases = norm * load.fte, sum(cases.values())
        load.load = weights.load(cases, held.obstacles.get(pk, 0))
        load.late, load.oldest = held.late.get(pk, (0, None))
    ranked = ordered(found.values(), _standing)
    shown, next_key = page_after(ranked, lambda load: str(load.coach.pk), after)
    _foresee(user, on, shown, weights)
    return Loads(shown, len(ranked), next_key, frozenset(found), weights)


def _standing(load: CoachLoad) -> Standing:
    name = f"{load.coach.last_name} {load.coach.first_name}".casefold()
    return Standing(load.over_by, load.late, load.oldest, name, str(load.coach.pk))


def _foresee(user: User, on: date, shown: Sequence[CoachLoad], weights: Weights) -> None:
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
    ends: dict[UUID, list[tuple[date, Decimal]]] = {load.coach.pk: [] for load in shown}
    entered = dict.fromkeys(ends, 0)
    for coach, phase, prehire, followup, opened_on in rows:
        day = followup if phase == Phase.FOLLOW_UP else prehire
        if day is not None and on < day < until:
            ends[coach].append((max(day, monday + timedelta(days=7)), weights.load({phase: 1}, 0)))
        entered[coach] += opened_on > since
    for load in shown:
        pk = load.coach.pk
        load.weeks = forecast(load.load, ends[pk], entered[pk], monday, entry=weights.load({Phase.PREPARATORY: 1}, 0))
        load.outlook = concluded(load.weeks, load.norm, monday)
