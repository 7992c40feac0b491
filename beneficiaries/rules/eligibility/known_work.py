"""What the contracts that the installation holds say against what the file says of somebody's unemployment.

Source: domain, section 8, and MIRE-ELIG-01, 03, 04 and 07. Somebody may be an unoccupied jobseeker and work all the
same (involuntary part-time, complementary self-employment): a contract is opposed to a registration and asked about, it
overrules nothing by itself. Internships and training in a firm are no work: whoever brings the contracts leaves them
out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.rules.periods import Period, add_months, covered_days, merge


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A contract held: the days worked, half-open, and what a page calls it."""

    period: Period
    words: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Contracts on days on which the file says the person was registered as unoccupied.

    Attributes:
        running: those worked on the day of the check itself.
        over: those that are over, and share days of the reference period with a registration.
        days: how many days of registration the latter make doubtful, each counted once.
    """

    running: tuple[KnownWork, ...]
    over: tuple[KnownWork, ...]
    days: int


def in_reference(work: Iterable[KnownWork], on: date, months: int) -> tuple[KnownWork, ...]:
    """Return the contracts of which a day falls in the ``months`` before ``on``, or on that day, by first day."""
    since = add_months(on, -months)
    shown = [one for one in work if one.period.contains(on) or one.period.clip(since, on) is not None]
    return tuple(sorted(shown, key=lambda one: (one.period.start, one.words)))


def contradiction(registrations: Sequence[Period], work: Iterable[KnownWork], on: date, months: int) -> Contradiction:
    """Return what is held against the registrations in the ``months`` before ``on``, and on that day."""
    since = add_months(on, -months)
    held = in_reference(work, on, months)
    running = tuple(
        one for one in held if one.period.contains(on) and any(period.contains(on) for period in registrations)
    )
    shared = {
        one: parts
        for one in held
        if not one.period.contains(on) and (parts := _shared(one.period, registrations, since, on))
    }
    days = covered_days((part for parts in shared.values() for part in parts), since, on)
    return Contradiction(running, tuple(shared), days)


def _shared(work: Period, registrations: Iterable[Period], since: date, on: date) -> list[Period]:
    """The days of ``[since, on)`` that are worked and registered."""
    inside = work.clip(since, on)
    if inside is None:
        return []
    return [part for period in registrations if (part := period.clip(inside.start, inside.end)) is not None]


def without_work(registrations: Iterable[Period], work: Iterable[Period]) -> tuple[Period, ...]:
    """Return the registrations less the days worked: disjoint, in order, half-open."""
    left = list(merge(registrations))
    for worked in merge(work):
        left = [part for period in left for part in _around(period, worked)]
    return tuple(left)


def _around(period: Period, worked: Period) -> list[Period]:
    """What is left of a period on both sides of the days worked."""
    parts = [period.clip(date.min, worked.start)]
    if worked.end is not None:
        parts.append(period.clip(worked.end))
    return [part for part in parts if part is not None]
