"""When a contact is due, with the person and with the employer.

Source: domain, section 7; MIRE-PH-05 of the regulation file (regular interviews; the intervals themselves are
parameters).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase

COUNTING_CHANNELS = frozenset({"IN_PERSON", "PHONE", "VIDEO"})
COUNTING_PARTIES = frozenset({"BENEFICIARY", "BOTH"})
EMPLOYER_PARTIES = frozenset({"EMPLOYER", "BOTH"})
HELD = "HELD"
NO_SHOW = "NO_SHOW"


@dataclass(frozen=True, slots=True)
class FollowUpStep:
    """In follow-up, one contact every ``every_days`` days until month ``until_month`` (``None``: the window's end)."""

    until_month: int | None
    every_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CadencePolicy:
    """The dated parameters of the cadence; intervals in days.

    Attributes:
        every_days: interval per phase; a phase that is absent has no cadence (EXIT).
        follow_up: the steps of the follow-up, in order; the last one has no ``until_month``.
        due_soon_days: a contact due in that many days or fewer is due soon, and told as early.
        employer_days: interval between two talks with the employer during follow-up.

    Raises:
        ValueError: an interval is not positive, or the steps are not in increasing order up to an open one.
    """

    every_days: Mapping[str, int] = field(
        default_factory=lambda: {Phase.PREPARATORY: 31, Phase.PRE_HIRE: 7, Phase.HIRE: 7}
    )
    follow_up: tuple[FollowUpStep, ...] = (FollowUpStep(2, 7), FollowUpStep(4, 14), FollowUpStep(None, 31))
    due_soon_days: int = 3
    employer_days: int = 31

    def __post_init__(self) -> None:
        """Refuse intervals and steps that would leave a day without a rule."""
        intervals = [*self.every_days.values(), *(step.every_days for step in self.follow_up), self.employer_days]
        if min(intervals) <= 0 or self.due_soon_days < 0:
            raise ValueError("intervals are positive numbers of days")
        limits = [step.until_month for step in self.follow_up]
        bounded = [limit for limit in limits if limit is not None]
        if not limits or limits[-1] is not None or len(bounded) != len(limits) - 1 or bounded != sorted(set(bounded)):
            raise ValueError("follow-up steps go in increasing months, and only the last one has no limit")

    def follow_up_interval(self, window_starts_on: date, base: date) -> int:
        """Return the interval in force on ``base``, in days. The n-th month ends the day before the same day number."""
        for step in self.follow_up:
            if step.until_month is None or base < add_months(window_starts_on, step.until_month):
                return step.every_days
        raise AssertionError("the last step has no limit")


@dataclass(frozen=True, slots=True)
class ContactFact:
    """What the cadence needs to know of a contact; values are those of the followup lists."""

    on: date
    channel: str
    outcome: str
    with_whom: str


def counts_for_cadence(channel: str, outcome: str, with_whom: str) -> bool:
    """Return whether a contact counts: held with the person, in person, by telephone or by video.

    A letter, a message, a no-show or a talk with the employer alone do not; group sessions are no contacts.
    """
    return outcome == HELD and channel in COUNTING_CHANNELS and with_whom in COUNTING_PARTIES


def counts_for_employer(channel: str, outcome: str, with_whom: str) -> bool:
    """Return whether a contact counts as a talk with the employer: held, live, the employer taking part."""
    return outcome == HELD and channel in COUNTING_CHANNELS and with_whom in EMPLOYER_PARTIES


def next_due_on(
    phase: str, phase_started_on: date, last_contact_on: date | None, window: Period | None, policy: CadencePolicy
) -> tuple[date | None, int | None]:
    """Return the day the next contact with the person is due, and the interval in days.

    Unlike a status, that date stays true overnight: it can be stored.

    Args:
        phase: current phase.
        phase_started_on: its effective date.
        last_contact_on: last contact that counts (:func:`counts_for_cadence`), in whatever phase.
        window: the follow-up window; used in FOLLOW_UP alone, where without one nothing is due.
        policy: parameters in force.

    Returns:
        ``(None, None)`` when no cadence applies; ``(None, interval)`` when the contact would fall on or after the
        window's end.
    """
    if phase == Phase.FOLLOW_UP:
        if window is None:
            return None, None
        base = max(window.start, last_contact_on or window.start)
        interval = policy.follow_up_interval(window.start, base)
    elif phase in policy.every_days:
        base = max(phase_started_on, last_contact_on or phase_started_on)
        interval = policy.every_days[phase]
        window = None
    else:
        return None, None
    due_on = base + timedelta(days=interval)
    if window is not None and window.end is not None and due_on >= window.end:
        return None, interval
    return due_on, interval


def no_shows_since_last_contact(contacts: Sequence[ContactFact]) -> tuple[date, ...]:
    """Return the days of the appointments that the person has missed since the last contact that counts.

    Contacts are taken by date, and in the given order within a day. Letters, messages and talks with the employer
    alone neither count nor break the row.
    """
    row: list[date] = []
    for contact in sorted(contacts, key=lambda c: c.on):
        if counts_for_cadence(contact.channel, contact.outcome, contact.with_whom):
            row = []
        elif contact.outcome == NO_SHOW and contact.with_whom in COUNTING_PARTIES:
            row.append(contact.on)
    return tuple(row)


def is_answered(news_asked_on: date | None, last_contact_on: date | None) -> bool:
    """Whether nobody waits for news: none were asked, or a contact counts since, of that day too."""
    return news_asked_on is None or (last_contact_on is not None and last_contact_on >= news_asked_on)
