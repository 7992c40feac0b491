"""The path of a case as a drawing: where each stay, contract and contact stands on one line of time.

Places are hundredths of the width, so that nothing is scaled: a drawing made once fits a telephone, a desk and paper.
Periods are half-open; one without an end runs on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.rules.periods import ONE_DAY, Period, add_months

# What came before the entry is drawn for so many months at most; what is to come, for so many.
BEFORE_MONTHS = 3
AHEAD_MONTHS = 6
# Contracts of one time stand above one another, three at most.
MOST_LANES = 3
# Contacts nearer than that are one mark: a case of six years has a bounded drawing.
NEAREST = 0.45
# The width of a letter, in hundredths of a drawing on a desk or on paper, and on a telephone; what surrounds a word.
_LETTER_DESK, _LETTER_SMALL, _MARGIN = 0.75, 2.1, 1.2


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts: ``kind`` says how it is drawn, ``words`` what is written in it if there is room."""

    kind: str
    period: Period
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something of one day: held, missed, employer or planned."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as it is drawn; ``planned`` for its days to come. ``fits`` is "" , "desk" or "all"."""

    kind: str
    x: float
    width: float
    lane: int
    lanes: int
    planned: bool
    words: str
    title: str
    fits: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One mark, or several that are too near to be told apart."""

    kind: str
    x: float
    first: date
    last: date
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, of a quarter or of a year that is written."""

    on: date
    x: float
    wide_only: bool


@dataclass(frozen=True, slots=True)
class TrailShape:
    """What is drawn; ``today_x`` is ``None`` when the day lies outside, as long after an exit."""

    window: Period
    ticks: tuple[Tick, ...]
    phases: tuple[Bar, ...]
    works: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    today_x: float | None


def trail(phases: Sequence[Span], works: Sequence[Span], marks: Sequence[Mark], on: date) -> TrailShape:
    """Return the drawing of a case on the day ``on``.

    Raises:
        ValueError: a case has at least one phase.
    """
    if not phases:
        raise ValueError("a case has at least one phase")
    window = window_of(phases, works, marks, on)
    lanes = lanes_of([span.period for span in works])
    number = max(lanes, default=0) + 1
    return TrailShape(
        window=window,
        ticks=tuple(ticks_of(window)),
        phases=tuple(_bars(phases, [0] * len(phases), 1, window, on, to_come=False)),
        works=tuple(_bars(works, lanes, number, window, on, to_come=True)),
        dots=tuple(dots_of(marks, window)),
        today_x=place(on, window) if window.contains(on) else None,
    )


def window_of(phases: Sequence[Span], works: Sequence[Span], marks: Sequence[Mark], on: date) -> Period:
    """Return the months drawn, from the first of one to the first of another: all that happened, and what is near.

    A case that ended is drawn until its last fact; any other until today and what is planned, six months ahead at most.
    """
    entry = min(span.period.start for span in phases)
    firsts = [span.period.start for span in works] + [mark.on for mark in marks]
    first = max(min([entry, *firsts]), add_months(entry, -BEFORE_MONTHS))
    ended = any(span.kind == "EXIT" for span in phases)
    lasts = [mark.on for mark in marks] + [span.period.start for span in (*phases, *works)]
    lasts += [span.period.end for span in (*phases, *works) if span.period.end is not None]
    limit = add_months(on, AHEAD_MONTHS)
    last = max([day for day in lasts if day <= limit] + [entry] + ([] if ended else [on]))
    if any(day > limit for day in lasts):
        last = max(last, limit)
    start = first.replace(day=1)
    return Period(start, max(add_months(last.replace(day=1), 1), add_months(start, 2)))


def place(day: date, window: Period) -> float:
    """Return where a day begins, in hundredths of the width: 0 and 100 are the edges, nothing lies beyond."""
    length = window.days() or 1
    return min(max((day - window.start).days / length * 100, 0.0), 100.0)


def lanes_of(periods: Sequence[Period]) -> list[int]:
    """Return in which lane each period stands: the first that is free, and the last one when none is."""
    ends: list[date | None] = []
    found = [0] * len(periods)
    for index in sorted(range(len(periods)), key=lambda n: periods[n].start):
        period = periods[index]
        free = [n for n, end in enumerate(ends) if end is not None and end <= period.start]
        lane = free[0] if free else min(len(ends), MOST_LANES - 1)
        found[index] = lane
        if lane == len(ends):
            ends.append(period.end)
        elif free:
            ends[lane] = period.end
    return found


def ticks_of(window: Period) -> Iterable[Tick]:
    """Return the days that are written above: months up to a year and a half, quarters up to four, then years."""
    months = round((window.days() or 0) / 30.44)
    step = 1 if months <= 18 else 3 if months <= 48 else 12
    day = window.start
    if step > 1:
        day = day.replace(month=(day.month - 1) // step * step + 1)
    number = 0
    sparse = (months / step) > 6
    while window.end is not None and day < window.end:
        # A word that begins near the right edge would be cut.
        if day >= window.start and place(day, window) <= 96:
            yield Tick(day, place(day, window), wide_only=sparse and number % 3 != 0)
            number += 1
        day = add_months(day, step)


def dots_of(marks: Iterable[Mark], window: Period) -> Iterable[Dot]:
    """Return the marks from left to right, those of one kind that touch made one."""
    last: dict[str, Dot] = {}
    shut: list[Dot] = []
    for mark in sorted(marks, key=lambda one: one.on):
        if not window.contains(mark.on):
            continue
        x = place(mark.on, window)
        former = last.get(mark.kind)
        if former is not None and x - former.x < NEAREST:
            last[mark.kind] = Dot(mark.kind, former.x, former.first, mark.on, former.number + 1)
            continue
        if former is not None:
            shut.append(former)
        last[mark.kind] = Dot(mark.kind, x, mark.on, mark.on, 1)
    return sorted([*shut, *last.values()], key=lambda dot: (dot.x, dot.kind))


def _bars(
    spans: Sequence[Span], lanes: Sequence[int], number: int, window: Period, on: date, *, to_come: bool
) -> Iterable[Bar]:
    """The spans within the window. What is to come of one is drawn apart; a phase goes no further than today."""
    tomorrow = on + ONE_DAY
    for span, lane in zip(spans, lanes, strict=True):
        end = span.period.end or window.end or tomorrow
        if not to_come and span.period.end is None and span.kind != "EXIT":
            end = max(tomorrow, span.period.start + ONE_DAY)
        if end <= window.start or (window.end is not None and span.period.start >= window.end):
            continue
        # A phase of one day, as a hiring that becomes a follow-up at once, is seen all the same.
        end = max(end, span.period.start + timedelta(days=1))
        cut = min(max(span.period.start, tomorrow), end) if to_come else end
        pieces = [(span.period.start, cut, False), (cut, end, True)]
        told = [(start, stop, planned) for start, stop, planned in pieces if stop > start]
        for index, (start, stop, planned) in enumerate(told):
            x, right = place(start, window), place(stop, window)
            words = span.words if index == 0 else ""
            yield Bar(
                span.kind, x, max(right - x, 0.35), lane, number, planned, words, span.title, _fits(words, right - x)
            )


def _fits(words: str, width: float) -> str:
    if not words:
        return ""
    if len(words) * _LETTER_SMALL + _MARGIN <= width:
        return "all"
    return "desk" if len(words) * _LETTER_DESK + _MARGIN <= width else ""
