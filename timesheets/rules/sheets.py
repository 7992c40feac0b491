"""The hours of a coach: which of them a project may count, what a signature covers, what moved since.

Sources: domain, section 5 (what took place is always recorded; outside the mandate it counts in no subsidised hour).
That a day signed for holds at most twelve hours is an assumption: beyond it, a duration was mistyped.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from foundation.rules.periods import ONE_DAY, add_months
from foundation.rules.text import search_key
from foundation.rules.workdays import WorkingDays

# No more work than that fits in a day; no more than this is signed for without the day being put right.
DAY_MINUTES = 24 * 60
LONGEST_SIGNED_DAY = 12 * 60


class Kind(StrEnum):
    """What a line of work is."""

    CONTACT = "contact"
    SESSION = "session"
    PROSPECTION = "prospection"
    OTHER = "other"


class Apart(StrEnum):
    """Why minutes count in no project; `NO` for those that count."""

    NO = ""
    AFTER_EXIT = "after_exit"
    CLOCK_USED_UP = "clock_used_up"
    PROJECT_DATES = "project_dates"


@dataclass(frozen=True, slots=True)
class ProjectDates:
    """A project as hours read it: its code, its first and its last day, both included."""

    code: str
    starts_on: date
    ends_on: date | None = None

    def runs_on(self, on: date) -> bool:
        """Whether the day belongs to the project."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Minutes worked on one day: one contact, one session, one visit or call to a firm, or one other entry.

    ``ref`` is the key of the row it comes from; ``project_id`` and ``project`` are its key and its code, empty without
    one; ``apart`` says why no project may count it; ``activity`` and ``words`` are those of an entry. No person's name
    stands in a line.
    """

    ref: str
    kind: Kind
    on: date
    minutes: int
    project_id: str = ""
    project: str = ""
    apart: Apart = Apart.NO
    activity: str = ""
    words: str = ""

    @property
    def counted(self) -> bool:
        """Whether the minutes count, for a project or without one."""
        return self.apart is Apart.NO


def why_apart(on: date, *, outside: bool, closed_on: date | None, project: ProjectDates | None) -> Apart:
    """Return why the minutes of the day ``on`` count in no project.

    ``outside`` tells that the mandate does not cover the contact: after the exit (``closed_on``: first day of EXIT),
    or once the 24 months are used up. Hours of a project outside its dates are not the project's either.
    """
    if outside:
        return Apart.AFTER_EXIT if closed_on is not None and on >= closed_on else Apart.CLOCK_USED_UP
    if project is not None and not project.runs_on(on):
        return Apart.PROJECT_DATES
    return Apart.NO


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes by kind of work."""

    contact: int = 0
    session: int = 0
    prospection: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """The minutes of all kinds together."""
        return self.contact + self.session + self.prospection + self.other


