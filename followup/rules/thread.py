"""How the thread of a case folds: what is near by weeks, quiet weeks in one line, what is old by months.

What is due or missed never folds: an absence, a step, a warning keep their week open.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# So many weeks before the last fact are read week by week; what came before, month by month.
NEAR_WEEKS = 9
# A week whose contacts lasted no longer than that, and where nothing else happened, is quiet. The last two never are.
QUIET_MINUTES = 30
_LOUD_WEEKS = 2
# So many lines stand in one page; what lies beyond is opened month by month.
MOST_LINES = 120


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the thread: its day, its minutes, and whether it is a plain contact that may be folded."""

    on: date
    minutes: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that stand together, newest first, by their places in the thread.

    ``kind`` is week, quiet (folded to one line) or month. ``first`` is the first day, ``last`` the last one, included.
    ``whole`` is false for a month whose lines are read on a page of their own.
    """

    kind: str
    first: date
    last: date
    places: tuple[int, ...]
    whole: bool = True


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def folded(
    happenings: Sequence[Happening], on: date, *, opened: date | None = None, fold: bool = True
) -> tuple[Stretch, ...]:
    """Return the thread in stretches, newest first; each line stands in exactly one.

    Args:
        happenings: newest first.
        on: today.
        opened: a day of the old month that is read whatever its size.
        fold: whether quiet weeks fold; what was searched for never does.
    """
    past = [one.on for one in happenings if one.on <= on]
    anchor = monday_of(max(past, default=on))
    near = anchor - timedelta(weeks=NEAR_WEEKS - 1)
    found: list[Stretch] = []
    lines = 0
    for week, places in _by(happenings, monday_of):
        if week < near or lines >= MOST_LINES:
            break
        found.append(_week(week, places, happenings, fold and week <= anchor - timedelta(weeks=_LOUD_WEEKS)))
        lines += len(places)
    shown = sum(len(one.places) for one in found)
    rest = happenings[shown:]
    for month, places in _by(rest, lambda day: day.replace(day=1)):
        wanted = opened is not None and month == opened.replace(day=1)
        whole = wanted or lines + len(places) <= MOST_LINES
        lines += len(places) if whole and not wanted else 0
        own = tuple(place + shown for place in places)
        found.append(Stretch("month", rest[places[-1]].on, rest[places[0]].on, own, whole))
    return tuple(_joined(found))


def _by(happenings: Sequence[Happening], key: Callable[[date], date]) -> Iterator[tuple[date, tuple[int, ...]]]:
    current: date | None = None
    places: list[int] = []
    for place, one in enumerate(happenings):
        if current is not None and key(one.on) != current:
            yield current, tuple(places)
            places = []
        current = key(one.on)
        places.append(place)
    if current is not None:
        yield current, tuple(places)


def _week(monday: date, places: tuple[int, ...], happenings: Sequence[Happening], may_fold: bool) -> Stretch:
    own = [happenings[place] for place in places]
    quiet = may_fold and all(one.plain for one in own) and sum(one.minutes for one in own) <= QUIET_MINUTES
    return Stretch("quiet" if quiet else "week", monday, monday + timedelta(days=6), places)


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Quiet weeks that follow one another are one."""
    held: Stretch | None = None
    for one in stretches:
        if held is not None and one.kind == "quiet":
            held = Stretch("quiet", one.first, held.last, (*held.places, *one.places))
            continue
        if held is not None:
            yield held
        held = one if one.kind == "quiet" else None
        if held is None:
            yield one
    if held is not None:
        yield held
