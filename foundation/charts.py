"""Horizontal bars drawn by the server: the same SVG on the screen, on paper and in a PDF.

No viewBox: lengths are percentages and text keeps its size, so that a chart is as readable on a phone as on a wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import slugify

from foundation.formatting import number_words

Number = int | float | Decimal
ROW_HEIGHT = 50
BAR_HEIGHT = 14
LABEL_BASELINE = 16
BAR_TOP = 24


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

    ``maximum`` fixes the scale; by default it is the largest value or mark.
    """

    title: str | Promise
    bars: Sequence[Bar]
    description: str | Promise = ""
    label_column: str | Promise = ""
    value_column: str | Promise = ""
    mark_label: str | Promise = ""
    maximum: Number | None = None

    @property
    def slug(self) -> str:
        """The stem of the ids inside the drawing."""
        return f"chart-{slugify(str(self.title))}"

    @property
    def height(self) -> int:
        """The height of the drawing in pixels."""
        return max(len(self.bars), 1) * ROW_HEIGHT

    @property
    def drawn(self) -> list[DrawnBar]:
        """The bars with their geometry. Negative values are drawn as zero: the words still say them."""
        top = float(self.maximum) if self.maximum else self._largest()
        rows: list[DrawnBar] = []
        for index, bar in enumerate(self.bars):
            y = index * ROW_HEIGHT
            words = str(bar.words) or number_words(bar.value)
            rows.append(
                DrawnBar(
                    bar=bar,
                    words=f"{words} · {bar.note}" if bar.note else words,
                    width=_share(float(bar.value), top),
                    mark_x="" if bar.mark is None else _share(float(bar.mark), top),
                    text_y=y + LABEL_BASELINE,
                    bar_y=y + BAR_TOP,
                    mark_top=y + BAR_TOP - 3,
                    mark_bottom=y + BAR_TOP + BAR_HEIGHT + 3,
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
