"""The figures of today beside those of last Monday and of a year ago, with the line that leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from reporting.board.models import BoardReading
from reporting.board.rules.mondays import WEEK, YEAR, compared, last_year, monday_of

#: how many Mondays the line shows before today
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure: its value, how much it moved since the last Monday that was read and in a year (none when that was
    not read), and both lines, oldest first, with a hole where a Monday was not read.
    """

    value: int
    since_monday: int | None
    in_a_year: int | None
    line: Sequence[int | None]
    year_line: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Readings:
    """The Mondays that were read, each with its figures, and those that today is compared with."""

    by_week: Mapping[date, BoardReading]
    last: date | None
    ago: date | None

    @property
    def past(self) -> list[BoardReading]:
        """The readings of the weeks of this line, the latest first."""
        recent = [week for week in self.by_week if self.last is not None and week > self.last - YEAR + SHOWN * WEEK]
        return [self.by_week[week] for week in sorted(recent, reverse=True)]


def readings(user: User, on: date) -> Readings:
    """The readings of the organisation for the last eight Mondays and for the same ones a year ago; one statement."""
    monday = monday_of(on)
    recent = [monday - place * WEEK for place in range(SHOWN + 1)]
    wanted = [*recent, *(last_year(week) for week in recent)]
    rows = BoardReading.objects.visible_to(user).filter(coach__isnull=True, week__in=wanted)
    by_week = {row.week: row for row in rows}
    last, ago = compared(on, by_week)
    return Readings(by_week, last, ago)


def figure(name: str, value: int, kept: Readings, on: date) -> Compared:
    """A figure of today with what it is compared with."""
    monday = monday_of(on)
    weeks = [monday - place * WEEK for place in range(SHOWN, -1, -1)]
    past = [week for week in weeks if week < on]

    def read(week: date | None) -> int | None:
        row = kept.by_week.get(week) if week is not None else None
        return getattr(row, name) if row is not None else None

    last, ago = read(kept.last), read(kept.ago)
    return Compared(
        value=value,
        since_monday=None if last is None else value - last,
        in_a_year=None if ago is None else value - ago,
        line=[*(read(week) for week in past), value],
        year_line=[read(last_year(week)) for week in (*past, monday)],
    )
