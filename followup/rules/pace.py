"""How often somebody was seen over a period, against how often the cadence asks: an average, not each week.

Source: domain, section 7; the inspection's reproach « accompagnement non suivi » (regulation.md 2.3) is about people
left alone, not about a week that had eight days. Only the time during which contacts were due counts: neither a
suspension, nor a follow-up that was refused, nor the days before the case opened or after it was left.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from followup.rules.cadence import CadencePolicy
from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase

TENTH = Decimal("0.1")
# What a coordinator is told begins that long before the last contact: a slackening is not hidden by a good year, and
# somebody seen each week is not named for one holiday.
LOOKBACK_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days ``[start, end)`` during which a contact was due every ``every`` days."""

    start: date
    end: date
    every: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Pace:
    """What was seen over the time during which contacts were due.

    Attributes:
        since: the first day of that time; ``None`` when nothing was due.
        due_days: how many days it has.
        held: contacts held in it that count for the cadence.
        expected: contacts that the cadence asks for in it, the fraction of a contact kept.
    """

    since: date | None
    due_days: int
    held: int
    expected: Fraction

    @property
    def average(self) -> Decimal | None:
        """Days from one contact to the next on average, rounded half up to a tenth; ``None`` without any contact."""
        return _tenth(Fraction(self.due_days, self.held)) if self.held else None

    @property
    def asked(self) -> Decimal:
        """Days from one contact to the next as the cadence asks, on average; 0 when nothing was due."""
        return _tenth(self.due_days / self.expected) if self.expected else Decimal(0)

    def is_silent(self, tolerance_percent: int) -> bool:
        """Whether the average interval exceeds the one that is asked by more than ``tolerance_percent`` of it (150: one
        and a half times). Without any contact: once that much of one interval has passed.
        """
        return self.expected * 100 > tolerance_percent * max(self.held, 1)


def stretches(
    stays: Iterable[tuple[str, Period]],
    windows: Sequence[Period],
    policy: CadencePolicy,
    *,
    paused: Sequence[Period],
    period: Period,
) -> list[Stretch]:
    """Return the days of ``period`` during which contacts were due, in order; no day stands in two of them.

    ``stays`` are the phases with their days, ``windows`` the follow-ups that were agreed; ``paused`` the days on which
    nothing is due. The period has an end.
    """
    if period.end is None:
        raise ValueError("a pace is that of a period with an end")
    found: list[Stretch] = []
    for stretch in sorted(_asked(stays, windows, policy, period.end), key=lambda one: one.start):
        start = max([stretch.start, period.start, *(one.end for one in found[-1:])])
        end = min(stretch.end, period.end)
        if start < end:
            found.append(Stretch(start, end, stretch.every))
    return [part for stretch in found for part in _without(stretch, paused)]


def pace(due: Sequence[Stretch], contacts: Iterable[date]) -> Pace:
    """Return how often the person was seen in these stretches; ``contacts`` are the days of those that count."""
    return _measured(due, _held(due, contacts))


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of somebody until nobody sees them any more: dates, so that no day that passes makes it stale.

    Attributes:
        due: the days on which a contact was and will be due, from `LOOKBACK_MONTHS` before the last contact (the
            beginning, without any) on; the last stretch ends with `date.max` while nothing ends it.
        held: contacts held in it that count for the cadence.
        last: the day of the last one.
    """

    due: tuple[Stretch, ...]
    held: int
    last: date | None = None

    def until(self, on: date) -> Pace:
        """How often the person was seen, as it stands on the day ``on``; that day itself is not over."""
        past = [Stretch(one.start, min(one.end, on), one.every) for one in self.due if one.start < on]
        return _measured(past, self.held)

    def silent_from(self, tolerance_percent: int) -> date | None:
        """Return the first day after the last contact on which `Pace.is_silent` holds if nobody sees them until then;
        ``None`` when that day never comes.
        """
        left = Fraction(tolerance_percent * max(self.held, 1), 100)
        for one in self.due:
            days = int(left * one.every) + 1
            if days <= one.days:
                found = one.start + timedelta(days=days)
                return found if self.last is None else max(found, self.last + timedelta(days=1))
            left -= Fraction(one.days, one.every)
        return None

    @property
    def ends_on(self) -> date | None:
        """The first day on which no contact is due any more; ``None`` while nothing ends it."""
        end = self.due[-1].end if self.due else None
        return None if end == date.max else end


def seen_lately(
    stays: Iterable[tuple[str, Period]],
    windows: Sequence[Period],
    policy: CadencePolicy,
    *,
    paused: Sequence[Period],
    contacts: Iterable[date],
) -> Seen:
    """Return what `Seen` holds of a case; ``contacts`` are the days of those that count, the others as `stretches`."""
    counting = sorted(contacts)
    last = counting[-1] if counting else None
    period = Period(add_months(last, -LOOKBACK_MONTHS) if last else date.min, date.max)
    due = stretches(stays, windows, policy, paused=paused, period=period)
    return Seen(tuple(due), _held(due, counting), last)


def written(seen: Seen) -> dict[str, Any]:
    """Return what a status keeps of it as plain values; `read_seen` reads them back, without the day of the contact."""
    ends = (None if one.end == date.max else one.end.isoformat() for one in seen.due)
    return {
        "held": seen.held,
        "due": [[one.start.isoformat(), end, one.every] for one, end in zip(seen.due, ends, strict=True)],
    }


def read_seen(values: Mapping[str, Any] | None, last: date | None = None) -> Seen:
    """Return what `written` wrote; nothing due for a case whose status was not computed since it exists."""
    known = values or {"held": 0, "due": []}
    due = (
        Stretch(date.fromisoformat(start), date.fromisoformat(end) if end else date.max, every)
        for start, end, every in known["due"]
    )
    return Seen(tuple(due), known["held"], last)


def _held(due: Sequence[Stretch], contacts: Iterable[date]) -> int:
    return sum(any(one.start <= on < one.end for one in due) for on in contacts)


def _measured(due: Sequence[Stretch], held: int) -> Pace:
    return Pace(
        since=due[0].start if due else None,
        due_days=sum(one.days for one in due),
        held=held,
        expected=sum((Fraction(one.days, one.every) for one in due), Fraction(0)),
    )


def _asked(
    stays: Iterable[tuple[str, Period]], windows: Sequence[Period], policy: CadencePolicy, limit: date
) -> Iterator[Stretch]:
    """The days of each phase with the interval in force: in follow-up, those of the windows, step by step."""
    for phase, stay in stays:
        last = min(stay.end or limit, limit)
        if phase != Phase.FOLLOW_UP:
            if phase in policy.every_days and stay.start < last:
                yield Stretch(stay.start, last, policy.every_days[phase])
            continue
        for window in windows:
            start, end = max(window.start, stay.start), min(window.end or last, last)
            for step in policy.follow_up:
                until = end if step.until_month is None else min(end, add_months(window.start, step.until_month))
                if start < until:
                    yield Stretch(start, until, step.every_days)
                    start = until


def _without(stretch: Stretch, paused: Sequence[Period]) -> Iterator[Stretch]:
    """What is left of a stretch without the paused days."""
    start = stretch.start
    for pause in sorted(paused, key=lambda one: one.start):
        if pause.start >= stretch.end or (pause.end is not None and pause.end <= start):
            continue
        if pause.start > start:
            yield Stretch(start, pause.start, stretch.every)
        start = stretch.end if pause.end is None else max(start, pause.end)
    if start < stretch.end:
        yield Stretch(start, stretch.end, stretch.every)


def _tenth(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(TENTH, ROUND_HALF_UP)
