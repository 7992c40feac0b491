"""Observed work: what was seen of each contract, and from which day nothing is known any more (domain, section 9).

A contract is known until its last news. What comes after is neither work nor its end: the contract is *censored*. News
of a job are, each up to a day:

* its end, once told: nothing of it is unknown any more;
* a talk with the person, or with the employer about them, while the case was open, the day of the exit included;
* that it was written down: whoever records a contract says what is known of it that day, no later than the eve of the
  exit;
* an exit that says that the person is at work: the eve of that exit;
* a verification: the last day on which somebody made sure that the person was at work;
* the first day of another contract with the same employer.

A contract that was learnt after the exit is seen on its first day, and whole when its written last day was over by
then. Nothing is seen after a death, nor after the day of the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from foundation.rules.periods import ONE_DAY, add_months
from placements.rules.clocks import Contract

#: calendar months after the first day at which one asks whether a job still runs
MILESTONES = (1, 3, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is known of one contract besides its own dates.

    Attributes:
        opened_on: the day on which the case was opened.
        recorded_on: the day on which it was written down.
        talk_on: the last talk held with the person, or with this employer about them, no later than the exit.
        left_on: first day of the exit; ``None`` while the case is open.
        at_work_at_exit: the exit says that the person is at work.
        learnt_after_exit: it was written down once the exit was.
        verified_on: the last day on which a verification found the person at work.
        died_on: the day of the death, when that is how the case ended.
    """

    opened_on: date
    recorded_on: date
    talk_on: date | None = None
    left_on: date | None = None
    at_work_at_exit: bool = False
    learnt_after_exit: bool = False
    verified_on: date | None = None
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A contract as it is written, with what is known of it."""

    contract: Contract
    news: News


def observed(known: Sequence[Known], on: date) -> tuple[Contract | None, ...]:
    """Return each contract as far as it was seen on the day ``on``, in the order given; ``None`` when nothing was.

    A contract seen to its end is returned as it is written. One that still ran when it was last seen ends on that day
    and is ``censored``.
    """
    begun = [one.contract for one in known if _was_begun(one, on)]
    return tuple(_seen(one, _last_news(one, begun), on) if _was_begun(one, on) else None for one in known)


def outcomes(known: Sequence[Known], on: date) -> tuple[Contract | None, ...]:
    """Return what counts as an outcome of the case, in the order given: work seen by ``on``, begun since it was opened.

    Work that ran when the case was opened is where the person came from, not what became of them.
    """
    return tuple(
        contract if one.contract.starts_on >= one.news.opened_on else None
        for one, contract in zip(known, observed(known, on), strict=True)
    )


@dataclass(frozen=True, slots=True)
class Unseen:
    """A milestone of a job of which nothing is known: how many months, which day, and the last day seen."""

    months: int
    on: date
    seen_on: date


def unseen_milestone(one: Known, on: date) -> Unseen | None:
    """Return the first milestone that has come by ``on`` and of which nothing is known of a job of one contract.

    ``None`` when the end of the job is known, nothing of it counts, or every milestone that has come was seen.
    """
    (contract,) = outcomes([one], on)
    if contract is None or not contract.censored or one.news.died_on is not None:
        return None
    seen_on = contract.worked.last_day
    for months in MILESTONES:
        day = add_months(contract.starts_on, months)
        written_end = one.contract.worked.end
        if seen_on is not None and seen_on < day <= on and (written_end is None or day < written_end):
            return Unseen(months, day, seen_on)
    return None


def _was_begun(one: Known, on: date) -> bool:
    """Whether the first day of a contract was seen: it has come, and the person was not gone before it."""
    first, news = one.contract.starts_on, one.news
    if first > on or (news.died_on is not None and first > news.died_on):
        return False
    seen_after = news.learnt_after_exit or one.contract.ended_on is not None or _is_by(first, news.verified_on)
    return news.left_on is None or first <= news.left_on or seen_after


def _last_news(one: Known, begun: Sequence[Contract]) -> date:
    """The last day on which something was known of a contract that has begun and of which no end was told."""
    contract, news = one.contract, one.news
    days = [contract.starts_on, news.talk_on, news.verified_on]
    eve = None if news.left_on is None else news.left_on - ONE_DAY
    if news.learnt_after_exit:
        over = _is_by(contract.ends_on, news.recorded_on)
        days.append(contract.ends_on if over else None)
    else:
        days.append(news.recorded_on if eve is None else min(news.recorded_on, eve))
    days.append(eve if news.at_work_at_exit else None)
    # A take-over counts from its day: before it both were two employers.
    days += [day for other in begun if other.employer_on(day := other.starts_on) == contract.employer_on(day)]
    return max(day for day in days if day is not None)


def _seen(one: Known, last_news: date, on: date) -> Contract:
    """The contract as far as it was seen."""
    contract, end = one.contract, one.contract.worked.end
    limits = [on, one.news.died_on, None if contract.ended_on is not None else last_news]
    last = min(day for day in limits if day is not None)
    if end is not None and end <= last + ONE_DAY:
        return contract
    return replace(contract, ended_on=last, censored=True)


def _is_by(day: date | None, limit: date | None) -> bool:
    """Whether both days are known and the first is no later than the second."""
    return day is not None and limit is not None and day <= limit
