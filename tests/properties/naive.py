"""Both clocks counted one day at a time from the rows, by none of the rules: what the product's answer is held to.

Written from domain.md 5 and 6 alone: 24 calendar months counted in days, six calendar months per job, seven days
between two contracts of one job, twelve months after which a former path no longer counts.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from beneficiaries.models import CoachingCase

DAY = timedelta(days=1)
WORK = {"CDI", "CDD", "INTERIM"}


class Clock(NamedTuple):
    allowance: int
    used: int
    stopped: int
    remaining: int
    state: str
    deadline: date | None


class Window(NamedTuple):
    starts_on: date
    deadline: date
    employer: str


class Span(NamedTuple):
    """Days from the first to the last, both included; without a last one it goes on."""

    first: date
    last: date | None
    kind: str = ""
    employer: str = ""

    def covers(self, d: date) -> bool:
        return self.first <= d and (self.last is None or d <= self.last)


def days(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += DAY


class Path:
    """One case as its rows tell it, read once."""

    def __init__(self, case: CoachingCase, later: Sequence[Span] = ()) -> None:
        self.opened_on, self.closed_on = case.opened_on, case.closed_on
        prehire = [s for s in case.spells.all() if s.phase == "PRE_HIRE"]
        self.start = min(prehire, key=lambda s: s.sequence).starts_on if prehire else None
        self.work = [
            Span(
                e.starts_on,
                min((d for d in (e.ends_on, e.ended_on) if d is not None), default=None),
                e.contract_type,
                str(e.company_id),
            )
            for e in case.employments.all()
            if e.cancelled_on is None and e.contract_type in WORK
        ]
        self.rest = [Span(s.starts_on, s.ends_on) for s in case.suspensions.all() if s.state == "APPROVED"]
        self.months = 24 + sum(extension.months for extension in case.extensions.all())
        self.former = Path(case.previous_case, self.work) if case.previous_case else None
        # What another case of the person tells of work counts as what this one tells.
        self.known = [*self.work, *later]
        former = self.former
        while former is not None:
            self.known += former.work
            former = former.former

    def is_stopped(self, d: date) -> bool:
        return any(span.covers(d) for span in self.known) or any(span.covers(d) for span in self.rest)

    def counted(self, until: date) -> int:
        """Days that counted before a day; those of a former path are not among them."""
        return sum(not self.is_stopped(d) for d in days(self.start, until)) if self.start else 0

    @cached_property
    def brought(self) -> int:
        """Days that the former path had used, when the person came back within twelve months of its end."""
        former = self.former
        if former is None or former.closed_on is None or former.start is None:
            return 0
        if self.opened_on >= former.closed_on + relativedelta(months=12):
            return 0
        return former.counted(former.closed_on) + former.brought

    @cached_property
    def allowance(self) -> int:
        return (self.start + relativedelta(months=self.months) - self.start).days if self.start else 0

    @cached_property
    def deadline(self) -> date | None:
        """The first day before which the days left have passed; none once a stop is reached that has no end."""
        if self.start is None:
            return None
        left = self.allowance - self.brought
        for d in (self.start + n * DAY for n in count()):
            if left <= 0:
                return d
            if any(span.covers(d) and span.last is None for span in (*self.known, *self.rest)):
                return None
            left -= not self.is_stopped(d)
        raise AssertionError("the calendar has no end")

    def clock(self, on: date) -> Clock | None:
        """The 24 months on a day."""
        if self.start is None:
            return None
        until = min(on, self.closed_on) if self.closed_on else on
        counted = self.counted(until)
        used = counted + self.brought
        if on < self.start:
            state = "not_started"
        elif self.closed_on and on >= self.closed_on:
            state = "closed"
        elif used >= self.allowance:
            state = "expired"
        else:
            state = "stopped" if self.is_stopped(on) else "running"
        stopped = max(0, (until - self.start).days) - counted
        return Clock(self.allowance, used, stopped, max(0, self.allowance - used), state, self.deadline)

    @cached_property
    def windows(self) -> list[Window]:
        """The follow-up of each job, walking through the contracts of each employer."""
        found = []
        for employer in {span.employer for span in self.work}:
            jobs: list[list[Span]] = []
            # Permanent ones first on a shared first day: there, nothing came before them.
            own = sorted((s for s in self.work if s.employer == employer), key=lambda s: (s.first, s.kind != "CDI"))
            for contract in own:
                current = jobs[-1] if jobs else []
                permanent = contract.kind == "CDI" and bool(current) and current[-1].kind != "CDI"
                if current and not permanent and _idle_days(current, contract.first) <= 7:
                    current.append(contract)
                else:
                    jobs.append([contract])
            for job, following in zip(jobs, [*jobs[1:], None], strict=True):
                end = job[0].first + relativedelta(months=6)
                last = [span.last for span in job if span.last is not None]
                if len(last) == len(job):
                    end = min(end, max(last) + DAY)
                if following:
                    end = min(end, following[0].first)
                found.append(Window(job[0].first, end, employer))
        return sorted(found)


def _idle_days(job: list[Span], on: date) -> int:
    """Days without work in a job just before a day, none when it is worked that day; eight stands for many."""
    if any(span.covers(on) for span in job):
        return 0
    for idle in range(8):
        if any(span.covers(on - (idle + 1) * DAY) for span in job):
            return idle
    return 8
