"""Small drawings that stand in a line of a table: a line with last year's, columns against a norm, a bar.

Positions are numbers that the page writes; what they say stands in words beside them, so that these are decoration.
Layouts are pure: zeros, one point, holes and huge numbers give finite positions inside the frame.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Spark:
    """Two lines in one frame of 72 by 26: now, and a year ago; `last` is where the first one ends."""

    line: str
    year: str
    last: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, its height, and whether it passes the norm."""

    x: str
    y: str
    width: str
    height: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side in a frame of 128 by 26, with the height of the norm (none without one)."""

    columns: Sequence[Column]
    norm_y: str

    @property
    def within(self) -> str:
        """Those that keep within the norm, as one path."""
        return _path(column for column in self.columns if not column.is_over)

    @property
    def over(self) -> str:
        """Those that pass it, as one path."""
        return _path(column for column in self.columns if column.is_over)


WIDTH, HEIGHT, MARGIN = 72.0, 26.0, 3.0
COLUMNS_WIDTH = 128.0


def _path(columns: Iterable[Column]) -> str:
    return "".join(f"M{one.x} {one.y}h{one.width}v{one.height}h-{one.width}z" for one in columns)


def spark(line: Sequence[Number | None], year: Sequence[Number | None]) -> Spark:
    """Draw both lines on one scale. A hole interrupts a line; a point alone is drawn as nothing but the last dot."""
    known = [float(value) for value in (*line, *year) if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)

    def place(index: int, value: Number, number: int) -> tuple[str, str]:
        x = WIDTH if number < 2 else WIDTH * index / (number - 1)
        share = 0.5 if high == low else (float(value) - low) / (high - low)
        return f"{x:.1f}", f"{HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.1f}"

    def path(values: Sequence[Number | None]) -> str:
        parts, is_down = [], False
        for index, value in enumerate(values):
            if value is None:
                is_down = False
                continue
            x, y = place(index, value, len(values))
            parts.append(f"{'L' if is_down else 'M'}{x} {y}")
            is_down = True
        return " ".join(parts) if len(parts) > 1 else ""

    end = place(len(line) - 1, line[-1], len(line)) if line and line[-1] is not None else None
    return Spark(path(line), path(year), end)


def columns(values: Sequence[Number], norm: Number) -> Columns:
    """Draw columns from zero, the norm across; negative values are drawn as nothing."""
    top = max([float(value) for value in values] + [float(norm), 1.0])
    step = COLUMNS_WIDTH / max(len(values), 1)
    drawn = []
    for index, value in enumerate(values):
        height = max(float(value), 0.0) / top * (HEIGHT - 1)
        drawn.append(
            Column(
                f"{index * step + 1:.1f}",
                f"{HEIGHT - height:.1f}",
                f"{max(step - 3, 1):.1f}",
                f"{height:.1f}",
                bool(norm > 0 and value > norm),
            )
        )
    return Columns(drawn, f"{HEIGHT - float(norm) / top * (HEIGHT - 1):.1f}" if norm > 0 else "")


def share(value: Number, whole: Number) -> str:
    """How much of a width a value takes, « 41.2% » at most 100; nothing of nothing is nothing."""
    if whole <= 0 or value <= 0:
        return "0%"
    return f"{min(float(value) * 100 / float(whole), 100):.1f}%"
