"""Which contacts lie outside the mandate: recorded like any other, and counted in no subsidised hour.

Source: domain, sections 5 and 6.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from foundation.rules.periods import Period


def is_outside_mandate(
    on: date,
    *,
    prehire_deadline: date | None,
    windows: Sequence[Period],
    closed_on: date | None,
    lapses: Sequence[Period] = (),
) -> bool:
    """Return whether a contact held on the day ``on`` lies outside the mandate.

    It does on and after the day of EXIT, and on and after the end of the 24 months (``prehire_deadline``: first day no
    longer covered), unless the follow-up of a job covers that day. So it does in the ``lapses``: the days that nothing
    covered yet, before an extension was granted too late for them (`lapses_of`).
    """
    if closed_on is not None and on >= closed_on:
        return True
    lapsed = any(lapse.contains(on) for lapse in lapses)
    if not lapsed and (prehire_deadline is None or on < prehire_deadline):
        return False
    return not any(window.contains(on) for window in windows)


def lapses_of(granted: Iterable[tuple[date, date | None]]) -> tuple[Period, ...]:
    """Return the days that no mandate covered although an extension came later: what took place on them stays outside.

    ``granted`` are the extensions: the day each was granted, and the end of the 24 months (first day no longer covered,
    ``None`` while nothing ends them) as those granted before it left it.
    """
    return tuple(Period(before, on) for on, before in granted if before is not None and before < on)


def written(lapses: Iterable[Period]) -> list[list[str]]:
    """Return lapses as plain values; `read_lapses` reads them back."""
    return [[lapse.start.isoformat(), lapse.end.isoformat()] for lapse in lapses if lapse.end is not None]


def read_lapses(values: Iterable[Sequence[str]] | None) -> tuple[Period, ...]:
    """Return the lapses that `written` wrote; none for a case whose status was not computed since they exist."""
    return tuple(Period(date.fromisoformat(start), date.fromisoformat(end)) for start, end in values or ())
