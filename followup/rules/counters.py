"""The counters of a coach: where the hours go, and which contacts were held on time.

Source: domain, sections 7 (cadence) and 9 (a rate never travels without its counts).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from followup.rules.cadence import CadencePolicy, next_due_on
from foundation.rules.periods import ONE_DAY, Period
from method.rules.phases import Phase

# The cadence is looked at over the weeks that have just passed, the present day not among them: it is not over.
CADENCE_WEEKS = 8

ELSEWHERE = "OUTSIDE"
REMOTE = "REMOTE"
COMPANY = "COMPANY"
# Where something took place when nobody said it: a call is made from afar, a visit is paid to a firm.
PLACE_OF_CHANNEL: Mapping[str, str] = {
    "PHONE": REMOTE,
    "VIDEO": REMOTE,
    "EMAIL": REMOTE,
    "LETTER": REMOTE,
    "MESSAGE": REMOTE,
    "VISIT": COMPANY,
    "EVENT": ELSEWHERE,
}
# A meeting in person of which nobody said where.
UNKNOWN_PLACE = ""


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Minutes of one contact or visit, with its place ("" when nobody said it) and its channel."""

    place: str
    channel: str
    minutes: int


def minutes_by_place(spent: Iterable[TimeSpent]) -> dict[str, int]:
    """Return the minutes per place, the most first; what lasted no time is left out."""
    found: dict[str, int] = {}
    for one in spent:
        place = one.place or PLACE_OF_CHANNEL.get(one.channel, UNKNOWN_PLACE)
        found[place] = found.get(place, 0) + one.minutes
    return dict(sorted(((k, v) for k, v in found.items() if v), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class PhaseFact:
    """A phase of a case, `[starts_on, ends_on)`, with the cadence in force on its first day."""

    phase: str
    starts_on: date
    ends_on: date | None
    policy: CadencePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceFacts:
    """What the cadence of one case depends on.

    Attributes:
        carried_from: the first day on which the coach carried the case; what was due before is not theirs.
        phases: in order.
        contacts: the days of the contacts that count (`counts_for_cadence`).
        window: the follow-up window, if any.
        mandate_ends_on: first day no longer covered by the 24 months; nothing is expected from then on outside a
            follow-up.
    """

    carried_from: date
    phases: Sequence[PhaseFact]
    contacts: Sequence[date]
    window: Period | None = None
    mandate_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExpectedContact:
    """A contact that was due: when, and on which day it was held (`None`: not before the phase changed)."""

    due_on: date
    held_on: date | None

    @property
    def on_time(self) -> bool:
        """Whether it was held on its due day or before."""
        return self.held_on is not None and self.held_on <= self.due_on


@dataclass(frozen=True, slots=True)
class CadenceKept:
    """How many of the contacts due from ``first`` to ``last`` (both included) were held on time."""

    first: date
    last: date
    on_time: int
    due: int


def cadence_period(on: date) -> tuple[date, date]:
    """Return the first and the last of the days looked at on the day ``on``: the eight weeks before it."""
    return on - timedelta(weeks=CADENCE_WEEKS), on - ONE_DAY


def expected_contacts(facts: CadenceFacts) -> Iterator[ExpectedContact]:
    """Yield every contact that was due, in order: once each, however late it was held.

    A contact held early settles the one that was due, and the next is counted from it. A change of phase sets a new
    due day: what was not yet due then is forgotten, what was already late stays late.
    """
    days = sorted(set(facts.contacts))
    for phase in facts.phases:
        last = max((day for day in days if day < phase.starts_on), default=None)
        for day in (day for day in days if phase.starts_on <= day and (phase.ends_on is None or day < phase.ends_on)):
            due_on = _due_on(facts, phase, last)
            if due_on is not None and day > _base(facts, phase, last):
                yield ExpectedContact(due_on, day)
            last = day
        due_on = _due_on(facts, phase, last)
        if due_on is not None and (phase.ends_on is None or due_on < phase.ends_on):
            yield ExpectedContact(due_on, None)


def _base(facts: CadenceFacts, phase: PhaseFact, last: date | None) -> date:
    """The day from which the interval runs, as in `next_due_on`."""
    start = facts.window.start if phase.phase == Phase.FOLLOW_UP and facts.window else phase.starts_on
    return max(start, last or start)


def _due_on(facts: CadenceFacts, phase: PhaseFact, last: date | None) -> date | None:
    due_on, _interval = next_due_on(phase.phase, phase.starts_on, last, facts.window, phase.policy)
    limit = facts.mandate_ends_on if phase.phase != Phase.FOLLOW_UP else None
    return None if due_on is not None and limit is not None and due_on >= limit else due_on


def cadence_kept(cases: Iterable[CadenceFacts], on: date) -> CadenceKept:
    """Return how many of the contacts that fell due in the eight weeks before ``on`` were held on time.

    A contact counts in the week of its due day, whoever held it (a replacement too). What was due before the coach
    carried the case is left out.
    """
    first, last = cadence_period(on)
    found = [
        expected
        for facts in cases
        for expected in expected_contacts(facts)
        if max(first, facts.carried_from) <= expected.due_on <= last
    ]
    return CadenceKept(first, last, sum(expected.on_time for expected in found), len(found))
