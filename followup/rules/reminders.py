"""What becomes of what is due on a working morning.

Source: domain, sections 4 to 7. Who is told of what, and how, is the table of :mod:`followup.rules.kinds`; what is due,
and until when it counts, is in :mod:`followup.rules.deadlines`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from followup.rules.kinds import OPTIONAL, RULES, DeadlineKind, Tell
from foundation.rules.periods import ONE_DAY
from foundation.rules.workdays import WorkingDays
from method.rules.phases import Phase

# What has been due for so long is told to the coordinators too.
ESCALATE_AFTER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Morning:
    """A working day, seen in the morning: what falls on the days off that follow it is told today.

    Attributes:
        on: the working day.
        horizon: the last day before the next working day.
    """

    on: date
    horizon: date


def morning(on: date, days: WorkingDays) -> Morning | None:
    """Return the morning of a day, or ``None`` on a day off: nobody is written to."""
    return Morning(on, days.next_after(on) - ONE_DAY) if days.is_working(on) else None


def threshold_of(
    kind: DeadlineKind, due_on: date, shown_from: date, today: Morning, warnings: Sequence[int]
) -> int | None:
    """Return which warning of a standing deadline is to be told this morning, or ``None``: not yet.

    A warning is a number of days before the due day; 0 where a rule tells once. It depends on the day alone and not on
    what was told before: a morning without a run is caught up by the next one. ``warnings`` are the days before the end
    of the 24 months at which the organisation of the case tells it.
    """
    rule = RULES[kind]
    if rule.tell is Tell.BY_WARNINGS:
        reached = [days for days in warnings if due_on - timedelta(days=days) <= today.horizon]
        return min(reached, default=None)
    told_from = shown_from if rule.tell is Tell.AHEAD else due_on
    last = today.on if rule.tell is Tell.AFTERWARDS else today.horizon
    return 0 if told_from <= last else None


def asks_a_contact_in_vain(kind: DeadlineKind, phase: str, prehire_deadline: date | None, on: date) -> bool:
    """Return whether a contact is due that no mandate covers any more: the 24 months are used up, no job is followed.

    Nobody is then asked for it (domain, section 5): what is asked is the exit or an extension.
    """
    return (
        kind is DeadlineKind.CONTACT
        and phase not in (Phase.FOLLOW_UP, Phase.EXIT)
        and prehire_deadline is not None
        and prehire_deadline <= on
    )


def escalation_limit(on: date) -> date:
    """Return the latest due day of what is told to the coordinators on a day."""
    return on - timedelta(days=ESCALATE_AFTER_DAYS)


def may_mute(codes: Iterable[str]) -> bool:
    """Return whether all of these rules may be switched off."""
    return set(codes) <= {rule.code.value for rule in OPTIONAL}
