"""Which coach follows whom, and how each coach's day looks on the reference day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from demo.plan.calendar import previous_working_day
from demo.plan.courses import Course, Fate
from demo.plan.journeys import Journey
from demo.plan.plan_types import AssignmentPlan
from demo.plan.randomness import Dice
from demo.plan.staff import (
    DEMO_JOBCOACH,
    DEMO_ORGANISATION,
    DEMO_URGENCIES,
    DEPARTED_COACH,
    DEPARTED_DAYS,
    URGENCIES,
    coach_weights,
)

# What the demonstration's coach follows: something of everything.
DEMO_MIX = Counter(
    {
        Fate.EXPIRED: 1,
        Fate.CDI_REVIEW_DUE: 1,
        Fate.LONG_PATH: 2,
        Fate.CDD_ENDING_SOON: 2,
        Fate.CDD_PAST_WINDOW: 1,
        Fate.CDD_RUNNING: 2,
        Fate.CDD_BOUNCED: 2,
        Fate.HIRING: 1,
        Fate.FELL_THROUGH: 1,
        Fate.PREPARATORY: 1,
        Fate.SEARCHING: 4,
    }
)
LEFT_BEHIND = 2
HANDED_OVER = 7
HANDOVER_NOTE = "Passation à deux, en présence de la personne : plan d’action et rendez-vous repris tels quels."

# Days that the current phase must have lasted for a case to be that urgent, with a weekly cadence.
_AGE = {"no_shows": 40, "very_late": 36, "late": 22, "today": 9, "soon": 9, "on_track": 0}
_LATE_FIRST = tuple(_AGE)


def _shares(total: int, weights: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Share a number out in proportion to the weights (largest remainders)."""
    whole = sum(weight for _, weight in weights)
    shares = {coach: total * weight // whole for coach, weight in weights}
    order = sorted(weights, key=lambda row: (-(total * row[1] % whole), row[0]))
    for coach, _ in order[: total - sum(shares.values())]:
        shares[coach] += 1
    return shares


def allot(organisation: str, courses: Sequence[Course], journeys: Sequence[Journey], ref: date) -> list[str]:
    """Return the coach who carries each case now, or carried it last; loads follow the full-time equivalents."""
    dice = Dice("allot", organisation)
    found: list[str] = [""] * len(courses)
    weights = coach_weights(organisation)
    is_open = [i for i, course in enumerate(courses) if not course.is_closed]
    if organisation == DEMO_ORGANISATION:
        old = ref - timedelta(days=150)
        behind = [i for i in is_open if courses[i].fate is Fate.SEARCHING and journeys[i].opened_on < old]
        for i in behind[:LEFT_BEHIND]:
            found[i] = DEPARTED_COACH
        mix = DEMO_MIX.copy()
        for i in is_open:
            if not found[i] and mix[courses[i].fate] > 0:
                mix[courses[i].fate] -= 1
                found[i] = DEMO_JOBCOACH
        is_open = [i for i in is_open if found[i] != DEPARTED_COACH]
    for group in (is_open, [i for i, course in enumerate(courses) if course.is_closed]):
        shares = _shares(len(group), weights)
        for i in group:
            if found[i]:
                shares[found[i]] -= 1
        seats = dice.shuffled([coach for coach, share in shares.items() for _ in range(max(0, share))])
        for i in group:
            if not found[i]:
                found[i] = seats.pop()
    return found


def assignments(
    organisation: str, coaches: Sequence[str], journeys: Sequence[Journey], ref: date
) -> list[tuple[AssignmentPlan, ...]]:
    """Return who carried each case and when; a coach who left handed over some cases, and not all."""
    left = previous_working_day(ref - timedelta(days=DEPARTED_DAYS))
    before = ref - timedelta(days=150)
    found: list[tuple[AssignmentPlan, ...]] = []
    handed = 0
    for coach, journey in zip(coaches, journeys, strict=True):
        old = journey.closed_on is None and journey.opened_on < before
        if organisation == DEMO_ORGANISATION and coach != DEPARTED_COACH and old and handed < HANDED_OVER:
            handed += 1
            found.append(
                (
                    AssignmentPlan(DEPARTED_COACH, journey.opened_on, left, ""),
                    AssignmentPlan(coach, left, None, HANDOVER_NOTE),
                )
            )
        else:
            found.append((AssignmentPlan(coach, journey.opened_on, None, ""),))
    return found


def urgencies(organisation: str, coaches: Sequence[str], journeys: Sequence[Journey], ref: date) -> list[str]:
    """Return how urgent each case is to look: the most urgent go to cases old enough to be so."""
    found = [""] * len(coaches)
    for number, coach in enumerate(sorted(set(coaches))):
        mine = [i for i, c in enumerate(coaches) if c == coach and journeys[i].closed_on is None]
        pattern = DEMO_URGENCIES if coach == DEMO_JOBCOACH else URGENCIES
        wished = [
            pattern[(k + number) % len(pattern)] if coach != DEMO_JOBCOACH else pattern[k % len(pattern)]
            for k in range(len(mine))
        ]
        if coach == "ceppst/coach-2":
            wished[0] = "no_shows"
        if coach == DEPARTED_COACH:
            wished = ["very_late"] * len(mine)
        dice = Dice("urgency", coach)
        free = dice.shuffled(mine)
        for target in sorted(wished, key=_LATE_FIRST.index):
            fitting = [i for i in free if _may_be(target, journeys[i], ref)] or free
            found[fitting[0]] = target
            free.remove(fitting[0])
    return found


def _may_be(target: str, journey: Journey, ref: date) -> bool:
    """Whether the current phase is old enough; follow-up and preparation have slower cadences than a week."""
    spell = journey.spells[-1]
    slower = {"PREPARATORY": 24, "FOLLOW_UP": 14}.get(spell.phase, 0)
    needed = _AGE[target]
    if target == "no_shows" and spell.phase != "PRE_HIRE":
        return False
    return needed == 0 or (ref - spell.starts_on).days >= needed + slower
