"""Slow, naive counts, one day at a time: what the interval arithmetic of the rules is compared with."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from followup.rules.cadence import CadencePolicy, next_due_on
from foundation.rules.periods import Period, add_months
from method.rules.phases import Phase
from placements.rules.clocks import ClockPolicy, Contract, Suspension

ONE = timedelta(days=1)
FIRST = date(2023, 1, 1)
EMPLOYERS = ("E1", "E2", "E3")


def days(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += ONE


def last_worked(contract: Contract) -> date:
    """The last day worked, a far one when the contract is open."""
    return min(end for end in (contract.ends_on, contract.ended_on, date(2200, 1, 1)) if end is not None)


def works(contract: Contract, d: date) -> bool:
    return contract.starts_on <= d <= last_worked(contract)


def suspended(suspension: Suspension, d: date) -> bool:
    return suspension.starts_on <= d and (suspension.ends_on is None or d <= suspension.ends_on)


def is_stopped(d: date, contracts: Sequence[Contract], suspensions: Sequence[Suspension], policy: ClockPolicy) -> bool:
    return any(c.type in policy.stopping_types and works(c, d) for c in contracts) or any(
        suspended(s, d) and not back_at_work(s, d, contracts, policy) for s in suspensions
    )


def back_at_work(suspension: Suspension, d: date, contracts: Sequence[Contract], policy: ClockPolicy) -> bool:
    """Whether work that stops the clock began between the first suspended day and ``d``."""
    return any(
        c.type in policy.stopping_types and works(c, c.starts_on) and suspension.starts_on <= c.starts_on <= d
        for c in contracts
    )


def naive_deadline(
    start: date,
    allowance: int,
    contracts: Sequence[Contract],
    suspensions: Sequence[Suspension],
    policy: ClockPolicy,
) -> date | None:
    """The first day before which ``allowance`` days were counted; ``None`` when thirty years are not enough."""
    counted = 0
    for d in days(start, add_months(start, 360)):
        if counted >= allowance:
            return d
        counted += not is_stopped(d, contracts, suspensions, policy)
    return None


def naive_runs(contracts: Sequence[Contract], until: date, gap: int) -> list[tuple[str, date, date]]:
    """Per employer, first and last day of the stretches worked before ``until``, ``gap`` days without work allowed."""
    runs: list[tuple[str, date, date]] = []
    for employer in EMPLOYERS:
        own = [c for c in contracts if c.employer == employer]
        run: tuple[str, date, date] | None = None
        for d in days(FIRST, until):
            if not any(works(c, d) for c in own):
                continue
            if run is not None and (d - run[2]).days - 1 <= gap:
                run = (employer, run[1], d)
                continue
            if run is not None:
                runs.append(run)
            run = (employer, d, d)
        if run is not None:
            runs.append(run)
    return runs


def contact_asked(
    phase: str, started_on: date, last: date | None, window: Period | None, policy: CadencePolicy, on: date
) -> date | None:
    """The contact due with the person for one job, asked anew on a day."""
    due, _interval = next_due_on(phase, started_on, last, window, policy)
    over = phase == Phase.FOLLOW_UP and window is not None and window.end is not None and on >= window.end
    return None if over else due


def talk_asked(window: Period, last: date | None, *, discreet: bool, policy: CadencePolicy, on: date) -> date | None:
    """The talk due with the employer of one job, asked anew on a day."""
    if discreet or window.end is None or on >= window.end:
        return None
    due = (window.start if last is None or last < window.start else last) + ONE * policy.employer_days
    return None if due >= window.end else due


def dates(first: date = FIRST, span: int = 1200) -> st.SearchStrategy[date]:
    return st.integers(0, span).map(lambda n: first + timedelta(days=n))


@st.composite
def contract_strategy(draw: st.DrawFn, *, types: Sequence[str], open_ended: bool = True) -> Contract:
    """A contract of up to 300 days; some never begin (they end the day before), some end early, some are open."""
    start = draw(dates())
    kind = draw(st.sampled_from(types))
    planned = None if open_ended and draw(st.booleans()) else start + timedelta(days=draw(st.integers(-1, 300)))
    ended = draw(st.none() | st.integers(-1, 300).map(lambda n: start + timedelta(days=n)))
    return Contract(kind, draw(st.sampled_from(EMPLOYERS)), start, planned, ended)


@st.composite
def suspension_strategy(draw: st.DrawFn) -> Suspension:
    start = draw(dates())
    return Suspension(start, draw(st.none() | st.integers(-1, 200).map(lambda n: start + timedelta(days=n))))
