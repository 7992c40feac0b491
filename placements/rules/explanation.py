"""Why the 24-month deadline is what it is: the lines that the page shows, each with the deadline it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.rules.periods import Period, add_months
from placements.rules.clocks import (
    ClockPolicy,
    Contract,
    PrehireClock,
    Suspension,
    allowance_end,
    prehire_clock,
    prehire_deadline,
    prehire_stops,
    until_work,
)


class LineKind(StrEnum):
    """What a line of the explanation is about, in the order of the page."""

    START = "start"
    ALLOWANCE = "allowance"
    EXTENSION = "extension"
    CARRIED_OVER = "carried_over"
    STOP = "stop"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One line of the calculation.

    Attributes:
        kind: what the line is about.
        starts_on: first day it concerns.
        ends_on: last day it concerns, inclusive as people read it; ``None`` when open or when the line is a single
            date.
        days: how many days it adds to the deadline (negative: takes away); ``None`` for an open-ended stop, whose
            length is unknown. For the result: the days that remain.
        months: calendar months, for the allowance and the extension.
        deadline: the deadline once this line is taken into account; ``None`` when no date can be given.
        contracts: contracts that make up a stop.
        suspensions: suspensions that make up a stop.
        in_force: False for a stop that begins once the clock has run out, and so moves nothing.
    """

    kind: LineKind
    starts_on: date
    deadline: date | None
    ends_on: date | None = None
    days: int | None = 0
    months: int = 0
    contracts: tuple[Contract, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """The clock on a day, and the lines that lead to its deadline."""

    clock: PrehireClock
    lines: tuple[ExplanationLine, ...]


def explain(
    *,
    started_on: date,
    contracts: Sequence[Contract],
    suspensions: Sequence[Suspension],
    closed_on: date | None,
    extension_months: int,
    policy: ClockPolicy,
    on: date,
    carried_over_days: int = 0,
) -> Explanation:
    """Return the 24-month clock with its lines: start, allowance, extension, carried-over days, each stop, result.

    Same arguments and errors as :func:`placements.rules.clocks.prehire_clock`. Overlapping or adjacent stops are one
    line, with the contracts and suspensions it is made of: its days are counted once. The last line's deadline is the
        clock's.
    """
    clock = prehire_clock(
        started_on=started_on,
        contracts=contracts,
        suspensions=suspensions,
        closed_on=closed_on,
        extension_months=extension_months,
        policy=policy,
        on=on,
        carried_over_days=carried_over_days,
    )
    stops = prehire_stops(started_on, contracts, suspensions, policy)
    work = [contract for contract in contracts if contract.type in policy.stopping_types]
    base_end = add_months(started_on, policy.prehire_months)
    extended_end = allowance_end(started_on, extension_months, policy)
    base_days = (base_end - started_on).days
    allowance_days = (extended_end - started_on).days

    lines = [
        ExplanationLine(LineKind.START, started_on, None),
        ExplanationLine(LineKind.ALLOWANCE, started_on, base_end, days=base_days, months=policy.prehire_months),
    ]
    if extension_months:
        lines.append(
            ExplanationLine(
                LineKind.EXTENSION, base_end, extended_end, days=allowance_days - base_days, months=extension_months
            )
        )
    left = allowance_days - carried_over_days
    if carried_over_days:
        lines.append(
            ExplanationLine(
                LineKind.CARRIED_OVER, started_on, prehire_deadline(started_on, left, ()), days=-carried_over_days
            )
        )
    for index, stop in enumerate(stops):
        before = prehire_deadline(started_on, left, stops[:index])
        after = prehire_deadline(started_on, left, stops[: index + 1])
        # ``before`` is a date: an open-ended stop is always the last one.
        in_force = before is not None and stop.start < before and left > 0
        lines.append(
            ExplanationLine(
                LineKind.STOP,
                stop.start,
                after,
                ends_on=stop.last_day,
                days=stop.days() if in_force else 0,
                contracts=tuple(
                    c
                    for c in contracts
                    if c.type in policy.stopping_types and any(_within(piece, stop) for piece in c.stretches)
                ),
                suspensions=tuple(s for s in suspensions if _within(until_work(s, work).period, stop)),
                in_force=in_force,
            )
        )
    lines.append(ExplanationLine(LineKind.RESULT, on, clock.deadline, days=clock.remaining_days))
    return Explanation(clock, tuple(lines))


def _within(period: Period, stop: Period) -> bool:
    """Return whether a contract or suspension makes up part of a merged stop."""
    return period.overlaps(stop)
