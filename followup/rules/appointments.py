"""When an appointment is possible and unlikely, so that whoever plans it is asked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SUNDAY = 6
# Assumption: offices, firms and people at home are met between these hours.
EARLIEST, LATEST = time(7), time(20)
_HERE = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of time of one day; without an hour, it is somewhere in the day."""

    on: date
    at: time | None
    minutes: int

    def overlaps(self, other: "Slot") -> bool:
        """Whether somebody would be at both at once; what has no hour is over nothing."""
        if self.at is None or other.at is None:
            return False
        mine, theirs = datetime.combine(self.on, self.at), datetime.combine(other.on, other.at)
        return mine < theirs + timedelta(minutes=other.minutes) and theirs < mine + timedelta(minutes=self.minutes)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When it begins and ends, here; none without an hour."""
        if self.at is None:
            return None
        start = datetime.combine(self.on, self.at, tzinfo=_HERE).astimezone(UTC)
        return start, start + timedelta(minutes=self.minutes)


def is_sunday(day: date) -> bool:
    """Whether it is a Sunday; Saturdays are worked with people who work all week."""
    return day.weekday() == _SUNDAY


def is_unusual_hour(at: time | None) -> bool:
    """Whether nobody is met at that hour as a rule."""
    return at is not None and not EARLIEST <= at < LATEST


def is_skipped_hour(on: date, at: time | None) -> bool:
    """Whether that hour does not exist that day: the clocks go past it, the last Sunday of March."""
    if at is None:
        return False
    moment = datetime.combine(on, at, tzinfo=_HERE)
    return moment.astimezone(UTC).astimezone(_HERE).time() != at