def minutes_of(lines: Iterable[Line]) -> Minutes:
    """Return the minutes of these lines by kind, those that count in no project included."""
    found = {kind.value: 0 for kind in Kind}
    for line in lines:
        found[line.kind.value] += line.minutes
    return Minutes(**found)


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines as a sheet lists them: by day, project (none last) and kind; the same lines, the same order."""
    return tuple(
        sorted(
            lines, key=lambda line: (line.on, not line.project_id, line.project, line.project_id, line.kind, line.ref)
        )
    )


def by_day_and_project(lines: Iterable[Line]) -> dict[tuple[date, str], list[Line]]:
    """Return the lines that count, by day and project key, in order."""
    found: dict[tuple[date, str], list[Line]] = {}
    for line in in_order(lines):
        if line.counted:
            found.setdefault((line.on, line.project_id), []).append(line)
    return found


def day_minutes(lines: Iterable[Line], on: date) -> int:
    """Return everything worked on a day, whether it counts or not."""
    return sum(line.minutes for line in lines if line.on == on)


def days_beyond(lines: Iterable[Line], limit: int = LONGEST_SIGNED_DAY) -> dict[date, int]:
    """Return the days that hold more than ``limit`` minutes in all, with their minutes, in order."""
    found: dict[date, int] = {}
    for line in lines:
        found[line.on] = found.get(line.on, 0) + line.minutes
    return {on: minutes for on, minutes in sorted(found.items()) if minutes > limit}


# --- the month --------------------------------------------------------------------------------------------------------


def month_of(on: date) -> date:
    """Return the first day of the month of ``on``."""
    return on.replace(day=1)


def last_day(month: date) -> date:
    """Return the last day of the month that begins on ``month``."""
    return add_months(month, 1) - ONE_DAY


def leaves_on(held: Iterable[tuple[date, date | None]], month: date) -> date | None:
    """Return the last day of whoever leaves before the month is over; ``None`` for who is still there at its end.

    ``held`` are the first and the last day, both included, of each role that has hours; of several roles, the one that
    ends last decides, one that begins later in the month included.
    """
    ends = [last for first, last in held if first <= last_day(month) and (last is None or last >= month)]
    known = [end for end in ends if end is not None]
    if not ends or len(known) < len(ends) or max(known) >= last_day(month):
        return None
    return max(known)


def signable_from(month: date, workdays: WorkingDays, leaving: date | None = None) -> date:
    """Return the first day on which the month may be signed: its last working day.

    Whoever leaves during the month (``leaving``: their last day) signs on the last working day that they are there:
    afterwards the door is closed to them. Leaving before any working day of the month, they sign on their last day.
    """
    if leaving is None:
        return workdays.on_or_before(last_day(month))
    day = workdays.on_or_before(leaving)
    return day if day >= month else leaving


def same_name(typed: str, name: str) -> bool:
    """Return whether a name was typed whole; case, accents, hyphens and spaces are forgiven, a missing word is not."""
    return bool(search_key(name)) and search_key(typed) == search_key(name)


# --- what is signed ---------------------------------------------------------------------------------------------------


def frozen(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the lines, in order, as plain values that JSON keeps unchanged; `thawed` reads them back."""
    return [asdict(line) | {"on": line.on.isoformat()} for line in in_order(lines)]


def thawed(values: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Return the lines that `frozen` wrote.

    Raises:
        ValueError, TypeError, KeyError: these values were not written by it.
    """
    return tuple(
        Line(
            **{
                **value,
                "on": date.fromisoformat(value["on"]),
                "kind": Kind(value["kind"]),
                "apart": Apart(value["apart"]),
            }
        )
        for value in values
    )


def fingerprint(values: Sequence[Mapping[str, Any]], *, coach: str, month: date) -> str:
    """Return the SHA-256 of what is signed: whose hours, which month, every line. Any change gives another one."""
    signed = {"coach": coach, "month": month.isoformat(), "lines": list(values)}
    written = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is not as it was signed: before and now; one of the two is missing when it came or went."""

    before: Line | None
    now: Line | None

    @property
    def line(self) -> Line:
        """The line to show it under: as it was signed, else as it is now.

        Raises:
            ValueError: the change has no side.
        """
        line = self.before or self.now
        if line is None:
            raise ValueError("a change has at least one side")
        return line

    @property
    def minutes(self) -> int:
        """How many minutes it adds (or takes, when negative)."""
        return (self.now.minutes if self.now else 0) - (self.before.minutes if self.before else 0)


def changes(
    signed: Iterable[Line], present: Iterable[Line], *, kinds: Collection[Kind] = frozenset(Kind)
) -> tuple[Change, ...]:
    """Return what differs between the lines that were signed and those of today, by day: empty when nothing moved.

    ``kinds`` are those that a sheet counted on the day of the signature: work of another kind did not move, it was
    nobody's to sign.
    """
    before, now = ({(line.kind, line.ref): line for line in lines if line.kind in kinds} for lines in (signed, present))
    found = (
        Change(before.get(key), now.get(key)) for key in before.keys() | now.keys() if before.get(key) != now.get(key)
    )
    return tuple(sorted(found, key=lambda change: (change.line.on, change.line.kind, change.line.ref)))
