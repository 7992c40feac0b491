"""The course of the 24 months as it is stored: enough to say what the clock does on any day, and nothing that a day
makes stale.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from foundation.rules.periods import Period
from placements.rules.clocks import PrehireClock, clock_over


@dataclass(frozen=True, slots=True, kw_only=True)
class PrehireCourse:
    """The 24 months of one case.

    Attributes:
        started_on: first day of pre-hire.
        allowance_days: days granted in all, extensions included.
        carried_over_days: days that a former case had used.
        stops: days that the clock does not count, merged and in order; some may be to come.
        pauses: those of them that suspensions are the reason of.
    """

    started_on: date
    allowance_days: int
    carried_over_days: int = 0
    stops: tuple[Period, ...] = ()
    pauses: tuple[Period, ...] = ()

    def clock(self, on: date, closed_on: date | None = None) -> PrehireClock:
        """Return the clock on the day ``on``; ``closed_on`` is the effective date of the exit."""
        return clock_over(
            self.stops,
            started_on=self.started_on,
            allowance_days=self.allowance_days,
            carried_over_days=self.carried_over_days,
            closed_on=closed_on,
            on=on,
        )

    def is_suspended(self, on: date) -> bool:
        """Whether a suspension stops the clock that day."""
        return any(pause.contains(on) for pause in self.pauses)

    def written(self) -> dict[str, Any]:
        """Return the course as plain values; :meth:`read` reads them back, with the day it began."""
        return {
            "allowance": self.allowance_days,
            "carried": self.carried_over_days,
            "stops": _written(self.stops),
            "pauses": _written(self.pauses),
        }

    @classmethod
    def read(cls, started_on: date | None, values: Mapping[str, Any] | None) -> Self | None:
        """Return the course that was written; ``None`` while pre-hire has not begun or the course is not known yet."""
        if started_on is None or not values:
            return None
        return cls(
            started_on=started_on,
            allowance_days=values["allowance"],
            carried_over_days=values["carried"],
            stops=_read(values["stops"]),
            pauses=_read(values["pauses"]),
        )


def _written(periods: Iterable[Period]) -> list[list[str | None]]:
    return [[one.start.isoformat(), one.end.isoformat() if one.end else None] for one in periods]


def _read(values: Iterable[Sequence[str | None]]) -> tuple[Period, ...]:
    return tuple(
        Period(date.fromisoformat(str(start)), date.fromisoformat(end) if end else None) for start, end in values
    )
