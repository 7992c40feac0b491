"""Bars and steps drawn by the server: the same SVG on the screen, on paper and in a PDF.

No viewBox: lengths are percentages and text keeps its size, so that a chart is as readable on a phone as on a wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.text import slugify

from foundation.formatting import number_words

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes of a drawing, in pixels: one row, its bar, where its words stand, and their size."""

    row: int
    bar: int
    baseline: int
    top: int
    font: int

    @property
    def radius(self) -> int:
        """How round the ends of a bar are."""
        return self.bar // 2


ON_SCREEN = Measures(row=50, bar=14, baseline=16, top=24, font=15)
ON_PAPER = Measures(row=28, bar=7, baseline=11, top=16, font=11)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value, and perhaps the words of the value, a link, a tone and a mark (a norm) on its own
    scale.

    ``tone`` is accent, good, warn, bad or still; ``note`` adds words after the value (« 2 au-dessus de la norme »),
    since a tone alone says nothing.
    """

    label: str | Promise
    value: Number
    words: str | Promise = ""
    tone: str = "accent"
    mark: Number | None = None
    note: str | Promise = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its geometry, ready for the template."""

    bar: Bar
    words: str
    width: str
    mark_x: str
    text_y: int
    bar_y: int
    mark_top: int
    mark_bottom: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart: title, bars, the names of its two columns for the table, and what the mark means.

    ``maximum`` fixes the scale; by default it is the largest value or mark. ``measures`` sizes it for where it is read.
    """

    title: str | Promise
    bars: Sequence[Bar]
    description: str | Promise = ""
    label_column: str | Promise = ""
    value_column: str | Promise = ""
    mark_label: str | Promise = ""
    maximum: Number | None = None
    measures: Measures = ON_SCREEN

    @property
    def slug(self) -> str:
        """The stem of the ids inside the drawing."""
        return f"chart-{slugify(str(self.title))}"

    @property
    def height(self) -> int:
        """The height of the drawing in pixels."""
        return max(len(self.bars), 1) * self.measures.row

    @property
    def drawn(self) -> list[DrawnBar]:
        """The bars with their geometry. Negative values are drawn as zero: the words still say them."""
        top = float(self.maximum) if self.maximum else self._largest()
        rows: list[DrawnBar] = []
        for index, bar in enumerate(self.bars):
            y = index * self.measures.row
            words = str(bar.words) or number_words(bar.value)
            rows.append(
                DrawnBar(
                    bar=bar,
                    words=f"{words} · {bar.note}" if bar.note else words,
                    width=_share(float(bar.value), top),
                    mark_x="" if bar.mark is None else _share(float(bar.mark), top),
                    text_y=y + self.measures.baseline,
                    bar_y=y + self.measures.top,
                    mark_top=y + self.measures.top - 3,
                    mark_bottom=y + self.measures.top + self.measures.bar + 3,
                )
            )
        return rows

    @property
    def has_marks(self) -> bool:
        """Whether at least one bar carries a mark."""
        return any(bar.mark is not None for bar in self.bars)

    def _largest(self) -> float:
        values = [float(bar.value) for bar in self.bars] + [
            float(bar.mark) for bar in self.bars if bar.mark is not None
        ]
        return max([value for value in values if value > 0], default=1.0)


def _share(value: float, top: float) -> str:
    return f"{min(max(value, 0) * 100 / top, 100):.2f}%"


# --- Curves that fall by steps ----------------------------------------------------------------------------------------

# Where the drawing stands, in percent of its width: what is left of it holds the percentages.
PLOT_LEFT = 11.0
PLOT_RIGHT = 97.0
PLOT_TOP = 12
PLOT_HEIGHT = 208
TICK_BASELINE = 20
CURVE_HEIGHT = 46
# Closer to the one before than that, the days stand in each other's way on a phone.
TIGHT = 14.0
DASHES = ("", "9 5", "3 4", "12 4 3 4")


@dataclass(frozen=True, slots=True)
class StepLine:
    """A curve: its label, its steps (day, percentage) from day 0 on, the last day it speaks of, and how many it rests
    on at some days.
    """

    label: str | Promise
    points: Sequence[tuple[int, Number]]
    until: int
    at_risk: Sequence[tuple[int, int]] = ()

    def at(self, day: int) -> Number | None:
        """The percentage after a day; `None` beyond the last day that the curve speaks of, unless nothing is left."""
        past = [share for since, share in self.points if since <= day]
        if not past or (day > self.until and past[-1] != 0):
            return None
        return past[-1]


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of a curve, between two points in percent of the width and in pixels."""

    x1: str
    x2: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A curve with its geometry: pieces, look, and the numbers that stand under the axis."""

    line: StepLine
    number: int
    dash: str
    segments: list[Segment]
    label_y: int
    numbers_y: int
    numbers: list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class StepChart:
    """A chart of shares that fall with time, as survival does: title, curves, the days told under the axis.

    The numbers at risk stand under the curve, since its right end rests on few. At most four curves.
    """

    title: str | Promise
    lines: Sequence[StepLine]
    days: Sequence[int]
    axis: str | Promise = ""
    numbers_label: str | Promise = ""

    @property
    def slug(self) -> str:
        """The stem of the ids inside the drawing."""
        return f"steps-{slugify(str(self.title))}"

    @property
    def floor(self) -> int:
        """The height of the axis, in pixels from the top."""
        return PLOT_TOP + PLOT_HEIGHT

    @property
    def height(self) -> int:
        """The height of the drawing in pixels."""
        return self.floor + 2 * TICK_BASELINE + 24 + CURVE_HEIGHT * len(self.lines)

    @property
    def ticks_y(self) -> int:
        """The baseline of the days under the axis."""
        return self.floor + TICK_BASELINE

    @property
    def axis_y(self) -> int:
        """The baseline of what the days count."""
        return self.floor + 2 * TICK_BASELINE

    @property
    def levels(self) -> list[tuple[str, int, int]]:
        """The lines across: words, height of the line, baseline of the words."""
        return [(f"{share}\u00a0%", self._y(share), self._y(share) + 5) for share in (100, 75, 50, 25, 0)]

    @property
    def ticks(self) -> list[tuple[str, str, bool]]:
        """The days under the axis: words, position, whether a phone has no room for it."""
        return [(number_words(day), self._x(day), self._is_tight(index)) for index, day in enumerate(self.days)]

    @property
    def drawn(self) -> list[DrawnLine]:
        """The curves with their geometry, each with a colour and a pattern of its own."""
        start = self.axis_y + 24
        return [
            DrawnLine(
                line=line,
                number=index % len(DASHES) + 1,
                dash=DASHES[index % len(DASHES)],
                segments=self._segments(line),
                label_y=start + index * CURVE_HEIGHT,
                numbers_y=start + index * CURVE_HEIGHT + 20,
                numbers=[
                    (number_words(number), self._x(day), self._is_tight(list(self.days).index(day)))
                    for day, number in line.at_risk
                    if day in self.days
                ],
            )
            for index, line in enumerate(self.lines)
        ]

    @property
    def said(self) -> list[tuple[str | Promise, list[tuple[int, Number]]]]:
        """What each curve says at the days that are told, for whoever does not see it."""
        return [
            (line.label, [(day, share) for day in self.days[1:] if (share := line.at(day)) is not None])
            for line in self.lines
        ]

    def _segments(self, line: StepLine) -> list[Segment]:
        """A piece across for each level, a piece down for each fall."""
        horizon = self.days[-1]
        steps = [(day, float(share)) for day, share in line.points if day <= horizon]
        found = []
        for (day, share), (after, lower) in pairwise(steps):
            found.append(self._across(day, after, share))
            found.append(Segment(self._x(after), self._x(after), f"{self._y(share)}", f"{self._y(lower)}"))
        day, share = steps[-1]
        end = min(max(line.until, day), horizon) if share else day
        found.append(self._across(day, end, share))
        return [piece for piece in found if (piece.x1, piece.y1) != (piece.x2, piece.y2)]

    def _across(self, first: int, last: int, share: float) -> Segment:
        return Segment(self._x(first), self._x(last), f"{self._y(share)}", f"{self._y(share)}")

    def _x(self, day: int) -> str:
        return f"{self._position(day):.2f}%"

    def _position(self, day: int) -> float:
        return PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * day / max(self.days[-1], 1)

    def _y(self, share: Number) -> int:
        return round(PLOT_TOP + PLOT_HEIGHT * (1 - float(share) / 100))

    def _is_tight(self, index: int) -> bool:
        return index > 0 and self._position(self.days[index]) - self._position(self.days[index - 1]) < TIGHT
