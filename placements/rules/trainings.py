"""What is to be reviewed of a training in a firm (internship, PFI) once it ends.

Source: domain, sections 2 and 6: a training stops no clock and opens no follow-up, so that nothing else asks what came
of it. What ends it, extends it or takes it back is read from the contract itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from foundation.rules.periods import ONE_DAY
from placements.rules.contracts import Contract


def reviews_due(
    trainings: Sequence[Contract],
    contracts: Iterable[Contract],
    *,
    last_contact_on: date | None,
    talks: Mapping[str, Iterable[date]],
) -> tuple[tuple[date, str], ...]:
    """Return the last day and the firm of each training that nobody has spoken of since it ended, in order.

    A talk on the last day or later, with the person or with that firm, is the review. None is asked of a training of
    which no day was held, nor of one that goes on: the same employer has the person from later on and for longer.

    Args:
        trainings: those of the case.
        contracts: its other contracts.
        last_contact_on: the last day on which the person was spoken to.
        talks: per employer, the days on which the firm was.
    """
    known = [*trainings, *contracts]
    found: list[tuple[date, str]] = []
    for training in trainings:
        last = None if training.worked.is_empty else training.worked.last_day
        if last is None or any(_goes_on(training, other, last) for other in known):
            continue
        spoken = [day for day in (last_contact_on, *talks.get(training.employer, ())) if day is not None]
        if max(spoken, default=date.min) < last:
            found.append((last, training.place))
    return tuple(sorted(found))


def _goes_on(training: Contract, other: Contract, last: date) -> bool:
    """Whether another contract keeps the person with the employer of a training beyond its last day."""
    worked = other.worked
    return (
        other.employer == training.employer
        and other.starts_on > training.starts_on
        and not worked.is_empty
        and (worked.end is None or worked.end > last + ONE_DAY)
    )
