"""What a death and a hiring leave of the contracts and suspensions beside them, settled as their act ends.

Each is computed anew from what people wrote, so that an event taken back gives its neighbours back
(docs/decisions, « settled neighbours »). The cases are loaded with their phases, contracts and suspensions: nothing
more is read.
"""

from datetime import date
from uuid import UUID

from beneficiaries.enums import ExitReason
from beneficiaries.models import CoachingCase
from foundation.persistence import save_checked
from foundation.rules.periods import ONE_DAY
from placements.enums import EndReason, RequestState
from placements.models import ClockSuspension, Employment
from placements.rules.clocks import Contract, Suspension, until_work
from placements.rules.settling import Fate, after_death, last_day_regained
from placements.selectors.clocks import clock_facts

LIVE = (RequestState.REQUESTED, RequestState.APPROVED)


def settle_work(case: CoachingCase) -> None:
    """Make contracts true to a death, and approved suspensions true to the contracts."""
    died_on = _died_on(case)
    for employment in case.employments.all():
        _settle_contract(employment, died_on)
    if any(s.state == RequestState.APPROVED or s.ended_by_work_id is not None for s in case.suspensions.all()):
        _settle_suspensions(case)


def _died_on(case: CoachingCase) -> date | None:
    """The day of the death with which the case ended; `None` for any other end, and for none."""
    last = max(case.spells.all(), key=lambda spell: spell.sequence)
    return last.starts_on if last.exit_reason == ExitReason.DEATH else None


def _settle_contract(employment: Employment, died_on: date | None) -> None:
    """End a contract on the day of a death, or call it off; give back what a death taken back had ended."""
    if died_on is None and not employment.ended_by_death:
        return
    if employment.cancelled_on is not None and not employment.ended_by_death:
        return
    before = (employment.ended_on, employment.end_reason, employment.cancelled_on, employment.ended_by_death)
    if employment.ended_by_death:
        employment.ended_on, employment.end_reason, employment.cancelled_on = None, "", None
        employment.ended_by_death = False
    if died_on is not None:
        after = after_death(employment.as_contract(), died_on)
        employment.ended_by_death = after.fate is not Fate.STANDS
        if after.fate is Fate.ENDS:
            employment.ended_on, employment.end_reason = after.contract.ended_on, EndReason.DEATH.value
        elif after.fate is Fate.CALLED_OFF:
            employment.ended_on, employment.end_reason, employment.cancelled_on = None, "", died_on
    if (employment.ended_on, employment.end_reason, employment.cancelled_on, employment.ended_by_death) != before:
        save_checked(employment)


def _settle_suspensions(case: CoachingCase) -> None:
    """End each approved suspension the day before a hiring that stops the clock; give back what such a hiring, called
    off or moved since, had taken.
    """
    rows = list(case.suspensions.all())
    stopping = clock_facts(case).policy.stopping_types
    work = {
        employment.pk: employment.as_contract()
        for employment in case.employments.all()
        if employment.cancelled_on is None and employment.contract_type in stopping
    }
    for row in rows:
        if row.state == RequestState.APPROVED or row.ended_by_work_id is not None:
            _settle_suspension(row, rows, work)


def _settle_suspension(row: ClockSuspension, rows: list[ClockSuspension], work: dict[UUID, Contract]) -> None:
    """Make one suspension true to the contracts of the case."""
    before = (row.ends_on, row.state, row.ended_by_work_id, row.ends_on_without_work)
    was_ended = row.ended_by_work_id is not None
    asked = row.ends_on_without_work if was_ended else row.ends_on
    following = [o.starts_on for o in rows if o != row and o.state in LIVE and o.starts_on >= row.starts_on]
    last = last_day_regained(asked, min(following, default=None)) if was_ended else asked
    if last is not None and last < row.starts_on:
        # Another one has taken its first day meanwhile: it stays as work left it.
        return
    whole = Suspension(row.starts_on, last)
    left = until_work(whole, work.values())
    if left == whole:
        row.ends_on, row.state = last, RequestState.APPROVED
        row.ended_by_work_id, row.ends_on_without_work = None, None
    else:
        row.ended_by_work_id = next(key for key, one in work.items() if one.starts_on - ONE_DAY == left.ends_on)
        row.ends_on_without_work = asked
        # With its own first day as the first one at work, no day is left to suspend.
        row.state = RequestState.CANCELLED if left.period.is_empty else RequestState.APPROVED
        row.ends_on = last if left.period.is_empty else left.ends_on
    if (row.ends_on, row.state, row.ended_by_work_id, row.ends_on_without_work) != before:
        save_checked(row)
