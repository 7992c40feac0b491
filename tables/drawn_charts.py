"""Charts made of shapes: stacked bars, a line with last year's, a funnel, a path. They know no trade.

One form for all: words, shapes in percent of the width and pixels of the height, and the same figures as a table. The
same drawing stands on the screen and on paper. Nothing is told by colour alone: parts stand in one order with their
numbers in them, last year is dashed, steps carry their words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.text import slugify

from foundation.formatting import date_words, number_words

ROW, BAR, TOP = 40, 14, 20
KEY = 18
#: narrower than that a part holds no number: the table does
ROOM = 8.0
LEFT, RIGHT, CEILING, FLOOR = 8.0, 94.0, 12, 112


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: left and width in percent, top and height in pixels, and the name of its look."""

    x: str
    y: int
    width: str
    height: int
    look: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line between two points, in percent of the width and pixels of the height; dashed or not."""

    x1: str
    y1: str
    x2: str
    y2: str
    look: str
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place: `anchor` is start, middle or end."""

    x: str
    y: int
    said: str
    anchor: str = "start"
    look: str = "chart-label"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready for its template, with the table that says the same."""

    title: str
    description: str
    height: int
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    rects: Sequence[Rect] = ()
    strokes: Sequence[Stroke] = ()
    words: Sequence[Words] = ()

    @property
    def slug(self) -> str:
        """The stem of the ids inside the drawing."""
        return f"drawn-{slugify(self.title)}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _described(rows: Sequence[Sequence[str]]) -> str:
    return " ".join(f"{row[0]} : {', '.join(row[1:])}." for row in rows)


def stacked(title: str, label: str, parts: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> Drawing:
    """Bars cut into the same parts in the same order, on one scale; at most four parts have a look of their own."""
    top = max([sum(values) for _name, values in rows], default=0) or 1
    rects: list[Rect] = []
    words: list[Words] = []
    for place, (name, values) in enumerate(rows):
        y, at = place * ROW, 0.0
        words.append(Words("0", y + 13, name))
        words.append(Words("100%", y + 13, number_words(sum(values)), "end", "chart-value"))
        rects.append(Rect("0", y + TOP, "100%", BAR, "chart-track"))
        for number, value in enumerate(values):
            width = max(value, 0) * 100 / top
            if width:
                rects.append(
                    Rect(_percent(at), y + TOP, _percent(width), BAR, f"chart-part chart-part-{number % 4 + 1}")
                )
            if width >= ROOM:
                words.append(Words(_percent(at + width / 2), y + TOP + 11, number_words(value), "middle", "chart-in"))
            at += width
    said = [[name, *map(number_words, values), number_words(sum(values))] for name, values in rows]
    # The names of the parts, two a line: there is room for them on a telephone.
    under = max(len(rows), 1) * ROW
    for place, part in enumerate(parts):
        at, y = place % 2 * 50, under + 4 + place // 2 * KEY
        rects.append(Rect(_percent(at), y, "3%", 10, f"chart-part chart-part-{place % 4 + 1}"))
        words.append(Words(_percent(at + 4), y + 10, part))
    return Drawing(
        title, _described(said), under + 4 + (len(parts) + 1) // 2 * KEY, (label, *parts, "Σ"), said, rects, (), words
    )


def with_last_year(
    title: str,
    label: str,
    names: tuple[str, str],
    ticks: Sequence[str],
    now: Sequence[int | None],
    year: Sequence[int | None],
) -> Drawing:
    """Two lines on one scale from zero, this year's whole and last year's dashed; a hole interrupts a line."""
    known = [value for value in (*now, *year) if value is not None]
    top = max([*known, 1])

    def x(place: int) -> float:
        return LEFT + (RIGHT - LEFT) * (place / (len(ticks) - 1) if len(ticks) > 1 else 1)

    def y(value: float) -> float:
        return FLOOR - (FLOOR - CEILING) * value / top

    strokes = [
        Stroke(_percent(LEFT), f"{y(level):.1f}", _percent(RIGHT), f"{y(level):.1f}", "chart-level")
        for level in (0, top)
    ]
    for values, look, dash in ((year, "chart-curve chart-curve-2", "5 4"), (now, "chart-curve chart-curve-1", "")):
        for place, (one, following) in enumerate(pairwise(values)):
            if one is not None and following is not None:
                ends = (_percent(x(place)), f"{y(one):.1f}", _percent(x(place + 1)), f"{y(following):.1f}")
                strokes.append(Stroke(*ends, look, dash))
    words = [Words(_percent(LEFT - 1), round(y(level)) + 4, number_words(level), "end") for level in (0, top)]
    last = len(ticks) - 1
    words += [
        Words(_percent(x(place)), FLOOR + 18, tick, "end" if place == last and last else "middle")
        for place, tick in enumerate(ticks)
        if place == last or (place % 2 == 0 and place < last - 1)
    ]
    for place, (name, look, dash) in enumerate(
        ((names[0], "chart-curve chart-curve-1", ""), (names[1], "chart-curve chart-curve-2", "5 4"))
    ):
        at, y_key = LEFT + place * 45, f"{FLOOR + 36}"
        strokes.append(Stroke(_percent(at), y_key, _percent(at + 5), y_key, f"{look}", dash))
        words.append(Words(_percent(at + 6), FLOOR + 40, name))
    if now and now[-1] is not None:
        words.append(Words("100%", round(y(now[-1])) + 4, number_words(now[-1]), "end", "chart-value"))

    def said(value: int | None) -> str:
        return "–" if value is None else number_words(value)

    rows = [[tick, said(one), said(ago)] for tick, one, ago in zip(ticks, now, year, strict=True)]
    return Drawing(title, _described(rows), FLOOR + 24 + KEY, (label, *names), rows, (), strokes, words)


def funnel(title: str, columns: tuple[str, str, str, str], steps: Sequence[tuple[str, int]]) -> Drawing:
    """Steps that each hold the next, centred one under the other; the share of the first and of the step before."""
    first = steps[0][1] if steps else 0
    rects, words, rows = [], [], []
    before = first
    for place, (name, value) in enumerate(steps):
        width = min(max(value, 0) * 100 / first, 100) if first else 0
        shares = [f"{round(100 * value / whole)} %" if whole else "–" for whole in (first, before)]
        words.append(Words("0", place * ROW + 13, name))
        words.append(Words("100%", place * ROW + 13, f"{number_words(value)} · {shares[0]}", "end", "chart-value"))
        rects.append(
            Rect(_percent((100 - width) / 2), place * ROW + TOP, _percent(width), BAR, "chart-bar chart-bar-accent")
        )
        rows.append([name, number_words(value), *shares])
        before = value
    return Drawing(title, _described(rows), max(len(steps), 1) * ROW, columns, rows, rects, (), words)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day to another, both included, on a line of its own kind; its words stand in the table."""

    lane: str
    first: date
    last: date
    said: str


def path(title: str, columns: tuple[str, str, str, str], stretches: Sequence[Stretch]) -> Drawing:
    """What lasted from when to when, one line for each lane, on one scale of days."""
    lanes = list(dict.fromkeys(one.lane for one in stretches))
    begins = min((one.first for one in stretches), default=None)
    ends = max((one.last for one in stretches), default=None)
    days = (ends - begins).days + 1 if begins and ends else 1
    rects = [
        Rect(
            _percent((one.first - begins).days * 100 / days) if begins else "0",
            lanes.index(one.lane) * ROW + TOP,
            _percent(max((one.last - one.first).days + 1, 0) * 100 / days),
            BAR,
            f"chart-part chart-part-{lanes.index(one.lane) % 4 + 1}",
        )
        for one in stretches
    ]
    words = [Words("0", place * ROW + 13, lane) for place, lane in enumerate(lanes)]
    rows = [[one.lane, one.said, date_words(one.first), date_words(one.last)] for one in stretches]
    return Drawing(title, _described(rows), max(len(lanes), 1) * ROW, columns, rows, rects, (), words)
